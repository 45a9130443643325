//! The left of a plan's window: whose plan it is, its parts, the circle. Only what exists.

use std::collections::BTreeMap;

use desk::{Desk, PlanCard};
use eframe::egui::{Sense, Ui, vec2};
use words::{Say, say, text};

use crate::{
    asks::{Asks, Page, Place},
    kit::{self, Face, Icon, row_button},
    people,
    screens::pages,
    terms,
    theme::{self, Tone, Type, gap},
};

/// The pages of a plan that this device may see, with what they are called.
pub fn pages(desk: &Desk, plan: &PlanCard) -> Vec<(Page, Icon, String)> {
    let mut pages = vec![(Page::Front, Icon::FRONT, text("app-front"))];
    let is_here = |row: &&pages::Row| plan.parts.contains(&row.part) && !desk.is_unreadable(plan.id, row.part);
    let mut here: Vec<&pages::Row> = pages::all().filter(is_here).collect();
    let named: Vec<&str> = desk.template(plan.id).parts().collect();
    here.sort_by_key(|row| named.iter().position(|part| *part == row.part).unwrap_or(named.len()));
    pages.extend(here.into_iter().map(|row| (Page::Part(row.part), row.icon, terms::part(row.part))));
    pages
}

/// Draws it.
pub fn ui(
    ui: &mut Ui,
    desk: &Desk,
    plan: &PlanCard,
    now: Option<Page>,
    counts: &BTreeMap<&'static str, usize>,
    asks: &mut Asks,
) {
    ui.spacing_mut().item_spacing.y = 2.0;
    whose(ui, desk, plan);
    ui.add_space(gap::XS);
    kit::rule(ui);
    ui.add_space(gap::S);
    for (page, icon, words) in pages(desk, plan) {
        let waiting = match page {
            Page::Part(part) => counts.get(part).copied().filter(|count| *count > 0),
            Page::Front | Page::Parts | Page::People | Page::Sharing | Page::Mine | Page::History => None,
        };
        let waiting = waiting.map(|count| count.to_string());
        row(ui, plan, page, icon, &words, now, waiting.as_deref(), asks);
    }
    if plan.gone.is_none() {
        row(ui, plan, Page::Parts, Icon::ADD_ROUND, &text("app-parts"), now, None, asks);
    }
    ui.add_space(gap::M);
    ui.horizontal(|ui| {
        ui.add_space(gap::M);
        ui.label(theme::soft(ui, Type::Chip, text("common-circle")));
    });
    ui.add_space(gap::XS);
    let knocks = desk.knocks(plan.id).len();
    let waiting = (knocks > 0).then(|| knocks.to_string());
    row(ui, plan, Page::People, Icon::PEOPLE, &text("app-people"), now, waiting.as_deref(), asks);
    row(ui, plan, Page::Sharing, Icon::SHARING, &text("app-sharing"), now, None, asks);
    if plan.gone.is_none() {
        row(ui, plan, Page::Mine, Icon::MINE, &text("app-mine"), now, None, asks);
    }
    row(ui, plan, Page::History, Icon::HISTORY, &text("app-history"), now, None, asks);
    let below = 4.0 * theme::TARGET + gap::L;
    let room = ui.available_height() - below;
    ui.add_space(room.clamp(gap::M, f32::INFINITY));
    if row_button(ui, Icon::FIND, &text("find-title"), false, None).clicked() {
        asks.go(Place::Find);
    }
    if row_button(ui, Icon::DAY, &text("wants-day"), false, None).clicked() {
        asks.go(Place::Day);
    }
    if row_button(ui, Icon::PLANS, &text("app-home-plans"), false, None).clicked() {
        asks.go(Place::Home);
    }
    if row_button(ui, Icon::SETTINGS, &text("app-settings"), false, None).clicked() {
        asks.go(Place::Settings);
    }
}

#[expect(clippy::too_many_arguments, reason = "one row of one list, called from one place twice over")]
fn row(
    ui: &mut Ui,
    plan: &PlanCard,
    page: Page,
    icon: Icon,
    words: &str,
    now: Option<Page>,
    count: Option<&str>,
    asks: &mut Asks,
) {
    // What nobody has yet calls; everything else that is counted only says so.
    let tone = if page == Page::Part("needs") { Tone::Attention } else { Tone::Accent };
    if row_button(ui, icon, words, now == Some(page), count.map(|count| (count, tone))).clicked() {
        asks.go(Place::Plan(plan.id, page));
    }
}

/// The person, large, and how many they are.
fn whose(ui: &mut Ui, desk: &Desk, plan: &PlanCard) {
    let people = people::in_order(desk, plan.id);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap::M;
        let (rect, _) = ui.allocate_exact_size(vec2(56.0, 60.0), Sense::hover());
        let face = Face { name: plan.whose.clone(), place: 0 };
        kit::paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), 56.0, &face);
        ui.vertical(|ui| {
            ui.add_space(6.0);
            ui.spacing_mut().item_spacing.y = 2.0;
            let title = if plan.title.is_empty() {
                say(Say::new("common-plan-of").with("name", &plan.whose))
            } else {
                plan.title.clone()
            };
            ui.add(eframe::egui::Label::new(theme::text(ui, Type::BesideStrong, title)).truncate());
            let count = say(Say::new("common-people-count").with("count", people.len()));
            let mine = people.iter().any(|member| member.me && member.standing == circle::Standing::Protected);
            let said = if mine { say(Say::new("app-my-plan").with("people", count)) } else { count };
            ui.label(theme::soft(ui, Type::Small, said));
        });
    });
}
