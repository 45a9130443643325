//! What each command does on an open desk.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use desk::{Answer, Ask, Desk, Done, Fill, Refused};
use node::ask;
use plan::{FieldPath, ListPath};
use seal::{DocId, ItemId, PersonId, PlanId};
use serde_json::json;
use words::Say;

use crate::{
    args::{Command, Splice},
    circle,
    failure::Failure,
    files,
    losing::{self, Sheet},
    name, offers, paper,
    report::Report,
    session::{later, want},
    show,
    task::{Task, Went},
};

mod coming;

/// The longest one splice may put in at once on the command line, in code points; `plan` cuts what is larger into edits.
const LONGEST_STEPS: usize = 4_096;

/// How long it may take until a knock that this device keeps is known, after it starts.
const KNOCKS_KNOWN: Duration = Duration::from_secs(5);

/// The longest the title of a plan is waited for.
const TITLE: Duration = Duration::from_secs(5);

/// Begins a command. `stdin`: whether `-` may mean standard input.
pub(crate) fn begin(command: Command, desk: &mut Desk, stdin: bool) -> Result<Task, Failure> {
    Ok(match command {
        Command::Whoami => whoami(desk)?,
        Command::New { title, about, kind, paper } => {
            let kind = kind.as_deref().map(name::kind_of_plan).transpose()?;
            started(desk, Ask::StartPlan { title, about, kind }, Sheet::lay_out(paper)?)?
        }
        Command::Sample { name, paper } => started(desk, Ask::Sample { sample: name }, Sheet::lay_out(paper)?)?,
        Command::Plans => Task::ended(Ok(show::plans(desk))),
        Command::Show { plan, part } => {
            let plan = open(desk, &plan)?;
            Task::opened(move |desk| Ok(Task::ended(show::plan(desk, plan, part.as_deref()))))
        }
        Command::Find { words } => {
            for card in desk.plans() {
                want(desk, card.id)?;
            }
            Task::opened(move |desk| Ok(Task::ended(Ok(show::found(desk, &words.join(" "))))))
        }
        Command::Set { plan, field, value, within } => {
            let plan = open(desk, &plan)?;
            let field: FieldPath = field.parse()?;
            let text = name::written(&value, stdin)?;
            Task::opened(move |desk| {
                let within = name::within(desk, plan, field.part(), within.as_deref())?;
                let kind = name::kind(desk, plan, field)?;
                let fill = name::fill(desk, plan, kind, text)?;
                let report = Report::new("", json!({"set": field.to_string()}));
                writing(desk, Ask::Set { plan, field, fill }, (plan, field.part(), field.item(), within), report)
            })
        }
        Command::Begin { plan, part, called } => {
            let plan = open(desk, &plan)?;
            Task::opened(move |desk| {
                let turn = later(desk.act(Ask::OpenPart { plan, part, called }, desk::now())?);
                answer(turn, None, |_, answer| match answer {
                    Answer::Part(doc) => {
                        Ok(Task::ended(Ok(Report::new(doc.to_string(), json!({"document": doc.to_string()})))))
                    }
                    other => Err(unexpected(&other)),
                })
            })
        }
        Command::Add { plan, list, values, within } => {
            let plan = open(desk, &plan)?;
            let list: ListPath = list.parse()?;
            let values = values.iter().map(|value| pair(value, stdin)).collect::<Result<Vec<_>, _>>()?;
            Task::opened(move |desk| {
                let within = name::within(desk, plan, list.part(), within.as_deref())?;
                add(desk, plan, list, values, within)
            })
        }
        Command::Splice(splice) => begin_splice(desk, splice, stdin)?,
        Command::Offers(command) => offers::begin(command, desk, stdin)?,
        Command::Files(command) => files::begin(command, desk)?,
        Command::Invite(invite) => coming::invite(desk, invite)?,
        Command::Link { plan, words: _, wait, .. } => coming::link(desk, &plan, Duration::from_secs(wait))?,
        Command::Join { ticket, device, wait, relationship, paper, .. } => {
            let sheet = Sheet::lay_out(paper)?;
            let entered = coming::join(desk, &ticket, (relationship, device), Duration::from_secs(wait))?;
            sheet.written_after(entered)
        }
        Command::Restore { words_from, name, at, wait, paper, .. } => losing::restore(
            desk,
            &losing::typed(&words_from, stdin)?,
            name,
            &at,
            Duration::from_secs(wait),
            Sheet::lay_out(paper)?,
        )?,
        Command::Devices { plan } => {
            let plan = name::plan(desk, &plan)?;
            Task::ended(Ok(losing::devices(desk, plan)))
        }
        Command::Lost { plan, device, words_from, keep_linked } => {
            let plan = open(desk, &plan)?;
            let words = losing::typed(&words_from, stdin)?;
            losing::lost(desk, plan, &device, !keep_linked, words)?
        }
        Command::UseSheet { plan, words_from } => {
            let plan = open(desk, &plan)?;
            let words = losing::typed(&words_from, stdin)?;
            losing::use_sheet(desk, plan, words)?
        }
        Command::Resheet { plan, words_from, paper } => {
            let plan = open(desk, &plan)?;
            let (old, sheet) = (losing::typed(&words_from, stdin)?, Sheet::lay_out(paper)?);
            losing::resheet(desk, plan, old, sheet)?
        }
        Command::HandOver { plan, person } => coming::hand_over(open(desk, &plan)?, person),
        Command::Knocks { plan, wait, .. } => knocks(name::plan(desk, &plan)?, Duration::from_secs(wait)),
        Command::Confirm { plan, person, words, wait, .. } => {
            let act = move |plan, person| Ask::Confirm { plan, person, words: words.clone() };
            at_the_door(open(desk, &plan)?, person, act, Duration::from_secs(wait))
        }
        Command::Decline { plan, person, .. } => {
            at_the_door(open(desk, &plan)?, person, |plan, person| Ask::Decline { plan, person }, KNOCKS_KNOWN)
        }
        Command::People { plan } => {
            let plan = name::plan(desk, &plan)?;
            Task::ended(Ok(show::people(desk, plan)))
        }
        Command::Sync { plan, wait, .. } => {
            let plan = name::plan(desk, &plan)?;
            let pending = desk.node().ask(ask::Settled { plan, longest: Duration::from_secs(wait) });
            Task::asked(pending, move |desk, ()| show::settled(desk, plan))
        }
        Command::Circle(act) => circle::begin(act, desk)?,
        Command::History { plan, held: true, words } => {
            let plan = name::plan(desk, &plan)?;
            circle::held(desk, plan, words)?
        }
        Command::History { plan, .. } => {
            let plan = open(desk, &plan)?;
            Task::opened(move |desk| {
                let pending = desk.node().ask(ask::History { plan, doc: None });
                Ok(Task::asked(pending, move |desk, entries| Ok(show::history(desk, plan, &entries))))
            })
        }
        Command::Verify { plan } => {
            let plan = name::plan(desk, &plan)?;
            Task::asked(desk.node().ask(ask::Verify { plan }), move |desk, found| show::verified(desk, plan, &found))
        }
        Command::Export { plan, part, to } => {
            let plan = open(desk, &plan)?;
            let kind = Kind::of(&to)?;
            Task::opened(move |desk| Ok(Task::ended(export(desk, plan, part.as_deref(), kind, &to))))
        }
        Command::Online => go(desk, Ask::GoOnline, true)?,
        Command::Offline => go(desk, Ask::GoOffline, false)?,
        Command::Hold { plan, part, upto } => {
            let plan = open(desk, &plan)?;
            let upto = reach(&upto)?;
            Task::opened(move |desk| {
                let own = desk.hold(plan, &part, &upto, desk::now())?;
                Ok(Task::ended(Ok(Report::new("", json!({"held": part, "own": own})))))
            })
        }
        Command::Merge { plan, part, upto } => {
            let plan = open(desk, &plan)?;
            let upto = reach(&upto)?;
            if plan::part(&part).is_none() {
                return Err(Failure::new(Say::new("cli-no-such-part").with("name", part)));
            }
            Task::opened(move |_| {
                Ok(Task::new(move |desk, _| match desk.merge_upto(plan, &part, &upto, desk::now()) {
                    // What names a part or a device to this one may still be on its way, too.
                    Err(Refused::NoSuchPart | Refused::NotOpenYet | Refused::NoSuchDevice) => Went::Waiting,
                    Err(refused) => Went::Ended(Err(refused.into())),
                    Ok(false) => Went::Waiting,
                    Ok(true) => Went::Ended(Ok(Report::new("", json!({"merged": part})))),
                }))
            })
        }
        Command::Init { .. }
        | Command::Serve(_)
        | Command::Replay(_)
        | Command::Demo
        | Command::Passphrase(_)
        | Command::Copies
        | Command::PutBack { .. } => {
            return Err(Failure::usage("cli-not-here"));
        }
    })
}

/// Finds a plan and asks for its parts.
pub(crate) fn open(desk: &mut Desk, text: &str) -> Result<PlanId, Failure> {
    let plan = name::plan(desk, text)?;
    want(desk, plan)?;
    Ok(plan)
}

pub(crate) fn unexpected(_: &Answer) -> Failure {
    Failure::from(node::Refused::Broke)
}

pub(crate) fn answer(
    turn: Option<desk::Turn>,
    longest: Option<(Duration, Failure)>,
    then: impl FnOnce(&mut Desk, Answer) -> Result<Task, Failure> + 'static,
) -> Result<Task, Failure> {
    let turn = turn.ok_or_else(|| Failure::from(node::Refused::Broke))?;
    Ok(Task::answered(turn, longest, then))
}

fn whoami(desk: &Desk) -> Result<Task, Failure> {
    let me = desk.node().call(ask::WhoAmI)?;
    let device = me.device.to_string();
    let mut text = format!("{}\n{device}", desk.name());
    for address in &me.addresses {
        text.push('\n');
        text.push_str(address);
    }
    let json = json!({"device": device, "name": desk.name(), "addresses": me.addresses});
    Ok(Task::ended(Ok(Report::new(text, json))))
}

fn started(desk: &mut Desk, ask: Ask, sheet: Sheet) -> Result<Task, Failure> {
    let turn = later(desk.act(ask, desk::now())?);
    answer(turn, None, |_, answer| match answer {
        Answer::Started(plan) => Ok(titled(plan, |desk, plan, title| {
            let text = words::say(Say::new("cli-started").with("title", title.as_str()).with("id", plan.short()));
            sheet.written(desk, plan, &title, Report::new(text, json!({"plan": plan.to_string(), "title": title})))
        })),
        other => Err(unexpected(&other)),
    })
}

/// Ends once the plan's title is known: what a plan is called stands in its cover, which comes with its parts. Somebody
/// who is not given the cover waits for a moment only.
pub(crate) fn titled(plan: PlanId, report: impl FnOnce(&mut Desk, PlanId, String) -> Report + 'static) -> Task {
    let end = Instant::now() + TITLE;
    let mut report = Some(report);
    Task::new(move |desk, _| {
        let known = desk.plans().into_iter().any(|card| card.id == plan && !card.title.is_empty());
        if !(known && desk.is_ready()) && Instant::now() < end {
            return Went::Waiting;
        }
        let title = show::title(desk, plan);
        report.take().map_or(Went::Waiting, |report| Went::Ended(Ok(report(desk, plan, title))))
    })
}

fn go(desk: &mut Desk, ask: Ask, online: bool) -> Result<Task, Failure> {
    let turn = later(desk.act(ask, desk::now())?);
    answer(turn, None, move |_, answer| match answer {
        Answer::Done => Ok(Task::ended(Ok(Report::new("", json!({"online": online}))))),
        other => Err(unexpected(&other)),
    })
}

/// `FIELD=VALUE`
pub(crate) fn pair(text: &str, stdin: bool) -> Result<(String, String), Failure> {
    let (field, value) =
        text.split_once('=').ok_or_else(|| Failure::usage(Say::new("cli-not-a-pair").with("text", text)))?;
    Ok((field.to_owned(), name::written(value, stdin)?))
}

fn add(
    desk: &mut Desk,
    plan: PlanId,
    list: ListPath,
    values: Vec<(String, String)>,
    within: Option<DocId>,
) -> Result<Task, Failure> {
    let shape = list.describe();
    let mut fills: Vec<(String, Fill)> = Vec::with_capacity(values.len());
    for (code, text) in values {
        let field = shape.field(&code).ok_or_else(|| Failure::new("errors-no-such-field"))?;
        fills.push((code, name::fill(desk, plan, field.kind, text)?));
    }
    let nothing = Report::new("", json!({}));
    writing(desk, Ask::Add { plan, list, fills }, (plan, list.part(), list.item(), within), nothing)
}

/// Where something is written: the plan, the part, the record, and which of the part's documents.
pub(crate) type Spot = (PlanId, &'static plan::Part, Option<ItemId>, Option<DocId>);

/// Writes, and ends once that is flushed; a document that is not there yet is begun first. What was added is named.
pub(crate) fn writing(desk: &mut Desk, ask: Ask, spot: Spot, report: Report) -> Result<Task, Failure> {
    let (plan, part, item, within) = spot;
    let ask = match within {
        Some(doc) => ask.within(doc),
        None => ask,
    };
    let flushed = move |desk: &Desk, report: Report| match desk.doc_for(plan, part.code, item, within) {
        Some(doc) => Task::saved(desk, plan, doc, report),
        None => Task::ended(Err(Failure::new("errors-no-such-part"))),
    };
    let named = |item: ItemId| Report::new(item.to_string(), json!({"item": item.to_string()}));
    match desk.act(ask, desk::now())? {
        Done::Here => Ok(flushed(desk, report)),
        Done::Added(item) => Ok(flushed(desk, named(item))),
        Done::Later(turn) => Ok(Task::answered(turn, None, move |desk, answer| match answer {
            Answer::Added { item, .. } => Ok(flushed(desk, named(item))),
            Answer::Done => Ok(flushed(desk, report)),
            other => Err(unexpected(&other)),
        })),
    }
}

fn begin_splice(desk: &mut Desk, splice: Splice, stdin: bool) -> Result<Task, Failure> {
    let Splice { plan, field, at, delete, insert, steps } = splice;
    let plan = open(desk, &plan)?;
    let field: FieldPath = field.parse()?;
    let steps: Vec<desk::Step> = match steps {
        None => vec![vec![(at, delete, name::written(&insert, stdin)?)]],
        Some(steps) => serde_json::from_str(&steps).map_err(|_| Failure::usage("cli-bad-steps"))?,
    };
    if steps.len() > LONGEST_STEPS {
        return Err(Failure::usage("cli-bad-steps"));
    }
    Ok(Task::opened(move |desk| {
        if !name::kind(desk, plan, field)?.is_text() {
            return Err(Failure::from(plan::BadValue::Kind));
        }
        let report = Report::new("", json!({"spliced": field.to_string(), "edits": steps.len()}));
        desk.type_steps(plan, field, &steps, desk::now()).map_err(|(step, refused)| Failure::from(refused).at(step))?;
        let doc = desk.doc_for(plan, field.part().code, field.item(), None);
        let doc = doc.ok_or_else(|| Failure::new("errors-no-such-part"))?;
        Ok(Task::saved(desk, plan, doc, report))
    }))
}

fn knocks(plan: PlanId, wait: Duration) -> Task {
    let end = Instant::now() + wait;
    Task::new(move |desk, _| {
        if desk.knocks(plan).is_empty() && Instant::now() < end {
            return Went::Waiting;
        }
        Went::Ended(Ok(show::knocks(desk, plan)))
    })
}

/// Lets somebody in who knocks, or not.
fn at_the_door(plan: PlanId, person: String, act: impl Fn(PlanId, PersonId) -> Ask + 'static, wait: Duration) -> Task {
    let end = Instant::now() + wait;
    let mut task: Option<Task> = None;
    Task::new(move |desk, changes| {
        if let Some(task) = &mut task {
            return task.look(desk, changes);
        }
        let waiting: Vec<(PersonId, String)> =
            desk.knocks(plan).into_iter().map(|knock| (knock.person, knock.name)).collect();
        let found = match name::person(&waiting, &person) {
            Ok(found) => found,
            Err(failure) if failure.code() != "no-such-person" => return Went::Ended(Err(failure)),
            Err(_) if Instant::now() < end => return Went::Waiting,
            Err(_) => return Went::Ended(Err(Failure::new("node-no-such-knock"))),
        };
        let begun = desk.act(act(plan, found), desk::now());
        let begun = begun.map_err(Failure::from).and_then(|done| {
            answer(later(done), None, move |desk, answer| match answer {
                Answer::Confirmed(person) => Ok(Task::ended(Ok(show::confirmed(desk, plan, person)))),
                Answer::Done => Ok(Task::ended(Ok(show::declined(found)))),
                other => Err(unexpected(&other)),
            })
        });
        match begun {
            Err(failure) => Went::Ended(Err(failure)),
            Ok(begun) => task.insert(begun).look(desk, &[]),
        }
    })
}

/// `DEVICE:NUMBER`, each.
fn reach(upto: &[String]) -> Result<desk::Upto, Failure> {
    let bad = || Failure::usage("cli-bad-upto");
    upto.iter()
        .map(|one| {
            let (device, number) = one.split_once(':').ok_or_else(bad)?;
            Ok((device.parse().map_err(|_| bad())?, number.parse().map_err(|_| bad())?))
        })
        .collect()
}

/// What a plan is written as.
#[derive(Clone, Copy)]
enum Kind {
    Html,
    Json,
}

impl Kind {
    fn of(path: &Path) -> Result<Kind, Failure> {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("html" | "htm") => Ok(Kind::Html),
            Some("json") => Ok(Kind::Json),
            Some(_) | None => Err(Failure::usage("cli-bad-extension")),
        }
    }
}

fn export(desk: &Desk, plan: PlanId, part: Option<&str>, kind: Kind, to: &Path) -> Result<Report, Failure> {
    let text = match kind {
        Kind::Html => desk.page(plan, part),
        Kind::Json => desk
            .view(plan, part)
            .filter(|view| part.is_none() || !view.parts.is_empty())
            .map(|view| exchange::json(&view)),
    };
    let missing = if part.is_some() { "errors-no-such-part" } else { "errors-no-such-plan" };
    let text = text.ok_or_else(|| Failure::new(missing))?;
    let path = paper::write(to, text.as_bytes())?;
    let said = words::say(Say::new("cli-exported").with("path", path.as_str()));
    Ok(Report::new(said, json!({"file": path})))
}
