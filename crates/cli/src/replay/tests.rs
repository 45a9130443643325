//! Recordings: what is read, what is refused, and what a device is told.

use std::{collections::BTreeSet, sync::Arc};

use serde_json::{Value, json};

use super::{
    recording::{Bad, Recording},
    script::{Names, Script, Told},
};

fn read(json: &Value) -> Result<Recording, Bad> {
    Recording::read(json.to_string().as_bytes())
}

fn transaction(parents: &[usize], agent: usize, patches: &Value) -> Value {
    json!({"parents": parents, "agent": agent, "patches": patches})
}

fn recording(transactions: &[Value]) -> Result<Recording, Bad> {
    read(&json!({"kind": "concurrent", "endContent": "", "numAgents": 2, "txns": transactions}))
}

#[test]
fn what_a_device_must_have_merged_is_a_count_of_each_agents_steps() {
    let read = recording(&[
        transaction(&[], 0, &json!([[0, 0, "ab"]])),
        transaction(&[0], 1, &json!([[2, 0, "c"]])),
        transaction(&[0], 0, &json!([[0, 1, ""]])),
        transaction(&[1, 2], 0, &json!([[0, 0, "x"]])),
    ])
    .unwrap();
    let reach: Vec<Vec<usize>> = read.agents[0].iter().map(|step| step.reach.clone()).collect();
    assert_eq!(reach, [vec![0, 0], vec![1, 0], vec![2, 1]]);
    assert_eq!(read.agents[1][0].reach, [1, 0]);
    assert_eq!((read.all.clone(), read.merges, read.transactions), (vec![3, 1], 2, 4));
}

#[test]
fn a_large_patch_becomes_several_steps_and_an_empty_one_none() {
    let long = "ж".repeat(1_001);
    let read = recording(&[
        transaction(&[], 0, &json!([[0, 0, long]])),
        transaction(&[0], 0, &json!([[0, 0, ""]])),
        transaction(&[1], 1, &json!([[0, 1_001, "new"]])),
    ])
    .unwrap();
    let sizes: Vec<usize> = read.agents[0].iter().map(|step| step.patches[0].2.chars().count()).collect();
    assert_eq!(sizes, [400, 400, 201]);
    let places: Vec<usize> = read.agents[0].iter().map(|step| step.patches[0].0).collect();
    assert_eq!(places, [0, 400, 800]);
    // The first of the steps of one transaction needs its parents; those after it nothing more.
    assert_eq!(read.agents[1][0].reach, [3, 0]);
    let deleted: usize = read.agents[1].iter().flat_map(|step| &step.patches).map(|patch| patch.1).sum();
    assert_eq!(deleted, 1_001);
}

#[test]
fn recordings_that_cannot_have_happened_are_refused_each_with_its_reason() {
    let typed = |parents: &[usize], agent| transaction(parents, agent, &json!([[0, 0, "x"]]));
    assert!(matches!(recording(&[typed(&[1], 0)]), Err(Bad::Parent(0))));
    assert!(matches!(recording(&[typed(&[], 0), typed(&[0], 1), typed(&[1], 5)]), Err(Bad::Agent(2, 2))));
    assert!(matches!(recording(&[typed(&[], 0), typed(&[], 0)]), Err(Bad::NotOneLine(1))));
    let beyond = recording(&[typed(&[], 0), transaction(&[0], 0, &json!([[1, 1, ""]]))]);
    assert!(matches!(beyond, Err(Bad::Beyond(1))));
    let huge = recording(&[transaction(&[], 0, &json!([[usize::MAX, usize::MAX, ""]]))]);
    assert!(matches!(huge, Err(Bad::Beyond(0))));
    let many: Vec<Value> =
        (0..50_000).map(|number: usize| typed(&number.checked_sub(1).into_iter().collect::<Vec<_>>(), 0)).collect();
    assert!(matches!(recording(&many), Err(Bad::TooMany(0))));
    assert!(matches!(read(&json!({"endContent": "", "numAgents": 65, "txns": []})), Err(Bad::Crowd)));
    assert!(matches!(read(&json!({"endContent": "", "txns": [{"agent": 0}]})), Err(Bad::NotOne)));
    assert!(matches!(Recording::read(b"weather"), Err(Bad::NotOne)));
    assert!(matches!(Recording::read(b"{\"endContent\": \"x"), Err(Bad::Damaged)));
    assert!(matches!(Recording::read(&[0x1f, 0x8b, 8, 0, 0]), Err(Bad::Damaged)));
}

#[test]
fn a_session_of_one_writer_needs_no_parents() {
    let read = read(&json!({"startContent": "ab", "endContent": "xab", "txns": [{"patches": [[0, 0, "x"]]}]})).unwrap();
    assert_eq!(read.agents.len(), 1);
    let reach: Vec<_> = read.agents[0].iter().map(|step| step.reach.clone()).collect();
    assert_eq!(reach, [vec![0], vec![1]]);
}

#[test]
fn a_script_taken_up_again_says_the_same_from_there_on() {
    let typed = |parents: &[usize], agent| transaction(parents, agent, &json!([[0, 0, "x"]]));
    let read = recording(&[typed(&[], 0), typed(&[0], 1), typed(&[1], 0), typed(&[2], 0), typed(&[2], 1)]).unwrap();
    let read = Arc::new(read);
    let whole: Vec<Told> = Script::new(read.clone(), 0, 0).collect();
    let typed: Vec<&Told> = whole.iter().filter(|told| matches!(told, Told::Type(_))).collect();
    assert_eq!(typed, [&Told::Type(0..1), &Told::Type(1..3)]);
    let rest: Vec<Told> = Script::new(read.clone(), 0, 2).collect();
    assert_eq!(rest[0], Told::Merge(vec![0, 1]));
    assert_eq!(rest[1], Told::Type(2..3));
    // Whoever only reads merges all of it at once.
    assert_eq!(Script::new(read, 7, 0).next(), Some(Told::Merge(vec![3, 2])));
}

#[test]
fn names_turn_steps_into_edits() {
    let names = Names { plan: "p".into(), devices: vec!["a".into(), "b".into(), "c".into()], base: vec![2, 0] };
    assert_eq!(names.upto(&vec![3, 0]), "a:5");
    assert_eq!(names.write(&Told::Merge(vec![0, 4]), &[]), "merge p about-me --upto a:2,b:4");
    let read = recording(&[transaction(&[], 0, &json!([[0, 0, "say \"hi\"\n"]]))]).unwrap();
    let line = names.write(&Told::Type(0..1), &read.agents[0]);
    let words = crate::line::part(&line).unwrap();
    assert_eq!(words[..4], ["splice", "p", "about-me.important", "--steps"]);
    let steps: Vec<Vec<(usize, usize, String)>> = serde_json::from_str(&words[4]).unwrap();
    assert_eq!(steps, [[(0, 0, "say \"hi\"\n".to_owned())]]);
    let every: BTreeSet<&str> = words.iter().map(String::as_str).collect();
    assert_eq!(every.len(), 5);
}
