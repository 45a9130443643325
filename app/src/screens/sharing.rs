//! Who sees what: a table of people and parts in plain words, and below it every decision about sharing as it was signed.
//!
//! Whoever decides about a part changes one cell at a time, says why and until when, and signs it: the form is the asking.
//! Everyone else sees the same table.

mod form;

use circle::{Access, Who};
use desk::{Cell, Desk, Ground, SharedPart};
use eframe::egui::{self, Align, Align2, Layout, Pos2, Rect, Sense, Ui, pos2, text::LayoutJob, vec2};
use seal::{DocId, PersonId, PlanId};
use words::{Say, say, text};

use super::{
    about::access_words,
    pages::{self, Group},
    pair, statements, title,
};
use crate::{
    asks::{Asks, Errand, Page, Place},
    kit::{self, Choice, Face, Icon, Weight, choose, icon_button, paint_disc},
    people, terms,
    theme::{self, Tone, Type, gap},
};

use form::Form;

/// Least room for the name of a part.
const NAMES: f32 = 200.0;
/// Least and most room for one person's column.
const COLUMN: (f32, f32) = (78.0, 112.0);
/// Decisions shown before somebody asks for all.
const LATEST: usize = 6;

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Sharing {
    form: Option<Form>,
    chosen: Option<Who>,
    all: bool,
}

/// One part of the table.
struct Shared<'a> {
    of: &'a SharedPart,
    /// Which of everybody's cells speak of it.
    at: usize,
    group: Group,
    name: String,
}

/// One column of the table: who it speaks of, how they are drawn, and what they are.
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
        let (rows, parts) = (rows(desk, plan, &sharing), parts(desk, plan, &sharing.parts));
        if parts.iter().any(|part| part.of.mine) {
            super::lead(ui, &text("app-sharing-press"));
        }
        kit::card(ui, |ui| {
            if ui.available_width() - NAMES < COLUMN.0 * rows.len() as f32 {
                self.lists(ui, desk, plan, &parts, &rows, asks);
            } else {
                self.table(ui, desk, plan, &parts, &rows, asks);
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

    /// The parts below each other, whoever may have them beside each other.
    fn table(
        &mut self,
        ui: &mut Ui,
        desk: &Desk,
        plan: PlanId,
        parts: &[Shared<'_>],
        rows: &[Row<'_>],
        asks: &mut Asks,
    ) {
        ui.spacing_mut().item_spacing = vec2(0.0, gap::XS);
        let each = ((ui.available_width() - NAMES) / rows.len().max(1) as f32).min(COLUMN.1);
        let names = ui.available_width() - each * rows.len() as f32;
        let heads = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), 84.0));
        ui.horizontal_top(|ui| {
            sized(ui, vec2(names, 84.0), Layout::top_down(Align::Min), |ui| {
                ui.label(theme::soft(ui, Type::Chip, text("app-sharing-in-circle")));
            });
            for row in rows {
                sized(ui, vec2(each, 84.0), Layout::top_down(Align::Center), |ui| head(ui, row));
            }
        });
        let mut group = None;
        for part in parts {
            if group != Some(part.group) {
                group = Some(part.group);
                ui.add_space(gap::S);
                let words = part.group.words();
                let label = ui.label(theme::soft(ui, Type::Chip, &words));
                kit::is_heading(ui, &label, &words);
            }
            kit::rule(ui);
            let noted = rows.iter().any(|row| until(&row.cells[part.at]).is_some());
            let high = if noted { 66.0 } else { theme::TARGET };
            ui.horizontal(|ui| {
                sized(ui, vec2(names, high), Layout::left_to_right(Align::Center), |ui| {
                    ui.set_max_width(names - gap::M);
                    ui.add(egui::Label::new(theme::text(ui, Type::Beside, &part.name)).wrap());
                });
                for row in rows {
                    self.cell(ui, vec2(each, high), row, part);
                }
            });
            for row in rows {
                self.form(ui, desk, plan, part, row, asks);
            }
        }
        // A wrong column would give something to the wrong person.
        kit::stays(ui, heads, ui.min_rect().bottom(), |ui, heads| {
            for (at, row) in rows.iter().enumerate() {
                let left = heads.left() + names + each * at as f32;
                paint_head(ui, Rect::from_min_size(pos2(left, heads.top()), vec2(each, heads.height())), row);
            }
        });
    }

    /// Where there is no room for so many columns: one person is chosen, and below stands what they have.
    fn lists(
        &mut self,
        ui: &mut Ui,
        desk: &Desk,
        plan: PlanId,
        parts: &[Shared<'_>],
        rows: &[Row<'_>],
        asks: &mut Asks,
    ) {
        let open = self.form.as_ref().map(Form::who);
        let chosen = open.or(self.chosen).filter(|chosen| rows.iter().any(|row| row.who == *chosen));
        // Whose plan it is sees everything; what is looked for here is what somebody else has.
        let me = people::me(desk, plan).map(|me| Who::Person(me.id));
        let chosen = chosen.or(rows.iter().find(|row| Some(row.who) != me).map(|row| row.who));
        let who: Vec<Choice<Who>> =
            rows.iter().map(|row| Choice { value: row.who, words: row.name.clone(), tone: Tone::Accent }).collect();
        if let Some(who) = choose(ui, &text("app-sharing-in-circle"), chosen.as_ref(), &who) {
            self.chosen = Some(who);
            self.form = None;
        }
        let Some(row) = rows.iter().find(|row| Some(row.who) == chosen) else { return };
        ui.add_space(gap::S);
        ui.label(theme::soft(ui, Type::Note, &row.note));
        ui.spacing_mut().item_spacing.y = gap::XS;
        let name = Rect::from_min_size(ui.cursor().min - vec2(0.0, 48.0), vec2(ui.available_width(), 48.0));
        for part in parts {
            kit::rule(ui);
            let noted = until(&row.cells[part.at]).is_some();
            let high = if noted { 66.0 } else { theme::TARGET };
            ui.horizontal(|ui| {
                let label = vec2((ui.available_width() - 132.0).max(80.0), high);
                sized(ui, label, Layout::left_to_right(Align::Center), |ui| {
                    ui.add(egui::Label::new(theme::text(ui, Type::Beside, &part.name)).wrap());
                });
                self.cell(ui, vec2(124.0, high), row, part);
            });
            self.form(ui, desk, plan, part, row, asks);
        }
        kit::stays(ui, name, ui.min_rect().bottom(), |ui, place| {
            let middle = pos2(place.left() + 18.0, place.center().y);
            paint_who(ui, middle, 32.0, row);
            let at = pos2(middle.x + 18.0 + gap::S, middle.y);
            let ink = theme::of(ui.ctx()).ink;
            ui.painter().text(at, Align2::LEFT_CENTER, &row.name, Type::BesideStrong.font(), ink);
        });
    }

    /// One cell: what it says, and a press to change it where that is mine to decide.
    fn cell(&mut self, ui: &mut Ui, size: egui::Vec2, row: &Row<'_>, part: &Shared<'_>) {
        let cell = &row.cells[part.at];
        let note = until(cell);
        let said = say(Say::new("app-sharing-cell")
            .with("part", &part.name)
            .with("name", &row.name)
            .with("access", access_words(cell.access)));
        let said = match &note {
            Some(note) => format!("{said}, {note}"),
            None => said,
        };
        let words = match cell.access {
            Access::Suggest => text("app-sharing-offers"),
            Access::Nothing => text("app-sharing-nothing"),
            Access::View | Access::Edit => access_words(cell.access),
        };
        let open = self.form.as_ref().is_some_and(|form| form.is_about(row.who, part.of.doc));
        let may_change = part.of.mine && cell.ground != Ground::Owner;
        let pressed = kit::cell(ui, size, tone(cell.access), &words, note.as_deref(), &said, may_change, open);
        if pressed {
            self.form = if open { None } else { Some(Form::new(row.who, part.of.doc, cell)) };
        }
    }

    fn form(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, part: &Shared<'_>, row: &Row<'_>, asks: &mut Asks) {
        let Some(form) = self.form.as_mut().filter(|form| form.is_about(row.who, part.of.doc)) else { return };
        let about = form::About {
            part: part.name.clone(),
            name: row.name.clone(),
            cell: &row.cells[part.at],
            everyone: everyone(desk, plan, part.of.doc),
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

/// Until when a cell holds, in few words, if it ends.
fn until(cell: &Cell) -> Option<String> {
    let until = cell.agreement()?.until.filter(|_| cell.access > Access::Nothing)?;
    Some(say(Say::new("app-sharing-until").with("day", words::short_day(until.0, desk::now().0))))
}

/// The parts of the table in the order of the rail, each named so that it is told from others of its kind.
fn parts<'a>(desk: &Desk, plan: PlanId, parts: &'a [SharedPart]) -> Vec<Shared<'a>> {
    let all: Vec<&str> = pages::all().map(|row| row.part).collect();
    let group = |part: &SharedPart| pages::of(part.code).map_or(Group::Who, |row| row.group);
    let shared = |(at, of): (usize, &'a SharedPart)| Shared { of, at, group: group(of), name: named(desk, plan, of) };
    let mut parts: Vec<Shared<'a>> = parts.iter().enumerate().map(shared).collect();
    // What has no page of its own, like the cover, comes first.
    parts.sort_by_key(|part| (part.group, all.iter().position(|code| *code == part.of.code).map_or(0, |at| at + 1)));
    parts
}

fn named(desk: &Desk, plan: PlanId, part: &SharedPart) -> String {
    let name = terms::page(desk, plan, part.code);
    let copies = desk.copies(plan, part.code);
    let called = copies.iter().find(|copy| copy.doc == part.doc).map(|copy| copy.called.as_str()).unwrap_or_default();
    let quarter = called.split_once('-').filter(|(year, _)| part.code == "log" && year.len() == 4);
    let which = match quarter {
        Some((year, quarter)) => say(Say::new(match quarter {
            "1" => "app-quarter-first",
            "2" => "app-quarter-second",
            "3" => "app-quarter-third",
            _ => "app-quarter-fourth",
        })
        .with("year", year)),
        None if !called.is_empty() => called.to_owned(),
        None => part.owner.and_then(|owner| desk.called(plan, owner)).unwrap_or_default(),
    };
    if which.is_empty() { name } else { say(Say::new("app-sharing-which").with("part", name).with("which", which)) }
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
        let member = members.iter().find(|member| member.id == *person)?;
        let name = match member.me {
            true => say(Say::new("app-you-too").with("name", &member.name)),
            false => member.name.clone(),
        };
        let facts = [&member.relationship, &member.organisation];
        let mut facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).cloned().collect();
        if facts.is_empty() {
            facts.push(people::standing(member.standing));
        }
        let face = Some(people::face_or_former(desk, plan, member.id));
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

/// The head of a column: a face, and the name below it.
fn head(ui: &mut Ui, row: &Row<'_>) {
    let (rect, response) = ui.allocate_exact_size(vec2(44.0, 42.0), Sense::hover());
    paint_who(ui, rect.center(), 38.0, row);
    response.on_hover_text(&row.note);
    let room = ui.available_width() - gap::S;
    ui.label(name_in(ui, row, room));
}

/// The same where nothing is laid out.
fn paint_head(ui: &Ui, place: Rect, row: &Row<'_>) {
    paint_who(ui, pos2(place.center().x, place.top() + 21.0), 34.0, row);
    let name = ui.painter().layout_job(name_in(ui, row, place.width() - gap::S));
    ui.painter().galley(pos2(place.center().x, place.top() + 42.0), name, theme::of(ui.ctx()).ink);
}

fn name_in(ui: &Ui, row: &Row<'_>, room: f32) -> LayoutJob {
    let mut job = LayoutJob::simple(row.name.clone(), Type::Chip.font(), theme::of(ui.ctx()).ink, room);
    job.wrap.max_rows = 2;
    job.halign = Align::Center;
    job
}

fn paint_who(ui: &Ui, middle: Pos2, size: f32, row: &Row<'_>) {
    let palette = theme::of(ui.ctx());
    match &row.face {
        Some(face) => paint_disc(ui.painter(), palette, middle, size, face),
        None => kit::paint_icon(ui.painter(), middle, Icon::PEOPLE, size * 0.7, palette.soft_ink),
    }
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
        super::people::good_to_know(ui);
        ui.label(theme::soft(ui, Type::Note, text("app-sharing-signed")).line_height(Some(24.0)));
    });
}
