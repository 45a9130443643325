//! The window's program on a terminal: what it says when it is asked wrongly, or has nowhere to open.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

use std::process::{Command, Output};

#[test]
fn wrong_usage_says_so_and_ends_with_two() {
    for words in
        [&["--nonsense"][..], &["demo", "--for", "soon"], &["demo", "extra"], &["--listen", "nowhere"], &["dance"]]
    {
        let Output { status, stderr, .. } = window(words);
        let said = String::from_utf8(stderr).unwrap();
        assert_eq!(status.code(), Some(2), "{words:?}: {said}");
        assert!(!said.trim().is_empty() && !said.contains("panicked"), "{words:?}: {said}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn without_a_display_it_says_what_to_do_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    let Output { status, stderr, .. } = window(&["--home", home.to_str().unwrap()]);
    let said = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(said.contains("No window can be opened here") && !said.contains("panicked"), "{said}");
    assert!(!home.exists(), "no home was made for a window that never was");
}

#[test]
fn help_is_help() {
    let Output { status, stdout, .. } = window(&["--help"]);
    assert!(status.success() && String::from_utf8(stdout).unwrap().contains("demo"));
}

fn window(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_window"))
        .args(words)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap()
}
