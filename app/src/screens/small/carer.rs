//! A carer's own page: theirs alone, until they share it.

use std::collections::BTreeSet;

use desk::Desk;
use eframe::egui::Ui;
use seal::PlanId;
use words::{Say, say, text};

use super::{facts, with_day};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, chip, icon_button},
    people,
    screens::{
        fields::{Record, comments, fields, rows},
        lead,
        pages::PartPage,
        title,
    },
    text::SharedText,
    theme::{self, Tone, Type, gap},
};

const PART: &str = "carer";

const TEXTS: [&str; 9] =
    ["what-i-do", "how-i-am", "willing", "my-life", "work", "breaks", "if-i-cannot", "worries", "wants"];

/// The page. It remembers nothing of itself.
#[derive(Debug, Default)]
pub struct Carer;

impl PartPage for Carer {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let copies = desk.copies(plan, PART);
        let me = people::me(desk, plan).map(|me| me.id);
        let mine = copies.iter().find(|copy| copy.owner == me && me.is_some());
        title(ui, &crate::terms::part(PART), |_| {});
        let page = mine.and_then(|copy| Record::document_of(desk, plan, copy.doc));
        // To whoever only reads what others say of themselves it would not be true.
        if page.is_some() || copies.is_empty() {
            lead(ui, &text("small-carer-lead"));
        }
        if let Some(page) = page {
            own(ui, page, asks);
            // What others say about it; as long as it is shared with nobody, there is nobody to say anything to.
            let said = page.voices();
            comments(ui, page, !said.is_empty(), asks);
            ui.add_space(gap::L);
        }
        // Somebody's page is theirs as a whole, however often it was begun.
        let mut shown: BTreeSet<_> = me.map(Some).into_iter().collect();
        for copy in copies.iter().filter(|copy| shown.insert(copy.owner)) {
            let Some(page) = Record::document_of(desk, plan, copy.doc) else { continue };
            let name = copy.owner.and_then(|owner| desk.called(plan, owner)).unwrap_or_else(|| text("common-someone"));
            kit::card(ui, |ui| {
                read(ui, page, &name);
                comments(ui, page, true, asks);
            });
            ui.add_space(gap::L);
        }
        if page.is_none() && desk.may_begin(plan, PART) && kit::empty_card(ui, &text("small-carer-begin")).clicked() {
            asks.push(desk::Ask::OpenPart { plan, part: PART.to_owned(), called: None });
        }
    }
}

/// Mine, to be written.
fn own(ui: &mut Ui, page: Record<'_>, asks: &mut Asks) {
    kit::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = gap::M;
        fields(ui, page, &["for-whom"], asks);
        for code in TEXTS {
            let Some(field) = page.path(code) else { continue };
            let (label, hint) = (page.label(code), page.hint(code));
            let heading = ui.label(theme::text(ui, Type::Strong, &label));
            kit::is_heading(ui, &heading, &label);
            let (plan, within) = (page.plan, page.within);
            SharedText { plan, within, field, label: &label, hint: &hint, rows: 1, size: Type::Body }
                .show_all(ui, page.desk, asks);
        }
    });
    ui.add_space(gap::L);
    kit::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = gap::M;
        rows(ui, page, "support", &["what", "who", "when", "status"], asks);
    });
    ui.add_space(gap::L);
    kit::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = gap::M;
        rows(ui, page, "check-ins", &["on", "face", "words"], asks);
    });
    ui.add_space(gap::L);
    fields(ui, page, &["review"], asks);
    let sharing = icon_button(ui, Weight::Quiet, Icon::SHARING, &text("small-carer-share"));
    if sharing.clicked() {
        asks.go(crate::asks::Place::Plan(page.plan, crate::asks::Page::Sharing));
    }
}

/// Somebody else's, as far as they share it.
fn read(ui: &mut Ui, page: Record<'_>, name: &str) {
    kit::heading(ui, Icon::ME, &say(Say::new("small-carer-of").with("name", name)));
    let whom = page.line("for-whom");
    let whom = (!whom.is_empty()).then(|| say(Say::new("small-carer-for").with("name", whom)));
    facts(ui, [whom.unwrap_or_default(), with_day(page, "review", "small-review").unwrap_or_default()]);
    for code in TEXTS {
        super::words_of(ui, page, code);
    }
    for help in page.records("support") {
        ui.horizontal_wrapped(|ui| {
            ui.label(theme::text(ui, Type::Body, help.line("what")));
            if let Some(words) = help.choice_words("status") {
                chip(ui, Tone::Plain, &words);
            }
        });
    }
}
