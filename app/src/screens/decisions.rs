//! Decisions and open questions: what could be done, where each stands, what was decided. A question may stay open.

use desk::Desk;
use eframe::egui::{Id, Ui};
use plan::Value;
use seal::{ItemId, PlanId};
use words::{Say, say, text};

use super::{
    cards::{Cards, behind},
    fields::{Record, fields, more, rows, set_choice, words_field},
    long,
    pages::PartPage,
    small::today,
    title,
    voiced::{last_said, may_speak, say_mine},
};
use crate::{
    asks::Asks,
    kit::{self, Choice, Face, Icon, Weight, chip, choose, icon_button, said_button},
    people, terms,
    theme::{self, Tone, Type, gap},
};

const PART: &str = "decisions";

/// Narrowest a column of somebody's words gets.
const COLUMN: f32 = 240.0;

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Decisions {
    cards: Cards,
    arrived: Option<ItemId>,
    /// What I say about one of them is open to be written.
    writing: Option<ItemId>,
}

impl PartPage for Decisions {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        if let Some((item, list)) =
            self.arrived.and_then(|item| Some((item, part.as_one().home_of(item)?.list_of(item)?.0)))
        {
            self.arrived = None;
            self.cards.open(list.item().unwrap_or(item));
        }
        let mine = part.is_mine();
        title(ui, &terms::part(PART), |ui| {
            if mine && icon_button(ui, Weight::Strong, Icon::ADD, &text("money-add-question")).clicked() {
                part.add(PART, Vec::new(), asks);
            }
            super::undo(ui, desk, plan, PART, asks);
        });
        let all = part.records(PART);
        if all.is_empty() {
            if mine && kit::empty_card(ui, &text("money-questions-empty")).clicked() {
                part.add(PART, Vec::new(), asks);
            }
            return;
        }
        let (open, decided): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| is_open(*one));
        if !open.is_empty() {
            section(ui, "money-questions-open", Some("money-questions-open-why"));
            self.cards(ui, &open, asks);
        }
        if !decided.is_empty() {
            section(ui, "money-questions-decided", None);
            self.cards(ui, &decided, asks);
        }
    }

    fn open(&mut self, item: ItemId) {
        self.arrived = Some(item);
    }

    fn close(&mut self) {
        self.cards.close();
        self.writing = None;
    }
}

impl Decisions {
    fn cards(&mut self, ui: &mut Ui, all: &[Record<'_>], asks: &mut Asks) {
        for one in all {
            let Decisions { cards, writing, .. } = self;
            let may_hide = long::is_long(all.len()) && !cards.is_awaited(*one);
            long::row(ui, Id::new(("decision", one.item)), may_hide, |ui| {
                let reading = |ui: &mut Ui, asks: &mut Asks| reading(ui, *one, writing, asks);
                cards.card(ui, *one, asks, reading, |ui, asks| editing(ui, *one, asks));
                ui.add_space(gap::L);
            });
        }
    }
}

fn section(ui: &mut Ui, key: &'static str, why: Option<&'static str>) {
    ui.add_space(gap::S);
    let words = text(key);
    let label = ui.label(theme::text(ui, Type::Section, &words));
    kit::is_heading(ui, &label, &words);
    if let Some(why) = why {
        ui.label(theme::soft(ui, Type::Note, text(why)));
    }
    ui.add_space(gap::S);
}

/// Nothing is decided yet, and it has not been set aside.
fn is_open(one: Record<'_>) -> bool {
    !matches!(one.choice("status").as_deref(), Some("decided" | "changed" | "set-aside"))
}

fn reading(ui: &mut Ui, one: Record<'_>, writing: &mut Option<ItemId>, asks: &mut Asks) {
    let question = one.line("question");
    let question = if question.is_empty() { text("common-no-words-yet") } else { question };
    let heading = ui.label(theme::text(ui, Type::Quote, &question));
    kit::is_heading(ui, &heading, &question);
    ui.horizontal_wrapped(|ui| {
        if let Some((status, words)) = one.choice("status").zip(one.choice_words("status")) {
            chip(ui, if status == "decided" { Tone::Calm } else { Tone::Plain }, &words);
        }
        again(ui, one);
    });
    if is_open(one) {
        came_to(ui, one, asks);
        positions(ui, one, writing, asks);
    } else {
        // What was decided is what one looks for; how, is one press away.
        words_of(ui, one, "matters");
        decided(ui, one);
        behind(ui, one, &text("money-how-decided"), |ui| {
            came_to(ui, one, asks);
            positions(ui, one, writing, asks);
        });
    }
    reservations(ui, one, writing, asks);
}

/// What there was to think about.
fn came_to(ui: &mut Ui, one: Record<'_>, asks: &mut Asks) {
    let people = one.people("people");
    if !people.is_empty() {
        let names: Vec<String> = people.iter().map(|who| people::face_of(one.desk, one.plan, who).name).collect();
        let words = format!("{}: {}", one.label("people"), people::together(&names));
        ui.label(theme::soft(ui, Type::Note, words));
    }
    if is_open(one) {
        words_of(ui, one, "matters");
    }
    options(ui, one);
    words_of(ui, one, "information");
    held_back(ui, one);
    super::chain::linked(ui, one, "for", asks);
    super::evidence::based_on(ui, one, asks);
}

/// When it is looked at again: quietly before that day, as a reminder from then on.
fn again(ui: &mut Ui, one: Record<'_>) {
    let Some(day) = one.date("review") else {
        if is_open(one) {
            chip(ui, Tone::Plain, &text("money-no-review"));
        }
        return;
    };
    let said = words::date(&day.to_string());
    if day <= today() {
        chip(ui, Tone::NotYet, &say(Say::new("money-review-now").with("day", said)));
    } else {
        chip(ui, Tone::Plain, &say(Say::new("money-review-on").with("day", said)));
    }
}

fn decided(ui: &mut Ui, one: Record<'_>) {
    ui.add_space(gap::S);
    words_of(ui, one, "decision");
    let who = one.people("decided-by").first().map(|who| people::face_of(one.desk, one.plan, who).name);
    let day = one.date("on").map(|day| words::date(&day.to_string()));
    let line = match (who, day) {
        (Some(name), Some(day)) => Some(Say::new("money-decided-by-on").with("name", name).with("day", day)),
        (Some(name), None) => Some(Say::new("money-decided-by").with("name", name)),
        (None, Some(day)) => Some(Say::new("money-decided-on").with("day", day)),
        (None, None) => None,
    };
    if let Some(line) = line {
        ui.label(theme::soft(ui, Type::Note, say(line)));
    }
    words_of(ui, one, "supported");
}

/// What could be done, each with what is good about it and what is not.
fn options(ui: &mut Ui, one: Record<'_>) {
    let options = one.records("options");
    if options.is_empty() {
        return;
    }
    ui.add_space(gap::S);
    ui.label(theme::soft(ui, Type::Note, text("money-options")));
    let palette = theme::of(ui.ctx());
    kit::columns(ui, options.len(), COLUMN, |ui, at| {
        let option = options[at];
        ui.label(theme::text(ui, Type::Strong, option.line("what")));
        for (field, icon, ink) in [("good", Icon::GOOD, palette.calm), ("not-so-good", Icon::NOT_GOOD, palette.not_yet)]
        {
            let words = option.text(field);
            if words.trim().is_empty() {
                continue;
            }
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = gap::S;
                let (rect, _) = ui.allocate_exact_size(eframe::egui::vec2(22.0, 26.0), eframe::egui::Sense::hover());
                kit::paint_icon(ui.painter(), rect.center(), icon, 20.0, ink);
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    ui.label(theme::soft(ui, Type::Small, option.label(field)));
                    ui.add(eframe::egui::Label::new(theme::text(ui, Type::Body, words.trim())).wrap());
                });
            });
        }
    });
}

/// What is not told to everybody, why, and for how long: that it is so is told.
fn held_back(ui: &mut Ui, one: Record<'_>) {
    let held = one.records("held-back");
    if held.is_empty() {
        return;
    }
    ui.add_space(gap::S);
    ui.label(theme::soft(ui, Type::Note, words::label("decisions-held-back")));
    for record in held {
        let until = record.date("until").map(|day| words::date(&day.to_string()));
        let until = until.map(|day| format!("{}: {day}", record.label("until"))).unwrap_or_default();
        ui.label(theme::text(ui, Type::Strong, record.line("what")));
        super::small::facts(ui, [record.text("why"), until]);
    }
}

/// Where each stands, in their own voice or as it was written down for them.
fn positions(ui: &mut Ui, one: Record<'_>, writing: &mut Option<ItemId>, asks: &mut Asks) {
    let Some(item) = one.item else { return };
    let voiced = last_said(one, "positions", "about", item);
    let me = people::me(one.desk, one.plan).map(|me| me.id);
    let mine = voiced.iter().find(|(person, _)| Some(*person) == me).map(|(_, said)| *said);
    let recorded = one.records("positions");
    if !voiced.is_empty() || !recorded.is_empty() {
        ui.add_space(gap::S);
        ui.label(theme::soft(ui, Type::Note, text("money-positions")));
    }
    let open = mine.filter(|mine| is_written(*mine, writing));
    let shown: Vec<(Face, Record<'_>, bool)> = voiced
        .iter()
        .filter(|(person, _)| open.is_none() || Some(*person) != me)
        .map(|(person, said)| (people::face_or_former(one.desk, one.plan, *person), *said, true))
        .chain(recorded.iter().filter_map(|said| {
            let whose = said.people("whose");
            Some((people::face_of(one.desk, one.plan, whose.first()?), *said, false))
        }))
        .collect();
    kit::columns(ui, shown.len(), COLUMN, |ui, at| {
        let (face, said, own) = &shown[at];
        kit::named(ui, face);
        position(ui, one, *said, *own);
    });
    match (open, mine) {
        (Some(mine), _) => {
            // It stays open while it is written, and is closed by its button.
            *writing = mine.item;
            write_position(ui, one, mine, writing, asks);
        }
        (None, Some(mine)) if mine.is_mine() => {
            if icon_button(ui, Weight::Quiet, Icon::EDIT, &text("money-change-position")).clicked() {
                *writing = mine.item;
            }
        }
        (None, None) if may_speak(one) => {
            let said = say(Say::new("money-take-position-on").with("what", one.line("question")));
            if said_button(ui, Weight::Plain, Icon::ADD, &text("money-take-position"), &said).clicked() {
                say_mine(one, "positions", "about", item, Vec::new(), asks);
            }
        }
        (None, _) => {}
    }
}

/// Whether what I say is open to be written: I asked for that, or there is nothing in it yet.
fn is_written(mine: Record<'_>, writing: &Option<ItemId>) -> bool {
    let empty = mine.refs("prefers").is_empty() && mine.choice("answer").is_none() && mine.text("words").is_empty();
    mine.is_mine() && (empty || mine.item == *writing)
}

fn position(ui: &mut Ui, one: Record<'_>, said: Record<'_>, own: bool) {
    let prefers = match own {
        true => said.refs("prefers").iter().find_map(|option| {
            let options = one.records("options");
            options.iter().find(|known| known.item == Some(*option)).map(|option| option.line("what"))
        }),
        false => Some(said.line("prefers")).filter(|words| !words.is_empty()),
    };
    if let Some(prefers) = prefers {
        ui.label(theme::text(ui, Type::Body, say(Say::new("money-prefers").with("what", prefers))));
    }
    if own && let Some(words) = said.choice_words("answer") {
        chip(ui, Tone::Plain, &words);
    }
    let words = said.text("words");
    if !words.trim().is_empty() {
        ui.add(eframe::egui::Label::new(theme::text(ui, Type::Body, crate::terms::quoted(&words))).wrap());
    }
    if !own && let Some(by) = said.people("written-by").first() {
        let name = people::face_of(one.desk, one.plan, by).name;
        ui.label(theme::soft(ui, Type::Small, say(Say::new("money-written-by").with("name", name))));
    }
}

fn write_position(ui: &mut Ui, one: Record<'_>, mine: Record<'_>, writing: &mut Option<ItemId>, asks: &mut Asks) {
    ui.push_id(mine.id("position", ""), |ui| {
        ui.spacing_mut().item_spacing.y = gap::M;
        let options = one.records("options");
        let choices: Vec<Choice<ItemId>> = options
            .iter()
            .filter_map(|option| Some((option.item?, option.line("what"))))
            .filter(|(_, what)| !what.is_empty())
            .map(|(value, words)| Choice { value, words, tone: Tone::Accent })
            .collect();
        if choices.is_empty() {
            set_choice(ui, mine, "answer", |_| Tone::Accent, asks);
        } else {
            let now = mine.refs("prefers").into_iter().next();
            if let Some(option) = choose(ui, &mine.label("prefers"), now.as_ref(), &choices) {
                mine.set("prefers", Some(Value::Ref(option)), asks);
            }
        }
        words_field(ui, mine, "words", 1, asks);
        if icon_button(ui, Weight::Plain, Icon::DONE, &text("money-said")).clicked() {
            *writing = None;
        }
    });
}

/// Doubts that stay beside a decision, each in its author's voice.
fn reservations(ui: &mut Ui, one: Record<'_>, writing: &mut Option<ItemId>, asks: &mut Asks) {
    let Some(item) = one.item else { return };
    let all = super::voiced::said_about(one, "reservations", "about", item);
    let me = people::me(one.desk, one.plan).map(|me| me.id);
    if !all.is_empty() {
        ui.add_space(gap::S);
        ui.label(theme::soft(ui, Type::Note, text("money-doubts")));
    }
    for (person, said) in &all {
        let words = said.text("words");
        if Some(*person) == me && said.is_mine() && (words.is_empty() || said.item == *writing) {
            ui.push_id(said.id("doubt", ""), |ui| words_field(ui, *said, "words", 1, asks));
            *writing = said.item;
            continue;
        }
        ui.horizontal_wrapped(|ui| {
            let face = people::face_or_former(one.desk, one.plan, *person);
            kit::disc(ui, &face, 26.0);
            ui.label(theme::text(ui, Type::BesideStrong, &face.name));
            ui.label(theme::text(ui, Type::Body, crate::terms::quoted(&words)));
        });
    }
    if !is_open(one) && may_speak(one) && all.iter().all(|(person, _)| Some(*person) != me) {
        let said = say(Say::new("money-doubt-on").with("what", one.line("question")));
        if said_button(ui, Weight::Quiet, Icon::ADD, &text("money-doubt"), &said).clicked() {
            say_mine(one, "reservations", "about", item, Vec::new(), asks);
        }
    }
}

fn editing(ui: &mut Ui, one: Record<'_>, asks: &mut Asks) {
    fields(ui, one, &["question", "matters"], asks);
    rows(ui, one, "options", &["what", "good", "not-so-good"], asks);
    let nothing = text("money-do-nothing");
    if one.is_mine() && one.records("options").iter().all(|option| option.line("what") != nothing) {
        ui.label(theme::soft(ui, Type::Note, text("money-do-nothing-why")));
        if icon_button(ui, Weight::Quiet, Icon::ADD, &text("money-add-do-nothing")).clicked() {
            one.add("options", vec![("what".to_owned(), desk::Fill::Value(Value::Line(nothing)))], asks);
        }
    }
    set_choice(ui, one, "status", |_| Tone::Accent, asks);
    if is_open(one) {
        fields(ui, one, &["review"], asks);
        more(ui, one, &["information", "people", "supported", "for", "based-on"], asks);
    } else {
        fields(ui, one, &["decision", "decided-by", "on", "supported", "review"], asks);
        more(ui, one, &["information", "people", "for", "based-on"], asks);
    }
    rows(ui, one, "positions", &["whose", "prefers", "words", "written-by"], asks);
    rows(ui, one, "held-back", &["what", "why", "until"], asks);
}

/// A text with a soft heading above, if there are words in it.
fn words_of(ui: &mut Ui, record: Record<'_>, field: &str) {
    let words = record.text(field);
    if words.trim().is_empty() {
        return;
    }
    ui.label(theme::soft(ui, Type::Note, record.label(field)));
    ui.label(theme::text(ui, Type::Body, words.trim()).line_height(Some(Type::Body.line_height())));
}
