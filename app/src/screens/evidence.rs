//! Stories, pictures and papers: what a plan rests on, and in whose voice. A drawing counts as much as a letter.

use desk::{Ask, Desk, Fill, Reckoned};
use eframe::egui::{Ui, vec2};
use plan::{
    Someone, Value,
    checks::evidence::{Balance, balance},
    views,
};
use seal::{ItemId, PlanId};
use words::{Say, say, text};

use super::{
    cards::{Cards, More},
    fields::{Record, fields, more, words_field},
    pages::PartPage,
    part_title,
    small::today,
};
use crate::{
    asks::{Asks, Page, Place},
    kit::{self, Filling, Icon, Piece, Weight, chip, icon_button, said_button},
    people, terms,
    theme::{self, Tone, Type, gap},
};

const PART: &str = "evidence";

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Evidence {
    cards: Cards,
    known: Reckoned<Vec<views::Evidence>>,
}

impl PartPage for Evidence {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        part_title(ui, part, Some(PART), asks);
        let Evidence { cards, known } = self;
        let known = known.of(desk, plan, views::evidence);
        let balance = balance(known);
        // As long as nobody said whose voice anything is, there is nothing to weigh.
        if balance.all() > balance.unknown {
            whose_voice(ui, desk, plan, balance);
            ui.add_space(gap::L);
        }
        let all = part.records(PART);
        // What somebody asks to take out is answered before anything else.
        for one in known.iter().filter(|one| !one.take_out.is_empty()) {
            asked_out(ui, part.at(one.id), one, cards, asks);
        }
        let wishes = std::cell::RefCell::new(Vec::new());
        let reads = |ui: &mut Ui, record: Record<'_>| {
            let about = known.iter().find(|one| Some(one.id) == record.item);
            if let Some(wish) = reading(ui, record, about) {
                wishes.borrow_mut().push(wish);
            }
        };
        let words = text("happened-evidence-more");
        cards.grid(ui, &all, Some(More { of: part, list: PART, words: &words }), asks, reads, editing);
        for wish in wishes.into_inner() {
            match wish {
                Wish::Go(page) => asks.go(Place::Plan(plan, page)),
                Wish::TakeOut(item) => {
                    if let Some(mine) = part.my_voice() {
                        let fills = [("about", Value::Ref(item)), ("on", Value::Date(today()))];
                        let fills = fills.map(|(field, value)| (field.to_owned(), Fill::Value(value)));
                        mine.add("take-out", fills.into(), asks);
                    }
                }
            }
        }
    }

    fn cards(&mut self) -> Option<&mut Cards> {
        Some(&mut self.cards)
    }
}

/// What was pressed on a card that is read.
enum Wish {
    Go(Page),
    TakeOut(ItemId),
}

/// In whose voice the plan speaks: a bar, and the numbers in words.
fn whose_voice(ui: &mut Ui, desk: &Desk, plan: PlanId, balance: Balance) {
    kit::card(ui, |ui| {
        let title = text("happened-balance");
        let label = ui.label(theme::text(ui, Type::Section, &title));
        kit::is_heading(ui, &label, &title);
        let name = desk.plans().into_iter().find(|card| card.id == plan).map(|card| card.whose).unwrap_or_default();
        let all = balance.all().max(1) as f32;
        let piece = |count: usize, filling: Filling, key: &'static str| Piece {
            share: count as f32 / all,
            filling,
            words: say(Say::new(key).with("name", name.as_str()).with("count", count)),
        };
        let pieces = [
            piece(balance.own, Filling::Full, "happened-balance-own"),
            piece(balance.family, Filling::Half, "happened-balance-family"),
            piece(balance.worker, Filling::Hatched, "happened-balance-worker"),
        ];
        let said: Vec<String> = pieces.iter().map(|piece| piece.words.clone()).collect();
        kit::bar(ui, &pieces, &format!("{title}: {}", said.join(", ")));
        if balance.unknown > 0 {
            let words = Say::new("happened-balance-unknown").with("count", balance.unknown);
            ui.label(theme::soft(ui, Type::Note, say(words)));
        }
        if balance.is_without_their_own() {
            let words = Say::new("happened-balance-missing").with("name", name.as_str());
            ui.label(theme::text(ui, Type::BesideStrong, say(words)));
        }
    });
}

fn reading(ui: &mut Ui, record: Record<'_>, about: Option<&views::Evidence>) -> Option<Wish> {
    let mut wish = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = gap::S;
        if let Some(whose) = record.people("whose").first() {
            kit::disc(ui, &people::face_of(record.desk, record.plan, whose), 34.0);
        }
        if let Some(kind) = record.choice_words("kind") {
            chip(ui, Tone::Accent, &kind);
        }
        if let Some(made) = record.date("made") {
            ui.label(theme::soft(ui, Type::Note, words::date(&made.to_string())));
        }
    });
    let title = record.line("title");
    let title = if title.is_empty() { text("common-no-words-yet") } else { title };
    ui.label(theme::text(ui, Type::Section, title));
    let words = record.text("words");
    if !words.trim().is_empty() {
        ui.label(theme::text(ui, Type::Body, crate::terms::quoted(&words)).line_height(Some(Type::Body.line_height())));
    }
    if let Some(used) = record.choice_words("use") {
        let words = format!("{}: {used}", record.label("use"));
        ui.label(theme::soft(ui, Type::Note, words));
    }
    let stands = about.map(|about| &about.stands_behind);
    if let Some(stands) = stands.filter(|stands| !stands.is_empty()) {
        ui.label(theme::soft(ui, Type::Small, record.label("cites")));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(gap::S, gap::S);
            for item in stands {
                if let Some(page) = named(ui, record, *item) {
                    wish = Some(Wish::Go(page));
                }
            }
        });
    }
    if may_ask_out(record, about) {
        let said = format!("{}: {}", text("happened-take-out"), record.line("title"));
        if said_button(ui, Weight::Quiet, None, &text("happened-take-out"), &said).clicked() {
            wish = record.item.map(Wish::TakeOut);
        }
    }
    wish
}

/// A need, a goal, a decision or something that happened, by its words; a press leads there. What is in a part one does not
/// have is said so.
fn named(ui: &mut Ui, record: Record<'_>, item: ItemId) -> Option<Page> {
    for part in ["needs", "goals", "decisions", "log"] {
        let there = Record::part(record.desk, record.plan, part).at(item);
        let is_there = there.document().is_some_and(|document| document.list_of(item).is_some());
        if !is_there {
            continue;
        }
        let words = format!("{}: {}", terms::page(record.desk, record.plan, part), there.called().trim());
        let pressed = icon_button(ui, Weight::Plain, None, &shorten(&words)).clicked();
        return super::pages::of(part).filter(|_| pressed).map(|row| Page::Part(row.part));
    }
    chip(ui, Tone::Plain, &text("app-field-elsewhere"));
    None
}

pub(super) fn shorten(words: &str) -> String {
    const ROOM: usize = 44;
    if words.chars().count() <= ROOM {
        return words.to_owned();
    }
    format!("{}…", words.chars().take(ROOM).collect::<String>().trim_end())
}

/// Whose voice or whose plan it is may ask for it to be taken out; who has asked need not ask twice.
fn may_ask_out(record: Record<'_>, about: Option<&views::Evidence>) -> bool {
    let Some(me) = people::me(record.desk, record.plan) else { return false };
    let part = Record::part(record.desk, record.plan, PART);
    let asked = about.is_some_and(|about| about.take_out.contains(&me.id));
    let whose = record.people("whose").contains(&Someone::Member(me.id));
    let mine = me.standing == circle::Standing::Protected || whose;
    mine && !asked && part.my_voice().is_some_and(|voice| voice.is_mine())
}

/// Somebody asks for something of theirs to be taken out: in their own voice, with what they say about it.
fn asked_out(ui: &mut Ui, record: Record<'_>, about: &views::Evidence, cards: &Cards, asks: &mut Asks) {
    if cards.is_open(record) {
        return;
    }
    ui.push_id(record.id("asked out", ""), |ui| {
        kit::toned_card(ui, Tone::Attention, |ui| {
            let part = Record::part(record.desk, record.plan, PART);
            for (person, voice) in part.voices().into_iter().filter(|(person, _)| about.take_out.contains(person)) {
                let face = people::face_or_former(record.desk, record.plan, person);
                let asked = Say::new("happened-asked-out").with("name", face.name.as_str());
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing.x = gap::M;
                    kit::disc(ui, &face, 34.0);
                    ui.label(theme::text(ui, Type::Strong, say(asked.with("title", record.line("title")))));
                });
                let of_it = |said: &Record<'_>| said.refs("about").contains(&about.id);
                for said in voice.records("take-out").into_iter().filter(of_it) {
                    if said.is_mine() {
                        words_field(ui, said, "words", 1, asks);
                        if icon_button(ui, Weight::Quiet, Icon::UNDO, &text("happened-leave-in")).clicked() {
                            said.remove(asks);
                        }
                    } else if !said.text("words").trim().is_empty() {
                        ui.label(theme::text(ui, Type::Body, said.text("words").trim()));
                    }
                }
            }
            if record.is_mine() && icon_button(ui, Weight::Plain, Icon::REMOVE, &text("happened-take-it-out")).clicked()
            {
                asks.push(Ask::Remove { plan: record.plan, part: PART.to_owned(), item: about.id });
            }
            ui.label(theme::soft(ui, Type::Small, text("happened-taken-honest")));
        });
    });
    ui.add_space(gap::L);
}

fn editing(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    fields(ui, record, &["title", "kind", "words", "files", "whose", "voice"], asks);
    more(ui, record, &["use", "consent", "cites", "made", "recorded-by"], asks);
}

/// What a need, a goal or a decision rests on, in chips to be pressed: for the pages of those.
pub fn based_on(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    let rests_on = record.refs("based-on");
    if rests_on.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(gap::S, gap::S);
        ui.label(theme::soft(ui, Type::Small, text("happened-based-on")));
        for item in rests_on {
            let story = Record::part(record.desk, record.plan, PART).at(item);
            let title = story.line("title");
            let title = if title.is_empty() { text("app-field-elsewhere") } else { title };
            if icon_button(ui, Weight::Plain, Icon::EVIDENCE, &shorten(&title)).clicked() {
                asks.go(Place::Plan(record.plan, Page::Part(PART)));
            }
        }
    });
}
