//! One of a few: chips in a row that can be pressed, all visible at once.

use eframe::egui::{
    Color32, CornerRadius, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2,
    text::{LayoutJob, TextWrapping},
    vec2,
};

use super::{Face, Icon, paint_disc, paint_icon, press::press};
use crate::theme::{self, Tone, Type, gap};

/// One thing that can be chosen.
#[derive(Debug, Clone)]
pub struct Choice<T> {
    /// What choosing it means.
    pub value: T,
    /// What it is called.
    pub words: String,
    /// How it looks when chosen.
    pub tone: Tone,
}

/// Shows them all under a label; gives back what was pressed, if it was not chosen already.
pub fn choose<T: PartialEq + Clone>(ui: &mut Ui, label: &str, now: Option<&T>, all: &[Choice<T>]) -> Option<T> {
    let mut pressed = None;
    super::explain::label(ui, label, all.iter().map(|choice| choice.words.as_str()));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(gap::S, gap::S);
        for choice in all {
            let chosen = now == Some(&choice.value);
            if pill(ui, label, choice, chosen) && !chosen {
                pressed = Some(choice.value.clone());
            }
        }
    });
    pressed
}

/// The same without its label above: a reader still hears it before each of them.
pub fn switch<T: PartialEq + Clone>(ui: &mut Ui, label: &str, now: &T, all: &[Choice<T>]) -> Option<T> {
    let mut pressed = None;
    for choice in all {
        let chosen = *now == choice.value;
        if pill(ui, label, choice, chosen) && !chosen {
            pressed = Some(choice.value.clone());
        }
    }
    pressed
}

/// A person who can be in or out; gives back whether it was pressed.
pub fn toggle(ui: &mut Ui, label: &str, face: &Face, is_in: bool) -> bool {
    let palette = theme::of(ui.ctx());
    let galley = ui.painter().layout_no_wrap(face.name.clone(), Type::BesideStrong.font(), palette.ink);
    let tick = if is_in { 22.0 } else { 0.0 };
    let (rect, response) = press(ui, vec2(galley.size().x + tick + 58.0, theme::TARGET), (label, &face.name));
    response.widget_info(|| {
        let said = format!("{label}: {}", face.name);
        WidgetInfo::selected(WidgetType::Checkbox, ui.is_enabled(), is_in, said)
    });
    let stroke = match is_in {
        true => Stroke::new(palette.focus_width, palette.accent),
        false => Stroke::new(palette.edge_width, palette.edge),
    };
    let fill = if response.hovered() { palette.hover } else { palette.surface };
    ui.painter().rect(rect, CornerRadius::same(22), fill, stroke, StrokeKind::Inside);
    super::button::ring(ui, &response, rect);
    let middle = pos2(rect.left() + 23.0, rect.center().y);
    paint_disc(ui.painter(), palette, middle, 30.0, face);
    let at = pos2(rect.left() + 44.0, rect.center().y - galley.size().y / 2.0);
    let after = at.x + galley.size().x;
    ui.painter().galley(at, galley, palette.ink);
    if is_in {
        paint_icon(ui.painter(), pos2(after + 14.0, rect.center().y), Icon::CHECK, 16.0, palette.accent);
    }
    response.clicked()
}

/// One of several that can be in or out, in words; gives back whether it was pressed.
pub fn check(ui: &mut Ui, label: &str, words: &str, is_in: bool) -> bool {
    let choice = Choice { value: (), words: words.to_owned(), tone: Tone::Accent };
    drawn(ui, label, &choice, is_in, WidgetType::Checkbox)
}

fn pill<T>(ui: &mut Ui, label: &str, choice: &Choice<T>, chosen: bool) -> bool {
    drawn(ui, label, choice, chosen, WidgetType::RadioButton)
}

fn drawn<T>(ui: &mut Ui, label: &str, choice: &Choice<T>, chosen: bool, role: WidgetType) -> bool {
    let palette = theme::of(ui.ctx());
    let beside = if chosen { 22.0 } else { 0.0 };
    let mut job = LayoutJob::simple_singleline(choice.words.clone(), Type::BesideStrong.font(), Color32::PLACEHOLDER);
    job.wrap = TextWrapping::truncate_at_width((ui.max_rect().width() - beside - 28.0).max(60.0));
    let galley = ui.painter().layout_job(job);
    let (rect, response) = press(ui, vec2(galley.size().x + beside + 28.0, theme::TARGET), (label, &choice.words));
    response.widget_info(|| {
        let said = format!("{label}: {}", choice.words);
        WidgetInfo::selected(role, ui.is_enabled(), chosen, said)
    });
    let (ink, behind) = palette.tone(choice.tone);
    let (fill, stroke, ink) = match (chosen, response.hovered()) {
        (true, _) => (behind, Stroke::new(palette.focus_width, ink), ink),
        (false, true) => (palette.hover, Stroke::new(palette.edge_width, palette.edge), palette.ink),
        (false, false) => (palette.surface, Stroke::new(palette.edge_width, palette.edge), palette.ink),
    };
    let shape = rect.shrink2(vec2(0.0, 3.0));
    ui.painter().rect(shape, CornerRadius::same(19), fill, stroke, StrokeKind::Inside);
    super::button::ring(ui, &response, shape);
    let mut x = shape.left() + 14.0;
    if chosen {
        paint_icon(ui.painter(), pos2(x + 8.0, shape.center().y), Icon::CHECK, 16.0, ink);
        x += beside;
    }
    ui.painter().galley(pos2(x, shape.center().y - galley.size().y / 2.0), galley, ink);
    response.clicked()
}
