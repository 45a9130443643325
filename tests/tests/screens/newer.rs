//! Versions that meet: somebody uses a newer Alongside than I do.

use super::{parts::says, *};

#[test]
fn a_part_of_a_newer_version_is_named_kept_and_passed_on() {
    let homes = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let (mut amina, mut hodan) = together(homes[0].path(), homes[1].path());
    let plan = plan_of(&amina).unwrap();
    let hodans = hodan.state().room.desk().people(plan).into_iter().find(|member| member.me).unwrap().id;
    // What a newer version on Amina's device would do.
    let given = node::ask::Given {
        who: circle::Who::Person(hodans),
        access: circle::Access::Edit,
        why: String::new(),
        basis: String::new(),
        until: None,
    };
    let songs =
        node::ask::NewDocument { kind: "songs".to_owned(), belongs: node::ask::Belongs::ToThePlan, given: vec![given] };
    amina.state().room.desk().node().call(node::ask::NewDocuments { plan, documents: vec![songs] }).unwrap();
    for seat in [&mut amina, &mut hodan] {
        press(seat, "Parts of this plan");
    }
    both(&mut amina, &mut hodan, |amina, hodan| {
        [amina, hodan].into_iter().all(|seat| sees(seat, "From a newer version") && says(seat, "songs"))
    });
    // Programs hear of it too, and paper says what it is.
    let desk = hodan.state().room.desk();
    let view = desk.view(plan, None).unwrap();
    let part = view.parts.iter().find(|part| part.kind == "songs").unwrap();
    assert_eq!((part.access.as_str(), part.fields.len()), ("edit", 0));
    assert!(exchange::html(&view, "").contains("This part is from a newer version of Alongside"));
}
