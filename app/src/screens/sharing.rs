//! Who sees what: a table of people and parts in plain words, and below it every decision about sharing as it was signed.
//!
//! Whoever decides about a part changes one cell at a time, says why and until when, and signs it: the form is the asking.
//! Everyone else sees the same table.

mod form;

use circle::{Access, Who};
use desk::{Cell, Desk, Ground, SharedPart};
use eframe::egui::{self, Align, Layout, Sense, Ui, vec2};
use seal::{DocId, PersonId, PlanId};
use words::{Say, say, text};

use super::{about::access_words, pair, statements, title};
use crate::{
    asks::{Asks, Errand, Page, Place},
    kit::{self, Face, Icon, Weight, icon_button, paint_disc},
    people, terms,
    theme::{self, Tone, Type, gap},
};

use form::Form;

/// Below this there is no room for columns: each person has a list of parts.
const COLUMNS_FROM: f32 = 560.0;
/// Least room for a name.
const NAMES: f32 = 190.0;
/// Decisions shown before somebody asks for all.
const LATEST: usize = 6;

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Sharing {
    form: Option<Form>,
    all: bool,
}

/// One row of the table: who it speaks of, how they are drawn, and what stands under their name.
struct Row<'a> {
    who: Who,
    face: Option<Face>,
    name: String,
    note: String,
    cells: &'a [Cell],
}

impl Sharing {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let Some(sharing) = desk.sharing(plan) else { return };
        let may_invite = people::me(desk, plan).is_some_and(|me| me.standing <= circle::Standing::Coordinator);
        title(ui, &text("app-sharing"), |ui| {
            if may_invite && icon_button(ui, Weight::Strong, Icon::INVITE, &text("app-invite")).clicked() {
                asks.go(Place::Plan(plan, Page::People));
            }
        });
        let rows = rows(desk, plan, &sharing);
        kit::card(ui, |ui| {
            if ui.available_width() < COLUMNS_FROM {
                self.lists(ui, desk, plan, &sharing.parts, &rows, asks);
            } else {
                self.table(ui, desk, plan, &sharing.parts, &rows, asks);
            }
        });
        if sharing.parts.iter().all(|part| !part.mine) {
            ui.add_space(gap::S);
            ui.label(theme::soft(ui, Type::Note, text("app-sharing-read-only")));
        }
        ui.add_space(gap::L);
        let all = &mut self.all;
        pair(ui, 0.62, |ui| decisions(ui, desk, plan, all), good_to_know);
    }

    /// Puts the form away.
    pub fn close(&mut self) {
        self.form = None;
    }

    /// What was asked for last is signed.
    pub fn done(&mut self) {
        self.form = None;
    }

    /// What was asked for last was refused.
    pub fn failed(&mut self, sentence: String) {
        if let Some(form) = &mut self.form {
            form.failed(sentence);
        }
    }

    fn table(
        &mut self,
        ui: &mut Ui,
        desk: &Desk,
        plan: PlanId,
        parts: &[SharedPart],
        rows: &[Row<'_>],
        asks: &mut Asks,
    ) {
        ui.spacing_mut().item_spacing = vec2(0.0, gap::XS);
        let names = (ui.available_width() * 0.34).max(NAMES);
        let width = (ui.available_width() - names) / parts.len().max(1) as f32;
        ui.horizontal(|ui| {
            sized(ui, vec2(names, 34.0), Layout::left_to_right(Align::Center), |ui| {
                ui.label(theme::soft(ui, Type::Chip, text("app-sharing-in-circle")));
            });
            for part in parts {
                sized(ui, vec2(width, 34.0), Layout::centered_and_justified(egui::Direction::TopDown), |ui| {
                    let words = theme::soft(ui, Type::Chip, terms::part(part.code));
                    ui.add(egui::Label::new(words).wrap());
                });
            }
        });
        for row in rows {
            kit::rule(ui);
            ui.horizontal(|ui| {
                sized(ui, vec2(names, 58.0), Layout::left_to_right(Align::Center), |ui| name(ui, row));
                for (part, cell) in parts.iter().zip(row.cells) {
                    self.cell(ui, vec2(width, 58.0), row, part, cell);
                }
            });
            self.form(ui, desk, plan, parts, row, asks);
        }
    }

    fn lists(
        &mut self,
        ui: &mut Ui,
        desk: &Desk,
        plan: PlanId,
        parts: &[SharedPart],
        rows: &[Row<'_>],
        asks: &mut Asks,
    ) {
        ui.spacing_mut().item_spacing.y = gap::XS;
        for (place, row) in rows.iter().enumerate() {
            if place > 0 {
                kit::rule(ui);
            }
            ui.horizontal(|ui| {
                let width = ui.available_width();
                sized(ui, vec2(width, 58.0), Layout::left_to_right(Align::Center), |ui| name(ui, row));
            });
            for (part, cell) in parts.iter().zip(row.cells) {
                ui.horizontal(|ui| {
                    let label = vec2((ui.available_width() - 150.0).max(80.0), theme::TARGET);
                    sized(ui, label, Layout::left_to_right(Align::Center), |ui| {
                        ui.add_space(52.0);
                        ui.label(theme::text(ui, Type::Beside, terms::part(part.code)));
                    });
                    self.cell(ui, vec2(142.0, theme::TARGET), row, part, cell);
                });
            }
            self.form(ui, desk, plan, parts, row, asks);
        }
    }

    /// One cell: what it says, and a press to change it where that is mine to decide.
    fn cell(&mut self, ui: &mut Ui, size: egui::Vec2, row: &Row<'_>, part: &SharedPart, cell: &Cell) {
        let words = access_words(cell.access);
        let tone = tone(cell.access);
        let note = cell.agreement().and_then(|agreement| agreement.until).filter(|_| cell.access > Access::Nothing);
        let note =
            note.map(|until| say(Say::new("app-sharing-until").with("day", words::short_day(until.0, desk::now().0))));
        let said = say(Say::new("app-sharing-cell")
            .with("part", terms::part(part.code))
            .with("name", &row.name)
            .with("access", &words));
        let said = match &note {
            Some(note) => format!("{said}, {note}"),
            None => said,
        };
        let open = self.form.as_ref().is_some_and(|form| form.is_about(row.who, part.doc));
        let may_change = part.mine && cell.ground != Ground::Owner;
        let pressed = kit::cell(ui, size, tone, &words, note.as_deref(), &said, may_change, open);
        if pressed {
            self.form = if open { None } else { Some(Form::new(row.who, part.doc, cell)) };
        }
    }

    fn form(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, parts: &[SharedPart], row: &Row<'_>, asks: &mut Asks) {
        let Some(form) = self.form.as_mut().filter(|form| form.who() == row.who) else { return };
        let Some((part, cell)) = parts.iter().zip(row.cells).find(|(part, _)| part.doc == form.doc()) else { return };
        let about = form::About {
            part: terms::part(part.code),
            name: row.name.clone(),
            cell,
            everyone: everyone(desk, plan, part.doc),
        };
        match form.ui(ui, plan, &about) {
            form::Went::On => {}
            form::Went::Away => self.form = None,
            form::Went::Asked(ask) => asks.send(Errand::Sharing, ask),
        }
        if self.form.is_some() {
            ui.add_space(gap::S);
        }
    }
}

/// What everyone may do with a part.
fn everyone(desk: &Desk, plan: PlanId, doc: DocId) -> Access {
    let Some(sharing) = desk.sharing(plan) else { return Access::Nothing };
    let at = sharing.parts.iter().position(|part| part.doc == doc);
    at.and_then(|at| sharing.everyone.get(at)).map_or(Access::Nothing, |cell| cell.access)
}

fn rows<'a>(desk: &Desk, plan: PlanId, sharing: &'a desk::Sharing) -> Vec<Row<'a>> {
    let members = people::in_order(desk, plan);
    let row = |(person, cells): (&PersonId, &'a Vec<Cell>)| {
        let place = members.iter().position(|member| member.id == *person)?;
        let member = &members[place];
        let name = match member.me {
            true => say(Say::new("app-you-too").with("name", &member.name)),
            false => member.name.clone(),
        };
        let facts = [&member.relationship, &member.organisation];
        let mut facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).cloned().collect();
        if facts.is_empty() {
            facts.push(people::standing(member.standing));
        }
        let face = Some(Face { name: member.name.clone(), place });
        Some(Row { who: Who::Person(*person), face, name, note: facts.join(" · "), cells })
    };
    let mut rows: Vec<Row<'a>> = sharing.people.iter().zip(&sharing.cells).filter_map(row).collect();
    rows.push(Row {
        who: Who::Everyone,
        face: None,
        name: text("common-everyone"),
        note: text("app-sharing-everyone-why"),
        cells: &sharing.everyone,
    });
    rows
}

fn name(ui: &mut Ui, row: &Row<'_>) {
    ui.spacing_mut().item_spacing = vec2(gap::M, 0.0);
    let (rect, _) = ui.allocate_exact_size(vec2(40.0, 44.0), Sense::hover());
    match &row.face {
        Some(face) => paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), 40.0, face),
        None => kit::paint_icon(ui.painter(), rect.center(), Icon::PEOPLE, 26.0, theme::of(ui.ctx()).soft_ink),
    }
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        // Both lines stand in the middle of the row together.
        ui.add_space(((ui.available_height() - 46.0) / 2.0).max(0.0));
        ui.add(egui::Label::new(theme::text(ui, Type::Strong, &row.name)).truncate());
        ui.add(egui::Label::new(theme::soft(ui, Type::Small, &row.note)).truncate());
    });
}

fn tone(access: Access) -> Option<Tone> {
    match access {
        Access::Edit => Some(Tone::Accent),
        Access::Suggest => Some(Tone::NotYet),
        Access::View => Some(Tone::Plain),
        Access::Nothing => None,
    }
}

fn sized(ui: &mut Ui, size: egui::Vec2, layout: Layout, inside: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_size(size);
        ui.set_max_width(size.x);
        inside(ui);
    });
}

/// Every decision about sharing, newest first, as whoever may read the part can read it.
fn decisions(ui: &mut Ui, desk: &Desk, plan: PlanId, all: &mut bool) {
    let mut said = desk.said(plan);
    said.retain(|one| matches!(one.kind, "share" | "unshare" | "refuse"));
    let mut said = desk::folded(said);
    said.reverse();
    kit::card(ui, |ui| {
        kit::heading(ui, Icon::PAPER, &text("app-sharing-agreed"));
        if said.is_empty() {
            ui.label(theme::soft(ui, Type::Note, text("app-sharing-none")));
        }
        let shown = if *all { said.len() } else { LATEST };
        statements::list(ui, desk, plan, said.iter().take(shown));
        if said.len() > shown {
            let more = say(Say::new("app-sharing-more").with("count", said.len() - shown));
            if icon_button(ui, Weight::Quiet, Icon::MORE, &more).clicked() {
                *all = true;
            }
        }
    });
}

fn good_to_know(ui: &mut Ui) {
    kit::card(ui, |ui| {
        kit::heading(ui, Icon::INFO, &text("app-good-to-know"));
        ui.label(theme::text(ui, Type::Note, text("app-people-copies")).line_height(Some(24.0)));
        ui.label(theme::soft(ui, Type::Note, text("app-sharing-signed")).line_height(Some(24.0)));
    });
}
