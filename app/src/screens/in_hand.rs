//! Who has which need in hand, and which nobody has yet: reckoned for the page of needs and for the number in the rail.
//!
//! The arithmetic is `plan::checks::needs`. Here it is given the circle: who has left, and which written-down name is by now
//! a person of the circle.

use std::collections::{BTreeMap, BTreeSet};

use desk::{Desk, Still};
use plan::{
    Date, Moment, Someone, Whole,
    checks::{
        needs::{self, AtRisk, Held, Nobodys, Thresholds},
        noticing::Noticing,
    },
    views::{self, Action, Answered, Need, Support},
};
use seal::{ItemId, PlanId};
use words::{Say, say, text};

use super::{fields::Record, heard::Heard};
use crate::people::{self, Names};

/// How a plan's needs stand.
pub struct InHand {
    /// Each need.
    pub needs: BTreeMap<ItemId, Stands>,
    /// What people say of having one in hand.
    pub held: Heard,
    /// How people see one.
    pub seen: Heard,
    /// The meeting to come at which something can be talked about.
    pub next: Option<(ItemId, Moment)>,
    /// From when on a need is at risk, or nobody's for too long.
    from: Thresholds,
}

/// How one need stands.
pub struct Stands {
    /// Whether somebody has it.
    pub held: Held,
    /// As it is written down, and who said in their own voice that they have it.
    pub need: Need,
    /// What somebody said yes to and is not over, with who said so.
    pub actions: Vec<(ItemId, BTreeSet<Someone>)>,
    /// Help that has started.
    pub supports: Vec<ItemId>,
    /// Whether it is to be talked about already.
    pub talk: Talk,
}

/// Whether a need is to be talked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Talk {
    /// Not yet.
    No,
    /// It is on the agenda of a meeting to come.
    AtMeeting(Moment),
    /// It is an open question.
    OpenQuestion,
}

impl InHand {
    /// Reckons it from everything at hand.
    pub fn reckon(still: &Still, today: Date) -> InHand {
        let whole = still.whole();
        let names = Names::among(still.people());
        let gone: BTreeSet<Someone> = still.former().into_iter().map(|one| Someone::Member(one.id)).collect();
        let (actions, supports) = (by_need(&whole, &names), supports_by_need(&whole));
        let meetings = meetings(&whole, today);
        let questions = open_questions(&whole);
        let from = Noticing::of(&whole).needs;
        let stands = |mut need: Need| {
            need.owner = need.owner.map(|owner| names.meant(&owner));
            let actions = actions.get(&need.id).map_or(&[][..], Vec::as_slice);
            let supports = supports.get(&need.id).map_or(&[][..], Vec::as_slice);
            let held = needs::held(&need, actions, supports, &gone, today, from);
            let accepted = actions.iter().filter(|action| needs::is_accepted(action, &gone));
            let on = meetings.iter().find(|met| met.topics.contains(need.what.trim()) && !need.what.is_empty());
            let talk = match on {
                Some(met) => Talk::AtMeeting(met.when),
                None if questions.contains(&need.id) => Talk::OpenQuestion,
                None => Talk::No,
            };
            need.held.retain(|held| held.yes && !gone.contains(&held.who));
            Stands {
                held,
                actions: accepted.map(|action| (action.id, action.who.clone())).collect(),
                supports: supports.iter().filter(|one| is_on(one, today)).map(|one| one.id).collect(),
                need,
                talk,
            }
        };
        InHand {
            needs: views::needs(&whole).into_iter().map(|need| (need.id, stands(need))).collect(),
            held: Heard::of(still, "needs-voice.held"),
            seen: Heard::of(still, "needs-voice.perspectives"),
            from,
            next: meetings.first().map(|met| (met.id, met.when)),
        }
    }

    /// The needs that nobody has for longer than should be, each with the days since it was written down, the longest first.
    pub fn too_long(&self, today: Date) -> Vec<(ItemId, i64)> {
        let long = |(item, stands): (&ItemId, &Stands)| {
            Some((*item, needs::too_long(&stands.need, &stands.held, today, self.from)?))
        };
        let mut needs: Vec<(ItemId, i64)> = self.needs.iter().filter_map(long).collect();
        needs.sort_by_key(|(item, days)| (std::cmp::Reverse(*days), *item));
        needs
    }

    /// How many nobody has.
    pub fn nobodys(&self) -> usize {
        self.needs.values().filter(|stands| matches!(stands.held, Held::Nobodys(_))).count()
    }
}

impl Stands {
    /// Why nobody has it, or why it hangs by a thread, in one sentence.
    pub fn why(&self, desk: &Desk, plan: PlanId) -> Option<String> {
        let of = |answer: Answered| {
            let names = self.need.answers.iter().filter(|said| said.answer == Some(answer));
            people::together(&names.map(|said| said.agency.clone()).collect::<Vec<_>>())
        };
        Some(match &self.held {
            Held::Held => return None,
            Held::Nobodys(Nobodys::EveryoneSaidNotOurs) => {
                say(Say::new("needs-why-not-ours").with("names", of(Answered::NotOurs)))
            }
            Held::Nobodys(Nobodys::NobodyHasIt) => match &self.need.owner {
                Some(owner) => {
                    let name = people::face_of(desk, plan, owner).name;
                    say(Say::new("needs-why-owner").with("name", name))
                }
                None => text("needs-why-nobody"),
            },
            Held::AtRisk(AtRisk::OnlyWaiting) => {
                say(Say::new("needs-why-waiting").with("names", of(Answered::Waiting)))
            }
            Held::AtRisk(AtRisk::OneActionAndLate(action)) => {
                let what = Record::part(desk, plan, "actions").at(*action).text("what");
                say(Say::new("needs-why-late").with("what", what))
            }
        })
    }
}

/// A meeting to come, and what it is to talk about.
struct Met {
    id: ItemId,
    when: Moment,
    topics: BTreeSet<String>,
}

fn meetings(whole: &Whole<'_>, today: Date) -> Vec<Met> {
    let to_come = |meeting: &plan::Record<'_>| {
        let when = meeting.moment("when").filter(|when| when.date() >= today)?;
        let planned = meeting.choice("status").is_none_or(|status| status == "planned");
        let topics = meeting.list("agenda").iter().map(|item| item.text("topic").trim().to_owned()).collect();
        planned.then(|| Met { id: meeting.id(), when, topics })
    };
    let mut meetings: Vec<Met> = whole.records("meetings").iter().filter_map(to_come).collect();
    meetings.sort_by_key(|met| met.when.instant());
    meetings
}

fn open_questions(whole: &Whole<'_>) -> BTreeSet<ItemId> {
    let questions = whole.records("decisions").into_iter();
    let open = questions.filter(|question| question.choice("status").is_none_or(|status| status == "open"));
    open.flat_map(|question| question.references("for")).collect()
}

fn by_need(whole: &Whole<'_>, names: &Names) -> BTreeMap<ItemId, Vec<Action>> {
    let mut by_need: BTreeMap<ItemId, Vec<Action>> = BTreeMap::new();
    for mut action in views::actions(whole) {
        action.who = action.who.iter().map(|who| names.meant(who)).collect();
        // Whoever is in the circle answers in their own voice, whatever was written down before.
        action.acceptances.retain(|said| names.meant(&said.who) == said.who);
        for helps in &action.helps {
            by_need.entry(*helps).or_default().push(action.clone());
        }
    }
    by_need
}

fn supports_by_need(whole: &Whole<'_>) -> BTreeMap<ItemId, Vec<Support>> {
    let mut by_need: BTreeMap<ItemId, Vec<Support>> = BTreeMap::new();
    for support in views::supports(whole) {
        for helps in &support.helps {
            by_need.entry(*helps).or_default().push(support.clone());
        }
    }
    by_need
}

fn is_on(support: &Support, today: Date) -> bool {
    support.started && support.end.is_none_or(|end| end >= today)
}
