//! What an offer says, in words: for the eye with what goes struck out, for the ear in one sentence.

use circle::Access;
use eframe::egui::{self, Label, Stroke, Ui, WidgetInfo, WidgetType, text::LayoutJob, text::TextFormat};
use plan::{
    Document,
    offers::{Change, Offer},
    wording::{self, Piece},
};
use seal::{DocId, PersonId};
use words::{Say, say, text};

use crate::{
    people,
    screens::fields::{Record, told},
    theme::{self, Type},
};

/// How much of what stays the same is shown on either side of what does not.
const AROUND: usize = 60;

/// Who makes an offer, and of what kind it is.
pub(super) fn heading(record: Record<'_>, offer: &Offer) -> String {
    let me = people::me(record.desk, record.plan).map(|me| me.id);
    let name = name(record, offer.by);
    let key = match (&offer.change, me == Some(offer.by)) {
        (Change::Words { .. }, false) => "suggest-offers-words",
        (Change::Value { .. }, false) => "suggest-offers-answer",
        (Change::Add { .. }, false) => "suggest-offers-more",
        (Change::TakeOut { .. }, false) => "suggest-offers-less",
        (Change::Move { .. }, false) => "suggest-offers-place",
        (Change::Words { .. }, true) => "suggest-you-offer-words",
        (Change::Value { .. }, true) => "suggest-you-offer-answer",
        (Change::Add { .. }, true) => "suggest-you-offer-more",
        (Change::TakeOut { .. }, true) => "suggest-you-offer-less",
        (Change::Move { .. }, true) => "suggest-you-offer-place",
    };
    say(Say::new(key).with("name", name))
}

pub(super) fn name(record: Record<'_>, person: PersonId) -> String {
    people::face_or_former(record.desk, record.plan, person).name
}

/// What it is about: a field's name, a list's, or what a record is called.
pub(super) fn about(record: Record<'_>, doc: DocId, offer: &Offer) -> String {
    let of = super::about(record, doc, offer.about());
    match &offer.change {
        Change::Words { field, .. } | Change::Value { field, .. } => of.label(field.field()),
        Change::Add { list, .. } => words::label(list.describe().label),
        Change::TakeOut { .. } | Change::Move { .. } => of.called(),
    }
}

/// Who answers it: the person whose plan it is, or whoever else may write there.
pub(super) fn decides(record: Record<'_>, doc: DocId) -> String {
    let (desk, plan) = (record.desk, record.plan);
    let ledger = desk.ledger(plan);
    let writes = |person: PersonId| ledger.is_some_and(|ledger| ledger.access(doc, person) == Access::Edit);
    let whose = people::whose(desk, plan);
    if whose.id.is_some_and(writes) {
        return whose.face.name;
    }
    let names: Vec<String> =
        people::in_order(desk, plan).into_iter().filter(|member| writes(member.id)).map(|member| member.name).collect();
    people::together(&names)
}

/// Draws what would be different.
pub(super) fn change(ui: &mut Ui, record: Record<'_>, doc: DocId, offer: &Offer) {
    let of = super::about(record, doc, offer.about());
    match &offer.change {
        Change::Words { field, before, after } => {
            let document = record.desk.document_in(record.plan, doc);
            // As it would be made of today's words, where it still fits them.
            let now = document.map(|document| document.text(*field));
            let then = document.and_then(|document| after_now(document, offer, now.as_deref()?));
            let pieces = match now.zip(then) {
                Some((now, then)) if now != then => wording::pieces(&now, &then),
                Some(_) | None => wording::pieces(before, after),
            };
            reworded(ui, &pieces);
        }
        Change::Value { field, before, after } => {
            let mut pieces = Vec::new();
            let mut put = |make: fn(String) -> Piece, value: &Option<plan::Value>| {
                let words = value.as_ref().map(|value| said_whole(of, field.field(), value));
                pieces.push(make(words.unwrap_or_else(|| text("suggest-nothing"))));
            };
            put(Piece::Gone, before);
            put(Piece::Come, after);
            pieces.insert(1, Piece::Kept(" ".to_owned()));
            reworded(ui, &pieces);
        }
        Change::Add { list, with } => {
            for (code, words) in with {
                let field = list.describe().field(code);
                let words = match field.map(|field| plan::Value::parse(field.kind, words.trim())) {
                    Some(Ok(Some(value))) => said_new(of, field, &value),
                    _ => words.clone(),
                };
                let label = field.map_or_else(|| code.clone(), |field| words::label(field.label));
                ui.label(theme::soft(ui, Type::Small, label));
                reworded(ui, &[Piece::Come(words)]);
            }
        }
        Change::TakeOut { .. } => reworded(ui, &[Piece::Gone(of.called())]),
        Change::Move { behind, .. } => {
            let place = match behind {
                None => text("suggest-place-first"),
                Some(behind) => say(Say::new("suggest-place-behind").with("what", of.at(*behind).called())),
            };
            reworded(ui, &[Piece::Come(place)]);
        }
    }
}

/// What a field says, in full: people and records by their names, never by an id.
pub fn said_whole(record: Record<'_>, field: &str, value: &plan::Value) -> String {
    let someone = |someone: &plan::Someone| people::face_of(record.desk, record.plan, someone).name;
    match value {
        plan::Value::People(all) => people::together(&all.iter().map(someone).collect::<Vec<_>>()),
        plan::Value::Choices(codes) => {
            let label = |code: &String| {
                record.describe(field).map_or_else(|| code.clone(), |field| words::label(&field.choice_label(code)))
            };
            codes.iter().map(label).collect::<Vec<_>>().join(", ")
        }
        plan::Value::Refs(items) => named(record, items.iter()),
        plan::Value::Ref(item) => named(record, std::iter::once(item)),
        value => told(record, field, value),
    }
}

fn said_new(record: Record<'_>, field: Option<&'static plan::Field>, value: &plan::Value) -> String {
    match (value, field) {
        (plan::Value::Choice(code), Some(field)) => words::label(&field.choice_label(code)),
        (value, field) => said_whole(record, field.map_or("", |field| field.code), value),
    }
}

fn named<'i>(record: Record<'_>, items: impl Iterator<Item = &'i seal::ItemId>) -> String {
    let whole = record.desk.whole(record.plan);
    let called = |item: &seal::ItemId| {
        let home = whole.documents().find(|document| document.list_of(*item).is_some());
        let home = home.and_then(|document| Record::document_of(record.desk, record.plan, document.doc()));
        home.map_or_else(|| text("app-field-elsewhere"), |home| home.at(*item).called())
    };
    items.map(called).collect::<Vec<_>>().join(", ")
}

fn after_now(document: &Document, offer: &Offer, now: &str) -> Option<String> {
    Some(wording::spliced(now, &plan::offers::rewording(document, offer)?))
}

/// Words beside older ones: what went struck out, what came marked. A reader hears both.
pub fn reworded(ui: &mut Ui, pieces: &[Piece]) {
    let palette = theme::of(ui.ctx());
    let plain = TextFormat {
        line_height: Some(Type::Body.line_height()),
        valign: egui::Align::Center,
        ..TextFormat::simple(Type::Body.font(), palette.ink)
    };
    let gone =
        TextFormat { color: palette.attention, strikethrough: Stroke::new(1.5, palette.attention), ..plain.clone() };
    let come =
        TextFormat { background: palette.calm_behind, underline: Stroke::new(1.5, palette.calm), ..plain.clone() };
    let (mut job, mut heard) = (LayoutJob::default(), Vec::new());
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Kept(words) => job.append(&shortened(words, at > 0, at + 1 < pieces.len()), 0.0, plain.clone()),
            Piece::Gone(words) => {
                job.append(words, 0.0, gone.clone());
                heard.push(say(Say::new("suggest-heard-gone").with("words", words.trim())));
            }
            Piece::Come(words) => {
                // What comes in the place of something stands a little apart from it.
                let apart = if at > 0 && matches!(pieces[at - 1], Piece::Gone(_)) { 5.0 } else { 0.0 };
                job.append(words, apart, come.clone());
                heard.push(say(Say::new("suggest-heard-come").with("words", words.trim())));
            }
        }
    }
    job.wrap.max_width = ui.available_width();
    let response = ui.add(Label::new(job));
    let heard = heard.join(", ");
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &heard));
}

/// What stays the same, only as far as it shows the place.
fn shortened(words: &str, before: bool, after: bool) -> String {
    let count = words.chars().count();
    let most = AROUND * (usize::from(before) + usize::from(after));
    if count <= most + AROUND {
        return words.to_owned();
    }
    let head: String = if before { words.chars().take(AROUND).collect() } else { String::new() };
    let tail: String = if after { words.chars().skip(count - AROUND).collect() } else { String::new() };
    let head = head.rsplit_once(' ').map_or(head.as_str(), |(whole, _)| whole);
    let tail = tail.split_once(' ').map_or(tail.as_str(), |(_, whole)| whole);
    [head, "…", tail].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_the_same_is_shown_as_far_as_it_shows_the_place() {
        let long = "naïve words ".repeat(40);
        assert!(shortened(&long, false, true).starts_with("… ") && shortened(&long, true, false).ends_with(" …"));
        assert!(shortened(&long, true, true).contains(" … "));
        assert_eq!(shortened("a few words", true, true), "a few words");
    }
}
