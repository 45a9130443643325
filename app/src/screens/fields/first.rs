//! A record that was just added: the first of its fields that asks for words has the keyboard, and so is in view.

use eframe::egui::{Context, Id};
use seal::ItemId;

use super::Record;

/// For how many seconds its fields are waited for: they may be drawn some frames later. Whoever waits longer has gone on to
/// something else, and must not be called back.
const WAITS: f64 = 5.0;

/// The next field of this record that is drawn and empty is to have the keyboard.
pub fn begin_with(ctx: &Context, item: ItemId) {
    let until = ctx.input(|input| input.time) + WAITS;
    ctx.data_mut(|data| data.insert_temp(awaited_id(), Some((item, until))));
}

/// Whether this is the field that was waited for. It is, once.
pub(super) fn is_awaited(ctx: &Context, record: Record<'_>) -> bool {
    let now = ctx.input(|input| input.time);
    ctx.data_mut(|data| {
        let awaited = data.get_temp::<Option<(ItemId, f64)>>(awaited_id()).flatten();
        let is_it = awaited.is_some_and(|(item, _)| record.item == Some(item));
        if is_it {
            data.insert_temp(awaited_id(), None::<(ItemId, f64)>);
        }
        is_it && awaited.is_some_and(|(_, until)| now <= until)
    })
}

fn awaited_id() -> Id {
    Id::new("the record whose first field is to have the keyboard")
}
