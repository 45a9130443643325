//! Where the money comes from, for how long, and who looks after it.

use eframe::egui::Ui;
use plan::{
    Value,
    checks::money::yearly,
    views::{Per, Source},
};
use words::{Say, say, text};

use super::said;
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, chip, icon_button},
    screens::{
        cards::Cards,
        fields::{Record, fields, more},
    },
    theme::{self, Tone, Type, gap},
};

pub(super) fn ui(ui: &mut Ui, part: Record<'_>, cards: &mut Cards, asks: &mut Asks) {
    for source in part.records("sources") {
        cards.card(ui, source, asks, |ui, _| reading(ui, source), |ui, asks| editing(ui, source, asks));
        ui.add_space(gap::M);
    }
    if part.is_mine() && icon_button(ui, Weight::Plain, Icon::ADD, &text("money-add-source")).clicked() {
        part.add("sources", Vec::new(), asks);
    }
    ui.add_space(gap::L);
    kit::card(ui, |ui| {
        kit::heading(ui, Icon::MONEY, &text("money-whole"));
        if part.is_mine() {
            ui.spacing_mut().item_spacing.y = gap::M;
            fields(ui, part, &["from", "to", "managed-by", "currency", "account"], asks);
        } else {
            for field in ["from", "to", "managed-by", "currency"] {
                let Some(value) = part.value(field) else { continue };
                let value = crate::screens::fields::said(part, field, &value);
                let line = say(Say::new("money-fact").with("what", part.label(field)).with("value", value));
                ui.label(theme::text(ui, Type::Body, line));
            }
            ui.label(theme::text(ui, Type::Body, part.text("account")));
        }
    });
    ui.add_space(gap::S);
    ui.label(theme::soft(ui, Type::Note, text("money-weeks")));
}

fn reading(ui: &mut Ui, source: Record<'_>) {
    let name = if source.line("what").is_empty() { text("common-no-words-yet") } else { source.line("what") };
    ui.label(theme::text(ui, Type::Section, name));
    ui.label(theme::text(ui, Type::Body, say(Say::new("money-source-year").with("amount", a_year(source)))));
    ui.horizontal_wrapped(|ui| {
        for field in ["source", "per"] {
            if let Some(words) = source.choice_words(field) {
                chip(ui, Tone::Plain, &words);
            }
        }
    });
}

/// What a source comes to in a year, as the check reckons it.
fn a_year(source: Record<'_>) -> String {
    let amount = |field: &str| match source.value(field) {
        Some(Value::Money(amount)) => Some(amount),
        _ => None,
    };
    let per =
        source.choice("per").and_then(|code| Per::ALL.iter().find(|(_, known)| *known == code).map(|(per, _)| *per));
    said(source, yearly(&Source { amount: amount("amount"), contribution: amount("contribution"), per }))
}

fn editing(ui: &mut Ui, source: Record<'_>, asks: &mut Asks) {
    fields(ui, source, &["what", "source", "amount", "per", "contribution"], asks);
    ui.label(theme::text(ui, Type::Strong, say(Say::new("money-source-year").with("amount", a_year(source)))));
    more(ui, source, &["from", "to", "held-by"], asks);
}
