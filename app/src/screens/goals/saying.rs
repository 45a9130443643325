//! What I say about a goal in my own name: which level I see it on, how near it is, and how I see it. Nobody else can write
//! it, and it stands beside what the others say.

use desk::Fill;
use eframe::egui::Ui;
use plan::Value;
use seal::ItemId;
use words::{Say, say, text};

use super::{HOPED, LEVELS, Pressed, has_levels, level_words};
use crate::{
    asks::Asks,
    kit::{self, Choice, Icon, Weight, choose, icon_button, said_button},
    screens::{
        fields::{Record, set_files, words_field},
        known::Known,
        small::today,
    },
    theme::{self, Tone, Type, gap},
};

/// Draws it. Gives back that it was done with.
pub fn ui(ui: &mut Ui, goal: Record<'_>, known: &Known, asks: &mut Asks) -> Option<Pressed> {
    let (item, mine) = (goal.item?, goal.my_voice()?);
    let mine = Record { item: None, ..mine };
    let words = text("wants-say-heading");
    let label = ui.label(theme::text(ui, Type::Section, &words));
    kit::is_heading(ui, &label, &words);
    ui.label(theme::soft(ui, Type::Note, text("wants-say-why")));
    let counted = known.goals.get(&item);
    if has_levels(goal) {
        let last = last(mine, "scores", item);
        let now = last.and_then(|record| scale(record, "score"));
        if let Some(level) = choose_level(ui, goal, &text("wants-goal-where"), now) {
            put(mine, "scores", "score", last, item, level, asks);
        }
        if let Some(record) = last {
            words_field(ui, record, "words", 1, asks);
        }
    }
    let last_rating = last(mine, "ratings", item);
    let rated = last_rating.is_some() || counted.is_some_and(|counted| !counted.ratings.is_empty());
    // Beside levels a number is one press away: nobody has to say the same thing twice.
    let id = goal.id("say it with a number", "");
    let wanted = !has_levels(goal) || rated || ui.data(|data| data.get_temp(id)).unwrap_or(false);
    if !wanted {
        if icon_button(ui, Weight::Quiet, Icon::MORE, &text("pages-with-a-number")).clicked() {
            ui.data_mut(|data| data.insert_temp(id, true));
        }
    } else {
        let last = last_rating;
        let now = last.and_then(|record| scale(record, "rating"));
        let numbers: Vec<Choice<i64>> =
            (0..=10).map(|number| Choice { value: number, words: number.to_string(), tone: Tone::Accent }).collect();
        if let Some(rating) = choose(ui, &text("wants-goal-how-near-ten"), now.as_ref(), &numbers) {
            put(mine, "ratings", "rating", last, item, rating, asks);
        }
        if let Some(record) = last {
            words_field(ui, record, "words", 1, asks);
        }
    }
    match last(mine, "perspectives", item) {
        Some(record) => {
            words_field(ui, record, "words", 2, asks);
            set_files(ui, record, "files", asks);
        }
        None => {
            if icon_button(ui, Weight::Plain, Icon::ADD, &text("wants-say-see")).clicked() {
                mine.add("perspectives", vec![about(item)], asks);
            }
        }
    }
    ui.add_space(gap::XS);
    let said = say(Say::new("wants-say-done").with("what", goal.called()));
    let done = said_button(ui, Weight::Strong, Icon::DONE, &text("common-done"), &said).clicked();
    done.then_some(Pressed::Say(item))
}

/// The five levels in the person's own words; gives back which was pressed.
pub fn choose_level(ui: &mut Ui, goal: Record<'_>, label: &str, now: Option<i64>) -> Option<i64> {
    let levels: Vec<Choice<i64>> = (0..LEVELS.len())
        .map(|at| {
            let level = at as i64 - 2;
            let tone = if at == HOPED { Tone::NotYet } else { Tone::Accent };
            Choice { value: level, words: level_words(goal, level), tone }
        })
        .collect();
    choose(ui, label, now.as_ref(), &levels)
}

/// My last record about this goal.
fn last<'a>(mine: Record<'a>, list: &str, goal: ItemId) -> Option<Record<'a>> {
    mine.records(list).into_iter().rev().find(|record| record.refs("about").contains(&goal))
}

/// A number that was said.
pub fn scale(record: Record<'_>, field: &str) -> Option<i64> {
    match record.value(field) {
        Some(Value::Scale(number)) => Some(number),
        _ => None,
    }
}

/// Says a number: today's is changed, an older one stays and a new one is set beside it.
fn put(
    mine: Record<'_>,
    list: &str,
    field: &str,
    last: Option<Record<'_>>,
    goal: ItemId,
    number: i64,
    asks: &mut Asks,
) {
    let value = Value::Scale(number);
    match last.filter(|last| last.date("on") == Some(today())) {
        Some(last) => last.set(field, Some(value), asks),
        None => {
            let on = ("on".to_owned(), Fill::Value(Value::Date(today())));
            mine.add(list, vec![about(goal), on, (field.to_owned(), Fill::Value(value))], asks);
        }
    }
}

fn about(goal: ItemId) -> (String, Fill) {
    ("about".to_owned(), Fill::Value(Value::Ref(goal)))
}
