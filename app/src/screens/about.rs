//! About me: seven headings, each one text that several people may write at once.

use circle::Access;
use desk::Desk;
use eframe::egui::{Ui, vec2};
use plan::{FieldKind, FieldPath};
use seal::PlanId;
use words::{Say, say, text};

use super::{
    fields::{Hand, Record, fields, files_below},
    offers,
    pages::PartPage,
    small::facts,
    title,
};
use crate::{
    asks::Asks,
    kit::{chip, disc, paint_disc},
    people, terms,
    text::SharedText,
    theme::{self, Tone, Type, gap},
};

const PART: &str = "about-me";

/// The page. It remembers nothing of itself.
#[derive(Debug, Default)]
pub struct About;

impl PartPage for About {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        title(ui, &terms::page(desk, plan, PART), |ui| {
            here(ui, desk, plan);
            super::undo(ui, desk, plan, PART, asks);
        });
        chips(ui, desk, plan);
        let record = Record::part(desk, plan, PART);
        let Some(part) = plan::part(PART) else { return };
        for field in part.fields.iter().filter(|field| field.kind == FieldKind::Text) {
            let Ok(path) = FieldPath::new(part, None, field.code) else { continue };
            let label = terms::field_in(desk, plan, PART, field.code);
            ui.add_space(gap::M);
            let heading = ui.label(theme::text(ui, Type::Section, &label));
            crate::kit::is_heading(ui, &heading, &label);
            if record.hand() == Hand::Offers {
                offers::words(ui, record, field.code, asks);
            } else {
                let hint = terms::hint(PART, field.code);
                SharedText { plan, within: None, field: path, label: &label, hint: &hint, rows: 2, size: Type::Body }
                    .show_all(ui, desk, asks);
            }
            offers::of_field(ui, record, field.code, asks);
            files_below(ui, record, &format!("{}-files", field.code), asks);
        }
        ui.add_space(gap::L);
        looked_at(ui, record, asks);
    }
}

/// Who helped to write it, and when it was last looked at.
fn looked_at(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    if record.is_mine() {
        return fields(ui, record, &["helped-by", "updated"], asks);
    }
    let name = |someone: &plan::Someone| people::face_of(record.desk, record.plan, someone).name;
    let names: Vec<String> = record.people("helped-by").iter().map(name).collect();
    let helped = (!names.is_empty()).then(|| format!("{}: {}", record.label("helped-by"), people::together(&names)));
    let day = record.date("updated").map(|day| words::date(&day.to_string()));
    let updated = day.map(|day| format!("{}: {day}", record.label("updated")));
    facts(ui, helped.into_iter().chain(updated));
}

/// Who is here with me, as discs, at the right of a page's title.
pub fn here(ui: &mut Ui, desk: &Desk, plan: PlanId) {
    let mut people: Vec<_> = desk.here(plan).into_iter().map(|presence| presence.person).collect();
    people.sort();
    people.dedup();
    let me = people::me(desk, plan).map(|me| me.id);
    let mut faces: Vec<_> = people
        .into_iter()
        .filter(|person| Some(*person) != me)
        .filter_map(|person| people::face(desk, plan, person))
        .collect();
    if faces.is_empty() {
        return;
    }
    faces.sort_by_key(|face| face.place);
    // Where there is little room the discs say it alone; each has its name.
    if ui.available_width() > 560.0 {
        ui.label(theme::soft(ui, Type::Note, text("app-here-with-you")));
    }
    for face in faces.iter().rev() {
        disc(ui, face, 40.0);
    }
}

/// What may be done here, in two chips.
fn chips(ui: &mut Ui, desk: &Desk, plan: PlanId) {
    let (writing, _) = holders(desk, plan, PART);
    ui.horizontal_wrapped(|ui| {
        let mine = desk.access(plan, PART) == Access::Edit;
        let offers = Record::part(desk, plan, PART).hand() == Hand::Offers;
        let words = match (mine, writing.len()) {
            (false, _) if offers => say(Say::new("suggest-you-offer")
                .with("count", writing.len())
                .with("names", people::together(&writing))),
            (false, _) => text("app-about-you-read"),
            (true, 0 | 1) => text("app-about-you-write"),
            (true, _) => say(Say::new("app-about-write").with("names", people::together(&writing))),
        };
        chip(ui, if mine { Tone::Accent } else { Tone::Plain }, &words);
    });
}

/// Names of those who write a part, and of those who only see it.
fn holders(desk: &Desk, plan: PlanId, part: &str) -> (Vec<String>, Vec<String>) {
    let mut writing = Vec::new();
    let mut seeing = Vec::new();
    for member in people::in_order(desk, plan) {
        match desk.access_of(plan, part, member.id) {
            Access::Edit => writing.push(member.name),
            Access::View | Access::Suggest => seeing.push(member.name),
            Access::Nothing => {}
        }
    }
    (writing, seeing)
}

/// Beside a part: who is here, who may do what, what others changed.
pub fn beside(ui: &mut Ui, desk: &Desk, plan: PlanId, part: &str, recent: &[super::front::Recent]) {
    ui.label(theme::text(ui, Type::Section, text("app-beside")));
    ui.add_space(gap::XS);
    crate::kit::card(ui, |ui| {
        ui.label(theme::text(ui, Type::BesideStrong, text("app-beside-who")));
        for member in people::in_order(desk, plan) {
            let access = desk.access_of(plan, part, member.id);
            if access == Access::Nothing {
                continue;
            }
            ui.horizontal(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(28.0, 32.0), eframe::egui::Sense::hover());
                let face = people::face_or_former(desk, plan, member.id);
                paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), 28.0, &face);
                let name =
                    if member.me { say(Say::new("app-you-too").with("name", &member.name)) } else { member.name };
                ui.label(theme::text(ui, Type::Beside, name));
                let right = eframe::egui::Layout::right_to_left(eframe::egui::Align::Center);
                ui.with_layout(right, |ui| ui.label(theme::soft(ui, Type::Small, access_words(access))));
            });
        }
    });
    let here: Vec<_> = recent.iter().filter(|one| one.part == part).collect();
    if here.is_empty() {
        return;
    }
    ui.add_space(gap::M);
    crate::kit::card(ui, |ui| {
        ui.label(theme::text(ui, Type::BesideStrong, text("app-beside-changed")));
        for one in here {
            let name = people::face(desk, plan, one.person).map_or_else(|| text("common-someone"), |face| face.name);
            let changes = say(Say::new("common-changes-from").with("count", one.count).with("name", name));
            ui.label(theme::text(ui, Type::Beside, changes));
            ui.label(theme::soft(ui, Type::Small, words::ago(one.last.0, desk::now().0)));
        }
    });
}

/// What somebody may do with a part.
pub fn access_words(access: Access) -> String {
    match access {
        Access::Nothing => text("common-access-nothing"),
        Access::View => text("common-access-view"),
        Access::Suggest => text("common-access-suggest"),
        Access::Edit => text("common-access-edit"),
    }
}
