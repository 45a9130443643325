//! Find: one field, and below it every place where the words are, in all plans of this device.

use std::collections::BTreeMap;

use desk::{Desk, PlanCard, Reckoned};
use eframe::egui::{
    Id, Key, Margin, Response, TextEdit, Ui,
    text::{CCursor, CCursorRange},
    text_edit::TextEditState,
    vec2,
};
use plan::{
    Copies,
    find::{Findings, Found, Index},
};
use seal::PlanId;
use words::{Say, say, text};

use super::{lead, pages, title};
use crate::{
    asks::{Asks, Place, Spot, Wish},
    kit::{self, Hit, Icon, Weight, icon_button},
    people, terms,
    theme::{self, Type, gap},
};

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Find {
    words: String,
    /// Somebody just came here: the field has the keyboard, and what they type replaces what they looked for last.
    arrived: bool,
    indexes: BTreeMap<PlanId, Reckoned<Index>>,
    looked: Option<Looked>,
}

/// What was found last, for as long as neither the words nor the plans change.
#[derive(Debug)]
struct Looked {
    words: String,
    at: Vec<(PlanId, u64)>,
    found: Vec<(PlanId, Findings)>,
}

impl Find {
    /// Somebody comes to this page.
    pub fn arrive(&mut self) {
        self.arrived = true;
    }

    /// Draws it; `back` is where the person came from.
    pub fn ui(&mut self, ui: &mut Ui, desk: &Desk, back: Place, asks: &mut Asks) {
        title(ui, &text("find-title"), |ui| {
            if icon_button(ui, Weight::Plain, Icon::BACK, &text("common-back")).clicked() {
                asks.go(back);
            }
        });
        let field = self.field(ui);
        ui.add_space(gap::L);
        if self.words.trim().is_empty() {
            return lead(ui, &text("find-empty"));
        }
        let plans = desk.plans();
        let found = self.look(desk, &plans);
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if entered && let Some((plan, first)) = found.first().and_then(|(plan, all)| Some((*plan, all.found.first()?)))
        {
            asks.wish(Wish::Show(spot(plan, first)));
        }
        results(ui, desk, &plans, found, asks);
        if found.is_empty() {
            let titles: Vec<String> = plans.iter().map(called).collect();
            let nothing = Say::new("find-nothing").with("words", self.words.trim());
            ui.label(theme::text(ui, Type::Body, say(nothing.with("plans", people::together(&titles)))));
        }
        ui.add_space(gap::S);
        ui.label(theme::soft(ui, Type::Note, text("find-not-here")));
    }

    /// Looks again only where the words or a plan have changed.
    fn look(&mut self, desk: &Desk, plans: &[PlanCard]) -> &[(PlanId, Findings)] {
        let now: Vec<(PlanId, u64)> = plans.iter().map(|card| (card.id, desk.revision(card.id))).collect();
        self.indexes.retain(|plan, _| plans.iter().any(|card| card.id == *plan));
        let known = self.looked.take().filter(|looked| looked.words == self.words && looked.at == now);
        let looked = known.unwrap_or_else(|| {
            let look = |plan: PlanId| {
                let index = self.indexes.entry(plan).or_default();
                (plan, index.of(desk, plan, |_| desk.index(plan)).find(&self.words))
            };
            let each = now.iter().map(|(plan, _)| *plan).map(look);
            let found = each.filter(|(_, findings)| !findings.found.is_empty()).collect();
            Looked { words: self.words.clone(), at: now, found }
        });
        &self.looked.insert(looked).found
    }

    fn field(&mut self, ui: &mut Ui) -> Response {
        let id = Id::new("what is looked for");
        if std::mem::take(&mut self.arrived) {
            let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
            let end = CCursor::new(self.words.chars().count());
            state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), end)));
            state.store(ui.ctx(), id);
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let name = ui.label(theme::soft(ui, Type::Note, text("find-words")));
        let edit = TextEdit::singleline(&mut self.words)
            .id(id)
            .hint_text(theme::soft(ui, Type::Section, text("find-hint")))
            .font(Type::Section.font())
            .text_color(theme::of(ui.ctx()).ink)
            .margin(Margin { left: 48, right: 14, top: 14, bottom: 14 })
            .min_size(vec2(0.0, 56.0))
            .desired_width(f32::INFINITY)
            .char_limit(plan::limits::LOOKED_FOR_CHARS);
        let response = ui.add(edit).labelled_by(name.id);
        let middle = response.rect.left_center() + vec2(26.0, 0.0);
        kit::paint_icon(ui.painter(), middle, Icon::FIND, 22.0, theme::of(ui.ctx()).soft_ink);
        response
    }
}

/// Plan by plan and part by part, each where its best result is.
fn results(ui: &mut Ui, desk: &Desk, plans: &[PlanCard], found: &[(PlanId, Findings)], asks: &mut Asks) {
    for (plan, findings) in found {
        if plans.len() > 1
            && let Some(card) = plans.iter().find(|card| card.id == *plan)
        {
            let called = called(card);
            let heading = ui.label(theme::text(ui, Type::Section, &called));
            kit::is_heading(ui, &heading, &called);
            ui.add_space(gap::XS);
        }
        for (part, found) in by_part(findings) {
            kit::card(ui, |ui| {
                kit::heading(ui, pages::of(part).map_or(Icon::PAPER, |row| row.icon), &terms::part(part));
                ui.spacing_mut().item_spacing.y = gap::XS;
                for one in found {
                    if row(ui, desk, *plan, one).clicked() {
                        asks.wish(Wish::Show(spot(*plan, one)));
                    }
                }
            });
            ui.add_space(gap::L);
        }
        if findings.more > 0 {
            ui.label(theme::soft(ui, Type::Note, say(Say::new("find-more").with("count", findings.more))));
            ui.add_space(gap::L);
        }
    }
}

fn by_part(findings: &Findings) -> Vec<(&'static str, Vec<&Found>)> {
    let mut parts: Vec<(&'static str, Vec<&Found>)> = Vec::new();
    for found in &findings.found {
        match parts.iter_mut().find(|(part, _)| *part == found.part.code) {
            Some((_, of_part)) => of_part.push(found),
            None => parts.push((found.part.code, vec![found])),
        }
    }
    parts
}

fn row(ui: &mut Ui, desk: &Desk, plan: PlanId, found: &Found) -> Response {
    let label = words::label(found.label);
    // What is written in the part itself stands below the field's name on its page.
    let (title, mut note) = match (found.is_in_title(), found.title.is_empty()) {
        (true, _) => ("", Vec::new()),
        (false, true) => (label.as_str(), Vec::new()),
        (false, false) => (found.title.as_str(), vec![label.clone()]),
    };
    if found.part.copies != Copies::One {
        let copies = desk.copies(plan, found.part.code).into_iter();
        note.extend(
            copies.filter(|copy| copy.doc == found.document && !copy.called.is_empty()).map(|copy| copy.called),
        );
    }
    if let Some(person) = found.person {
        let name = people::face_or_former(desk, plan, person).name;
        note.push(say(Say::new("find-said-by").with("name", name)));
    }
    let note = note.join(" · ");
    let words = &found.excerpt.words;
    let said: Vec<&str> = [title, words, &note].into_iter().filter(|said| !said.is_empty()).collect();
    let said = said.join(" · ");
    kit::hit(ui, Hit { title, words, matches: &found.excerpt.matches, note: &note, said: &said })
}

fn spot(plan: PlanId, found: &Found) -> Spot {
    Spot { plan, part: found.part.code, card: found.card, document: found.document, field: found.field }
}

fn called(card: &PlanCard) -> String {
    if card.title.is_empty() { say(Say::new("common-plan-of").with("name", &card.whose)) } else { card.title.clone() }
}
