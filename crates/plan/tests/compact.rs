//! The compact form: exactly what its edits make, or it is not opened.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

mod common;

use common::{Device, field, meet, part};
use plan::{
    Document, Someone, Value,
    compact::{self, Exact, Made, Unpacked},
};
use seal::Edit;
use sha2::{Digest as _, Sha256};

/// A part that three devices wrote, partly at the same time.
fn written() -> Device {
    let words = field("about-me.communication");
    let mut amina = Device::maker(part("about-me"));
    let mut others = [Device::beside(&amina, 2), Device::beside(&amina, 3)];
    for round in 0..12 {
        for (n, device) in others.iter_mut().chain([&mut amina]).enumerate() {
            let length = device.document.text_len(words);
            device
                .document
                .splice(words, (round * 7 + n * 3) % (length + 1), usize::from(length > 9), "some words ")
                .unwrap();
            let who = Some(Value::People([Someone::Named(format!("somebody {round}"))].into()));
            device.document.set(field("about-me.helped-by"), who).unwrap();
            device.close();
        }
        let [first, second] = &mut others;
        if round % 2 == 0 {
            meet(first, &mut amina);
        } else {
            meet(second, first);
        }
    }
    let [mut first, mut second] = others;
    meet(&mut amina, &mut first);
    meet(&mut amina, &mut second);
    amina
}

fn resealed(mut document: Vec<u8>) -> Vec<u8> {
    let digest = Sha256::digest(&document[8..]);
    document[4..8].copy_from_slice(&digest[..4]);
    document
}

#[test]
fn what_a_document_saves_unpacks_to_its_edits_and_is_sound() {
    let mut amina = written();
    let saved = amina.document.save_tried().unwrap();
    let again = compact::inflate(&compact::deflate(&saved)).unwrap();
    assert_eq!(again, saved);
    let unpacked = Unpacked::read(&again).unwrap();
    assert_eq!(unpacked.heads(), amina.document.heads());
    let mut hashes: Vec<_> = unpacked
        .edits()
        .iter()
        .map(|bytes| Edit::read(common::DOC, bytes.clone(), plan::door::head).unwrap().hash())
        .collect();
    let mut held: Vec<_> = amina.held.iter().map(|edit| edit.edit().hash()).collect();
    hashes.sort_unstable();
    held.sort_unstable();
    assert_eq!(hashes, held);
    assert!(shows_the_same(&unpacked.made_again().and_then(Made::tried).unwrap(), &mut amina));
    // One that was made from edits alone, or went on from an older one, is no worse.
    let half = amina.held.len() / 2;
    let (older, _) = compact::make(None, &amina.held[..half]).unwrap();
    let (newer, heads) = compact::make(Some(&older), &amina.held[half..]).unwrap();
    assert_eq!(heads, amina.document.heads());
    assert!(shows_the_same(&newer, &mut amina));
}

#[test]
fn what_a_document_saves_is_read_by_us_to_the_very_same_edits() {
    let mut amina = written();
    let saved = amina.document.save();
    let (edits, heads) = Exact::read(common::DOC, &saved).unwrap().into_parts();
    assert_eq!(heads, amina.document.heads());
    let edits: Vec<_> = edits.iter().map(|edit| edit.bytes().clone()).collect();
    assert_eq!(edits, Unpacked::read(&saved).unwrap().edits());
    assert!(compact::stands(&saved));
}

fn shows_the_same(compact: &[u8], device: &mut Device) -> bool {
    let (words, who) = (field("about-me.communication"), field("about-me.helped-by"));
    let opened = Document::load(part("about-me"), common::DOC, Some(compact), &[]).unwrap();
    opened.heads() == device.document.heads()
        && opened.text(words) == device.document.text(words)
        && opened.value(who) == device.document.value(who)
}

#[test]
fn what_is_no_plain_document_alone_is_not_even_tried() {
    let saved = written().document.save_tried().unwrap();
    let twice = [saved.as_slice(), &saved].concat();
    let change = written().held[0].edit().bytes().to_vec();
    for bad in [&saved[..saved.len() - 1], &twice, &change, &[], b"rubbish"] {
        assert_eq!(compact::inflate(&compact::deflate(bad)), None);
    }
    assert_eq!(compact::inflate(&[compact::deflate(&saved), vec![0]].concat()), None);
    // Nor is a bomb.
    let bomb = compact::deflate(&vec![0; plan::limits::COMPACT_BYTES + 1]);
    assert_eq!(compact::inflate(&bomb), None);
}

#[test]
fn whatever_is_changed_in_it_only_its_edits_decide_what_is_shown() {
    let mut amina = written();
    let saved = amina.document.save_tried().unwrap();
    let edits: Vec<_> = Unpacked::read(&saved).unwrap().edits().to_vec();
    let mut others = 0;
    for at in (9..saved.len()).step_by(3) {
        for bit in [0, 4] {
            let mut changed = saved.clone();
            changed[at] ^= 1 << bit;
            let changed = resealed(changed);
            // Reading may panic; outside of this test only a taster does it.
            let tasted = std::panic::catch_unwind(|| {
                let unpacked = Unpacked::read(&changed)?;
                let same = unpacked.edits() == edits;
                unpacked.made_again().and_then(Made::tried).filter(|_| same)
            });
            if let Ok(Some(made)) = tasted {
                assert!(shows_the_same(&made, &mut amina), "{at} {bit}");
                others += 1;
            }
        }
    }
    assert!(others > 0, "some of it was changed and its edits are the same");
}
