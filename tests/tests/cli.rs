//! The command line as a contract (docs/cli.md), with real processes: what works, and one plain sentence for what does not.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tests::home::{Home, Serving};

fn home(name: &str) -> (tempfile::TempDir, Home) {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::new(env!("CARGO_BIN_EXE_device"), folder.path().join("home"));
    home.ok(&["init", "--name", name]);
    (folder, home)
}

#[test]
fn one_person_writes_a_plan_and_reads_it_back() {
    let (folder, amina) = home("Amina");
    assert_eq!(amina.ok(&["whoami"])["name"], "Amina");
    let plan = text(&amina.ok(&["new", "My plan"]), "plan");
    let listed = amina.ok(&["plans"]);
    assert_eq!((&listed["plans"][0]["title"], &listed["plans"][0]["id"]), (&"My plan".into(), &plan.clone().into()));
    amina.ok(&["set", "My plan", "about-me.communication", "Ask me.\nGive me time."]);
    amina.ok(&[
        "splice",
        &plan[..6],
        "about-me.communication",
        "--at",
        "4",
        "--delete",
        "2",
        "--insert",
        "naïve 👩‍👩‍👧 한글 עברית",
    ]);
    let goal = text(
        &amina.ok(&["add", "My plan", "goals", "words=I want to swim", "status=not-yet", "target=2027-03-01"]),
        "item",
    );
    amina.ok(&["set", "My plan", &format!("goals/{goal}.importance"), "9"]);
    let step =
        text(&amina.ok(&["add", "My plan", &format!("goals/{goal}.stages"), "what=Look round the pool"]), "item");
    let shown = amina.ok(&["show", "My plan"]);
    assert_eq!(field(&shown, "about-me", "communication"), "Ask naïve 👩‍👩‍👧 한글 עברית.\nGive me time.");
    let part = part(&shown, "goals");
    let item = &part["lists"]["goals"][0];
    assert_eq!(
        (&item["id"], &item["words"], &item["status"]),
        (&goal.as_str().into(), &"I want to swim".into(), &"not-yet".into())
    );
    assert_eq!((&item["importance"], &item["target"]), (&9.into(), &"2027-03-01".into()));
    assert_eq!(item["stages"][0]["id"], step.as_str());
    assert_eq!(part["access"], "edit");
    assert!(part["heads"].as_array().is_some_and(|heads| heads.len() == 1));
    let about = folder.path().join("value.txt");
    fs::write(&about, "From a file").unwrap();
    amina.ok(&["set", "My plan", "about-me.also", &format!("@{}", about.display())]);
    amina.ok(&["set", "My plan", "about-me.communication", ""]);
    let only = amina.ok(&["show", "My plan", "about-me"]);
    assert_eq!(only["parts"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        (field(&only, "about-me", "also"), field(&only, "about-me", "communication")),
        ("From a file".into(), String::new())
    );
    let people = amina.ok(&["people", "My plan"]);
    assert_eq!(
        (&people["people"][0]["name"], &people["people"][0]["standing"]),
        (&"Amina".into(), &"protected".into())
    );
    let history = amina.ok(&["history", "My plan"]);
    let edits = history["edits"].as_array().unwrap();
    assert!(edits.len() > 8 && edits.iter().all(|edit| edit["name"] == "Amina"));
    let verified = amina.ok(&["verify", "My plan"]);
    assert_eq!((&verified["verified"], &verified["edits"]), (&true.into(), &edits.len().into()));
}

#[test]
fn parts_are_begun_when_they_are_first_written_and_a_voice_is_ones_own() {
    let (folder, amina) = home("Amina");
    amina.ok(&["new", "My plan"]);
    let codes = |shown: &Value| -> Vec<String> {
        shown["parts"].as_array().unwrap().iter().map(|part| text(part, "kind")).collect()
    };
    assert_eq!(codes(&amina.ok(&["show", "My plan"])), ["cover", "about-me", "goals", "actions"]);
    let need = text(&amina.ok(&["add", "My plan", "needs", "what=The bus at busy times"]), "item");
    amina.ok(&["set", "My plan", &format!("needs/{need}.feelings"), "My chest goes tight"]);
    let goal = text(&amina.ok(&["add", "My plan", "goals", "words=Swim"]), "item");
    let about = format!("about={goal}");
    let score = text(&amina.ok(&["add", "My plan", "goals-voice.scores", &about, "score=-1"]), "item");
    amina.ok(&["set", "My plan", &format!("goals-voice/{score}.words"), "Not there yet"]);
    let goals = amina.ok(&["show", "My plan", "goals"]);
    assert_eq!(codes(&goals), ["goals", "goals-voice"]);
    assert_eq!(part(&goals, "goals-voice")["whose"]["name"], "Amina");
    assert_eq!(part(&goals, "goals-voice")["lists"]["scores"][0]["score"], -1);
    // Of a part with several documents one says which; of a record that is known.
    let first = text(&amina.ok(&["begin", "My plan", "log", "--called", "2026-4"]), "document");
    let next = text(&amina.ok(&["begin", "My plan", "log", "--called", "2027-1"]), "document");
    assert_eq!(text(&amina.ok(&["begin", "My plan", "log", "--called", "2026-4"]), "document"), first);
    let add = ["add", "My plan", "log.incidents", "what=Crowded bus", "--in", "2027-1"];
    let incident = text(&amina.ok(&add), "item");
    amina.ok(&["set", "My plan", &format!("log/{incident}.severity"), "2"]);
    let log = amina.ok(&["show", "My plan", "log"]);
    let held = |doc: &str| log["parts"].as_array().unwrap().iter().find(|part| part["id"] == doc).unwrap().clone();
    assert_eq!(held(&first)["lists"]["incidents"].as_array().map(Vec::len), Some(0));
    assert_eq!(held(&next)["lists"]["incidents"][0]["severity"], 2);
    assert_eq!(held(&next)["called"], "2027-1");
    // Notes are shown to whoever asks for them by name, and given to nobody.
    let note = text(&amina.ok(&["add", "My plan", "mine.drafts", "words=Ring Joy first"]), "item");
    assert_eq!(part(&amina.ok(&["show", "My plan", "mine"]), "mine")["lists"]["drafts"][0]["id"], note.as_str());
    assert!(!codes(&amina.ok(&["show", "My plan"])).contains(&"mine".to_owned()));
    let to = folder.path().join("plan.json");
    amina.ok(&["export", "My plan", "--to", path(&to)]);
    assert!(!fs::read_to_string(&to).unwrap().contains("Ring Joy first"));
}

#[test]
fn a_plan_is_exported_as_a_page_and_as_json() {
    let (folder, amina) = home("Amina");
    amina.ok(&["sample", "adult-alone"]);
    let shown = amina.ok(&["show", "Amina's plan"]);
    let (page, json) = (folder.path().join("plan.html"), folder.path().join("plan.json"));
    amina.ok(&["export", "Amina's plan", "--to", path(&page)]);
    amina.ok(&["export", "Amina's plan", "--to", path(&json)]);
    assert!(fs::read_to_string(&page).unwrap().contains("I want to swim once a week"));
    let written: Value = serde_json::from_str(&fs::read_to_string(&json).unwrap()).unwrap();
    assert_eq!(written, shown);
    amina.ok(&["export", "Amina's plan", "--part", "actions", "--to", path(&page)]);
    let only = fs::read_to_string(&page).unwrap();
    // What an action is for is named, though the wish is in another part.
    assert!(only.contains("Find out what frames cost") && only.contains("I want to swim once a week"));
    assert!(!only.contains("What is most important to me"));
    assert_eq!(amina.no(&["export", "Amina's plan", "--part", "money", "--to", path(&page)], 1), "no-such-part");
    assert_eq!(amina.no(&["export", "Amina's plan", "--to", "plan.docx"], 2), "bad-extension");
    assert_eq!(amina.no(&["export", "Amina's plan", "--to", "/nowhere/plan.html"], 1), "unwritable-file");
}

#[test]
fn what_cannot_be_done_is_said_in_one_sentence_and_changes_nothing() {
    let (_folder, amina) = home("Amina");
    amina.ok(&["new", "Plan"]);
    let before = amina.ok(&["show", "Plan"]);
    for (words, exit, code) in [
        (&["show", "Weather"][..], 1, "no-such-plan"),
        (&["show", "Plan", "weather"], 1, "no-such-part"),
        (&["set", "Plan", "about-me", "x"], 1, "bad-path"),
        (&["set", "Plan", "about-me.weather", "x"], 1, "no-such-field"),
        (&["set", "Plan", "goals/aaaaaaaaaaaaaaaaaaaaaaaaaa.status", "hope"], 1, "no-such-item"),
        (&["set", "Plan", "about-me.updated", "2027-02-30"], 1, "bad-date"),
        (&["set", "Plan", "cover.kind", "weather"], 1, "bad-choice"),
        (&["set", "Plan", "about-me.also", "@/nowhere/at/all"], 1, "unreadable-file"),
        (&["splice", "Plan", "about-me.also", "--at", "7", "--insert", "x"], 1, "beyond-the-end"),
        (&["splice", "Plan", "cover.title", "--insert", "x"], 1, "bad-kind"),
        (&["add", "Plan", "about-me"], 1, "no-such-field"),
        (&["add", "Plan", "goals", "weather=fine"], 1, "no-such-field"),
        (&["add", "Plan", "goals", "importance=11"], 1, "bad-scale"),
        (&["add", "Plan", "goals", "words"], 2, "not-a-pair"),
        (&["sample", "weather"], 1, "no-such-sample"),
        (&["new", "\u{202e}"], 1, "not-a-name"),
        (&["invite", "Plan", "--as", "king", "--listen", "127.0.0.1:0"], 2, "no-such-role"),
        (&["invite", "Plan", "--as", "carer", "--parts", "weather", "--listen", "127.0.0.1:0"], 1, "no-such-part"),
        (&["join", "alongside1weather", "--listen", "127.0.0.1:0"], 1, "ticket-damaged"),
        (&["serve", "--listen", "kitchen"], 2, "bad-address"),
        (&["replay", "/nowhere.json", "--devices", "2"], 1, "replay-unreadable"),
    ] {
        assert_eq!(amina.no(words, exit), code, "{words:?}");
    }
    assert_eq!(amina.ok(&["show", "Plan"]), before);
}

#[test]
fn wrong_words_on_the_command_line_are_usage() {
    let (_folder, amina) = home("Amina");
    for words in [&["weather"][..], &["set", "Plan"], &["splice", "Plan", "about-me.also", "--at", "x"], &[]] {
        let output = amina.run(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(!output.stderr.is_empty());
    }
    assert_eq!(amina.run(&["--help"]).status.code(), Some(0));
}

#[test]
fn a_home_is_open_in_one_program_at_a_time() {
    let (_folder, amina) = home("Amina");
    let serving = Serving::start(&amina);
    assert_eq!(amina.no(&["plans"], 1), "locked");
    assert_eq!(amina.no(&["init", "--name", "Other"], 1), "locked");
    serving.end();
    assert_eq!(amina.ok(&["whoami"])["name"], "Amina");
    assert_eq!(amina.no(&["init", "--name", "Other"], 1), "already-there");
}

#[test]
fn a_home_that_is_missing_cut_short_or_locked_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let nobody = Home::new(env!("CARGO_BIN_EXE_device"), folder.path().join("nobody"));
    assert_eq!(nobody.no(&["plans"], 1), "no-device");
    let (_folder, amina) = home("Amina");
    amina.ok(&["new", "Plan"]);
    let data = amina.folder().join("alongside.redb");
    let whole = fs::read(&data).unwrap();
    for length in [0, 1, 4_096, whole.len() / 2] {
        fs::write(&data, &whole[..length]).unwrap();
        let code = amina.no(&["plans"], 1);
        assert!(code.starts_with("data-") || code == "damaged", "{length}: {code}");
    }
    fs::write(&data, &whole).unwrap();
    amina.ok(&["show", "Plan"]);
    let locked =
        Home::new(env!("CARGO_BIN_EXE_device"), folder.path().join("locked")).with_passphrase("four small words");
    locked.ok(&["init", "--name", "Amina", "--passphrase"]);
    locked.ok(&["whoami"]);
    assert_eq!(locked.clone().with_passphrase("other words").no(&["whoami"], 1), "wrong-passphrase");
    assert_eq!(locked.clone().without_passphrase().no(&["whoami"], 1), "passphrase-needed");
}

#[test]
fn somebody_comes_in_with_a_ticket_and_four_words() {
    let (_one, amina) = home("Amina");
    let (_two, hodan) = home("Hodan");
    let mut serving = Serving::start(&amina);
    let plan = text(&serving.ask(&["sample", "adult-alone"]), "plan");
    let ticket = text(&serving.ask(&["invite", &plan, "--as", "carer"]), "ticket");
    let mut flipped = ticket.clone().into_bytes();
    let letter = flipped.len() / 2;
    flipped[letter] = if flipped[letter] == b'a' { b'b' } else { b'a' };
    let online = ["--listen", "127.0.0.1:0", "--no-mdns"];
    let flipped = String::from_utf8(flipped).unwrap();
    assert_eq!(hodan.no(&["join", &flipped, online[0], online[1], online[2]], 1), "ticket-damaged");
    let mut joining = Serving::start(&hodan);
    joining.put(&["join", &ticket, "--relationship", "sister"]);
    let words = text(&joining.news("says"), "words");
    let knocks = serving.ask(&["knocks", &plan, "--wait", "30"]);
    let knock = &knocks["knocks"][0];
    assert_eq!(
        (&knock["name"], &knock["relationship"], &knock["role"]),
        (&"Hodan".into(), &"sister".into(), &"carer".into())
    );
    assert!(!knocks.to_string().contains(&words));
    let refused = serving.ask(&["confirm", &plan, "Hodan", "--words", "abandon ability able about"]);
    assert_eq!(refused["error"]["code"], "wrong-words");
    let refused = serving.ask(&["confirm", &plan, "Fatuma", "--words", &words, "--wait", "0"]);
    assert_eq!(refused["error"]["code"], "no-such-knock");
    assert_eq!(serving.ask(&["confirm", &plan, "hodan", "--words", &words.to_uppercase()])["name"], "Hodan");
    assert_eq!(joining.answer()["title"], "Amina's plan");
    // Everything that a carer usually holds has come, and what she writes comes back.
    assert_eq!(joining.ask(&["sync", &plan])["settled"], true);
    joining.ask(&["set", &plan, "about-me.also", "Hodan was here."]);
    assert_eq!(joining.ask(&["sync", &plan])["with"][0], "Amina");
    assert_eq!(field(&serving.ask(&["show", &plan]), "about-me", "also"), "Hodan was here.");
    let people = serving.ask(&["people", &plan]);
    let hers = people["people"].as_array().unwrap().iter().find(|person| person["name"] == "Hodan").unwrap();
    assert_eq!((&hers["standing"], &hers["parts"]["about-me"]), (&"member".into(), &"edit".into()));
    // What she may only suggest to, she does not write; what is a used ticket opens nothing.
    assert_eq!(joining.ask(&["set", &plan, "cover.title", "Mine"])["error"]["code"], "not-writing");
    assert!(joining.ask(&["join", &ticket])["error"]["code"].is_string());
    // But she can offer, and it is the person's to take.
    let offer =
        text(&joining.ask(&["offer", &plan, "cover.title", "Amina's own plan", "--why", "It is yours"]), "item");
    assert_eq!(joining.ask(&["answer", &plan, &offer, "--take"])["error"]["code"], "not-writing");
    assert_eq!(joining.ask(&["sync", &plan])["settled"], true);
    let waiting = &serving.ask(&["show", &plan])["offers"][0];
    assert_eq!(
        (&waiting["name"], &waiting["what"], &waiting["before"], &waiting["after"], &waiting["why"], &waiting["fits"]),
        (
            &"Hodan".into(),
            &"cover.title".into(),
            &"Amina's plan".into(),
            &"Amina's own plan".into(),
            &"It is yours".into(),
            &"yes".into()
        )
    );
    assert_eq!(serving.ask(&["answer", &plan, &offer[..6], "--take", "--because", "Yes"])["taken"], true);
    assert_eq!(field(&serving.ask(&["show", &plan]), "cover", "title"), "Amina's own plan");
    assert!(serving.ask(&["show", &plan])["offers"].is_null());
    joining.end();
    serving.end();
    // Offline, each has all of it.
    assert_eq!(field(&hodan.ok(&["show", &plan]), "about-me", "also"), "Hodan was here.");
    assert_eq!(amina.ok(&["verify", &plan])["devices"], 2);
}

#[test]
fn commands_are_answered_in_order_one_line_each() {
    let (_folder, amina) = home("Amina");
    let mut serving = Serving::start(&amina);
    serving.ask(&["new", "Plan"]);
    for number in 0..40 {
        serving.put(&["splice", "Plan", "about-me.also", "--at", &number.to_string(), "--insert", "x"]);
    }
    serving.line("show \"Plan");
    serving.line("set Plan about-me.weather x");
    serving.line("weather");
    serving.line("");
    serving.line("show Plan about-me");
    for _ in 0..40 {
        assert_eq!(serving.answer()["spliced"], "about-me.also");
    }
    let codes: Vec<String> = (0..3).map(|_| text(&serving.answer()["error"], "code")).collect();
    assert_eq!(codes, ["left-open", "no-such-field", "usage"]);
    assert_eq!(field(&serving.answer(), "about-me", "also"), "x".repeat(40));
    serving.put(&[
        "splice",
        "Plan",
        "about-me.also",
        "--steps",
        "[[[0,40,\"a\"]],[[1,0,\"b\"],[2,0,\"c\"]],[[9,0,\"d\"]]]",
    ]);
    let refused = serving.answer();
    assert_eq!((&refused["error"]["code"], &refused["error"]["step"]), (&"beyond-the-end".into(), &2.into()));
    assert_eq!(field(&serving.ask(&["show", "Plan"]), "about-me", "also"), "abc");
    serving.end();
}

#[test]
fn without_json_a_person_reads_sentences() {
    let (_folder, amina) = home("Amina");
    let said = |words: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_device")).arg("--home").arg(amina.folder()).args(words).output().unwrap();
        assert!(output.status.success(), "{words:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(said(&["sample", "adult-alone"]).contains("Amina's plan"));
    assert!(said(&["show", "Amina's plan"]).contains("I want to swim once a week"));
    assert!(said(&["plans"]).contains("Amina's plan"));
    assert!(said(&["people", "Amina's plan"]).contains("Amina"));
    assert!(said(&["history", "Amina's plan"]).lines().count() >= 4);
    assert!(!said(&["verify", "Amina's plan"]).contains("cli-"));
}

#[test]
fn an_offer_is_made_of_words_an_item_more_and_an_item_less_and_says_when_it_does_not_fit() {
    let (_folder, amina) = home("Amina");
    amina.ok(&["new", "Plan"]);
    let goal = text(&amina.ok(&["add", "Plan", "goals", "words=I want to swim once a week"]), "item");
    let words = format!("goals/{goal}.words");
    let offer = text(&amina.ok(&["offer", "Plan", &words, "I want to swim twice a week"]), "item");
    assert_eq!(amina.ok(&["offer", "Plan", &words, "I want to swim three times a week"])["offered"], true);
    amina.ok(&["set", "Plan", &words, "I want to swim every day"]);
    let shown = amina.ok(&["show", "Plan", "goals"]);
    let waiting = &shown["offers"][0];
    assert_eq!((&waiting["id"], &waiting["fits"]), (&offer.as_str().into(), &"changed".into()));
    assert_eq!(amina.no(&["answer", "Plan", &offer, "--take"], 1), "offer-changed");
    assert_eq!(amina.ok(&["answer", "Plan", &offer, "--not-now", "--because", "Every day is better"])["taken"], false);
    let more = text(&amina.ok(&["offer", "Plan", "goals", "--add", "words=Paint", "importance=8"]), "item");
    let less = text(&amina.ok(&["offer", "Plan", &format!("goals/{goal}"), "--take-out"]), "item");
    for offer in [more, less] {
        assert_eq!(amina.ok(&["answer", "Plan", &offer, "--take"])["taken"], true);
    }
    let shown = amina.ok(&["show", "Plan", "goals"]);
    let goals = part(&shown, "goals")["lists"]["goals"].as_array().unwrap();
    assert_eq!((goals.len(), &goals[0]["words"], &goals[0]["importance"]), (1, &"Paint".into(), &8.into()));
    assert!(shown["offers"].is_null());
    let same = format!("goals/{}.importance", goals[0]["id"].as_str().unwrap());
    assert_eq!(amina.no(&["offer", "Plan", &same, "8"], 1), "says-so");
    assert_eq!(amina.no(&["answer", "Plan", "aaaaaa", "--take"], 1), "no-such-offer");
    assert_eq!(amina.no(&["offer", "Plan", &same], 2), "one-value");
    assert_eq!(amina.no(&["offer", "Plan", "mine.notes", "words"], 1), "may-not-offer");
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn text(json: &Value, name: &str) -> String {
    json[name].as_str().unwrap_or_else(|| panic!("{name} in {json}")).to_owned()
}

fn part<'a>(shown: &'a Value, kind: &str) -> &'a Value {
    shown["parts"]
        .as_array()
        .and_then(|parts| parts.iter().find(|part| part["kind"] == kind))
        .expect("the part is shown")
}

fn field(shown: &Value, kind: &str, code: &str) -> String {
    text(&part(shown, kind)["fields"], code)
}

// Paths stay paths: nothing above turns one into text before a process needs it.
#[test]
fn the_home_can_be_named_by_the_environment() {
    let (_folder, amina) = home("Amina");
    let output = Command::new(env!("CARGO_BIN_EXE_device"))
        .env("ALONGSIDE_HOME", amina.folder())
        .args(["--json", "whoami"])
        .output()
        .unwrap();
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said["name"], "Amina");
    let nowhere: PathBuf = amina.folder().join("none");
    let output = Command::new(env!("CARGO_BIN_EXE_device"))
        .env("ALONGSIDE_HOME", nowhere)
        .args(["--json", "whoami"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_plan_is_begun_as_a_kind_and_a_kind_that_is_none_is_refused() {
    let (_folder, amina) = home("Amina");
    amina.ok(&["new", "Harbour Street", "--kind", "coalition"]);
    let cover = amina.ok(&["show", "Harbour Street", "cover"]).to_string();
    assert!(cover.contains("coalition"), "{cover}");
    assert_eq!(amina.no(&["new", "Another", "--kind", "castle"], 2), "no-such-kind");
}

#[test]
fn words_are_found_in_every_plan_whatever_their_case_and_accents() {
    let (_folder, amina) = home("Amina");
    amina.ok(&["new", "My plan"]);
    amina.ok(&["new", "The garden"]);
    let goal =
        text(&amina.ok(&["add", "My plan", "goals", "words=I want to swim at the Café", "status=not-yet"]), "item");
    amina.ok(&["set", "The garden", "about-me.important", "A café nearby"]);
    let found = amina.ok(&["find", "CAFE"]);
    let fields: Vec<&str> =
        found["found"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap()).collect();
    let words = format!("goals/{goal}.words");
    assert_eq!(fields.len(), 2);
    assert!(fields.contains(&words.as_str()) && fields.contains(&"about-me.important"), "{fields:?}");
    let found = amina.ok(&["find", "not", "yet", "swim"]);
    assert_eq!((&found["found"][0]["item"], &found["more"]), (&goal.as_str().into(), &0.into()));
    assert_eq!(amina.ok(&["find", "zeppelin"])["found"], serde_json::json!([]));
}
