//! The left of a plan's window: whose plan it is, its parts, the circle. Only what exists.

use std::collections::BTreeMap;

use desk::{Desk, PlanCard};
use eframe::egui::{Id, Response, ScrollArea, Sense, Ui, text::LayoutJob, vec2};
use seal::PlanId;
use words::{Say, say, text};

use crate::{
    asks::{Asks, Page, Place},
    kit::{self, Icon, row_button},
    people,
    screens::pages,
    terms,
    theme::{self, Tone, Type, gap},
};

/// From so many parts on, the rail says what they are for.
const GROUPED_FROM: usize = 7;
/// With less height than this, everything in the rail moves; else whose plan it is, and the way out of it, stay.
const STAYS_FROM: f32 = 420.0;
/// How wide a row is: the scroll bar stands in the margin beside it.
const ROW: f32 = theme::RAIL - 24.0;

/// The parts of a plan that this device may see, group by group; in a group as the plan's template has them.
pub fn parts(desk: &Desk, plan: &PlanCard) -> Vec<&'static pages::Row> {
    let is_here = |row: &&pages::Row| plan.parts.contains(&row.part) && !desk.is_unreadable(plan.id, row.part);
    let mut here: Vec<&pages::Row> = pages::all().filter(is_here).collect();
    let named: Vec<&str> = desk.template(plan.id).parts().collect();
    let place = |part| named.iter().position(|named| *named == part).unwrap_or(named.len());
    // A plan begins with its cover, whatever its template begins with.
    here.sort_by_key(|row| (row.group, (row.part != "cover").then(|| place(row.part))));
    here
}

/// Draws it at the left of a page: the pages move, what is above and below them stays.
pub fn ui(
    ui: &mut Ui,
    desk: &Desk,
    plan: &PlanCard,
    now: Page,
    counts: &BTreeMap<&'static str, usize>,
    asks: &mut Asks,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let stays = ui.available_height() > STAYS_FROM;
    let below = if stays { 2.0 * theme::TARGET + gap::L } else { 0.0 };
    if stays {
        head(ui, desk, plan);
    }
    let scroll = &mut ui.spacing_mut().scroll;
    (scroll.bar_width, scroll.bar_outer_margin) = (6.0, 3.0);
    let room = ui.available_height() - below;
    ScrollArea::vertical().max_height(room).auto_shrink(false).show(ui, |ui| {
        ui.set_width(ROW);
        if !stays {
            head(ui, desk, plan);
        }
        list(ui, desk, plan, Some(now), counts, asks);
        if !stays {
            foot(ui, asks);
        }
        kit::follow_focus(ui, "rail");
    });
    if stays {
        ui.set_max_width(ROW);
        ui.add_space(gap::XS);
        kit::rule(ui);
        ui.add_space(gap::XS);
        foot(ui, asks);
    }
}

/// Draws it as a page of its own, where there is no room for a rail.
pub fn page(ui: &mut Ui, desk: &Desk, plan: &PlanCard, counts: &BTreeMap<&'static str, usize>, asks: &mut Asks) {
    ui.spacing_mut().item_spacing.y = 0.0;
    head(ui, desk, plan);
    list(ui, desk, plan, None, counts, asks);
    ui.add_space(gap::L);
    kit::rule(ui);
    foot(ui, asks);
}

fn head(ui: &mut Ui, desk: &Desk, plan: &PlanCard) {
    ui.scope(|ui| {
        ui.set_max_width(ROW.min(ui.available_width()));
        whose(ui, desk, plan);
        ui.add_space(gap::S);
        kit::rule(ui);
        ui.add_space(gap::XS);
    });
}

fn list(
    ui: &mut Ui,
    desk: &Desk,
    plan: &PlanCard,
    now: Option<Page>,
    counts: &BTreeMap<&'static str, usize>,
    asks: &mut Asks,
) {
    let waits = |count: usize| (count > 0).then(|| count.to_string());
    let mut row = |ui: &mut Ui, page: Page, icon: Icon, words: &str, said: &str, count: Option<String>| {
        // What nobody has yet calls; everything else that is counted only says so.
        let tone = if page == Page::Part("needs") { Tone::Attention } else { Tone::Accent };
        let count = count.as_deref().map(|count| (count, tone));
        let response = row_button(ui, icon, words, said, now == Some(page), count);
        if now == Some(page) {
            shown(ui, plan.id, page, &response);
        }
        if response.clicked() {
            asks.go(Place::Plan(plan.id, page));
        }
    };
    let front = text("app-front");
    row(ui, Page::Front, Icon::FRONT, &front, &front, None);
    let parts = parts(desk, plan);
    let mut group = None;
    for part in &parts {
        if parts.len() >= GROUPED_FROM && group != Some(part.group) {
            group = Some(part.group);
            heading(ui, &part.group.words());
        }
        let count = counts.get(part.part).copied().and_then(waits);
        let (words, said) = (terms::short(desk, plan.id, part.part), terms::page(desk, plan.id, part.part));
        row(ui, Page::Part(part.part), part.icon, &words, &said, count);
    }
    let mut named = |ui: &mut Ui, page: Page, icon: Icon, words: String, count: Option<String>| {
        row(ui, page, icon, &words, &words, count);
    };
    heading(ui, &text("common-circle"));
    named(ui, Page::People, Icon::PEOPLE, text("app-people"), waits(desk.knocks(plan.id).len()));
    named(ui, Page::Sharing, Icon::SHARING, text("app-sharing"), None);
    if plan.gone.is_none() {
        named(ui, Page::Mine, Icon::MINE, text("app-mine"), None);
    }
    named(ui, Page::History, Icon::HISTORY, text("app-history"), None);
    if plan.gone.is_none() {
        ui.add_space(gap::XS);
        kit::rule(ui);
        ui.add_space(gap::XS);
        named(ui, Page::Parts, Icon::ADD_ROUND, text("app-parts"), None);
    }
    ui.add_space(gap::S);
}

/// The page that is open is in sight when it was opened from elsewhere; after that the rail stays where it was put.
fn shown(ui: &Ui, plan: PlanId, page: Page, response: &Response) {
    let id = Id::new("the rail's page");
    let now = (plan, page, ui.ctx().pixels_per_point().to_bits());
    if ui.data(|data| data.get_temp::<(PlanId, Page, u32)>(id)) != Some(now) {
        ui.data_mut(|data| data.insert_temp(id, now));
        response.scroll_to_me(None);
    }
}

fn heading(ui: &mut Ui, words: &str) {
    ui.add_space(gap::M);
    ui.horizontal(|ui| {
        ui.add_space(gap::M);
        let label = ui.label(theme::soft(ui, Type::Chip, words));
        kit::is_heading(ui, &label, words);
    });
    ui.add_space(gap::XS);
}

/// What is not of this plan: two and two beside each other.
fn foot(ui: &mut Ui, asks: &mut Asks) {
    let all = [
        (Icon::FIND, "find-title", Place::Find),
        (Icon::DAY, "wants-day", Place::Day),
        (Icon::PLANS, "app-home-plans", Place::Home),
        (Icon::SETTINGS, "app-settings", Place::Settings),
    ];
    let width = ui.available_width() / 2.0;
    for two in all.chunks(2) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            for (icon, key, place) in two {
                if kit::foot_button(ui, width, *icon, &text(key)).clicked() {
                    asks.go(*place);
                }
            }
        });
    }
}

/// The person, large, and how many they are.
fn whose(ui: &mut Ui, desk: &Desk, plan: &PlanCard) {
    let people = people::in_order(desk, plan.id);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap::M;
        let (rect, _) = ui.allocate_exact_size(vec2(56.0, 60.0), Sense::hover());
        let face = people::whose(desk, plan.id).face;
        kit::paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), 56.0, &face);
        ui.vertical(|ui| {
            ui.add_space(6.0);
            ui.spacing_mut().item_spacing.y = 2.0;
            let title = if plan.title.is_empty() {
                say(Say::new("common-plan-of").with("name", &plan.whose))
            } else {
                plan.title.clone()
            };
            let ink = theme::of(ui.ctx()).ink;
            let mut job = LayoutJob::simple(title, Type::BesideStrong.font(), ink, ui.available_width());
            job.wrap.max_rows = 2;
            ui.label(job);
            let count = say(Say::new("common-people-count").with("count", people.len()));
            // A group's plan is nobody's alone.
            let mine = people.iter().any(|member| member.me && member.standing == circle::Standing::Protected)
                && !plan.parts.contains(&"coalition");
            let said = if mine { say(Say::new("app-my-plan").with("people", count)) } else { count };
            ui.label(theme::soft(ui, Type::Small, said));
        });
    });
}
