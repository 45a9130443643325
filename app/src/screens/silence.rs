//! Whose voice is missing in a plan: parts that nobody has written in but workers, or whoever began the plan for somebody.

use std::collections::BTreeSet;

use desk::Desk;
use eframe::egui::Ui;
use plan::{Whole, checks::voices};
use seal::PlanId;
use words::text;

use crate::{
    kit, noticed, people, terms,
    theme::{self, Type},
};

/// Those parts.
pub fn parts(desk: &Desk, plan: PlanId, whole: &Whole<'_>) -> Vec<&'static str> {
    let writers = |document: &plan::Document| -> BTreeSet<voices::Writer> {
        let people = document.makers().into_iter();
        let people = people.filter_map(|chain| people::author(desk, plan, document.doc(), chain));
        people.map(|person| desk.role(plan, person).map_or(voices::Writer::Founder, voices::Writer::As)).collect()
    };
    let written: Vec<voices::Written> =
        whole.documents().map(|part| voices::Written { part: part.part().code, by: writers(part) }).collect();
    voices::only_by_workers(&written)
}

/// Says which they are; nothing where there are none. Whether anything was said.
pub fn card(ui: &mut Ui, parts: &[&'static str]) -> bool {
    let names: Vec<String> = parts.iter().map(|code| terms::part(code)).collect();
    let Some(one) = noticed::voices::only_workers(&names) else { return false };
    kit::toned_card(ui, one.tone, |ui| {
        ui.label(theme::text(ui, Type::Strong, text("money-whose-voice")));
        ui.label(theme::text(ui, Type::Body, one.words));
    });
    true
}
