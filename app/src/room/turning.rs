//! Turning to where something is written or was just added: the page, the card, and the text in it.

use eframe::egui::Context;
use plan::{FieldPath, ListPath};
use seal::{ItemId, PlanId};

use super::Room;
use crate::{
    asks::{Page, Place, Reading, Spot, Wish},
    screens::{fields, pages},
    text as shared,
};

impl Room {
    /// Turns to the page a field is on and opens its card.
    pub fn show(&mut self, ctx: &Context, plan: PlanId, field: FieldPath) {
        self.turn_to(ctx, plan, field.part().code, field.item());
    }

    /// Turns to a part's page and opens a card there.
    fn turn_to(&mut self, ctx: &Context, plan: PlanId, part: &str, card: Option<ItemId>) {
        // Whoever comes for one place sees it as it is written.
        self.reading = Reading::Whole;
        if let Some((page, item)) = self.pages.of(part).zip(card) {
            page.open(item);
        }
        // The details are on the cover's page.
        let part = if part == "cover-details" { "cover" } else { part };
        let page = pages::of(part).map_or(Page::Front, |row| Page::Part(row.part));
        self.carry_out(ctx, Wish::Go(Place::Plan(plan, page)));
    }

    /// Turns to where something is written; what I may write in has the keyboard then, and so is in view.
    pub(super) fn show_spot(&mut self, ctx: &Context, spot: Spot) {
        let Spot { plan, part, card, document, field } = spot;
        self.turn_to(ctx, plan, part, card);
        let mine = self.desk.access_in(plan, document) == circle::Access::Edit;
        if mine && self.desk.kind(plan, field).is_some_and(plan::FieldKind::is_text) {
            shared::focus(ctx, plan, field);
        }
    }

    /// A record that was just added is open to be written in, with the keyboard in its first field.
    pub(super) fn open_added(&mut self, ctx: &Context, plan: PlanId, list: ListPath, item: ItemId) {
        self.remember_added(plan, list, item);
        if let Some(page) = self.pages.of(list.part().code) {
            page.added(list, item);
        }
        let about = list.part().code.strip_suffix(plan::VOICE);
        if let Some(page) = about.and_then(|about| self.pages.of(about)) {
            page.open_said(item);
        }
        if !list.part().is_voice() {
            return fields::begin_with(ctx, item);
        }
        // An offer and a comment begin with their words; what they are about is known.
        let has_words = ["proposals", "comments"].contains(&list.list());
        let first = if has_words { "words" } else { list.describe().fields.first().map_or("", |field| field.code) };
        if let Ok(field) = FieldPath::new(list.part(), Some(item), first) {
            shared::focus(ctx, plan, field);
        }
    }
}
