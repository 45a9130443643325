//! The front page: what matters today, as far as the parts that exist can tell.

mod matters;

use std::cell::Cell;

use desk::Desk;
use eframe::egui::{Ui, vec2};
use plan::{Date, Someone, checks::due::Due, views::Action};
use seal::{ItemId, PersonId, PlanId, Time};
use words::{Say, say, text};

use self::matters::{Coming, Matters};
use super::{
    actions, begun, cover,
    fields::Record,
    goals,
    lately::{Lately, a_moment},
    needs, offers,
    one_page::QUESTIONS,
    title,
};
use crate::{
    asks::{Asks, Page, Place},
    kit::{self, Icon, Weight, chip, icon_button},
    noticed, people, terms,
    theme::{self, Tone, Type, gap},
};

/// Goals and actions shown here; the rest is one press away.
const FEW: usize = 3;

/// What somebody changed in a part since whoever sits here last looked at it.
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

/// What the page remembers of itself.
#[derive(Default)]
pub struct Front {
    wanted: begun::Wanted,
    matters: Lately<Matters>,
}

impl Front {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, recent: &[Recent], asks: &mut Asks) {
        title(ui, &greeting(desk, plan), |ui| super::about::here(ui, desk, plan));
        let matters = self.matters.of(ui.ctx(), desk, plan, Matters::reckon);
        let about = desk.document(plan, "about-me").is_some() || desk.document(plan, "one-page").is_some();
        let group = desk.document(plan, "coalition").is_some();
        let wished: Cell<Option<Page>> = Cell::new(None);
        let go = |page: Page| wished.set(Some(page));
        let mut pictures = Asks::default();
        let first = |ui: &mut Ui| {
            if group {
                group_card(ui, desk, plan, &go);
            } else {
                me_card(ui, desk, plan, &go, &mut pictures);
            }
        };
        let mut second = |ui: &mut Ui| {
            let mut cards = 0;
            let mut below = |ui: &mut Ui| {
                if cards > 0 {
                    ui.add_space(gap::L);
                }
                cards += 1;
            };
            if self.wanted.is_asked(desk, plan) {
                below(ui);
                self.wanted.card(ui, desk, plan, asks);
            }
            match matters {
                None => {
                    below(ui);
                    a_moment(ui);
                }
                Some(matters) if !matters.nobodys.is_empty() => {
                    below(ui);
                    nobodys_card(ui, desk, plan, matters, &go, asks);
                }
                Some(_) => {}
            }
            if offers::is_waiting(ui.ctx(), desk, plan) {
                below(ui);
                offers::front(ui, desk, plan, asks);
            }
            if !recent.is_empty() {
                below(ui);
                new_card(ui, desk, plan, recent, &go);
            }
            if let Some(matters) = matters.filter(|_| desk.document(plan, "goals").is_some()) {
                below(ui);
                goals_card(ui, desk, plan, &matters.goals, &go);
            }
            below(ui);
            circle_card(ui, desk, plan, &go);
        };
        if about || group {
            super::pair(ui, 0.535, first, second)
        } else {
            second(ui)
        }
        let is_any = |matters: &&Matters| {
            desk.document(plan, "actions").is_some()
                || desk.document(plan, "meetings").is_some()
                || !matters.known.due.is_empty()
        };
        if let Some(matters) = matters.filter(is_any) {
            ui.add_space(gap::L);
            coming_up(ui, desk, plan, matters, &go);
        }
        pictures.take().into_iter().for_each(|wish| asks.wish(wish));
        if let Some(page) = wished.get() {
            asks.go(Place::Plan(plan, page));
        }
    }
}

fn greeting(desk: &Desk, plan: PlanId) -> String {
    let key = match jiff::Zoned::now().hour() {
        5..12 => "app-good-morning",
        12..18 => "app-good-afternoon",
        _ => "app-good-evening",
    };
    // What I am called in this plan; a device may have another name.
    let name = people::me(desk, plan).map_or_else(|| desk.name().to_owned(), |me| me.name);
    say(Say::new(key).with("name", name))
}

/// Who somebody is: their one page if there is one, else the beginnings of About me.
fn me_card(ui: &mut Ui, desk: &Desk, plan: PlanId, go: &dyn Fn(Page), asks: &mut Asks) {
    let page = Record::part(desk, plan, "one-page");
    let own: Vec<(String, String)> =
        QUESTIONS.iter().filter_map(|(list, _)| Some((list_label(page, list)?, one_line(page, list)?))).collect();
    let (part, icon, said) =
        if own.is_empty() { ("about-me", Icon::ME, about_me(desk, plan)) } else { ("one-page", Icon::MINE, own) };
    kit::card(ui, |ui| {
        if cover::says_who(desk, plan) {
            cover::who(ui, desk, plan, 64.0, asks);
            ui.add_space(gap::XS);
            kit::rule(ui);
        }
        kit::heading(ui, icon, &terms::page(desk, plan, part));
        for (at, (label, words)) in said.iter().enumerate() {
            if at > 0 {
                ui.add_space(gap::XS);
                kit::rule(ui);
            }
            ui.label(theme::soft(ui, Type::Small, label));
            ui.label(theme::text(ui, Type::Body, words).line_height(Some(Type::Body.line_height())));
        }
        if said.is_empty() {
            ui.label(theme::soft(
                ui,
                Type::Body,
                people::to_whom(desk, plan, "app-front-about-empty", "app-front-about-empty-of"),
            ));
        }
        ui.add_space(gap::XS);
        let weight = if said.is_empty() { Weight::Strong } else { Weight::Plain };
        let key = if said.is_empty() { "app-front-about-start" } else { "app-front-about-more" };
        if icon_button(ui, weight, None, &text(key)).clicked() {
            go(Page::Part(part));
        }
    });
}

/// What a group is for, and what it wants together.
fn group_card(ui: &mut Ui, desk: &Desk, plan: PlanId, go: &dyn Fn(Page)) {
    let part = Record::part(desk, plan, "coalition");
    kit::card(ui, |ui| {
        kit::heading(ui, Icon::PEOPLE, &terms::part("coalition"));
        let agenda = part.text("agenda");
        if !agenda.trim().is_empty() {
            ui.label(theme::text(ui, Type::Section, terms::quoted(&agenda)).line_height(Some(28.0)));
        }
        for field in ["alone", "principles"] {
            let words = shorten(&part.text(field));
            if !words.is_empty() {
                ui.add_space(gap::XS);
                kit::rule(ui);
                ui.label(theme::soft(ui, Type::Small, part.label(field)));
                ui.label(theme::text(ui, Type::Body, words).line_height(Some(Type::Body.line_height())));
            }
        }
        ui.add_space(gap::XS);
        if icon_button(ui, Weight::Plain, None, &text("coalition-see")).clicked() {
            go(Page::Part("coalition"));
        }
    });
}

fn list_label(page: Record<'_>, list: &str) -> Option<String> {
    Some(words::label(page.list(list)?.describe().label))
}

/// The lines of a list in one breath, if there are any.
fn one_line(page: Record<'_>, list: &str) -> Option<String> {
    let lines: Vec<String> =
        page.records(list).iter().map(|line| line.line("what")).filter(|line| !line.is_empty()).collect();
    let ended = |line: &String| if line.ends_with(['.', '!', '?']) { line.clone() } else { format!("{line}.") };
    (!lines.is_empty()).then(|| shorten(&lines.iter().map(ended).collect::<Vec<_>>().join(" ")))
}

fn about_me(desk: &Desk, plan: PlanId) -> Vec<(String, String)> {
    let part = Record::part(desk, plan, "about-me");
    let texts = ["important", "communication", "support"].into_iter();
    let said = texts.map(|code| (part.label(code), shorten(&part.text(code))));
    said.filter(|(_, words)| !words.is_empty()).collect()
}

/// What falls between all stools: on top, until somebody has it.
fn nobodys_card(ui: &mut Ui, desk: &Desk, plan: PlanId, matters: &Matters, go: &dyn Fn(Page), asks: &mut Asks) {
    let hand = &matters.hand;
    kit::toned_card(ui, Tone::Attention, |ui| {
        let attention = theme::of(ui.ctx()).attention;
        kit::icon_line(ui, Icon::NOBODYS, attention, theme::text(ui, Type::Section, text("needs-group-nobodys")));
        for (item, days) in matters.nobodys.iter().take(2) {
            let Some(stands) = hand.needs.get(item) else { continue };
            let need = Record::part(desk, plan, "needs").at(*item);
            ui.label(theme::text(ui, Type::Strong, need.called()));
            if let Some(why) = stands.why(desk, plan) {
                ui.label(theme::text(ui, Type::Body, why).line_height(Some(Type::Body.line_height())));
            }
            if let Some(days) = days {
                let weeks = say(Say::new("app-front-nobodys-long").with("weeks", days / 7));
                ui.label(theme::text(ui, Type::Body, weeks).line_height(Some(Type::Body.line_height())));
            }
            ui.push_id(item.to_string(), |ui| needs::buttons(ui, need, stands, hand, asks));
        }
        let more = hand.nobodys().saturating_sub(2);
        let words = if more > 0 {
            say(Say::new("app-front-nobodys-more").with("count", more))
        } else {
            text("app-front-nobodys-all")
        };
        if icon_button(ui, Weight::Quiet, None, &words).clicked() {
            go(Page::Part("needs"));
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

fn goals_card(ui: &mut Ui, desk: &Desk, plan: PlanId, items: &[ItemId], go: &dyn Fn(Page)) {
    kit::card(ui, |ui| {
        kit::heading(ui, Icon::GOALS, &terms::page(desk, plan, "goals"));
        let part = Record::part(desk, plan, "goals");
        if items.is_empty() {
            ui.label(theme::soft(ui, Type::Body, text("app-front-goals-empty")));
        }
        for item in items {
            let record = part.at(*item);
            let words = record.text("words");
            let words = if words.is_empty() { text("common-no-words-yet") } else { crate::terms::quoted(&words) };
            ui.horizontal_wrapped(|ui| {
                ui.label(theme::text(ui, Type::Body, words));
                if let Some(status) = record.choice("status") {
                    chip(ui, goals::tone(&status), &terms::choice("goals", "status", &status));
                }
            });
        }
        ui.add_space(gap::XS);
        let key = match items.is_empty() {
            true if terms::is_a_groups(desk, plan) => "content-goals-start",
            true => "app-front-goals-start",
            false => "app-front-goals-more",
        };
        if icon_button(ui, Weight::Plain, None, &text(key)).clicked() {
            go(Page::Part("goals"));
        }
    });
}

/// What is new, each a press away from where it is.
fn new_card(ui: &mut Ui, desk: &Desk, plan: PlanId, recent: &[Recent], go: &dyn Fn(Page)) {
    kit::card(ui, |ui| {
        kit::heading(ui, Icon::NEW, &text("app-front-new"));
        for one in recent.iter().rev().take(FEW + 1) {
            let face = people::face_or_former(desk, plan, one.person);
            let sentence = Say::new("app-front-new-in").with("name", face.name.as_str());
            let sentence = say(sentence.with("part", terms::page(desk, plan, one.part)));
            let when = words::ago(one.last.0, desk::now().0);
            if kit::told(ui, &face, &sentence, &when, &sentence).clicked() {
                go(Page::Part(one.part));
            }
        }
    });
}

/// Who is in the circle, and who of them is here.
fn circle_card(ui: &mut Ui, desk: &Desk, plan: PlanId, go: &dyn Fn(Page)) {
    kit::card(ui, |ui| {
        kit::heading(ui, Icon::PEOPLE, &text("common-circle"));
        let members = people::in_order(desk, plan);
        let here: Vec<PersonId> = desk.here(plan).into_iter().map(|presence| presence.person).collect();
        ui.horizontal_wrapped(|ui| {
            for member in &members {
                kit::disc(ui, &people::face_or_former(desk, plan, member.id), 40.0);
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

/// What is due next, meetings among it, and days that have passed or come soon.
fn coming_up(ui: &mut Ui, desk: &Desk, plan: PlanId, matters: &Matters, go: &dyn Fn(Page)) {
    let Matters { known, coming, .. } = matters;
    let due = &known.due;
    kit::card(ui, |ui| {
        kit::heading(ui, Icon::ACTIONS, &text("app-front-coming-up"));
        if coming.is_empty() && due.is_empty() {
            ui.label(theme::soft(ui, Type::Body, text("app-front-actions-empty")));
        }
        let beside = ui.available_width() >= theme::COLUMN;
        let width = if beside { (ui.available_width() - 2.0 * gap::L) / 3.0 } else { ui.available_width() };
        let draw = |ui: &mut Ui| {
            for (day, one) in coming {
                let column = eframe::egui::Layout::top_down(eframe::egui::Align::Min);
                ui.allocate_ui_with_layout(vec2(width, 0.0), column, |ui| {
                    ui.set_width(width);
                    ui.spacing_mut().item_spacing.y = gap::XS;
                    match one {
                        Coming::Meeting(item) => meeting(ui, Record::part(desk, plan, "meetings").at(*item)),
                        Coming::Action(item) => {
                            let Some(action) = known.actions.get(item) else { return };
                            action_due(
                                ui,
                                Record::part(desk, plan, "actions").at(action.id),
                                action,
                                *day,
                                known.today,
                            );
                        }
                    }
                });
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
        days(ui, due, go);
        ui.add_space(gap::XS);
        let key = if coming.is_empty() { "app-front-actions-start" } else { "app-front-actions-more" };
        if icon_button(ui, Weight::Plain, None, &text(key)).clicked() {
            go(Page::Part("actions"));
        }
    });
}

/// Days that are no action and no meeting, the earliest first, each with a way to what it is about.
fn days(ui: &mut Ui, due: &[Due], go: &dyn Fn(Page)) {
    for one in due.iter().take(FEW) {
        let Some(row) = super::pages::of(one.part) else { continue };
        let (tone, by) = noticed::due::by(one);
        let called = noticed::due::called(one);
        kit::rule(ui);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = gap::M;
            chip(ui, tone, &by);
            ui.label(theme::text(ui, Type::Body, &called));
            let said = say(Say::new("checks-show-this").with("what", &called));
            if kit::said_button(ui, Weight::Quiet, None, &text("checks-show"), &said).clicked() {
                go(Page::Part(row.part));
            }
        });
    }
}

/// One meeting: when, what it is, where.
fn meeting(ui: &mut Ui, record: Record<'_>) {
    if let Some(when) = record.value("when") {
        chip(ui, Tone::Plain, &super::fields::said(record, "when", &when));
    }
    let title = record.line("title");
    let title = if title.is_empty() { record.choice_words("kind").unwrap_or_default() } else { title };
    ui.label(theme::text(ui, Type::Body, title));
    let place = record.line("where");
    if !place.is_empty() {
        ui.label(theme::soft(ui, Type::Note, place));
    }
}

/// One action: by when, what, who.
fn action_due(ui: &mut Ui, record: Record<'_>, action: &Action, day: Option<Date>, today: Date) {
    let who: Vec<Someone> = action.who.iter().cloned().collect();
    match day {
        Some(day) => {
            let (tone, key) = if day < today { (Tone::Attention, "checks-overdue") } else { (Tone::NotYet, "app-by") };
            chip(ui, tone, &say(Say::new(key).with("day", words::date(&day.to_string()))));
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
    if let Some(status) = action.stands() {
        who = format!("{who} · {}", terms::choice("actions", "status", actions::code(status)).to_lowercase());
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
