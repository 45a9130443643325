//! What a word means, where it stands: a small question mark beside it that answers under the pointer, under the keyboard, and when
//! it is pressed.

use eframe::egui::{self, CornerRadius, Id, Response, Ui, WidgetInfo, WidgetType, vec2};
use words::{Say, Term, say};

use super::{Icon, is_status, paint_icon, panel, press::press};
use crate::theme::{self, Type, gap};

/// How large the question mark is, and the room it answers in.
const SIGN: f32 = 18.0;
const ROOM: egui::Vec2 = vec2(theme::TARGET, 28.0);

/// A soft label above a field; beside it, if a word of the field stands in it or in what `also` says below it, what that means.
pub fn label<'t>(ui: &mut Ui, words: &'t str, also: impl IntoIterator<Item = &'t str>) -> Response {
    let terms = words::explained(std::iter::once(words).chain(also));
    if terms.is_empty() {
        return ui.label(theme::soft(ui, Type::Note, words));
    }
    beside(ui, words, &terms, |ui| ui.label(theme::soft(ui, Type::Note, words)))
}

/// Words of any kind with the question mark beside them; what was asked stands below.
pub fn beside(ui: &mut Ui, name: &str, terms: &[Term], draw: impl FnOnce(&mut Ui) -> Response) -> Response {
    let id = open_id(ui, name);
    let label = ui
        .horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let label = draw(ui);
            if !terms.is_empty() {
                sign(ui, name, terms, id);
            }
            label
        })
        .inner;
    if !terms.is_empty() && ui.data(|data| data.get_temp(id)).unwrap_or(false) {
        answers(ui, terms);
    }
    label
}

/// What words mean, below each other.
pub fn answers(ui: &mut Ui, terms: &[Term]) {
    panel(ui, None, |ui| {
        for term in terms {
            let said = said(term);
            let label = ui.label(theme::text(ui, Type::Note, &said).line_height(Some(Type::Note.line_height())));
            is_status(ui, &label, &said);
        }
    });
}

fn said(term: &Term) -> String {
    format!("{}: {}", super::capital(term.name), term.means)
}

fn open_id(ui: &Ui, name: &str) -> Id {
    ui.id().with(("what it means", name))
}

fn sign(ui: &mut Ui, name: &str, terms: &[Term], id: Id) {
    let palette = theme::of(ui.ctx());
    let question = match terms {
        [one] => say(Say::new("gloss-ask").with("word", one.name)),
        many => {
            let names: Vec<String> = many.iter().map(|term| term.name.to_owned()).collect();
            say(Say::new("gloss-ask-all").with("words", words::together(&names)))
        }
    };
    let (rect, response) = press(ui, ROOM, ("what it means", name));
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, ui.is_enabled(), &question));
    let middle = egui::pos2(rect.left() + gap::S + SIGN / 2.0, rect.center().y);
    let ink = if response.hovered() || response.has_focus() { palette.accent } else { palette.soft_ink };
    paint_icon(ui.painter(), middle, Icon::DECISIONS, SIGN, ink);
    let around = egui::Rect::from_center_size(middle, egui::Vec2::splat(SIGN + 8.0));
    ui.painter().rect_filled(around, CornerRadius::same(13), egui::Color32::TRANSPARENT);
    super::button::ring(ui, &response, around);
    if response.clicked() {
        ui.data_mut(|data| {
            let open = data.get_temp(id).unwrap_or(false);
            data.insert_temp(id, !open);
        });
    }
    let is_open = ui.data(|data| data.get_temp(id)).unwrap_or(false);
    if !is_open && (response.hovered() || response.has_focus()) {
        let words = terms.iter().map(said).collect::<Vec<_>>().join("\n\n");
        response.show_tooltip_text(words);
    }
}
