//! The front page: what matters today, as far as the parts that exist can tell.

use desk::Desk;
use eframe::egui::{Ui, vec2};
use plan::{FieldPath, Value};
use seal::{PersonId, PlanId, Time};
use words::{Say, say, text};

use super::{actions, fields::Record, goals, title};
use crate::{
    asks::{Asks, Page, Place},
    kit::{self, Icon, Weight, chip, icon_button},
    people, terms,
    theme::{self, Tone, Type, gap},
};

/// Goals and actions shown here; the rest is one press away.
const FEW: usize = 3;

/// What somebody changed in a part since this plan was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recent {
    /// Who.
    pub person: PersonId,
    /// In which part.
    pub part: &'static str,
    /// How often it came in.
    pub count: usize,
    /// When last.
    pub last: Time,
}

/// Draws it.
pub fn ui(ui: &mut Ui, desk: &Desk, plan: PlanId, recent: &[Recent], asks: &mut Asks) {
    title(ui, &greeting(desk), |ui| super::about::here(ui, desk, plan));
    let about = desk.document(plan, "about-me").is_some();
    let wants = desk.document(plan, "goals").is_some();
    // The card that is filled stands at the left and is the larger one.
    let new = !recent.is_empty();
    let mut wished = None;
    let go = std::cell::RefCell::new(&mut wished);
    let first = |ui: &mut Ui| {
        if about {
            me_card(ui, desk, plan, &mut |page| **go.borrow_mut() = Some(page));
        }
    };
    let second = |ui: &mut Ui| {
        if wants {
            goals_card(ui, desk, plan, &mut |page| **go.borrow_mut() = Some(page));
        }
        if new {
            ui.add_space(gap::L);
            new_card(ui, desk, plan, recent);
        }
        ui.add_space(gap::L);
        circle_card(ui, desk, plan, &mut |page| **go.borrow_mut() = Some(page));
    };
    if about {
        super::pair(ui, 0.535, first, second)
    } else {
        second(ui)
    }
    if desk.document(plan, "actions").is_some() {
        ui.add_space(gap::L);
        coming_up(ui, desk, plan, &mut |page| **go.borrow_mut() = Some(page));
    }
    if let Some(page) = wished {
        asks.go(Place::Plan(plan, page));
    }
}

fn greeting(desk: &Desk) -> String {
    let key = match jiff::Zoned::now().hour() {
        5..12 => "app-good-morning",
        12..18 => "app-good-afternoon",
        _ => "app-good-evening",
    };
    say(Say::new(key).with("name", desk.name()))
}

fn me_card(ui: &mut Ui, desk: &Desk, plan: PlanId, go: &mut dyn FnMut(Page)) {
    kit::card(ui, |ui| {
        kit::heading(ui, Icon::ME, &terms::part("about-me"));
        let Some((part, document)) = plan::part("about-me").zip(desk.document(plan, "about-me")) else { return };
        let mut first = true;
        for code in ["important", "communication", "support"] {
            let Ok(path) = FieldPath::new(part, None, code) else { continue };
            let said = document.text(path);
            if said.trim().is_empty() {
                continue;
            }
            if !first {
                ui.add_space(gap::XS);
                kit::rule(ui);
            }
            first = false;
            ui.label(theme::soft(ui, Type::Small, terms::field("about-me", code)));
            ui.label(theme::text(ui, Type::Body, shorten(&said)).line_height(Some(Type::Body.line_height())));
        }
        if first {
            ui.label(theme::soft(ui, Type::Body, text("app-front-about-empty")));
        }
        ui.add_space(gap::XS);
        let weight = if first { Weight::Strong } else { Weight::Plain };
        let key = if first { "app-front-about-start" } else { "app-front-about-more" };
        if icon_button(ui, weight, None, &text(key)).clicked() {
            go(Page::Part("about-me"));
        }
    });
}

/// The beginning of a text, cut at a word.
fn shorten(said: &str) -> String {
    const ROOM: usize = 120;
    let first = said.trim().split("\n\n").next().unwrap_or_default().replace('\n', " ");
    if first.chars().count() <= ROOM {
        return first;
    }
    let cut: String = first.chars().take(ROOM).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(before, _)| before);
    format!("{whole} …")
}

fn goals_card(ui: &mut Ui, desk: &Desk, plan: PlanId, go: &mut dyn FnMut(Page)) {
    kit::card(ui, |ui| {
        kit::heading(ui, Icon::GOALS, &terms::part("goals"));
        let mut items = goals::items(desk, plan);
        items.sort_by_key(|item| match Record::part(desk, plan, "goals").at(*item).value("importance") {
            Some(Value::Scale(number)) => -number,
            _ => 0,
        });
        if items.is_empty() {
            ui.label(theme::soft(ui, Type::Body, text("app-front-goals-empty")));
        }
        for item in items.iter().take(FEW) {
            let record = Record::part(desk, plan, "goals").at(*item);
            let words = record.text("words");
            let words = if words.is_empty() { text("common-no-words-yet") } else { format!("“{words}”") };
            ui.horizontal_wrapped(|ui| {
                ui.label(theme::text(ui, Type::Body, words));
                if let Some(status) = record.choice("status") {
                    chip(ui, goals::tone(&status), &terms::choice("goals", "status", &status));
                }
            });
        }
        ui.add_space(gap::XS);
        let key = if items.is_empty() { "app-front-goals-start" } else { "app-front-goals-more" };
        if icon_button(ui, Weight::Plain, None, &text(key)).clicked() {
            go(Page::Part("goals"));
        }
    });
}

fn new_card(ui: &mut Ui, desk: &Desk, plan: PlanId, recent: &[Recent]) {
    kit::card(ui, |ui| {
        kit::heading(ui, Icon::NEW, &text("app-front-new"));
        for one in recent.iter().rev().take(FEW + 1) {
            let Some(face) = people::face(desk, plan, one.person) else { continue };
            ui.horizontal(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(30.0, 32.0), eframe::egui::Sense::hover());
                kit::paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), 30.0, &face);
                let sentence = Say::new("app-front-new-in").with("name", face.name).with("part", terms::part(one.part));
                ui.label(theme::text(ui, Type::Body, say(sentence)));
            });
        }
    });
}

/// Who is in the circle, and who of them is here.
fn circle_card(ui: &mut Ui, desk: &Desk, plan: PlanId, go: &mut dyn FnMut(Page)) {
    kit::card(ui, |ui| {
        kit::heading(ui, Icon::PEOPLE, &text("common-circle"));
        let members = people::in_order(desk, plan);
        let here: Vec<PersonId> = desk.here(plan).into_iter().map(|presence| presence.person).collect();
        ui.horizontal_wrapped(|ui| {
            for (place, member) in members.iter().enumerate() {
                kit::disc(ui, &kit::Face { name: member.name.clone(), place }, 40.0);
            }
        });
        let name = |member: &desk::Member| member.name.clone();
        let others = || members.iter().filter(|member| !member.me);
        let now: Vec<String> = others().filter(|member| here.contains(&member.id)).map(name).collect();
        let words = match (others().count(), now.is_empty()) {
            (0, _) => text("app-front-circle-alone"),
            (_, true) => people::together(&others().map(name).collect::<Vec<_>>()),
            (_, false) => say(Say::new("app-front-circle-here").with("names", people::together(&now))),
        };
        ui.label(theme::soft(ui, Type::Note, words));
        if others().count() == 0 && icon_button(ui, Weight::Plain, Icon::INVITE, &text("app-invite")).clicked() {
            go(Page::People);
        }
    });
}

fn coming_up(ui: &mut Ui, desk: &Desk, plan: PlanId, go: &mut dyn FnMut(Page)) {
    let record = |item| Record::part(desk, plan, "actions").at(item);
    let open: Vec<_> =
        actions::items(desk, plan).into_iter().filter(|item| !actions::is_ended(record(*item))).collect();
    let open = actions::by_day(desk, plan, open);
    kit::card(ui, |ui| {
        kit::heading(ui, Icon::ACTIONS, &text("app-front-coming-up"));
        if open.is_empty() {
            ui.label(theme::soft(ui, Type::Body, text("app-front-actions-empty")));
        }
        let beside = ui.available_width() >= theme::COLUMN;
        let width = if beside { (ui.available_width() - 2.0 * gap::L) / 3.0 } else { ui.available_width() };
        let draw = |ui: &mut Ui| {
            for item in open.iter().take(FEW) {
                ui.allocate_ui_with_layout(
                    vec2(width, 0.0),
                    eframe::egui::Layout::top_down(eframe::egui::Align::Min),
                    |ui| {
                        ui.set_width(width);
                        ui.spacing_mut().item_spacing.y = gap::XS;
                        due(ui, record(*item));
                    },
                );
            }
        };
        if beside {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = gap::L;
                draw(ui);
            });
        } else {
            draw(ui);
        }
        ui.add_space(gap::XS);
        let key = if open.is_empty() { "app-front-actions-start" } else { "app-front-actions-more" };
        if icon_button(ui, Weight::Plain, None, &text(key)).clicked() {
            go(Page::Part("actions"));
        }
    });
}

/// One action: by when, what, who.
fn due(ui: &mut Ui, record: Record<'_>) {
    let who = record.people("who");
    match record.value("when") {
        Some(Value::Date(date)) => {
            let by = say(Say::new("app-by").with("day", words::date(&date.to_string())));
            chip(ui, Tone::NotYet, &by);
        }
        _ if who.is_empty() => {
            chip(ui, Tone::Attention, &text("common-nobody"));
        }
        _ => {
            chip(ui, Tone::Plain, &text("app-front-no-day"));
        }
    }
    let what = record.text("what");
    let what = if what.is_empty() { text("common-no-words-yet") } else { what };
    ui.label(theme::text(ui, Type::Body, what));
    let mut who = actions::who_and_where(record, &who);
    if let Some(status) = record.choice("status") {
        who = format!("{who} · {}", terms::choice("actions", "status", &status).to_lowercase());
    }
    ui.label(theme::soft(ui, Type::Note, who));
}

#[cfg(test)]
mod tests {
    use super::shorten;

    #[test]
    fn a_long_text_is_cut_at_a_word() {
        let long = "naïve 👩‍👩‍👧 words ".repeat(20);
        let short = shorten(&long);
        assert!(short.chars().count() <= 122 && short.ends_with(" …"), "{short}");
        assert_eq!(shorten("Short.\n\nAnd more."), "Short.");
    }
}
