//! What I offer: fields that write into an offer of mine, and a line for one more row.

use desk::{Fill, Wanted};
use eframe::egui::{Id, Ui};
use plan::{
    FieldKind, Value,
    offers::{Change, Offer, Stands},
};
use words::{Say, say, text};

use super::sentences;
use crate::{
    asks::Asks,
    kit::{Icon, Weight, line_field, said_button},
    people,
    screens::fields::{Record, words_field},
    text::SharedText,
    theme::{self, Type},
};

/// What I offer for a field that nobody has answered yet, be it still the same words.
pub fn mine(record: Record<'_>, field: &str) -> Option<Offer> {
    let (path, doc) = record.path(field).zip(record.doc())?;
    let me = people::me(record.desk, record.plan)?.id;
    let waits = |offer: &Offer| matches!(offer.stands, Stands::Open(_) | Stands::Empty);
    let mut offers = record.desk.offers(record.plan, doc).into_iter();
    offers.rfind(|offer| offer.by == me && offer.field() == Some(path) && waits(offer))
}

/// The answer an offer is for, if it is for one.
pub fn value(offer: &Offer) -> Option<Option<Value>> {
    match &offer.change {
        Change::Value { after, .. } => Some(after.clone()),
        Change::Words { .. } | Change::Add { .. } | Change::TakeOut { .. } | Change::Move { .. } => None,
    }
}

/// An offer as it is written in its maker's voice.
pub(super) fn record<'a>(of: Record<'a>, offer: &Offer) -> Option<Record<'a>> {
    Some(Record::document_of(of.desk, of.plan, offer.voice)?.at(offer.id))
}

pub(super) fn take_back(of: Record<'_>, offer: &Offer, asks: &mut Asks) {
    if let Some(written) = record(of, offer) {
        written.set("taken-back", Some(Value::YesNo(true)), asks);
    }
}

/// A text where I can only offer: its words as they are, and mine below them once I want to say something else.
pub fn words(ui: &mut Ui, of: Record<'_>, field: &str, asks: &mut Asks) {
    let now = of.text(field);
    let shown = if now.trim().is_empty() {
        theme::soft(ui, Type::Body, text("common-nothing-written"))
    } else {
        theme::text(ui, Type::Body, now.trim())
    };
    ui.label(shown.line_height(Some(Type::Body.line_height())));
    let label = of.label(field);
    let Some((offer, written)) = mine(of, field).and_then(|offer| Some((offer.clone(), record(of, &offer)?))) else {
        let said = say(Say::new("suggest-other-words-for").with("what", label));
        if said_button(ui, Weight::Quiet, Icon::EDIT, &text("suggest-other-words"), &said).clicked()
            && let Some(path) = of.path(field)
        {
            of.offer(Wanted::Change { field: path, fill: Fill::Text(of.text(field)) }, "", asks);
        }
        return;
    };
    let Some(path) = written.path("words") else { return };
    let (plan, within) = (written.plan, written.within);
    let label = say(Say::new("suggest-yours").with("what", label));
    ui.push_id(offer.id.to_string(), |ui| {
        ui.label(theme::text(ui, Type::BesideStrong, &label));
        SharedText { plan, within, field: path, label: &label, hint: "", rows: 1, size: Type::Body }
            .show(ui, of.desk, asks);
    });
    below(ui, of, field, asks);
}

/// Below a field: that I offer this, why, who decides, and how to take it back.
pub fn below(ui: &mut Ui, of: Record<'_>, field: &str, asks: &mut Asks) {
    let Some((offer, doc)) = mine(of, field).zip(of.doc()) else { return };
    let Some(written) = record(of, &offer) else { return };
    ui.push_id((offer.id.to_string(), "below"), |ui| {
        words_field(ui, written, "why", 1, asks);
        let decides = say(Say::new("suggest-decides").with("name", sentences::decides(of, doc)));
        ui.label(theme::soft(ui, Type::Note, decides));
        let said = say(Say::new("suggest-take-back-this").with("what", of.label(field)));
        if said_button(ui, Weight::Quiet, Icon::UNDO, &text("suggest-take-back"), &said).clicked() {
            take_back(of, &offer, asks);
        }
    });
}

/// Offers one more row of a list: its first words, and why. The rest is filled in once it is taken.
pub fn one_more(ui: &mut Ui, of: Record<'_>, list: &str, asks: &mut Asks) {
    let Some(path) = of.list(list) else { return };
    let described = path.describe();
    let is_words = |field: &&plan::Field| matches!(field.kind, FieldKind::Line | FieldKind::Text);
    let Some(first) = described.fields.iter().find(is_words) else { return };
    let name = words::label(described.label);
    let id = of.id("one more", list);
    let Some(mut draft) = ui.data(|data| data.get_temp::<Draft>(id)) else {
        let said = say(Say::new("suggest-more-of").with("what", name));
        if said_button(ui, Weight::Plain, Icon::ADD, &said, &said).clicked() {
            ui.data_mut(|data| data.insert_temp(id, Draft::default()));
        }
        return;
    };
    let typed = line(ui, id.with("words"), &words::label(first.label), &mut draft.words)
        | line(ui, id.with("why"), &text("suggest-why-hint"), &mut draft.why);
    if typed {
        asks.typed();
    }
    let said = say(Say::new("suggest-send-of").with("what", name));
    let is_sent = said_button(ui, Weight::Plain, Icon::CHECK, &text("suggest-send"), &said).clicked();
    if is_sent && !draft.words.trim().is_empty() {
        let words = draft.words.trim().to_owned();
        let fill = if first.kind.is_text() { Fill::Text(words) } else { Fill::Value(Value::Line(words)) };
        of.offer(Wanted::Add { list: path, fills: vec![(first.code.to_owned(), fill)] }, draft.why.trim(), asks);
    }
    ui.data_mut(|data| match is_sent {
        true => data.remove::<Draft>(id),
        false => _ = data.insert_temp(id, draft),
    });
}

/// A row that is about to be offered.
#[derive(Debug, Clone, Default)]
struct Draft {
    words: String,
    why: String,
}

fn line(ui: &mut Ui, id: Id, label: &str, words: &mut String) -> bool {
    line_field(ui, id, label, "", words).changed()
}
