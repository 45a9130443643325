//! Buttons: 44 points high, an icon beside the words, a ring when the keyboard is on them.

use eframe::egui::{
    self, Align2, Color32, CornerRadius, Id, Response, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, vec2,
};

use super::{Icon, paint_icon, press::press};
use crate::theme::{self, Tone, Type, gap};

/// How much a button calls. One `Strong` a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// What most people come here to do.
    Strong,
    /// What can be done as well.
    Plain,
    /// What can be done, without an outline.
    Quiet,
}

/// A button: an icon painted beside its words. The words alone are its name.
pub fn icon_button(ui: &mut Ui, weight: Weight, icon: impl Into<Option<Icon>>, words: &str) -> Response {
    button(ui, weight, icon.into(), words, words, 0.0)
}

/// The same, where a reader needs more words than fit: "More" is "More about Hodan".
pub fn said_button(ui: &mut Ui, weight: Weight, icon: impl Into<Option<Icon>>, words: &str, said: &str) -> Response {
    button(ui, weight, icon.into(), words, said, 0.0)
}

/// Words and buttons beside each other, in one height: a row that begins with small words has room for the buttons, too.
pub fn in_one_row<R>(ui: &mut Ui, inside: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = theme::TARGET;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(gap::L, gap::XS);
            inside(ui)
        })
        .inner
    })
    .inner
}

/// A button as wide as there is room.
pub fn wide_button(ui: &mut Ui, weight: Weight, words: &str) -> Response {
    let width = ui.available_width();
    button(ui, weight, None, words, words, width)
}

/// A button's words are not broken into narrower lines than this.
const LEAST_WORDS: f32 = 120.0;

fn button(ui: &mut Ui, weight: Weight, icon: Option<Icon>, words: &str, said: &str, least: f32) -> Response {
    let palette = theme::of(ui.ctx());
    let beside = if icon.is_some() { 20.0 + gap::S } else { 0.0 };
    // Words without an outline begin where other words do; what shows under the pointer reaches beyond them.
    let margin = if weight == Weight::Quiet { 0.0 } else { 18.0 };
    // Words that are wider than the page have more lines.
    let room = (ui.max_rect().width() - beside - 2.0 * margin).max(LEAST_WORDS);
    let galley = ui.painter().layout(words.to_owned(), Type::BesideStrong.font(), Color32::PLACEHOLDER, room);
    let content = galley.size().x + beside;
    let size = vec2((content + 2.0 * margin).max(least), theme::TARGET.max(galley.size().y + 2.0 * gap::S));
    let (rect, response) = press(ui, size, said);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, ui.is_enabled(), said));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let over = response.hovered() || response.is_pointer_button_down_on();
    let (fill, edge, ink) = match weight {
        Weight::Strong if over => (palette.accent.gamma_multiply(0.9), palette.accent, palette.on_accent),
        Weight::Strong => (palette.accent, palette.accent, palette.on_accent),
        Weight::Plain if over => (palette.hover, palette.edge, palette.ink),
        Weight::Plain => (palette.surface, palette.edge, palette.ink),
        Weight::Quiet if over => (palette.hover, Color32::TRANSPARENT, palette.accent),
        Weight::Quiet => (Color32::TRANSPARENT, Color32::TRANSPARENT, palette.accent),
    };
    let radius = CornerRadius::same(theme::BUTTON_RADIUS);
    let shape = if weight == Weight::Quiet { rect.expand2(vec2(8.0, -4.0)) } else { rect };
    ui.painter().rect(shape, radius, fill, Stroke::new(palette.edge_width, edge), StrokeKind::Inside);
    ring(ui, &response, shape);
    let mut x = rect.center().x - content / 2.0;
    if let Some(icon) = icon {
        paint_icon(ui.painter(), egui::pos2(x + 10.0, rect.center().y), icon, 20.0, ink);
        x += beside;
    }
    ui.painter().galley(egui::pos2(x, rect.center().y - galley.size().y / 2.0), galley, ink);
    response
}

/// A row of the rail: the whole width answers, and the chosen one says that it is. `said` is what a reader hears, and what
/// stands under the pointer where the words are only the beginning of it.
pub fn row_button(
    ui: &mut Ui,
    icon: Icon,
    words: &str,
    said: &str,
    chosen: bool,
    count: Option<(&str, Tone)>,
) -> Response {
    let palette = theme::of(ui.ctx());
    let size = vec2(ui.available_width(), theme::TARGET);
    let (rect, response) = press(ui, size, said);
    response.widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, ui.is_enabled(), chosen, said));
    if let Some((count, _)) = count {
        // Its name stays what it is called: the number is read after it.
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(count));
    }
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let radius = CornerRadius::same(10);
    if chosen {
        // The accent shows as a sliver at the left, with the row's own corner.
        let sliver = egui::Rect::from_min_max(rect.min, rect.left_bottom() + vec2(14.0, 0.0));
        ui.painter().with_clip_rect(sliver).rect_filled(rect, radius, palette.accent);
        let inner = egui::Rect::from_min_max(rect.min + vec2(3.0, 0.0), rect.max);
        ui.painter().rect_filled(inner, radius, palette.surface);
        if palette.hairline > 1.0 {
            ui.painter().rect_stroke(rect, radius, Stroke::new(palette.hairline, palette.edge), StrokeKind::Inside);
        }
    } else if response.hovered() {
        ui.painter().rect_filled(rect, radius, palette.hover);
    }
    ring(ui, &response, rect);
    let (icon_ink, ink, size) = if chosen {
        (palette.accent, palette.ink, Type::BesideStrong)
    } else {
        (palette.soft_ink, palette.ink, Type::Beside)
    };
    paint_icon(ui.painter(), egui::pos2(rect.left() + 22.0, rect.center().y), icon, 20.0, icon_ink);
    let mut room = rect.right() - rect.left() - 42.0 - gap::M;
    if let Some((count, tone)) = count {
        let (ink, behind) = palette.tone(tone);
        let galley = ui.painter().layout_no_wrap(count.to_owned(), Type::Chip.font(), ink);
        let width = (galley.size().x + 16.0).max(24.0);
        let pill = egui::Rect::from_center_size(
            egui::pos2(rect.right() - gap::M - width / 2.0, rect.center().y),
            vec2(width, 22.0),
        );
        ui.painter().rect_filled(pill, CornerRadius::same(11), behind);
        ui.painter().galley(pill.center() - galley.size() / 2.0, galley, ink);
        room -= width + gap::S;
    }
    let mut job = egui::text::LayoutJob::simple_singleline(words.to_owned(), size.font(), ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room);
    let galley = ui.painter().layout_job(job);
    let at = Align2::LEFT_CENTER.anchor_size(egui::pos2(rect.left() + 42.0, rect.center().y), galley.size());
    ui.painter().galley(at.min, galley, ink);
    if said == words { response } else { response.on_hover_text(said) }
}

/// A small button at the foot of the rail: an icon and a word, as wide as it is told.
pub fn foot_button(ui: &mut Ui, width: f32, icon: Icon, words: &str) -> Response {
    let palette = theme::of(ui.ctx());
    let (rect, response) = press(ui, vec2(width, theme::TARGET), words);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, ui.is_enabled(), words));
    if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::same(10), palette.hover);
    }
    ring(ui, &response, rect.shrink(2.0));
    paint_icon(ui.painter(), egui::pos2(rect.left() + 22.0, rect.center().y), icon, 20.0, palette.soft_ink);
    let mut job = egui::text::LayoutJob::simple_singleline(words.to_owned(), Type::Small.font(), palette.ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width - 42.0);
    let galley = ui.painter().layout_job(job);
    let at = Align2::LEFT_CENTER.anchor_size(egui::pos2(rect.left() + 40.0, rect.center().y), galley.size());
    ui.painter().galley(at.min, galley, palette.ink);
    response
}

/// The ring around what has the keyboard.
pub(super) fn ring(ui: &Ui, response: &Response, rect: egui::Rect) {
    if !response.has_focus() {
        return;
    }
    let palette = theme::of(ui.ctx());
    let radius = CornerRadius::same(theme::BUTTON_RADIUS + 3);
    // A line thicker than any other, apart from what it is around: it is found at once, also around what is chosen already.
    let stroke = Stroke::new(palette.focus_width + 1.0, palette.accent);
    ui.painter().rect_stroke(rect.expand(2.0), radius, stroke, StrokeKind::Outside);
}

/// Keeps what has the keyboard in sight: to be called at the end of what scrolls. Whoever goes on with Tab sees where they are.
pub fn follow_focus(ui: &Ui, place: &str) {
    let id = Id::new(("followed", place));
    let focused = ui.memory(|memory| memory.focused());
    if ui.data(|data| data.get_temp::<Option<Id>>(id)).flatten() == focused {
        return;
    }
    ui.data_mut(|data| data.insert_temp(id, focused));
    let Some(rect) = focused.and_then(|focused| ui.ctx().read_response(focused)).map(|response| response.rect) else {
        return;
    };
    let seen = ui.clip_rect();
    let is_here = seen.x_range().contains(rect.center().x) && rect.height() < seen.height();
    if is_here && !seen.contains_rect(rect) {
        ui.scroll_to_rect(rect.expand2(vec2(0.0, gap::XL)), None);
        ui.ctx().request_repaint();
    }
}
