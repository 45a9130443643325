//! What was copied here does not stay in the clipboard, on a screen that is none. Needs `Xvfb`; without it, it is skipped in one
//! line, but not under `CI`.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

use alongside::egui::{FullOutput, OutputCommand, Plugin};
use arboard::Clipboard;

use super::{
    passphrase::{LOCKED, Whole, choose, whole},
    *,
};

/// Set in the process that has a display.
const ON_DISPLAY: &str = "ALONGSIDE_ON_DISPLAY";

#[test]
fn what_was_copied_here_is_taken_out_of_the_clipboard_unless_somebody_copied_since() {
    if std::env::var_os(ON_DISPLAY).is_some() {
        return copied_and_taken_out();
    }
    let Some((mut display, number)) = display() else { return };
    let name = "clipboard::what_was_copied_here_is_taken_out_of_the_clipboard_unless_somebody_copied_since";
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args([name, "--exact", "--nocapture"]).env("DISPLAY", format!(":{number}")).env(ON_DISPLAY, "1");
    let ended = again.env_remove("WAYLAND_DISPLAY").status();
    // Only after it is there nobody left who needs it.
    let _ = display.kill();
    let _ = display.wait();
    assert!(ended.unwrap().success());
}

fn copied_and_taken_out() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = whole(home.path());
    amina.ctx.add_plugin(Carries);
    look_round(&mut amina, "Amina");
    let mut board = Clipboard::new().unwrap();

    // A ticket lies there for a minute, as long as nothing else does.
    press(&mut amina, "People");
    press(&mut amina, "Invite someone");
    press(&mut amina, "Make a ticket");
    let copy = |amina: &mut Harness<'static, Whole>, board: &mut Clipboard| {
        press(amina, "Copy the ticket");
        until(amina, "the ticket there", |_| board.get_text().is_ok_and(|there| there.starts_with("alongside1")));
    };
    copy(&mut amina, &mut board);
    later(&mut amina, 50.0);
    assert!(board.get_text().is_ok_and(|there| there.starts_with("alongside1")), "there is time to paste it");
    later(&mut amina, 15.0);
    until(&mut amina, "an empty clipboard", |_| board.get_text().is_err());
    copy(&mut amina, &mut board);
    board.set_text("the times of my bus").unwrap();
    later(&mut amina, 65.0);
    assert_eq!(board.get_text().unwrap(), "the times of my bus", "that is somebody else's");

    // Words of the plan stay until it is locked.
    press(&mut amina, "Settings");
    choose(&mut amina, "blue door");
    press(&mut amina, "Back");
    let by_hand = |amina: &mut Harness<'static, Whole>, board: &mut Clipboard| {
        press(amina, "About me");
        until(amina, ALSO, |seat| seat.query_by_role_and_label(Role::MultilineTextInput, ALSO).is_some());
        amina.get_by_role_and_label(Role::MultilineTextInput, ALSO).focus();
        amina.step();
        write(amina, "Zebras. ");
        amina.key_press_modifiers(Modifiers::COMMAND, Key::A);
        amina.step();
        amina.event(Event::Copy);
        amina.step();
        until(amina, "the words there", |_| board.get_text().is_ok_and(|there| there.contains("Zebras.")));
    };
    by_hand(&mut amina, &mut board);
    later(&mut amina, 600.0);
    assert!(board.get_text().unwrap().contains("Zebras."));
    press(&mut amina, "Settings");
    press(&mut amina, "Lock now");
    until(&mut amina, "the lock", |seat| sees(seat, LOCKED));
    until(&mut amina, "an empty clipboard", |_| board.get_text().is_err());

    // And no longer than the program runs.
    fill(&mut amina, "Passphrase of this device", "blue door");
    press(&mut amina, "Open");
    press(&mut amina, "Open Amina's plan");
    by_hand(&mut amina, &mut board);
    amina.state_mut().life.as_mut().unwrap().close();
    assert!(board.get_text().is_err(), "nothing is left behind");
}

/// Carries what is copied to the clipboard, as the window's frame does on a desktop.
struct Carries;

impl Plugin for Carries {
    fn debug_name(&self) -> &'static str {
        "carries"
    }

    fn output_hook(&mut self, _: &egui::Context, output: &mut FullOutput) {
        for command in &output.platform_output.commands {
            if let OutputCommand::CopyText(words) = command {
                Clipboard::new().unwrap().set_text(words.as_str()).unwrap();
            }
        }
    }
}

/// So many seconds later, nobody having done anything.
fn later(amina: &mut Harness<'static, Whole>, seconds: f64) {
    let now = amina.ctx.input(|input| input.time);
    amina.input_mut().time = Some(now + seconds);
    amina.run_steps(3);
}

/// A screen that is none, and its number.
#[expect(clippy::print_stderr, reason = "why it was skipped is told")]
fn display() -> Option<(Child, u32)> {
    let begun = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "640x480x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut display) = begun else {
        assert!(std::env::var_os("CI").is_none(), "Xvfb is needed here");
        eprintln!("skipped: there is no Xvfb");
        return None;
    };
    let mut number = String::new();
    BufReader::new(display.stdout.take().unwrap()).read_line(&mut number).unwrap();
    Some((display, number.trim().parse().unwrap()))
}
