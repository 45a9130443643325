//! Money: where it comes from, what it is for, what was spent.

use std::collections::BTreeSet;

use seal::ItemId;

use super::choices;
use crate::{
    amount::{Money, Quantity},
    date::Date,
    value::Value,
    whole::Whole,
};

choices! {
    /// How often an amount comes.
    Per of "money.sources.per" {
        /// Every week, 52 to the year.
        Week "week",
        /// Every four weeks, 13 to the year.
        FourWeeks "four-weeks",
        /// Every month.
        Month "month",
        /// Every year.
        Year "year",
        /// Once.
        Once "once",
    }
}

/// The money part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Budget {
    /// Its first day.
    pub from: Option<Date>,
    /// Its last day.
    pub to: Option<Date>,
    /// Where the money comes from.
    pub sources: Vec<Source>,
    /// What it is for.
    pub lines: Vec<Planned>,
    /// What was spent.
    pub payments: Vec<Payment>,
}

/// Money that comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// How much each time; none if nobody wrote it down.
    pub amount: Option<Money>,
    /// What the person pays on top, each time.
    pub contribution: Option<Money>,
    /// How often; none is once.
    pub per: Option<Per>,
}

/// A line: what money is meant for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Its id.
    pub id: ItemId,
    /// In words.
    pub what: String,
    /// Which wishes and needs it helps.
    pub helps: BTreeSet<ItemId>,
    /// The price of one.
    pub rate: Option<Money>,
    /// How many each time; none is one.
    pub units: Option<Quantity>,
    /// How many times; none is once.
    pub times: Option<Quantity>,
    /// Kept just in case.
    pub just_in_case: bool,
}

/// Money spent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Its id.
    pub id: ItemId,
    /// When.
    pub on: Option<Date>,
    /// From which line.
    pub line: Option<ItemId>,
    /// How much.
    pub amount: Option<Money>,
}

/// The money part at hand; none if it is not.
pub fn budget(whole: &Whole) -> Option<Budget> {
    let money = whole.part("money")?;
    let date = |field: &str| match money.value(field.parse().expect("a field that is described")) {
        Some(Value::Date(date)) => Some(date),
        _ => None,
    };
    let sources = whole.written("money.sources").into_iter().map(|source| Source {
        amount: source.money("amount"),
        contribution: source.money("contribution"),
        per: Per::read(source.choice("per")),
    });
    let lines = whole.written("money.lines").into_iter().map(|line| Planned {
        id: line.id(),
        what: line.text("what"),
        helps: line.references("for"),
        rate: line.money("rate"),
        units: line.quantity("units"),
        times: line.quantity("times"),
        just_in_case: line.is_yes("just-in-case"),
    });
    let payments = whole.written("money.payments").into_iter().map(|payment| Payment {
        id: payment.id(),
        on: payment.date("on"),
        line: payment.reference("line"),
        amount: payment.money("amount"),
    });
    Some(Budget {
        from: date("money.from"),
        to: date("money.to"),
        sources: sources.collect(),
        lines: lines.collect(),
        payments: payments.collect(),
    })
}
