//! All meetings: when the plan is looked at again, what is coming up, what has been, and whose voice is missing in it.

use std::collections::BTreeMap;

use desk::Desk;
use eframe::egui::{Sense, Ui, WidgetInfo, WidgetType, vec2};
use plan::{Date, Someone, Whole, checks::voices};
use seal::{ItemId, PlanId};
use words::{Say, say, text};

use super::{PART, called, day_of, invited, is_without_the_person, nothing_about_me};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, chip, icon_button, said_button},
    noticed, people,
    screens::{
        fields::{Record, fields},
        silence,
        small::today,
    },
    theme::{self, Tone, Type, gap},
};

/// How many that have been are shown at first.
const FEW: usize = 10;

/// What somebody wants to see.
pub(super) enum Wanted {
    Meeting(ItemId),
    New,
}

/// Whose voice is missing, reckoned once for each change of the plan.
#[derive(Debug)]
pub(super) struct Silence {
    /// For each meeting, who came and of whom nothing is written down.
    pub(super) at: BTreeMap<ItemId, Vec<Someone>>,
    /// Parts that nobody but workers, or whoever began the plan for somebody, wrote in.
    pub(super) parts: Vec<&'static str>,
}

impl Silence {
    pub(super) fn of(desk: &Desk, plan: PlanId, whole: &Whole<'_>) -> Silence {
        Silence { at: voices::silent(&plan::views::meetings(whole)), parts: silence::parts(desk, plan, whole) }
    }
}

pub(super) fn ui(ui: &mut Ui, part: Record<'_>, silence: &Silence, asks: &mut Asks) -> Option<Wanted> {
    let mut wanted = None;
    let all = part.records(PART);
    if all.is_empty() {
        if part.is_mine() && kit::empty_card(ui, &text("money-meetings-empty")).clicked() {
            wanted = Some(Wanted::New);
        }
        ui.add_space(gap::L);
    }
    again(ui, part, asks);
    ui.add_space(gap::L);
    let day = today();
    let (mut been, mut coming): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| has_been(*one, day));
    coming.sort_by_key(|one| (day_of(*one).is_none(), day_of(*one)));
    been.sort_by_key(|one| std::cmp::Reverse(day_of(*one)));
    let mut section = |ui: &mut Ui, key: &'static str, some: &[Record<'_>]| {
        if some.is_empty() {
            return;
        }
        let words = text(key);
        let label = ui.label(theme::text(ui, Type::Section, &words));
        kit::is_heading(ui, &label, &words);
        ui.add_space(gap::S);
        for one in some {
            if card(ui, *one, day, silence) {
                wanted = one.item.map(Wanted::Meeting);
            }
            ui.add_space(gap::M);
        }
        ui.add_space(gap::S);
    };
    section(ui, "money-coming-up", &coming);
    let id = part.id("all that have been", PART);
    let shown = if ui.data(|data| data.get_temp(id)).unwrap_or(false) { been.len() } else { FEW.min(been.len()) };
    section(ui, "money-have-been", &been[..shown]);
    if shown < been.len() && icon_button(ui, Weight::Quiet, Icon::MORE, &text("money-more-meetings")).clicked() {
        ui.data_mut(|data| data.insert_temp(id, true));
    }
    silence::card(ui, &silence.parts);
    wanted
}

fn has_been(meeting: Record<'_>, today: Date) -> bool {
    match meeting.choice("status").as_deref() {
        Some("held" | "called-off") => true,
        _ => day_of(meeting).is_some_and(|day| day < today),
    }
}

/// When the plan is looked at again, how often, and who sees to it.
fn again(ui: &mut Ui, part: Record<'_>, asks: &mut Asks) {
    let id = part.id("again", PART);
    let open: bool = ui.data(|data| data.get_temp(id)).unwrap_or(false);
    kit::card(ui, |ui| {
        if open {
            ui.spacing_mut().item_spacing.y = gap::M;
            fields(ui, part, &["next-review", "interval", "responsible"], asks);
            if icon_button(ui, Weight::Strong, Icon::DONE, &text("common-done")).clicked() {
                ui.data_mut(|data| data.insert_temp(id, false));
            }
            return;
        }
        let sentence = match part.date("next-review") {
            Some(day) if day < today() => Say::new("money-review-past").with("day", words::date(&day.to_string())),
            Some(day) => Say::new("money-review-next").with("day", words::date(&day.to_string())),
            None => Say::new("money-review-none"),
        };
        let accent = theme::of(ui.ctx()).accent;
        kit::icon_line(ui, Icon::MEETINGS, accent, theme::text(ui, Type::Strong, say(sentence)));
        let who = part.people("responsible").first().map(|who| people::face_of(part.desk, part.plan, who).name);
        let who = who.map(|name| say(Say::new("money-sees-to-it").with("name", name)));
        let facts: Vec<String> = part.choice_words("interval").into_iter().chain(who).collect();
        if !facts.is_empty() {
            ui.label(theme::soft(ui, Type::Note, facts.join(" · ")));
        }
        let said = text("money-review-change");
        if part.is_mine() && said_button(ui, Weight::Quiet, Icon::EDIT, &text("app-change"), &said).clicked() {
            ui.data_mut(|data| data.insert_temp(id, true));
        }
    });
}

/// A meeting in the list. Whether somebody wants to look at it.
fn card(ui: &mut Ui, meeting: Record<'_>, today: Date, silence: &Silence) -> bool {
    let mut wanted = false;
    kit::card(ui, |ui| {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap::L;
            leaf(ui, day_of(meeting));
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = gap::XS;
                let name = called(meeting);
                let heading = ui.label(theme::text(ui, Type::Section, &name));
                kit::is_heading(ui, &heading, &name);
                let when = meeting.value("when").map(|when| crate::screens::fields::said(meeting, "when", &when));
                let facts: Vec<String> = when.into_iter().chain(Some(meeting.line("where"))).collect();
                let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
                if !facts.is_empty() {
                    ui.label(theme::soft(ui, Type::Note, facts.join(" · ")));
                }
                ui.horizontal_wrapped(|ui| {
                    if let Some(kind) = meeting.choice_words("kind") {
                        chip(ui, Tone::Accent, &kind);
                    }
                    if let Some(status) = meeting.choice_words("status") {
                        chip(ui, Tone::Plain, &status);
                    }
                });
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing.x = gap::XS;
                    for (who, _) in invited(meeting) {
                        kit::disc(ui, &people::face_of(meeting.desk, meeting.plan, &who), 30.0);
                    }
                });
                warn(ui, meeting, today, silence);
                let said = say(Say::new("money-look-at").with("what", name));
                wanted = said_button(ui, Weight::Plain, None, &text("money-look"), &said).clicked();
            });
        });
    });
    wanted
}

fn warn(ui: &mut Ui, meeting: Record<'_>, today: Date, silence: &Silence) {
    let person = people::whose(meeting.desk, meeting.plan);
    let heard = !meeting.text("how-heard").trim().is_empty();
    if !has_been(meeting, today) && !heard && is_without_the_person(meeting, &person) {
        chip(ui, Tone::Attention, &nothing_about_me(&person));
    }
    if let Some(one) = meeting.item.and_then(|item| silent(meeting, silence, item)) {
        ui.label(theme::soft(ui, Type::Note, one.words));
    }
}

/// Of whom nothing is written down, though they were there.
pub(super) fn silent(meeting: Record<'_>, silence: &Silence, item: ItemId) -> Option<noticed::Noticed> {
    let names = silence.at.get(&item)?.iter().map(|who| people::face_of(meeting.desk, meeting.plan, who).name);
    noticed::voices::silent(&names.collect::<Vec<_>>())
}

/// A leaf of a calendar: the day large, the month below.
fn leaf(ui: &mut Ui, day: Option<Date>) {
    let palette = theme::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(72.0, 76.0), Sense::hover());
    let Some(day) = day else {
        kit::paint_icon(ui.painter(), rect.center(), Icon::MEETINGS, 36.0, palette.soft_ink);
        return;
    };
    let said = words::date(&day.to_string());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, ui.is_enabled(), &said));
    ui.painter().rect_filled(rect, eframe::egui::CornerRadius::same(theme::BUTTON_RADIUS), palette.accent_behind);
    // "3 March 2027": the day, and the first letters of the month.
    let mut pieces = said.split(' ');
    let (number, month) = (pieces.next().unwrap_or_default(), pieces.next().unwrap_or_default());
    let month: String = month.chars().take(3).collect();
    let number = ui.painter().layout_no_wrap(number.to_owned(), Type::Title.font(), palette.accent);
    let month = ui.painter().layout_no_wrap(month, Type::Chip.font(), palette.accent);
    let at = |galley: &eframe::egui::Galley, top: f32| {
        eframe::egui::pos2(rect.center().x - galley.size().x / 2.0, rect.top() + top)
    };
    let (number_at, month_at) = (at(&number, 8.0), at(&month, 48.0));
    ui.painter().galley(number_at, number, palette.accent);
    ui.painter().galley(month_at, month, palette.accent);
}
