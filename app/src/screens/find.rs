//! Find: one field, and below it every place where the words are, in all plans of this device.

use std::collections::BTreeMap;

use desk::{Desk, PlanCard};
use eframe::egui::{
    Id, Key, Margin, Response, TextEdit, Ui,
    text::{CCursor, CCursorRange},
    text_edit::TextEditState,
    vec2,
};
use plan::{
    Copies,
    find::{Findings, Found, Index, Progress},
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

/// How many places are shown at first, and how many more each time: about two screens full.
const SHOWN: usize = 24;

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Find {
    words: String,
    /// Somebody just came here: the field has the keyboard, and what they type replaces what they looked for last.
    arrived: bool,
    indexes: BTreeMap<PlanId, Index>,
    looked: Option<Looked>,
}

/// What was found last, for as long as neither the words nor the plans change.
#[derive(Debug)]
struct Looked {
    words: String,
    /// How each plan was read when it was looked in.
    at: Vec<(PlanId, u64)>,
    found: Vec<(PlanId, Findings)>,
    /// How many places of each plan are shown.
    shown: usize,
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
        // Somebody may look for a word because they do not know it.
        let terms = words::explained([self.words.as_str()]);
        if !terms.is_empty() {
            kit::explain::answers(ui, &terms);
            ui.add_space(gap::L);
        }
        let plans = desk.plans();
        let progress = self.read(ui, desk, &plans);
        let looked = self.look();
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let first = looked.found.first().and_then(|(plan, all)| Some((*plan, all.found.first()?)));
        if let Some((plan, first)) = first.filter(|_| entered) {
            asks.wish(Wish::Show(spot(plan, first)));
        }
        results(ui, desk, &plans, looked, asks);
        match progress {
            Progress::More => {
                let reading = ui.label(theme::soft(ui, Type::Note, text("find-reading")));
                kit::is_status(ui, &reading, &text("find-reading"));
            }
            Progress::Done if looked.found.is_empty() => {
                let titles: Vec<String> = plans.iter().map(called).collect();
                let nothing = Say::new("find-nothing").with("words", self.words.trim());
                ui.label(theme::text(ui, Type::Body, say(nothing.with("plans", people::together(&titles)))));
            }
            Progress::Done => {}
        }
        ui.add_space(gap::S);
        ui.label(theme::soft(ui, Type::Note, text("find-not-here")));
    }

    /// Reads on, a little of it each frame, so that no letter waits for it.
    fn read(&mut self, ui: &Ui, desk: &Desk, plans: &[PlanCard]) -> Progress {
        self.indexes.retain(|plan, _| plans.iter().any(|card| card.id == *plan));
        for card in plans {
            let index = self.indexes.entry(card.id).or_default();
            if desk.read_on(card.id, index) == Progress::More {
                ui.ctx().request_repaint();
                return Progress::More;
            }
        }
        Progress::Done
    }

    /// Looks again only where the words or what was read have changed.
    fn look(&mut self) -> &mut Looked {
        let now: Vec<(PlanId, u64)> = self.indexes.iter().map(|(plan, index)| (*plan, index.edition())).collect();
        let before = self.looked.take().filter(|looked| looked.words == self.words);
        let shown = before.as_ref().map_or(SHOWN, |looked| looked.shown);
        let looked = before.filter(|looked| looked.at == now).unwrap_or_else(|| {
            let each = self.indexes.iter().map(|(plan, index)| (*plan, index.find(&self.words)));
            let found = each.filter(|(_, findings)| !findings.found.is_empty()).collect();
            Looked { words: self.words.clone(), at: now, found, shown }
        });
        self.looked.insert(looked)
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
fn results(ui: &mut Ui, desk: &Desk, plans: &[PlanCard], looked: &mut Looked, asks: &mut Asks) {
    let cards =
        plans.iter().filter_map(|card| Some((card, &looked.found.iter().find(|(plan, _)| *plan == card.id)?.1)));
    let mut hidden = 0;
    for (card, findings) in cards {
        if plans.len() > 1 {
            let called = called(card);
            let heading = ui.label(theme::text(ui, Type::Section, &called));
            kit::is_heading(ui, &heading, &called);
            ui.add_space(gap::XS);
        }
        let shown = findings.found.get(..looked.shown).unwrap_or(&findings.found);
        hidden += findings.found.len() - shown.len();
        for (part, found) in by_part(shown) {
            kit::card(ui, |ui| {
                kit::heading(
                    ui,
                    pages::of(part).map_or(Icon::PAPER, |row| row.icon),
                    &terms::page(desk, card.id, part),
                );
                ui.spacing_mut().item_spacing.y = gap::XS;
                for one in found {
                    if row(ui, desk, card.id, one).clicked() {
                        asks.wish(Wish::Show(spot(card.id, one)));
                    }
                }
            });
            ui.add_space(gap::L);
        }
        if findings.more > 0 && shown.len() == findings.found.len() {
            ui.label(theme::soft(ui, Type::Note, say(Say::new("find-more").with("count", findings.more))));
            ui.add_space(gap::L);
        }
    }
    let words = Say::new("find-show-more").with("count", hidden);
    if hidden > 0 && icon_button(ui, Weight::Plain, Icon::MORE, &say(words)).clicked() {
        looked.shown += SHOWN;
    }
}

fn by_part(shown: &[Found]) -> Vec<(&'static str, Vec<&Found>)> {
    let mut parts: Vec<(&'static str, Vec<&Found>)> = Vec::new();
    for found in shown {
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
