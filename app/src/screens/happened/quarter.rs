//! Which of the log's documents a record goes to: each quarter of a year has its own, so that who comes later need not be given
//! what was long before.

use circle::Access;
use desk::Desk;
use plan::Date;
use seal::PlanId;

use super::PART;
use crate::screens::fields::Record;

/// Where a record of one day goes.
pub(super) enum Place<'a> {
    /// Into this document.
    Here(Record<'a>),
    /// Into one that is begun first, called so.
    Begin(String),
    /// Nowhere: I may write in none, and begin none.
    Nowhere,
}

/// What the quarter of a day is called: `2026-4`.
pub(super) fn of(day: Date) -> String {
    format!("{}-{}", day.year(), (day.month() - 1) / 3 + 1)
}

/// Where a record of this day goes.
pub(super) fn place(desk: &Desk, plan: PlanId, day: Date) -> Place<'_> {
    let name = of(day);
    let mut mine: Vec<_> = desk
        .copies(plan, PART)
        .into_iter()
        .filter(|copy| !copy.called.is_empty() && desk.access_in(plan, copy.doc) == Access::Edit)
        .collect();
    mine.sort_by(|one, other| one.called.cmp(&other.called));
    let record = |copy: &desk::Copy| Record::document_of(desk, plan, copy.doc);
    if let Some(here) = mine.iter().find(|copy| copy.called == name).and_then(record) {
        return Place::Here(here);
    }
    if desk.may_begin(plan, PART) {
        return Place::Begin(name);
    }
    // Who begins a quarter is whose plan it is. Until they do, nobody's words wait for that.
    mine.last().and_then(record).map_or(Place::Nowhere, Place::Here)
}
