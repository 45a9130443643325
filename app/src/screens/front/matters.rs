//! What the front page is about, of everything in a plan: reckoned by the helper, for a plan of many years is gone through for a
//! few lines.

use std::collections::BTreeMap;

use desk::Still;
use plan::{
    Date,
    checks::needs::{self as shares, Held},
};
use seal::ItemId;

use super::FEW;
use crate::screens::{
    in_hand::{InHand, Stands},
    known::Known,
};

/// What the page is about.
pub(super) struct Matters {
    pub(super) hand: InHand,
    pub(super) known: Known,
    /// What nobody has in hand, what has waited longest first, with for how many days if that is too long.
    pub(super) nobodys: Vec<(ItemId, Option<i64>)>,
    /// The wishes that matter most.
    pub(super) goals: Vec<ItemId>,
    /// What comes next, actions and meetings.
    pub(super) coming: Vec<(Option<Date>, Coming)>,
}

/// What comes up: something somebody is to do, or a meeting.
#[derive(Debug, Clone, Copy)]
pub(super) enum Coming {
    Action(ItemId),
    Meeting(ItemId),
}

impl Matters {
    /// Reckons it from everything at hand.
    pub(super) fn reckon(still: &Still, today: Date) -> Matters {
        let (whole, hand, known) = (still.whole(), InHand::reckon(still, today), Known::reckon(still, today));
        let long: BTreeMap<ItemId, i64> = hand.too_long(today).into_iter().collect();
        let is_nobodys = |(item, stands): (&ItemId, &Stands)| matches!(stands.held, Held::Nobodys(_)).then_some(*item);
        let mut nobodys: Vec<_> =
            hand.needs.iter().filter_map(is_nobodys).map(|item| (item, long.get(&item).copied())).collect();
        nobodys.sort_by_key(|(_, days)| std::cmp::Reverse(*days));
        let mut goals: Vec<(i64, ItemId)> =
            whole.records("goals").iter().map(|goal| (-goal.scale("importance").unwrap_or(0), goal.id())).collect();
        goals.sort_by_key(|(importance, _)| *importance);
        let open = known.actions.values().filter(|action| !known.is_over(action));
        let mut coming: Vec<(Option<Date>, Coming)> =
            open.map(|action| (shares::due(action), Coming::Action(action.id))).collect();
        coming.extend(whole.records("meetings").iter().filter_map(|meeting| {
            let when = meeting.moment("when").filter(|when| when.date() >= today)?;
            let planned = meeting.choice("status").is_none_or(|status| status == "planned");
            planned.then_some((Some(when.date()), Coming::Meeting(meeting.id())))
        }));
        // What should have been done stands with what is to come, behind it: a day that has passed is not what comes next.
        coming.sort_by_key(|(day, _)| (day.is_none(), day.is_some_and(|day| day < today), *day));
        nobodys.truncate(FEW);
        goals.truncate(FEW);
        coming.truncate(FEW);
        Matters { nobodys, goals: goals.into_iter().map(|(_, goal)| goal).collect(), coming, hand, known }
    }
}
