//! One file a screen. Each borrows the desk, draws, and asks; it changes nothing but what it remembers of itself.

pub mod about;
pub mod actions;
pub mod agreement;
pub mod apart;
pub mod areas;
pub mod back;
pub mod begun;
pub mod cards;
pub mod chain;
pub mod circle;
pub mod coalition;
pub mod contingency;
pub mod cover;
pub mod custody;
pub mod day;
pub mod deciding;
pub mod decisions;
pub mod devices;
pub mod easy;
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
pub mod learning;
pub mod links;
pub mod long;
pub mod meetings;
pub mod mine;
pub mod money;
pub mod needs;
pub mod offers;
pub mod one_page;
pub mod pages;
pub mod parts;
pub mod people;
pub mod person_centred;
pub mod readers;
pub mod risks;
pub mod settings;
pub mod sharing;
pub mod sheet;
pub mod silence;
pub mod small;
pub mod statements;
pub mod stopped;
pub mod strengths;
pub mod supports;
pub mod voiced;

use desk::{Ask, Desk};
use eframe::egui::{Align, Label, Layout, Ui, vec2};
use seal::PlanId;
use words::text;

use crate::{
    asks::Asks,
    kit::{Icon, Weight, icon_button},
    theme::{self, Type, gap},
};

/// The title of a page, and what stands at its right; below it where both have no room beside each other.
pub fn title(ui: &mut Ui, words: &str, mut right: impl FnMut(&mut Ui)) {
    let ink = theme::of(ui.ctx()).ink;
    let whole = ui.painter().layout_no_wrap(words.to_owned(), Type::Title.font(), ink).size().x;
    // How wide the right is, is known once it was drawn.
    let id = ui.id().with("beside the title");
    let known = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or_default();
    let room = ui.available_width();
    let label = |ui: &mut Ui| {
        let title = ui.add(Label::new(theme::text(ui, Type::Title, words)).wrap());
        crate::kit::is_heading(ui, &title, words);
    };
    let wide = if whole + gap::L + known <= room {
        ui.allocate_ui_with_layout(vec2(room, 48.0), Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = gap::M;
            right(ui);
            let rest = ui.available_width();
            ui.allocate_ui_with_layout(vec2(rest, 48.0), Layout::left_to_right(Align::Center), label);
            room - rest
        })
        .inner
    } else {
        ui.add_space(gap::S);
        label(ui);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(gap::M, gap::S);
            right(ui);
            known.max(ui.min_rect().width())
        })
        .inner
    };
    if (wide - known).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(id, wide));
        ui.ctx().request_discard("what is beside the title is as wide as this");
    }
    readers::under(ui);
    ui.add_space(gap::S);
}

/// The title of a part's page, with what adds a record to this list of it, and undo.
pub fn part_title(ui: &mut Ui, part: fields::Record<'_>, list: Option<&str>, asks: &mut Asks) {
    title(ui, &crate::terms::page(part.desk, part.plan, part.part), |ui| {
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

/// Takes back what I did last in this part, and does it again: only while there is something to take back.
pub fn undo(ui: &mut Ui, desk: &Desk, plan: PlanId, part: &str, asks: &mut Asks) {
    let (redo, undo) = (desk.redoes(plan, part), desk.undoes(plan, part));
    let part = part.to_owned();
    if !redo.is_empty() && icon_button(ui, Weight::Quiet, Icon::REDO, &text("app-redo")).clicked() {
        asks.push(Ask::Redo { plan, part: part.clone() });
    }
    if !undo.is_empty() && icon_button(ui, Weight::Quiet, Icon::UNDO, &text("app-undo")).clicked() {
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
