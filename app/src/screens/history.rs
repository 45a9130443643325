//! Who wrote what: each part as a ribbon of people; and what happened, stretches of writing and what was signed between.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use circle::Ledger;
use desk::{Came, Coming, Desk, Said};
use eframe::egui::{CornerRadius, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2};
use node::{Pending, ask};
use seal::{PersonId, PlanId, Time};
use words::{Say, say, text};

use super::{statements, title};
use crate::{
    kit::{self, Icon, Weight, icon_button, paint_disc},
    people, terms,
    theme::{self, Type, gap},
};

/// How long what is known rests while others write.
const REST: Duration = Duration::from_secs(1);

/// Lines shown at first, and more each time somebody asks.
const LATEST: usize = 12;

/// One person's edits in one part, one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stretch {
    person: Option<PersonId>,
    part: String,
    edits: usize,
    /// When the last of them was written, by its author's clock.
    at: Time,
}

/// One line of what happened.
enum Line<'a> {
    Wrote(&'a Stretch),
    Signed(&'a Said),
}

/// What the page remembers of itself.
#[derive(Default)]
pub struct History {
    asked: Option<(PlanId, Pending<Vec<ask::HistoryEntry>>)>,
    coming: Option<(PlanId, Coming<Vec<Stretch>>)>,
    /// When what is known came.
    since: Option<Instant>,
    known: Option<(PlanId, Vec<Stretch>)>,
    stale: bool,
    more: usize,
}

impl History {
    /// Something was written: what is known is old.
    pub fn touch(&mut self) {
        self.stale = true;
    }

    /// Asks for what is not known yet and takes in what came. Never waits.
    pub fn hear(&mut self, desk: &Desk, plan: PlanId) {
        if let Some((about, pending)) = &mut self.asked {
            if let Some(answer) = pending.take() {
                let about = *about;
                self.asked = None;
                // Years of edits are put together away from the window.
                if let (Ok(entries), Some(ledger)) = (answer, desk.ledger(about)) {
                    let ledger = Arc::clone(ledger);
                    let coming = desk.aside(about, move || stretches(&ledger, &entries));
                    self.stale |= coming.is_none();
                    self.coming = coming.map(|coming| (about, coming));
                }
            }
            return;
        }
        if let Some((about, coming)) = &mut self.coming {
            match coming.take() {
                Came::NotYet => return,
                Came::Here(stretches) => self.known = Some((*about, stretches)),
                Came::Never => {}
            }
            self.coming = None;
            self.since = Some(Instant::now());
        }
        let known = self.known.as_ref().is_some_and(|(about, _)| *about == plan);
        // While others write, all of it is asked for again now and then, and not at every letter.
        if known && self.since.is_some_and(|since| since.elapsed() < REST) {
            return;
        }
        if !known || self.stale {
            self.stale = false;
            self.asked = Some((plan, desk.node().ask(ask::History { plan, doc: None })));
        }
    }

    /// Whether an answer is on its way.
    pub fn is_waiting(&self) -> bool {
        self.asked.is_some() || self.coming.is_some() || self.stale
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId) {
        title(ui, &text("app-history"), |_| {});
        let Some((_, stretches)) = self.known.as_ref().filter(|(about, _)| *about == plan) else {
            ui.label(theme::soft(ui, Type::Body, text("app-history-reading")));
            return;
        };
        let said = desk::folded(desk.said(plan));
        let mut lines: Vec<Line<'_>> = stretches.iter().map(Line::Wrote).chain(said.iter().map(Line::Signed)).collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.at()));
        kit::card(ui, |ui| {
            kit::heading(ui, Icon::HISTORY, &text("app-history-latest"));
            let shown = LATEST * (self.more + 1);
            for line in lines.iter().take(shown) {
                match line {
                    Line::Wrote(stretch) => wrote(ui, desk, plan, stretch),
                    Line::Signed(said) => statements::line(ui, desk, plan, said),
                }
            }
            if lines.len() > shown && icon_button(ui, Weight::Quiet, Icon::MORE, &text("app-history-more")).clicked() {
                self.more += 1;
            }
        });
        ui.add_space(gap::L);
        kit::card(ui, |ui| {
            kit::heading(ui, Icon::START, &text("app-history-whose"));
            ribbons(ui, desk, plan, stretches);
        });
        ui.add_space(gap::S);
        ui.label(theme::soft(ui, Type::Small, text("app-history-device")));
    }
}

impl Line<'_> {
    fn at(&self) -> Time {
        match self {
            Line::Wrote(stretch) => stretch.at,
            Line::Signed(said) => said.at,
        }
    }
}

/// Edits in their order, one person's run in one part put together.
fn stretches(ledger: &Ledger, entries: &[ask::HistoryEntry]) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for entry in entries {
        let part = ledger.document(entry.edit.edit().doc()).map(|document| document.kind.clone()).unwrap_or_default();
        let at = plan::door::written_at(entry.edit.edit().bytes()).unwrap_or_default();
        match found.last_mut() {
            Some(last) if last.person == entry.person && last.part == part => {
                last.edits += 1;
                last.at = last.at.max(at);
            }
            Some(_) | None => found.push(Stretch { person: entry.person, part, edits: 1, at }),
        }
    }
    found
}

/// Each part that somebody wrote in, two beside each other where there is room: the whole plan in one look.
fn ribbons(ui: &mut Ui, desk: &Desk, plan: PlanId, stretches: &[Stretch]) {
    let mut parts = Vec::new();
    for part in plan::parts() {
        let mut by: BTreeMap<usize, (String, usize)> = BTreeMap::new();
        for stretch in stretches.iter().filter(|stretch| stretch.part == part.code) {
            let face = stretch.person.map(|person| people::face_or_former(desk, plan, person));
            let (place, name) = face.map_or((usize::MAX, text("common-someone")), |face| (face.place, face.name));
            by.entry(place).or_insert((name, 0)).1 += stretch.edits;
        }
        if !by.is_empty() {
            parts.push((terms::page(desk, plan, part.code), by));
        }
    }
    kit::columns(ui, parts.len(), 360.0, |ui, at| ribbon(ui, &parts[at].0, &parts[at].1));
}

fn ribbon(ui: &mut Ui, part: &str, by: &BTreeMap<usize, (String, usize)>) {
    let palette = theme::of(ui.ctx());
    let all: usize = by.values().map(|(_, edits)| edits).sum();
    let counts: Vec<String> = by
        .values()
        .map(|(name, edits)| say(Say::new("app-history-edits").with("name", name).with("count", *edits)))
        .collect();
    let counts = counts.join(" · ");
    ui.label(theme::text(ui, Type::BesideStrong, part));
    let (bar, response) = ui.allocate_exact_size(vec2(ui.available_width(), 12.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &counts));
    let mut left = bar.left();
    for (at, (place, (_, edits))) in by.iter().enumerate() {
        let width = bar.width() * (*edits as f32 / all.max(1) as f32);
        let piece = Rect::from_min_max(pos2(left, bar.top()), pos2(left + width, bar.bottom()));
        let round = |ends: bool| if ends { 6 } else { 0 };
        let (first, last) = (round(at == 0), round(at + 1 == by.len()));
        let radius = CornerRadius { nw: first, sw: first, ne: last, se: last };
        ui.painter().rect_filled(piece, radius, palette.people[place % palette.people.len()]);
        if at > 0 {
            ui.painter().vline(left, bar.y_range(), Stroke::new(2.0, palette.surface));
        }
        left += width;
    }
    if palette.hairline > 1.0 {
        let stroke = Stroke::new(palette.hairline, palette.edge);
        ui.painter().rect_stroke(bar, CornerRadius::same(6), stroke, StrokeKind::Inside);
    }
    ui.label(theme::soft(ui, Type::Small, counts));
}

fn wrote(ui: &mut Ui, desk: &Desk, plan: PlanId, stretch: &Stretch) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap::M;
        let face = stretch.person.map(|person| people::face_or_former(desk, plan, person));
        let (rect, _) = ui.allocate_exact_size(vec2(30.0, 34.0), Sense::hover());
        let name = match face {
            Some(face) => {
                paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), 30.0, &face);
                face.name
            }
            None => text("common-someone"),
        };
        let part = terms::page(desk, plan, &stretch.part);
        let sentence = Say::new("app-history-wrote").with("name", name).with("part", part).with("count", stretch.edits);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.add_space(4.0);
            ui.label(theme::text(ui, Type::Beside, say(sentence)));
            ui.label(theme::soft(ui, Type::Small, words::about(stretch.at.0, desk::now().0)));
        });
    });
}
