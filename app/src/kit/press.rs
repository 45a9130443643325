//! Where a press goes. What can be pressed is known by what it is called within its card, not by its place: a line that arrives
//! above a button while a finger is on it, or while the keyboard is, does not make it another button.

use std::{fmt::Debug, hash::Hash};

use eframe::egui::{Id, IdMap, Rect, Response, Sense, Ui, Vec2};

/// How many of the same name were drawn in this pass.
#[derive(Debug, Clone, Default)]
struct Drawn {
    pass: u64,
    same: IdMap<u32>,
}

/// Takes as much room, and hears the presses there. `name` tells it from whatever else can be pressed in the same card or row.
pub(super) fn press(ui: &mut Ui, size: Vec2, name: impl Hash + Debug) -> (Rect, Response) {
    let (_, room) = ui.allocate_space(size);
    let rect = ui.layout().align_size_within_rect(size, room);
    let id = known_by(ui, name);
    (rect, ui.interact(room, id, Sense::click()))
}

/// The second of the same name in one place is another one, in the order they are drawn.
fn known_by(ui: &Ui, name: impl Hash + Debug) -> Id {
    let id = ui.id().with(("press", name));
    let pass = ui.ctx().cumulative_pass_nr();
    let before = ui.data_mut(|data| {
        let drawn: &mut Drawn = data.get_temp_mut_or_default(Id::new("what can be pressed"));
        if drawn.pass != pass {
            *drawn = Drawn { pass, ..Drawn::default() };
        }
        let count = drawn.same.entry(id).or_default();
        *count += 1;
        *count - 1
    });
    if before == 0 { id } else { id.with(before) }
}

#[cfg(test)]
mod tests {
    use eframe::egui::{Context, Event, Key, Modifiers, RawInput, vec2};

    use super::*;

    /// One pass in which lines stand above two things of one name. Says whether the second was pressed.
    fn pass(ctx: &Context, lines: usize, stand: bool, events: Vec<Event>) -> bool {
        let mut pressed = false;
        let input = RawInput { events, ..RawInput::default() };
        _ = ctx.run_ui(input, |ui| {
            for _ in 0..lines {
                ui.label("a line that arrived");
            }
            ui.horizontal(|ui| press(ui, vec2(80.0, 44.0), "Add"));
            ui.horizontal(|ui| {
                let (_, second) = press(ui, vec2(80.0, 44.0), "Add");
                if stand {
                    second.request_focus();
                }
                pressed = second.clicked();
            });
        });
        pressed
    }

    #[test]
    fn a_line_that_arrives_above_a_button_does_not_take_the_keyboard_from_it() {
        let ctx = Context::default();
        let enter = |pressed| Event::Key {
            key: Key::Enter,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        pass(&ctx, 0, true, Vec::new());
        pass(&ctx, 0, false, Vec::new());
        assert!(pass(&ctx, 3, false, vec![enter(true), enter(false)]));
    }
}
