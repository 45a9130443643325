//! Help I get: free, ordinary and paid in one list, by kind, with what it is for, how far it has come, and how it is for
//! everybody who said so.

use desk::Desk;
use eframe::egui::{Sense, Ui, vec2};
use plan::Value;
use seal::{ItemId, PlanId};
use words::{Say, say, text};

use super::{
    areas::{self, Areas},
    cards::{Cards, behind},
    fields::{Record, fields, more, set_choice, words_field},
    heard::{Heard, fills, mine, my_last},
    lately::{Lately, a_moment},
    lead,
    links::reach,
    long,
    pages::PartPage,
    small::{facts, today, with_day, words_of},
};
use crate::{
    asks::Asks,
    kit::{self, FACES, Icon, Weight, chip, said_button},
    people,
    theme::{self, Tone, Type, gap},
};

const PART: &str = "supports";

/// The kinds, those that cost nothing first: all of them count alike.
const KINDS: [&str; 4] = ["informal", "community", "mainstream", "funded"];

/// How far help can have come. After the last but one it goes on; the last is its end.
const STEPS: [&str; 5] = ["idea", "asked", "quoted", "agreed", "started"];

/// What the page remembers of itself.
#[derive(Default)]
pub struct Supports {
    cards: Cards,
    saying: Option<ItemId>,
    fits: Lately<Heard>,
    areas: Areas,
}

impl PartPage for Supports {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        let Supports { cards, saying, fits, areas } = self;
        areas::title(ui, part, *areas, asks);
        let fits = fits.of(ui.ctx(), desk, plan, |still, _| Heard::of(still, "supports-voice.matches"));
        let Some(fits) = fits else { return a_moment(ui) };
        let all = part.records(PART);
        if all.is_empty() {
            lead(ui, &text("needs-supports-lead"));
        }
        let all = areas.of(ui, part, all, |one| cards.is_awaited(one) || cards.is_open(one));
        week(ui, &all);
        let is_long = long::is_long(all.len());
        let (over, now): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| is_over(*one));
        let kinds = now.iter().map(|one| one.choice("kind").filter(|kind| KINDS.contains(&kind.as_str())));
        let kinds: Vec<Option<String>> = kinds.collect();
        let mut group = |ui: &mut Ui, words: Option<String>, these: &[Record<'_>]| {
            if these.is_empty() {
                return;
            }
            if let Some(words) = words {
                let heading = ui.label(theme::text(ui, Type::Section, &words));
                kit::is_heading(ui, &heading, &words);
                ui.add_space(gap::XS);
            }
            for one in these {
                let may_hide = is_long && !cards.is_awaited(*one);
                long::row(ui, one.id("support", ""), may_hide, |ui| {
                    cards.card(
                        ui,
                        *one,
                        asks,
                        |ui, asks| reading(ui, *one, fits, saying, asks),
                        |ui, asks| editing(ui, *one, asks),
                    );
                });
                ui.add_space(gap::M);
            }
            ui.add_space(gap::S);
        };
        let of = |kind: Option<&str>| -> Vec<Record<'_>> {
            now.iter().zip(&kinds).filter(|(_, of)| of.as_deref() == kind).map(|(one, _)| *one).collect()
        };
        // What nobody has put under a heading stands first: it may have been written this moment.
        group(ui, None, &of(None));
        for kind in KINDS {
            group(ui, Some(crate::terms::choice(PART, "kind", kind)), &of(Some(kind)));
        }
        group(ui, Some(text("needs-supports-over")), &over);
        if part.is_mine() && kit::empty_card(ui, &text("needs-supports-more")).clicked() {
            part.add(PART, areas.fills(part), asks);
        }
    }

    fn look_at(&mut self, plan: PlanId, area: Option<&'static str>) {
        self.areas.look_at(plan, area);
    }

    fn cards(&mut self) -> Option<&mut Cards> {
        Some(&mut self.cards)
    }

    fn close(&mut self) {
        self.cards.close();
        self.saying = None;
    }
}

fn is_over(support: Record<'_>) -> bool {
    support.choice("status").as_deref() == Some("ended") || support.date("end").is_some_and(|end| end < today())
}

/// The week, as far as the lines about days and times name its days: only what has started.
fn week(ui: &mut Ui, all: &[Record<'_>]) {
    let mut days: [Vec<String>; 7] = Default::default();
    let started = all.iter().filter(|one| one.choice("status").as_deref() == Some("started") && !is_over(**one));
    // Nobody reads a week of hundreds of rows.
    for one in started.take(MOST_IN_WEEK) {
        for day in words::read_weekdays(&one.line("days")) {
            days[usize::from(day)].push(one.line("what"));
        }
    }
    if days.iter().all(Vec::is_empty) {
        return;
    }
    kit::card(ui, |ui| {
        let words = text("needs-supports-week");
        let heading = ui.label(theme::text(ui, Type::Section, &words));
        kit::is_heading(ui, &heading, &words);
        kit::week(ui, &words::weekdays(), &days);
    });
    ui.add_space(gap::L);
}

/// So many of what has started stand in the week at most.
const MOST_IN_WEEK: usize = 40;

/// One of them, to be read.
fn reading(ui: &mut Ui, support: Record<'_>, fits: &Heard, saying: &mut Option<ItemId>, asks: &mut Asks) {
    let Record { desk, plan, .. } = support;
    let palette = theme::of(ui.ctx());
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap::M;
        let (rect, _) = ui.allocate_exact_size(vec2(40.0, 44.0), Sense::hover());
        let who = support.people("who");
        match who.first() {
            Some(who) => {
                let face = people::face_of(desk, plan, who);
                kit::paint_disc(ui.painter(), palette, rect.center(), 40.0, &face);
            }
            None => kit::paint_icon(ui.painter(), rect.center(), Icon::SUPPORTS, 26.0, palette.soft_ink),
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = gap::XS;
            let what = support.line("what");
            let what = if what.is_empty() { text("common-no-words-yet") } else { what };
            ui.label(theme::text(ui, Type::Section, what));
            let name = who.first().map(|who| people::face_of(desk, plan, who).name).unwrap_or_default();
            facts(ui, [name, support.line("provider"), support.line("days"), support.line("where")]);
            let since = with_day(support, "start", "small-since").unwrap_or_default();
            let until = with_day(support, "end", "small-until").unwrap_or_default();
            facts(ui, [since, until, chosen_by(support)]);
            reach(ui, support, &["contact"]);
            status(ui, support);
        });
    });
    let mut more = |ui: &mut Ui| {
        helps(ui, support);
        words_of(ui, support, "match");
        how_it_is(ui, support, fits, saying, asks);
    };
    match is_over(support) {
        true => behind(ui, support, &text("needs-over-more"), more),
        false => more(ui),
    }
}

/// Who chose it.
fn chosen_by(support: Record<'_>) -> String {
    let chosen = support.people("chosen-by");
    let name = chosen.first().map(|one| people::face_of(support.desk, support.plan, one).name);
    name.map(|name| say(Say::new("needs-supports-chosen").with("name", name))).unwrap_or_default()
}

/// How far it has come, as steps and in words.
fn status(ui: &mut Ui, support: Record<'_>) {
    let Some((code, words)) = support.choice("status").zip(support.choice_words("status")) else { return };
    ui.horizontal_wrapped(|ui| {
        if let Some(step) = STEPS.iter().position(|step| *step == code) {
            let said = Say::new("needs-supports-step").with("words", &words).with("step", step + 1);
            kit::strip(ui, tone(&code), STEPS.len(), step + 1, &say(said.with("of", STEPS.len())));
        }
        chip(ui, tone(&code), &words);
    });
}

/// What it is for: wishes and needs, in their own words.
fn helps(ui: &mut Ui, support: Record<'_>) {
    let named: Vec<String> = support
        .refs("for")
        .into_iter()
        .map(|item| {
            let goal = Record::part(support.desk, support.plan, "goals").at(item).called();
            if goal.is_empty() { Record::part(support.desk, support.plan, "needs").at(item).called() } else { goal }
        })
        .filter(|words| !words.is_empty())
        .collect();
    if named.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        kit::before_chips(ui, &text("needs-supports-for"));
        for words in named {
            chip(ui, Tone::Plain, &words);
        }
    });
}

/// How it is for people, each in their own voice, and mine to be said.
fn how_it_is(ui: &mut Ui, support: Record<'_>, fits: &Heard, saying: &mut Option<ItemId>, asks: &mut Asks) {
    let Record { desk, plan, .. } = support;
    let Some(item) = support.item else { return };
    for (person, said) in fits.last_about(desk, plan, item) {
        let Some((code, words)) = said.choice("face").zip(said.choice_words("face")) else { continue };
        let face = people::face_or_former(desk, plan, person);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap::S;
            let (rect, _) = ui.allocate_exact_size(vec2(30.0, 32.0), Sense::hover());
            kit::paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), 28.0, &face);
            ui.label(theme::soft(ui, Type::Note, &face.name));
            kit::smile(ui, &code, &words);
            let own = said.text("words");
            if !own.trim().is_empty() {
                let own = theme::text(ui, Type::Note, crate::terms::quoted(&own));
                ui.add(eframe::egui::Label::new(own).wrap());
            }
        });
    }
    let Some(voice) = mine(support) else { return };
    let my = my_last(support, "matches");
    let said = |key: &'static str| say(Say::new(key).with("what", support.called()));
    if *saying != Some(item) {
        let key = if my.is_some() { "needs-supports-again" } else { "needs-supports-how" };
        if said_button(ui, Weight::Quiet, Icon::GOOD, &text(key), &said("needs-supports-how-this")).clicked() {
            *saying = Some(item);
        }
        return;
    }
    let label = text("needs-supports-how");
    let names = FACES.map(|face| crate::terms::choice("supports-voice", "face", face));
    let now = my.and_then(|my| my.choice("face"));
    if let Some(face) = kit::smiles(ui, &label, now.as_deref(), [&names[0], &names[1], &names[2]]) {
        let value = Value::Choice(face.to_owned());
        // What I said on another day stays as I said it then.
        match my.filter(|my| my.date("on") == Some(today())) {
            Some(my) => my.set("face", Some(value), asks),
            None => voice.add("matches", fills(item, Some(today()), vec![("face", value)]), asks),
        }
    }
    if let Some(my) = my {
        words_field(ui, my, "words", 1, asks);
    }
    if said_button(ui, Weight::Plain, Icon::DONE, &text("common-done"), &said("needs-see-done")).clicked() {
        *saying = None;
    }
}

fn editing(ui: &mut Ui, support: Record<'_>, asks: &mut Asks) {
    fields(ui, support, &["what", "kind", "who", "days"], asks);
    areas::belongs(ui, support, asks);
    set_choice(ui, support, "status", tone, asks);
    fields(ui, support, &["for", "match"], asks);
    let seldom = ["provider", "where", "start", "end", "area", "chosen-by", "contact", "paid-from", "resource"];
    more(ui, support, &areas::seldom(support, &seldom), asks);
}

/// How a status looks besides its words.
fn tone(status: &str) -> Tone {
    match status {
        "started" => Tone::Calm,
        "agreed" => Tone::Accent,
        "asked" | "quoted" => Tone::NotYet,
        _ => Tone::Plain,
    }
}
