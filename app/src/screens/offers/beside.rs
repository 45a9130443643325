//! Offers where they are counted: beside a part, and on the front page.

use desk::Desk;
use eframe::egui::{Context, Ui};
use plan::offers::{Offer, Stands};
use seal::{DocId, PlanId};
use words::{Say, say, text};

use super::{card, known, sentences};
use crate::{
    asks::{Asks, Page, Place},
    kit::{self, Icon},
    people,
    screens::fields::Record,
    theme::{self, Type, gap},
};

/// How many of them are said in few words.
const FEW: usize = 3;

/// Beside a part: how many wait, and the last that were answered.
pub fn beside(ui: &mut Ui, desk: &Desk, plan: PlanId, part: &'static str, asks: &mut Asks) {
    let known = known::of(ui.ctx(), desk, plan);
    let docs = desk.copies(plan, part);
    let all: Vec<(DocId, &Offer)> =
        docs.iter().flat_map(|copy| known.about(copy.doc).iter().map(|offer| (copy.doc, offer))).collect();
    let open: Vec<_> = all.iter().filter(|(_, offer)| offer.is_open()).collect();
    let answered: Vec<_> =
        all.iter().filter(|(_, offer)| matches!(offer.stands, Stands::Taken | Stands::NotTaken)).collect();
    if open.is_empty() && answered.is_empty() {
        return;
    }
    ui.add_space(gap::M);
    kit::card(ui, |ui| {
        ui.label(theme::text(ui, Type::BesideStrong, text("suggest-beside")));
        if !open.is_empty() {
            ui.label(theme::text(ui, Type::Beside, say(Say::new("suggest-waiting").with("count", open.len()))));
        }
        for (doc, offer) in open {
            line(ui, desk, plan, *doc, offer);
        }
        for (doc, offer) in answered.into_iter().rev().take(FEW) {
            if let Some(part) = Record::document_of(desk, plan, *doc) {
                card::answered(ui, part, *doc, offer, asks);
            }
        }
    });
}

/// On the front page: offers that wait for whoever sits here to say yes or no.
pub fn front(ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
    let known = known::of(ui.ctx(), desk, plan);
    let waiting: Vec<(DocId, &Offer)> = known.waiting(desk, plan).collect();
    kit::card(ui, |ui| {
        kit::heading(ui, Icon::TALK, &text("suggest-front"));
        ui.label(theme::soft(ui, Type::Note, say(Say::new("suggest-waiting").with("count", waiting.len()))));
        for (doc, offer) in waiting.iter().take(FEW) {
            let Some(part) = desk.describe(plan, *doc) else { continue };
            ui.push_id(offer.id.to_string(), |ui| {
                let Some(of) = Record::document_of(desk, plan, *doc) else { return };
                let (heading, about) = (sentences::heading(of, offer), sentences::about(of, *doc, offer));
                let face = people::face_or_former(desk, plan, offer.by);
                if kit::told(ui, &face, &heading, &about, &format!("{heading}: {about}")).clicked() {
                    asks.go(Place::Plan(plan, Page::Part(part.code)));
                }
            });
        }
    });
}

/// Whether any offer waits for whoever sits here.
pub fn is_waiting(ctx: &Context, desk: &Desk, plan: PlanId) -> bool {
    known::of(ctx, desk, plan).waiting(desk, plan).next().is_some()
}

/// Who offers what kind of thing, about what.
fn line(ui: &mut Ui, desk: &Desk, plan: PlanId, doc: DocId, offer: &Offer) {
    let Some(part) = Record::document_of(desk, plan, doc) else { return };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap::S;
        kit::disc(ui, &people::face_or_former(desk, plan, offer.by), 28.0);
        ui.vertical(|ui| {
            ui.label(theme::text(ui, Type::Beside, sentences::heading(part, offer)));
            ui.label(theme::soft(ui, Type::Small, sentences::about(part, doc, offer)));
        });
    });
}
