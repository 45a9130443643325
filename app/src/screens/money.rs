//! Money: what there is, what it is for, what was spent. All sums come from `plan::checks::money`, to the penny.

mod lines;
mod payments;
mod sources;
mod summary;
mod wishes;

use std::collections::BTreeMap;

use desk::{Desk, Fill};
use eframe::egui::Ui;
use plan::{
    Date, Someone, Value, Whole,
    checks::money::{Outcomes, Sums, by_outcome, line_total, sums},
    views::{Budget, budget},
};
use seal::{ItemId, PlanId};
use words::text;

use super::{
    cards::Cards,
    fields::Record,
    lately::{Lately, a_moment},
    pages::PartPage,
    small::today,
    title,
};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, icon_button},
    people, terms,
    theme::gap,
};

const PART: &str = "money";

/// What the page remembers of itself.
#[derive(Default)]
pub struct Money {
    cards: Cards,
    books: Lately<Books>,
    view: View,
    /// Something that was just added: it is looked for, and shown open.
    arrived: Option<ItemId>,
}

/// What is looked at below the sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum View {
    /// What the money is for, line by line.
    #[default]
    Lines,
    /// The same by what it helps.
    Wishes,
    /// What was spent.
    Spent,
    /// Where it comes from.
    Sources,
}

const VIEWS: [View; 4] = [View::Lines, View::Wishes, View::Spent, View::Sources];

/// The money part in numbers, reckoned once for each change of the plan.
#[derive(Debug)]
struct Books {
    day: Date,
    budget: Budget,
    sums: Sums,
    totals: BTreeMap<ItemId, plan::Money>,
    /// The place of each payment, the newest first.
    place: BTreeMap<ItemId, usize>,
    outcomes: Outcomes,
}

impl Books {
    fn of(whole: &Whole<'_>, day: Date) -> Books {
        let budget = budget(whole).unwrap_or_default();
        let totals = budget.lines.iter().map(|line| (line.id, line_total(line))).collect();
        let mut newest: Vec<_> =
            budget.payments.iter().map(|payment| (std::cmp::Reverse(payment.on), payment.id)).collect();
        newest.sort_by_key(|(on, _)| *on);
        let place = newest.into_iter().enumerate().map(|(at, (_, id))| (id, at)).collect();
        Books { day, place, sums: sums(&budget, day), totals, outcomes: by_outcome(&budget), budget }
    }

    fn total(&self, line: ItemId) -> plan::Money {
        self.totals.get(&line).copied().unwrap_or_default()
    }

    fn is_empty(&self) -> bool {
        self.budget.sources.is_empty() && self.budget.lines.is_empty() && self.budget.payments.is_empty()
    }
}

impl PartPage for Money {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let record = Record::part(desk, plan, PART);
        let mine = record.is_mine();
        self.find_what_arrived(record);
        let Money { cards, books, view, .. } = self;
        title(ui, &terms::part(PART), |ui| {
            if mine {
                if icon_button(ui, Weight::Strong, Icon::ADD, &text("money-add-line")).clicked() {
                    record.add("lines", Vec::new(), asks);
                }
                if icon_button(ui, Weight::Plain, Icon::RECEIPT, &text("money-add-payment")).clicked() {
                    record.add("payments", new_payment(desk, plan), asks);
                }
            }
            super::undo(ui, desk, plan, PART, asks);
        });
        let books = books.of(ui.ctx(), desk, plan, |still, day| Books::of(&still.whole(), day));
        let Some(books) = books else { return a_moment(ui) };
        let is_begun = ["sources", "lines", "payments"].iter().any(|list| !record.records(list).is_empty());
        if books.is_empty() && !is_begun {
            if mine && kit::empty_card(ui, &people::to_whom(desk, plan, "money-empty", "money-empty-of")).clicked() {
                record.add("sources", Vec::new(), asks);
            }
            return;
        }
        summary::ui(ui, record, books);
        ui.add_space(gap::L);
        let names =
            [text("money-view-lines"), text("money-view-wishes"), text("money-view-spent"), text("money-view-sources")];
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let at = VIEWS.iter().position(|one| one == view).unwrap_or_default();
        if let Some(pressed) = kit::stages(ui, &text("money-view"), &names, at) {
            *view = VIEWS[pressed];
            cards.close();
        }
        ui.add_space(gap::L);
        match view {
            View::Lines => lines::ui(ui, record, books, cards, asks),
            View::Wishes => {
                if let Some(line) = wishes::ui(ui, record, books) {
                    *view = View::Lines;
                    cards.open(line);
                }
            }
            View::Spent => payments::ui(ui, record, books, cards, asks),
            View::Sources => sources::ui(ui, record, cards, asks),
        }
    }

    fn open(&mut self, item: ItemId) {
        self.arrived = Some(item);
    }

    fn has_open(&mut self, item: ItemId) -> bool {
        self.cards.has_open(item)
    }

    fn close(&mut self) {
        self.cards.close();
    }
}

impl Money {
    /// Shows a record that was added, or that somebody came here for: its card, or that of the record it lies in.
    fn find_what_arrived(&mut self, record: Record<'_>) {
        let found = self.arrived.and_then(|item| Some((item, record.as_one().home_of(item)?.list_of(item)?.0)));
        let Some((item, list)) = found else { return };
        self.arrived = None;
        self.cards.open(list.item().unwrap_or(item));
        self.view = match list.list() {
            "payments" => View::Spent,
            "sources" => View::Sources,
            _ => View::Lines,
        };
    }
}

/// A payment is made today by whoever writes it down, until they say otherwise.
fn new_payment(desk: &Desk, plan: PlanId) -> Vec<(String, Fill)> {
    let mut fills = vec![("on".to_owned(), Fill::Value(Value::Date(today())))];
    if let Some(me) = people::me(desk, plan) {
        fills.push(("written-by".to_owned(), Fill::Value(Value::Person(Someone::Member(me.id)))));
    }
    fills
}

/// An amount in the currency of the plan's money.
pub(super) fn said(record: Record<'_>, plan::Money(minor): plan::Money) -> String {
    let part = Record::part(record.desk, record.plan, PART);
    words::money(minor, &part.choice("currency").unwrap_or_default())
}

/// What a wish or a need is called.
fn wish(record: Record<'_>, item: ItemId) -> String {
    let of = |part: &'static str, field: &str| Record::part(record.desk, record.plan, part).at(item).text(field);
    let words = [of("goals", "words"), of("needs", "what")].into_iter().find(|words| !words.trim().is_empty());
    words.unwrap_or_else(|| text("common-elsewhere"))
}
