//! A command under way. Each is looked at whenever there is news, so `serve --commands` can type on while the disk and the
//! network are at work, and a single command just waits for its one.

use std::time::{Duration, Instant};

use desk::{Answer, Change, Code, Desk, Turn};
use node::Pending;
use seal::{DocId, PlanId};

use crate::{failure::Failure, report::Report};

/// What became of a task when it was looked at.
pub(crate) enum Went {
    /// Nothing yet. Commands after it wait too: they may rest on what it does.
    Waiting,
    /// It has done what it does here; only the disk has not answered yet. Commands after it may go on.
    Saving,
    /// Something to say before the end.
    Says(Report),
    /// The end.
    Ended(Result<Report, Failure>),
}

/// A command under way.
pub(crate) struct Task(Box<Look>);

/// Looks whether a command has come further.
type Look = dyn FnMut(&mut Desk, &[Change]) -> Went;

impl Task {
    /// Something that is looked at until it ends.
    pub(crate) fn new(look: impl FnMut(&mut Desk, &[Change]) -> Went + 'static) -> Task {
        Task(Box::new(look))
    }

    /// Looks. `changes` is what the desk has heard since the last look.
    pub(crate) fn look(&mut self, desk: &mut Desk, changes: &[Change]) -> Went {
        (self.0)(desk, changes)
    }

    /// Has ended already.
    pub(crate) fn ended(outcome: Result<Report, Failure>) -> Task {
        let mut outcome = Some(outcome);
        Task::new(move |_, _| outcome.take().map_or(Went::Waiting, Went::Ended))
    }

    /// Opens the parts of a plan, then goes on as `then` says.
    pub(crate) fn opened(then: impl FnOnce(&mut Desk) -> Result<Task, Failure> + 'static) -> Task {
        let mut then = Some(then);
        let mut task: Option<Task> = None;
        Task::new(move |desk, changes| {
            if task.is_none() {
                if !desk.is_ready() {
                    return Went::Waiting;
                }
                let then = then.take().expect("taken only once, as the task is then there");
                match then(desk) {
                    Ok(next) => task = Some(next),
                    Err(failure) => return Went::Ended(Err(failure)),
                }
            }
            task.as_mut().map_or(Went::Waiting, |task| task.look(desk, changes))
        })
    }

    /// Ends once what was just written in a document, and in those that stand for the same, is flushed.
    pub(crate) fn saved(desk: &Desk, plan: PlanId, doc: DocId, report: Report) -> Task {
        let part = desk.describe(plan, doc).map_or("", |part| part.code);
        let beside = desk.as_one(plan, part, None, Some(doc));
        let beside = beside.documents().iter().map(|document| document.doc()).filter(|other| *other != doc);
        let upto = |doc: DocId| desk.written_in(plan, doc).map(|(finished, _)| (doc, finished));
        let upto: Vec<(DocId, u64)> = match std::iter::once(doc).chain(beside).map(upto).collect() {
            Ok(upto) => upto,
            Err(refused) => return Task::ended(Err(refused.into())),
        };
        let mut report = Some(report);
        Task::new(move |desk, _| {
            for (doc, upto) in &upto {
                match desk.written_in(plan, *doc) {
                    Err(refused) => return Went::Ended(Err(refused.into())),
                    Ok((_, kept)) if kept < *upto => return Went::Saving,
                    Ok(_) => {}
                }
            }
            report.take().map_or(Went::Waiting, |report| Went::Ended(Ok(report)))
        })
    }

    /// Ends as this one does, once `first` has ended well.
    pub(crate) fn after(mut self, first: Task) -> Task {
        let mut first = Some(first);
        Task::new(move |desk, changes| {
            if let Some(task) = &mut first {
                match task.look(desk, changes) {
                    Went::Ended(Ok(_)) => first = None,
                    went => return went,
                }
            }
            self.look(desk, changes)
        })
    }

    /// Ends with the answer to an ask; `late` after so long.
    pub(crate) fn answered(
        turn: Turn,
        longest: Option<(Duration, Failure)>,
        then: impl FnOnce(&mut Desk, Answer) -> Result<Task, Failure> + 'static,
    ) -> Task {
        let until = longest.map(|(longest, failure)| (Instant::now() + longest, failure));
        let mut then = Some(then);
        let mut next: Option<Task> = None;
        Task::new(move |desk, changes| {
            if let Some(task) = &mut next {
                return task.look(desk, changes);
            }
            for change in changes {
                match change {
                    Change::Words { turn: of, words, .. } if *of == turn => return Went::Says(said(words)),
                    Change::Code { turn: of, what: Code::Shown { code, ends }, .. } if *of == turn => {
                        return Went::Says(shown(code, *ends));
                    }
                    Change::Answer { turn: of, answer } if *of == turn => {
                        let outcome = answer.clone().map_err(Failure::from).and_then(|answer| {
                            let then = then.take().expect("an ask is answered once");
                            then(desk, answer)
                        });
                        match outcome {
                            Err(failure) => return Went::Ended(Err(failure)),
                            Ok(mut task) => {
                                let went = task.look(desk, &[]);
                                next = Some(task);
                                return went;
                            }
                        }
                    }
                    _ => {}
                }
            }
            match &until {
                Some((end, failure)) if Instant::now() >= *end => Went::Ended(Err(failure.clone())),
                Some(_) | None => Went::Waiting,
            }
        })
    }

    /// Goes on with the node's answer.
    pub(crate) fn asked_then<T: 'static>(
        pending: Pending<T>,
        then: impl FnOnce(&mut Desk, Result<T, node::Refused>) -> Result<Task, Failure> + 'static,
    ) -> Task {
        let (mut pending, mut then) = (pending, Some(then));
        let mut task: Option<Task> = None;
        Task::new(move |desk, changes| {
            if let Some(task) = &mut task {
                return task.look(desk, changes);
            }
            let Some(answer) = pending.take() else { return Went::Waiting };
            let then = then.take().expect("taken only once, as the task is then there");
            match then(desk, answer) {
                Err(failure) => Went::Ended(Err(failure)),
                Ok(next) => task.insert(next).look(desk, changes),
            }
        })
    }

    /// Ends with the node's answer.
    pub(crate) fn asked<T: 'static>(
        pending: Pending<T>,
        then: impl FnOnce(&mut Desk, T) -> Result<Report, Failure> + 'static,
    ) -> Task {
        let (mut pending, mut then) = (pending, Some(then));
        Task::new(move |desk, _| match pending.take() {
            None => Went::Waiting,
            Some(Err(refused)) => Went::Ended(Err(refused.into())),
            Some(Ok(answer)) => {
                Went::Ended(then.take().map_or(Err(Failure::new("node-stopped")), |then| then(desk, answer)))
            }
        })
    }
}

/// A code to be told to whoever is to come in.
fn shown(code: &str, ends: seal::Time) -> Report {
    let until = words::time_of_day(ends.0);
    let text = words::say(words::Say::new("cli-code").with("code", code).with("until", until));
    Report::new(text, serde_json::json!({"code": code, "ends": ends.0}))
}

/// The words a joiner reads out.
fn said(words: &[&'static str; 4]) -> Report {
    let all = words.join(" ");
    let text = words::say(words::Say::new("cli-join-words").with("words", all.clone()));
    Report::new(text, serde_json::json!({"words": all}))
}
