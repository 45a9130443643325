//! One person in full: what they may do and why, since when they are here, their devices, and what can be changed.

use circle::{Access, Standing};
use desk::{Desk, Device, Member};
use eframe::egui::{Ui, vec2};
use seal::{DeviceId, PlanId};
use words::{Say, say, text};

use super::once::Doing;
use crate::{
    kit::{self, Icon, Weight, icon_button},
    people, terms,
    theme::{self, Type, gap},
};

/// Up to so many parts are named; of more, only how many.
const NAMED: usize = 8;

/// Draws it; gives back what somebody wants to do, to be asked once.
pub(super) fn ui(ui: &mut Ui, desk: &Desk, plan: PlanId, member: &Member) -> Option<Doing> {
    let mut doing = None;
    ui.horizontal_top(|ui| {
        ui.add_space(56.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing = vec2(gap::S, gap::S);
            note(ui, &standing_said(member));
            note(ui, &shared(desk, plan, member));
            note(ui, &came(desk, plan, member));
            doing = devices(ui, desk, plan, member);
            if !member.me {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = gap::M;
                    let said = say(Say::new("app-pattern-of").with("name", &member.name));
                    kit::pattern(ui, member.id.as_bytes(), 36.0, &said);
                    ui.label(theme::soft(ui, Type::Small, text("app-pattern-why")));
                });
                doing = acts(ui, desk, plan, member).or(doing.take());
            }
        });
    });
    doing
}

fn note(ui: &mut Ui, words: &str) {
    if !words.is_empty() {
        ui.label(theme::text(ui, Type::Note, words).line_height(Some(24.0)));
    }
}

/// "Hodan may let people in." What their standing means, in a sentence.
pub(in crate::screens) fn standing_said(member: &Member) -> String {
    let key = match (member.standing, member.me) {
        (Standing::Protected, true) => "app-person-protected-me",
        (Standing::Protected, false) => "app-person-protected",
        (Standing::Owner, true) => "app-person-owner-me",
        (Standing::Owner, false) => "app-person-owner",
        (Standing::Coordinator, true) => "app-person-coordinator-me",
        (Standing::Coordinator, false) => "app-person-coordinator",
        (Standing::Member, true) => "app-person-member-me",
        (Standing::Member, false) => "app-person-member",
    };
    say(Say::new(key).with("name", &member.name))
}

/// "Writes About me; sees What I want."
pub(in crate::screens) fn shared(desk: &Desk, plan: PlanId, member: &Member) -> String {
    let said: Vec<String> = [
        (Access::Edit, "app-person-writes", "app-person-writes-many"),
        (Access::Suggest, "app-person-offers", "app-person-offers-many"),
        (Access::View, "app-person-sees", "app-person-sees-many"),
    ]
    .into_iter()
    .filter_map(|(access, named, many)| {
        let parts = plan::parts().iter().filter(|part| desk.access_of(plan, part.code, member.id) == access);
        let parts: Vec<String> = parts.map(|part| terms::part(part.code)).collect();
        match parts.len() {
            0 => None,
            1..=NAMED => Some(say(Say::new(named).with("parts", people::together(&parts)))),
            // Who sees what says it part by part.
            count => Some(say(Say::new(many).with("count", count))),
        }
    })
    .collect();
    if said.is_empty() { text("app-person-nothing") } else { format!("{}.", said.join(". ")) }
}

/// Since when, and who let them in.
pub(in crate::screens) fn came(desk: &Desk, plan: PlanId, member: &Member) -> String {
    let when = words::day(member.since.0);
    match desk.let_in_by(plan, member.id).and_then(|host| desk.called(plan, host)) {
        Some(host) => say(Say::new("app-person-since").with("when", when).with("host", host)),
        None => say(Say::new("app-person-founded").with("when", when)),
    }
}

/// Their devices; a lost one can be removed by whoever may.
pub(in crate::screens) fn devices(ui: &mut Ui, desk: &Desk, plan: PlanId, member: &Member) -> Option<Doing> {
    let devices = desk.devices(plan, member.id);
    let may = member.me && devices.len() > 1 || (!member.me && may_remove(desk, plan, member));
    let mut doing = None;
    for device in &devices {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = gap::M;
            let soft = theme::of(ui.ctx()).soft_ink;
            let (rect, _) = ui.allocate_exact_size(vec2(22.0, theme::TARGET), eframe::egui::Sense::hover());
            kit::paint_icon(ui.painter(), rect.center(), Icon::DEVICE, 20.0, soft);
            ui.label(theme::text(ui, Type::Note, device_said(device, &devices)));
            // The one this window runs on is removed from another one, or by leaving.
            if may && !device.this && !is_above(&devices, device) {
                let words = text("app-device-remove");
                let said = format!("{words}: {}", device_name(device));
                if kit::said_button(ui, Weight::Quiet, None, &words, &said).clicked() {
                    doing = Some(Doing::Device { device: device.id, called: device_name(device), whose: member.id });
                }
            }
        });
    }
    if may && devices.iter().any(|device| is_above(&devices, device)) {
        ui.label(theme::soft(ui, Type::Note, text("app-device-above")).line_height(Some(24.0)));
    }
    doing
}

/// The devices that were added with this one, and with those, and so on.
pub(in crate::screens) fn added_with(devices: &[Device], with: DeviceId) -> Vec<&Device> {
    let direct = devices.iter().filter(|device| device.linked_by == Some(with));
    direct.flat_map(|device| [vec![device], added_with(devices, device.id)].concat()).collect()
}

/// Whether this computer's device was added with that one, however far back: then the circle lets it remove nothing.
fn is_above(devices: &[Device], device: &Device) -> bool {
    added_with(devices, device.id).iter().any(|added| added.this)
}

/// What a device is called.
pub(in crate::screens) fn device_name(device: &Device) -> String {
    if device.name.is_empty() {
        text("app-device-first")
    } else {
        say(Say::new("app-device-called").with("name", &device.name))
    }
}

/// "“Kitchen laptop”, added on 3 May with the device they came with, seen on Tuesday".
fn device_said(device: &Device, all: &[Device]) -> String {
    let mut facts = vec![device_name(device)];
    if let Some(by) = device.linked_by {
        let by = all.iter().find(|one| one.id == by).map_or_else(|| text("app-device-gone"), device_name);
        let day = words::short_day(device.since.0, desk::now().0);
        facts.push(say(Say::new("app-device-linked").with("by", by).with("day", day)));
    }
    facts.push(match (device.this, device.online, device.seen) {
        (true, ..) => text("app-this-device"),
        (false, true, _) => text("app-connected-now"),
        (false, false, Some(seen)) => say(Say::new("app-seen").with("when", words::ago(seen.0, desk::now().0))),
        (false, false, None) => text("app-never-seen"),
    });
    facts.join(" · ")
}

/// Whether what I would sign about them could hold. The order of the circle decides in the end, on every device alike.
fn may_remove(desk: &Desk, plan: PlanId, member: &Member) -> bool {
    let Some(me) = people::me(desk, plan) else { return false };
    member.standing != Standing::Protected
        && me.standing <= Standing::Coordinator
        && (me.standing, me.since, me.id) < (member.standing, member.since, member.id)
}

fn acts(ui: &mut Ui, desk: &Desk, plan: PlanId, member: &Member) -> Option<Doing> {
    let me = people::me(desk, plan)?;
    let mut doing = None;
    if me.standing > Standing::Coordinator {
        return None;
    }
    if !may_remove(desk, plan, member) {
        let key = match (member.standing, me.standing) {
            (Standing::Protected, _) => "app-person-safe",
            (_, Standing::Coordinator) => "app-person-senior-owner",
            (..) => "app-person-senior",
        };
        ui.label(theme::soft(ui, Type::Note, say(Say::new(key).with("name", &member.name))));
    }
    ui.horizontal_wrapped(|ui| {
        if may_remove(desk, plan, member) {
            if me.standing <= Standing::Owner
                && icon_button(ui, Weight::Plain, None, &text("app-person-stand")).clicked()
            {
                doing = Some(Doing::Stand { person: member.id, standing: member.standing });
            }
            let words = say(Say::new("app-person-remove").with("name", &member.name));
            if icon_button(ui, Weight::Plain, None, &words).clicked() {
                doing = Some(Doing::Remove { person: member.id });
            }
        }
        if desk.may_hand_over(plan) {
            let words = say(Say::new("app-person-hand-over").with("name", &member.name));
            if icon_button(ui, Weight::Plain, Icon::HAND_OVER, &words).clicked() {
                doing = Some(Doing::HandOver { to: member.id });
            }
        }
    });
    doing
}
