//! Attaching a file: chosen in the desktop's own window, by its place, dropped on the field, or drawn here.

use std::path::PathBuf;

use desk::Ask;
use eframe::egui::{Context, Id, Rect, Stroke, StrokeKind, Ui, vec2};
use node::ask::Source;
use plan::Value;
use words::{Say, say, text};

use super::super::Record;
use crate::{
    asks::{Asks, Wish},
    kit::{self, Drawing, Icon, Weight, icon_button, line_field, said_button},
    theme::{self, gap},
};

/// Parts in which only papers are attached.
const PAPERS_ONLY: [&str; 3] = ["papers", "money", "medicines"];

/// What is being typed where a file is asked for.
#[derive(Debug, Clone, Default)]
struct Place {
    words: String,
    /// How many were attached when this one was asked for.
    asked_at: Option<usize>,
}

/// Puts the question for a place away: a file was chosen in another way.
pub fn asks_no_more(ctx: &Context, form: Id) {
    ctx.data_mut(|data| data.remove::<Place>(form));
}

/// Asks for the place of a file. What was typed stays until the file is attached: it may be refused.
pub(super) fn attach(ui: &mut Ui, record: Record<'_>, field: &str, weight: Weight, asks: &mut Asks) {
    let id = record.id("attach", field);
    let count = match record.value(field) {
        Some(Value::Files(files)) => files.len(),
        _ => 0,
    };
    let place: Option<Place> = ui.data(|data| data.get_temp(id));
    let Some(mut place) = place.filter(|place| place.asked_at.is_none_or(|before| count <= before)) else {
        ui.data_mut(|data| data.remove::<Place>(id));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(gap::M, gap::S);
            let said = say(Say::new("files-attach-to").with("field", record.label(field)));
            if said_button(ui, weight, Icon::ATTACH, &text("files-attach"), &said).clicked() {
                ui.data_mut(|data| data.insert_temp(id, Place::default()));
                choose(record, field, id, asks);
            }
            if !PAPERS_ONLY.contains(&record.part) {
                offer_to_draw(ui, record, field, weight);
            }
        });
        draw(ui, record, field, asks);
        return;
    };
    line_field(ui, id.with("place"), &text("files-place"), &text("files-place-hint"), &mut place.words);
    let mut open = true;
    ui.horizontal(|ui| {
        let path = PathBuf::from(place.words.trim().trim_matches(['"', '\'']));
        let is_there = !path.as_os_str().is_empty();
        if icon_button(ui, Weight::Strong, Icon::ATTACH, &text("files-attach-this")).clicked() && is_there {
            ask_for(record, field, path, asks);
            place.asked_at = Some(count);
        }
        if icon_button(ui, Weight::Quiet, None, &text("common-cancel")).clicked() {
            open = false;
        }
    });
    ui.data_mut(|data| match open {
        true => _ = data.insert_temp(id, place),
        false => data.remove::<Place>(id),
    });
}

/// Opens the desktop's own window to choose in. Where there is none, the place can be written, or the file dropped.
fn choose(record: Record<'_>, field: &str, form: Id, asks: &mut Asks) {
    let mut chosen = Asks::default();
    ask_for(record, field, PathBuf::new(), &mut chosen);
    for wish in chosen.take() {
        if let Wish::Do(ask) = wish {
            asks.wish(Wish::Choose(form, ask));
        }
    }
}

/// Offers a sheet to draw on, where what is attached is for the eye.
fn offer_to_draw(ui: &mut Ui, record: Record<'_>, field: &str, weight: Weight) {
    let id = record.id("draw", field);
    let said = say(Say::new("files-draw-for").with("field", record.label(field)));
    if ui.data(|data| data.get_temp::<Sheet>(id)).is_none()
        && said_button(ui, weight, Icon::EDIT, &text("files-draw"), &said).clicked()
    {
        ui.data_mut(|data| data.insert_temp(id, Sheet::default()));
    }
}

/// The sheet, if one was asked for.
fn draw(ui: &mut Ui, record: Record<'_>, field: &str, asks: &mut Asks) {
    let id = record.id("draw", field);
    let Some(Sheet { mut drawing, mut shows }) = ui.data(|data| data.get_temp::<Sheet>(id)) else { return };
    let mut open = true;
    kit::pad(ui, &text("files-sheet"), &mut drawing);
    line_field(ui, id.with("shows"), &text("files-drawing-shows"), "", &mut shows);
    ui.horizontal_wrapped(|ui| {
        if icon_button(ui, Weight::Strong, Icon::DONE, &text("files-keep-drawing")).clicked() && !drawing.is_empty() {
            let name = if shows.trim().is_empty() { text("files-drawing") } else { shows.trim().to_owned() };
            if let Some(path) = record.path(field) {
                asks.typed();
                let source = Source::Made { name, bytes: drawing.picture() };
                record.ask(Ask::Attach { plan: record.plan, field: path, source }, asks);
            }
            open = false;
        }
        if icon_button(ui, Weight::Quiet, None, &text("common-cancel")).clicked() {
            open = false;
        }
    });
    ui.data_mut(|data| match open {
        true => _ = data.insert_temp(id, Sheet { drawing, shows }),
        false => data.remove::<Sheet>(id),
    });
}

/// A sheet that is being drawn on, and what it shows.
#[derive(Clone, Default)]
struct Sheet {
    drawing: Drawing,
    shows: String,
}

/// What was dropped on the field, or anywhere while this field asks for a file.
pub(super) fn drop_here(ui: &Ui, rect: Rect, record: Record<'_>, field: &str, asks: &mut Asks) {
    let asks_for_one = ui.data(|data| data.get_temp::<Place>(record.id("attach", field))).is_some();
    let (hovering, over) = ui.input(|input| {
        let over = input.pointer.latest_pos().is_some_and(|at| rect.contains(at));
        (!input.raw.hovered_files.is_empty(), over || asks_for_one)
    });
    if hovering {
        let palette = theme::of(ui.ctx());
        let edge = if over { palette.accent } else { palette.edge };
        let stroke = Stroke::new(palette.edge_width, edge);
        ui.painter().rect_stroke(rect.expand(6.0), 10.0, stroke, StrokeKind::Outside);
    }
    if !over {
        return;
    }
    for path in dropped(ui.ctx()) {
        ask_for(record, field, path, asks);
    }
}

/// Takes what was dropped, so that no other field takes it too.
fn dropped(ctx: &Context) -> Vec<PathBuf> {
    let files = ctx.input_mut(|input| std::mem::take(&mut input.raw.dropped_files));
    files.into_iter().filter_map(|file| file.path).collect()
}

fn ask_for(record: Record<'_>, field: &str, path: PathBuf, asks: &mut Asks) {
    if let Some(path_of) = record.path(field) {
        asks.typed();
        record.ask(Ask::Attach { plan: record.plan, field: path_of, source: Source::Path(path) }, asks);
    }
}
