//! After the meeting: what was decided and agreed, who sees it differently, when people meet again, whether the notes are right.

use desk::Fill;
use eframe::egui::Ui;
use plan::Value;
use seal::ItemId;
use words::{Say, say, text};

use super::{day_of, kinds};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, icon_button},
    people,
    screens::{
        cards::Cards,
        fields::{Record, field, fields, rows, words_field},
        small::today,
        voiced::{agree, answer, last_said, may_speak, said_about, say_mine},
    },
    theme::{self, Type, gap},
};

/// Narrowest a column of somebody's answer gets.
const COLUMN: f32 = 190.0;

pub(super) fn ui(ui: &mut Ui, meeting: Record<'_>, cards: &mut Cards, asks: &mut Asks) {
    let Some(item) = meeting.item else { return };
    kit::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = gap::M;
        if meeting.is_mine() {
            fields(ui, meeting, &["decisions", "actions", "notes"], asks);
            next_time(ui, meeting, asks);
            soon_after(ui, meeting, asks);
            field(ui, meeting, "files", asks);
        } else {
            named(ui, meeting, "decisions", "decisions", "question");
            named(ui, meeting, "actions", "actions", "what");
            words_field(ui, meeting, "notes", 1, asks);
            if let Some(day) = meeting.date("next-time") {
                let day = words::date(&day.to_string());
                ui.label(theme::text(ui, Type::Body, say(Say::new("money-next-time").with("day", day))));
            }
        }
    });
    ui.add_space(gap::L);
    differently(ui, meeting, item, cards, asks);
    ui.add_space(gap::L);
    notes_right(ui, meeting, item, asks);
}

/// What was decided or agreed, by its words.
fn named(ui: &mut Ui, meeting: Record<'_>, field: &str, part: &'static str, words: &str) {
    let all = meeting.refs(field);
    if all.is_empty() {
        return;
    }
    ui.label(theme::soft(ui, Type::Note, meeting.label(field)));
    for item in all {
        let called = Record::part(meeting.desk, meeting.plan, part).at(item).text(words);
        let called = if called.is_empty() { text("common-elsewhere") } else { called };
        ui.label(theme::text(ui, Type::Body, called));
    }
}

/// When people meet again, and when they usually do after a meeting of this kind.
fn next_time(ui: &mut Ui, meeting: Record<'_>, asks: &mut Asks) {
    field(ui, meeting, "next-time", asks);
    if meeting.date("next-time").is_some() {
        return;
    }
    let Some((from, to)) = kinds::of(meeting).and_then(|kind| kind.again) else { return };
    let last = day_of(meeting).unwrap_or_else(today).plus(7 * to);
    let day = words::date(&last.to_string());
    let usual = Say::new("money-usually-again").with("from", from).with("to", to).with("day", &day);
    ui.label(theme::soft(ui, Type::Note, say(usual)));
    let choose = say(Say::new("money-choose-day").with("day", day));
    if icon_button(ui, Weight::Plain, Icon::MEETINGS, &choose).clicked() {
        meeting.set("next-time", Some(Value::Date(last)), asks);
    }
}

/// The meeting that usually comes soon after one of this kind, unless one is planned or was held since.
fn soon_after(ui: &mut Ui, meeting: Record<'_>, asks: &mut Asks) {
    let Some(soon) = kinds::of(meeting).and_then(|kind| kind.soon.as_ref()) else { return };
    let met = day_of(meeting).unwrap_or_else(today);
    let part = Record::part(meeting.desk, meeting.plan, super::PART);
    let of_that_kind = |one: &Record<'_>| one.choice("kind").as_deref() == Some(soon.kind);
    let is_since = |one: &Record<'_>| day_of(*one).is_none_or(|day| day >= met);
    if part.records(super::PART).iter().any(|one| of_that_kind(one) && is_since(one)) {
        return;
    }
    let day = words::date(&soon.by(met).to_string());
    let (why, plan) = soon.words;
    let why = say(Say::new(why).with("day", &day));
    ui.label(theme::soft(ui, Type::Note, &why));
    if icon_button(ui, Weight::Plain, Icon::MEETINGS, &say(Say::new(plan).with("day", day))).clicked() {
        let choice = |code: &str| Fill::Value(Value::Choice(code.to_owned()));
        let fills = [("kind", choice(soon.kind)), ("status", choice("planned")), ("purpose", Fill::Text(why))];
        part.add(super::PART, fills.map(|(field, fill)| (field.to_owned(), fill)).into(), asks);
    }
}

/// Who sees it differently: in their own voice, or as it was written down for them.
fn differently(ui: &mut Ui, meeting: Record<'_>, item: ItemId, cards: &mut Cards, asks: &mut Asks) {
    let me = people::me(meeting.desk, meeting.plan).map(|me| me.id);
    kit::card(ui, |ui| {
        let words = words::label("meetings-dissent");
        let label = ui.label(theme::text(ui, Type::Section, &words));
        kit::is_heading(ui, &label, &words);
        for (person, said) in said_about(meeting, "dissent", "about", item) {
            ui.push_id(said.id("dissent", ""), |ui| {
                kit::named(ui, &people::face_or_former(meeting.desk, meeting.plan, person));
                if Some(person) == me && said.is_mine() {
                    fields(ui, said, &["what", "words"], asks);
                    return;
                }
                ui.label(theme::text(ui, Type::BesideStrong, said.line("what")));
                ui.label(theme::text(ui, Type::Body, crate::terms::quoted(&said.text("words"))));
            });
        }
        for said in meeting.records("dissent") {
            if let Some(who) = said.people("whose").first() {
                kit::named(ui, &people::face_of(meeting.desk, meeting.plan, who));
            }
            ui.label(theme::text(ui, Type::BesideStrong, said.line("what")));
            ui.label(theme::text(ui, Type::Body, said.text("words").trim()));
        }
        if may_speak(meeting) && icon_button(ui, Weight::Plain, Icon::ADD, &text("money-see-differently")).clicked() {
            say_mine(meeting, "dissent", "about", item, Vec::new(), asks);
        }
        let id = meeting.id("dissent for others", "dissent");
        let open: bool = ui.data(|data| data.get_temp(id)).unwrap_or(false);
        if open {
            rows(ui, meeting, "dissent", &["whose", "what", "words", "written-by"], asks);
        } else if meeting.is_mine()
            && icon_button(ui, Weight::Quiet, Icon::MORE, &text("money-write-down-dissent")).clicked()
        {
            ui.data_mut(|data| data.insert_temp(id, true));
            cards.close();
        }
    });
}

/// Whether the notes are right, as each says.
fn notes_right(ui: &mut Ui, meeting: Record<'_>, item: ItemId, asks: &mut Asks) {
    let me = people::me(meeting.desk, meeting.plan).map(|me| me.id);
    kit::card(ui, |ui| {
        let words = words::label("meetings-voice-agreements");
        let label = ui.label(theme::text(ui, Type::Section, &words));
        kit::is_heading(ui, &label, &words);
        let others: Vec<_> = last_said(meeting, "agreements", "about", item);
        let others: Vec<_> = others.into_iter().filter(|(person, _)| Some(*person) != me).collect();
        kit::columns(ui, others.len(), COLUMN, |ui, at| {
            let (person, said) = others[at];
            kit::named(ui, &people::face_or_former(meeting.desk, meeting.plan, person));
            answer(ui, said);
        });
        agree(ui, meeting, ("agreements", "about"), item, None, asks);
    });
}
