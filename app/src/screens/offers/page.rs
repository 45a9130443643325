//! What stands around a part's page: above it that one can offer here and who decides; below it what is offered for the part as a
//! whole, a line for one row more, and what was answered earlier.

use desk::Desk;
use eframe::egui::Ui;
use plan::offers::{Change, Offer, Stands};
use seal::PlanId;
use words::{Say, say, text};

use super::{card, known, mine, sentences};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, icon_button},
    screens::fields::{Hand, Record},
    theme::{self, Type, gap},
};

/// Parts whose pages show what is offered where it would stand.
pub(super) fn in_their_places(part: &str) -> bool {
    ["about-me", "one-page"].contains(&part)
}

/// Says to whoever can only offer that they can, and who decides.
fn hint(ui: &mut Ui, part: Record<'_>) {
    let Some(doc) = part.doc() else { return };
    let accent = theme::of(ui.ctx()).accent;
    let sentence = say(Say::new("suggest-hint").with("name", sentences::decides(part, doc)));
    kit::icon_line(ui, Icon::INFO, accent, theme::text(ui, Type::Note, sentence));
    ui.add_space(gap::S);
}

/// Above the page: that one can offer here.
pub fn above(ui: &mut Ui, desk: &Desk, plan: PlanId, code: &'static str) {
    let can_offer = |part: &Record<'_>| part.hand() == Hand::Offers;
    let mut parts = desk.copies(plan, code).into_iter().filter_map(|copy| Record::document_of(desk, plan, copy.doc));
    if let Some(part) = parts.find(can_offer) {
        hint(ui, part);
    }
}

/// Below the page: what is offered for the part as a whole, rows more and its own fields; a row more in each of its lists for whoever can
/// only offer; and what was answered earlier.
pub fn below_page(ui: &mut Ui, desk: &Desk, plan: PlanId, code: &'static str, asks: &mut Asks) {
    for copy in desk.copies(plan, code) {
        let Some(part) = Record::document_of(desk, plan, copy.doc) else { continue };
        let known = known::of(ui.ctx(), desk, plan);
        let is_here = |offer: &&Offer| match &offer.change {
            Change::Add { list, .. } => list.item().is_none(),
            Change::Words { field, .. } | Change::Value { field, .. } => field.item().is_none(),
            Change::TakeOut { .. } | Change::Move { .. } => false,
        };
        let open =
            known.about(copy.doc).iter().filter(|offer| offer.is_open() && !in_their_places(code)).filter(is_here);
        for offer in open {
            ui.add_space(gap::M);
            card::open(ui, part, copy.doc, offer, asks);
        }
        ui.add_space(gap::M);
        if part.hand() == Hand::Offers {
            for list in plan::part(code).into_iter().flat_map(|part| part.lists) {
                mine::one_more(ui, part, list.code, asks);
            }
        }
        earlier(ui, part, known.about(copy.doc), asks);
    }
}

/// What was answered, behind one press.
fn earlier(ui: &mut Ui, part: Record<'_>, offers: &[Offer], asks: &mut Asks) {
    let answered = || offers.iter().filter(|offer| matches!(offer.stands, Stands::Taken | Stands::NotTaken));
    let (count, doc) = (answered().count(), part.doc());
    let Some(doc) = doc.filter(|_| count > 0) else { return };
    let id = part.id("earlier offers", "");
    let is_open = ui.data(|data| data.get_temp(id)).unwrap_or(false);
    let (icon, words) = match is_open {
        true => (Icon::LESS, text("suggest-less")),
        false => (Icon::MORE, say(Say::new("suggest-earlier").with("count", count))),
    };
    if icon_button(ui, Weight::Quiet, icon, &words).clicked() {
        ui.data_mut(|data| data.insert_temp(id, !is_open));
    }
    if is_open {
        kit::card(ui, |ui| {
            for (at, offer) in answered().rev().enumerate() {
                if at > 0 {
                    kit::rule(ui);
                }
                ui.push_id(("earlier", offer.id.to_string()), |ui| card::earlier(ui, part, doc, offer, asks));
            }
        });
    }
    ui.add_space(gap::M);
}
