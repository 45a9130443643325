//! The parts of a plan: how it is laid out, what that would like to find, and what could be added.

use desk::{Ask, Desk, Fill, Reckoned};
use eframe::egui::{Layout, Ui};
use plan::{
    FieldPath, Part, Value,
    checks::complete::{Found, complete},
    template::Chapter,
};
use seal::PlanId;
use words::{Say, say, text};

use super::{
    begun::{self, begin},
    lead, pages, silence, title,
};
use crate::{
    asks::{Asks, Wish},
    kit::{self, Choice, Icon, Weight, choose, said_button},
    terms,
    theme::{self, Tone, Type, gap},
};

/// What the page remembers of itself.
#[derive(Default)]
pub struct Parts {
    complete: Reckoned<Vec<(&'static str, Found)>>,
    silent: Reckoned<Vec<&'static str>>,
}

impl Parts {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        title(ui, &text("app-parts"), |_| {});
        self.laid_out(ui, desk, plan, asks);
        ui.add_space(gap::XL);
        if silence::card(ui, self.silent.of(desk, plan, |whole| silence::parts(desk, plan, whole))) {
            ui.add_space(gap::XL);
        }
        chapters(ui, desk, plan, asks);
        newer(ui, desk, plan);
        offered(ui, desk, plan, asks);
        to_ask_for(ui, desk, plan, asks);
    }

    /// The template, and what of it is there. Changing it changes no word.
    fn laid_out(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let now = desk.template(plan);
        let standing = desk.people(plan).into_iter().find(|member| member.me).map(|me| me.standing);
        let sees_all = standing.is_some_and(circle::Standing::owns_the_plan);
        kit::card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = gap::M;
            let all: Vec<Choice<&str>> = plan::templates()
                .iter()
                .map(|template| Choice {
                    value: template.code,
                    words: words::label(template.label),
                    tone: Tone::Accent,
                })
                .collect();
            let may = desk.access(plan, "cover") == circle::Access::Edit;
            if may {
                if let Some(code) = choose(ui, &text("app-parts-template"), Some(&now.code), &all)
                    && let Ok(field) = "cover.template".parse::<FieldPath>()
                {
                    asks.push(Ask::Set { plan, field, fill: Fill::Value(Value::Choice(code.to_owned())) });
                }
                ui.label(theme::soft(ui, Type::Note, text("app-parts-template-why")));
            } else {
                ui.label(theme::soft(ui, Type::Note, text("app-parts-template")));
                ui.label(theme::text(ui, Type::Strong, words::label(now.label)));
            }
            kit::rule(ui);
            let found = self.complete.of(desk, plan, |whole| complete(desk.template(plan), whole));
            let there = found.iter().filter(|(_, found)| *found == Found::There).count();
            let count = say(Say::new("app-parts-found").with("there", there).with("all", found.len()));
            ui.label(theme::text(ui, Type::Strong, count));
            for (label, found) in found {
                // Whoever has the say over the plan has every part there is: what is not at hand is not there yet.
                let found = if sees_all && *found == Found::Elsewhere { Found::Missing } else { *found };
                ask(ui, &words::label(label), found);
            }
        });
    }
}

/// The chapters of this kind of plan: what each is called here, what one might write, and the way to where it is written.
fn chapters(ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
    let heading = text("checks-chapters");
    let label = ui.label(theme::text(ui, Type::Section, &heading));
    kit::is_heading(ui, &label, &heading);
    ui.add_space(gap::S);
    kit::card(ui, |ui| {
        for (at, chapter) in desk.template(plan).chapters.iter().enumerate() {
            if at > 0 {
                kit::rule(ui);
            }
            let (label, hint) = (words::label(chapter.label), words::hint(chapter.label));
            let terms = words::explained([label.as_str(), hint.as_deref().unwrap_or_default()]);
            kit::explain::beside(ui, &label, &terms, |ui| ui.label(theme::text(ui, Type::Strong, &label)));
            if let Some(hint) = hint {
                ui.label(theme::soft(ui, Type::Note, hint));
            }
            ui.push_id(chapter.label, |ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing.x = gap::M;
                    for part in chapter.parts.iter().filter_map(|code| plan::part(code)) {
                        way_to(ui, desk, plan, part, chapter, asks);
                    }
                });
            });
        }
    });
    ui.add_space(gap::XL);
}

/// The way to a part that is there, or that whoever sits here could begin.
fn way_to(ui: &mut Ui, desk: &Desk, plan: PlanId, part: &'static Part, chapter: &Chapter, asks: &mut Asks) {
    let (Some(row), name) = (pages::of(part.code), terms::page(desk, plan, part.code)) else { return };
    if desk.document(plan, part.code).is_some() {
        // Several chapters lead to one page, each to what it is about.
        let said = match chapter.area {
            Some(_) => {
                let chapter = words::label(chapter.label);
                say(Say::new("checks-chapter-go-area").with("part", &name).with("chapter", chapter))
            }
            None => say(Say::new("checks-chapter-go").with("part", &name)),
        };
        if said_button(ui, Weight::Quiet, row.icon, &name, &said).clicked() {
            asks.wish(Wish::Area(plan, row.part, chapter.area));
        }
    } else if desk.may_begin(plan, part.code) {
        let said = say(Say::new("checks-chapter-begin").with("part", &name));
        if said_button(ui, Weight::Quiet, Icon::ADD, &name, &said).clicked() {
            begin(plan, part, asks);
        }
    } else {
        ui.label(theme::soft(ui, Type::Note, name));
    }
}

/// One thing that the template would like to find, and whether it is there.
fn ask(ui: &mut Ui, words: &str, found: Found) {
    let palette = theme::of(ui.ctx());
    let (icon, colour, said) = match found {
        Found::There => (Icon::CHECK, palette.calm, "app-parts-there"),
        Found::Missing => (Icon::MISSING, palette.not_yet, "app-parts-missing"),
        Found::Elsewhere => (Icon::ELSEWHERE, palette.soft_ink, "app-parts-elsewhere"),
    };
    let line = say(Say::new(said).with("what", words));
    kit::icon_line(ui, icon, colour, theme::text(ui, Type::Body, line));
}

/// Parts that only a newer version can show: they are kept, and passed on to whoever may have them.
fn newer(ui: &mut Ui, desk: &Desk, plan: PlanId) {
    let newer = desk.newer_parts(plan);
    if newer.is_empty() {
        return;
    }
    let heading = text("app-parts-newer");
    let label = ui.label(theme::text(ui, Type::Section, &heading));
    kit::is_heading(ui, &label, &heading);
    lead(ui, &text("app-parts-newer-why"));
    kit::card(ui, |ui| {
        for name in &newer {
            let soft = theme::of(ui.ctx()).soft_ink;
            kit::icon_line(ui, Icon::PAPER, soft, theme::text(ui, Type::Body, words::label(name)));
        }
    });
    ui.add_space(gap::XL);
}

/// What whoever sits here could begin, in the order of the template.
fn offered(ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
    let offered: Vec<&'static Part> =
        desk.offered(plan).into_iter().filter(|part| pages::of(part.code).is_some()).collect();
    if offered.is_empty() {
        return;
    }
    let heading = text("app-parts-offered");
    let label = ui.label(theme::text(ui, Type::Section, &heading));
    kit::is_heading(ui, &label, &heading);
    lead(ui, &text("app-parts-offered-why"));
    kit::card(ui, |ui| {
        for (at, part) in offered.into_iter().enumerate() {
            if at > 0 {
                kit::rule(ui);
            }
            let Some(row) = pages::of(part.code) else { continue };
            let name = terms::page(desk, plan, part.code);
            ui.horizontal(|ui| {
                ui.with_layout(Layout::right_to_left(eframe::egui::Align::Center), |ui| {
                    let said = say(Say::new("app-parts-begin-this").with("part", &name));
                    if said_button(ui, Weight::Plain, Icon::ADD, &text("app-parts-begin"), &said).clicked() {
                        begin(plan, part, asks);
                    }
                    ui.with_layout(Layout::left_to_right(eframe::egui::Align::Center), |ui| {
                        kit::paint_icon_beside(ui, row.icon);
                        ui.add(eframe::egui::Label::new(theme::text(ui, Type::Body, &name)).wrap());
                    });
                });
            });
        }
    });
}

/// What I would usually write in and cannot begin: it can be asked for.
fn to_ask_for(ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
    let wanted = begun::to_ask_for(desk, plan);
    if wanted.is_empty() {
        return;
    }
    ui.add_space(gap::XL);
    let heading = text("begun-ask-for");
    let label = ui.label(theme::text(ui, Type::Section, &heading));
    kit::is_heading(ui, &label, &heading);
    lead(ui, &text("begun-ask-for-why"));
    kit::card(ui, |ui| {
        for (at, part) in wanted.into_iter().enumerate() {
            if at > 0 {
                kit::rule(ui);
            }
            let Some(row) = pages::of(part.code) else { continue };
            let accent = theme::of(ui.ctx()).accent;
            let name = terms::page(desk, plan, part.code);
            ui.push_id(part.code, |ui| {
                kit::icon_line(ui, row.icon, accent, theme::text(ui, Type::Body, &name));
                begun::ask_for(ui, desk, plan, part, asks);
            });
        }
    });
}
