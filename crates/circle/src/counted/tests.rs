//! What counts, compared with the page and with the reference model, each spelled out naively.

use std::collections::BTreeMap;

use proptest::prelude::*;
use seal::{ChainId, Seq};

use super::*;

/// An edit as the naive rules below see it: everything spelled out, nothing shared.
#[derive(Debug, Clone)]
struct Naive {
    hash: EditHash,
    chain: usize,
    number: u64,
    before: Option<usize>,
    after: Vec<usize>,
    past: BTreeSet<usize>,
}

#[derive(Debug, Clone, Default)]
struct World {
    edits: Vec<Naive>,
    tips: BTreeMap<usize, usize>,
}

impl World {
    /// Writes an edit that continues `before` in its chain and builds on these too. `salt` makes its hash.
    fn write(&mut self, chain: usize, before: Option<usize>, on: &[usize], salt: u32) -> usize {
        let mut after: Vec<usize> = on.iter().copied().filter(|on| self.edits[*on].chain != chain).collect();
        after.extend(before);
        after.sort_unstable();
        after.dedup();
        let mut past: BTreeSet<usize> = after.iter().copied().collect();
        for after in &after {
            past.extend(self.edits[*after].past.iter().copied());
        }
        let number = before.map_or(1, |before| self.edits[before].number + 1);
        let named = format!("{chain} {number} {after:?} {salt}");
        let hash = EditHash::new(*blake3::hash(named.as_bytes()).as_bytes());
        if self.edits.iter().any(|edit| edit.hash == hash) {
            return self.write(chain, before, on, salt.wrapping_add(1));
        }
        self.edits.push(Naive { hash, chain, number, before, after, past });
        self.tips.insert(chain, self.edits.len() - 1);
        self.edits.len() - 1
    }

    fn linked(&self) -> Edits {
        let mut edits = Edits::default();
        for edit in &self.edits {
            let after: Vec<EditHash> = edit.after.iter().map(|after| self.edits[*after].hash).collect();
            let chain = ChainId::new([edit.chain as u8; 16]);
            edits.link(chain, Seq::new(edit.number).unwrap(), edit.hash, &after);
        }
        edits
    }

    fn all(&self) -> std::ops::Range<usize> {
        0..self.edits.len()
    }

    fn held(&self, counts: &BTreeSet<usize>) -> BTreeSet<EditHash> {
        self.all().filter(|place| !counts.contains(place)).map(|place| self.edits[place].hash).collect()
    }
}

/// The rules as the page says them, with sets for everything.
fn as_written(world: &World, rights: &Rights, keeps: &[usize]) -> BTreeSet<usize> {
    let edit = |place: usize| &world.edits[place];
    let person = |place: usize| rights.chains[edit(place).chain].map(|right| right.person);
    let holds_twins = |place: usize| {
        let mut with_itself = edit(place).past.clone();
        with_itself.insert(place);
        let names: BTreeSet<_> = with_itself.iter().map(|one| (edit(*one).chain, edit(*one).number)).collect();
        names.len() < with_itself.len()
    };
    let mut losing = BTreeSet::new();
    for one in world.all() {
        let twins =
            world.all().filter(|two| edit(*two).chain == edit(one).chain && edit(*two).before == edit(one).before);
        let support = |place: usize| {
            let builders = world.all().filter(|later| edit(*later).past.contains(&place) && !holds_twins(*later));
            let people: BTreeSet<_> = builders.filter_map(person).collect();
            let others = people.iter().filter(|builder| Some(**builder) != person(place));
            if person(place).is_none() { 0 } else { others.filter(|builder| rights.may_edit[**builder]).count() }
        };
        let winner = twins.min_by_key(|two| (std::cmp::Reverse(support(*two)), edit(*two).hash));
        if winner != Some(one) {
            losing.insert(one);
        }
    }
    let mut sound = BTreeSet::new();
    for place in world.all() {
        let rests = edit(place).after.iter().all(|after| sound.contains(after));
        if rests && person(place).is_some() && !losing.contains(&place) && !holds_twins(place) {
            sound.insert(place);
        }
    }
    let own = |place: usize| sound.contains(&place) && rights.chains[edit(place).chain].is_some_and(|right| right.own);
    let mut counts = BTreeSet::new();
    for place in world.all().filter(|place| sound.contains(place)) {
        let by_another = |later: usize| own(later) && person(later) != person(place);
        let built_on = world.all().any(|later| by_another(later) && edit(later).past.contains(&place));
        let kept = built_on || keeps.iter().any(|head| *head == place || edit(*head).past.contains(&place));
        if (own(place) || kept) && edit(place).after.iter().all(|after| counts.contains(after)) {
            counts.insert(place);
        }
    }
    counts
}

/// `new_rule` of the reference model, word for word: one chain a person, a person either may edit or may not.
fn as_modelled(world: &World, right: &[bool], cut: &BTreeSet<usize>, keepers: &[usize]) -> BTreeSet<usize> {
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
    for keeper in keepers {
        kept.insert(*keeper);
        kept.extend(edit(*keeper).past.iter().copied());
    }
    kept.intersection(&sound).copied().collect()
}

type Step = (u8, u8, u8, u8);

/// Anything goes: chapters, forks at any number, forks of forks, pasts that hold both sides.
fn wild(steps: &[Step], chains: usize) -> World {
    let mut world = World::default();
    for (salt, (chain, from, one, two)) in steps.iter().enumerate() {
        let chain = usize::from(*chain) % chains;
        let own: Vec<usize> = world.all().filter(|place| world.edits[*place].chain == chain).collect();
        let before = match from {
            0..=199 => world.tips.get(&chain).copied(),
            200..=229 => own.get(usize::from(*one) % own.len().max(1)).copied(),
            230..=255 => None,
        };
        let near = |back: u8| world.edits.len().checked_sub(1 + usize::from(back) % 12);
        let on: Vec<usize> = [near(*one), near(*two)].into_iter().flatten().collect();
        world.write(chain, before, &on, salt as u32);
    }
    world
}

/// The world of the model: people write and meet; one is removed by somebody who fell behind; that one forks a first
/// edit late, ground to a lower hash, and back-dates three edits that nobody builds on.
fn modelled(steps: &[Step], people: usize, stale: usize, fork: bool) -> (World, BTreeSet<usize>) {
    let mut world = World::default();
    let mut views: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); people];
    let mut cut = None;
    for (at, (who, act, other, salt)) in steps.iter().enumerate() {
        let (who, other) = (usize::from(*who) % people, usize::from(*other) % people);
        if at + stale >= steps.len() {
            cut.get_or_insert_with(|| views[0].clone());
            if who == 0 || other == 0 {
                continue;
            }
        }
        if *act < 150 {
            let built: BTreeSet<usize> =
                views[who].iter().flat_map(|seen| world.edits[*seen].after.iter().copied()).collect();
            let heads: Vec<usize> = views[who].difference(&built).copied().collect();
            let before = world.tips.get(&who).copied();
            let wrote = world.write(who, before, &heads, u32::from(*salt));
            views[who].insert(wrote);
        } else {
            let both: BTreeSet<usize> = views[who].union(&views[other]).copied().collect();
            (views[who], views[other]) = (both.clone(), both);
        }
    }
    let (liar, cut) = (people - 1, cut.unwrap_or_else(|| views[0].clone()));
    let Some(tip) = world.tips.get(&liar).copied() else { return (world, cut) };
    if fork {
        let first = world.all().find(|place| world.edits[*place].chain == liar).unwrap();
        let (on, hash) = (world.edits[first].after.clone(), world.edits[first].hash);
        for salt in 1_000.. {
            world.write(liar, None, &on, salt);
            if world.edits.last().unwrap().hash < hash {
                break;
            }
            world.edits.pop();
        }
    }
    let mut before = tip;
    for salt in 0..3 {
        before = world.write(liar, Some(before), &[], 2_000 + salt);
    }
    (world, cut)
}

fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    proptest::collection::vec(any::<Step>(), 1..most)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_counts_is_what_the_page_says(
        steps in steps(60),
        chains in proptest::collection::vec((0usize..5, 0u8..8), 8),
        may_edit in proptest::collection::vec(any::<bool>(), 5),
        keeps in proptest::collection::vec(any::<proptest::sample::Index>(), 0..3),
    ) {
        let right = |(person, how): &(usize, u8)| match how {
            0 => None,
            1..=2 => Some(Right { person: *person, own: false }),
            _ => Some(Right { person: *person, own: true }),
        };
        let rights = Rights { chains: chains.iter().map(right).collect(), may_edit };
        let world = wild(&steps, chains.len());
        let keeps: Vec<usize> = keeps.iter().map(|keep| keep.index(world.edits.len())).collect();
        let heads: Vec<EditHash> = keeps.iter().map(|keep| world.edits[*keep].hash).collect();
        let edits = world.linked();
        // `linked` numbers chains as they come; the rights follow.
        let seen: Vec<usize> = world.edits.iter().map(|edit| edit.chain).fold(Vec::new(), |mut seen, chain| {
            if !seen.contains(&chain) {
                seen.push(chain);
            }
            seen
        });
        let given = Rights { chains: seen.iter().map(|chain| rights.chains[*chain]).collect(), ..rights.clone() };
        let counted = decide(&edits, &given, &heads);
        let naive = as_written(&world, &rights, &keeps);
        prop_assert_eq!(counted.held(), &world.held(&naive));

        let mut names = BTreeSet::new();
        for place in naive {
            let edit = &world.edits[place];
            prop_assert!(names.insert((edit.chain, edit.number)), "one side of a fork counts");
            prop_assert!(edit.after.iter().all(|after| counted.counts(&world.edits[*after].hash)), "closed");
        }
    }

    #[test]
    fn what_counts_is_what_the_model_says(
        steps in steps(120), stale in 0usize..60, fork: bool, removed: bool, empty: bool,
    ) {
        let people = 6;
        let (world, cut) = modelled(&steps, people, stale, fork);
        let right: Vec<bool> = (0..people).map(|person| !(removed && person == people - 1)).collect();
        let cut = if removed && !empty { cut } else { BTreeSet::new() };
        let heads: Vec<EditHash> = cut.iter().map(|place| world.edits[*place].hash).collect();
        let model = as_modelled(&world, &right, &cut, &[]);
        let seen: Vec<usize> = world.edits.iter().map(|edit| edit.chain).fold(Vec::new(), |mut seen, chain| {
            if !seen.contains(&chain) {
                seen.push(chain);
            }
            seen
        });
        let chains = seen.iter().map(|person| Some(Right { person: *person, own: right[*person] })).collect();
        let counted = decide(&world.linked(), &Rights { chains, may_edit: right }, &heads);
        prop_assert_eq!(counted.held(), &world.held(&model));
        let honest = world.edits.iter().filter(|edit| edit.chain != people - 1);
        if !fork {
            for edit in honest {
                prop_assert!(counted.counts(&edit.hash), "no removal holds back somebody else's words");
            }
        }
    }

    #[test]
    fn nothing_is_held_back_while_nobody_forks_and_everyone_may(steps in steps(60)) {
        let mut world = World::default();
        for (salt, (chain, _, one, _)) in steps.iter().enumerate() {
            let chain = usize::from(*chain) % 5;
            let on: Vec<usize> = world.edits.len().checked_sub(1 + usize::from(*one) % 9).into_iter().collect();
            let before = world.tips.get(&chain).copied();
            world.write(chain, before, &on, salt as u32);
        }
        let right = Some(Right { person: 0, own: true });
        let rights = Rights { chains: vec![right; 5], may_edit: vec![true] };
        prop_assert!(decide(&world.linked(), &rights, &[]).all());
    }
}
