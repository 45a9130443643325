//! Coming together, with real processes: short codes, tickets as text, picture and file, my other device; and every way in
//! that must not work, each with one sentence.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

use std::{
    path::Path,
    thread,
    time::{Duration, Instant},
};

use circle::{Code, Ticket};
use seal::Time;
use serde_json::Value;
use tempfile::TempDir;
use tests::home::{Home, Serving};

/// How long anything may take that comes by itself.
const LONGEST: Duration = Duration::from_secs(60);

const ONLINE: [&str; 3] = ["--listen", "127.0.0.1:0", "--no-mdns"];

fn home(folder: &Path, name: &str) -> Home {
    let home = Home::new(env!("CARGO_BIN_EXE_device"), folder.join(name));
    home.ok(&["init", "--name", name]);
    home
}

fn text(json: &Value, name: &str) -> String {
    json[name].as_str().unwrap_or_else(|| panic!("{name} in {json}")).to_owned()
}

fn code_of(error: &Value) -> String {
    text(&error["error"], "code")
}

/// A device that is on, with a plan on it.
fn with_plan(home: &Home) -> (Serving, String) {
    let mut serving = Serving::start(home);
    let plan = text(&serving.ask(&["sample", "adult-alone"]), "plan");
    (serving, plan)
}

/// `join` as one command of its own that must fail: the code of its one sentence.
fn refused(home: &Home, ticket: &str) -> String {
    home.no(&[&["join", ticket, "--wait", "60"], &ONLINE[..]].concat(), 1)
}

/// Where a code is shown, for those who cannot see it by mDNS.
fn at(code: &str, serving: &Serving) -> String {
    let address = serving.ready()["addresses"][0].as_str().unwrap();
    format!("{code}@{address}")
}

fn next_code(serving: &mut Serving) -> String {
    text(&serving.news("says"), "code")
}

/// The same number with two other words.
fn other_words(code: &str) -> String {
    let number = Code::parse(code).unwrap().number();
    let other = format!("{number}-apple-river");
    if code == other { format!("{number}-river-apple") } else { other }
}

#[test]
fn somebody_comes_in_with_a_short_code_and_a_wrong_one_lets_nobody_in() {
    let folder = TempDir::new().unwrap();
    let (amina, hodan) = (home(folder.path(), "Amina"), home(folder.path(), "Hodan"));
    let (mut hers, plan) = with_plan(&amina);
    hers.put(&["invite", &plan, "--as", "carer", "--words", "--wait", "100"]);
    let code = next_code(&mut hers);

    assert_eq!(refused(&hodan, &at(&other_words(&code), &hers)), "wrong-code");
    let next = next_code(&mut hers);
    assert_ne!(next, code, "one guess, then another code by itself");
    assert_eq!(refused(&hodan, "7-apple-rivers"), "not-a-code-word");
    assert_eq!(refused(&hodan, "7-apple"), "not-a-code");

    let mut sisters = Serving::start(&hodan);
    let joined = sisters.ask(&["join", &at(&next, &hers), "--relationship", "sister"]);
    assert_eq!(joined["title"], "Amina's plan");
    assert_eq!(hers.answer()["name"], "Hodan");
    let people = hers.ask(&["people", &plan]);
    let she = people["people"].as_array().unwrap().iter().find(|person| person["name"] == "Hodan").unwrap();
    assert_eq!((&she["relationship"], &she["parts"]["about-me"]), (&"sister".into(), &"edit".into()));
    assert_eq!(sisters.ask(&["sync", &plan])["settled"], true);
    sisters.end();
    hers.end();
}

#[test]
fn who_typed_a_code_gets_in_also_if_the_program_that_showed_it_is_killed_before_it_let_them_in() {
    let folder = TempDir::new().unwrap();
    let (amina, hodan) = (home(folder.path(), "Amina"), folder.path().join("sister"));
    let (mut hers, plan) = with_plan(&amina);
    hers.put(&["invite", &plan, "--as", "guest", "--parts", "goals", "--words", "--wait", "100"]);
    let (code, port) = (at(&next_code(&mut hers), &hers), hers.ready()["addresses"][0].as_str().unwrap().to_owned());

    let program = std::path::Path::new("sister");
    node::create(&hodan, &store::Unlock::KeyFile, program).unwrap();
    let mut settings = node::Settings::new(hodan, store::Unlock::KeyFile, program.into());
    settings.listen = vec!["127.0.0.1:0".parse().unwrap()];
    let (sister, _news) = node::start(settings).unwrap();
    sister.call(node::ask::Online).unwrap();
    let join = node::ask::JoinByCode {
        code,
        name: "Hodan".into(),
        relationship: "sister".into(),
        organisation: String::new(),
        device: String::new(),
    };
    let met = sister.call_within(LONGEST, join).unwrap();
    // Her knock is on the disk of the other now, and in the same moment that one is gone.
    hers.kill();
    let node::ask::Met::Inviter(knock) = met else { panic!("she comes as herself") };

    let hers = Serving::start_with(&amina, &["--listen", &port, "--no-mdns"]);
    let plan = knock.plan;
    assert_eq!(sister.call_within(LONGEST, node::ask::Enter { plan }).unwrap(), knock.person);
    let until = Instant::now() + LONGEST;
    let parts = || -> Vec<String> {
        let ledger = sister.call(node::ask::Circle { plan }).unwrap();
        ledger.documents().map(|document| document.kind.clone()).collect()
    };
    while parts().is_empty() {
        assert!(Instant::now() < until, "what was meant for her never came");
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(parts(), ["goals"], "that, and no more");
    hers.end();
}

#[test]
fn where_another_lets_them_in_the_device_that_invited_shares_what_was_meant() {
    let folder = TempDir::new().unwrap();
    let home = |name| home(folder.path(), name);
    let (amina, ben, hodan) = (home("Amina"), home("Ben"), home("Hodan"));
    let (mut hers, plan) = with_plan(&amina);
    let mut his = Serving::start(&ben);
    hers.put(&["invite", &plan, "--as", "lead", "--words", "--wait", "100"]);
    let code = at(&next_code(&mut hers), &hers);
    assert_eq!(his.ask(&["join", &code])["title"], "Amina's plan");
    assert_eq!(hers.answer()["name"], "Ben");
    let ticket = text(&hers.ask(&["invite", &plan, "--as", "guest", "--parts", "goals"]), "ticket");
    assert_eq!(his.ask(&["sync", &plan])["settled"], true);
    hers.end();

    // It leads to Ben now, who knows of the invitation and not what was meant with it.
    let mut ticket = Ticket::parse(&ticket).unwrap();
    ticket.addresses = serde_json::from_value(his.ready()["addresses"].clone()).unwrap();
    let mut sisters = Serving::start(&hodan);
    sisters.put(&["join", &ticket.encode().unwrap()]);
    let words = text(&sisters.news("says"), "words");
    let confirmed = his.ask(&["confirm", &plan, "Hodan", "--words", &words]);
    assert_eq!(confirmed["name"], "Hodan");
    sisters.answer();
    let parts = |serving: &mut Serving| {
        let people = serving.ask(&["people", &plan]);
        let people = people["people"].as_array().unwrap();
        people.iter().find(|person| person["name"] == "Hodan").map_or(Value::Null, |one| one["parts"].clone())
    };
    assert!(parts(&mut his)["goals"].is_null(), "to guess would be to show too much");

    let mut hers = Serving::start(&amina);
    let until = Instant::now() + LONGEST;
    while parts(&mut hers)["goals"] != "view" {
        assert!(Instant::now() < until, "what was meant is never shared");
        thread::sleep(Duration::from_millis(50));
    }
    assert!(parts(&mut hers)["about-me"].is_null());
    hers.end();
    his.end();
    sisters.end();
}

#[test]
fn after_three_wrong_codes_there_are_tickets_also_when_the_program_starts_again() {
    let folder = TempDir::new().unwrap();
    let (amina, hodan) = (home(folder.path(), "Amina"), home(folder.path(), "Hodan"));
    let (mut hers, plan) = with_plan(&amina);
    hers.put(&["invite", &plan, "--as", "carer", "--words"]);
    for _ in 0..3 {
        let code = next_code(&mut hers);
        assert_eq!(refused(&hodan, &at(&other_words(&code), &hers)), "wrong-code");
    }
    assert_eq!(code_of(&hers.answer()), "codes-rest");
    hers.end();
    let again = amina.no(&[&["invite", &plan, "--as", "carer", "--words"], &ONLINE[..]].concat(), 1);
    assert_eq!(again, "codes-rest");
    assert!(amina.ok(&[&["invite", &plan, "--as", "carer"], &ONLINE[..]].concat())["ticket"].is_string());
}

#[test]
fn each_ticket_that_must_not_work_is_refused_with_a_sentence_of_its_own() {
    let folder = TempDir::new().unwrap();
    let (amina, ben, hodan) = (home(folder.path(), "Amina"), home(folder.path(), "Ben"), home(folder.path(), "Hodan"));
    let (mut hers, plan) = with_plan(&amina);
    let (mut his, other) = with_plan(&ben);
    let ticket = text(&hers.ask(&["invite", &plan, "--as", "carer"]), "ticket");
    his.ask(&["invite", &other, "--as", "carer"]);

    // One flipped bit, wherever: each letter holds five, and the lowest makes another letter of it.
    for letter in [10, 11, ticket.len() / 3, ticket.len() / 2, ticket.len() - 1] {
        let alphabet = b"abcdefghijklmnopqrstuvwxyz234567";
        let mut flipped = ticket.clone().into_bytes();
        let value = alphabet.iter().position(|one| *one == flipped[letter]).unwrap();
        flipped[letter] = alphabet[value ^ 1];
        let code = refused(&hodan, &String::from_utf8(flipped).unwrap());
        assert_eq!(code, "ticket-damaged", "letter {letter}");
    }

    // The same by somebody who mends the check: then it is not what the device that made it knows.
    let with = |change: &dyn Fn(&mut Ticket)| {
        let mut ticket = Ticket::parse(&ticket).unwrap();
        change(&mut ticket);
        ticket.encode().unwrap()
    };
    let other_key = with(&|ticket| ticket.key[7] ^= 1);
    assert_eq!(refused(&hodan, &other_key), "no-invitation");
    let mut other_plan = *Ticket::parse(&ticket).unwrap().plan.as_bytes();
    other_plan[0] ^= 1;
    let other_plan = with(&|ticket| ticket.plan = seal::PlanId::new(other_plan));
    assert_eq!(refused(&hodan, &other_plan), "ticket-of-another-plan");

    let addresses: Vec<String> = serde_json::from_value(his.ready()["addresses"].clone()).unwrap();
    let elsewhere = with(&|ticket| ticket.addresses.clone_from(&addresses));
    assert_eq!(refused(&hodan, &elsewhere), "ticket-of-another-plan");
    let expired = with(&|ticket| ticket.expires = Time(1));
    assert_eq!(refused(&hodan, &expired), "ticket-expired");

    // A ticket that is right lets nobody in by itself.
    let alone = hodan.run(&[&["join", &ticket, "--wait", "3"], &ONLINE[..]].concat());
    assert_eq!(alone.status.code(), Some(1));
    assert!(hodan.ok(&["plans"])["plans"].as_array().unwrap().is_empty());
    let people = hers.ask(&["people", &plan]);
    assert_eq!(people["people"].as_array().unwrap().len(), 1);

    // And a second person not at all.
    let mut sisters = Serving::start(&hodan);
    sisters.put(&["join", &ticket]);
    let words = text(&sisters.news("says"), "words");
    let wrong = hers.ask(&["confirm", &plan, "Hodan", "--words", "abandon ability able about"]);
    assert_eq!(code_of(&wrong), "wrong-words");
    hers.ask(&["confirm", &plan, "Hodan", "--words", &words]);
    assert_eq!(sisters.answer()["title"], "Amina's plan");
    assert_eq!(refused(&ben_again(his, &ben), &ticket), "ticket-used");
    sisters.end();
    hers.end();
}

/// Ends a device, so that its home can be opened by a command.
fn ben_again(his: Serving, ben: &Home) -> Home {
    his.end();
    ben.clone()
}

#[test]
fn a_ticket_travels_as_a_file_and_as_a_picture() {
    let folder = TempDir::new().unwrap();
    let (amina, hodan) = (home(folder.path(), "Amina"), home(folder.path(), "Hodan"));
    let (mut hers, plan) = with_plan(&amina);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (file, png, svg) = (path("for Hodan.alongside-invite"), path("ticket.png"), path("ticket.svg"));
    let made = hers.ask(&["invite", &plan, "--as", "carer", "--to", &file, "--qr", &png]);
    assert_eq!((&made["file"], &made["qr"]), (&file.as_str().into(), &png.as_str().into()));
    assert_eq!(std::fs::read_to_string(&file).unwrap().trim(), text(&made, "ticket"));
    assert!(std::fs::read(&png).unwrap().starts_with(b"\x89PNG"));
    hers.ask(&["invite", &plan, "--as", "carer", "--qr", &svg]);
    assert!(std::fs::read_to_string(&svg).unwrap().starts_with("<svg"));
    let refused = hers.ask(&["invite", &plan, "--as", "carer", "--qr", &path("ticket.bmp")]);
    assert_eq!(code_of(&refused), "bad-picture");

    let mut sisters = Serving::start(&hodan);
    assert_eq!(code_of(&sisters.ask(&["join", &path("nothing.alongside-invite")])), "unreadable-file");
    sisters.put(&["join", &file]);
    let words = text(&sisters.news("says"), "words");
    hers.ask(&["confirm", &plan, "Hodan", "--words", &words]);
    assert_eq!(sisters.answer()["title"], "Amina's plan");
    sisters.end();
    hers.end();
}

#[test]
fn my_other_device_comes_in_as_me_and_shows_everything_i_may_see() {
    let folder = TempDir::new().unwrap();
    let (phone, laptop) = (home(folder.path(), "Amina"), home(folder.path(), "Laptop"));
    let (mut first, plan) = with_plan(&phone);
    first.put(&["link", &plan, "--words"]);
    let code = next_code(&mut first);
    let mut second = Serving::start(&laptop);
    let joined = second.ask(&["join", &at(&code, &first), "--device", "the laptop in the kitchen"]);
    assert_eq!(joined["title"], "Amina's plan");
    assert!(first.answer()["linked"].is_string());
    let people = second.ask(&["people", &plan]);
    let people = people["people"].as_array().unwrap();
    assert_eq!((people.len(), &people[0]["name"], &people[0]["you"]), (1, &"Amina".into(), &true.into()));
    assert_eq!(second.ask(&["sync", &plan])["settled"], true);
    second.ask(&["set", &plan, "about-me.also", "From the laptop."]);
    assert_eq!(second.ask(&["sync", &plan])["settled"], true);
    let shown = first.ask(&["show", &plan, "about-me"]);
    assert_eq!(shown["parts"][0]["fields"]["also"], "From the laptop.");
    second.end();
    first.end();
    assert_eq!(laptop.ok(&["verify", &plan])["devices"], 2);
}

#[test]
fn a_plan_begun_for_somebody_else_is_handed_over_to_them_for_good() {
    let folder = TempDir::new().unwrap();
    let (worker, amina) = (home(folder.path(), "Priya"), home(folder.path(), "Amina"));
    let mut hers = Serving::start(&worker);
    let plan = text(&hers.ask(&["new", "Amina's plan", "--for", "Amina"]), "plan");
    let people = hers.ask(&["people", &plan]);
    assert_eq!(people["people"][0]["standing"], "owner", "it protects nobody yet");
    hers.put(&["invite", &plan, "--as", "person", "--words"]);
    let code = next_code(&mut hers);
    let mut own = Serving::start(&amina);
    assert_eq!(own.ask(&["join", &at(&code, &hers)])["title"], "Amina's plan");
    assert_eq!(hers.answer()["name"], "Amina");

    assert_eq!(code_of(&own.ask(&["hand-over", &plan, "Amina"])), "not-to-hand-over", "nobody takes it");
    assert_eq!(hers.ask(&["hand-over", &plan, "Amina"])["name"], "Amina");
    assert_eq!(own.ask(&["sync", &plan])["settled"], true);
    let people = own.ask(&["people", &plan]);
    let she = people["people"].as_array().unwrap().iter().find(|person| person["name"] == "Amina").unwrap();
    assert_eq!(she["standing"], "protected");
    assert_eq!(code_of(&hers.ask(&["hand-over", &plan, "Priya"])), "not-to-hand-over", "it is never undone");
    own.end();
    hers.end();
}
