//! Ways out of a plan: a number, an address, a page. Pressing one asks first, and shows where it really leads.

use eframe::egui::{self, Context, Frame, Id, Margin, Ui};
use words::{Say, say, text};

use super::fields::Record;
use crate::{
    kit::{self, Icon, Weight, icon_button, said_button},
    link::{Kind, Link},
    theme::{self, Type, gap},
};

/// The ways to somebody that these fields hold, in a row: what can be followed as a button, everything else as it was written.
pub fn reach(ui: &mut Ui, record: Record<'_>, fields: &[&str]) {
    let written = fields.iter().map(|field| (*field, record.line(field))).filter(|(_, words)| !words.trim().is_empty());
    let written: Vec<(&str, String)> = written.collect();
    if written.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = gap::M;
        for (field, words) in written {
            way(ui, kind(field), &words);
        }
    });
}

/// One way to somebody.
fn way(ui: &mut Ui, kind: Kind, words: &str) {
    let Some(link) = Link::read(words, kind) else {
        ui.label(theme::text(ui, Type::Strong, words));
        return;
    };
    let (icon, said) = match &link {
        Link::Web { .. } => (Icon::ELSEWHERE, "links-open-said"),
        Link::Telephone(_) => (Icon::RING, "links-ring-said"),
        Link::Mail(_) => (Icon::TALK, "links-write-said"),
    };
    let said = say(Say::new(said).with("what", words));
    if said_button(ui, Weight::Quiet, icon, words, &said).clicked() {
        press(ui.ctx(), link);
    }
}

/// A way to ring a number that already stands there in large letters.
pub fn ring(ui: &mut Ui, number: &str) {
    let Some(link) = Link::read(number, Kind::Telephone) else { return };
    let said = say(Say::new("links-ring-said").with("what", number));
    if said_button(ui, Weight::Quiet, None, &text("links-ring"), &said).clicked() {
        press(ui.ctx(), link);
    }
}

fn kind(field: &str) -> Kind {
    match field {
        "telephone" => Kind::Telephone,
        "email" => Kind::Mail,
        "web" => Kind::Web,
        _ => Kind::Any,
    }
}

// Cards that are only read have no wishes to push: the room looks here when the last widget is drawn.
fn press(ctx: &Context, link: Link) {
    ctx.data_mut(|data| data.insert_temp(pressed_id(), Some(link)));
}

/// What was pressed in this frame.
pub(crate) fn pressed(ctx: &Context) -> Option<Link> {
    ctx.data_mut(|data| data.get_temp_mut_or_default::<Option<Link>>(pressed_id()).take())
}

fn pressed_id() -> Id {
    Id::new("a way out was pressed")
}

/// What somebody says to the question whether they want to go there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    Nothing,
    Yes,
    No,
}

/// Asks whether this is where they want to go.
pub(crate) fn ask(ctx: &Context, link: &Link, first: bool) -> Said {
    let palette = theme::of(ctx);
    let (question, yes) = match link {
        Link::Web { host, .. } => (Say::new("links-ask-web").with("host", host.as_str()), "links-open"),
        Link::Telephone(number) => (Say::new("links-ask-ring").with("number", number.as_str()), "links-ring"),
        Link::Mail(address) => (Say::new("links-ask-write").with("address", address.as_str()), "links-write"),
    };
    let frame = Frame::new().fill(palette.surface).corner_radius(theme::BUTTON_RADIUS).inner_margin(Margin::same(24));
    let mut answer = Said::Nothing;
    let shown = egui::Modal::new(Id::new("a way out")).frame(frame).show(ctx, |ui| {
        ui.set_max_width(460.0);
        ui.spacing_mut().item_spacing.y = gap::M;
        kit::heading(ui, Icon::ELSEWHERE, &say(question));
        if let Link::Web { address, .. } = link {
            ui.label(theme::text(ui, Type::Note, address));
            ui.label(theme::soft(ui, Type::Note, text("links-web-learns")));
        }
        if link.is_in_other_letters() {
            ui.label(theme::text(ui, Type::Note, text("links-other-letters")).color(palette.attention));
        }
        ui.horizontal_wrapped(|ui| {
            if icon_button(ui, Weight::Strong, None, &text(yes)).clicked() {
                answer = Said::Yes;
            }
            let no = icon_button(ui, Weight::Plain, None, &text("common-cancel"));
            // The key that pressed the way out does not answer the question, too.
            if first {
                no.request_focus();
            }
            if no.clicked() {
                answer = Said::No;
            }
        });
    });
    if shown.should_close() && answer == Said::Nothing { Said::No } else { answer }
}
