//! Things that could go wrong, and why it is worth it. Strengths stand on top and the good reason first; who agrees and who
//! does not stand side by side, each with why.

use desk::Desk;
use eframe::egui::Ui;
use plan::{Someone, Value};
use seal::{ItemId, PlanId};
use words::{Say, say, text};

use super::{
    cards::Cards,
    fields::{Record, fields, more, rows, set_choice, words_field},
    heard::{Heard, fills, mine, my_last},
    lately::{Lately, a_moment},
    lead, long,
    pages::{self, PartPage},
    part_title,
    small::{facts, review, today, with_day, words_of},
};
use crate::{
    asks::{Asks, Page, Place},
    kit::{self, Face, Icon, Weight, chip, said_button},
    people, terms,
    theme::{self, Tone, Type, gap},
};

const PART: &str = "risks";

/// How many strengths stand on top; the rest is on their own page.
const STRENGTHS: usize = 6;

/// What the page remembers of itself.
#[derive(Default)]
pub struct Risks {
    cards: Cards,
    saying: Option<ItemId>,
    views: Lately<Heard>,
}

impl PartPage for Risks {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        part_title(ui, part, Some(PART), asks);
        strengths(ui, desk, plan, asks);
        let Risks { cards, saying, views } = self;
        let views = views.of(ui.ctx(), desk, plan, |still, _| Heard::of(still, "risks-voice.views"));
        let Some(views) = views else { return a_moment(ui) };
        let all = part.records(PART);
        if all.is_empty() {
            lead(ui, &text("needs-risks-lead"));
        }
        let is_long = long::is_long(all.len());
        for one in &all {
            let may_hide = is_long && !cards.is_awaited(*one);
            long::row(ui, one.id("risk", ""), may_hide, |ui| {
                cards.card(
                    ui,
                    *one,
                    asks,
                    |ui, asks| reading(ui, *one, views, saying, asks),
                    |ui, asks| editing(ui, *one, asks),
                );
            });
            ui.add_space(gap::L);
        }
        if part.is_mine() && kit::empty_card(ui, &text("needs-risks-more")).clicked() {
            part.add(PART, Vec::new(), asks);
        }
    }

    fn cards(&mut self) -> Option<&mut Cards> {
        Some(&mut self.cards)
    }

    fn close(&mut self) {
        self.cards.close();
        self.saying = None;
    }
}

/// What somebody is good at and who they can count on. No risk is read without it.
fn strengths(ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
    let part = Record::part(desk, plan, "strengths");
    let all = part.records("strengths").into_iter().map(|one| one.line("what"));
    let all: Vec<String> = all.filter(|what| !what.trim().is_empty()).take(STRENGTHS).collect();
    kit::panel(ui, Some(Tone::Calm), |ui| {
        let words = terms::part("strengths");
        let heading = ui.label(theme::text(ui, Type::Strong, &words));
        kit::is_heading(ui, &heading, &words);
        if all.is_empty() {
            ui.label(theme::text(ui, Type::Body, text("needs-risks-no-strengths")));
        } else {
            let line = theme::text(ui, Type::Body, all.join(" · "));
            ui.label(line.line_height(Some(Type::Body.line_height())));
        }
        let page = pages::of("strengths").filter(|_| part.doc().is_some() || desk.may_begin(plan, "strengths"));
        if let Some(page) = page {
            let key = if all.is_empty() { "needs-risks-strengths-begin" } else { "needs-risks-strengths-all" };
            if said_button(ui, Weight::Quiet, None, &text(key), &text(key)).clicked() {
                asks.go(Place::Plan(plan, Page::Part(page.part)));
            }
        }
    });
    ui.add_space(gap::L);
}

/// One of them, to be read: why it is worth it comes before what could go wrong.
fn reading(ui: &mut Ui, risk: Record<'_>, views: &Heard, saying: &mut Option<ItemId>, asks: &mut Asks) {
    let reason = risk.text("reason");
    if reason.trim().is_empty() {
        ui.label(theme::soft(ui, Type::Body, text("needs-risks-no-reason")));
    } else {
        ui.label(theme::soft(ui, Type::Small, terms::field(PART, "reason")));
        let size = Type::Quote;
        ui.label(theme::text(ui, size, crate::terms::quoted(&reason)).line_height(Some(size.line_height())));
    }
    kit::panel(ui, None, |ui| {
        ui.label(theme::soft(ui, Type::Small, risk.label("what")));
        let what = risk.line("what");
        let what = if what.is_empty() { text("common-no-words-yet") } else { what };
        ui.label(theme::text(ui, Type::Strong, what));
        words_of(ui, risk, "means");
        facts(ui, [risk.choice_words("for-whom").unwrap_or_default()]);
    });
    words_of(ui, risk, "will-do");
    if let Some(Value::Scale(sure)) = risk.value("sure") {
        ui.horizontal_wrapped(|ui| {
            let words = say(Say::new("needs-risks-sure").with("sure", sure));
            let filled = usize::try_from(sure.clamp(0, 10)).unwrap_or_default();
            kit::strip(ui, Tone::Accent, 10, filled, &words);
            ui.label(theme::text(ui, Type::Note, words));
        });
    }
    people_about(ui, risk, views, saying);
    say_mine(ui, risk, saying, asks);
    let from = with_day(risk, "from", "small-since").unwrap_or_default();
    let to = with_day(risk, "to", "small-until").unwrap_or_default();
    facts(ui, [from, to]);
    review(ui, risk);
}

/// One person's view of a risk.
struct View {
    face: Face,
    side: Side,
    words: String,
    note: Option<String>,
}

/// Where somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Agrees,
    Partly,
    Disagrees,
}

impl Side {
    fn read(code: Option<String>) -> Option<Side> {
        match code?.as_str() {
            "agree" => Some(Side::Agrees),
            "partly" => Some(Side::Partly),
            "disagree" => Some(Side::Disagrees),
            _ => None,
        }
    }

    fn said(self) -> (Tone, &'static str) {
        match self {
            Side::Agrees => (Tone::Calm, "needs-risks-agrees"),
            Side::Partly => (Tone::NotYet, "needs-risks-partly"),
            Side::Disagrees => (Tone::Attention, "needs-risks-disagrees"),
        }
    }
}

/// Everybody's view side by side, those who agree and those who do not in one row: none is averaged or hidden.
fn people_about(ui: &mut Ui, risk: Record<'_>, views: &Heard, saying: &Option<ItemId>) {
    let Record { desk, plan, .. } = risk;
    let Some(item) = risk.item else { return };
    let me = people::me(desk, plan).map(|me| me.id);
    let own = views.last_about(desk, plan, item);
    let spoke: Vec<Someone> = own.iter().map(|(person, _)| Someone::Member(*person)).collect();
    let mut all: Vec<View> = Vec::new();
    for (person, said) in own {
        if *saying == Some(item) && Some(person) == me {
            continue;
        }
        let Some(side) = Side::read(said.choice("view")) else { continue };
        let face = people::face_or_former(desk, plan, person);
        all.push(View { face, side, words: said.text("words"), note: None });
    }
    for said in risk.records("disagreements") {
        let Some(whose) = said.people("whose").first().cloned() else { continue };
        let by = said.people("written-by").first().map(|one| people::face_of(desk, plan, one).name);
        let note = by.map(|name| say(Say::new("needs-written-by").with("name", name)));
        let face = people::face_of(desk, plan, &whose);
        all.push(View { face, side: Side::Disagrees, words: said.text("words"), note });
    }
    let names = people::Names::of(desk, plan);
    let written = risk.people("agreed").into_iter().map(|who| names.meant(&who)).filter(|who| !spoke.contains(who));
    all.extend(written.map(|who| View {
        face: people::face_of(desk, plan, &who),
        side: Side::Agrees,
        words: String::new(),
        // Their own words would say more.
        note: matches!(who, Someone::Member(_)).then(|| text("needs-risks-written")),
    }));
    if all.is_empty() {
        return;
    }
    ui.add_space(gap::XS);
    let sides: Vec<Side> = all.iter().map(|view| view.side).collect();
    if sides.contains(&Side::Agrees) && sides.iter().any(|side| *side != Side::Agrees) {
        chip(ui, Tone::Plain, &text("needs-risks-talk"));
    }
    all.sort_by_key(|view| view.side as u8);
    kit::columns(ui, all.len(), 200.0, |ui, at| {
        let view = &all[at];
        kit::named(ui, &view.face);
        let (tone, key) = view.side.said();
        chip(ui, tone, &text(key));
        if !view.words.trim().is_empty() {
            let words = theme::text(ui, Type::Note, view.words.trim());
            ui.label(words.line_height(Some(Type::Note.line_height())));
        }
        if let Some(note) = &view.note {
            ui.label(theme::soft(ui, Type::Small, note));
        }
    });
}

/// My own view: whoever sees a risk may say how they see it.
fn say_mine(ui: &mut Ui, risk: Record<'_>, saying: &mut Option<ItemId>, asks: &mut Asks) {
    let Some((item, voice)) = risk.item.zip(mine(risk)) else { return };
    let my = my_last(risk, "views");
    let said = |key: &'static str| say(Say::new(key).with("what", risk.called()));
    if *saying != Some(item) {
        let key = if my.is_some() { "needs-see-change" } else { "needs-see" };
        if said_button(ui, Weight::Quiet, Icon::START, &text(key), &said("needs-see-this")).clicked() {
            *saying = Some(item);
            if my.is_none() {
                voice.add("views", fills(item, Some(today()), Vec::new()), asks);
            }
        }
        return;
    }
    if let Some(my) = my {
        set_choice(ui, my, "view", tone, asks);
        words_field(ui, my, "words", 1, asks);
    }
    if said_button(ui, Weight::Plain, Icon::DONE, &text("common-done"), &said("needs-see-done")).clicked() {
        *saying = None;
    }
}

fn tone(view: &str) -> Tone {
    Side::read(Some(view.to_owned())).map_or(Tone::Plain, |side| side.said().0)
}

fn editing(ui: &mut Ui, risk: Record<'_>, asks: &mut Asks) {
    fields(ui, risk, &["what", "reason", "means", "will-do", "sure", "agreed"], asks);
    rows(ui, risk, "disagreements", &["whose", "words", "written-by"], asks);
    more(ui, risk, &["for-whom", "goals", "from", "to", "review", "said-by"], asks);
}
