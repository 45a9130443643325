//! The pages of a plan's parts: one row for each, in the order of the rail, and what each page remembers of itself.

use std::collections::BTreeMap;

use desk::Desk;
use eframe::egui::{Context, Ui};
use plan::ListPath;
use seal::{ItemId, PlanId};

use super::{
    about::About,
    actions::Actions,
    agreement::Agreement,
    cards::Cards,
    circle::Circle,
    coalition::Coalition,
    contingency::Contingency,
    cover::Cover,
    deciding::Deciding,
    decisions::Decisions,
    evidence::Evidence,
    goals::Goals,
    happened::Happened,
    keeping_well::KeepingWell,
    learning::Learning,
    meetings::Meetings,
    money::Money,
    needs::Needs,
    offers,
    one_page::OnePage,
    person_centred::PersonCentred,
    risks::Risks,
    small::{Apart, Capacity, Carer, Equipment, Medicines, Mine, Papers, Resources, Shared},
    strengths::Strengths,
    supports::Supports,
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

    /// Whether a record's card is open.
    fn has_open(&mut self, item: ItemId) -> bool {
        self.cards().is_some_and(|cards| cards.has_open(item))
    }

    /// A record was just added to this list. One of the part's own opens; a row inside a record leaves that record's card as it is.
    fn added(&mut self, list: ListPath, item: ItemId) {
        if list.item().is_none() {
            self.open(item);
        }
    }

    /// Somebody comes for one area of it, or for all of them: a chapter of the plan's template leads here.
    fn look_at(&mut self, _plan: PlanId, _area: Option<&'static str>) {}

    /// What I say in my own voice was just added: it may be open to be written in, as a card is.
    fn open_said(&mut self, _item: ItemId) {}

    /// Closes what is open; Escape was pressed.
    fn close(&mut self) {
        if let Some(cards) = self.cards() {
            cards.close();
        }
    }

    /// How many things on it wait for whoever sits here: the number beside its name in the rail.
    fn count(&mut self, _ctx: &Context, _desk: &Desk, _plan: PlanId) -> usize {
        0
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

/// What a page is for: pages of one group stand together in the rail and in the table of who sees what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Whose plan it is, and who is around them.
    Who,
    /// What is wanted and needed, and who does what.
    Plan,
    /// What is decided together.
    Together,
    /// What comes up from day to day.
    Daily,
    /// What not everybody in the circle reads.
    Close,
}

impl Group {
    /// What it is called.
    pub fn words(self) -> String {
        words::text(match self {
            Group::Who => "app-group-who",
            Group::Plan => "app-group-plan",
            Group::Together => "app-group-together",
            Group::Daily => "app-group-daily",
            Group::Close => "app-group-close",
        })
    }
}

/// What the window knows of a part's page before it is drawn.
#[derive(Debug)]
pub struct Row {
    /// The part's code.
    pub part: &'static str,
    /// Which pages it stands among.
    pub group: Group,
    /// What stands beside its name in the rail.
    pub icon: Icon,
    /// How wide it gets.
    pub width: Width,
    /// The page as it is before anybody looked at it.
    begin: fn() -> Box<dyn PartPage>,
}

const fn row<P: PartPage + Default + 'static>(part: &'static str, group: Group, icon: Icon, width: Width) -> Row {
    Row { part, group, icon, width, begin: || Box::<P>::default() }
}

/// Every part that has a page, in the order of the rail.
static ROWS: &[Row] = &[
    row::<Cover>("cover", Group::Who, Icon::COVER, Width::Column),
    row::<About>("about-me", Group::Who, Icon::ME, Width::Column),
    row::<OnePage>("one-page", Group::Who, Icon::MINE, Width::Column),
    row::<PersonCentred>("person-centred", Group::Who, Icon::PERSON, Width::Cards),
    row::<Circle>("circle", Group::Who, Icon::CIRCLE, Width::Cards),
    row::<Deciding>("deciding", Group::Together, Icon::DECIDING, Width::Cards),
    row::<Strengths>("strengths", Group::Who, Icon::STRENGTHS, Width::Cards),
    row::<Needs>("needs", Group::Plan, Icon::NEEDS, Width::Cards),
    row::<Goals>("goals", Group::Plan, Icon::GOALS, Width::Cards),
    row::<Actions>("actions", Group::Plan, Icon::ACTIONS, Width::Cards),
    row::<Supports>("supports", Group::Plan, Icon::SUPPORTS, Width::Cards),
    row::<Risks>("risks", Group::Plan, Icon::RISKS, Width::Cards),
    row::<Contingency>("contingency", Group::Plan, Icon::CONTINGENCY, Width::Cards),
    row::<KeepingWell>("keeping-well", Group::Plan, Icon::WELL, Width::Column),
    row::<Money>("money", Group::Plan, Icon::MONEY, Width::Cards),
    row::<Decisions>("decisions", Group::Together, Icon::DECISIONS, Width::Cards),
    row::<Learning>("learning", Group::Daily, Icon::LEARNING, Width::Cards),
    row::<Happened>("log", Group::Daily, Icon::HAPPENED, Width::Cards),
    row::<Evidence>("evidence", Group::Daily, Icon::EVIDENCE, Width::Cards),
    row::<Meetings>("meetings", Group::Together, Icon::MEETINGS, Width::Cards),
    row::<Equipment>("equipment", Group::Daily, Icon::EQUIPMENT, Width::Cards),
    row::<Medicines>("medicines", Group::Daily, Icon::MEDICINES, Width::Cards),
    row::<Agreement>("agreement", Group::Together, Icon::AGREEMENT, Width::Cards),
    row::<Papers>("papers", Group::Daily, Icon::PAPERS, Width::Cards),
    row::<Shared>("sharing", Group::Together, Icon::AGREED, Width::Cards),
    row::<Carer>("carer", Group::Close, Icon::CARER, Width::Cards),
    row::<Capacity>("capacity", Group::Close, Icon::CAPACITY, Width::Cards),
    row::<Apart>("sensitive", Group::Close, Icon::APART, Width::Cards),
    row::<Mine>("mine", Group::Close, Icon::NOTES, Width::Cards),
    row::<Coalition>("coalition", Group::Who, Icon::PEOPLE, Width::Cards),
    row::<Resources>("resources", Group::Daily, Icon::RESOURCES, Width::Cards),
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
    /// How many things wait for whoever sits here, by part.
    pub fn counts(&mut self, ctx: &Context, desk: &Desk, plan: PlanId) -> BTreeMap<&'static str, usize> {
        let count = |(part, page): (&&'static str, &mut Box<dyn PartPage>)| {
            (*part, page.count(ctx, desk, plan) + offers::waiting(ctx, desk, plan, part))
        };
        self.0.iter_mut().map(count).collect()
    }

    /// The page of a part, if it has one.
    pub fn of(&mut self, part: &str) -> Option<&mut dyn PartPage> {
        self.0.get_mut(part).map(|page| &mut **page as &mut dyn PartPage)
    }
}
