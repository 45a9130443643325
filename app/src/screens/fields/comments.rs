//! What everybody says beside a record or a page, each in their own voice: mine to be written in, the others' to be read and
//! answered, and to be put away once it is done.

use desk::Fill;
use eframe::egui::Ui;
use plan::{Copies, Value};
use seal::{ItemId, PersonId};
use words::{Say, say, text};

use super::{Record, words_field};
use crate::{
    asks::{Asks, Spot, Wish},
    kit::{self, Icon, Weight, said_button},
    people,
    screens::offers,
    theme::{self, Type, gap},
};

/// Draws the offers and the comments about a record, or the comments about a document of which a part has several. With `more`, I can
/// change mine and add one.
pub fn comments(ui: &mut Ui, record: Record<'_>, more: bool, asks: &mut Asks) {
    offers::of_record(ui, record, more, asks);
    let mine = record.my_voice().filter(Record::is_mine);
    let said = said(record);
    if !said.is_empty() {
        ui.push_id(record.id("comments", ""), |ui| draw(ui, record, &said, mine, more, asks));
    }
    if let Some(mine) = mine.filter(|_| more) {
        say_something(ui, record, mine, asks);
    }
}

/// At the head of a part's page: how much is said there that nobody has settled, and one press to all of it. What is about the page as
/// a whole is read and answered here; what is about a card is named, and leads to it.
pub fn at_head(ui: &mut Ui, part: Record<'_>, asks: &mut Asks) {
    let Some(all) = said_on(part) else { return };
    let (on_page, on_cards): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, one)| one.refs("about").is_empty());
    let open_on = |said: &[Said<'_>]| said.iter().filter(|(_, one)| is_open(said, *one)).count();
    let (page, cards) = (open_on(&on_page), open_on(&on_cards));
    // What is settled is read where it stands; a page is not headed by it for ever.
    let id = part.id("comments at the head", "");
    let shown = ui.data(|data| data.get_temp(id)).unwrap_or(false);
    if page + cards == 0 && !shown {
        return;
    }
    let words = say(Say::new(if shown { "pages-comments-hide" } else { "pages-comments" }).with("count", page + cards));
    let icon = if shown { Icon::LESS } else { Icon::TALK };
    if said_button(ui, Weight::Quiet, icon, &words, &words).clicked() {
        ui.data_mut(|data| data.insert_temp(id, !shown));
    }
    ui.add_space(gap::S);
    if !shown {
        return;
    }
    let mine = part.my_voice().filter(Record::is_mine);
    kit::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = gap::S;
        if !on_page.is_empty() {
            ui.push_id(part.id("comments", ""), |ui| draw(ui, part, &on_page, mine, true, asks));
        }
        for (at, (person, one)) in on_cards.iter().filter(|(_, one)| is_open(&on_cards, *one)).enumerate() {
            if at > 0 || !on_page.is_empty() {
                kit::rule(ui);
            }
            ui.push_id(one.id("comment on a card", ""), |ui| on_a_card(ui, part, (*person, *one), asks));
        }
        if let Some(mine) = mine {
            say_something(ui, part, mine, asks);
        }
    });
    ui.add_space(gap::L);
}

/// At the foot of a part's page: the press that begins to say something about it, and the way to what is settled. Both stand at the head
/// then.
pub fn at_foot(ui: &mut Ui, part: Record<'_>, asks: &mut Asks) {
    let Some(all) = said_on(part).filter(|_| part.document().is_some()) else { return };
    let id = part.id("comments at the head", "");
    if ui.data(|data| data.get_temp(id)).unwrap_or(false) {
        return;
    }
    ui.add_space(gap::M);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = gap::L;
        if let Some(mine) = part.my_voice().filter(Record::is_mine) {
            say_something(ui, part, mine, asks);
        }
        let on_page = all.iter().filter(|(_, one)| one.refs("about").is_empty() && answers(&all, *one).is_none());
        let said = on_page.filter(|(_, one)| !one.text("words").trim().is_empty());
        let (open, settled): (Vec<&Said<'_>>, Vec<_>) = said.partition(|(_, one)| is_open(&all, *one));
        if open.is_empty() && !settled.is_empty() {
            let words = say(Say::new("pages-comments-done").with("count", settled.len()));
            if said_button(ui, Weight::Quiet, Icon::TALK, &words, &words).clicked() {
                ui.data_mut(|data| data.insert_temp(id, true));
            }
        }
    });
}

/// One comment about a card, and the way to it.
fn on_a_card(ui: &mut Ui, part: Record<'_>, (person, comment): Said<'_>, asks: &mut Asks) {
    let Some(about) = comment.refs("about").into_iter().next().map(|item| part.at(item)) else { return };
    let called = about.called();
    one(ui, about, (person, comment), false, asks);
    let field = about
        .document()
        .and_then(|document| document.list_of(about.item?))
        .and_then(|(_, list)| about.path(list.fields.first()?.code));
    let Some((field, document)) = field.zip(about.doc()).filter(|_| !called.trim().is_empty()) else { return };
    let words = say(Say::new("pages-comment-where").with("what", called.trim()));
    if said_button(ui, Weight::Quiet, Icon::GO, &words, &words).clicked() {
        asks.wish(Wish::Show(Spot { plan: about.plan, part: about.part, card: about.item, document, field }));
    }
}

/// All comments of a part whose page has them at its head. Of several documents, each has its own where it is drawn.
fn said_on(part: Record<'_>) -> Option<Vec<Said<'_>>> {
    match plan::part(part.part)?.copies {
        Copies::One | Copies::EachQuarter => {}
        Copies::EachOwner | Copies::Named => return None,
    }
    plan::part(part.part)?.voice?;
    Some(all_said(part))
}

/// Whether a comment is no answer, says something, and is not settled.
fn is_open(said: &[Said<'_>], comment: Record<'_>) -> bool {
    let settled = |(_, answer): &Said<'_>| answers(said, *answer) == comment.item && is_done(*answer);
    let is_first = answers(said, comment).is_none();
    is_first && !comment.text("words").trim().is_empty() && !is_done(comment) && !said.iter().any(settled)
}

fn say_something(ui: &mut Ui, record: Record<'_>, mine: Record<'_>, asks: &mut Asks) {
    let words = say(Say::new("app-comment-on").with("what", called(record)));
    if said_button(ui, Weight::Quiet, Icon::ADD, &text("app-comment"), &words).clicked() {
        let about = record.item.map(|item| ("about".to_owned(), Fill::Value(Value::Ref(item))));
        mine.add("comments", about.into_iter().collect(), asks);
        if record.item.is_none() {
            ui.data_mut(|data| data.insert_temp(record.id("comments at the head", ""), true));
        }
    }
}

/// One thing said, by whom.
type Said<'a> = (PersonId, Record<'a>);

/// All that is said about a record, or about the part as a whole.
fn said(record: Record<'_>) -> Vec<Said<'_>> {
    let about = |(_, comment): &Said<'_>| match record.item {
        Some(item) => comment.refs("about").contains(&item),
        None => comment.refs("about").is_empty(),
    };
    all_said(record).into_iter().filter(about).collect()
}

/// All that is said in the part a record is in.
fn all_said(record: Record<'_>) -> Vec<Said<'_>> {
    let of = |(person, voice): (PersonId, _)| {
        let comments = Record::records(&voice, "comments").into_iter();
        comments.map(|comment| (person, comment)).collect::<Vec<_>>()
    };
    record.voices().into_iter().flat_map(of).collect()
}

/// What a comment answers, if that is still there.
fn answers(said: &[Said<'_>], comment: Record<'_>) -> Option<ItemId> {
    let to = comment.refs("to").into_iter().next()?;
    said.iter().any(|(_, other)| other.item == Some(to)).then_some(to)
}

fn is_done(comment: Record<'_>) -> bool {
    comment.value("settled") == Some(Value::YesNo(true))
}

/// What was said, each with its answers below it; what is done behind one press.
fn draw(ui: &mut Ui, record: Record<'_>, said: &[Said<'_>], mine: Option<Record<'_>>, more: bool, asks: &mut Asks) {
    let answers_to =
        |item: Option<ItemId>| said.iter().filter(move |(_, answer)| item.is_some() && answers(said, *answer) == item);
    // Whoever wrote it says that it is done, or whoever answers it.
    let over = |comment: Record<'_>| is_done(comment) || answers_to(comment.item).any(|(_, answer)| is_done(*answer));
    let first = said.iter().filter(|(_, comment)| answers(said, *comment).is_none());
    let (done, open): (Vec<_>, Vec<_>) = first.partition(|(_, comment)| over(*comment));
    let id = record.id("comments that are done", "");
    let shown = ui.data(|data| data.get_temp(id)).unwrap_or(false);
    let all = open.iter().map(|one| (one, false)).chain(done.iter().filter(|_| shown).map(|one| (one, true)));
    for ((person, comment), over) in all {
        // What is settled is read, mine as well.
        let more = more && !over;
        ui.push_id(comment.id("comment", ""), |ui| {
            one(ui, record, (*person, *comment), more, asks);
            for (person, answer) in answers_to(comment.item) {
                ui.indent(answer.id("answer", ""), |ui| one(ui, record, (*person, *answer), more, asks));
            }
            let Some(mine) = mine.filter(|_| !over && !comment.text("words").trim().is_empty()) else { return };
            acts(ui, record, *comment, mine, asks);
        });
    }
    if !done.is_empty() {
        let key = if shown { "pages-comments-done-hide" } else { "pages-comments-done" };
        let icon = if shown { Icon::LESS } else { Icon::MORE };
        let words = say(Say::new(key).with("count", done.len()));
        if said_button(ui, Weight::Quiet, icon, &words, &words).clicked() {
            ui.data_mut(|data| data.insert_temp(id, !shown));
        }
    }
}

/// To answer it, or to say that it is done.
fn acts(ui: &mut Ui, record: Record<'_>, comment: Record<'_>, mine: Record<'_>, asks: &mut Asks) {
    let Some(item) = comment.item else { return };
    let words = comment.text("words");
    let of = |key: &'static str| say(Say::new(key).with("words", words.trim()));
    let reply = |so: Option<(&str, Value)>, asks: &mut Asks| {
        let about = record.item.map(|item| ("about", Value::Ref(item)));
        let fills = about.into_iter().chain([("to", Value::Ref(item))]).chain(so);
        mine.add("comments", fills.map(|(field, value)| (field.to_owned(), Fill::Value(value))).collect(), asks);
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = gap::L;
        if !comment.is_mine()
            && said_button(ui, Weight::Quiet, Icon::TALK, &text("pages-answer"), &of("pages-answer-this")).clicked()
        {
            reply(None, asks);
        }
        if said_button(ui, Weight::Quiet, Icon::DONE, &text("common-done"), &of("pages-comment-is-done")).clicked() {
            let settled = Value::YesNo(true);
            if comment.is_mine() {
                comment.set("settled", Some(settled), asks);
            } else {
                reply(Some(("settled", settled)), asks);
            }
        }
    });
}

/// One thing said: mine in a field while it is written, else with its face and name.
fn one(ui: &mut Ui, record: Record<'_>, (person, comment): Said<'_>, more: bool, asks: &mut Asks) {
    let words = comment.text("words");
    if comment.is_mine() && !is_done(comment) {
        let id = comment.id("is being said", "");
        let begun = words.is_empty() && !more;
        if begun {
            ui.data_mut(|data| data.insert_temp(id, true));
        }
        let writing = begun || ui.data(|data| data.get_temp(id)).unwrap_or(false);
        if more || writing {
            words_field(ui, comment, "words", 1, asks);
        }
        if writing && !more {
            let said = say(Say::new("pages-said-about").with("what", called(record)));
            if said_button(ui, Weight::Quiet, Icon::DONE, &text("pages-said"), &said).clicked() {
                ui.data_mut(|data| data.insert_temp(id, false));
                if words.trim().is_empty() {
                    comment.remove(asks);
                }
            }
        }
        if more || writing {
            return;
        }
    }
    if words.trim().is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = gap::S;
        let face = people::face_or_former(record.desk, record.plan, person);
        kit::disc(ui, &face, 24.0);
        ui.label(theme::soft(ui, Type::Note, say(Say::new("app-comment-of").with("name", face.name.as_str()))));
        ui.label(theme::text(ui, Type::Body, words.trim()));
    });
}

fn called(record: Record<'_>) -> String {
    if record.item.is_some() { record.called() } else { crate::terms::page(record.desk, record.plan, record.part) }
}
