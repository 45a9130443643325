//! A goal to be read: the person's own words large, then how it stands, who sees it where, and all the rest on request.

use eframe::egui::{Align, Layout, Sense, Ui, vec2};
use plan::{
    Someone, Value,
    checks::{
        needs,
        wishes::{self, OfTen},
    },
    views::Goal,
};
use seal::PersonId;
use words::{Say, say, text};

use super::{HOPED, LEVELS, Pressed, Size, has_levels, level_words, tone};
use crate::{
    asks::Asks,
    kit::{self, Icon, Level, Weight, chip, icon_line, levels, said_button},
    people,
    screens::{
        apart,
        cards::{change, from_newer},
        chain, evidence,
        fields::{Record, attached, said, some_of},
        heard::says_something,
        known::Known,
    },
    theme::{self, Tone, Type, gap},
};

/// A card narrower than this has no room for a face at the end of its first row.
const NARROW: f32 = 420.0;

/// A goal on a card of its own.
pub fn card(ui: &mut Ui, goal: Record<'_>, known: &Known, size: Size, asks: &mut Asks) -> Option<Pressed> {
    let id = goal.id("card", "");
    ui.push_id(id, |ui| kit::card(ui, |ui| inside(ui, goal, known, size, asks)).inner).inner
}

/// A goal on a card that is there.
pub fn inside(ui: &mut Ui, goal: Record<'_>, known: &Known, size: Size, asks: &mut Asks) -> Option<Pressed> {
    let item = goal.item?;
    let counted = known.goals.get(&item);
    top(ui, goal);
    apart::both(ui, goal, "status");
    let words = goal.text("words");
    let words = if words.is_empty() { text("common-no-words-yet") } else { crate::terms::quoted(&words) };
    let large = size != Size::Small;
    let quote = if large { Type::Quote } else { Type::Section };
    ui.label(theme::text(ui, quote, words).line_height(Some(quote.font().size * 1.3)));
    // What somebody drew or took a picture of says as much as the words.
    attached(ui, goal, asks);
    next(ui, goal, known, large);
    if large && has_levels(goal) {
        ui.add_space(gap::S);
        steps(ui, goal, counted);
    }
    if let Some(counted) = counted {
        answers(ui, goal, counted, large);
    }
    chain::linked(ui, goal, "needs", asks);
    if size == Size::Whole {
        whole(ui, goal, known, asks);
    }
    from_newer(ui, goal);
    bottom(ui, goal, known, size)
}

/// "Not yet", "important 9 of 10 · by 1 March 2027", and whose it is.
fn top(ui: &mut Ui, goal: Record<'_>) {
    // In a narrow window the row goes on below, and whose it is comes first: at its end there is no room for a face.
    let narrow = ui.available_width() < NARROW;
    let inside = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.x = gap::M;
        if let Some((status, words)) = goal.choice("status").zip(goal.choice_words("status"))
            && apart::answers(goal, "status").is_empty()
        {
            chip(ui, tone(&status), &words);
        }
        let mut facts = Vec::new();
        if let Some(Value::Scale(number)) = goal.value("importance") {
            facts.push(say(Say::new("app-goals-important").with("number", number)));
        }
        if let Some(date) = goal.date("target") {
            facts.push(say(Say::new("app-by").with("day", words::date(&date.to_string()))));
        }
        let whose = goal.people("whose").first().or(goal.people("said-by").first()).cloned();
        let whose = whose.map(|whose| people::face_of(goal.desk, goal.plan, &whose));
        if let Some(whose) = whose.as_ref().filter(|_| narrow) {
            kit::disc(ui, whose, 30.0);
        }
        ui.label(theme::soft(ui, Type::Note, facts.join(" · ")));
        if let Some(whose) = whose.as_ref().filter(|_| !narrow) {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| kit::disc(ui, whose, 30.0));
        }
    };
    match narrow {
        true => ui.horizontal_wrapped(inside),
        false => ui.horizontal(inside),
    };
}

/// What comes first; or what happens next; or, gently, that nothing does.
fn next(ui: &mut Ui, goal: Record<'_>, known: &Known, large: bool) {
    let size = if large { Type::Body } else { Type::Note };
    let line = |ui: &mut Ui, words: String| {
        ui.label(theme::soft(ui, size, words).line_height(Some(size.line_height())));
    };
    if let Some(first) = comes_first(goal) {
        line(ui, first);
    }
    let Some(item) = goal.item else { return };
    if let Some(action) = known.next_for(item) {
        let names: Vec<String> = action.who.iter().map(|who| people::face_of(goal.desk, goal.plan, who).name).collect();
        let who = if names.is_empty() { text("common-nobody") } else { people::together(&names) };
        let say_next = match needs::due(action) {
            Some(day) => Say::new("wants-goal-next-by").with("day", words::date(&day.to_string())),
            None => Say::new("wants-goal-next"),
        };
        line(ui, say(say_next.with("what", action.what.trim()).with("who", who)));
    } else if known.idle.contains(&item) && goal.desk.document(goal.plan, "actions").is_some() {
        line(ui, text("wants-goal-idle"));
    }
}

/// The first step towards it: its own first stages, and the goals it waits for.
fn comes_first(goal: Record<'_>) -> Option<String> {
    let stages = goal.records("stages").into_iter();
    let open = stages.filter(|stage| !matches!(stage.choice("status").as_deref(), Some("reached" | "let-go")));
    let mut steps: Vec<String> = open.map(|stage| stage.line("what")).filter(|what| !what.is_empty()).collect();
    if steps.is_empty() {
        let goals = goal.refs("after").into_iter().map(|other| goal.at(other).text("words"));
        steps.extend(goals.filter(|words| !words.is_empty()).map(|words| crate::terms::quoted(&words)));
    }
    (!steps.is_empty()).then(|| say(Say::new("app-goals-first").with("steps", steps.join(" · "))))
}

/// The five levels as steps, filled up to where it stands.
fn steps(ui: &mut Ui, goal: Record<'_>, counted: Option<&Goal>) {
    let now = counted.and_then(wishes::stands).and_then(|level| usize::try_from(level + 2).ok());
    let steps = LEVELS.map(|level| {
        let words = level_words(goal, LEVELS.iter().position(|code| *code == level).map_or(0, |at| at as i64 - 2));
        let mut meaning = crate::terms::field(super::PART, level);
        if now.is_some_and(|now| LEVELS[now.min(LEVELS.len() - 1)] == level) {
            meaning = format!("{}, {meaning}", text("wants-goal-now"));
        }
        Level { words, meaning: Some(meaning) }
    });
    levels(ui, &steps, now, HOPED);
}

/// Where each person says it is, side by side, with a word where they differ.
fn answers(ui: &mut Ui, goal: Record<'_>, counted: &Goal, large: bool) {
    let scores = wishes::last(&counted.scores);
    let ratings = wishes::last(&counted.ratings);
    if !scores.is_empty() {
        let numbers: Vec<i64> = scores.values().map(|score| score.score).collect();
        let apart = wishes::worth_talking_about(&numbers, OfTen::Levels);
        let said: Vec<(&Someone, String)> =
            scores.iter().map(|(who, score)| (who, level_words(goal, score.score))).collect();
        side_by_side(ui, goal, &text("wants-goal-where"), &said, apart, large);
    }
    if !ratings.is_empty() {
        let numbers: Vec<i64> = ratings.values().map(|rating| rating.score).collect();
        let apart = wishes::worth_talking_about(&numbers, OfTen::Ten);
        let of_ten = |number: i64| say(Say::new("wants-of-ten").with("number", number));
        let said: Vec<(&Someone, String)> = ratings.iter().map(|(who, rating)| (who, of_ten(rating.score))).collect();
        side_by_side(ui, goal, &text("wants-goal-how-near"), &said, apart, large);
    }
}

fn side_by_side(ui: &mut Ui, goal: Record<'_>, question: &str, said: &[(&Someone, String)], apart: bool, large: bool) {
    let mut faces: Vec<_> =
        said.iter().map(|(who, words)| (people::face_of(goal.desk, goal.plan, who), words)).collect();
    faces.sort_by_key(|(face, _)| face.place);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(gap::M, gap::S);
        if large {
            kit::question(ui, question);
        }
        for (face, words) in faces {
            kit::answer(ui, &face, words);
        }
        if apart {
            chip(ui, Tone::Plain, &text("wants-worth-talking"));
        }
    });
}

/// Everything else that was written: why, what helps, steps, what is in the way, how others see it, what changed.
fn whole(ui: &mut Ui, goal: Record<'_>, known: &Known, asks: &mut Asks) {
    let Some(item) = goal.item else { return };
    ui.add_space(gap::S);
    kit::rule(ui);
    let mut written = false;
    for code in ["why", "means", "helps", "hinders"] {
        written |= paragraph(ui, &goal.label(code), &goal.text(code));
    }
    written |= stages(ui, goal);
    written |= barriers(ui, goal);
    if let Some(counted) = known.goals.get(&item) {
        written |= reasons(ui, goal, counted);
    }
    let seen = seen(goal, known);
    if !seen.is_empty() {
        heading(ui, &text("wants-goal-seen"));
        written = true;
    }
    for (person, said) in seen {
        let (face, words) = (people::face_or_former(goal.desk, goal.plan, person), said.text("words"));
        ui.push_id(said.id("seen", ""), |ui| {
            if words.trim().is_empty() {
                kit::named(ui, &face);
            } else {
                kit::answer(ui, &face, &crate::terms::quoted(&words));
            }
            attached(ui, said, asks);
        });
    }
    written |= outcomes(ui, goal, asks);
    let rest = ["for-whom", "horizon", "domain", "rank", "after", "review", "said-by"];
    written |= some_of(ui, goal, &rest);
    evidence::based_on(ui, goal, asks);
    written |= !goal.refs("based-on").is_empty();
    if !written {
        ui.label(theme::soft(ui, Type::Note, text("common-nothing-written")));
    }
}

/// How people see a wish: everybody who said it in words, or in a picture or a recording.
fn seen<'a>(goal: Record<'a>, known: &Known) -> Vec<(PersonId, Record<'a>)> {
    let all = goal.item.map(|item| known.seen.about(goal.desk, goal.plan, item)).unwrap_or_default();
    all.into_iter().filter(|(_, said)| says_something(*said)).collect()
}

fn heading(ui: &mut Ui, words: &str) {
    ui.add_space(gap::XS);
    let label = ui.label(theme::text(ui, Type::BesideStrong, words));
    kit::is_heading(ui, &label, words);
}

fn paragraph(ui: &mut Ui, label: &str, words: &str) -> bool {
    if words.trim().is_empty() {
        return false;
    }
    heading(ui, label);
    ui.label(theme::text(ui, Type::Body, words.trim()).line_height(Some(Type::Body.line_height())));
    true
}

fn stages(ui: &mut Ui, goal: Record<'_>) -> bool {
    let stages = goal.records("stages");
    if stages.is_empty() {
        return false;
    }
    heading(ui, &words::label("goals-stages"));
    for stage in stages {
        let status = stage.choice("status");
        let is_done = status.as_deref() == Some("reached");
        let palette = theme::of(ui.ctx());
        let (icon, ink) = if is_done { (Icon::STEP_DONE, palette.calm) } else { (Icon::STEP, palette.soft_ink) };
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = gap::S;
            let (rect, _) = ui.allocate_exact_size(vec2(24.0, 26.0), Sense::hover());
            kit::paint_icon(ui.painter(), rect.center(), icon, 22.0, ink);
            ui.label(theme::text(ui, Type::Body, stage.line("what")));
            if let Some((status, words)) = status.zip(stage.choice_words("status")) {
                chip(ui, tone(&status), &words);
            }
            if let Some(day) = stage.date("target") {
                let by = say(Say::new("app-by").with("day", words::date(&day.to_string())));
                ui.label(theme::soft(ui, Type::Note, by));
            }
        });
        let changed = stage.text("outcome");
        if !changed.trim().is_empty() {
            ui.label(theme::soft(ui, Type::Note, changed.trim()));
        }
    }
    true
}

fn barriers(ui: &mut Ui, goal: Record<'_>) -> bool {
    let barriers = goal.records("barriers");
    if barriers.is_empty() {
        return false;
    }
    heading(ui, &text("wants-goal-barriers"));
    for barrier in barriers {
        let (what, help) = (barrier.line("what"), barrier.line("would-help"));
        ui.label(theme::text(ui, Type::Body, what).line_height(Some(Type::Body.line_height())));
        if !help.is_empty() {
            let calm = theme::of(ui.ctx()).calm;
            let words = say(Say::new("wants-goal-would-help").with("what", help));
            icon_line(ui, Icon::CHECK, calm, theme::text(ui, Type::Note, words));
        }
    }
    true
}

/// Why each person puts it where they do.
fn reasons(ui: &mut Ui, goal: Record<'_>, counted: &Goal) -> bool {
    let last = wishes::last(&counted.scores).into_iter().chain(wishes::last(&counted.ratings));
    let reasons: Vec<_> = last.filter(|(_, score)| !score.words.is_empty()).collect();
    if reasons.is_empty() {
        return false;
    }
    heading(ui, &text("wants-goal-reasons"));
    for (who, score) in reasons {
        let face = people::face_of(goal.desk, goal.plan, &who);
        kit::answer(ui, &face, &crate::terms::quoted(&score.words));
    }
    true
}

/// What changed in life: an outcome is the difference made, never what was done.
fn outcomes(ui: &mut Ui, goal: Record<'_>, asks: &mut Asks) -> bool {
    let outcomes = goal.records("outcomes");
    if outcomes.is_empty() {
        return false;
    }
    heading(ui, &words::label("goals-outcomes"));
    for outcome in outcomes {
        let what = outcome.text("what");
        let mut facts = Vec::new();
        if let Some(who) = outcome.value("said-by") {
            facts.push(say(Say::new("wants-said-by").with("name", said(outcome, "said-by", &who))));
        }
        if let Some(day) = outcome.date("on") {
            facts.push(words::date(&day.to_string()));
        }
        ui.label(theme::text(ui, Type::Body, what).line_height(Some(Type::Body.line_height())));
        if !facts.is_empty() {
            ui.label(theme::soft(ui, Type::Note, facts.join(" · ")));
        }
        evidence::based_on(ui, outcome, asks);
    }
    true
}

/// What can be done with it.
fn bottom(ui: &mut Ui, goal: Record<'_>, known: &Known, size: Size) -> Option<Pressed> {
    let item = goal.item?;
    let mut pressed = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = gap::L;
        let of = |key: &'static str| say(Say::new(key).with("what", goal.called()));
        if size != Size::Small
            && goal.my_voice().is_some_and(|mine| mine.is_mine())
            && said_button(ui, Weight::Quiet, Icon::TALK, &text("wants-say"), &of("wants-say-this")).clicked()
        {
            pressed = Some(Pressed::Say(item));
        }
        let (icon, words, said) = match size {
            Size::Whole => (Icon::LESS, text("app-less"), of("wants-less-of")),
            Size::Small | Size::Large => {
                let said = !seen(goal, known).is_empty() || known.commented.contains(&item);
                let words = if said { "wants-read-said" } else { "wants-read" };
                (Icon::MORE, text(words), of("wants-more-of"))
            }
        };
        if said_button(ui, Weight::Quiet, icon, &words, &said).clicked() {
            pressed = Some(Pressed::Whole(item));
        }
        if change(ui, goal) {
            pressed = Some(Pressed::Change(item));
        }
    });
    pressed
}
