//! The five levels of a goal as steps that rise, in the person's own words.

use eframe::egui::{
    self, CornerRadius, FontSelection, Rect, Sense, Stroke, TextWrapMode, Ui, WidgetInfo, WidgetText, WidgetType, vec2,
};

use super::card::dashed_round_rect;
use crate::theme::{self, Type};

/// One step: what it is like to be there, in the person's own words.
#[derive(Debug, Clone)]
pub struct Level {
    /// The person's words for it.
    pub words: String,
    /// What a reader hears before the words: "expected", "where we are now".
    pub meaning: Option<String>,
}

const HEIGHTS: [f32; 5] = [14.0, 24.0, 34.0, 44.0, 54.0];

/// Draws the steps: filled up to where the person is now, the one hoped for with a dashed ring.
pub fn levels(ui: &mut Ui, steps: &[Level; 5], now: Option<usize>, hoped: usize) {
    let palette = theme::of(ui.ctx());
    let width = (ui.available_width() - 4.0 * 6.0) / 5.0;
    let galleys: Vec<_> = steps
        .iter()
        .enumerate()
        .map(|(step, level)| {
            let size = if now == Some(step) { Type::Chip } else { Type::Small };
            let ink = if now == Some(step) { palette.ink } else { palette.soft_ink };
            let words = WidgetText::from(level.words.as_str()).color(ink);
            words.into_galley(ui, Some(TextWrapMode::Wrap), width - 4.0, FontSelection::FontId(size.font()))
        })
        .collect();
    let words_height = galleys.iter().map(|galley| galley.size().y).fold(0.0, f32::max);
    let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), 60.0 + 6.0 + words_height), Sense::hover());
    let floor = area.top() + 60.0;
    for (step, (level, galley)) in steps.iter().zip(galleys).enumerate() {
        let left = area.left() + step as f32 * (width + 6.0);
        let bar = Rect::from_min_max(egui::pos2(left, floor - HEIGHTS[step]), egui::pos2(left + width, floor));
        let reached = now.is_some_and(|now| step <= now);
        let fill = if reached { palette.accent } else { palette.accent_behind };
        let stroke = Stroke::new(if palette.hairline > 1.0 { palette.hairline } else { 0.0 }, palette.edge);
        ui.painter().rect(bar, CornerRadius::same(6), fill, stroke, egui::StrokeKind::Inside);
        if step == hoped {
            let dashes = dashed_round_rect(bar.expand(3.0), 8.0, Stroke::new(2.0, palette.not_yet));
            ui.painter().extend(dashes);
        }
        ui.painter().galley(egui::pos2(left, floor + 6.0), galley, palette.soft_ink);
        let cell = Rect::from_min_max(egui::pos2(left, area.top()), egui::pos2(left + width, area.bottom()));
        let response = ui.interact(cell, ui.id().with(("level", step)), Sense::hover());
        response.widget_info(|| {
            let said = match &level.meaning {
                Some(meaning) => format!("{meaning}: {}", level.words),
                None => level.words.clone(),
            };
            WidgetInfo::labeled(WidgetType::Label, ui.is_enabled(), said)
        });
    }
}
