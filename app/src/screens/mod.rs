//! One file a screen. Each borrows the desk, draws, and asks; it changes nothing but what it remembers of itself.

pub mod about;
pub mod actions;
pub mod agreement;
pub mod apart;
pub mod back;
pub mod cards;
pub mod circle;
pub mod coalition;
pub mod contingency;
pub mod cover;
pub mod custody;
pub mod day;
pub mod deciding;
pub mod decisions;
pub mod devices;
pub mod evidence;
pub mod fields;
pub mod find;
pub mod front;
pub mod goals;
pub mod happened;
pub mod heard;
pub mod history;
pub mod home;
pub mod in_hand;
pub mod invite;
pub mod keeping_well;
pub mod known;
pub mod lately;
pub mod long;
pub mod meetings;
pub mod mine;
pub mod money;
pub mod needs;
pub mod one_page;
pub mod pages;
pub mod parts;
pub mod people;
pub mod person_centred;
pub mod risks;
pub mod settings;
pub mod sharing;
pub mod sheet;
pub mod small;
pub mod statements;
pub mod strengths;
pub mod supports;
pub mod voiced;

use desk::{Ask, Desk};
use eframe::egui::{Layout, Ui, vec2};
use seal::PlanId;
use words::text;

use crate::{
    asks::Asks,
    kit::{Icon, Weight, icon_button},
    theme::{self, Type, gap},
};

/// The title of a page, and what stands at its right.
pub fn title(ui: &mut Ui, words: &str, right: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), 48.0);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(eframe::egui::Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = gap::M;
        right(ui);
        let rest = vec2(ui.available_width(), 48.0);
        ui.allocate_ui_with_layout(rest, Layout::left_to_right(eframe::egui::Align::Center), |ui| {
            let title = ui.label(theme::text(ui, Type::Title, words));
            crate::kit::is_heading(ui, &title, words);
        });
    });
    ui.add_space(gap::S);
}

/// The title of a part's page, with what adds a record to this list of it, and undo.
pub fn part_title(ui: &mut Ui, part: fields::Record<'_>, list: Option<&str>, asks: &mut Asks) {
    title(ui, &crate::terms::part(part.part), |ui| {
        if let Some(list) = list.filter(|_| part.is_mine())
            && icon_button(ui, Weight::Strong, Icon::ADD, &text("common-add")).clicked()
        {
            part.add(list, Vec::new(), asks);
        }
        undo(ui, part.desk, part.plan, part.part, asks);
    });
}

/// A calm line below a title: what a page is for, or what to know about it.
pub fn lead(ui: &mut Ui, words: &str) {
    ui.label(theme::soft(ui, Type::Body, words).line_height(Some(Type::Body.line_height())));
    ui.add_space(gap::M);
}

/// Says above a part that something in it cannot be shown here, and keeps my words that went with it.
pub fn stopped(ui: &mut Ui, desk: &Desk, plan: PlanId, part: &str) {
    let Some(stopped) = desk.stopped(plan, part) else { return };
    let palette = theme::of(ui.ctx());
    let sentence = theme::text(ui, Type::Body, text("errors-part-stopped"));
    crate::kit::icon_line(ui, Icon::WARN, palette.attention, sentence);
    if !stopped.words.is_empty() {
        ui.label(theme::text(ui, Type::BesideStrong, text("app-stopped-words")));
        // To be copied, not to be changed.
        let words = stopped.words.join("\n");
        ui.add(eframe::egui::TextEdit::multiline(&mut words.as_str()).desired_width(f32::INFINITY));
    }
    ui.add_space(gap::M);
}

/// Takes back what I did last in this part, and does it again: only while there is something to take back.
pub fn undo(ui: &mut Ui, desk: &Desk, plan: PlanId, part: &str, asks: &mut Asks) {
    let Some(document) = desk.document(plan, part) else { return };
    let (plan, part) = (plan, part.to_owned());
    if document.can_redo() && icon_button(ui, Weight::Quiet, Icon::REDO, &text("app-redo")).clicked() {
        asks.push(Ask::Redo { plan, part: part.clone() });
    }
    if document.can_undo() && icon_button(ui, Weight::Quiet, Icon::UNDO, &text("app-undo")).clicked() {
        asks.push(Ask::Undo { plan, part });
    }
}

/// Two cards beside each other where there is room, else one below the other.
pub fn pair(ui: &mut Ui, share: f32, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui)) {
    let width = ui.available_width();
    if width < theme::COLUMN {
        left(ui);
        ui.add_space(gap::L);
        right(ui);
        return;
    }
    let room = width - gap::L;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap::L;
        let column = |ui: &mut Ui, width: f32, inside: &mut dyn FnMut(&mut Ui)| {
            ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(eframe::egui::Align::Min), |ui| {
                ui.set_width(width);
                inside(ui);
            });
        };
        let (mut left, mut right) = (Some(left), Some(right));
        column(ui, room * share, &mut |ui| {
            if let Some(left) = left.take() {
                left(ui);
            }
        });
        column(ui, room * (1.0 - share), &mut |ui| {
            if let Some(right) = right.take() {
                right(ui);
            }
        });
    });
}
