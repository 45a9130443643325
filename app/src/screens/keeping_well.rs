//! Keeping well: a calm column from what somebody is like when they are well to what helps afterwards. Each list is read until
//! somebody wants to change it.

use desk::Desk;
use eframe::egui::{Sense, Ui, vec2};
use seal::{ItemId, PlanId};
use words::{Say, say, text};

use super::{
    fields::{Record, rows, set_typed},
    pages::PartPage,
    part_title,
};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, paint_icon, said_button},
    people, terms,
    text::SharedText,
    theme::{self, Tone, Type, gap},
};

const PART: &str = "keeping-well";

/// A list of the part: its code, the picture before each line, and how pressing it is.
struct Section {
    list: &'static str,
    icon: Icon,
    tone: Tone,
}

const EVERY_DAY: Section = Section { list: "every-day", icon: Icon::CHECK, tone: Tone::Calm };
const TRIGGERS: Section = Section { list: "triggers", icon: Icon::TRIGGER, tone: Tone::Accent };
const SIGNS: Section = Section { list: "early-signs", icon: Icon::SIGN, tone: Tone::NotYet };
const DOWN: Section = Section { list: "breaking-down", icon: Icon::CONTINGENCY, tone: Tone::Attention };

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct KeepingWell {
    /// The list that is open to be written in.
    open: Option<&'static str>,
    /// A record somebody came here for.
    wanted: Option<ItemId>,
}

impl PartPage for KeepingWell {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        part_title(ui, part, None, asks);
        if let Some(wanted) = self.wanted.take() {
            let holds = |section: &&Section| part.records(section.list).iter().any(|one| one.item == Some(wanted));
            self.open = [EVERY_DAY, TRIGGERS, SIGNS, DOWN].iter().find(holds).map(|section| section.list);
        }
        words_of(ui, part, "like-when-well", Icon::WELL, asks);
        self.section(ui, part, &EVERY_DAY, asks);
        self.section(ui, part, &TRIGGERS, asks);
        self.section(ui, part, &SIGNS, asks);
        self.section(ui, part, &DOWN, asks);
        words_of(ui, part, "wishes", Icon::NEEDS, asks);
        words_of(ui, part, "afterwards", Icon::FRONT, asks);
        ui.add_space(gap::L);
        if part.is_mine() {
            set_typed(ui, part, "updated", asks);
        } else if let Some(day) = part.date("updated") {
            let words = say(Say::new("needs-well-updated").with("day", words::date(&day.to_string())));
            ui.label(theme::soft(ui, Type::Note, words));
        }
        ui.label(theme::soft(ui, Type::Note, people::to_whom(desk, plan, "needs-well-honest", "needs-well-honest-of")));
    }

    fn open(&mut self, item: ItemId) {
        self.wanted = Some(item);
    }

    fn close(&mut self) {
        self.open = None;
    }
}

impl KeepingWell {
    /// One list: to be read, or to be written.
    fn section(&mut self, ui: &mut Ui, part: Record<'_>, section: &Section, asks: &mut Asks) {
        let Some(words) = part.list(section.list).map(|list| words::label(list.describe().label)) else { return };
        let all = part.records(section.list);
        if all.is_empty() && !part.is_mine() {
            return;
        }
        ui.add_space(gap::M);
        let is_open = self.open == Some(section.list);
        if all.is_empty() && !is_open {
            if kit::empty_card(ui, &words).clicked() {
                self.open = Some(section.list);
                part.add(section.list, Vec::new(), asks);
            }
            return;
        }
        kit::card(ui, |ui| {
            if is_open {
                ui.spacing_mut().item_spacing.y = gap::M;
                let codes: &[&str] = if section.list == EVERY_DAY.list { &["what"] } else { &["what", "i-do"] };
                rows(ui, part, section.list, codes, asks);
                let said = say(Say::new("needs-see-done").with("what", &words));
                if said_button(ui, Weight::Strong, Icon::DONE, &text("common-done"), &said).clicked() {
                    self.open = None;
                }
                return;
            }
            let heading = ui.label(theme::text(ui, Type::Section, &words));
            kit::is_heading(ui, &heading, &words);
            let is_said = |one: &&Record<'_>| !one.line("what").is_empty() || !one.line("i-do").is_empty();
            for one in all.iter().filter(is_said) {
                row(ui, *one, section);
            }
            let said = say(Say::new("app-change-this").with("what", &words));
            if part.is_mine() && said_button(ui, Weight::Quiet, Icon::EDIT, &text("app-change"), &said).clicked() {
                self.open = Some(section.list);
            }
        });
    }
}

/// A line, and below it what somebody does then.
fn row(ui: &mut Ui, one: Record<'_>, section: &Section) {
    let ink = theme::of(ui.ctx()).tone(section.tone).0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap::M;
        let side = Type::Body.line_height();
        let (rect, _) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
        paint_icon(ui.painter(), rect.center(), section.icon, 20.0, ink);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = gap::XS;
            let what = one.line("what");
            let what = if what.is_empty() { text("common-no-words-yet") } else { what };
            let do_then = if section.list == EVERY_DAY.list { String::new() } else { one.line("i-do") };
            let size = if do_then.is_empty() { Type::Body } else { Type::Strong };
            ui.label(theme::text(ui, size, what).line_height(Some(side)));
            if !do_then.is_empty() {
                ui.label(theme::text(ui, Type::Body, do_then).line_height(Some(side)));
            }
        });
    });
}

/// One of the part's own texts, below its heading.
fn words_of(ui: &mut Ui, part: Record<'_>, field: &str, icon: Icon, asks: &mut Asks) {
    let Some(path) = part.path(field) else { return };
    let label = terms::field(PART, field);
    let hint = terms::hint(PART, field);
    if !part.is_mine() && part.text(field).is_empty() {
        return;
    }
    ui.add_space(gap::M);
    kit::heading(ui, icon, &label);
    let Record { plan, within, .. } = part;
    SharedText { plan, within, field: path, label: &label, hint: &hint, rows: 2, size: Type::Body }
        .show_all(ui, part.desk, asks);
}
