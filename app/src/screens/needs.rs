//! What I need help with. On top what nobody has yet, then what hangs by a thread; beside each who has it, what services
//! answered, and how everybody sees it.

mod acts;
mod reading;

use desk::Desk;
use eframe::egui::{Context, Ui};
use plan::{checks::needs::Held, views::NeedStatus};
use seal::PlanId;
use words::text;

pub(super) use self::acts::{Saying, buttons};
use super::{
    areas::{self, Areas},
    cards::Cards,
    fields::{Record, comments, field, fields, more, rows, set_choice},
    in_hand::{InHand, Stands},
    lately::{Lately, a_moment},
    lead, long,
    pages::PartPage,
};
use crate::{
    asks::Asks,
    kit::{self, Icon, paint_icon},
    people,
    theme::{self, Tone, Type, gap},
};

pub(super) const PART: &str = "needs";

/// What the page remembers of itself.
#[derive(Default)]
pub struct Needs {
    cards: Cards,
    saying: Saying,
    hand: Lately<InHand>,
    areas: Areas,
}

/// The groups of needs, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Nobodys,
    AtRisk,
    Held,
    Over,
}

impl Group {
    const ALL: [Group; 4] = [Group::Nobodys, Group::AtRisk, Group::Held, Group::Over];

    fn of(stands: Option<&Stands>) -> Group {
        // Nothing is written in it yet: it stands where it will stand with its first word, and does not go from under the hand.
        let Some(stands) = stands else { return Group::Nobodys };
        match (&stands.held, stands.need.status) {
            (Held::Nobodys(_), _) => Group::Nobodys,
            (Held::AtRisk(_), _) => Group::AtRisk,
            (Held::Held, Some(NeedStatus::Closed)) => Group::Over,
            (Held::Held, None | Some(NeedStatus::Open | NeedStatus::BeingMet | NeedStatus::Watching)) => Group::Held,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Group::Nobodys => "needs-group-nobodys",
            Group::AtRisk => "needs-group-at-risk",
            Group::Held => "needs-group-held",
            Group::Over => "needs-group-over",
        }
    }

    fn tone(self) -> Option<Tone> {
        match self {
            Group::Nobodys => Some(Tone::Attention),
            Group::AtRisk => Some(Tone::NotYet),
            Group::Held | Group::Over => None,
        }
    }
}

impl PartPage for Needs {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        let Needs { cards, saying, hand, areas } = self;
        areas::title(ui, part, *areas, asks);
        let Some(hand) = hand.of(ui.ctx(), desk, plan, InHand::reckon) else { return a_moment(ui) };
        let all = part.records(PART);
        let nothing_yet = all.is_empty();
        let all = areas.of(ui, part, all, |one| cards.is_awaited(one) || cards.is_open(one));
        let is_long = long::is_long(all.len());
        let group_of = |one: &Record<'_>| Group::of(one.item.and_then(|item| hand.needs.get(&item)));
        let grouped: Vec<(Group, Record<'_>)> = all.iter().map(|one| (group_of(one), *one)).collect();
        for group in Group::ALL {
            let mut first = true;
            for (_, one) in grouped.iter().filter(|(of, _)| *of == group) {
                if first {
                    heading(ui, group);
                    first = false;
                }
                let may_hide = is_long && !cards.is_awaited(*one);
                long::row(ui, one.id("need", ""), may_hide, |ui| {
                    card(ui, *one, group, hand, cards, saying, asks);
                });
                ui.add_space(gap::L);
            }
        }
        if nothing_yet {
            lead(ui, &text("needs-lead"));
        }
        if part.is_mine() && kit::empty_card(ui, &people::to_whom(desk, plan, "needs-more", "needs-more-of")).clicked()
        {
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
        self.saying.close();
    }

    fn count(&mut self, ctx: &Context, desk: &Desk, plan: PlanId) -> usize {
        self.hand.of(ctx, desk, plan, InHand::reckon).map_or(0, InHand::nobodys)
    }
}

fn heading(ui: &mut Ui, group: Group) {
    let palette = theme::of(ui.ctx());
    let words = text(group.words());
    let (icon, ink) = match group {
        Group::Nobodys => (Some(Icon::NOBODYS), palette.attention),
        Group::AtRisk => (Some(Icon::WARN), palette.not_yet),
        Group::Held | Group::Over => (None, palette.ink),
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap::S;
        if let Some(icon) = icon {
            let (rect, _) = ui.allocate_exact_size(eframe::egui::vec2(26.0, 30.0), eframe::egui::Sense::hover());
            paint_icon(ui.painter(), rect.center(), icon, 24.0, ink);
        }
        let label = ui.label(theme::text(ui, Type::Section, &words).color(ink));
        kit::is_heading(ui, &label, &words);
    });
    ui.add_space(gap::S);
}

fn card(
    ui: &mut Ui,
    record: Record<'_>,
    group: Group,
    hand: &InHand,
    cards: &mut Cards,
    saying: &mut Saying,
    asks: &mut Asks,
) {
    let id = record.id("card", "");
    ui.push_id(id, |ui| {
        if cards.is_open(record) {
            let card = kit::card(ui, |ui| {
                ui.spacing_mut().item_spacing.y = gap::M;
                editing(ui, record, asks);
                comments(ui, record, true, asks);
                cards.end(ui, record, asks);
            });
            return cards.drawn(ui, record, card.response.rect);
        }
        let inside = |ui: &mut Ui| {
            let stands = record.item.and_then(|item| hand.needs.get(&item));
            reading::ui(ui, record, group.tone(), stands, hand, saying, asks);
            cards.foot(ui, record, asks);
        };
        let card = match group.tone() {
            Some(tone) => kit::toned_card(ui, tone, inside),
            None => kit::card(ui, inside),
        };
        cards.drawn(ui, record, card.response.rect);
    });
}

fn editing(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    fields(ui, record, &["what", "practical", "feelings", "already", "prevent"], asks);
    areas::belongs(ui, record, asks);
    set_choice(ui, record, "status", tone, asks);
    field(ui, record, "owner", asks);
    rows(ui, record, "answers", &["agency", "on", "answer", "reason", "appeal-by"], asks);
    rows(ui, record, "perspectives", &["whose", "words", "written-by"], asks);
    let seldom = ["domain", "area", "right", "whose", "raised-by", "since", "eligible", "based-on"];
    more(ui, record, &areas::seldom(record, &seldom), asks);
}

/// How a status looks besides its words.
fn tone(status: &str) -> Tone {
    match status {
        "being-met" => Tone::Calm,
        "watching" => Tone::Accent,
        _ => Tone::Plain,
    }
}
