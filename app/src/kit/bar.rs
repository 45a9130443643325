//! One bar in pieces, and below it what each piece is, in words.

use eframe::egui::{
    Color32, CornerRadius, Painter, Rect, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use crate::theme::{self, Palette, Type, gap};

/// How a piece is filled. A hatching is told apart without colour, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filling {
    /// What has been.
    Full,
    /// What is meant.
    Half,
    /// What is open.
    Hatched,
    /// What goes beyond the end.
    Beyond,
}

/// One piece.
#[derive(Debug, Clone)]
pub struct Piece {
    /// How much of the whole, from nought to one.
    pub share: f32,
    /// How it is filled.
    pub filling: Filling,
    /// What it is: "spent £6,310.40".
    pub words: String,
}

/// Draws the bar with its legend. `said` is what a reader hears instead of the drawing.
pub fn bar(ui: &mut Ui, pieces: &[Piece], said: &str) {
    let palette = theme::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::ProgressIndicator, ui.is_enabled(), said));
    let radius = CornerRadius::same(11);
    ui.painter().rect_filled(rect, radius, palette.surface);
    let mut from = rect.left();
    for piece in pieces.iter().filter(|piece| piece.share > 0.0) {
        let to = (from + piece.share * rect.width()).min(rect.right());
        let place = Rect::from_min_max(pos2(from, rect.top()), pos2(to, rect.bottom()));
        // Round where the bar is, straight where two pieces meet.
        let clipped = ui.painter().with_clip_rect(place);
        fill(&clipped, palette, rect, piece.filling, radius);
        from = to;
    }
    let stroke = Stroke::new(palette.edge_width.max(1.0), palette.accent);
    ui.painter().rect_stroke(rect, radius, stroke, StrokeKind::Inside);
    legend(ui, pieces);
}

fn legend(ui: &mut Ui, pieces: &[Piece]) {
    let palette = theme::of(ui.ctx());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = gap::S;
        for piece in pieces {
            // The square and its words stay together when the line is full.
            let galley = ui.painter().layout_no_wrap(piece.words.clone(), Type::Beside.font(), palette.ink);
            let size = vec2(14.0 + gap::S + galley.size().x + gap::L, 24.0);
            let (item, response) = ui.allocate_exact_size(size, Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, ui.is_enabled(), &piece.words));
            let square = Rect::from_center_size(pos2(item.left() + 7.0, item.center().y), vec2(12.0, 12.0));
            let clipped = ui.painter().with_clip_rect(square);
            fill(&clipped, palette, square, piece.filling, CornerRadius::same(2));
            let stroke = Stroke::new(1.0, palette.edge);
            ui.painter().rect_stroke(square, CornerRadius::same(2), stroke, StrokeKind::Inside);
            let at = pos2(item.left() + 14.0 + gap::S, item.center().y - galley.size().y / 2.0);
            ui.painter().galley(at, galley, palette.ink);
        }
    });
}

fn fill(painter: &Painter, palette: &Palette, rect: Rect, filling: Filling, radius: CornerRadius) {
    match filling {
        Filling::Full => {
            painter.rect_filled(rect, radius, palette.accent);
        }
        Filling::Half => {
            // Half way between the page and the strong colour, so that both edges of it are seen.
            painter.rect_filled(rect, radius, palette.surface);
            painter.rect_filled(rect, radius, palette.accent.gamma_multiply(0.5));
        }
        Filling::Hatched => hatch(painter, rect, palette.edge),
        Filling::Beyond => {
            painter.rect_filled(rect, radius, palette.attention_behind);
            hatch(painter, rect, palette.attention);
        }
    }
}

fn hatch(painter: &Painter, rect: Rect, colour: Color32) {
    let step = 7.0;
    let lines = ((rect.width() + rect.height()) / step).ceil().clamp(0.0, 2_000.0);
    for line in 0..lines as u16 {
        let left = rect.left() - rect.height() + f32::from(line) * step;
        let points = [pos2(left, rect.top()), pos2(left + rect.height(), rect.bottom())];
        painter.add(Shape::line_segment(points, Stroke::new(1.2, colour.gamma_multiply(0.6))));
    }
}
