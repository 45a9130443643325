//! The demo's parent: makes the devices, starts their windows, says what it does, waits until they are closed.

use std::{
    path::PathBuf,
    process::{Command, ExitCode},
};

use words::{Say, say, text};

use crate::report;

/// What the demo was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demo {
    /// Where the three homes are to be; a fresh folder otherwise.
    pub folder: Option<PathBuf>,
    /// Seconds until the windows close by themselves.
    pub lasts: Option<u64>,
    /// Without windows, although there may be a display.
    pub headless: bool,
}

/// Runs it. Without a display the same three devices play without windows.
pub fn run(program: &cli::Program, demo: Demo) -> ExitCode {
    if demo.headless || !has_display() {
        return cli::headless(program, demo.folder);
    }
    let prepared = match cli::prepare(program, demo.folder, &mut |line| report::line(&line)) {
        Ok(prepared) => prepared,
        Err(sentence) => {
            report::complain(&sentence);
            return ExitCode::FAILURE;
        }
    };
    let mut windows = Vec::new();
    for (who, home) in prepared.homes.iter().enumerate() {
        let mut command = Command::new(&program.path);
        command.arg("--home").arg(home).arg("demo-window").arg("--who").arg(who.to_string());
        command.arg("--plan").arg(&prepared.plan);
        for address in &prepared.listening[who] {
            command.arg("--listen").arg(address);
        }
        if let Some(seconds) = demo.lasts {
            command.arg("--for").arg(seconds.to_string());
        }
        match command.spawn() {
            Ok(window) => windows.push(window),
            Err(_) => {
                report::complain(&text("app-demo-no-window"));
                for mut window in windows {
                    drop(window.kill());
                    drop(window.wait());
                }
                return ExitCode::FAILURE;
            }
        }
    }
    report::line(&text("app-demo-begun"));
    let ended: Vec<bool> =
        windows.iter_mut().map(|window| window.wait().is_ok_and(|status| status.success())).collect();
    report::line(&say(Say::new("app-demo-kept").with("path", prepared.folder.display().to_string())));
    if ended.iter().all(|well| *well) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Whether there is somewhere to draw a window. Only X11 and Wayland can be missing.
fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
