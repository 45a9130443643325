//! Notes: on one device, in no circle.

use super::*;

#[test]
fn notes_are_kept_on_this_device_and_told_to_nobody_not_even_to_another_of_mine() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("amina");
    let mut amina = Seat::new(&home, "Amina");
    let mut tablet = Seat::new(&folder.path().join("tablet"), "Amina");
    let mut hodan = Seat::new(&folder.path().join("hodan"), "Hodan");
    amina.found("Amina's plan");
    amina.invite(&mut hodan, Role::Carer, None);
    amina.link(&mut tablet);
    let plan = amina.plan;
    assert!(!amina.desk.plans()[0].parts.contains(&"mine"), "there are no notes before any are written");
    let mine = plan::part("mine").unwrap();
    let mut written = Written::new();
    let doc = fill_in(&mut amina, mine, None, 0, &mut written);
    let also: FieldPath = "about-me.also".parse().unwrap();
    amina.act(Ask::Set { plan, field: also, fill: Fill::Text("told to all".into()) }).unwrap();
    amina.settle();
    assert!(amina.desk.plans()[0].parts.contains(&"mine"));
    for other in [&mut tablet, &mut hodan] {
        other.until(|desk, _| desk.document(plan, "about-me").is_some_and(|about| about.text(also) == "told to all"));
        let empty = other.document(doc).is_none_or(|notes| {
            written.keys().all(|(_, path)| notes.value(*path).value().is_none() && notes.text(*path).is_empty())
        });
        assert!(empty, "notes are at home on one device only");
        assert!(!other.desk.plans()[0].parts.contains(&"mine"));
    }
    // Nothing is signed about them, so there is nothing to send; and nothing that leaves the program has them.
    let ledger = amina.desk.ledger(plan).unwrap();
    assert!(ledger.documents().all(|document| document.kind != "mine"));
    let opened = amina.desk.node().call(node::ask::Open { plan, doc });
    assert_eq!(opened, Err(node::Refused::NoSuchDocument), "what carries words between devices knows of none");
    assert!(amina.desk.view(plan, None).unwrap().parts.iter().all(|part| part.kind != "mine"));
    // They are there when the home is opened again.
    drop(amina.desk);
    let mut settings = Settings::new(home, Unlock::KeyFile, PROGRAM.into());
    settings.online = false;
    let mut amina = Seat { desk: Desk::open(settings).unwrap(), plan };
    amina.act(Ask::Open { plan }).unwrap();
    amina.settle();
    assert_eq!(missing(&amina, &written), Vec::<String>::new());
    assert!(amina.desk.plans()[0].parts.contains(&"mine"));
}
