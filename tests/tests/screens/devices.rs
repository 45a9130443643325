//! One device of several is removed, mine or somebody else's, and what it linked goes with it.

use super::{
    coming_in::{code, type_code},
    *,
};

/// Adds a device from a window's own page.
pub fn add(from: &mut Window, folder: &Path, name: &str) -> Window {
    press(from, "My page");
    press(from, "Add another device of mine");
    let code = code(from);
    let mut added = type_code(folder, name, &code);
    both(from, &mut added, |from, added| {
        sees(from, "Your other device is one of yours now") && sees(added, "About me")
    });
    added
}

fn devices(seat: &Window, place: usize) -> Vec<desk::Device> {
    let (desk, plan) = (seat.state().room.desk(), plan_of(seat).unwrap());
    let person = alongside_order(desk, plan)[place];
    desk.devices(plan, person)
}

fn alongside_order(desk: &Desk, plan: PlanId) -> Vec<seal::PersonId> {
    let mut people: Vec<_> = desk.people(plan).into_iter().map(|member| (member.since, member.id)).collect();
    people.sort_unstable();
    people.into_iter().map(|(_, person)| person).collect()
}

const REMOVE: &str = "Lost? Remove it …: ";

#[test]
fn a_lost_device_of_mine_goes_with_what_it_linked_and_the_first_stays_out_of_its_reach() {
    let homes = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let mut phone = seat(homes[0].path());
    look_round(&mut phone, "Amina");
    let mut laptop = add(&mut phone, homes[1].path(), "Amina");
    let mut tablet = add(&mut laptop, homes[2].path(), "Amina");
    both(&mut phone, &mut tablet, |phone, _| devices(phone, 0).len() == 3);
    both(&mut phone, &mut tablet, |phone, _| sees(phone, "connected to 2 devices"));
    // Whatever was added with it cannot remove the first one, and says what can.
    until(&mut laptop, "all three", |seat| devices(seat, 0).len() == 3);
    until(&mut laptop, "why not", |seat| sees(seat, "A device cannot remove the one it was added with"));
    assert!(laptop.query_by_label(&format!("{REMOVE}First device")).is_none());

    let all = devices(&phone, 0);
    let first = all.iter().find(|device| device.this).unwrap();
    let lost = all.iter().find(|device| device.linked_by == Some(first.id)).unwrap();
    let button = format!("{REMOVE}“{}”", lost.name);
    until(&mut phone, "the button", |seat| seat.query_all_by_label(&button).next().is_some());
    // Devices that are called the same stand in the order in which they came.
    seat_press_first(&mut phone, &button);
    until(&mut phone, "what it means", |seat| {
        sees(seat, "You stay in the circle, with your other devices") && sees(seat, "Added with it, and going with it")
    });
    press(&mut phone, "Remove the device");
    both(&mut phone, &mut laptop, |phone, laptop| {
        devices(phone, 0).len() == 1 && sees(laptop, "You removed this device from the plan on")
    });
    both(&mut phone, &mut tablet, |_, tablet| sees(tablet, "You removed this device from the plan on"));
    until(&mut phone, "no question", |seat| !sees(seat, "Remove this device:"));
}

#[test]
fn one_device_of_somebody_else_is_removed_and_they_write_on_with_the_other() {
    let homes = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(homes[0].path(), homes[1].path());
    let mut tablet = add(&mut hodan, homes[2].path(), "Hodan");
    both(&mut amina, &mut hodan, |amina, _| devices(amina, 1).len() == 2);
    press(&mut amina, "People");
    press(&mut amina, "More about Hodan");
    let name = devices(&amina, 1).into_iter().find(|device| device.linked_by.is_some()).unwrap().name;
    press(&mut amina, &format!("{REMOVE}“{name}”"));
    until(&mut amina, "what it means", |seat| {
        sees(seat, "Hodan stays in the circle, with the other devices there are")
            && sees(seat, "Whoever has the device keeps the copy on it")
    });
    assert!(!sees(&amina, "Added with it"), "nothing was");
    press(&mut amina, "Remove the device");
    both(&mut amina, &mut tablet, |amina, tablet| {
        devices(amina, 1).len() == 1 && sees(tablet, "Amina removed this device from the plan on")
    });
    stand_in(&mut hodan, ALSO);
    write(&mut hodan, " Still here.");
    both(&mut amina, &mut hodan, |amina, _| also(amina).contains("Still here."));
}

/// Presses the first of several that are called the same.
fn seat_press_first(seat: &mut Window, words: &str) {
    seat.query_all_by_label(words).next().unwrap().click_accesskit();
    seat.step();
    seat.step();
}
