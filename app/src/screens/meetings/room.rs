//! In the room: how each sees the same things, what is said round the table, what is wanted, and what the plan can count.

use desk::Fill;
use eframe::egui::Ui;
use plan::{
    Value,
    checks::wishes::{OfTen, worth_talking_about},
};
use words::{Say, say, text};

use super::{
    myself,
    numbers::{self, Numbers},
};
use crate::{
    asks::Asks,
    kit::{self, Choice, Icon, Weight, chip, choose, icon_button, said_button},
    people,
    screens::{
        cards::{Cards, change},
        fields::{Record, fields, words_field},
    },
    theme::{self, Tone, Type, gap},
};

const HEADINGS: [&str; 4] = ["like-admire", "important-now", "important-later", "question"];

/// The levels of a wish, from a score of -2 to 2.
const LEVELS: [&str; 5] = ["level-much-less", "level-less", "level-expected", "level-better", "level-much-better"];

/// Narrowest a column of somebody's words gets.
const COLUMN: f32 = 200.0;

pub(super) fn ui(ui: &mut Ui, meeting: Record<'_>, numbers: &Numbers, cards: &mut Cards, asks: &mut Asks) {
    numbers::ui(ui, meeting, numbers);
    ui.add_space(gap::L);
    matrix(ui, meeting, cards, asks);
    ui.add_space(gap::L);
    round(ui, meeting, cards, asks);
    ui.add_space(gap::L);
    wishes(ui, meeting, numbers, asks);
}

/// The same things as each person sees them.
fn matrix(ui: &mut Ui, meeting: Record<'_>, cards: &mut Cards, asks: &mut Asks) {
    let all = meeting.records("matrix");
    let mut topics: Vec<String> = Vec::new();
    for cell in &all {
        let topic = cell.line("topic");
        if !topics.contains(&topic) {
            topics.push(topic);
        }
    }
    kit::card(ui, |ui| {
        heading(ui, &text("money-matrix"));
        if topics.is_empty() {
            ui.label(theme::soft(ui, Type::Note, text("money-matrix-empty")));
        }
        for (at, topic) in topics.iter().enumerate() {
            if at > 0 {
                kit::rule(ui);
            }
            ui.push_id(("topic", at), |ui| {
                let cells: Vec<Record<'_>> = all.iter().copied().filter(|cell| cell.line("topic") == *topic).collect();
                one_topic(ui, meeting, topic, &cells, cards, asks);
            });
        }
        if meeting.is_mine() && icon_button(ui, Weight::Plain, Icon::ADD, &text("money-matrix-add")).clicked() {
            add_view(meeting, None, asks);
        }
    });
}

fn one_topic(ui: &mut Ui, meeting: Record<'_>, topic: &str, cells: &[Record<'_>], cards: &mut Cards, asks: &mut Asks) {
    ui.horizontal_wrapped(|ui| {
        let words = if topic.is_empty() { text("common-no-words-yet") } else { topic.to_owned() };
        ui.label(theme::text(ui, Type::Strong, words));
        let has = |side: &str| cells.iter().any(|cell| cell.choice("side").as_deref() == Some(side));
        if has("working") && has("not-working") {
            chip(ui, Tone::NotYet, &text("money-seen-differently"));
        }
    });
    // What is open takes the whole width; the others stay beside each other.
    let (open, shown): (Vec<_>, Vec<_>) = cells.iter().copied().partition(|cell| cards.is_open(*cell));
    kit::columns(ui, shown.len(), COLUMN, |ui, at| {
        let cell = shown[at];
        match cell.people("whose").first() {
            Some(who) => kit::named(ui, &people::face_of(cell.desk, cell.plan, who)),
            None => {
                ui.label(theme::soft(ui, Type::Note, text("common-someone")));
            }
        }
        if let Some((side, words)) = cell.choice("side").zip(cell.choice_words("side")) {
            chip(ui, if side == "working" { Tone::Calm } else { Tone::NotYet }, &words);
        }
        let words = cell.text("words");
        if !words.trim().is_empty() {
            ui.add(eframe::egui::Label::new(theme::text(ui, Type::Body, crate::terms::quoted(&words))).wrap());
        }
        let id = cell.id("cell", "");
        ui.push_id(id, |ui| {
            if change(ui, cell)
                && let Some(item) = cell.item
            {
                cards.open(item);
            }
        });
    });
    for cell in open {
        ui.push_id(cell.id("open cell", ""), |ui| {
            ui.spacing_mut().item_spacing.y = gap::M;
            fields(ui, cell, &["topic", "whose", "side", "words"], asks);
            cards.end(ui, cell, asks);
        });
    }
    let mine = myself(meeting);
    let spoken = cells.iter().any(|cell| cell.value("whose") == mine);
    if meeting.is_mine() && !spoken {
        let said = say(Say::new("money-see-it-so").with("what", topic));
        if said_button(ui, Weight::Quiet, Icon::ADD, &text("money-my-view"), &said).clicked() {
            add_view(meeting, Some(topic), asks);
        }
    }
}

fn add_view(meeting: Record<'_>, topic: Option<&str>, asks: &mut Asks) {
    let mut fills: Vec<(String, Fill)> = Vec::new();
    fills.extend(topic.map(|topic| ("topic".to_owned(), Fill::Value(Value::Line(topic.to_owned())))));
    fills.extend(myself(meeting).map(|me| ("whose".to_owned(), Fill::Value(me))));
    meeting.add("matrix", fills, asks);
}

/// Round the table: what is liked and admired, what is important now and later, and questions.
fn round(ui: &mut Ui, meeting: Record<'_>, cards: &mut Cards, asks: &mut Asks) {
    let all = meeting.records("round");
    let described = plan::part("meetings").and_then(|part| {
        part.all_lists().into_iter().find(|(list, _)| list.code == "round").and_then(|(list, _)| list.field("heading"))
    });
    let Some(described) = described else { return };
    kit::card(ui, |ui| {
        heading(ui, &words::label("meetings-round"));
        kit::columns(ui, HEADINGS.len(), COLUMN, |ui, at| {
            let code = HEADINGS[at];
            let name = words::label(&described.choice_label(code));
            ui.label(theme::text(ui, Type::Strong, &name));
            for one in all.iter().filter(|one| one.choice("heading").as_deref() == Some(code)) {
                ui.push_id(one.id("round", ""), |ui| said_round(ui, *one, cards, asks));
            }
            let said = say(Say::new("money-say-something").with("what", &name));
            if meeting.is_mine() && said_button(ui, Weight::Quiet, Icon::ADD, &text("common-add"), &said).clicked() {
                let mut fills = vec![("heading".to_owned(), Fill::Value(Value::Choice(code.to_owned())))];
                fills.extend(myself(meeting).map(|me| ("said-by".to_owned(), Fill::Value(me))));
                meeting.add("round", fills, asks);
            }
        });
    });
}

fn said_round(ui: &mut Ui, one: Record<'_>, cards: &mut Cards, asks: &mut Asks) {
    if cards.is_open(one) {
        words_field(ui, one, "words", 1, asks);
        fields(ui, one, &["said-by"], asks);
        cards.end(ui, one, asks);
        return;
    }
    if let Some(who) = one.people("said-by").first() {
        kit::named(ui, &people::face_of(one.desk, one.plan, who));
    }
    ui.add(eframe::egui::Label::new(theme::text(ui, Type::Body, one.text("words").trim())).wrap());
    if change(ui, one)
        && let Some(item) = one.item
    {
        cards.open(item);
    }
}

/// Each wish: where everybody stands, and whether it is kept, changed or let go.
fn wishes(ui: &mut Ui, meeting: Record<'_>, numbers: &Numbers, asks: &mut Asks) {
    let over = |goal: &Record<'_>| matches!(goal.choice("status").as_deref(), Some("let-go" | "reached"));
    let goals = Record::part(meeting.desk, meeting.plan, "goals").records("goals");
    let goals: Vec<Record<'_>> = goals.into_iter().filter(|goal| !over(goal)).collect();
    if goals.is_empty() {
        return;
    }
    let checks = meeting.records("goal-checks");
    kit::card(ui, |ui| {
        heading(ui, &words::label("meetings-goal-checks"));
        for (at, goal) in goals.into_iter().enumerate() {
            if at > 0 {
                kit::rule(ui);
            }
            let check =
                checks.iter().copied().find(|check| goal.item.is_some_and(|item| check.refs("goal").contains(&item)));
            ui.push_id(goal.id("check", ""), |ui| wish(ui, meeting, goal, check, numbers, asks));
        }
    });
}

fn wish(
    ui: &mut Ui,
    meeting: Record<'_>,
    goal: Record<'_>,
    check: Option<Record<'_>>,
    numbers: &Numbers,
    asks: &mut Asks,
) {
    let Some(item) = goal.item else { return };
    ui.label(theme::text(ui, Type::Strong, crate::terms::quoted(&goal.text("words"))));
    if let Some(scores) = numbers.scores.get(&item).filter(|scores| !scores.is_empty()) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = gap::M;
            for (who, score) in scores {
                let level = usize::try_from(score + 2).ok().and_then(|at| LEVELS.get(at));
                let level = level.map(|level| goal.line(level)).filter(|words| !words.is_empty());
                kit::disc(ui, &people::face_of(goal.desk, goal.plan, who), 28.0);
                ui.label(theme::text(ui, Type::Note, level.unwrap_or_else(|| score.to_string())));
            }
            if worth_talking_about(&scores.values().copied().collect::<Vec<_>>(), OfTen::Levels) {
                chip(ui, Tone::Plain, &text("money-worth-talking"));
            }
        });
    }
    if meeting.is_mine() {
        let described = plan::part("meetings").and_then(|part| {
            let lists = part.all_lists().into_iter();
            lists.map(|(list, _)| list).find(|list| list.code == "goal-checks")?.field("what-now")
        });
        let Some(described) = described else { return };
        let choice = |code: &&'static str| Choice {
            value: (*code).to_owned(),
            words: words::label(&described.choice_label(code)),
            tone: Tone::Accent,
        };
        let choices: Vec<Choice<String>> = described.kind.choices().iter().map(choice).collect();
        let now = check.and_then(|check| check.choice("what-now"));
        if let Some(code) = choose(ui, &words::label(described.label), now.as_ref(), &choices) {
            match check {
                Some(check) => check.set("what-now", Some(Value::Choice(code)), asks),
                None => {
                    let fills = vec![
                        ("goal".to_owned(), Fill::Value(Value::Ref(item))),
                        ("what-now".to_owned(), Fill::Value(Value::Choice(code))),
                    ];
                    meeting.add("goal-checks", fills, asks);
                }
            }
        }
        if let Some(check) = check {
            fields(ui, check, &["changed"], asks);
            words_field(ui, check, "words", 1, asks);
        }
    } else if let Some(check) = check {
        if let Some(Value::YesNo(changed)) = check.value("changed") {
            let said = text(if changed { "checks-changed" } else { "checks-same" });
            chip(ui, Tone::Plain, &said);
        }
        if let Some(words) = check.choice_words("what-now") {
            chip(ui, Tone::Accent, &words);
        }
        ui.label(theme::text(ui, Type::Body, check.text("words").trim()));
    }
}

fn heading(ui: &mut Ui, words: &str) {
    let label = ui.label(theme::text(ui, Type::Section, words));
    kit::is_heading(ui, &label, words);
}
