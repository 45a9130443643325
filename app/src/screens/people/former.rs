//! Who was here before, how they went, and what arrived of them afterwards: counted, and read only by whoever asks.

use circle::{Access, Standing};
use desk::{Ask, Desk, Former, HeldText};
use eframe::egui::{Sense, Ui, vec2};
use node::ask::HeldBack;
use seal::{DocId, PersonId, PlanId};
use words::{Say, say, text};

use super::copies;
use crate::{
    asks::{Asks, Errand},
    kit::{self, Icon, Weight, paint_disc, said_button},
    people, terms,
    theme::{self, Type, gap},
};

/// What is held back, as far as it was asked for.
#[derive(Debug, Default)]
pub struct Held {
    known: Option<(PlanId, Vec<HeldBack>)>,
    asked: bool,
    stale: bool,
    words: Option<((DocId, PersonId), Vec<HeldText>)>,
    trouble: Option<String>,
}

impl Held {
    /// Something changed: what is known is old.
    pub fn touch(&mut self) {
        self.stale = true;
    }

    /// Asks for the counts if they are not known.
    pub fn hear(&mut self, plan: PlanId, asks: &mut Asks) {
        let known = self.known.as_ref().is_some_and(|(about, _)| *about == plan);
        if !self.asked && (!known || self.stale) {
            self.asked = true;
            self.stale = false;
            asks.send(Errand::Held(plan), Ask::Held { plan });
        }
    }

    /// The counts came.
    pub fn counted(&mut self, plan: PlanId, held: Vec<HeldBack>) {
        self.asked = false;
        self.known = Some((plan, held));
    }

    /// Words came that were asked for.
    pub fn read(&mut self, about: (DocId, PersonId), words: Vec<HeldText>) {
        self.words = Some((about, words));
    }

    /// Words were put back.
    pub fn kept(&mut self) {
        self.words = None;
        self.stale = true;
    }

    /// It was refused.
    pub fn failed(&mut self, sentence: Option<String>) {
        self.asked = false;
        self.trouble = sentence;
    }

    fn of(&self, plan: PlanId, person: PersonId) -> Vec<HeldBack> {
        let known = self.known.as_ref().filter(|(about, _)| *about == plan);
        known.map_or(Vec::new(), |(_, held)| held.iter().filter(|one| one.person == person).copied().collect())
    }

    /// What is held back of people who still belong: after a fork, or a change of what they may do.
    pub fn of_members(&self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let members: Vec<_> =
            people::in_order(desk, plan).into_iter().filter(|member| !self.of(plan, member.id).is_empty()).collect();
        if members.is_empty() {
            return;
        }
        kit::card(ui, |ui| {
            kit::heading(ui, Icon::HELD, &text("app-held"));
            for member in members {
                self.lines(ui, desk, plan, (member.id, &member.name), "common-held-member", asks);
            }
            ui.label(theme::soft(ui, Type::Note, text("app-held-old-copy")).line_height(Some(24.0)));
        });
        ui.add_space(gap::L);
    }

    /// Everyone who was here before.
    pub fn ui(&self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let former = desk.former(plan);
        if former.is_empty() {
            return;
        }
        kit::card(ui, |ui| {
            kit::heading(ui, Icon::HISTORY, &text("app-former"));
            for one in &former {
                self.row(ui, desk, plan, one, asks);
            }
        });
        ui.add_space(gap::L);
    }

    fn row(&self, ui: &mut Ui, desk: &Desk, plan: PlanId, former: &Former, asks: &mut Asks) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap::M;
            let (rect, _) = ui.allocate_exact_size(vec2(44.0, 48.0), Sense::hover());
            let face = people::face_or_former(desk, plan, former.id);
            paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), 40.0, &face);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = gap::XS;
                ui.label(theme::text(ui, Type::Strong, &former.name));
                ui.label(theme::soft(ui, Type::Note, say(former.say(desk, plan))));
                self.lines(ui, desk, plan, (former.id, &former.name), "common-held-former", asks);
                copies::ui(ui, desk, plan, former, asks);
            });
        });
    }

    /// "3 edits by Sam arrived after Sam left", part by part.
    fn lines(
        &self,
        ui: &mut Ui,
        desk: &Desk,
        plan: PlanId,
        (person, name): (PersonId, &str),
        key: &'static str,
        asks: &mut Asks,
    ) {
        for held in self.of(plan, person) {
            let kind =
                desk.ledger(plan).and_then(|ledger| ledger.document(held.doc)).map(|document| document.kind.clone());
            let part = kind.map_or_else(|| text("common-someone"), |kind| terms::part(&kind));
            let sentence = Say::new(key).with("count", held.edits).with("name", name).with("part", &part);
            ui.label(theme::text(ui, Type::Note, say(sentence)).line_height(Some(24.0)));
            let shown = self.words.as_ref().filter(|(about, _)| *about == (held.doc, person));
            if let Some((_, texts)) = shown {
                words_of(ui, name, texts);
            }
            ui.horizontal_wrapped(|ui| {
                let said = |words: &str| format!("{words}: {name}, {part}");
                let read = text("app-held-read");
                if shown.is_none() && said_button(ui, Weight::Plain, None, &read, &said(&read)).clicked() {
                    let doc = held.doc;
                    asks.send(Errand::HeldWords(doc, person), Ask::HeldWords { plan, doc, person });
                }
                let back = text("app-held-back");
                if may_keep(desk, plan, held.doc) && said_button(ui, Weight::Plain, None, &back, &said(&back)).clicked()
                {
                    asks.send(Errand::Keep, Ask::KeepHeld { plan, doc: held.doc, person });
                }
            });
        }
        if let Some(trouble) = &self.trouble {
            ui.label(theme::text(ui, Type::Note, trouble).color(theme::of(ui.ctx()).attention));
        }
    }
}

/// Whether I may put words back in this part: who decides here, who lets people in, and who may write it.
fn may_keep(desk: &Desk, plan: PlanId, doc: DocId) -> bool {
    let Some(me) = people::me(desk, plan) else { return false };
    let writes = desk.ledger(plan).is_some_and(|ledger| ledger.access(doc, me.id) == Access::Edit);
    writes || me.standing <= Standing::Coordinator
}

fn words_of(ui: &mut Ui, name: &str, texts: &[HeldText]) {
    kit::toned_card(ui, theme::Tone::Plain, |ui| {
        ui.label(theme::soft(ui, Type::Small, say(Say::new("app-held-words").with("name", name))));
        for held in texts {
            ui.label(theme::soft(ui, Type::Small, terms::field(held.field.part().code, held.field.field())));
            if held.words.is_empty() {
                ui.label(theme::soft(ui, Type::Note, text("app-held-took-away")));
            }
            for words in &held.words {
                ui.label(theme::text(ui, Type::Body, words).line_height(Some(27.0)));
            }
        }
        if texts.is_empty() {
            ui.label(theme::soft(ui, Type::Note, text("app-held-took-away")));
        }
    });
}
