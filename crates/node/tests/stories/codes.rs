//! Stories of short codes: who comes in with one, who does not, and how little can be guessed.

use std::{thread, time::Duration};

use circle::{Code, Standing};
use node::{CodeNews, News, Refused, ask};
use seal::PlanId;

use crate::common::{Device, LONG, Writer};

impl Device {
    fn show_code(&self, plan: PlanId, lets_in: ask::LetsIn) -> Result<String, Refused> {
        Ok(self.node.call_within(LONG, ask::ShowCode { plan, lets_in })?.code)
    }

    fn code(&self, plan: PlanId) -> Result<String, Refused> {
        self.show_code(plan, somebody(Standing::Member))
    }

    fn join_by(&self, code: &str, host: &Device, name: &str) -> Result<ask::Met, Refused> {
        self.begin_to_join(code, host, name).wait_for(LONG)
    }

    fn begin_to_join(&self, code: &str, host: &Device, name: &str) -> node::Pending<ask::Met> {
        let ask = ask::JoinByCode {
            code: format!("{code}@{}", host.port()),
            name: name.into(),
            relationship: "sister".into(),
            organisation: String::new(),
            device: "the laptop".into(),
        };
        self.node.ask(ask)
    }

    /// One address others can be told: a multiaddr.
    fn port(&self) -> String {
        self.node.call(ask::WhoAmI).unwrap().addresses[0].clone()
    }

    fn code_news(&self, what: &str) -> CodeNews {
        self.hear(what, |news| match news {
            News::Code { what, .. } => Some(what),
            _ => None,
        })
    }

    fn next_code(&self) -> String {
        self.hear("the next code", |news| match news {
            News::Code { what: CodeNews::Shown(shown), .. } => Some(shown.code),
            _ => None,
        })
    }
}

fn somebody(standing: Standing) -> ask::LetsIn {
    ask::LetsIn::Somebody { role: "supporter".into(), standing, parts: vec!["about-me".into()], until: None }
}

/// The same number with two other words.
fn wrong(code: &str) -> String {
    let number = Code::parse(code).unwrap().number();
    let other = format!("{number}-apple-river");
    if code == other { format!("{number}-river-apple") } else { other }
}

#[test]
fn somebody_types_the_code_and_is_let_in_without_comparing_words() {
    let (amina, hodan) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    let mut hers = Writer::begin(&amina, plan, doc);
    hers.write(&amina, "Good morning.");
    let code = amina.code(plan).unwrap();

    let met = hodan.join_by(&code.to_uppercase().replace('-', " "), &amina, "Hodan").unwrap();
    let ask::Met::Inviter(knock) = met else { panic!("somebody new") };
    assert_eq!((knock.plan, knock.words, knock.known), (plan, None, true));
    let seen = amina.node.call(ask::Knocks { plan }).unwrap();
    assert_eq!((seen.len(), seen[0].person, seen[0].known, seen[0].name.as_str()), (1, knock.person, true, "Hodan"));
    assert!(hodan.node.call(ask::Plans).unwrap().is_empty(), "a person lets people in, not a code");

    amina.confirm(plan, doc, knock.person, "").unwrap();
    assert_eq!(hodan.node.call_within(LONG, ask::Enter { plan }).unwrap(), knock.person);
    let mut sisters = Writer::open(&hodan, plan, doc);
    sisters.read_until(&hodan, "what Amina wrote", |text| text == "Good morning.");
}

#[test]
fn a_wrong_code_lets_nobody_in_and_the_right_one_is_over_with_it() {
    let (amina, hodan) = (Device::new(), Device::new());
    let (plan, _) = amina.start_plan("Amina");
    let code = amina.code(plan).unwrap();
    amina.next_code();
    assert_eq!(hodan.join_by(&wrong(&code), &amina, "Hodan"), Err(Refused::WrongCode));
    assert_eq!(amina.code_news("that somebody guessed"), CodeNews::Wrong);
    let next = amina.next_code();
    assert_ne!(next, code, "a new code by itself");
    let mut again = hodan.begin_to_join(&code, &amina, "Hodan");
    thread::sleep(Duration::from_secs(2));
    assert!(!matches!(again.take(), Some(Ok(_))), "the right code is good for nobody any more");
    assert!(amina.node.call(ask::Knocks { plan }).unwrap().is_empty());
}

#[test]
fn after_three_wrong_guesses_there_are_tickets_only_also_after_a_restart() {
    let (amina, hodan) = (Device::new(), Device::new());
    let (plan, _) = amina.start_plan("Amina");
    let mut code = amina.code(plan).unwrap();
    amina.next_code();
    for guess in 0..3 {
        assert_eq!(hodan.join_by(&wrong(&code), &amina, "Hodan"), Err(Refused::WrongCode));
        if guess < 2 {
            code = amina.next_code();
        }
    }
    let ended = amina.hear("the end of codes", |news| match news {
        News::Code { what: CodeNews::Ended(why), .. } => Some(why),
        _ => None,
    });
    assert_eq!(ended, Refused::CodesRest);
    assert_eq!(amina.code(plan), Err(Refused::CodesRest));
    let amina = amina.again();
    assert_eq!(amina.code(plan), Err(Refused::CodesRest), "to start again gains nobody a guess");
    assert!(!amina.invite(plan, Standing::Member).is_empty(), "tickets go on");
}

#[test]
fn of_many_who_guess_at_once_one_guess_counts() {
    let amina = Device::new();
    let (plan, _) = amina.start_plan("Amina");
    let code = amina.code(plan).unwrap();
    amina.next_code();
    let guessers: Vec<Device> = (0..6).map(|_| Device::new()).collect();
    let guess = wrong(&code);
    let guesses: Vec<_> = guessers.iter().map(|one| one.begin_to_join(&guess, &amina, "Nobody")).collect();
    let told = std::iter::from_fn(|| amina.news.wait(Duration::from_millis(300)));
    let wrong = told.filter(|news| matches!(news, News::Code { what: CodeNews::Wrong, .. })).count();
    assert_eq!(wrong, 1, "the others guessed at a code that was over by then");
    drop(guesses);
    assert!(amina.node.call(ask::Knocks { plan }).unwrap().is_empty());
}

#[test]
fn whoever_does_not_show_the_code_is_told_nothing_and_the_search_goes_on() {
    let (amina, stranger, hodan) = (Device::new(), Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    let (other, _) = stranger.start_plan("Stranger");
    let code = amina.code(plan).unwrap();
    // Somebody else nearby shows a code, too: with another number, since a number is what they are told apart by.
    let mut theirs = stranger.code(other).unwrap();
    for _ in 0..2 {
        if Code::parse(&theirs).unwrap().number() == Code::parse(&code).unwrap().number() {
            theirs = stranger.code(other).unwrap();
        }
    }
    assert_eq!(hodan.join_by("100-apple-river", &amina, "Hodan"), Err(Refused::NotACode));
    assert_eq!(hodan.join_by("7-apple-rivers", &amina, "Hodan"), Err(Refused::NotACodeWord));
    let mut late = hodan.begin_to_join(&code, &stranger, "Hodan");
    thread::sleep(Duration::from_secs(1));
    assert!(late.take().is_none(), "it goes on looking");
    // By way of a ticket Hodan's device gets to know Amina's as well.
    let ticket = amina.invite(plan, Standing::Member);
    hodan.knock(&ticket, "Hodan").unwrap();
    let Ok(ask::Met::Inviter(knock)) = late.wait_for(LONG) else { panic!("found in the end") };
    amina.confirm(plan, doc, knock.person, "").unwrap();
    assert_eq!(hodan.node.call_within(LONG, ask::Enter { plan }).unwrap(), knock.person);
    assert!(stranger.node.call(ask::Knocks { plan: other }).unwrap().is_empty());
}

#[test]
fn another_device_of_mine_comes_in_as_me_and_sees_what_i_may_see() {
    let (phone, laptop) = (Device::new(), Device::new());
    let (plan, doc) = phone.start_plan("Amina");
    let mut hers = Writer::begin(&phone, plan, doc);
    hers.write(&phone, "From the phone. ");
    let code = phone.show_code(plan, ask::LetsIn::MyDevice).unwrap();
    let met = laptop.join_by(&code, &phone, "Somebody").unwrap();
    let me = phone.node.call(ask::Plans).unwrap()[0].me.unwrap();
    assert_eq!(met, ask::Met::Mine { plan, person: me });
    let mut laptops = Writer::open(&laptop, plan, doc);
    laptops.read_until(&laptop, "what the phone wrote", |text| text == "From the phone. ");
    laptops.write(&laptop, "From the laptop.");
    hers.read_until(&phone, "what the laptop wrote", |text| text == "From the phone. From the laptop.");
    let ledger = phone.node.call(ask::Circle { plan }).unwrap();
    assert_eq!(ledger.people().count(), 1, "nobody new");
    assert_eq!(ledger.person(me).unwrap().devices, [phone.node.device(), laptop.node.device()]);

    // A second code for the same device says that it is in already.
    let code = phone.show_code(plan, ask::LetsIn::MyDevice).unwrap();
    assert_eq!(laptop.join_by(&code, &phone, "Somebody"), Err(Refused::AlreadyIn));
}

#[test]
fn a_code_is_shown_only_by_who_may_let_in_and_never_offline() {
    let (amina, hodan) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc);
    crate::common::let_in(&amina, &hodan, plan, doc, "Hodan", Standing::Member);
    assert_eq!(hodan.code(plan), Err(Refused::NotAllowed));
    assert_eq!(hodan.code(PlanId::new([9; 32])), Err(Refused::NoSuchPlan));
    assert!(hodan.show_code(plan, ask::LetsIn::MyDevice).is_ok(), "a member has devices, too");
    amina.node.call(ask::Offline).unwrap();
    assert_eq!(amina.code(plan), Err(Refused::Offline));
}
