//! Who wrote what: each part as a ribbon of people, the latest stretches of writing, and how the circle came together.

use std::collections::BTreeMap;

use desk::Desk;
use eframe::egui::{CornerRadius, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2};
use node::{Pending, ask};
use seal::{PersonId, PlanId};
use words::{Say, say, text};

use super::title;
use crate::{
    kit::{self, Icon, paint_disc},
    people, terms,
    theme::{self, Type, gap},
};

/// Stretches of writing shown; the rest is in `along history`.
const LATEST: usize = 12;

/// One person's edits in one part, one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stretch {
    person: Option<PersonId>,
    part: String,
    edits: usize,
}

/// What the page remembers of itself.
#[derive(Default)]
pub struct History {
    asked: Option<(PlanId, Pending<Vec<ask::HistoryEntry>>)>,
    known: Option<(PlanId, Vec<Stretch>)>,
    stale: bool,
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
                if let Ok(entries) = answer {
                    self.known = Some((about, stretches(desk, about, &entries)));
                }
            }
            return;
        }
        let known = self.known.as_ref().is_some_and(|(about, _)| *about == plan);
        if !known || self.stale {
            self.stale = false;
            self.asked = Some((plan, desk.node().ask(ask::History { plan, doc: None })));
        }
    }

    /// Whether an answer is on its way.
    pub fn is_waiting(&self) -> bool {
        self.asked.is_some()
    }

    /// Draws it.
    pub fn ui(&self, ui: &mut Ui, desk: &Desk, plan: PlanId) {
        title(ui, &text("app-history"), |_| {});
        let Some((_, stretches)) = self.known.as_ref().filter(|(about, _)| *about == plan) else {
            ui.label(theme::soft(ui, Type::Body, text("app-history-reading")));
            return;
        };
        kit::card(ui, |ui| {
            kit::heading(ui, Icon::START, &text("app-history-whose"));
            ribbons(ui, desk, plan, stretches);
        });
        ui.add_space(gap::L);
        kit::card(ui, |ui| {
            kit::heading(ui, Icon::HISTORY, &text("app-history-latest"));
            for stretch in stretches.iter().rev().take(LATEST) {
                line(ui, desk, plan, stretch);
            }
        });
        ui.add_space(gap::L);
        kit::card(ui, |ui| {
            kit::heading(ui, Icon::PEOPLE, &text("app-history-circle"));
            circle(ui, desk, plan);
        });
        ui.add_space(gap::S);
        ui.label(theme::soft(ui, Type::Small, text("app-history-device")));
    }
}

/// Edits in their order, one person's run in one part put together.
fn stretches(desk: &Desk, plan: PlanId, entries: &[ask::HistoryEntry]) -> Vec<Stretch> {
    let Some(ledger) = desk.ledger(plan) else { return Vec::new() };
    let mut found: Vec<Stretch> = Vec::new();
    for entry in entries {
        let part = ledger.document(entry.edit.edit().doc()).map(|document| document.kind.clone()).unwrap_or_default();
        match found.last_mut() {
            Some(last) if last.person == entry.person && last.part == part => last.edits += 1,
            Some(_) | None => found.push(Stretch { person: entry.person, part, edits: 1 }),
        }
    }
    found
}

fn ribbons(ui: &mut Ui, desk: &Desk, plan: PlanId, stretches: &[Stretch]) {
    let palette = theme::of(ui.ctx());
    for part in plan::parts() {
        let mut by: BTreeMap<usize, (String, usize)> = BTreeMap::new();
        for stretch in stretches.iter().filter(|stretch| stretch.part == part.code) {
            let face = stretch.person.and_then(|person| people::face(desk, plan, person));
            let (place, name) = face.map_or((usize::MAX, text("common-someone")), |face| (face.place, face.name));
            by.entry(place).or_insert((name, 0)).1 += stretch.edits;
        }
        let all: usize = by.values().map(|(_, edits)| edits).sum();
        if all == 0 {
            continue;
        }
        let counts: Vec<String> = by
            .values()
            .map(|(name, edits)| say(Say::new("app-history-edits").with("name", name).with("count", *edits)))
            .collect();
        let counts = counts.join(" · ");
        ui.label(theme::text(ui, Type::BesideStrong, terms::part(part.code)));
        let (bar, response) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &counts));
        let mut left = bar.left();
        for (at, (place, (_, edits))) in by.iter().enumerate() {
            let width = bar.width() * (*edits as f32 / all as f32);
            let piece = Rect::from_min_max(pos2(left, bar.top()), pos2(left + width, bar.bottom()));
            let round = |ends: bool| if ends { 8 } else { 0 };
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
            ui.painter().rect_stroke(bar, CornerRadius::same(8), stroke, StrokeKind::Inside);
        }
        ui.label(theme::soft(ui, Type::Small, counts));
        ui.add_space(gap::XS);
    }
}

fn line(ui: &mut Ui, desk: &Desk, plan: PlanId, stretch: &Stretch) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap::M;
        let face = stretch.person.and_then(|person| people::face(desk, plan, person));
        let (rect, _) = ui.allocate_exact_size(vec2(30.0, 34.0), Sense::hover());
        let name = match face {
            Some(face) => {
                paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), 30.0, &face);
                face.name
            }
            None => text("common-someone"),
        };
        let part = terms::part(&stretch.part);
        let sentence = Say::new("app-history-wrote").with("name", name).with("part", part).with("count", stretch.edits);
        ui.label(theme::text(ui, Type::Beside, say(sentence)));
    });
}

/// Who came when, and who let them in.
fn circle(ui: &mut Ui, desk: &Desk, plan: PlanId) {
    let Some(ledger) = desk.ledger(plan) else { return };
    for (place, member) in people::in_order(desk, plan).into_iter().enumerate() {
        let host = ledger.person(member.id).and_then(|person| person.let_in_by);
        let host = host.and_then(|host| people::face(desk, plan, host)).map(|face| face.name);
        let when = words::moment(member.since.0);
        let sentence = match host {
            Some(host) => {
                Say::new("app-history-let-in").with("name", &member.name).with("host", host).with("when", when)
            }
            None => Say::new("app-history-began").with("name", &member.name).with("when", when),
        };
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap::M;
            let (rect, _) = ui.allocate_exact_size(vec2(30.0, 34.0), Sense::hover());
            let face = kit::Face { name: member.name.clone(), place };
            paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), 30.0, &face);
            ui.label(theme::text(ui, Type::Beside, say(sentence)));
        });
    }
}
