//! A change that a device cannot show: it shows the rest, says so, and an owner sets it aside. The trial that fails is planted.

use plan::planted::BREAKS;

use super::*;

#[test]
fn a_part_with_a_change_that_cannot_be_shown_is_read_only_until_an_owner_sets_it_aside() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    for seat in [&mut amina, &mut hodan] {
        stand_in(seat, ALSO);
    }
    let before = also(&amina);
    write(&mut hodan, BREAKS);
    let sentence = "Somebody’s change to this part cannot be shown on this device";
    both(&mut amina, &mut hodan, |amina, _| sees(amina, sentence) && sees(amina, "It is from Hodan"));
    assert_eq!(also(&amina), before, "what was there is shown");
    assert!(amina.query_by_role_and_label(Role::MultilineTextInput, ALSO).is_none(), "and cannot be written in");
    // What others write apart from it is not stopped.
    press(&mut amina, "What I want");
    until(&mut amina, "another part", |seat| sees(seat, "“I want to swim once a week”") && !sees(seat, sentence));

    press(&mut amina, "About me");
    press(&mut amina, "Set the change aside");
    both(&mut amina, &mut hodan, |amina, hodan| {
        let writes = |seat: &Window| seat.query_by_role_and_label(Role::MultilineTextInput, ALSO).is_some();
        !sees(amina, sentence) && writes(amina) && writes(hodan) && also(hodan) == before
    });
    stand_in(&mut amina, ALSO);
    write(&mut amina, " Written on.");
    both(&mut amina, &mut hodan, |_, hodan| also(hodan).contains("Written on.") && !also(hodan).contains(BREAKS));
    press(&mut hodan, "History");
    until(&mut hodan, "that it was set aside", |seat| sees(seat, "it cannot be shown"));
}
