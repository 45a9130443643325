//! Edits for tests, with everything spelled out.

use std::collections::{BTreeMap, BTreeSet};

use seal::{ChainId, DeviceId, EditHash, PersonId, Seq};

use crate::{
    counted::{
        Bounds, Look, Rights,
        rights::{Own, Right},
    },
    edits::{Amount, Linked, Links},
};

/// An edit as the naive rules see it: nothing shared.
#[derive(Clone)]
pub(super) struct Naive {
    pub(super) hash: EditHash,
    pub(super) chain: usize,
    pub(super) number: u64,
    pub(super) bytes: u64,
    pub(super) before: Option<usize>,
    pub(super) after: Vec<usize>,
    pub(super) past: BTreeSet<usize>,
}

impl std::fmt::Debug for Naive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Naive { hash, chain, number, before, after, .. } = self;
        f.write_str(&format!("{hash:?}: {number} of chain {chain} after {before:?} on {after:?}"))
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct World {
    pub(super) edits: Vec<Naive>,
    pub(super) tips: BTreeMap<usize, usize>,
}

/// What the statements say about the chains of a world. A chain has a person, one of their devices, and a right.
#[derive(Debug, Clone, Default)]
pub(super) struct Setting {
    pub(super) chains: Vec<Option<(usize, usize, Own)>>,
    pub(super) may_edit: Vec<bool>,
    pub(super) keeps: Vec<usize>,
    pub(super) keeps_by_owners: Vec<usize>,
    pub(super) barred: Vec<usize>,
    pub(super) most: Option<Amount>,
}

impl World {
    /// Writes an edit that continues `before` in its chain and builds on these too. `salt` makes its hash.
    pub(super) fn write(&mut self, chain: usize, before: Option<usize>, on: &[usize], salt: u32) -> usize {
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
        self.edits.push(Naive { hash, chain, number, bytes: 10, before, after, past });
        self.tips.insert(chain, self.edits.len() - 1);
        self.edits.len() - 1
    }

    /// Goes on with a chain.
    pub(super) fn next(&mut self, chain: usize, on: &[usize]) -> usize {
        self.write(chain, self.tips.get(&chain).copied(), on, 0)
    }

    pub(super) fn all(&self) -> std::ops::Range<usize> {
        0..self.edits.len()
    }

    pub(super) fn hash(&self, place: usize) -> EditHash {
        self.edits[place].hash
    }

    pub(super) fn hashes(&self, places: &BTreeSet<usize>) -> BTreeSet<EditHash> {
        places.iter().map(|place| self.hash(*place)).collect()
    }

    pub(super) fn add_to(&self, links: &mut Links, place: usize) -> Linked {
        let edit = &self.edits[place];
        let after: Vec<EditHash> = edit.after.iter().map(|after| self.hash(*after)).collect();
        let bytes = usize::try_from(edit.bytes).unwrap();
        links.add(chain_id(edit.chain), Seq::new(edit.number).unwrap(), edit.hash, &after, bytes)
    }

    /// The rights as the links number their chains.
    pub(super) fn rights(&self, links: &Links, setting: &Setting) -> Rights {
        let chain = |id: ChainId| setting.chains[usize::from(id.as_bytes()[0])];
        let right = |id| {
            let (person, device, own) = chain(id)?;
            Some(Right { person, device: DeviceId::new([device as u8; 32]), own })
        };
        let hashes = |places: &[usize]| places.iter().map(|place| self.hash(*place)).collect::<BTreeSet<EditHash>>();
        Rights {
            chains: links.chains().map(right).collect(),
            people: (0..setting.may_edit.len()).map(person).collect(),
            may_edit: setting.may_edit.clone(),
            kept: hashes(&setting.keeps).union(&hashes(&setting.keeps_by_owners)).copied().collect(),
            kept_by_owners: hashes(&setting.keeps_by_owners),
            barred: hashes(&setting.barred),
            bounds: setting.most.map_or(Bounds::default(), Bounds),
        }
    }

    /// Everything looked at at once.
    pub(super) fn look(&self, setting: &Setting) -> (Links, Look) {
        self.look_at(setting, self.all())
    }

    /// Some of it, in this order, each after what it builds on.
    pub(super) fn look_at(&self, setting: &Setting, places: impl IntoIterator<Item = usize>) -> (Links, Look) {
        let mut links = Links::default();
        for place in places {
            assert_eq!(self.add_to(&mut links, place), Linked::New);
        }
        let mut look = Look::default();
        look.with(&links, self.rights(&links, setting));
        (links, look)
    }

    /// The places of what counts among these.
    pub(super) fn counting(&self, look: &Look, links: &Links) -> BTreeSet<usize> {
        let counts =
            |place: &usize| links.place(&self.hash(*place)).is_some() && look.counted().counts(&self.hash(*place));
        self.all().filter(counts).collect()
    }
}

impl Setting {
    /// One chain and one device for each person, who all may edit.
    pub(super) fn of(people: usize) -> Setting {
        let chains = (0..people).map(|person| Some((person, person, Own::Yes))).collect();
        Setting { chains, may_edit: vec![true; people], ..Setting::default() }
    }

    /// A person may not edit any more, in none of their chapters.
    pub(super) fn without(mut self, who: usize) -> Setting {
        self.may_edit[who] = false;
        for (person, _, own) in self.chains.iter_mut().flatten() {
            if *person == who {
                *own = Own::No(crate::Why::Left);
            }
        }
        self
    }
}

pub(super) fn person(number: usize) -> PersonId {
    PersonId::new([number as u8; 32])
}

fn chain_id(number: usize) -> ChainId {
    ChainId::new([number as u8; 16])
}
