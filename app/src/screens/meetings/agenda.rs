//! What to talk about. What the person put there stands first.

use desk::Fill;
use eframe::egui::Ui;
use plan::Value;
use words::{Say, say, text};

use super::{kinds, myself};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, chip, icon_button},
    people,
    screens::{
        cards::Cards,
        fields::{Record, field, fields, more},
    },
    terms::is_a_groups,
    theme::{self, Tone, Type, gap},
};

pub(super) fn ui(ui: &mut Ui, meeting: Record<'_>, cards: &mut Cards, asks: &mut Asks) {
    let person = people::whose(meeting.desk, meeting.plan);
    let all = meeting.records("agenda");
    let (theirs, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|topic| is_theirs(*topic, &person));
    let none = theirs.is_empty() && others.is_empty();
    for topic in theirs.into_iter().chain(others) {
        let reading = |ui: &mut Ui, _: &mut Asks| reading(ui, topic, &person);
        cards.card(ui, topic, asks, reading, |ui, asks| {
            fields(ui, topic, &["topic", "put-by"], asks);
            if !is_a_groups(topic.desk, topic.plan) {
                field(ui, topic, "persons-item", asks);
            }
            fields(ui, topic, &["minutes", "notes"], asks);
            more(ui, topic, &["decisions", "actions"], asks);
        });
        ui.add_space(gap::M);
    }
    if !meeting.is_mine() {
        return;
    }
    if kit::empty_card(ui, &text("money-agenda-empty")).clicked() {
        let mut fills: Vec<(String, Fill)> = Vec::new();
        fills.extend(myself(meeting).map(|me| ("put-by".to_owned(), Fill::Value(me))));
        if person.me && !is_a_groups(meeting.desk, meeting.plan) {
            fills.push(("persons-item".to_owned(), Fill::Value(Value::YesNo(true))));
        }
        meeting.add("agenda", fills, asks);
    }
    let usual = kinds::of(meeting).filter(|_| none);
    if let Some(kind) = usual {
        ui.add_space(gap::S);
        if icon_button(ui, Weight::Plain, Icon::ADD, &text("money-usual-topics")).clicked() {
            for topic in kind.topics {
                meeting.add("agenda", vec![("topic".to_owned(), Fill::Value(Value::Line(text(topic))))], asks);
            }
        }
    }
}

fn is_theirs(topic: Record<'_>, person: &people::Whose) -> bool {
    if is_a_groups(topic.desk, topic.plan) {
        return false;
    }
    topic.value("persons-item") == Some(Value::YesNo(true)) || topic.people("put-by").iter().any(|who| person.is(who))
}

fn reading(ui: &mut Ui, topic: Record<'_>, person: &people::Whose) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = gap::M;
        if let Some(who) = topic.people("put-by").first() {
            kit::disc(ui, &people::face_of(topic.desk, topic.plan, who), 34.0);
        }
        let words = topic.line("topic");
        let words = if words.is_empty() { text("common-no-words-yet") } else { words };
        ui.label(theme::text(ui, Type::Strong, words));
        if is_theirs(topic, person) {
            chip(ui, Tone::Accent, &say(Say::new("money-from-person").with("name", &person.face.name)));
        }
        if let Some(Value::Scale(minutes)) = topic.value("minutes") {
            ui.label(theme::soft(ui, Type::Note, say(Say::new("money-minutes").with("count", minutes))));
        }
    });
    let notes = topic.text("notes");
    if !notes.trim().is_empty() {
        ui.label(theme::text(ui, Type::Body, notes.trim()).line_height(Some(Type::Body.line_height())));
    }
}
