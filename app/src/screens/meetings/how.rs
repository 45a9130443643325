//! How was it: did each feel heard, who talked most, and the four questions of a review, a column for each person. No
//! average hides anybody's answer.

use eframe::egui::Ui;
use plan::{
    Someone, Value,
    checks::wishes::{OfTen, worth_talking_about},
};
use seal::{ItemId, PersonId};
use words::{Say, say, text};

use crate::{
    asks::Asks,
    kit::{self, Face, Icon, Weight, chip, icon_button},
    people,
    screens::{
        fields::{Record, attached, rows, set_files, set_person, set_scale, words_field},
        heard::has_files,
        small::today,
        voiced::{last_said, may_speak, mine, say_mine},
    },
    theme::{self, Tone, Type, gap},
};

const QUESTIONS: [(&str, &str); 4] = [
    ("still-mine", "still-mine-words"),
    ("did-it", "did-it-words"),
    ("changed", "changed-words"),
    ("differently", "differently-words"),
];

/// Narrowest a column of somebody's words gets.
const COLUMN: f32 = 190.0;
/// The same of what they attached.
const PICTURE: f32 = 240.0;

pub(super) fn ui(ui: &mut Ui, meeting: Record<'_>, asks: &mut Asks) {
    let Some(item) = meeting.item else { return };
    heard(ui, meeting, item, asks);
    ui.add_space(gap::L);
    together(ui, meeting, item, asks);
}

/// Did I feel heard? Everybody's face, and mine to choose.
fn heard(ui: &mut Ui, meeting: Record<'_>, item: ItemId, asks: &mut Asks) {
    let me = people::me(meeting.desk, meeting.plan).map(|me| me.id);
    let described = plan::part("meetings").and_then(|part| part.voice?.list("how-was-it")?.field("heard"));
    let Some(described) = described else { return };
    kit::card(ui, |ui| {
        heading(ui, &words::label(described.label));
        ui.label(theme::soft(ui, Type::Note, text("money-heard-why")));
        let said = last_said(meeting, "how-was-it", "about", item);
        let spoke = |who: &Someone| said.iter().any(|(person, _)| *who == Someone::Member(*person));
        let others = said.iter().filter(|(person, _)| Some(*person) != me);
        let others = others.map(|(person, said)| (people::face_or_former(meeting.desk, meeting.plan, *person), *said));
        // Whoever said it themselves needs nobody who says it for them.
        let for_them = meeting.records("heard").into_iter().filter_map(|said| {
            let who = said.people("whose").into_iter().next().filter(|who| !spoke(who))?;
            Some((people::face_of(meeting.desk, meeting.plan, &who), said))
        });
        let others: Vec<_> = others.chain(for_them).collect();
        kit::columns(ui, others.len(), COLUMN, |ui, at| {
            let (face, said) = &others[at];
            face_said(ui, face, *said, asks);
        });
        if !may_speak(meeting) {
            return heard_for_others(ui, meeting, asks);
        }
        let mine = mine(meeting, "how-was-it", "about", item);
        let words = kit::FACES.map(|code| words::label(&described.choice_label(code)));
        let words = [words[0].as_str(), words[1].as_str(), words[2].as_str()];
        let now = mine.and_then(|mine| mine.choice("heard"));
        if let Some(code) = kit::smiles(ui, &words::label(described.label), now.as_deref(), words) {
            let chosen = Value::Choice(code.to_owned());
            match mine {
                Some(mine) => mine.set("heard", Some(chosen), asks),
                None => say_mine(meeting, "how-was-it", "about", item, vec![("heard", chosen)], asks),
            }
        }
        if let Some(mine) = mine {
            ui.push_id(mine.id("how was it", ""), |ui| {
                set_person(ui, mine, "talked-most", asks);
                words_field(ui, mine, "words", 1, asks);
                set_files(ui, mine, "files", asks);
            });
        }
        heard_for_others(ui, meeting, asks);
    });
}

/// Somebody's face and their words; and who wrote them down, if it was not they themselves.
fn face_said(ui: &mut Ui, face: &Face, said: Record<'_>, asks: &mut Asks) {
    let name = |someone: &Someone| people::face_of(said.desk, said.plan, someone).name;
    kit::named(ui, face);
    if let Some((code, words)) = said.choice("heard").zip(said.choice_words("heard")) {
        kit::smile(ui, &code, &words);
    }
    if let Some(most) = said.people("talked-most").first() {
        ui.label(theme::soft(ui, Type::Note, say(Say::new("money-talked-most").with("name", name(most)))));
    }
    quote(ui, &said.text("words"));
    attached(ui, said, asks);
    if let Some(by) = said.people("written-by").first() {
        ui.label(theme::soft(ui, Type::Small, say(Say::new("money-written-by").with("name", name(by)))));
    }
}

/// Whoever has no device says it through somebody who writes it down.
fn heard_for_others(ui: &mut Ui, meeting: Record<'_>, asks: &mut Asks) {
    if !meeting.is_mine() {
        return;
    }
    let id = meeting.id("heard for others", "heard");
    if ui.data(|data| data.get_temp(id)).unwrap_or(false) {
        kit::rule(ui);
        rows(ui, meeting, "heard", &["whose", "heard", "words", "written-by"], asks);
    } else if icon_button(ui, Weight::Quiet, Icon::MORE, &text("content-heard-for")).clicked() {
        ui.data_mut(|data| data.insert_temp(id, true));
    }
}

/// The four questions, with a column for each person who answered.
fn together(ui: &mut Ui, meeting: Record<'_>, item: ItemId, asks: &mut Asks) {
    let me = people::me(meeting.desk, meeting.plan).map(|me| me.id);
    let all = last_said(meeting, "co-evaluations", "about", item);
    let id = meeting.id("my four answers", "co-evaluations");
    let writing: bool = ui.data(|data| data.get_temp(id)).unwrap_or(false);
    kit::card(ui, |ui| {
        heading(ui, &words::label("meetings-voice-co-evaluations"));
        for (score, why) in QUESTIONS {
            question(ui, meeting, &all, score, why);
        }
        // A drawing or a recording is an answer, too.
        let is_written = |person: &PersonId| writing && Some(*person) == me;
        let shown = all.iter().filter(|(person, said)| has_files(*said) && !is_written(person));
        let shown: Vec<_> = shown.collect();
        if !shown.is_empty() {
            ui.add_space(gap::S);
        }
        kit::columns(ui, shown.len(), PICTURE, |ui, at| {
            let (person, said) = shown[at];
            kit::named(ui, &people::face_or_former(meeting.desk, meeting.plan, *person));
            attached(ui, *said, asks);
        });
        if !may_speak(meeting) {
            return;
        }
        let mine = all.iter().find(|(person, _)| Some(*person) == me).map(|(_, said)| *said);
        match mine {
            Some(mine) if writing => {
                kit::rule(ui);
                ui.spacing_mut().item_spacing.y = gap::M;
                for (score, why) in QUESTIONS {
                    set_scale(ui, mine, score, asks);
                    words_field(ui, mine, why, 1, asks);
                }
                set_files(ui, mine, "files", asks);
                if icon_button(ui, Weight::Strong, Icon::DONE, &text("money-said")).clicked() {
                    ui.data_mut(|data| data.insert_temp(id, false));
                }
            }
            Some(_) => {
                if icon_button(ui, Weight::Quiet, Icon::EDIT, &text("money-change-answers")).clicked() {
                    ui.data_mut(|data| data.insert_temp(id, true));
                }
            }
            None => {
                if icon_button(ui, Weight::Plain, Icon::EDIT, &text("money-answer-four")).clicked() {
                    let so = vec![("on", Value::Date(today()))];
                    say_mine(meeting, "co-evaluations", "about", item, so, asks);
                    ui.data_mut(|data| data.insert_temp(id, true));
                }
            }
        }
    });
}

fn question(ui: &mut Ui, meeting: Record<'_>, all: &[(PersonId, Record<'_>)], score: &str, why: &str) {
    let described = plan::part("meetings").and_then(|part| part.voice?.list("co-evaluations")?.field(score));
    let Some(described) = described else { return };
    let step = |said: &Record<'_>| match said.value(score) {
        Some(Value::Scale(step)) => Some(step),
        _ => None,
    };
    ui.add_space(gap::S);
    ui.horizontal_wrapped(|ui| {
        let asks = crate::terms::said(meeting.desk, meeting.plan, described.label);
        ui.label(theme::text(ui, Type::Strong, asks));
        let steps: Vec<i64> = all.iter().filter_map(|(_, said)| step(said)).collect();
        if worth_talking_about(&steps, OfTen::Ten) {
            chip(ui, Tone::NotYet, &text("money-worth-talking"));
        }
    });
    kit::columns(ui, all.len(), COLUMN, |ui, at| {
        let (person, said) = all[at];
        kit::named(ui, &people::face_or_former(meeting.desk, meeting.plan, person));
        match step(&said) {
            Some(step) => {
                ui.label(theme::text(ui, Type::Section, say(Say::new("money-of-ten").with("step", step))));
            }
            None => {
                ui.label(theme::soft(ui, Type::Note, text("money-not-answered")));
            }
        }
        quote(ui, &said.text(why));
    });
}

fn quote(ui: &mut Ui, words: &str) {
    if !words.trim().is_empty() {
        ui.add(eframe::egui::Label::new(theme::text(ui, Type::Body, crate::terms::quoted(words))).wrap());
    }
}

fn heading(ui: &mut Ui, words: &str) {
    let label = ui.label(theme::text(ui, Type::Section, words));
    kit::is_heading(ui, &label, words);
}
