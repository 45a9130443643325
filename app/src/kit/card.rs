//! Cards, chips and rules: white on warm paper, one hairline, room around.

use eframe::egui::{
    self, Color32, CornerRadius, Frame, InnerResponse, Margin, Response, Sense, Shape, Stroke, StrokeKind, Ui,
    WidgetInfo, WidgetType, vec2,
};

use super::{Icon, icon_line, paint_icon, press::press};
use crate::theme::{self, Tone, Type, gap};

/// A card as wide as there is room.
pub fn card<R>(ui: &mut Ui, inside: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let palette = theme::of(ui.ctx());
    framed(ui, Stroke::new(palette.hairline, palette.line), inside)
}

/// A card whose edge says that somebody should look.
pub fn toned_card<R>(ui: &mut Ui, tone: Tone, inside: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let palette = theme::of(ui.ctx());
    framed(ui, Stroke::new(palette.edge_width, palette.tone(tone).0), inside)
}

fn framed<R>(ui: &mut Ui, stroke: Stroke, inside: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let palette = theme::of(ui.ctx());
    let frame = Frame::new()
        .fill(palette.surface)
        .stroke(stroke)
        .corner_radius(CornerRadius::same(theme::CARD_RADIUS))
        .inner_margin(Margin::same(20));
    frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = gap::S;
        inside(ui)
    })
}

/// A card that invites: a dashed edge, a plus and one question. The whole card is the button.
pub fn empty_card(ui: &mut Ui, words: &str) -> Response {
    let palette = theme::of(ui.ctx());
    let wrap = ui.available_width() - 96.0;
    let galley = ui.painter().layout(words.to_owned(), Type::Body.font(), palette.soft_ink, wrap);
    let size = vec2(ui.available_width(), (galley.size().y + 40.0).max(96.0));
    let (rect, response) = press(ui, size, words);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, ui.is_enabled(), words));
    let radius = f32::from(theme::CARD_RADIUS);
    if response.hovered() {
        ui.painter().rect_filled(rect, radius, palette.hover);
    }
    let dashes = dashed_round_rect(rect.shrink(0.5), radius, Stroke::new(palette.edge_width, palette.edge));
    ui.painter().extend(dashes);
    super::button::ring(ui, &response, rect);
    paint_icon(ui.painter(), egui::pos2(rect.left() + 36.0, rect.center().y), Icon::ADD_ROUND, 28.0, palette.soft_ink);
    let at = egui::pos2(rect.left() + 66.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, palette.soft_ink);
    response
}

/// A dashed outline with round corners.
pub(super) fn dashed_round_rect(rect: egui::Rect, radius: f32, stroke: Stroke) -> Vec<Shape> {
    let mut points = Vec::new();
    let corners = [
        (egui::pos2(rect.right() - radius, rect.top() + radius), -90.0_f32),
        (egui::pos2(rect.right() - radius, rect.bottom() - radius), 0.0),
        (egui::pos2(rect.left() + radius, rect.bottom() - radius), 90.0),
        (egui::pos2(rect.left() + radius, rect.top() + radius), 180.0),
    ];
    for (middle, from) in corners {
        for step in 0..=6_u8 {
            let angle = (from + f32::from(step) * 15.0).to_radians();
            points.push(middle + radius * vec2(angle.cos(), angle.sin()));
        }
    }
    if let Some(first) = points.first().copied() {
        points.push(first);
    }
    Shape::dashed_line(&points, stroke, 5.0, 4.0)
}

/// A few words in a pill: a state, said in words.
pub fn chip(ui: &mut Ui, tone: Tone, words: &str) -> Response {
    let palette = theme::of(ui.ctx());
    let (ink, fill) = palette.tone(tone);
    // What has no room on one line goes on below: a state is never told by halves.
    let room = (ui.available_width() - 24.0 + 1.0).max(60.0);
    let galley = ui.painter().layout(words.to_owned(), Type::Chip.font(), ink, room);
    let size = vec2(galley.size().x + 24.0, (galley.size().y + 6.0).max(26.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, ui.is_enabled(), words));
    let edge = match tone {
        Tone::Plain => palette.edge,
        Tone::Accent | Tone::Calm | Tone::NotYet | Tone::Attention if palette.edge_width > 1.0 => palette.edge,
        Tone::Accent | Tone::Calm | Tone::NotYet | Tone::Attention => Color32::TRANSPARENT,
    };
    let stroke = Stroke::new(palette.edge_width, edge);
    ui.painter().rect(rect, CornerRadius::same(13), fill, stroke, StrokeKind::Inside);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, ink);
    response
}

/// The title line of a card, with its icon.
pub fn heading(ui: &mut Ui, icon: Icon, words: &str) {
    let accent = theme::of(ui.ctx()).accent;
    let words = theme::text(ui, Type::Section, words);
    icon_line(ui, icon, accent, words);
}

/// A hairline between rows of one card.
pub fn rule(ui: &mut Ui) {
    let palette = theme::of(ui.ctx());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), palette.hairline), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, palette.line);
}

/// Says that these words are a heading, so that a reader can go from one to the next.
pub fn is_heading(ui: &Ui, response: &Response, words: &str) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::Heading);
        node.set_label(words);
    });
}

/// Says that these words are news: a screen reader says them when they change, at the next pause.
pub fn is_status(ui: &Ui, response: &Response, words: &str) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_label(words);
        node.set_role(egui::accesskit::Role::Status);
        node.set_live(egui::accesskit::Live::Polite);
    });
}
