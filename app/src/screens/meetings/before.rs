//! Before the meeting: what each thinks is working, is not, and wants to talk about, side by side and each in their own voice.

use eframe::egui::Ui;
use plan::Someone;
use words::{Say, say, text};

use super::invited;
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, icon_button},
    people,
    screens::{
        fields::{Record, attached, rows, set_files, words_field},
        voiced::{last_said, may_speak, mine, say_mine},
    },
    theme::{self, Type, gap},
};

const FIELDS: [&str; 3] = ["working", "not-working", "talk-about"];

/// Narrowest a column of somebody's words gets.
const COLUMN: f32 = 260.0;

pub(super) fn ui(ui: &mut Ui, meeting: Record<'_>, asks: &mut Asks) {
    let Some(item) = meeting.item else { return };
    ui.label(theme::soft(ui, Type::Body, text("money-before-why")));
    ui.add_space(gap::M);
    let me = people::me(meeting.desk, meeting.plan);
    let said = last_said(meeting, "before", "about", item);
    if let Some(me) = me.as_ref().filter(|_| may_speak(meeting)) {
        kit::card(ui, |ui| {
            if let Some(face) = people::face(meeting.desk, meeting.plan, me.id) {
                let name = say(Say::new("app-you-too").with("name", &face.name));
                kit::named(ui, &kit::Face { name, ..face });
            }
            match mine(meeting, "before", "about", item) {
                Some(mine) => {
                    for field in FIELDS {
                        words_field(ui, mine, field, 1, asks);
                    }
                    set_files(ui, mine, "files", asks);
                }
                None if icon_button(ui, Weight::Strong, Icon::EDIT, &text("money-write-views")).clicked() => {
                    say_mine(meeting, "before", "about", item, Vec::new(), asks);
                }
                None => {}
            }
        });
        ui.add_space(gap::L);
    }
    // Whoever was asked to come, and whoever said something though nobody asked.
    let mut others: Vec<Someone> = invited(meeting).into_iter().map(|(who, _)| who).collect();
    let written = meeting.records("views");
    let whose = |view: &Record<'_>| view.people("whose").into_iter().next();
    for who in written.iter().filter_map(whose) {
        if !others.contains(&who) {
            others.push(who);
        }
    }
    for (person, _) in &said {
        if !others.contains(&Someone::Member(*person)) {
            others.push(Someone::Member(*person));
        }
    }
    others.retain(|who| me.as_ref().is_none_or(|me| *who != Someone::Member(me.id)));
    if others.is_empty() {
        return for_others(ui, meeting, asks);
    }
    kit::card(ui, |ui| {
        kit::columns(ui, others.len(), COLUMN, |ui, at| {
            let who = &others[at];
            kit::named(ui, &people::face_of(meeting.desk, meeting.plan, who));
            let theirs = said.iter().find(|(person, _)| *who == Someone::Member(*person)).map(|(_, said)| *said);
            let for_them: Vec<Record<'_>> =
                written.iter().filter(|view| whose(view).as_ref() == Some(who)).copied().collect();
            if theirs.is_none() && for_them.is_empty() {
                ui.label(theme::soft(ui, Type::Note, text("money-nothing-said-yet")));
            }
            for said in theirs.into_iter().chain(for_them.iter().copied()) {
                view(ui, said, asks);
            }
        });
    });
    ui.add_space(gap::L);
    for_others(ui, meeting, asks);
}

/// What somebody thinks, and who wrote it down if it was not they themselves.
fn view(ui: &mut Ui, said: Record<'_>, asks: &mut Asks) {
    for field in FIELDS {
        let words = said.text(field);
        if !words.trim().is_empty() {
            ui.label(theme::soft(ui, Type::Small, said.label(field)));
            ui.add(eframe::egui::Label::new(theme::text(ui, Type::Body, words.trim())).wrap());
        }
    }
    attached(ui, said, asks);
    if let Some(by) = said.people("written-by").first() {
        let name = people::face_of(said.desk, said.plan, by).name;
        ui.label(theme::soft(ui, Type::Small, say(Say::new("money-written-by").with("name", name))));
    }
}

/// Whoever has no device speaks through somebody who writes it down.
fn for_others(ui: &mut Ui, meeting: Record<'_>, asks: &mut Asks) {
    if !meeting.is_mine() {
        return;
    }
    let id = meeting.id("views for others", "views");
    if ui.data(|data| data.get_temp(id)).unwrap_or(false) {
        kit::card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = gap::M;
            rows(ui, meeting, "views", &["whose", "working", "not-working", "talk-about", "files", "written-by"], asks);
        });
    } else if icon_button(ui, Weight::Quiet, Icon::MORE, &text("money-write-down-views")).clicked() {
        ui.data_mut(|data| data.insert_temp(id, true));
    }
}
