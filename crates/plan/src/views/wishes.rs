//! Needs, wishes, actions and help.

use std::collections::{BTreeMap, BTreeSet};

use seal::ItemId;

use super::choices;
use crate::{
    date::Date,
    value::Someone,
    whole::{Record, Whole},
};

choices! {
    /// How a need stands. A need nobody said anything about is open.
    NeedStatus of "needs.status" {
        /// Open.
        Open "open",
        /// Somebody meets it.
        BeingMet "being-met",
        /// Looked at from time to time.
        Watching "watching",
        /// Over.
        Closed "closed",
    }
}

choices! {
    /// What an agency said.
    Answered of "needs.answers.answer" {
        /// They take it.
        Ours "ours",
        /// They take some of it.
        Partly "partly",
        /// They do not.
        NotOurs "not-ours",
        /// They have not said.
        Waiting "waiting",
    }
}

choices! {
    /// How a wish stands.
    GoalStatus of "goals.status" {
        /// A hope.
        Hope "hope",
        /// On the way.
        Active "active",
        /// Not yet.
        NotYet "not-yet",
        /// Waiting.
        OnHold "on-hold",
        /// Reached.
        Reached "reached",
        /// Reached and kept up.
        KeepingItUp "keeping-it-up",
        /// Let go.
        LetGo "let-go",
    }
}

choices! {
    /// How an action stands, as the circle wrote it down.
    ActionStatus of "actions.status" {
        /// An idea.
        Idea "idea",
        /// Somebody was asked.
        Asked "asked",
        /// Somebody said yes.
        Agreed "agreed",
        /// Under way.
        Doing "doing",
        /// Done.
        Done "done",
        /// Changed.
        Changed "changed",
        /// Not done.
        NotDone "not-done",
        /// Somebody said no.
        SaidNo "said-no",
    }
}

choices! {
    /// What somebody says when they are asked to do something.
    Answering of "actions-voice.acceptances.answer" {
        /// They will do it.
        Yes "agreed",
        /// Not they.
        No "said-no",
        /// They say it later.
        Later "later",
    }
}

choices! {
    /// How a promise went, as who made it says.
    Told of "actions-voice.promises.said" {
        /// Done.
        Done "done",
        /// Changed.
        Changed "changed",
        /// Not done.
        NotDone "not-done",
    }
}

/// What somebody needs help with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Its id.
    pub id: ItemId,
    /// In words.
    pub what: String,
    /// How it stands; none if nobody said.
    pub status: Option<NeedStatus>,
    /// Since when it is there: as it was written down, else the day that was done.
    pub since: Option<Date>,
    /// Who is written down as having it in hand.
    pub owner: Option<Someone>,
    /// What agencies said.
    pub answers: Vec<Answer>,
    /// Who said in their own voice whether they have it in hand; of each the last word.
    pub held: Vec<Held>,
}

/// What one agency said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Who was asked.
    pub agency: String,
    /// When.
    pub on: Option<Date>,
    /// What they said; none if nobody wrote it down.
    pub answer: Option<Answered>,
}

/// What one person said about having a need in hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Who.
    pub who: Someone,
    /// Whether they have it.
    pub yes: bool,
}

/// What somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// Its id.
    pub id: ItemId,
    /// In words.
    pub words: String,
    /// How it stands.
    pub status: Option<GoalStatus>,
    /// How important it is, of ten.
    pub importance: Option<i64>,
    /// Whose wish it is.
    pub whose: Option<Someone>,
    /// Where it stands, from -2 to 2, as the circle wrote it down.
    pub now: Option<i64>,
    /// Everybody's scores from -2 to 2, those written down for others too.
    pub scores: Vec<Score>,
    /// How near everybody says it is, of ten, those written down for others too.
    pub ratings: Vec<Score>,
}

/// One person's score on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Whose.
    pub who: Someone,
    /// When; none if it was not written down.
    pub on: Option<Date>,
    /// Which level, or how many of ten.
    pub score: i64,
    /// Why they think so.
    pub words: String,
}

/// Who will do what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Its id.
    pub id: ItemId,
    /// In words.
    pub what: String,
    /// Which wishes and needs it helps.
    pub helps: BTreeSet<ItemId>,
    /// Who is to do it.
    pub who: BTreeSet<Someone>,
    /// Who is beside them.
    pub with: BTreeSet<Someone>,
    /// By when.
    pub when: Option<Date>,
    /// How often, in words.
    pub repeats: String,
    /// How one will know.
    pub sign: String,
    /// What it waits for.
    pub after: BTreeSet<ItemId>,
    /// How it stands, as the circle wrote it down.
    pub status: Option<ActionStatus>,
    /// What it was promised for.
    pub promised: Option<Date>,
    /// What it was changed to.
    pub changed_to: Option<Date>,
    /// Why.
    pub reason: String,
    /// When it was done.
    pub done: Option<Date>,
    /// What the persons themselves said when asked; of each the last word. For those who have no voice here, what was
    /// written down for them.
    pub acceptances: Vec<Acceptance>,
    /// How the persons themselves say it went, oldest first.
    pub tellings: Vec<Telling>,
}

/// What somebody said to being asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// Who.
    pub who: Someone,
    /// What they said.
    pub answer: Answering,
    /// When.
    pub on: Option<Date>,
    /// What they promised it for.
    pub promised: Option<Date>,
    /// What they said about it.
    pub words: String,
}

impl Acceptance {
    /// Whether they said yes.
    pub fn is_yes(&self) -> bool {
        self.answer == Answering::Yes
    }
}

/// How a promise went, in its maker's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// Who.
    pub who: Someone,
    /// How it went.
    pub told: Told,
    /// When they said so.
    pub on: Option<Date>,
    /// What it is changed to.
    pub changed_to: Option<Date>,
    /// Why.
    pub words: String,
}

/// Help somebody gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Support {
    /// Its id.
    pub id: ItemId,
    /// Which wishes and needs it helps.
    pub helps: BTreeSet<ItemId>,
    /// Whether it has started and not ended, by what was written down.
    pub started: bool,
    /// Its last day.
    pub end: Option<Date>,
    /// Who gives it.
    pub who: Option<Someone>,
}

/// The needs at hand.
pub fn needs(whole: &Whole) -> Vec<Need> {
    let mut needs: Vec<Need> = whole
        .written("needs")
        .into_iter()
        .map(|need| Need {
            id: need.id(),
            what: need.text("what"),
            status: NeedStatus::read(need.choice("status")),
            since: need.date("since").or_else(|| need.made_on()),
            owner: need.person("owner"),
            answers: need
                .list("answers")
                .into_iter()
                .map(|answer| Answer {
                    agency: answer.text("agency"),
                    on: answer.date("on"),
                    answer: Answered::read(answer.choice("answer")),
                })
                .collect(),
            held: Vec::new(),
        })
        .collect();
    for (who, said) in whole.said("needs-voice.held") {
        let Some(need) = needs.iter_mut().find(|need| said.reference("about") == Some(need.id)) else { continue };
        let Some(answer) = said.choice("answer") else { continue };
        let who = Someone::Member(who);
        // Records stand in the order they were added: the last word counts.
        need.held.retain(|held| held.who != who);
        need.held.push(Held { who, yes: answer == "yes" });
    }
    needs
}

impl Action {
    /// How it stands: as one of those who are to do it told it last, else by what they answered when they were asked, else
    /// as the circle wrote it down. Nobody agrees for somebody of the circle: that is only "asked" until they say so.
    pub fn stands(&self) -> Option<ActionStatus> {
        if let Some(telling) = self.tellings.iter().rev().find(|telling| self.who.contains(&telling.who)) {
            return Some(match telling.told {
                Told::Done => ActionStatus::Done,
                Told::Changed => ActionStatus::Changed,
                Told::NotDone => ActionStatus::NotDone,
            });
        }
        let own = || self.acceptances.iter().filter(|acceptance| self.who.contains(&acceptance.who));
        let is_open =
            matches!(self.status, None | Some(ActionStatus::Idea | ActionStatus::Asked | ActionStatus::Agreed));
        if is_open && own().any(Acceptance::is_yes) {
            return Some(ActionStatus::Agreed);
        }
        let said_no = own().filter(|acceptance| acceptance.answer == Answering::No).count();
        if is_open && said_no > 0 && said_no == self.who.len() {
            return Some(ActionStatus::SaidNo);
        }
        let have_voices = self.who.iter().any(|who| matches!(who, Someone::Member(_)));
        match self.status {
            Some(ActionStatus::Agreed) if have_voices => Some(ActionStatus::Asked),
            status => status,
        }
    }
}

/// The wishes at hand.
pub fn goals(whole: &Whole) -> Vec<Goal> {
    let mut goals: Vec<Goal> = whole
        .written("goals")
        .into_iter()
        .map(|goal| Goal {
            id: goal.id(),
            words: goal.text("words"),
            status: GoalStatus::read(goal.choice("status")),
            importance: goal.scale("importance"),
            whose: goal.person("whose").or_else(|| goal.person("said-by")),
            now: goal.scale("now"),
            scores: written_down(&goal, "score"),
            ratings: written_down(&goal, "rating"),
        })
        .collect();
    let by_id: BTreeMap<ItemId, usize> = goals.iter().enumerate().map(|(at, goal)| (goal.id, at)).collect();
    for (list, field) in [("goals-voice.scores", "score"), ("goals-voice.ratings", "rating")] {
        for (who, said) in whole.said(list) {
            let Some(at) = said.reference("about").and_then(|goal| by_id.get(&goal)) else { continue };
            let Some(score) = said.scale(field) else { continue };
            let score = Score { who: Someone::Member(who), on: said.date("on"), score, words: said.text("words") };
            let goal = &mut goals[*at];
            if field == "score" { goal.scores.push(score) } else { goal.ratings.push(score) }
        }
    }
    goals
}

/// What was written down for those who have no device.
fn written_down(goal: &Record<'_>, field: &str) -> Vec<Score> {
    let scores = goal.list("scores").into_iter().filter_map(|said| {
        let (who, score) = (said.person("whose")?, said.scale(field)?);
        Some(Score { who, on: said.date("on"), score, words: said.text("words") })
    });
    scores.collect()
}

/// The actions at hand.
pub fn actions(whole: &Whole) -> Vec<Action> {
    let mut actions: Vec<Action> = whole
        .written("actions")
        .into_iter()
        .map(|action| Action {
            id: action.id(),
            what: action.text("what"),
            helps: action.references("for"),
            who: action.people("who"),
            with: action.people("with"),
            when: action.date("when"),
            repeats: action.text("repeats"),
            sign: action.text("sign"),
            after: action.references("after"),
            status: ActionStatus::read(action.choice("status")),
            promised: action.date("promised"),
            changed_to: action.date("changed-to"),
            reason: action.text("reason"),
            done: action.date("done"),
            acceptances: action
                .people("accepted")
                .into_iter()
                // Somebody of the circle accepts in their own voice, whatever others wrote down.
                .filter(|who| matches!(who, Someone::Named(_)))
                .map(|who| Acceptance {
                    who,
                    answer: Answering::Yes,
                    on: None,
                    promised: action.date("promised"),
                    words: String::new(),
                })
                .collect(),
            tellings: Vec::new(),
        })
        .collect();
    let by_id: BTreeMap<ItemId, usize> = actions.iter().enumerate().map(|(at, action)| (action.id, at)).collect();
    let about = |said: &Record<'_>| said.reference("about").and_then(|action| by_id.get(&action).copied());
    for (who, said) in whole.said("actions-voice.acceptances") {
        let Some(action) = about(&said).map(|at| &mut actions[at]) else { continue };
        let Some(answer) = Answering::read(said.choice("answer")) else { continue };
        let who = Someone::Member(who);
        action.acceptances.retain(|acceptance| acceptance.who != who);
        let (on, promised, words) = (said.date("on"), said.date("promised"), said.text("words"));
        action.acceptances.push(Acceptance { who, answer, on, promised, words });
    }
    for (who, said) in whole.said("actions-voice.promises") {
        let Some(action) = about(&said).map(|at| &mut actions[at]) else { continue };
        let Some(told) = Told::read(said.choice("said")) else { continue };
        let (on, changed_to, words) = (said.date("on"), said.date("changed-to"), said.text("words"));
        action.tellings.push(Telling { who: Someone::Member(who), told, on, changed_to, words });
    }
    actions
}

/// The help at hand.
pub fn supports(whole: &Whole) -> Vec<Support> {
    let supports = whole.written("supports").into_iter().map(|support| Support {
        id: support.id(),
        helps: support.references("for"),
        started: support.choice("status").is_some_and(|status| status == "started"),
        end: support.date("end"),
        who: support.person("who"),
    });
    supports.collect()
}
