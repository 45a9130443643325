//! What we tried, and what we learned: four things to look back on and one to go on with. The latest stands first; what nobody
//! has answered yet is asked, not left empty.

use desk::Desk;
use eframe::egui::{Sense, Ui, vec2};
use plan::Date;
use seal::PlanId;
use words::{Say, say, text};

use super::{
    cards::Cards,
    chain,
    fields::{Record, field, fields},
    heard::Heard,
    lately::{Lately, a_moment},
    lead, long,
    needs::Saying,
    pages::PartPage,
    part_title,
    small::{facts, name, today},
};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, paint_icon, said_button},
    people,
    theme::{self, Type, gap},
};

const PART: &str = "learning";

/// What is asked about something that was tried, with what stands beside it.
const QUESTIONS: [(&str, Icon); 4] =
    [("learned", Icon::LEARNING), ("pleased", Icon::GOOD), ("concerned", Icon::WARN), ("next", Icon::GO)];

/// What the page remembers of itself.
#[derive(Default)]
pub struct Learning {
    cards: Cards,
    saying: Saying,
    seen: Lately<Heard>,
}

impl PartPage for Learning {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        let Learning { cards, saying, seen } = self;
        part_title(ui, part, Some(PART), asks);
        let seen = seen.of(ui.ctx(), desk, plan, |still, _| Heard::of(still, "learning-voice.perspectives"));
        let Some(seen) = seen else { return a_moment(ui) };
        let mut all = part.records(PART);
        let nothing = all.is_empty();
        if nothing {
            lead(ui, &text("learning-lead"));
        }
        // What has no day yet was added this moment.
        all.sort_by_key(|one| std::cmp::Reverse(one.date("on").map_or(i64::MAX, |day: Date| day.days())));
        let is_long = long::is_long(all.len());
        for one in all {
            let may_hide = is_long && !cards.is_awaited(one);
            let mut opened = false;
            long::row(ui, one.id("tried", ""), may_hide, |ui| {
                let reading = |ui: &mut Ui, asks: &mut Asks| opened = reading(ui, one, seen, saying, asks);
                cards.card(ui, one, asks, reading, |ui, asks| editing(ui, one, asks));
            });
            if let Some(item) = one.item.filter(|_| opened) {
                cards.open(item);
            }
            ui.add_space(gap::L);
        }
        let invites = text(if nothing { "learning-empty" } else { "learning-more" });
        if part.is_mine() && kit::empty_card(ui, &invites).clicked() {
            part.add(PART, Vec::new(), asks);
        }
    }

    fn cards(&mut self) -> Option<&mut Cards> {
        Some(&mut self.cards)
    }

    fn close(&mut self) {
        self.cards.close();
        self.saying.close();
    }
}

/// One of them, to be read. Whether somebody wants to answer what it asks.
fn reading(ui: &mut Ui, one: Record<'_>, seen: &Heard, saying: &mut Saying, asks: &mut Asks) -> bool {
    let Record { desk, plan, .. } = one;
    name(ui, one, "tried");
    let day = one.date("on").map(|day| words::date(&day.to_string())).unwrap_or_default();
    let names: Vec<String> = one.people("who").iter().map(|who| people::face_of(desk, plan, who).name).collect();
    facts(ui, [day, people::together(&names)]);
    chain::linked(ui, one, "about", asks);
    ui.add_space(gap::XS);
    let answered: Vec<_> = QUESTIONS.into_iter().filter(|(field, _)| !one.text(field).trim().is_empty()).collect();
    kit::columns(ui, answered.len(), 300.0, |ui, at| {
        let (field, icon) = answered[at];
        kit::panel(ui, None, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = gap::S;
                let (rect, _) = ui.allocate_exact_size(vec2(22.0, 24.0), Sense::hover());
                paint_icon(ui.painter(), rect.center(), icon, 20.0, theme::of(ui.ctx()).accent);
                ui.label(theme::soft(ui, Type::Small, one.label(field)));
            });
            let words = theme::text(ui, Type::Body, one.text(field).trim());
            ui.label(words.line_height(Some(Type::Body.line_height())));
        });
    });
    let mut asked = false;
    if answered.is_empty() && one.is_mine() {
        let said = say(Say::new("learning-open-this").with("what", one.called()));
        asked = said_button(ui, Weight::Plain, Icon::LEARNING, &text("learning-open"), &said).clicked();
    }
    // How others see it stands beside it, each in their own name.
    let me = people::me(desk, plan).map(|me| me.id);
    let writing = saying.is_about(one);
    let own = one.item.map(|item| seen.last_about(desk, plan, item)).unwrap_or_default();
    let own: Vec<_> = own
        .into_iter()
        .filter(|(person, said)| !(said.text("words").trim().is_empty() || writing && Some(*person) == me))
        .collect();
    kit::columns(ui, own.len(), 240.0, |ui, at| {
        let (person, said) = own[at];
        kit::named(ui, &people::face_or_former(desk, plan, person));
        let words = said.text("words");
        ui.label(theme::text(ui, Type::Note, words.trim()).line_height(Some(Type::Note.line_height())));
    });
    saying.ui(ui, one, asks);
    asked
}

fn editing(ui: &mut Ui, one: Record<'_>, asks: &mut Asks) {
    field(ui, one, "tried", asks);
    field(ui, one, "on", asks);
    if one.is_mine() && one.date("on").is_none() {
        let day = plan::Value::Date(today());
        let said = say(Say::new("learning-today-of").with("what", one.called()));
        if said_button(ui, Weight::Quiet, Icon::DAY, &text("learning-today"), &said).clicked() {
            one.set("on", Some(day), asks);
        }
    }
    fields(ui, one, &["learned", "pleased", "concerned", "next", "who", "about", "files"], asks);
}
