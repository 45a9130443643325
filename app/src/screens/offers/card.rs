//! One offer: who makes it, what would be different, why; and the two answers there are to it.

use desk::Ask;
use eframe::egui::{self, CornerRadius, Frame, Margin, Stroke, Ui};
use plan::offers::{Change, Fit, Offer, Reply, Stands};
use seal::DocId;
use words::{Say, say, text};

use super::sentences::{self, heading, name};
use crate::{
    asks::{Asks, Wish},
    kit::{self, Icon, Weight, said_button},
    people,
    screens::fields::{Hand, Record, words_field},
    theme::{self, Type, gap},
};

/// An offer that waits for an answer.
pub(super) fn open(ui: &mut Ui, record: Record<'_>, doc: DocId, offer: &Offer, asks: &mut Asks) {
    let Stands::Open(fit) = offer.stands else { return };
    let of = super::about(record, doc, None);
    let me = people::me(record.desk, record.plan).map(|me| me.id);
    framed(ui, offer, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap::S;
            kit::disc(ui, &people::face_or_former(record.desk, record.plan, offer.by), 28.0);
            ui.label(theme::text(ui, Type::BesideStrong, heading(of, offer)));
        });
        let about = sentences::about(record, doc, offer);
        let when = words::ago(offer.at.0, desk::now().0);
        ui.label(theme::soft(ui, Type::Small, format!("{about} · {when}")));
        sentences::change(ui, record, doc, offer);
        why(ui, record, offer, me == Some(offer.by), asks);
        let fits = match fit {
            Fit::Fits => None,
            Fit::Already => Some("suggest-already"),
            Fit::Changed if matches!(offer.change, Change::Words { .. }) => Some("suggest-words-changed"),
            Fit::Changed => Some("suggest-answer-changed"),
            Fit::Gone => Some("suggest-gone"),
        };
        if let Some(key) = fits {
            let attention = theme::of(ui.ctx()).attention;
            kit::icon_line(ui, Icon::INFO, attention, theme::text(ui, Type::Note, text(key)));
        }
        match of.hand() {
            Hand::Writes => answers(ui, of, doc, offer, fit, asks),
            Hand::Offers | Hand::Reads => {
                let decides = say(Say::new("suggest-decides").with("name", sentences::decides(record, doc)));
                ui.label(theme::soft(ui, Type::Note, decides));
            }
        }
        if me == Some(offer.by) {
            let said = say(Say::new("suggest-take-back-this").with("what", about));
            if said_button(ui, Weight::Quiet, Icon::UNDO, &text("suggest-take-back"), &said).clicked() {
                super::mine::take_back(record, offer, asks);
            }
        }
    });
}

/// A quiet frame inside a card, by its own id.
fn framed(ui: &mut Ui, offer: &Offer, inside: impl FnOnce(&mut Ui)) {
    let palette = theme::of(ui.ctx());
    ui.push_id(("offer", offer.id.to_string()), |ui| {
        Frame::new()
            .fill(palette.paper)
            .stroke(Stroke::new(palette.hairline, palette.line))
            .corner_radius(CornerRadius::same(12))
            .inner_margin(Margin::same(14))
            .show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = gap::S;
                inside(ui);
            });
    });
}

/// Why, in the words of whoever offers it; they can still say it better.
fn why(ui: &mut Ui, record: Record<'_>, offer: &Offer, is_mine: bool, asks: &mut Asks) {
    let written = super::mine::record(record, offer);
    if let Some(written) = written.filter(|written| is_mine && written.is_mine()) {
        words_field(ui, written, "why", 1, asks);
    } else if !offer.why.is_empty() {
        ui.label(theme::soft(ui, Type::Note, say(Say::new("suggest-why").with("words", offer.why.as_str()))));
    }
}

/// The two answers: take it, or not now.
fn answers(ui: &mut Ui, part: Record<'_>, doc: DocId, offer: &Offer, fit: Fit, asks: &mut Asks) {
    let about = sentences::about(part, doc, offer);
    let of = |key: &'static str| say(Say::new(key).with("name", name(part, offer.by)).with("what", about.as_str()));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = gap::L;
        let is_text = matches!(offer.change, Change::Words { .. });
        let takes = match fit {
            Fit::Fits | Fit::Already => true,
            Fit::Changed => !is_text,
            Fit::Gone => false,
        };
        if takes
            && said_button(ui, Weight::Plain, Icon::CHECK, &text("suggest-take"), &of("suggest-take-this")).clicked()
        {
            reply(part, doc, offer, Reply::Take, asks);
        }
        if let (Fit::Changed, Change::Words { after, .. }) = (fit, &offer.change)
            && said_button(ui, Weight::Plain, Icon::COPY, &text("suggest-copy"), &of("suggest-copy-this")).clicked()
        {
            asks.wish(Wish::Copy(after.clone()));
        }
        if said_button(ui, Weight::Quiet, None, &text("suggest-not-now"), &of("suggest-not-now-this")).clicked() {
            reply(part, doc, offer, Reply::NotNow, asks);
        }
    });
}

fn reply(part: Record<'_>, doc: DocId, offer: &Offer, reply: Reply, asks: &mut Asks) {
    let (plan, words) = (part.plan, String::new());
    let offer = Box::new(offer.clone());
    let ask = Ask::AnswerOffer { plan, part: part.part.to_owned(), offer, reply, words };
    asks.push(ask.within(doc));
}

/// An offer that was answered: who made it, who answered it, and what they said.
pub(super) fn answered(ui: &mut Ui, record: Record<'_>, doc: DocId, offer: &Offer, asks: &mut Asks) {
    let Some(answer) = offer.answer() else { return };
    let part = super::about(record, doc, None);
    let me = people::me(record.desk, record.plan).map(|me| me.id);
    let sentence = match (answer.reply, me == Some(answer.by), answer.on) {
        (Reply::Take, _, Some(day)) => Say::new("suggest-taken-on").with("day", words::date(&day.to_string())),
        (Reply::Take, _, None) => Say::new("suggest-taken"),
        (Reply::NotNow, true, _) => Say::new("suggest-not-taken-by-you"),
        (Reply::NotNow, false, _) => Say::new("suggest-not-taken"),
    };
    let sentence = sentence.with("name", name(part, offer.by)).with("by", name(part, answer.by));
    ui.push_id(("answered", offer.id.to_string()), |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap::S;
            kit::disc(ui, &people::face_or_former(record.desk, record.plan, offer.by), 24.0);
            ui.add(egui::Label::new(theme::text(ui, Type::Note, say(sentence))).wrap());
        });
        let mine = Record::document_of(record.desk, record.plan, answer.voice).map(|voice| voice.at(answer.id));
        let mine = mine.filter(|mine| me == Some(answer.by) && mine.is_mine());
        // On the day itself one may still say why; later it stands as it was said.
        let is_new = answer.on == Some(crate::screens::small::today());
        match mine.filter(|_| is_new && answer.reply == Reply::NotNow) {
            Some(mine) => words_field(ui, mine, "words", 1, asks),
            None if !answer.words.is_empty() => {
                ui.label(theme::soft(ui, Type::Note, format!("“{}”", answer.words)));
            }
            None => {}
        }
    });
}

/// The same at length, where one looks for earlier offers: what it was, and a way to take it after all.
pub(super) fn earlier(ui: &mut Ui, record: Record<'_>, doc: DocId, offer: &Offer, asks: &mut Asks) {
    let part = super::about(record, doc, None);
    ui.label(theme::soft(ui, Type::Small, sentences::about(record, doc, offer)));
    sentences::change(ui, record, doc, offer);
    answered(ui, record, doc, offer, asks);
    let takes = offer.stands == Stands::NotTaken && part.hand() == Hand::Writes;
    let said = Say::new("suggest-take-this")
        .with("name", name(part, offer.by))
        .with("what", sentences::about(record, doc, offer));
    if takes && said_button(ui, Weight::Quiet, Icon::CHECK, &text("suggest-after-all"), &say(said)).clicked() {
        reply(part, doc, offer, Reply::Take, asks);
    }
}
