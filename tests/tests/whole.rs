//! A newcomer gets a long text whole: its compact form, held against its edits, each of which is checked.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{collections::BTreeSet, path::Path};

use serde_json::Value;
use tests::devices::{Device, Start, bring_in};

const FIELD: &str = "about-me.communication";

/// More than anybody is brought edit by edit.
const EDITS: usize = 1_600;

fn text(device: &mut Device, plan: &str) -> String {
    let shown = device.ask(&format!("show {plan} about-me")).unwrap();
    shown["parts"][0]["fields"]["communication"].as_str().unwrap_or_default().to_owned()
}

/// Writes a long text, an edit a letter, at the front and the back in turn.
fn write(device: &mut Device, plan: &str) -> String {
    let mut whole = String::new();
    for group in (0..EDITS).collect::<Vec<_>>().chunks(400) {
        let steps: Vec<String> = (group.iter())
            .map(|n| {
                let letter = char::from(b'a' + (n % 26) as u8);
                let at = if n % 3 == 0 { 0 } else { whole.len() };
                whole.insert(at, letter);
                format!("[[{at},0,\\\"{letter}\\\"]]")
            })
            .collect();
        device.ask(&format!("splice {plan} {FIELD} --steps \"[{}]\"", steps.join(","))).unwrap();
    }
    whole
}

/// What a newcomer who was away while all was written hears of the text until it has all of it.
fn how_it_comes(folder: &Path, start: &Start, newcomers: &Start) -> BTreeSet<String> {
    let mut amina = Device::make(start.clone(), &folder.join("amina"), "Amina");
    let mut hodan = Device::make(newcomers.clone(), &folder.join("hodan"), "Hodan");
    let plan = amina.ask("new \"Amina's plan\"").unwrap()["plan"].as_str().unwrap().to_owned();
    bring_in(&plan, &mut amina, &mut hodan, "Hodan", "family").unwrap();
    hodan.ask(&format!("sync {plan}")).unwrap();
    let (start_again, home) = hodan.again();
    hodan.end();
    let whole = write(&mut amina, &plan);

    let mut hodan = Device::open(start_again, &home);
    let mut how = BTreeSet::new();
    let of_it = |line: &Value| line["part"] == "about-me" && (line["news"] == "edits" || line["news"] == "opened");
    while text(&mut hodan, &plan) != whole {
        how.insert(hodan.next(of_it).unwrap()["news"].as_str().unwrap().to_owned());
    }
    // She can write in it, and Amina sees that.
    hodan.ask(&format!("splice {plan} {FIELD} --at 0 --insert \"So: \"")).unwrap();
    hodan.ask(&format!("sync {plan}")).unwrap();
    assert_eq!(text(&mut amina, &plan), format!("So: {whole}"));
    hodan.end();
    amina.end();
    how
}

#[test]
fn a_long_text_comes_whole() {
    let folder = tempfile::tempdir().unwrap();
    let start = Start::on_loopback(env!("CARGO_BIN_EXE_device"));
    assert_eq!(how_it_comes(folder.path(), &start, &start), BTreeSet::from(["opened".to_owned()]));
}

#[test]
fn where_no_taster_can_be_started_it_comes_whole_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let start = Start::on_loopback(env!("CARGO_BIN_EXE_device"));
    // A program whose file is gone by the time it would start itself again.
    let script = r#"cp "$0" "$1" && exec 3<"$1" && rm "$1" && shift && exec /proc/self/fd/3 "$@""#;
    let copy = folder.path().join("gone").display().to_string();
    let words = ["sh", "-c", script, env!("CARGO_BIN_EXE_device"), &copy].map(str::to_owned).to_vec();
    let how = how_it_comes(folder.path(), &start, &Start { words, ..start.clone() });
    assert_eq!(how, BTreeSet::from(["opened".to_owned()]));
}
