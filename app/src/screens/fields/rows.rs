//! A list inside a part or a record: its rows, each to be filled in, taken away and put in another place.

use eframe::egui::Ui;
use words::{Say, say, text};

use super::{Hand, Record, fields};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, said_button},
    screens::offers,
    theme::{self, Type, gap},
};

/// Draws the rows of a list with these fields of each, and a button for one more.
pub fn rows(ui: &mut Ui, record: Record<'_>, list: &str, codes: &[&str], asks: &mut Asks) {
    let Some(described) = record.list(list).map(|list| list.describe()) else { return };
    let heading = words::label(described.label);
    let label = ui.label(theme::text(ui, Type::Strong, &heading));
    kit::is_heading(ui, &label, &heading);
    let all = record.records(list);
    for (at, one) in all.iter().enumerate() {
        let Some(item) = one.item else { continue };
        ui.push_id(item.to_string(), |ui| {
            if at > 0 {
                kit::rule(ui);
            }
            fields(ui, *one, codes, asks);
            offers::of_record(ui, *one, true, asks);
            let hand = one.hand();
            if hand == Hand::Reads {
                return;
            }
            kit::at_end(ui, |ui| {
                ui.spacing_mut().item_spacing.x = gap::L;
                let called = one.called();
                let of = |key: &'static str| say(Say::new(key).with("what", &called));
                let (remove, remove_this) = match hand {
                    Hand::Writes | Hand::Reads => ("common-remove", "app-row-remove"),
                    Hand::Offers => ("suggest-take-out", "suggest-take-out-this"),
                };
                if said_button(ui, Weight::Quiet, Icon::REMOVE, &text(remove), &of(remove_this)).clicked() {
                    one.remove(asks);
                }
                let (up, up_this) = match hand {
                    Hand::Writes | Hand::Reads => ("app-row-up", "app-row-up-this"),
                    Hand::Offers => ("suggest-up", "suggest-up-this"),
                };
                if at > 0 && said_button(ui, Weight::Quiet, Icon::LESS, &text(up), &of(up_this)).clicked() {
                    let behind = at.checked_sub(2).and_then(|before| all[before].item);
                    let part = one.part.into();
                    match hand {
                        Hand::Offers => one.offer(desk::Wanted::Place { part, item, behind }, "", asks),
                        Hand::Writes | Hand::Reads => {
                            one.ask(desk::Ask::Place { plan: one.plan, part, item, behind }, asks);
                        }
                    }
                }
            });
        });
    }
    offers::of_list(ui, record, list, asks);
    if record.hand() == Hand::Offers {
        offers::one_more(ui, record, list, asks);
    } else if record.is_mine() {
        let said = say(Say::new("app-row-add").with("what", &heading));
        if said_button(ui, Weight::Plain, Icon::ADD, &text("common-add"), &said).clicked() {
            record.add(list, Vec::new(), asks);
        }
    } else if all.is_empty() {
        ui.label(theme::soft(ui, Type::Note, text("common-nothing-written")));
    }
    ui.add_space(gap::XS);
}
