//! What was copied here is taken out of the clipboard again: all of it when the home is locked or the program ends, and what
//! opens a door (a ticket, a code, the words of a sheet) a minute after it was copied.
//!
//! Only what still lies there: words that somebody copied since, here or elsewhere, are theirs. What is copied is seen where
//! it leaves the toolkit, so a button and the keys of every field and label count alike. Looking into the clipboard may
//! wait for another program, so it is done on a thread of its own.
//!
//! On a Wayland desktop this reaches what lies in the clipboard only where X11 programs are served, too.

use std::thread;

use eframe::egui::{Context, FullOutput, OutputCommand, Plugin};

/// Seconds that something that opens a door may lie in the clipboard: time to turn to another window and paste it, and too
/// short for whoever sits down here next.
const MINUTE: f64 = 60.0;

/// The last words that were copied here.
#[derive(Default)]
struct Copied {
    /// The window's clock at the last look.
    now: f64,
    /// Whether what is on the screen opens doors.
    doors: bool,
    words: Option<String>,
    /// When they are to go, if that is soon.
    until: Option<f64>,
}

impl Plugin for Copied {
    fn debug_name(&self) -> &'static str {
        "copied"
    }

    fn output_hook(&mut self, ctx: &Context, output: &mut FullOutput) {
        for command in &output.platform_output.commands {
            if let OutputCommand::CopyText(words) = command {
                self.words = Some(words.clone());
                self.until = self.doors.then_some(self.now + MINUTE);
                // So that the minute is counted also if nothing more happens here.
                ctx.request_repaint();
            }
        }
    }
}

/// To be told in each frame whether what is on the screen opens doors; takes out what has lain there for its minute.
pub(crate) fn tend(ctx: &Context, doors: bool) {
    let now = ctx.input(|input| input.time);
    let plugin = ctx.plugin_or_default::<Copied>();
    let until = {
        let mut copied = plugin.lock();
        (copied.now, copied.doors) = (now, doors);
        copied.until
    };
    match until {
        Some(until) if until <= now => empty(ctx),
        Some(until) => ctx.request_repaint_after(std::time::Duration::from_secs_f64(until - now)),
        None => {}
    }
}

/// Takes out what was copied here, and does not wait for it.
pub(crate) fn empty(ctx: &Context) {
    let Some(words) = take(ctx) else { return };
    // Without a thread it stays there, as in any other program.
    drop(thread::Builder::new().name("clipboard".into()).spawn(move || take_out(&words)));
}

/// The same for the end of the program, after which nobody could.
pub(crate) fn empty_now(ctx: &Context) {
    if let Some(words) = take(ctx) {
        take_out(&words);
    }
}

fn take(ctx: &Context) -> Option<String> {
    let plugin = ctx.plugin_or_default::<Copied>();
    let mut copied = plugin.lock();
    copied.until = None;
    copied.words.take()
}

fn take_out(words: &str) {
    let Ok(mut board) = arboard::Clipboard::new() else { return };
    if board.get_text().is_ok_and(|there| there == words) && board.clear().is_err() {
        tracing::warn!("the clipboard was not emptied");
    }
}
