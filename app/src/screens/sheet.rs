//! The recovery sheet: shown once, when its words are made; and words typed in again, wherever somebody is asked for theirs.

use std::path::PathBuf;

use desk::{Ask, Desk};
use eframe::egui::{self, Id, Margin, TextEdit, Ui, vec2};
use node::{
    Pending,
    ask::{self, SheetOf, Words},
};
use seal::{PlanId, RecoveryWords};
use words::{Say, say, text};

use super::title;
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, icon_button},
    paper,
    theme::{self, Tone, Type, gap},
};

/// Words in one row, where there is room.
const COLUMNS: usize = 4;

/// A sheet that waits to be written down. The words are in memory until then, and nowhere else.
#[derive(Default)]
pub enum Paper {
    /// There is none.
    #[default]
    None,
    /// The words are asked for.
    Coming {
        /// Of which plan.
        plan: PlanId,
        /// The answer.
        sheets: Pending<Vec<ask::Sheet>>,
    },
    /// They are shown, one sheet after the other.
    Open {
        /// Of which plan.
        plan: PlanId,
        /// The sheets that are left.
        sheets: Vec<ask::Sheet>,
        /// Whether there is a file to print.
        filed: Filed,
    },
}

/// What became of the file to print.
#[derive(Debug, Default)]
pub enum Filed {
    /// Nobody asked for one.
    #[default]
    Not,
    /// It is there.
    At(PathBuf),
    /// It could not be written, or not be taken away.
    Failed,
}

impl Paper {
    /// Asks for the words that were just made for a plan.
    pub fn fetch(&mut self, desk: &Desk, plan: PlanId) {
        *self = Paper::Coming { plan, sheets: desk.node().ask(ask::TakeSheets { plan }) };
    }

    /// Takes the words in when they come.
    pub fn hear(&mut self) {
        let Paper::Coming { plan, sheets } = self else { return };
        let plan = *plan;
        *self = match sheets.take() {
            None => return,
            Some(Ok(sheets)) if !sheets.is_empty() => Paper::Open { plan, sheets, filed: Filed::Not },
            Some(_) => Paper::None,
        };
    }

    /// Whether something is to be written down before this plan is gone on with.
    pub fn is_open(&self, of: PlanId) -> bool {
        matches!(self, Paper::Open { plan, .. } if *plan == of)
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, desk: &Desk, asks: &mut Asks) {
        let Paper::Open { plan, sheets, filed } = self else { return };
        let Some(sheet) = sheets.first() else { return *self = Paper::None };
        let plan = *plan;
        let whose = match sheet.of {
            SheetOf::Me => desk.name().to_owned(),
            SheetOf::Them => text("common-sheet-them"),
        };
        let named = desk.plans().into_iter().find(|card| card.id == plan).map(|card| card.title);
        let named = named.filter(|title| !title.is_empty()).unwrap_or_else(|| plan.short());
        let day = words::day(desk::now().0);
        let page = exchange::Sheet { whose: &whose, title: &named, day: &day };
        title(ui, &text("common-sheet"), |_| {});
        kit::card(ui, |ui| {
            let whose = Say::new("common-sheet-whose").with("name", whose.as_str()).with("title", named.as_str());
            ui.label(theme::text(ui, Type::Strong, say(whose)));
            table(ui, &sheet.words);
            for key in ["common-sheet-for", "common-sheet-keep", "common-sheet-lost"] {
                ui.label(theme::text(ui, Type::Note, text(key)).line_height(Some(24.0)));
                ui.add_space(gap::XS);
            }
        });
        ui.add_space(gap::L);
        match filed {
            Filed::Not => {}
            Filed::At(path) => {
                let said = say(Say::new("app-sheet-file").with("path", path.display().to_string()));
                kit::toned_card(ui, Tone::Attention, |ui| {
                    kit::icon_line(ui, Icon::WARN, theme::of(ui.ctx()).attention, theme::text(ui, Type::Note, said));
                });
            }
            Filed::Failed => {
                ui.label(theme::text(ui, Type::Note, text("app-sheet-no-file")));
            }
        }
        let mut done = false;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(gap::M, gap::S);
            if icon_button(ui, Weight::Strong, Icon::CHECK, &text("app-sheet-written")).clicked() {
                done = true;
                if sheet.of == SheetOf::Me {
                    asks.push(Ask::SheetWritten { plan });
                }
            }
            if matches!(filed, Filed::Not | Filed::Failed)
                && icon_button(ui, Weight::Plain, Icon::PAPER, &text("app-sheet-print")).clicked()
            {
                *filed = paper::write("recovery-sheet", &exchange::sheet_html(&page, &sheet.words))
                    .map_or(Filed::Failed, Filed::At);
            }
            if icon_button(ui, Weight::Quiet, None, &text("app-sheet-without")).clicked() {
                done = true;
            }
        });
        ui.label(theme::soft(ui, Type::Note, text("app-sheet-once")));
        if done {
            if let Filed::At(path) = std::mem::take(filed)
                && paper::remove(&path).is_err()
            {
                *filed = Filed::Failed;
            }
            sheets.remove(0);
            if sheets.is_empty() {
                *self = Paper::None;
            }
        }
    }
}

/// The words with their numbers, read row by row.
fn table(ui: &mut Ui, words: &RecoveryWords) {
    let columns = if ui.available_width() < theme::COLUMN { COLUMNS / 2 } else { COLUMNS };
    ui.add_space(gap::S);
    egui::Grid::new("recovery words").spacing(vec2(gap::XL, gap::S)).show(ui, |ui| {
        for (at, word) in words.words().iter().enumerate() {
            ui.label(theme::text(ui, Type::Body, format!("{}. {word}", at + 1)));
            if (at + 1) % columns == 0 {
                ui.end_row();
            }
        }
    });
    ui.add_space(gap::S);
}

/// A field for 24 words. What was typed is forgotten as soon as it was read.
#[derive(Default)]
pub struct Typed {
    text: String,
    trouble: Option<String>,
}

impl Typed {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, id: &str) {
        let label = ui.label(theme::soft(ui, Type::Note, text("app-words")));
        let width = ui.available_width();
        let field = TextEdit::multiline(&mut self.text)
            .id(Id::new(id))
            .desired_rows(4)
            .desired_width(width)
            .font(Type::Body.font())
            .text_color(theme::of(ui.ctx()).ink)
            .margin(Margin::symmetric(14, 10));
        ui.add(field).labelled_by(label.id);
        if let Some(trouble) = &self.trouble {
            ui.label(theme::text(ui, Type::Note, trouble).color(theme::of(ui.ctx()).attention));
        }
    }

    /// The words, or a sentence under the field.
    pub fn read(&mut self) -> Option<Words> {
        match RecoveryWords::read(&exchange::words_on(&self.text)) {
            Ok(words) => {
                *self = Typed::default();
                Some(Words::new(words))
            }
            Err(not) => {
                self.trouble = Some(say(exchange::not_words(not)));
                None
            }
        }
    }

    /// Says what was wrong with the words that were read.
    pub fn refused(&mut self, sentence: String) {
        self.trouble = Some(sentence);
    }
}
