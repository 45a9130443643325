//! A need to be read: what it is and why nobody has it, who has it, both of its sides, what services answered, and how
//! everybody sees it.

use eframe::egui::{Ui, vec2};
use plan::{Date, Someone, views::NeedStatus};
use seal::PersonId;
use words::{Say, say, text};

use super::acts::{Saying, buttons};
use crate::{
    asks::Asks,
    kit::{self, Face, chip},
    people,
    screens::{
        cards::behind,
        evidence,
        fields::Record,
        in_hand::{InHand, Stands},
        pair,
        small::today,
    },
    terms,
    theme::{self, Tone, Type, gap},
};

/// Draws it.
pub fn ui(
    ui: &mut Ui,
    need: Record<'_>,
    tone: Option<Tone>,
    stands: Option<&Stands>,
    hand: &InHand,
    saying: &mut Saying,
    asks: &mut Asks,
) {
    let what = need.line("what");
    let words = if what.is_empty() { text("common-no-words-yet") } else { what };
    let size = if tone.is_some() { Type::Quote } else { Type::Section };
    ui.label(theme::text(ui, size, words).line_height(Some(size.line_height())));
    if let Some(stands) = stands {
        if let Some(why) = stands.why(need.desk, need.plan) {
            kit::panel(ui, tone, |ui| {
                ui.label(theme::text(ui, Type::Body, why).line_height(Some(Type::Body.line_height())));
            });
        }
        who_has_it(ui, need, stands, hand);
        buttons(ui, need, stands, hand, asks);
    }
    facts(ui, need);
    ui.add_space(gap::XS);
    let mut more = |ui: &mut Ui| {
        two_sides(ui, need, ["practical", "feelings"]);
        two_sides(ui, need, ["already", "prevent"]);
        answers(ui, need);
        evidence::based_on(ui, need, asks);
        views(ui, need, hand, saying, asks);
    };
    // What is over takes little room, and is all there.
    match stands.is_some_and(|stands| stands.need.status == Some(NeedStatus::Closed)) {
        true => behind(ui, need, &text("needs-over-more"), more),
        false => more(ui),
    }
}

/// How it stands, in chips, and whose it is in a soft line.
fn facts(ui: &mut Ui, need: Record<'_>) {
    let chips: Vec<(Tone, String)> = ["status", "domain", "right"]
        .into_iter()
        .filter_map(|field| {
            let words = need.choice_words(field)?;
            let tone = if field == "status" { super::tone(&need.choice(field)?) } else { Tone::Plain };
            let words = if field == "right" { say(Say::new("needs-right").with("right", words)) } else { words };
            Some((tone, words))
        })
        .collect();
    let name = |field| need.people(field).first().map(|one| people::face_of(need.desk, need.plan, one).name);
    let mut facts: Vec<String> = Vec::new();
    facts.extend(name("whose").map(|name| say(Say::new("needs-whose").with("name", name))));
    facts.extend(name("raised-by").map(|name| say(Say::new("needs-raised-by").with("name", name))));
    let since = need.date("since").map(|day| words::date(&day.to_string()));
    facts.extend(since.map(|day| say(Say::new("needs-since").with("day", day))));
    // That nobody has said it yet is no news.
    let eligible = need.choice_words("eligible").filter(|_| need.choice("eligible").as_deref() != Some("not-said"));
    facts.extend(eligible.map(|words| format!("{}: {words}", need.label("eligible"))));
    if chips.is_empty() && facts.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for (tone, words) in &chips {
            chip(ui, *tone, words);
        }
        ui.label(theme::soft(ui, Type::Note, facts.join(" · ")));
    });
}

/// Two texts beside each other, so that neither stands for the other.
fn two_sides(ui: &mut Ui, need: Record<'_>, fields: [&str; 2]) {
    let said = fields.map(|field| need.text(field)).map(|words| words.trim().to_owned());
    let side = |ui: &mut Ui, at: usize| {
        kit::panel(ui, None, |ui| {
            ui.label(theme::soft(ui, Type::Small, terms::field(super::PART, fields[at])));
            ui.label(theme::text(ui, Type::Body, &said[at]).line_height(Some(Type::Body.line_height())));
        });
    };
    match (said[0].is_empty(), said[1].is_empty()) {
        (true, true) => {}
        (false, true) => side(ui, 0),
        (true, false) => side(ui, 1),
        (false, false) => pair(ui, 0.5, |ui| side(ui, 0), |ui| side(ui, 1)),
    }
}

/// Who said in their own voice that they have it, what somebody does about it, and the help there is.
fn who_has_it(ui: &mut Ui, need: Record<'_>, stands: &Stands, hand: &InHand) {
    let Record { desk, plan, .. } = need;
    let has_it = |person: PersonId| stands.need.held.iter().any(|held| held.who == Someone::Member(person));
    let said = need.item.map(|item| hand.held.last_about(desk, plan, item)).unwrap_or_default();
    for (person, voice) in said.into_iter().filter(|(person, _)| has_it(*person)) {
        let face = people::face_or_former(desk, plan, person);
        let mut words = say(Say::new("needs-has-it").with("name", &face.name));
        if let Some(on) = voice.date("on") {
            words = format!("{words} · {}", say(Say::new("needs-since").with("day", words::date(&on.to_string()))));
        }
        let own = voice.text("words");
        line(ui, &face, &words, own.trim());
    }
    // Somebody without a voice here has it by what was written down.
    if let Some(owner @ Someone::Named(_)) = &stands.need.owner {
        let face = people::face_of(desk, plan, owner);
        line(ui, &face, &say(Say::new("needs-has-it-written").with("name", &face.name)), "");
    }
    for (action, who) in &stands.actions {
        let faces: Vec<Face> = who.iter().map(|one| people::face_of(desk, plan, one)).collect();
        let names: Vec<String> = faces.iter().map(|face| face.name.clone()).collect();
        let what = Record::part(desk, plan, "actions").at(*action).text("what");
        let words = say(Say::new("needs-does").with("names", people::together(&names)).with("what", what));
        if let Some(face) = faces.first() {
            line(ui, face, &words, "");
        }
    }
    for support in &stands.supports {
        let support = Record::part(desk, plan, "supports").at(*support);
        let words = say(Say::new("needs-support").with("what", support.line("what")));
        match support.people("who").first() {
            Some(who) => line(ui, &people::face_of(desk, plan, who), &words, ""),
            None => {
                ui.label(theme::text(ui, Type::Note, words));
            }
        }
    }
}

/// A face, what they have, and perhaps what they say about it.
fn line(ui: &mut Ui, face: &Face, words: &str, own: &str) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = gap::S;
        let (rect, _) = ui.allocate_exact_size(vec2(30.0, 32.0), eframe::egui::Sense::hover());
        kit::paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), 28.0, face);
        ui.label(theme::text(ui, Type::Note, words));
        if !own.is_empty() {
            ui.label(theme::soft(ui, Type::Note, crate::terms::quoted(own)));
        }
    });
}

/// What each service answered, when, and until when one can object.
fn answers(ui: &mut Ui, need: Record<'_>) {
    let answers = need.records("answers");
    if answers.is_empty() {
        return;
    }
    ui.add_space(gap::XS);
    let words = text("needs-answers");
    let heading = ui.label(theme::soft(ui, Type::Chip, &words));
    kit::is_heading(ui, &heading, &words);
    let now = today();
    for answer in answers {
        kit::rule(ui);
        ui.horizontal_wrapped(|ui| {
            ui.label(theme::text(ui, Type::Strong, answer.line("agency")));
            let (code, words) = (answer.choice("answer"), answer.choice_words("answer"));
            if let Some((code, words)) = code.as_deref().zip(words) {
                chip(ui, answer_tone(code), &words);
            }
            if let Some(on) = answer.date("on") {
                ui.label(theme::soft(ui, Type::Note, day_said(on, code.as_deref(), now)));
            }
            if let Some(appeal) = answer.date("appeal-by") {
                let key = if appeal < now { "needs-appeal-over" } else { "needs-appeal" };
                let day = words::date(&appeal.to_string());
                let tone = if appeal < now { Tone::Plain } else { Tone::NotYet };
                chip(ui, tone, &say(Say::new(key).with("day", day)));
            }
        });
        let reason = answer.text("reason");
        if !reason.trim().is_empty() {
            ui.label(theme::text(ui, Type::Note, reason.trim()).line_height(Some(Type::Note.line_height())));
        }
    }
}

/// When they answered; of who has not, for how long we wait.
fn day_said(on: Date, answer: Option<&str>, now: Date) -> String {
    let day = words::date(&on.to_string());
    let days = now.days() - on.days();
    if answer == Some("waiting") && days > 0 {
        return say(Say::new("needs-waiting-for").with("day", day).with("days", days));
    }
    day
}

fn answer_tone(answer: &str) -> Tone {
    match answer {
        "ours" => Tone::Calm,
        "partly" => Tone::Accent,
        "waiting" => Tone::NotYet,
        "not-ours" => Tone::Attention,
        _ => Tone::Plain,
    }
}

/// How people see it, side by side: in their own voices, and what was written down for those who have none.
fn views(ui: &mut Ui, need: Record<'_>, hand: &InHand, saying: &mut Saying, asks: &mut Asks) {
    let Record { desk, plan, .. } = need;
    let me = people::me(desk, plan).map(|me| me.id);
    let writing = saying.is_about(need);
    let own = need.item.map(|item| hand.seen.last_about(desk, plan, item)).unwrap_or_default();
    let own = own.into_iter().filter(|(person, _)| !(writing && Some(*person) == me));
    let mut views: Vec<(Face, String, Option<String>)> = own
        .map(|(person, said)| (people::face_or_former(desk, plan, person), said.text("words"), None))
        .filter(|(_, words, _)| !words.trim().is_empty())
        .collect();
    for said in need.records("perspectives") {
        let words = said.text("words");
        let Some(whose) = said.people("whose").first().cloned() else { continue };
        let by = said.people("written-by").first().map(|one| people::face_of(desk, plan, one).name);
        let by = by.map(|name| say(Say::new("needs-written-by").with("name", name)));
        views.push((people::face_of(desk, plan, &whose), words, by));
    }
    if !views.is_empty() {
        ui.add_space(gap::XS);
        kit::columns(ui, views.len(), 240.0, |ui, at| {
            let (face, words, by) = &views[at];
            kit::named(ui, face);
            ui.label(theme::text(ui, Type::Note, words.trim()).line_height(Some(Type::Note.line_height())));
            if let Some(by) = by {
                ui.label(theme::soft(ui, Type::Small, by));
            }
        });
    }
    saying.ui(ui, need, asks);
}
