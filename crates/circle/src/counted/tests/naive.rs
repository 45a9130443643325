//! The rules as the page says them, with sets for everything: slow, and written to be compared with the page.

use std::collections::{BTreeMap, BTreeSet};

use super::world::{Setting, World};
use crate::{
    counted::rights::Own,
    edits::Amount,
    limits::{DEVICE_BYTES, DEVICE_EDITS},
};

/// What counts.
pub(super) fn as_written(world: &World, setting: &Setting) -> BTreeSet<usize> {
    let edit = |place: usize| &world.edits[place];
    let author = |place: usize| setting.chains[edit(place).chain];
    let person = |place: usize| author(place).map(|(person, ..)| person);
    let with_itself = |place: usize| {
        let mut past = edit(place).past.clone();
        past.insert(place);
        past
    };
    let is_under = |head: usize, place: usize| with_itself(head).contains(&place);
    let twins = |place: usize| -> Vec<usize> {
        let one = edit(place);
        world.all().filter(|two| edit(*two).chain == one.chain && edit(*two).before == one.before).collect()
    };

    let holds_twins = |place: usize| {
        let past = with_itself(place);
        let names: BTreeSet<_> = past.iter().map(|one| (edit(*one).chain, edit(*one).number)).collect();
        names.len() < past.len()
    };
    let most = setting.most.unwrap_or(Amount { edits: DEVICE_EDITS, bytes: DEVICE_BYTES });
    let too_much = |place: usize| {
        let device = |place: usize| author(place).map(|(_, device, _)| device);
        let own: Vec<usize> = with_itself(place).into_iter().filter(|one| device(*one) == device(place)).collect();
        let bytes: u64 = own.iter().map(|one| edit(*one).bytes).sum();
        device(place).is_some() && (own.len() as u64 > most.edits || bytes > most.bytes)
    };
    let well_formed: BTreeSet<usize> = world
        .all()
        .filter(|place| with_itself(*place).iter().all(|one| !holds_twins(*one) && !too_much(*one)))
        .collect();

    let supports = |place: usize| {
        let may = person(place).is_some_and(|person| setting.may_edit[person]);
        may && well_formed.contains(&place)
    };
    let mut losing = BTreeSet::new();
    for one in world.all() {
        let side = |two: &usize| {
            let by_owner = setting.keeps_by_owners.iter().any(|head| is_under(*head, *two));
            let builders = world.all().filter(|later| edit(*later).past.contains(two) && supports(*later));
            let others: BTreeSet<_> = builders.map(person).filter(|builder| *builder != person(*two)).collect();
            let support = if person(*two).is_none() { 0 } else { others.len() };
            (std::cmp::Reverse((by_owner, support)), edit(*two).hash)
        };
        if twins(one).into_iter().min_by_key(side) != Some(one) {
            losing.insert(one);
        }
    }

    let mut sound = BTreeSet::new();
    for place in world.all() {
        let rests = edit(place).after.iter().all(|after| sound.contains(after));
        let barred = setting.barred.contains(&place);
        if rests && person(place).is_some() && well_formed.contains(&place) && !barred && !losing.contains(&place) {
            sound.insert(place);
        }
    }
    let own = |place: usize| sound.contains(&place) && author(place).is_some_and(|(.., own)| own == Own::Yes);
    let mut counts = BTreeSet::new();
    for place in sound.iter().copied() {
        let built_on = world.all().any(|later| own(later) && edit(later).past.contains(&place));
        let mut keeps = setting.keeps.iter().chain(&setting.keeps_by_owners);
        let kept = built_on || keeps.any(|head| is_under(*head, place));
        if own(place) || kept {
            counts.insert(place);
        }
    }
    counts
}

/// `new_rule` of the reference model, word for word: one chain a person, a person either may edit or may not.
pub(super) fn as_modelled(world: &World, right: &[bool], cut: &BTreeSet<usize>) -> BTreeSet<usize> {
    let edit = |place: usize| &world.edits[place];
    let mut siblings: BTreeMap<(usize, u64), Vec<usize>> = BTreeMap::new();
    for place in world.all() {
        siblings.entry((edit(place).chain, edit(place).number)).or_default().push(place);
    }
    let mut lose: BTreeSet<usize> = BTreeSet::new();
    for group in siblings.values().filter(|group| group.len() > 1) {
        let support = |x: usize| {
            let builders = world
                .all()
                .filter(|e| right[edit(*e).chain] && edit(*e).chain != edit(x).chain && edit(*e).past.contains(&x));
            builders.map(|e| edit(e).chain).collect::<BTreeSet<_>>().len()
        };
        let winner = group.iter().min_by_key(|x| (std::cmp::Reverse(support(**x)), edit(**x).hash));
        lose.extend(group.iter().filter(|x| Some(*x) != winner).copied());
    }
    let mut sound = BTreeSet::new();
    for place in world.all() {
        if !lose.contains(&place) && edit(place).after.iter().all(|after| sound.contains(after)) {
            sound.insert(place);
        }
    }
    let mut kept = cut.clone();
    for place in world.all().filter(|place| right[edit(*place).chain] && sound.contains(place)) {
        kept.insert(place);
        kept.extend(edit(place).past.iter().copied());
    }
    kept.intersection(&sound).copied().collect()
}
