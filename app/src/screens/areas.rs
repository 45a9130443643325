//! Pages of which a plan's template shows one area after the other: the needs of an education, health and care plan are its
//! sections B, C and D. A switch above the page says which is shown; everything is one press away, whatever was pressed last.

use desk::{Desk, Fill};
use eframe::egui::Ui;
use plan::{Value, template};
use seal::PlanId;
use words::{Say, say, text};

use super::fields::{Record, field};
use crate::{
    asks::Asks,
    kit::{self, Choice, choose},
    theme::{Tone, gap},
};

/// What a page shows of its records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Shown {
    #[default]
    All,
    /// Those of one area.
    Of(&'static str),
    /// Those that nobody has put under a heading.
    Unplaced,
}

/// What a page shows, and of which plan.
#[derive(Debug, Clone, Copy, Default)]
pub struct Areas(Option<(PlanId, Shown)>);

impl Areas {
    /// Somebody comes for one area, or for all of them.
    pub fn look_at(&mut self, plan: PlanId, area: Option<&'static str>) {
        self.0 = area.map(|area| (plan, Shown::Of(area)));
    }

    /// Draws the switch, where the plan's template has such chapters, and gives back the records to show. One that is `held` is
    /// among them: it is open, or somebody came for it.
    pub fn of<'a>(
        &mut self,
        ui: &mut Ui,
        part: Record<'a>,
        all: Vec<Record<'a>>,
        held: impl Fn(Record<'a>) -> bool,
    ) -> Vec<Record<'a>> {
        let Record { desk, plan, .. } = part;
        let chapters = desk.template(plan).chapters_of(part.part);
        if chapters.is_empty() {
            return all;
        }
        let areas: Vec<Option<String>> = all.iter().map(|one| template::area(|code| one.choice(code))).collect();
        let is_in = |shown: Shown, area: &Option<String>| match shown {
            Shown::All => true,
            Shown::Of(asked) => area.as_deref() == Some(asked),
            Shown::Unplaced => area.is_none(),
        };
        let mut choices = Vec::new();
        let mut offer = |shown: Shown, words: String| {
            let count = areas.iter().filter(|area| is_in(shown, area)).count();
            let words = say(Say::new("pages-area").with("words", words).with("count", count));
            choices.push(Choice { value: shown, words, tone: Tone::Accent });
            count
        };
        offer(Shown::All, text("pages-area-all"));
        for chapter in chapters {
            if let Some(area) = chapter.area {
                offer(Shown::Of(area), words::label(chapter.label));
            }
        }
        let now = self.now(plan);
        if areas.iter().any(Option::is_none) || now == Shown::Unplaced {
            offer(Shown::Unplaced, text("pages-area-none"));
        }
        if let Some(pressed) = choose(ui, &text("pages-area-show"), Some(&now), &choices) {
            self.0 = Some((plan, pressed));
        }
        ui.add_space(gap::L);
        let now = self.now(plan);
        all.into_iter().zip(&areas).filter(|(one, area)| is_in(now, area) || held(*one)).map(|(one, _)| one).collect()
    }

    /// What a record that is begun here is filled in with: it stands where somebody looks.
    pub fn fills(&self, part: Record<'_>) -> Vec<(String, Fill)> {
        match self.now(part.plan) {
            Shown::Of(area) if is_asked(part.desk, part.plan, part.part) => {
                vec![("area".to_owned(), Fill::Value(Value::Choice(area.to_owned())))]
            }
            Shown::Of(_) | Shown::All | Shown::Unplaced => Vec::new(),
        }
    }

    fn now(&self, plan: PlanId) -> Shown {
        self.0.filter(|(of, _)| *of == plan).map(|(_, shown)| shown).unwrap_or_default()
    }
}

/// Whether the plan keeps the areas of this part apart, so that each record says where it belongs.
pub fn is_asked(desk: &Desk, plan: PlanId, part: &str) -> bool {
    !desk.template(plan).chapters_of(part).is_empty()
}

/// Where a record belongs, to be said, in a plan that keeps areas apart. In any other it is among what is seldom filled in.
pub fn belongs(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    if is_asked(record.desk, record.plan, record.part) {
        field(ui, record, "area", asks);
    }
}

/// What is seldom filled in of a record, without what stands above it already.
pub fn seldom<'a>(record: Record<'_>, codes: &[&'a str]) -> Vec<&'a str> {
    let is_above = is_asked(record.desk, record.plan, record.part);
    codes.iter().copied().filter(|code| *code != "area" || !is_above).collect()
}

/// The title of a page, and what adds a record to it where one looks.
pub fn title(ui: &mut Ui, part: Record<'_>, areas: Areas, asks: &mut Asks) {
    super::title(ui, &crate::terms::page(part.desk, part.plan, part.part), |ui| {
        if part.is_mine() && kit::icon_button(ui, kit::Weight::Strong, kit::Icon::ADD, &text("common-add")).clicked() {
            part.add(part.part, areas.fills(part), asks);
        }
        super::undo(ui, part.desk, part.plan, part.part, asks);
    });
}
