//! Nobody is waited for without end who begins something and does not go on.

use super::*;
use crate::{
    limits::{HANDSHAKE, MESSAGE},
    message::Hello,
};

const ANN: usize = 0;
const BEN: usize = 1;
const MAL: usize = 2;

#[test]
fn who_proves_nothing_is_parted_from_after_ten_seconds_whatever_else_they_say() {
    for chatty in [false, true] {
        let mut world = World::of(2);
        world.found(ANN);
        world.settle();
        let link = world.connect(ANN, BEN);
        let (_, met) = world.mail.pop_front().expect("ann's end comes first");
        world.handle(ANN, met);
        world.mail.clear();
        let began = world.now;
        for second in 1..10 {
            world.now = began.plus(second * HANDSHAKE / 10);
            if chatty {
                let hello = Message::Hello(Hello { salt: [second as u8; 16], plans: vec![[second as u8; 16]] });
                world.handle(ANN, Input::Heard(link, hello.frame().expect("it fits")));
            }
            world.handle(ANN, Input::Woke);
            // Who names other plans may be told sooner that there is nothing in common.
            assert!(chatty || world.parted.is_empty(), "after {second} seconds");
        }
        let wake = world.devices[ANN].sync.next_wake();
        assert!(!world.parted.is_empty() || wake.is_some_and(|at| at <= began.plus(HANDSHAKE)), "it wakes for that");
        world.now = began.plus(HANDSHAKE);
        world.handle(ANN, Input::Woke);
        assert_eq!(world.parted.len(), 1, "chatty: {chatty}");
        assert!(chatty || world.parted == [(ANN, Because::Slow)]);
    }
}

#[test]
fn a_run_that_is_begun_and_never_signed_is_let_go_after_half_a_minute() {
    let mut world = World::of(3);
    let plan = world.found(ANN);
    let doc = world.open(ANN, plan, Access::Edit);
    world.meet(ANN, &[BEN, MAL], plan);
    world.cut_all();
    let link = world.connect(MAL, BEN);
    world.settle();
    let edits = world.made_by(MAL, plan, doc, None, 200, &[]);
    world.say_run(link, BEN, doc, &edits);
    // The last frame holds the signature, and never comes.
    world.mail.pop_back();
    while let Some((who, input)) = world.mail.pop_front() {
        world.handle(who, input);
    }
    let began = world.now;
    world.now = began.plus(MESSAGE - 1);
    world.handle(BEN, Input::Woke);
    assert_eq!(world.parted, []);
    assert!(world.devices[BEN].sync.next_wake().is_some_and(|at| at <= began.plus(MESSAGE)), "it wakes for that");
    world.now = began.plus(MESSAGE);
    world.handle(BEN, Input::Woke);
    assert_eq!(world.parted, [(BEN, Because::Slow)]);
    world.settle();
    assert!(world.devices[BEN].sync.edits(plan, doc).is_empty(), "nothing unsigned is kept");

    // Nobody holds it against them: a line may be slow.
    let link = world.connect(MAL, BEN);
    world.settle();
    world.say_run(link, BEN, doc, &edits);
    world.settle();
    assert_eq!(world.devices[BEN].sync.edits(plan, doc).len(), 200);
    assert_eq!(world.parted.len(), 1);
}
