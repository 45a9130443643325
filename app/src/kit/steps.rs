//! The stage bar: where something stands on a way of a few steps, the ones behind it, and the ones to come.

use eframe::egui::{
    Align, Pos2, Rect, Sense, Stroke, Ui, WidgetInfo, WidgetType, pos2,
    text::{LayoutJob, TextWrapping},
    vec2,
};

use super::{Icon, paint_icon};
use crate::theme::{self, Type, gap};

/// The least room a step's name needs beside the others; with less, they stand below each other.
const EACH: f32 = 104.0;
const RADIUS: f32 = 13.0;

/// Whether the steps can be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// Each is an answer.
    Answers,
    /// It is only looked at.
    Nothing,
}

/// Draws it; gives back which step was pressed, if it was another. A reader hears each step as an answer or, where nothing
/// can be pressed, the whole in one sentence, `said`.
pub fn steps(
    ui: &mut Ui,
    label: &str,
    names: &[String],
    now: Option<usize>,
    press: Press,
    said: &str,
) -> Option<usize> {
    let palette = theme::of(ui.ctx());
    let width = ui.available_width();
    let each = width / names.len().max(1) as f32;
    let beside = each >= EACH;
    let wrap = if beside { each - gap::S } else { width - 3.0 * RADIUS - gap::S };
    let name = |at: usize, name: &String| {
        let (size, ink) = match now == Some(at) {
            true => (Type::BesideStrong, palette.accent),
            false => (Type::Beside, palette.ink),
        };
        let mut job = LayoutJob::simple(name.clone(), size.font(), ink, wrap);
        job.wrap = TextWrapping { max_width: wrap, max_rows: 3, ..TextWrapping::default() };
        job.halign = if beside { Align::Center } else { Align::Min };
        ui.painter().layout_job(job)
    };
    let names_laid: Vec<_> = names.iter().enumerate().map(|(at, words)| name(at, words)).collect();
    let tallest = names_laid.iter().map(|name| name.size().y).fold(0.0, f32::max);
    let row = (2.0 * RADIUS + gap::XS + tallest + gap::S).max(theme::TARGET);
    let height = if beside { row } else { theme::TARGET.max(tallest) * names.len() as f32 };
    let (area, whole) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    if press == Press::Nothing {
        whole.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, said));
    }
    let place = |at: usize| -> (Rect, Pos2) {
        let at = at as f32;
        if beside {
            let rect = Rect::from_min_size(pos2(area.left() + each * at, area.top()), vec2(each, height));
            (rect, pos2(rect.center().x, area.top() + RADIUS + gap::XS))
        } else {
            let each = height / names.len().max(1) as f32;
            let rect = Rect::from_min_size(pos2(area.left(), area.top() + each * at), vec2(width, each));
            (rect, pos2(area.left() + RADIUS + gap::XS, rect.center().y))
        }
    };
    for at in 1..names.len() {
        let behind = now.is_some_and(|now| at <= now);
        let stroke = Stroke::new(3.0, if behind { palette.accent } else { palette.line });
        ui.painter().line_segment([place(at - 1).1, place(at).1], stroke);
    }
    let mut pressed = None;
    for (at, (words, laid)) in names.iter().zip(names_laid).enumerate() {
        let (rect, middle) = place(at);
        let is_now = now == Some(at);
        if press == Press::Answers {
            let response = ui.interact(rect, ui.id().with((label, at)), Sense::click());
            response.widget_info(|| {
                WidgetInfo::selected(WidgetType::RadioButton, ui.is_enabled(), is_now, format!("{label}: {words}"))
            });
            if response.hovered() {
                ui.painter().rect_filled(rect, theme::BUTTON_RADIUS as f32, palette.hover);
            }
            super::button::ring(ui, &response, rect);
            if response.clicked() && !is_now {
                pressed = Some(at);
            }
        }
        if now.is_some_and(|now| at < now) {
            ui.painter().circle_filled(middle, RADIUS, palette.accent);
            paint_icon(ui.painter(), middle, Icon::CHECK, 16.0, palette.surface);
        } else if is_now {
            ui.painter().circle(middle, RADIUS, palette.accent_behind, Stroke::new(3.0, palette.accent));
            ui.painter().circle_filled(middle, RADIUS * 0.42, palette.accent);
        } else {
            ui.painter().circle(middle, RADIUS, palette.surface, Stroke::new(palette.edge_width, palette.edge));
        }
        let at = if beside {
            pos2(middle.x, middle.y + RADIUS + gap::XS)
        } else {
            pos2(middle.x + RADIUS + gap::S, middle.y - laid.size().y / 2.0)
        };
        ui.painter().galley(at, laid, palette.ink);
    }
    pressed
}
