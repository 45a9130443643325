//! Easy Read: a part in large words, one sentence a row, a picture to its left. It is for reading; what it shows is written
//! on the part's own page.

use std::time::{Duration, Instant};

use desk::{Came, Coming, Desk};
use eframe::egui::{Align, CornerRadius, Id, Layout, Sense, Ui, vec2};
use exchange::{Length, Row, Slot};
use seal::{FileId, PlanId};
use words::text;

use super::{fields::round, lead, long, pages, title};
use crate::{
    asks::{Asks, Reading, Wish},
    kit::{self, Face, Icon, Weight, icon_button, paint_icon},
    people, terms,
    theme::{self, Type, gap},
};

/// The side of the picture beside a sentence.
const SLOT: f32 = 72.0;
/// The widest a row gets: a line is read in one go.
const WIDEST: f32 = 720.0;
/// How large the words are, and their lines.
const WORDS: (f32, f32) = (23.0, 34.0);

/// What it remembers: the part that was read last, and the one that is being read.
#[derive(Debug, Default)]
pub struct Easy {
    read: Option<(Of, Vec<Row>)>,
    coming: Option<(Of, Coming<Vec<Row>>, Instant)>,
}

/// A part, as it stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Of {
    plan: PlanId,
    part: &'static str,
    revision: u64,
}

/// How long a part that changes rests between two readings, which go through the whole plan.
const REST: Duration = Duration::from_millis(500);
/// After how long it is looked again whether a part has been read.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

impl Easy {
    /// Draws it in place of the part's page.
    pub fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, part: &'static str, asks: &mut Asks) {
        title(ui, &terms::page(desk, plan, part), |ui| {
            if icon_button(ui, Weight::Plain, Icon::PAPER, &text("app-easy-end")).clicked() {
                asks.wish(Wish::Read(Reading::Whole));
            }
        });
        self.read(ui, desk, Of { plan, part, revision: desk.revision(plan) });
        let read = self.read.as_ref().filter(|(of, _)| (of.plan, of.part) == (plan, part));
        let Some((_, rows)) = read else {
            let reading = ui.label(theme::soft(ui, Type::Body, text("frame-reading")));
            return kit::is_status(ui, &reading, &text("frame-reading"));
        };
        if rows.is_empty() {
            return lead(ui, &text("common-nothing-written"));
        }
        let icon = pages::of(part).map_or(Icon::PAPER, |row| row.icon);
        let may_write = desk.access(plan, part) == circle::Access::Edit;
        ui.set_max_width(ui.available_width().min(WIDEST));
        let is_long = long::is_long(rows.len());
        for (at, one) in rows.iter().enumerate() {
            let id = Id::new(("easy", part, at));
            long::row(ui, id, is_long, |ui| match one {
                Row::Heading(words) => {
                    ui.add_space(gap::L);
                    let heading = ui.label(theme::text(ui, Type::Quote, words));
                    kit::is_heading(ui, &heading, words);
                }
                Row::About(words) => {
                    ui.add_space(gap::M);
                    let heading = ui.label(theme::text(ui, Type::Section, words).color(theme::of(ui.ctx()).accent));
                    kit::is_heading(ui, &heading, words);
                }
                Row::Sentence { words, slot, length } => {
                    ui.add_space(gap::S);
                    sentence(ui, (desk, plan), icon, (words, slot, *length), may_write, asks);
                }
            });
        }
    }
}

impl Easy {
    /// Has a part read away from the window, unless that was done; what was read before is shown meanwhile.
    fn read(&mut self, ui: &Ui, desk: &Desk, now: Of) {
        if let Some((of, coming, since)) = &mut self.coming {
            let of = *of;
            let rests = since.elapsed() < REST && (of.plan, of.part) == (now.plan, now.part);
            match coming.take() {
                Came::NotYet => return ui.ctx().request_repaint_after(LOOK_AGAIN),
                Came::Here(rows) => self.read = Some((of, rows)),
                Came::Never if rests => return ui.ctx().request_repaint_after(LOOK_AGAIN),
                Came::Never => {}
            }
        }
        if self.read.as_ref().is_some_and(|(of, _)| *of == now) {
            return;
        }
        let Some(still) = desk.still(now.plan) else { return };
        let part = now.part;
        let coming = desk.aside(now.plan, move || still.easy(part));
        self.coming = coming.map(|coming| (now, coming, Instant::now()));
        ui.ctx().request_repaint_after(LOOK_AGAIN);
    }
}

fn sentence(
    ui: &mut Ui,
    (desk, plan): (&Desk, PlanId),
    icon: Icon,
    (words, slot, length): (&str, &Slot, Length),
    may_write: bool,
    asks: &mut Asks,
) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap::L;
        beside(ui, (desk, plan), icon, slot, asks);
        let room = vec2(ui.available_width(), SLOT);
        ui.allocate_ui_with_layout(room, Layout::top_down(Align::Min), |ui| {
            ui.set_width(room.x);
            ui.add_space(((SLOT - WORDS.1) / 2.0).min(gap::M));
            ui.label(theme::text(ui, Type::Body, words).size(WORDS.0).line_height(Some(WORDS.1)));
            if length == Length::Long && may_write {
                ui.label(theme::soft(ui, Type::Note, text("app-easy-long")));
            }
        });
    });
}

/// The picture, or what stands in its place.
fn beside(ui: &mut Ui, (desk, plan): (&Desk, PlanId), icon: Icon, slot: &Slot, asks: &mut Asks) {
    let palette = theme::of(ui.ctx());
    let icon = match slot {
        Slot::Picture(id, name) => match id.parse::<FileId>() {
            Ok(file) => return round(ui, desk, plan, file, SLOT, name, asks),
            Err(_) => Icon::PICTURE,
        },
        Slot::Person(name) => {
            let (rect, _) = ui.allocate_exact_size(vec2(SLOT, SLOT), Sense::hover());
            let face: Face = people::face_of(desk, plan, &plan::Someone::Named(name.clone()));
            return kit::paint_disc(ui.painter(), palette, rect.center(), SLOT - 8.0, &face);
        }
        Slot::Day => Icon::MEETINGS,
        Slot::Money => Icon::MONEY,
        Slot::Choice => Icon::STEP_DONE,
        Slot::Words => icon,
    };
    let (rect, _) = ui.allocate_exact_size(vec2(SLOT, SLOT), Sense::hover());
    ui.painter().rect_filled(rect, CornerRadius::same(theme::CARD_RADIUS), palette.accent_behind);
    paint_icon(ui.painter(), rect.center(), icon, SLOT / 2.0, palette.accent);
}
