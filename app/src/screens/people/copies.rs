//! What somebody who goes still has: a copy cannot be taken back, but its holder can be asked to delete it, and what they
//! answer can be written down.

use desk::{Desk, Fill, Former};
use eframe::egui::Ui;
use plan::{Moment, Someone, Value};
use seal::{PersonId, PlanId};
use words::{Say, say, text};

use crate::{
    asks::{Asks, Wish},
    kit::{self, Icon, Weight, icon_button},
    people,
    screens::fields::{Record, words_field},
    terms,
    theme::{self, Tone, Type},
};

/// Where it is written down that somebody was asked.
const PART: &str = "sharing";

/// As what it is written down there.
const ASKED: &str = "asked-to-delete";

/// The parts of which somebody has a copy, in a row of words; none if there is nothing they could have.
pub fn parts(desk: &Desk, plan: PlanId, person: PersonId) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for part in desk.has_copies_of(plan, person).into_iter().filter_map(|doc| desk.describe(plan, doc)) {
        let name = terms::page(desk, plan, part.code);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| people::together(&names))
}

/// What somebody may still have, and whether they were asked to delete it.
pub fn ui(ui: &mut Ui, desk: &Desk, plan: PlanId, former: &Former, asks: &mut Asks) {
    let Some(parts) = parts(desk, plan, former.id) else { return };
    ui.label(theme::soft(ui, Type::Note, say(Say::new("content-held").with("parts", parts.as_str()))));
    let sharing = Record::part(desk, plan, PART);
    let is_it =
        |record: &Record<'_>| record.choice("how").is_some_and(|how| how == ASKED) && record.line("to") == former.name;
    if let Some(asked) = sharing.records("records").into_iter().rev().find(is_it) {
        return told(ui, asked, asks);
    }
    if !sharing.is_mine() {
        return;
    }
    let id = sharing.id("asks to delete", &former.id.to_string());
    if !ui.data(|data| data.get_temp(id)).unwrap_or(false) {
        let words = say(Say::new("content-delete-ask").with("name", former.name.as_str()));
        if icon_button(ui, Weight::Quiet, None, &words).clicked() {
            ui.data_mut(|data| data.insert_temp(id, true));
        }
        return;
    }
    kit::toned_card(ui, Tone::Plain, |ui| {
        let how = Say::new("content-delete-how").with("name", former.name.as_str());
        ui.label(theme::soft(ui, Type::Note, say(how)).line_height(Some(24.0)));
        let title = desk.plans().into_iter().find(|card| card.id == plan).map(|card| card.title).unwrap_or_default();
        let words = Say::new("content-delete-words").with("name", former.name.as_str()).with("title", title);
        let words = say(words.with("parts", parts.as_str()));
        ui.label(theme::text(ui, Type::Body, words.as_str()).line_height(Some(Type::Body.line_height())));
        ui.horizontal_wrapped(|ui| {
            if icon_button(ui, Weight::Plain, Icon::PAPER, &text("content-delete-copy")).clicked() {
                asks.wish(Wish::Copy(words));
            }
            if icon_button(ui, Weight::Strong, Icon::DONE, &text("content-delete-asked")).clicked() {
                write_down(sharing, former, parts, asks);
                ui.data_mut(|data| data.remove::<bool>(id));
            }
            if icon_button(ui, Weight::Quiet, None, &text("common-cancel")).clicked() {
                ui.data_mut(|data| data.remove::<bool>(id));
            }
        });
    });
}

/// Who asked and when, and what came back.
fn told(ui: &mut Ui, asked: Record<'_>, asks: &mut Asks) {
    let by = asked.people("by").first().map(|by| people::face_of(asked.desk, asked.plan, by).name);
    let day = match asked.value("when") {
        Some(Value::Moment(when)) => words::date(&when.date().to_string()),
        _ => String::new(),
    };
    let by = by.unwrap_or_else(|| text("common-someone"));
    ui.label(theme::text(ui, Type::Note, say(Say::new("content-delete-on").with("by", by).with("day", day))));
    let answer = asked.text("answer");
    if asked.is_mine() {
        words_field(ui, asked, "answer", 1, asks);
    } else if !answer.trim().is_empty() {
        ui.label(theme::text(ui, Type::Body, terms::quoted(&answer)));
    }
}

fn write_down(sharing: Record<'_>, former: &Former, parts: String, asks: &mut Asks) {
    let mut fills = vec![
        ("to", Value::Line(former.name.clone())),
        ("what", Value::Line(parts.chars().take(plan::limits::LINE_CHARS).collect())),
        ("how", Value::Choice(ASKED.to_owned())),
    ];
    let now = desk::now().0;
    let now = words::read_moment(&format!("{} {}", words::written_day(now), words::time_of_day(now)), now);
    fills.extend(now.and_then(|now| now.parse().ok()).map(|now: Moment| ("when", Value::Moment(now))));
    fills.extend(people::me(sharing.desk, sharing.plan).map(|me| ("by", Value::Person(Someone::Member(me.id)))));
    let fills = fills.into_iter().map(|(field, value)| (field.to_owned(), Fill::Value(value)));
    sharing.add("records", fills.collect(), asks);
}
