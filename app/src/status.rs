//! The line at the bottom: what is saved here, who has it too, who has not been seen. In words, and never an alarm.

use desk::{Desk, Saved, With};
use eframe::egui::{self, Align, Layout, Sense, Ui, vec2};
use seal::PlanId;
use words::{Say, say, text};

use crate::{
    kit::{self, Icon},
    people,
    theme::{self, Type, gap},
};

/// Who has not been here is said by name up to here; of more, how many.
const NAMED: usize = 3;

/// Draws it.
pub fn ui(ui: &mut Ui, desk: &Desk, plan: PlanId) {
    let palette = theme::of(ui.ctx());
    let marks = desk.marks(plan);
    let narrow = ui.available_width() < theme::NARROW;
    ui.spacing_mut().item_spacing.x = gap::S;
    let (rect, _) = ui.allocate_exact_size(vec2(18.0, 18.0), Sense::hover());
    let (colour, icon, words) = match marks.here {
        Saved::All => (palette.calm, Icon::CHECK, "app-saved-here"),
        Saved::Saving => (palette.soft_ink, Icon::START, "app-saving"),
        Saved::Failed => (palette.attention, Icon::WARN, "app-not-saved"),
    };
    if marks.here == Saved::All {
        ui.painter().circle_filled(rect.center(), 8.5, colour);
        kit::paint_icon(ui.painter(), rect.center(), icon, 12.0, palette.rail);
    } else {
        kit::paint_icon(ui.painter(), rect.center(), icon, 18.0, colour);
    }
    let ink = if marks.here == Saved::Failed { palette.attention } else { palette.ink };
    let words = text(words);
    let saved = ui.label(theme::text(ui, Type::BesideStrong, &words).color(ink));
    kit::is_status(ui, &saved, &words);
    let online = marks.with.iter().filter(|with| with.online).count();
    if narrow {
        // The whole of it stands under the pointer: here there is room for one word about the others.
        let linked = match online {
            0 => text("app-alone"),
            _ => say(Say::new("app-linked-short").with("count", online)),
        };
        let label = ui.add(egui::Label::new(theme::soft(ui, Type::Beside, &linked)).truncate());
        kit::is_status(ui, &label, &linked);
        label.on_hover_text(others(desk, plan, &marks.with));
        return;
    }
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        linked(ui, online);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add_space(gap::M);
            let words = others(desk, plan, &marks.with);
            let others = ui.add(egui::Label::new(theme::soft(ui, Type::Beside, &words)).truncate());
            kit::is_status(ui, &others, &words);
        });
    });
}

fn linked(ui: &mut Ui, online: usize) {
    let palette = theme::of(ui.ctx());
    let (icon, colour, words) = match online {
        0 => (Icon::ALONE, palette.soft_ink, text("app-alone")),
        _ => (Icon::ONLINE, palette.calm, say(Say::new("app-linked").with("count", online))),
    };
    ui.label(theme::soft(ui, Type::Beside, words));
    let (rect, _) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::hover());
    kit::paint_icon(ui.painter(), rect.center(), icon, 19.0, colour);
}

/// "with Hodan and Ben · Priya last here on Tuesday · Joy has not been here yet".
fn others(desk: &Desk, plan: PlanId, with: &[With]) -> String {
    let (mut have, mut behind, mut never): (Vec<String>, Vec<String>, Vec<String>) = Default::default();
    let mut people = people::in_order(desk, plan);
    // My own other device comes after other people.
    people.sort_by_key(|member| member.me);
    for member in people {
        // A person has it when one of their devices has it; the freshest one speaks for them.
        let theirs: Vec<&With> = with.iter().filter(|device| device.person == member.id).collect();
        if theirs.is_empty() {
            continue;
        }
        let name = if member.me { text("app-my-other-device") } else { member.name };
        if theirs.iter().any(|device| device.all) {
            have.push(name);
        } else if theirs.iter().any(|device| device.online) {
            behind.push(say(Say::new("app-catching-up").with("name", name)));
        } else if let Some(seen) = theirs.iter().filter_map(|device| device.seen).max() {
            let when = words::ago(seen.0, desk::now().0);
            behind.push(say(Say::new("app-not-seen-since").with("name", name).with("when", when)));
        } else {
            never.push(name);
        }
    }
    let mut said = Vec::new();
    if !have.is_empty() {
        said.push(say(Say::new("app-saved-with").with("names", people::together(&have))));
    }
    said.extend(behind);
    if !never.is_empty() {
        let count = never.len();
        said.push(say(Say::new("app-not-here-yet").with("names", few(never)).with("count", count)));
    }
    if said.is_empty() {
        return text(if people::me(desk, plan).is_some() { "app-only-here" } else { "app-own-copy" });
    }
    said.join("   ·   ")
}

/// The first of them by name, and how many more there are.
fn few(mut names: Vec<String>) -> String {
    let more = names.len().saturating_sub(NAMED);
    if more > 1 {
        names.truncate(NAMED);
        names.push(say(Say::new("app-and-more").with("count", more)));
    }
    people::together(&names)
}
