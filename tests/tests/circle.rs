//! The circle from the command line (docs/cli.md), with real processes: who sees what, who goes, and what everyone can read of it.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

use serde_json::Value;
use tests::home::{Home, Serving};

/// A home of its own, serving.
struct Device {
    _folder: tempfile::TempDir,
    home: Home,
    serving: Serving,
}

fn device(name: &str) -> Device {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::new(env!("CARGO_BIN_EXE_device"), folder.path().join("home"));
    home.ok(&["init", "--name", name]);
    let serving = Serving::start(&home);
    Device { _folder: folder, home, serving }
}

/// The sample plan with Amina and somebody else in it.
fn together(name: &str, role: &str) -> (String, Device, Device) {
    let (mut amina, other) = (device("Amina"), device(name));
    let plan = text(&amina.serving.ask(&["sample", "adult-alone"]), "plan");
    let other = let_in(&plan, &mut amina, other, role);
    (plan, amina, other)
}

fn let_in(plan: &str, host: &mut Device, mut guest: Device, role: &str) -> Device {
    let name = text(&guest.serving.ask(&["whoami"]), "name");
    let ticket = text(&host.serving.ask(&["invite", plan, "--as", role]), "ticket");
    guest.serving.put(&["join", &ticket]);
    let words = text(&guest.serving.news("says"), "words");
    assert_eq!(host.serving.ask(&["confirm", plan, &name, "--words", &words])["name"], name.as_str());
    assert_eq!(guest.serving.answer()["title"], "Amina's plan");
    guest
}

#[test]
fn what_is_shared_why_and_until_when_is_signed_and_read_by_both() {
    let (plan, mut amina, mut ben) = together("Ben", "supporter");
    let why = "he is with me on the bus";
    let share =
        ["share", &plan, "goals", "Ben", "edit", "--why", why, "--basis", "I said yes", "--until", "2099-07-31"];
    let shared = amina.serving.ask(&share);
    assert_eq!((&shared["shared"], &shared["access"]), (&"goals".into(), &"edit".into()), "{shared}");
    let table = amina.serving.ask(&["sharing", &plan]);
    let row = |table: &Value| {
        let rows = table["people"].as_array().unwrap().clone();
        rows.into_iter().find(|row| row["name"] == "Ben").unwrap()["parts"]["goals"].clone()
    };
    let cell = row(&table);
    assert_eq!(
        (&cell["access"], &cell["ground"], &cell["why"], &cell["basis"], &cell["until"]),
        (&"edit".into(), &"own".into(), &why.into(), &"I said yes".into(), &"2099-07-31".into())
    );
    assert_eq!(table["parts"][0]["mine"], true);
    ben.serving.ask(&["sync", &plan]);
    let theirs = ben.serving.ask(&["sharing", &plan]);
    assert_eq!(row(&theirs), cell);
    assert_eq!(theirs["parts"][0]["mine"], false);
    let said: Vec<String> = theirs["statements"].as_array().unwrap().iter().map(|one| text(one, "say")).collect();
    let wanted =
        "Amina let you write in “What I want”, because: he is with me on the bus, until 31 July 2099 (I said yes)";
    assert!(said.iter().any(|say| say.ends_with(wanted)), "{said:#?}");
    // It is not his to decide.
    let refused = ben.serving.ask(&["share", &plan, "goals", "everyone", "view"]);
    assert!(refused["error"]["say"].is_string(), "{refused}");
}

#[test]
fn what_cannot_be_asked_of_a_circle_is_said_in_one_sentence_and_changes_nothing() {
    let mut amina = device("Amina");
    let plan = text(&amina.serving.ask(&["sample", "adult-alone"]), "plan");
    let before = (amina.serving.ask(&["people", &plan]), amina.serving.ask(&["sharing", &plan]));
    for (words, code) in [
        (&["share", &plan, "weather", "everyone", "view"][..], "no-such-part"),
        (&["share", &plan, "goals", "Fatuma", "view"], "no-such-person"),
        (&["share", &plan, "goals", "everyone", "nothing"], "bad-access"),
        (&["share", &plan, "goals", "everyone", "view", "--until", "soon"], "bad-date"),
        (&["stand", &plan, "Amina", "king"], "bad-standing"),
        (&["remove", &plan, "Fatuma"], "no-such-person"),
        (&["remove", &plan, "--device", "abcdefgh"], "no-such-device"),
        (&["remove", &plan, "Amina", "--since", "yesterday"], "no-such-act"),
        (&["remove", &plan], "usage"),
        (&["bar", &plan, "goals", "weather"], "no-such-edit"),
        (&["history", &plan, "--words"], "usage"),
        (&["hand-over", "Weather", "Amina"], "no-such-plan"),
    ] {
        let refused = amina.serving.ask(words);
        assert_eq!(refused["error"]["code"], code, "{words:?}: {refused}");
        assert_eq!(text(&refused["error"], "say").lines().count(), 1);
    }
    assert_eq!(amina.serving.ask(&["history", &plan, "--held"])["held"], Value::Array(Vec::new()));
    assert_eq!((amina.serving.ask(&["people", &plan]), amina.serving.ask(&["sharing", &plan])), before);
}

#[test]
fn who_is_removed_is_told_and_keeps_the_copy_they_have() {
    let (plan, mut amina, mut sam) = together("Sam", "supporter");
    assert_eq!(sam.serving.ask(&["sync", &plan])["settled"], true);
    let raised = amina.serving.ask(&["stand", &plan, "Sam", "coordinator"]);
    assert_eq!(raised["standing"], "coordinator", "{raised}");
    let removed = amina.serving.ask(&["remove", &plan, "Sam"]);
    assert!(removed["removed"].is_string(), "{removed}");
    let people = amina.serving.ask(&["people", &plan]);
    assert_eq!(people["people"].as_array().unwrap().len(), 1);
    let former = &people["former"][0];
    assert_eq!((&former["name"], &former["how"]), (&"Sam".into(), &"removed".into()));
    assert_eq!(former["by"], people["people"][0]["id"]);
    // He hears of it, and reads on what he has.
    let gone = (0..200).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        let plans = sam.serving.ask(&["plans"]);
        Some(plans["plans"][0]["gone"].clone()).filter(|gone| !gone.is_null())
    });
    assert_eq!(gone.expect("he is told")["how"], "removed");
    let shown = sam.serving.ask(&["show", &plan, "about-me"]);
    assert!(shown.to_string().contains("Studio Nine"), "{shown}");
    let said: Vec<String> = amina.serving.ask(&["history", &plan])["statements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| text(one, "say"))
        .collect();
    for wanted in ["you let Sam in", "Sam may let people in, too", "you removed Sam from the circle"] {
        assert!(said.iter().any(|say| say.contains(wanted)), "{wanted}: {said:#?}");
    }
    sam.serving.end();
    // The same when the program is started again.
    assert_eq!(sam.home.ok(&["plans"])["plans"][0]["gone"]["how"], "removed");
    assert!(sam.home.ok(&["show", &plan, "about-me"]).to_string().contains("Studio Nine"));
}

#[test]
fn who_leaves_need_not_say_why_and_a_name_that_looks_like_theirs_is_warned_about() {
    let (plan, mut amina, mut hodan) = together("Hodan", "carer");
    assert_eq!(hodan.serving.ask(&["sync", &plan])["settled"], true);
    // The second is spelled with letters of another alphabet.
    let mut other = let_in(&plan, &mut amina, device("Hоdаn"), "guest");
    let people = amina.serving.ask(&["people", &plan]);
    let people = people["people"].as_array().unwrap();
    let alike = people.iter().filter(|one| one["looks_like"].is_string()).count();
    assert_eq!(alike, 2, "{people:?}");
    assert_eq!(other.serving.ask(&["leave", &plan])["left"], plan.as_str());
    let gone = other.serving.ask(&["plans"])["plans"][0]["gone"].clone();
    assert_eq!(gone["how"], "left");
    let people = amina.serving.ask(&["sync", &plan]);
    assert!(people["error"].is_null() || people["settled"].is_null(), "{people}");
    let former = (0..200).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        let people = amina.serving.ask(&["people", &plan]);
        Some(people["former"][0].clone()).filter(|former| !former.is_null())
    });
    assert_eq!(former.expect("it is heard")["how"], "left");
}

#[test]
fn what_arrives_after_a_removal_is_counted_read_only_on_asking_and_put_back_under_its_authors_name() {
    let (plan, mut amina, mut sam) = together("Sam", "carer");
    assert_eq!(sam.serving.ask(&["sync", &plan])["settled"], true);
    assert_eq!(sam.serving.ask(&["offline"])["online"], false);
    sam.serving.ask(&["splice", &plan, "about-me.also", "--insert", "Sam was on the ferry. "]);
    assert!(amina.serving.ask(&["remove", &plan, "Sam"])["removed"].is_string());
    assert_eq!(sam.serving.ask(&["online"])["online"], true);
    let held = (0..300).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        let held = amina.serving.ask(&["history", &plan, "--held"]);
        Some(held).filter(|held| held["held"][0].is_object())
    });
    let held = held.expect("it is counted");
    let one = &held["held"][0];
    assert_eq!((&one["name"], &one["part"], &one["edits"]), (&"Sam".into(), &"about-me".into(), &1.into()), "{held}");
    assert!(one["words"].is_null() && !held.to_string().contains("ferry"), "{held}");
    assert!(!amina.serving.ask(&["show", &plan]).to_string().contains("ferry"));
    let read = amina.serving.ask(&["history", &plan, "--held", "--words"]);
    assert!(read["held"][0]["words"].to_string().contains("ferry"), "{read}");
    assert_eq!(amina.serving.ask(&["keep", &plan, "about-me", "Sam"])["kept"], 1);
    let back = (0..100).find(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        amina.serving.ask(&["show", &plan, "about-me"]).to_string().contains("ferry")
    });
    assert!(back.is_some(), "the words are back");
    assert_eq!(amina.serving.ask(&["history", &plan, "--held"])["held"], Value::Array(Vec::new()));
    let edits = amina.serving.ask(&["history", &plan]);
    assert!(edits["edits"].as_array().unwrap().iter().any(|edit| edit["name"] == "Sam"), "under his name");
}

fn text(json: &Value, name: &str) -> String {
    json[name].as_str().unwrap_or_else(|| panic!("{name} in {json}")).to_owned()
}
