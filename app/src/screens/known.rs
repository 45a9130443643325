//! What a plan's wishes and actions amount to: reckoned from everything at hand, and shown on several pages.
//!
//! The arithmetic is `plan::checks`'. Here it is given the circle: who I am, who has left, and which written-down name is
//! by now a person of the circle.

use std::collections::{BTreeMap, BTreeSet};

use desk::Still;
use plan::{
    Date, Moment, Someone, Whole,
    checks::{
        chains::{self, Waits},
        due::{self, Due},
        needs,
        noticing::Noticing,
        promises::{self, Promise, Tally},
        specific::{self, Ask},
        wishes,
    },
    views::{self, Acceptance, Action, ActionStatus, Answering, Goal},
};
use seal::ItemId;

use super::heard::Heard;
use crate::people::Names;

/// What is known about a plan's wishes and actions.
pub struct Known {
    /// Today, at this device.
    pub today: Date,
    /// Whoever sits here.
    pub me: Option<Someone>,
    /// The wishes.
    pub goals: BTreeMap<ItemId, Goal>,
    /// Those whose levels were written down: they need the width of a page to be read.
    pub leveled: BTreeSet<ItemId>,
    /// How people see a wish, in words of their own or in a picture.
    pub seen: Heard,
    /// On which wishes there are comments.
    pub commented: BTreeSet<ItemId>,
    /// Wishes for which nobody is doing anything.
    pub idle: BTreeSet<ItemId>,
    /// The actions.
    pub actions: BTreeMap<ItemId, Action>,
    /// What to ask about those that are vague.
    pub asks: BTreeMap<ItemId, BTreeSet<Ask>>,
    /// How many say who, by when and how one will know, and of how many.
    pub clear: (usize, usize),
    /// Those that wait for others.
    pub waits: BTreeMap<ItemId, Waits>,
    /// What became of promises.
    pub promises: BTreeMap<ItemId, Promise>,
    /// How many of each.
    pub tally: Tally,
    /// Meetings to come at which I am expected, the next first.
    pub meetings: Vec<Met>,
    /// Other days that are soon or have passed.
    pub due: Vec<Due>,
}

/// A meeting to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// What it is called.
    pub title: String,
    /// When.
    pub when: Moment,
    /// Where.
    pub place: String,
}

impl Known {
    /// Reckons it all.
    pub fn reckon(still: &Still, today: Date) -> Known {
        let whole = still.whole();
        let circle = Names::among(still.people());
        let gone: BTreeSet<Someone> = still.former().into_iter().map(|former| Someone::Member(former.id)).collect();
        let mut actions = views::actions(&whole);
        actions.iter_mut().for_each(|action| name(&circle, action));
        let mut goals = views::goals(&whole);
        goals.iter_mut().for_each(|goal| name_goal(&circle, goal));
        let noticing = Noticing::of(&whole);
        let specific = specific::specific(&actions, &noticing.words);
        let promises = promises::promises(&actions, today);
        let me = still.people().into_iter().find(|member| member.me).map(|me| Someone::Member(me.id));
        let mut meetings: Vec<Met> =
            whole.records("meetings").iter().filter_map(|meeting| met(&circle, meeting, me.as_ref(), today)).collect();
        meetings.sort_by_key(|met| met.when.instant());
        Known {
            today,
            due: due::due(&whole, today, noticing.due),
            me,
            meetings,
            idle: wishes::without_actions(&goals, &actions).into_iter().collect(),
            commented: whole
                .said("goals-voice.comments")
                .iter()
                .filter_map(|(_, said)| said.reference("about"))
                .collect(),
            leveled: leveled(&whole),
            seen: Heard::of(still, "goals-voice.perspectives"),
            clear: (specific.clear, specific.all),
            asks: specific.asks.into_iter().collect(),
            waits: chains::waiting(&actions, &gone, today).into_iter().map(|waits| (waits.action, waits)).collect(),
            tally: promises::tally(&promises),
            promises: promises.into_iter().collect(),
            goals: goals.into_iter().map(|goal| (goal.id, goal)).collect(),
            actions: actions.into_iter().map(|action| (action.id, action)).collect(),
        }
    }

    /// Whether nothing more will come of an action.
    pub fn is_over(&self, action: &Action) -> bool {
        matches!(action.stands(), Some(ActionStatus::Done | ActionStatus::NotDone | ActionStatus::SaidNo))
    }

    /// Whether I am to do it.
    pub fn is_mine(&self, action: &Action) -> bool {
        self.me.as_ref().is_some_and(|me| action.who.contains(me))
    }

    /// What I said when I was asked.
    pub fn my_answer<'a>(&self, action: &'a Action) -> Option<&'a Acceptance> {
        action.acceptances.iter().find(|acceptance| Some(&acceptance.who) == self.me.as_ref())
    }

    /// Whether an action waits for my answer.
    pub fn asks_me(&self, action: &Action) -> bool {
        self.is_mine(action)
            && !self.is_over(action)
            && self.my_answer(action).is_none_or(|said| said.answer == Answering::Later)
    }

    /// How many actions wait for my answer.
    pub fn waiting_for_me(&self) -> usize {
        self.actions.values().filter(|action| self.asks_me(action)).count()
    }

    /// The action for a wish that is due next, or has no day.
    pub fn next_for(&self, goal: ItemId) -> Option<&Action> {
        let helps = self.actions.values().filter(|action| action.helps.contains(&goal) && !self.is_over(action));
        helps.min_by_key(|action| {
            let due = needs::due(action);
            (due.is_none(), due)
        })
    }
}

/// The five levels of a wish, from the least to the most: -2 to 2.
pub const LEVELS: [&str; 5] = ["level-much-less", "level-less", "level-expected", "level-better", "level-much-better"];

fn leveled(whole: &Whole<'_>) -> BTreeSet<ItemId> {
    let has_levels = |goal: &plan::Record<'_>| LEVELS.iter().any(|level| !goal.text(level).is_empty());
    whole.records("goals").iter().filter(|goal| has_levels(goal)).map(plan::Record::id).collect()
}

// Where nobody in particular was asked to come, everybody is.
fn met(circle: &Names, meeting: &plan::Record<'_>, me: Option<&Someone>, today: Date) -> Option<Met> {
    let when = meeting.moment("when").filter(|when| when.date() >= today)?;
    if meeting.choice("status").is_some_and(|status| status != "planned") {
        return None;
    }
    let invited: Vec<Someone> =
        meeting.list("invites").iter().filter_map(|invite| Some(circle.meant(&invite.person("who")?))).collect();
    let expected = invited.is_empty() || invited.iter().any(|who| Some(who) == me);
    // What has no title is told by its kind.
    let kind = || meeting.choice("kind").map(|kind| crate::terms::choice("meetings", "kind", &kind));
    let title = Some(meeting.text("title")).filter(|title| !title.is_empty()).or_else(kind).unwrap_or_default();
    expected.then(|| Met { title, when, place: meeting.text("where") })
}

fn name(circle: &Names, action: &mut Action) {
    action.who = action.who.iter().map(|who| circle.meant(who)).collect();
    action.with = action.with.iter().map(|who| circle.meant(who)).collect();
    // Whoever is in the circle answers in their own voice, whatever was written down before.
    action.acceptances.retain(|acceptance| circle.meant(&acceptance.who) == acceptance.who);
}

fn name_goal(circle: &Names, goal: &mut Goal) {
    goal.whose = goal.whose.as_ref().map(|whose| circle.meant(whose));
    for scores in [&mut goal.scores, &mut goal.ratings] {
        let own: BTreeSet<Someone> = scores.iter().map(|score| score.who.clone()).collect();
        scores.retain(|score| circle.meant(&score.who) == score.who || !own.contains(&circle.meant(&score.who)));
        scores.iter_mut().for_each(|score| score.who = circle.meant(&score.who));
    }
}
