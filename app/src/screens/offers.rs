//! Offers on the pages: those who may only suggest fill the same fields in, and what they say there becomes an offer; those who may
//! write see it, quietly, where it belongs, and take it with one press or say why not.

mod beside;
mod card;
mod known;
mod mine;
mod page;
mod sentences;

pub use self::{
    beside::{beside, front, is_waiting},
    known::{any_more, open_about, waiting},
    mine::{below, mine, one_more, value, words},
    page::{above, below_page},
    sentences::{reworded, said_whole},
};

use eframe::egui::Ui;
use plan::offers::{Change, Offer, Stands};
use seal::{DocId, ItemId, PersonId};

use super::fields::{Hand, Record};
use crate::asks::Asks;

/// Draws the offers about a record that is shown: those that wait, and the last that was answered; with `more`, all of these.
pub fn of_record(ui: &mut Ui, record: Record<'_>, more: bool, asks: &mut Asks) {
    let Some((item, doc)) = record.item.zip(record.doc()) else { return };
    // A card shows what is offered for the rows inside it, too, unless they show it themselves.
    let lies_in = |row: ItemId| record.document().and_then(|document| document.list_of(row)?.0.item());
    let is_here = |offer: &Offer| match &offer.change {
        Change::Add { list, .. } => list.item() == Some(item) && !more,
        Change::Words { .. } | Change::Value { .. } | Change::TakeOut { .. } | Change::Move { .. } => {
            let about = offer.about();
            about == Some(item) || !more && about.and_then(lies_in) == Some(item)
        }
    };
    let own = if more { fills_in(record) } else { None };
    draw(ui, record, doc, more, |offer| is_here(offer) && !is_shown(offer, own), asks);
}

/// Who fills fields in to offer something: each field shows what they offer for it itself.
fn fills_in(record: Record<'_>) -> Option<PersonId> {
    (record.hand() == Hand::Offers).then(|| crate::people::me(record.desk, record.plan)).flatten().map(|me| me.id)
}

fn is_shown(offer: &Offer, by_fields_of: Option<PersonId>) -> bool {
    offer.is_open() && offer.field().is_some() && by_fields_of == Some(offer.by)
}

/// Draws the offers about one field of a part itself, below it.
pub fn of_field(ui: &mut Ui, record: Record<'_>, field: &str, asks: &mut Asks) {
    let Some((path, doc)) = record.path(field).zip(record.doc()) else { return };
    let own = fills_in(record);
    draw(ui, record, doc, false, |offer| offer.field() == Some(path) && !is_shown(offer, own), asks);
}

/// Draws the offers to add a row to a list.
pub fn of_list(ui: &mut Ui, record: Record<'_>, list: &str, asks: &mut Asks) {
    let Some((path, doc)) = record.list(list).zip(record.doc()) else { return };
    // A part's own lists have their offers at the end of its page, unless it shows them in their places.
    if path.item().is_some() || page::in_their_places(record.part) {
        draw(ui, record, doc, false, |offer| matches!(&offer.change, Change::Add { list, .. } if *list == path), asks);
    }
}

fn draw(ui: &mut Ui, record: Record<'_>, doc: DocId, more: bool, is_here: impl Fn(&Offer) -> bool, asks: &mut Asks) {
    let known = known::of(ui.ctx(), record.desk, record.plan);
    let here = known.about(doc).iter().filter(|offer| is_here(offer));
    let (open, rest): (Vec<&Offer>, Vec<&Offer>) = here.partition(|offer| offer.is_open());
    for offer in open {
        card::open(ui, record, doc, offer, asks);
    }
    let answered = rest.into_iter().filter(|offer| matches!(offer.stands, Stands::Taken | Stands::NotTaken));
    let answered: Vec<&Offer> = answered.collect();
    let few = if more { answered.len() } else { 1 };
    for offer in answered.into_iter().rev().take(few) {
        card::answered(ui, record, doc, offer, asks);
    }
}

/// A record of the part that an offer in this document is about, or the part itself.
fn about<'a>(record: Record<'a>, doc: DocId, item: Option<ItemId>) -> Record<'a> {
    Record { item, within: Some(doc), ..record }
}
