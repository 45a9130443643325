//! Our group: what all of us want, what we count, who does what for it, and what nobody helps with yet. Counts only, no names.

mod conditions;

use std::collections::{BTreeMap, BTreeSet};

use desk::Desk;
use eframe::egui::{CornerRadius, Rect, Sense, Ui, WidgetInfo, WidgetType, pos2, vec2};
use plan::{
    Date, Quantity, Value,
    checks::group::{Counted, FEW, Number, Shown, added_up, number, shown},
};
use seal::PlanId;
use words::{Say, say, text};

use super::{
    cards::{Cards, More},
    fields::{Record, fields, more, rows, words_field},
    pages::PartPage,
    part_title,
};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, chip, icon_button},
    people,
    theme::{self, Tone, Type, gap},
};

const PART: &str = "coalition";

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Coalition {
    cards: Cards,
    writing: bool,
    /// Whether I am saying how I see what carries the group.
    saying: bool,
}

type Reads = fn(&mut Ui, Record<'_>);
type Writes = fn(&mut Ui, Record<'_>, &mut Asks);

/// Its lists: how a record is read and written, and what invites to one more.
const LISTS: [(&str, Reads, Writes, &str); 8] = [
    ("measures", measure, edit_measure, "coalition-more-measures"),
    ("activities", activity, edit_activity, "coalition-more-activities"),
    ("unmet", unmet, edit_unmet, "coalition-more-unmet"),
    ("problem", problem, edit_problem, "coalition-more-problem"),
    ("partners", partner, edit_partner, "coalition-more-partners"),
    ("strategies", strategy, edit_strategy, "coalition-more-strategies"),
    ("funding", funding, edit_funding, "coalition-more-funding"),
    ("learning", learning, edit_learning, "coalition-more-learning"),
];

impl PartPage for Coalition {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        part_title(ui, part, None, asks);
        self.together(ui, part, asks);
        ui.add_space(gap::L);
        for (list, reading, editing, invites) in LISTS {
            let Some(described) = part.list(list).map(|list| list.describe()) else { continue };
            let records = part.records(list);
            // Whoever only reads is not led to what nobody wrote.
            if records.is_empty() && !part.is_mine() {
                continue;
            }
            let heading = words::label(described.label);
            let label = ui.label(theme::text(ui, Type::Section, &heading));
            kit::is_heading(ui, &label, &heading);
            ui.add_space(gap::XS);
            let more = More { of: part, list, words: &text(invites) };
            self.cards.grid(ui, &records, Some(more), asks, reading, editing);
            ui.add_space(gap::L);
        }
        conditions::ui(ui, part, &mut self.saying, asks);
    }

    fn cards(&mut self) -> Option<&mut Cards> {
        Some(&mut self.cards)
    }
}

impl Coalition {
    /// What holds the group together.
    fn together(&mut self, ui: &mut Ui, part: Record<'_>, asks: &mut Asks) {
        let is_empty = ["agenda", "alone", "purpose"].iter().all(|field| part.text(field).trim().is_empty());
        if is_empty && !self.writing && part.is_mine() {
            self.writing = kit::empty_card(ui, &text("coalition-begin")).clicked();
            return;
        }
        kit::card(ui, |ui| {
            if self.writing {
                ui.spacing_mut().item_spacing.y = gap::M;
                fields(ui, part, &["name", "place", "purpose"], asks);
                for field in ["agenda", "alone", "principles"] {
                    words_field(ui, part, field, 2, asks);
                }
                let seldom = ["partnership", "lived-experience", "backbone", "backbone-people", "backbone-tasks"];
                fields(ui, part, &seldom, asks);
                if icon_button(ui, Weight::Strong, Icon::DONE, &text("common-done")).clicked() {
                    self.writing = false;
                }
                return;
            }
            let (name, agenda) = (part.line("name"), part.text("agenda"));
            if !name.is_empty() {
                ui.label(theme::text(ui, Type::Section, name));
            }
            if !agenda.trim().is_empty() {
                ui.label(theme::text(ui, Type::Quote, crate::terms::quoted(&agenda)));
            }
            if let Some(words) = part.choice_words("partnership") {
                chip(ui, Tone::Accent, &words);
            }
            for field in ["alone", "purpose", "principles", "lived-experience", "backbone", "backbone-tasks"] {
                super::small::words_of(ui, part, field);
            }
            if part.is_mine() && icon_button(ui, Weight::Quiet, Icon::EDIT, &text("app-change")).clicked() {
                self.writing = true;
            }
        });
    }
}

/// What a measure came to, time by time, over all partners.
fn counted(measure: Record<'_>) -> BTreeMap<Date, Counted> {
    let values = measure.records("values");
    let value = |value: &Record<'_>| match value.value("value") {
        Some(Value::Quantity(count)) => Some((value.date("on")?, value.line("partner"), count)),
        _ => None,
    };
    added_up(&values.iter().filter_map(value).collect::<Vec<_>>())
}

/// All numbers of a measure, so that small counts can be told from measurements.
struct Numbers(Vec<Quantity>);

impl Numbers {
    fn of(measure: Record<'_>, counted: &BTreeMap<Date, Counted>) -> Numbers {
        let sums = counted.values().map(|counted| counted.sum);
        Numbers(sums.chain(quantity(measure, "baseline")).collect())
    }

    fn said(&self, one: Quantity) -> String {
        match number(one, &self.0) {
            Number::Few => text("checks-few"),
            Number::Said(one) => one.to_string(),
        }
    }

    /// As short as it stands above a bar.
    fn short(&self, one: Quantity) -> String {
        match number(one, &self.0) {
            Number::Few => text("checks-few-short"),
            Number::Said(one) => one.to_string(),
        }
    }

    /// How high its bar is: all small counts as high as each other.
    fn drawn(&self, one: Quantity) -> i64 {
        match number(one, &self.0) {
            Number::Few => 100 * (FEW - 1),
            Number::Said(Quantity(one)) => one,
        }
    }
}

fn quantity(record: Record<'_>, field: &str) -> Option<Quantity> {
    match record.value(field) {
        Some(Value::Quantity(count)) => Some(count),
        _ => None,
    }
}

fn measure(ui: &mut Ui, record: Record<'_>) {
    let counted = counted(record);
    let counts = Numbers::of(record, &counted);
    super::small::name(ui, record, "name");
    let unit = record.line("unit");
    let mut facts = Vec::new();
    if let Some(from) = quantity(record, "baseline") {
        facts.push(say(Say::new("coalition-from").with("count", counts.said(from))));
    }
    if let Some((day, last)) = counted.last_key_value() {
        let day = words::date(&day.to_string());
        facts.push(say(Say::new("coalition-now").with("count", counts.said(last.sum)).with("day", day)));
    }
    if let Some(target) = quantity(record, "target") {
        let key = if record.choice("direction").as_deref() == Some("down") {
            "coalition-at-most"
        } else {
            "coalition-at-least"
        };
        facts.push(say(Say::new(key).with("count", target.to_string())));
    }
    super::small::facts(ui, facts.into_iter().chain([unit]));
    steps(ui, record, &counted, &counts);
    let missing: BTreeSet<(Date, String)> = counted
        .iter()
        .flat_map(|(day, counted)| counted.missing.iter().map(|partner| (*day, partner.clone())))
        .collect();
    for (day, partner) in missing {
        let day = words::date(&day.to_string());
        let words = say(Say::new("coalition-missing").with("partner", partner).with("day", day));
        ui.label(theme::soft(ui, Type::Note, words));
    }
}

/// The counts one after another as bars, each with its number.
fn steps(ui: &mut Ui, record: Record<'_>, counted: &BTreeMap<Date, Counted>, counts: &Numbers) {
    let highest = counted.values().map(|counted| counts.drawn(counted.sum)).max().unwrap_or(0);
    if highest <= 0 {
        return;
    }
    let palette = theme::of(ui.ctx());
    let (area, response) = ui.allocate_exact_size(vec2(ui.available_width(), 84.0), Sense::hover());
    let each = (area.width() / counted.len() as f32).min(72.0);
    for (at, counted) in counted.values().enumerate() {
        let height = 56.0 * (counts.drawn(counted.sum) as f32 / highest as f32).clamp(0.0, 1.0);
        let left = area.left() + at as f32 * each;
        let bar = Rect::from_min_max(pos2(left, area.bottom() - height), pos2(left + each - 6.0, area.bottom()));
        ui.painter().rect_filled(bar, CornerRadius::same(4), palette.accent);
        let words = ui.painter().layout_no_wrap(counts.short(counted.sum), Type::Small.font(), palette.ink);
        ui.painter().galley(pos2(left, bar.top() - words.size().y - 2.0), words, palette.ink);
    }
    let said: Vec<String> = counted
        .iter()
        .map(|(day, one)| format!("{}: {}", words::date(&day.to_string()), counts.said(one.sum)))
        .collect();
    let said = format!("{}, {}", record.line("name"), said.join(", "));
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, ui.is_enabled(), &said));
}

fn edit_measure(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    fields(ui, record, &["name", "definition", "unit", "baseline", "target", "direction"], asks);
    rows(ui, record, "values", &["on", "partner", "value", "note"], asks);
    more(ui, record, &["source", "how-often", "baseline-on"], asks);
}

fn activity(ui: &mut Ui, record: Record<'_>) {
    super::small::name(ui, record, "what");
    let of = |item| record.at(item).line("name");
    let helps: Vec<String> = record.refs("for").into_iter().map(of).filter(|name| !name.is_empty()).collect();
    super::small::facts(ui, [record.line("partner"), helps.join(", ")]);
    ui.horizontal_wrapped(|ui| {
        if let Some(words) = record.choice_words("status") {
            chip(ui, Tone::Accent, &words);
        }
        // Nothing should be an end in itself.
        if record.refs("for").is_empty() {
            chip(ui, Tone::Attention, &text("coalition-orphan"));
        }
    });
}

fn edit_activity(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    fields(ui, record, &["what", "partner", "for", "status"], asks);
    more(ui, record, &["start", "end", "after"], asks);
}

fn unmet(ui: &mut Ui, record: Record<'_>) {
    super::small::name(ui, record, "what");
    let count = match record.value("count") {
        Some(Value::Scale(count)) => match shown(count) {
            Shown::Nobody => text("coalition-nobody"),
            Shown::Few => text("coalition-few"),
            Shown::Many(count) => say(Say::new("coalition-people").with("count", count)),
        },
        _ => String::new(),
    };
    let since = super::small::with_day(record, "since", "small-since");
    super::small::facts(ui, [count, since.unwrap_or_default()]);
    let owner = record.people("owner");
    match owner.first() {
        Some(owner) => {
            let name = people::face_of(record.desk, record.plan, owner).name;
            chip(ui, Tone::Calm, &say(Say::new("coalition-owner").with("name", name)));
        }
        None => {
            chip(ui, Tone::Attention, &text("needs-group-nobodys"));
        }
    }
    for answer in record.records("answers") {
        let appeal = super::small::with_day(answer, "appeal-by", "needs-appeal").unwrap_or_default();
        let day = answer.date("on").map(|day| words::date(&day.to_string())).unwrap_or_default();
        let said = answer.choice_words("answer").unwrap_or_default();
        super::small::facts(ui, [answer.line("agency"), said, day, appeal]);
        let reason = answer.text("reason");
        if !reason.trim().is_empty() {
            let reason = theme::text(ui, Type::Note, reason.trim());
            ui.label(reason.line_height(Some(Type::Note.line_height())));
        }
    }
}

fn edit_unmet(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    fields(ui, record, &["what", "count", "since", "owner"], asks);
    rows(ui, record, "answers", &["agency", "on", "answer", "reason", "appeal-by"], asks);
    more(ui, record, &["story"], asks);
}

fn problem(ui: &mut Ui, record: Record<'_>) {
    ui.label(theme::text(ui, Type::Body, record.text("words")).line_height(Some(Type::Body.line_height())));
    super::small::facts(ui, [record.line("whose")]);
}

fn edit_problem(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    fields(ui, record, &["whose", "words"], asks);
}

fn partner(ui: &mut Ui, record: Record<'_>) {
    super::small::name(ui, record, "name");
    let comes = record.people("representative");
    let comes = comes.first().map(|one| people::face_of(record.desk, record.plan, one).name);
    let since = super::small::with_day(record, "joined", "small-since");
    super::small::facts(ui, [comes.unwrap_or_default(), since.unwrap_or_default()]);
    super::small::words_of(ui, record, "gives");
    super::small::words_of(ui, record, "needs");
}

fn edit_partner(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    fields(ui, record, &["name", "representative", "gives", "needs", "joined"], asks);
}

fn strategy(ui: &mut Ui, record: Record<'_>) {
    super::small::name(ui, record, "what");
    super::small::words_of(ui, record, "words");
}

fn edit_strategy(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    fields(ui, record, &["what", "words"], asks);
}

fn funding(ui: &mut Ui, record: Record<'_>) {
    super::small::name(ui, record, "what");
    let amount = match record.value("amount") {
        Some(Value::Money(amount)) => Some(super::money::said(record, amount)),
        _ => None,
    };
    let held = record.line("held-by");
    let held = (!held.is_empty()).then(|| say(Say::new("coalition-held").with("name", held)));
    super::small::facts(ui, [amount.unwrap_or_default(), record.line("funder"), held.unwrap_or_default()]);
}

fn edit_funding(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    fields(ui, record, &["what", "amount", "funder", "held-by"], asks);
}

fn learning(ui: &mut Ui, record: Record<'_>) {
    super::small::facts(ui, [super::small::with_day(record, "on", "small-dated").unwrap_or_default()]);
    for field in ["tried", "learned", "pleased", "concerned", "next"] {
        super::small::words_of(ui, record, field);
    }
}

fn edit_learning(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    fields(ui, record, &["on", "tried", "learned", "pleased", "concerned", "next"], asks);
}
