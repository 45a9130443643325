//! The pages of a plan's parts: one row for each, in the order of the rail, and what each page remembers of itself.

use std::collections::BTreeMap;

use desk::Desk;
use eframe::egui::Ui;
use seal::{ItemId, PlanId};

use super::{
    about::About,
    actions::Actions,
    agreement::Agreement,
    cards::Cards,
    deciding::Deciding,
    decisions::Decisions,
    goals::Goals,
    money::Money,
    one_page::OnePage,
    small::{Apart, Capacity, Carer, Equipment, Medicines, Mine, Papers, Resources, Shared},
};
use crate::{asks::Asks, kit::Icon};

/// A part's own page.
pub trait PartPage {
    /// Draws it, from its title on.
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks);

    /// Its cards, if it has any that open.
    fn cards(&mut self) -> Option<&mut Cards> {
        None
    }

    /// Opens a record's card to be written in: it was just added, or somebody came here for it.
    fn open(&mut self, item: ItemId) {
        if let Some(cards) = self.cards() {
            cards.open(item);
        }
    }

    /// Closes what is open; Escape was pressed.
    fn close(&mut self) {
        if let Some(cards) = self.cards() {
            cards.close();
        }
    }
}

/// How wide a page gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// One calm column to read and write, and beside it who is here and what changed.
    Column,
    /// Cards and tables.
    Cards,
}

/// What the window knows of a part's page before it is drawn.
#[derive(Debug)]
pub struct Row {
    /// The part's code.
    pub part: &'static str,
    /// What stands beside its name in the rail.
    pub icon: Icon,
    /// How wide it gets.
    pub width: Width,
    /// The page as it is before anybody looked at it.
    begin: fn() -> Box<dyn PartPage>,
}

const fn row<P: PartPage + Default + 'static>(part: &'static str, icon: Icon, width: Width) -> Row {
    Row { part, icon, width, begin: || Box::<P>::default() }
}

/// Every part that has a page, in the order of the rail.
static ROWS: &[Row] = &[
    row::<About>("about-me", Icon::ME, Width::Column),
    row::<OnePage>("one-page", Icon::MINE, Width::Column),
    row::<Deciding>("deciding", Icon::DECIDING, Width::Cards),
    row::<Goals>("goals", Icon::GOALS, Width::Cards),
    row::<Actions>("actions", Icon::ACTIONS, Width::Cards),
    row::<Money>("money", Icon::MONEY, Width::Cards),
    row::<Decisions>("decisions", Icon::DECISIONS, Width::Cards),
    row::<Equipment>("equipment", Icon::EQUIPMENT, Width::Cards),
    row::<Medicines>("medicines", Icon::MEDICINES, Width::Cards),
    row::<Agreement>("agreement", Icon::AGREEMENT, Width::Cards),
    row::<Papers>("papers", Icon::PAPERS, Width::Cards),
    row::<Shared>("sharing", Icon::AGREED, Width::Cards),
    row::<Carer>("carer", Icon::CARER, Width::Cards),
    row::<Capacity>("capacity", Icon::CAPACITY, Width::Cards),
    row::<Apart>("sensitive", Icon::APART, Width::Cards),
    row::<Mine>("mine", Icon::NOTES, Width::Cards),
    row::<Resources>("resources", Icon::RESOURCES, Width::Cards),
];

/// What is known of a part's page, if it has one.
pub fn of(part: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.part == part)
}

/// All of them, in the order of the rail.
pub fn all() -> impl Iterator<Item = &'static Row> {
    ROWS.iter()
}

/// The pages of one window, with what they remember.
pub struct Pages(BTreeMap<&'static str, Box<dyn PartPage>>);

impl Default for Pages {
    fn default() -> Pages {
        Pages(ROWS.iter().map(|row| (row.part, (row.begin)())).collect())
    }
}

impl Pages {
    /// The page of a part, if it has one.
    pub fn of(&mut self, part: &str) -> Option<&mut dyn PartPage> {
        self.0.get_mut(part).map(|page| &mut **page as &mut dyn PartPage)
    }
}
