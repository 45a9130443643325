//! What I'm good at, who I can count on: before any need or risk. Tiles by what they are, each in somebody's words.

use desk::{Desk, Fill};
use eframe::egui::{Align, Layout, Sense, Ui, vec2};
use plan::Value;
use seal::PlanId;
use words::{Say, say, text};

use super::{
    cards::Cards,
    fields::{Record, field, more, set_choice, set_person, set_typed, words_field},
    pages::PartPage,
    title,
};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, icon_button, paint_icon},
    people, terms,
    theme::{self, Tone, Type, gap},
};

const PART: &str = "strengths";

/// What there is, in the order in which it is shown: each kind, and its picture.
const KINDS: [(&str, Icon); 4] =
    [("skill", Icon::STRENGTHS), ("person", Icon::PEOPLE), ("place", Icon::PLACE), ("thing", Icon::THING)];

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Strengths {
    cards: Cards,
}

impl PartPage for Strengths {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        let all = part.records(PART);
        title(ui, &terms::page(desk, plan, PART), |ui| {
            if part.is_mine() && icon_button(ui, Weight::Strong, Icon::ADD, &text("common-add")).clicked() {
                part.add(PART, Vec::new(), asks);
            }
            super::undo(ui, desk, plan, PART, asks);
        });
        let of_kind = |kind: Option<&str>| -> Vec<Record<'_>> {
            all.iter().filter(|one| kind_of(**one) == kind).copied().collect()
        };
        // What nobody has put under a heading stands first: it may have been written this moment.
        self.group(ui, &of_kind(None), Icon::STRENGTHS, asks);
        for (kind, icon) in KINDS {
            let these = of_kind(Some(kind));
            if these.is_empty() {
                continue;
            }
            let words = text(heading(kind));
            let label = ui.label(theme::text(ui, Type::Section, &words));
            kit::is_heading(ui, &label, &words);
            ui.add_space(gap::S);
            self.group(ui, &these, icon, asks);
        }
        if part.is_mine() {
            invite(ui, part, all.is_empty(), asks);
        } else if all.is_empty() {
            ui.label(theme::soft(ui, Type::Body, text("common-nothing-written")));
        }
    }

    fn cards(&mut self) -> Option<&mut Cards> {
        Some(&mut self.cards)
    }
}

impl Strengths {
    fn group(&mut self, ui: &mut Ui, these: &[Record<'_>], icon: Icon, asks: &mut Asks) {
        self.cards.grid(ui, these, None, asks, |ui, one| tile(ui, one, icon), editing);
        if !these.is_empty() {
            ui.add_space(gap::S);
        }
    }
}

/// One of them, to be read: what it is, large, and who says so.
fn tile(ui: &mut Ui, record: Record<'_>, icon: Icon) {
    let palette = theme::of(ui.ctx());
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap::M;
        let (rect, _) = ui.allocate_exact_size(vec2(32.0, 30.0), Sense::hover());
        paint_icon(ui.painter(), rect.center(), icon, 26.0, palette.accent);
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ui.spacing_mut().item_spacing.y = gap::XS;
            let what = record.line("what");
            let what = if what.is_empty() { text("common-no-words-yet") } else { what };
            ui.label(theme::text(ui, Type::Strong, what).line_height(Some(Type::Strong.line_height())));
            let words = record.text("words");
            if !words.trim().is_empty() {
                ui.label(theme::text(ui, Type::Note, words.trim()).line_height(Some(Type::Note.line_height())));
            }
            let whose = record.people("whose");
            if let Some(whose) = whose.first() {
                let face = people::face_of(record.desk, record.plan, whose);
                ui.label(theme::soft(ui, Type::Note, say(Say::new("wants-strength-of").with("name", face.name))));
            }
            if let Some(said_by) = record.people("said-by").first() {
                let face = people::face_of(record.desk, record.plan, said_by);
                kit::answer(ui, &face, &text("wants-says-so"));
            }
        });
    });
}

fn editing(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    set_typed(ui, record, "what", asks);
    set_choice(ui, record, "kind", |_| Tone::Accent, asks);
    words_field(ui, record, "words", 1, asks);
    set_person(ui, record, "said-by", asks);
    field(ui, record, "pictures", asks);
    more(ui, record, &["whose"], asks);
}

/// One question and one press; in an empty part a question for each kind.
fn invite(ui: &mut Ui, part: Record<'_>, empty: bool, asks: &mut Asks) {
    if !empty {
        if kit::empty_card(ui, &text("wants-strengths-more")).clicked() {
            part.add(PART, Vec::new(), asks);
        }
        return;
    }
    ui.label(theme::soft(ui, Type::Body, text("wants-strengths-first")).line_height(Some(27.0)));
    ui.add_space(gap::M);
    for (kind, _) in KINDS {
        if kit::empty_card(ui, &text(question(kind))).clicked() {
            let kind = Fill::Value(Value::Choice(kind.to_owned()));
            part.add(PART, vec![("kind".to_owned(), kind)], asks);
        }
        ui.add_space(gap::M);
    }
}

fn kind_of(record: Record<'_>) -> Option<&'static str> {
    let chosen = record.choice("kind")?;
    KINDS.iter().map(|(kind, _)| *kind).find(|kind| *kind == chosen)
}

fn heading(kind: &str) -> &'static str {
    match kind {
        "skill" => "wants-strengths-skills",
        "person" => "wants-strengths-people",
        "place" => "wants-strengths-places",
        _ => "wants-strengths-things",
    }
}

fn question(kind: &str) -> &'static str {
    match kind {
        "skill" => "wants-strengths-ask-skill",
        "person" => "wants-strengths-ask-person",
        "place" => "wants-strengths-ask-place",
        _ => "wants-strengths-ask-thing",
    }
}
