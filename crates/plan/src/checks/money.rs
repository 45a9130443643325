//! What there is, what it is meant for, what is left. Whole pence; a year has 52 weeks, which is said on screen.

use std::{collections::BTreeMap, ops::RangeInclusive};

use seal::ItemId;

use crate::{
    amount::{Money, Quantity},
    date::Date,
    views::{Budget, Per, Planned, Source},
};

/// How many days a year may have, give or take the weeks by which people reckon one.
const A_YEAR: RangeInclusive<i64> = 357..=371;

/// The money part in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sums {
    /// What comes in a year, contributions too.
    pub available: Money,
    /// The sum of all lines.
    pub planned: Money,
    /// What no line has: available less planned. Below nought, more is planned than there is.
    pub not_planned: Money,
    /// Of what is planned, what is kept just in case.
    pub just_in_case: Money,
    /// What was spent, up to and with today. A payment without a day counts.
    pub spent: Money,
    /// What would have been spent by today if it went evenly; none without a first and last day.
    pub by_now: Option<Money>,
    /// Available less spent.
    pub left: Money,
    /// Lines that help no wish and no need.
    pub without_outcome: Vec<ItemId>,
    /// Payments of no line.
    pub without_line: Vec<ItemId>,
}

/// Adds up a money part.
pub fn sums(budget: &Budget, today: Date) -> Sums {
    let available = total(budget.sources.iter().map(|source| given(source, budget)));
    let planned = total(budget.lines.iter().map(line_total));
    let just_in_case = total(budget.lines.iter().filter(|line| line.just_in_case).map(line_total));
    let until_today = budget.payments.iter().filter(|payment| payment.on.is_none_or(|on| on <= today));
    let spent = total(until_today.filter_map(|payment| payment.amount));
    let known = |line: Option<ItemId>| line.is_some_and(|line| budget.lines.iter().any(|known| known.id == line));
    Sums {
        available,
        planned,
        not_planned: minus(available, planned),
        just_in_case,
        spent,
        by_now: budget.from.zip(budget.to).and_then(|period| pro_rata(planned, period, today)),
        left: minus(available, spent),
        without_outcome: budget.lines.iter().filter(|line| line.helps.is_empty()).map(|line| line.id).collect(),
        without_line: budget.payments.iter().filter(|paid| !known(paid.line)).map(|paid| paid.id).collect(),
    }
}

/// What there is, cut in pieces that lie end to end: a bar is drawn of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pieces {
    /// What was spent.
    pub spent: Money,
    /// What is planned and not spent yet.
    pub planned: Money,
    /// What is neither.
    pub free: Money,
    /// By how much more is planned or spent than there is. The first two pieces then go that far beyond the end.
    pub beyond: Money,
}

/// Cuts what there is in pieces.
pub fn pieces(sums: &Sums) -> Pieces {
    let Money(spent) = sums.spent.max(Money(0));
    let Money(used) = sums.planned.max(Money(spent));
    let Money(available) = sums.available.max(Money(0));
    Pieces {
        spent: Money(spent),
        planned: Money(used - spent),
        free: Money(available.saturating_sub(used).max(0)),
        beyond: Money(used.saturating_sub(available).max(0)),
    }
}

/// What is meant for each wish and need.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcomes {
    /// For each wish and need, what the lines come to that help it. A line that helps two is counted with both, so these
    /// may come to more than is planned.
    pub each: BTreeMap<ItemId, Money>,
    /// What helps more than one.
    pub shared: Money,
    /// What helps none.
    pub none: Money,
}

/// Adds up the lines by what they help.
pub fn by_outcome(budget: &Budget) -> Outcomes {
    let mut outcomes = Outcomes::default();
    let add = |to: &mut Money, amount: Money| *to = Money(to.0.saturating_add(amount.0));
    for line in &budget.lines {
        let amount = line_total(line);
        match line.helps.len() {
            0 => add(&mut outcomes.none, amount),
            1 => {}
            _ => add(&mut outcomes.shared, amount),
        }
        for helped in &line.helps {
            add(outcomes.each.entry(*helped).or_default(), amount);
        }
    }
    outcomes
}

/// How much of a hundred one amount is of another, rounded; none of nothing.
pub fn percent(Money(part): Money, Money(of): Money) -> Option<i64> {
    if of <= 0 {
        return None;
    }
    let (part, of) = (i128::from(part), i128::from(of));
    Some(narrow((200 * part + of).div_euclid(2 * of)))
}

/// How much of a hundred of the time the money is for has gone, today included; none without a first and last day.
pub fn time_gone(budget: &Budget, today: Date) -> Option<i64> {
    let all = Money(10_000);
    percent(pro_rata(all, budget.from.zip(budget.to)?, today)?, all)
}

/// What was spent of one line, up to and with today.
pub fn spent_on(budget: &Budget, line: ItemId, today: Date) -> Money {
    let of_line = budget.payments.iter().filter(|payment| payment.line == Some(line));
    total(of_line.filter(|payment| payment.on.is_none_or(|on| on <= today)).filter_map(|payment| payment.amount))
}

/// What a line comes to: price of one, times how many each time, times how many times, rounded to the nearest penny.
pub fn line_total(line: &Planned) -> Money {
    let one = Quantity(100);
    let Some(Money(rate)) = line.rate else { return Money(0) };
    let (Quantity(units), Quantity(times)) = (line.units.unwrap_or(one), line.times.unwrap_or(one));
    let exact = i128::from(rate).checked_mul(i128::from(units)).and_then(|some| some.checked_mul(i128::from(times)));
    // Twelve digits each: only what a liar writes is larger, and it shows as the largest amount there is.
    exact.map_or(Money(if (rate < 0) ^ (units < 0) ^ (times < 0) { i64::MIN } else { i64::MAX }), |exact| {
        Money(narrow((exact + 5_000_i128).div_euclid(10_000)))
    })
}

/// What a source gives in a year.
pub fn yearly(source: &Source) -> Money {
    let each = total([source.amount, source.contribution].into_iter().flatten());
    let times = match source.per {
        Some(Per::Week) => 52,
        Some(Per::FourWeeks) => 13,
        Some(Per::Month) => 12,
        Some(Per::Year | Per::Once) | None => 1,
    };
    Money(each.0.saturating_mul(times))
}

/// What a source gives in the time a budget is for: in a year as often as people reckon (52 weeks), in any other time by its
/// days. Without a first and last day it is a year.
pub fn given(source: &Source, budget: &Budget) -> Money {
    let Some(days) = budget.from.zip(budget.to).map(|(from, to)| to.days() - from.days() + 1) else {
        return yearly(source);
    };
    if is_a_year(budget) || days < 1 || matches!(source.per, None | Some(Per::Once)) {
        return yearly(source);
    }
    let in_weeks = |weeks: i128| (i128::from(days), 7 * weeks);
    // A source that gives once a week gives for each of its days.
    let (times, of) = match source.per {
        Some(Per::Week) => in_weeks(1),
        Some(Per::FourWeeks) => in_weeks(4),
        Some(Per::Month) => (12 * i128::from(days), 365),
        Some(Per::Year | Per::Once) | None => (i128::from(days), 365),
    };
    let Money(each) = total([source.amount, source.contribution].into_iter().flatten());
    Money(narrow((i128::from(each) * times + of / 2).div_euclid(of)))
}

/// Whether a budget is for a year, give or take the weeks by which people reckon one.
pub fn is_a_year(budget: &Budget) -> bool {
    budget.from.zip(budget.to).is_some_and(|(from, to)| A_YEAR.contains(&(to.days() - from.days() + 1)))
}

// Both days of the period are in it. Before it nothing is due, after it everything.
fn pro_rata(planned: Money, (from, to): (Date, Date), today: Date) -> Option<Money> {
    let days = to.days() - from.days() + 1;
    if days < 1 {
        return None;
    }
    let gone = (today.days() - from.days() + 1).clamp(0, days);
    let exact = i128::from(planned.0) * i128::from(gone);
    Some(Money(narrow((exact + i128::from(days) / 2).div_euclid(i128::from(days)))))
}

fn total(amounts: impl Iterator<Item = Money>) -> Money {
    Money(amounts.fold(0_i64, |sum, Money(amount)| sum.saturating_add(amount)))
}

fn minus(Money(from): Money, Money(take): Money) -> Money {
    Money(from.saturating_sub(take))
}

fn narrow(amount: i128) -> i64 {
    i64::try_from(amount).unwrap_or(if amount < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests;
