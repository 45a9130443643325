//! Amina's plan, written into documents from its file, and everything the program notices about it.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

use std::collections::{BTreeMap, BTreeSet};

use plan::{
    Date, Document, FieldKind, Someone, Whole,
    checks::{
        chains, complete,
        happened::{self, Trigger},
        money,
        needs::{self, Held, Nobodys},
        promises, specific, voices, wishes,
    },
    sample, template, views,
};
use seal::{ChainId, DocId, ItemId, PersonId, Time};

/// Who is in the circle; everybody else is named.
const CIRCLE: [&str; 6] = ["Amina", "Hodan", "Fatuma", "Ben", "Priya", "Joy"];

fn id(name: &str) -> Option<PersonId> {
    let at = CIRCLE.iter().position(|known| *known == name.trim())?;
    Some(PersonId::new([at as u8 + 1; 32]))
}

fn someone(name: &str) -> Someone {
    Someone::Member(id(name).unwrap())
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The plan, and the names its file gives to records.
struct Sample {
    documents: Vec<(Option<PersonId>, Document)>,
    names: BTreeMap<String, ItemId>,
}

impl Sample {
    fn new() -> Sample {
        let (mut documents, mut next, adult) = (Vec::new(), 0_u16, sample::sample("adult").unwrap());
        let names = adult.name_all(|| {
            next += 1;
            let mut bytes = [0; 16];
            bytes[14..].copy_from_slice(&next.to_be_bytes());
            ItemId::new(bytes)
        });
        let known = |name: &str| id(name).map_or_else(|| name.trim().to_owned(), |id| id.to_string());
        let value = |kind: FieldKind, text: &str| match kind {
            FieldKind::Person => known(text),
            FieldKind::People => text.split(',').map(known).collect::<Vec<_>>().join(","),
            _ => text.to_owned(),
        };
        for (at, part) in (1..).zip(adult.parts) {
            let (doc, whose) = (DocId::new([at; 32]), part.whose.as_deref().and_then(id));
            let (mut document, _) = Document::create(part.part, doc, ChainId::new([1; 16]), Time(0));
            for burst in &part.bursts {
                sample::write(&mut document, burst, &names, Time(7), &value).unwrap();
            }
            documents.push((whose, document));
        }
        Sample { documents, names }
    }

    fn whole(&self) -> Whole<'_> {
        self.documents.iter().fold(Whole::new(), |whole, (whose, document)| match whose {
            None => whole.with(document),
            Some(whose) => whole.with_voice(*whose, document),
        })
    }

    fn without_voices(&self) -> Whole<'_> {
        let parts = self.documents.iter().filter(|(whose, _)| whose.is_none());
        parts.fold(Whole::new(), |whole, (_, document)| whole.with(document))
    }

    fn item(&self, name: &str) -> ItemId {
        self.names[name]
    }
}

fn held(sample: &Sample, whole: &Whole, need: &str, gone: &[Someone], today: &str) -> Held {
    let need = views::needs(whole).into_iter().find(|one| one.id == sample.item(need)).unwrap();
    let (actions, supports) = (views::actions(whole), views::supports(whole));
    let gone = gone.iter().cloned().collect();
    needs::held(&need, &actions, &supports, &gone, day(today), needs::Thresholds::default())
}

#[test]
fn her_money_adds_up_to_the_penny() {
    let sample = Sample::new();
    let budget = views::budget(&sample.whole()).unwrap();
    let sums = money::sums(&budget, day("2026-11-20"));
    assert_eq!(sums.available.to_string(), "16640.00");
    assert_eq!(sums.planned.to_string(), "15328.00");
    assert_eq!(sums.not_planned.to_string(), "1312.00");
    assert_eq!(sums.just_in_case.to_string(), "1404.00");
    assert_eq!(sums.spent.to_string(), "1781.50");
    assert_eq!(sums.without_line, [sample.item("paid-6")]);
    let helps: BTreeSet<ItemId> = ["wages", "studio-line", "training-bus"].map(|name| sample.item(name)).into();
    assert_eq!(sums.without_outcome.len(), 7);
    assert!(sums.without_outcome.iter().all(|line| !helps.contains(line)));
    assert_eq!(money::spent_on(&budget, sample.item("wages"), day("2026-11-20")).to_string(), "1521.00");
}

#[test]
fn the_bus_is_nobodys_until_ben_says_yes_himself_and_again_when_he_leaves() {
    let sample = Sample::new();
    let nobodys = Held::Nobodys(Nobodys::NobodyHasIt);
    let whole = sample.whole();
    assert_eq!(held(&sample, &whole, "busy-bus", &[], "2026-11-20"), Held::Held);
    assert_eq!(
        held(&sample, &sample.without_voices(), "busy-bus", &[], "2026-11-20"),
        nobodys,
        "others' word is not his"
    );
    assert_eq!(held(&sample, &whole, "busy-bus", &[someone("Ben")], "2026-11-20"), nobodys);
    assert_eq!(held(&sample, &whole, "tired", &[], "2026-11-20"), nobodys, "Priya has not said she has it in hand");
    assert_eq!(held(&sample, &whole, "stove", &[], "2026-11-20"), Held::Held);
}

#[test]
fn travel_training_names_nobody_before_ben_agreed_on_the_twentieth() {
    let adult = sample::sample("adult").unwrap();
    let actions = adult.parts.iter().find(|part| part.part.code == "actions").unwrap();
    let fills = |burst: &&sample::Burst, field: &str| {
        burst.writes.iter().any(|write| {
            matches!(write, sample::Write::Fill { item: Some(item), field: of, .. } if item == "travel" && of == field)
        })
    };
    let first = actions.bursts.iter().find(|burst| fills(burst, "what")).unwrap();
    assert!(!fills(&first, "who"));
    let named: Vec<_> = actions.bursts.iter().filter(|burst| fills(burst, "who")).collect();
    let [named] = named[..] else { panic!("{named:?}") };
    assert_eq!(named.by.as_deref(), Some("Ben"));
    assert_eq!(Date::from_days(named.at.unwrap().0.div_euclid(86_400_000)), Some(day("2026-11-20")));
}

#[test]
fn wednesdays_at_four_show_and_only_the_rule_that_should_fires() {
    let sample = Sample::new();
    let incidents = views::incidents(&sample.whole());
    assert_eq!(incidents.len(), 5);
    assert_eq!(happened::by_day_and_hour(&incidents)[2][16], 3);
    let look = |today: &str| {
        happened::triggers(&incidents, &BTreeSet::new(), &BTreeSet::new(), day(today), happened::Thresholds::default())
    };
    assert_eq!(look("2026-11-02"), []);
    assert_eq!(look("2026-11-03"), [Trigger::MoreThanBefore { now: 4, before: 0 }]);
    assert_eq!(
        happened::by_agency(&views::contacts(&sample.whole())),
        [("adult care", 1), ("benefits office", 1), ("gp practice", 2), ("harbour homes", 1), ("transport", 1)]
            .map(|(agency, calls)| (agency.to_owned(), calls))
            .into()
    );
}

#[test]
fn scores_stand_side_by_side_and_are_worth_talking_about() {
    let sample = Sample::new();
    let goals = views::goals(&sample.whole());
    let swim = goals.iter().find(|goal| goal.id == sample.item("swim")).unwrap();
    let last = wishes::last_scores(swim);
    assert_eq!(last, [(someone("Amina"), -1), (someone("Hodan"), -1), (someone("Ben"), 0)].into());
    let scores: Vec<i64> = last.into_values().collect();
    assert!(wishes::worth_talking_about(&scores, wishes::OfTen::Levels));
    let missing = wishes::without_actions(&goals, &views::actions(&sample.whole()));
    assert_eq!(missing, [sample.item("cook")], "nobody does anything for cooking yet");
}

#[test]
fn the_vague_action_is_asked_everything_and_promises_are_told_apart() {
    let sample = Sample::new();
    let actions = views::actions(&sample.whole());
    let found = specific::specific(&actions, specific::Words::english());
    let vague = &found.asks.iter().find(|(action, _)| *action == sample.item("vague")).unwrap().1;
    assert_eq!(vague.len(), 4);
    let most = found.asks.iter().map(|(_, asks)| asks.len()).max();
    assert_eq!(most, Some(4));
    assert!(found.asks.iter().filter(|(action, _)| *action != sample.item("vague")).all(|(_, asks)| asks.len() == 1));
    let promised = promises::promises(&actions, day("2026-12-16"));
    let of = |name: &str| promised.iter().find(|(action, _)| *action == sample.item(name)).map(|(_, promise)| *promise);
    assert_eq!(of("book"), Some(promises::Promise::NotKept));
    assert_eq!(of("frames"), None, "Rosa was only asked");
    assert!(chains::waiting(&actions, &BTreeSet::new(), day("2026-11-20")).is_empty());
}

#[test]
fn joy_was_there_and_nobody_wrote_down_what_she_said() {
    let sample = Sample::new();
    let silent = voices::silent(&views::meetings(&sample.whole()));
    assert_eq!(silent, [(sample.item("september"), vec![someone("Joy")])].into());
}

#[test]
fn the_seven_questions_are_answered_except_for_somebody_for_everything() {
    let sample = Sample::new();
    let found = complete::complete(template("seven-questions").unwrap(), &sample.whole());
    let not_there: Vec<_> = found.iter().filter(|(_, found)| *found != complete::Found::There).collect();
    assert_eq!(not_there, [&("template-asks-who-does-what", complete::Found::Missing)]);
}
