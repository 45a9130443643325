//! One plan of this device: what is signed about it, its parts, and who is here; and how that is shown.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use circle::{Access, Ledger};
use plan::{Cursor, FieldPath};
use seal::{DeviceId, DocId, PersonId, PlanId, Time};

use crate::{
    change::{Knock, Marks, Member, PlanCard, Presence, Saved, With},
    members::gone,
    open::OpenPart,
};

/// A plan and what is open of it.
pub(crate) struct Shelf {
    pub(crate) plan: PlanId,
    pub(crate) ledger: Arc<Ledger>,
    pub(crate) parts: BTreeMap<DocId, OpenPart>,
    /// Whether all parts are wanted, or only the cover for the list of plans.
    pub(crate) wanted: bool,
    pub(crate) knocks: Vec<Knock>,
    /// Which devices have all of a document.
    pub(crate) having: BTreeMap<DocId, BTreeSet<DeviceId>>,
    pub(crate) here: Vec<(DeviceId, node::Place)>,
    /// What is held back, by document and person.
    pub(crate) held: Vec<node::ask::HeldBack>,
}

impl Shelf {
    pub(crate) fn new(plan: PlanId, ledger: Arc<Ledger>) -> Shelf {
        Shelf {
            plan,
            ledger,
            parts: BTreeMap::new(),
            wanted: false,
            knocks: Vec::new(),
            having: BTreeMap::new(),
            here: Vec::new(),
            held: Vec::new(),
        }
    }

    /// The document that holds a part: the first that was begun, should there ever be two.
    pub(crate) fn doc(&self, code: &str) -> Option<DocId> {
        let of_kind = self.ledger.documents().filter(|document| document.kind == code && document.voice_of.is_none());
        of_kind.min_by_key(|document| (document.since, document.id)).map(|document| document.id)
    }

    pub(crate) fn part(&self, code: &str) -> Option<&OpenPart> {
        self.parts.get(&self.doc(code)?)
    }

    pub(crate) fn part_mut(&mut self, code: &str) -> Option<&mut OpenPart> {
        let doc = self.doc(code)?;
        self.parts.get_mut(&doc)
    }

    /// The parts this device holds, in a plan's order, whether open or not: those it may read, and copies of those it might.
    pub(crate) fn shown(&self, me: DeviceId) -> Vec<(&'static plan::Part, DocId)> {
        let held = |doc: &DocId| self.ledger.may_read(*doc, me) || self.is_kept(*doc, me);
        plan::parts().iter().filter_map(|part| Some((part, self.doc(part.code).filter(held)?))).collect()
    }

    /// The parts this device may read, in a plan's order, whether open or not.
    pub(crate) fn readable(&self, me: DeviceId) -> Vec<(&'static plan::Part, DocId)> {
        let may = |doc: &DocId| self.ledger.may_read(*doc, me);
        plan::parts().iter().filter_map(|part| Some((part, self.doc(part.code).filter(may)?))).collect()
    }

    pub(crate) fn card(&self, me: DeviceId) -> Option<PlanCard> {
        let person = self.ledger.once_of(me)?;
        let gone = if self.ledger.person_of(me).is_some() { None } else { gone(&self.ledger, me) };
        let cover = self.part("cover").and_then(OpenPart::document);
        let line = |code: &str| {
            let cover = cover?;
            let field = FieldPath::new(cover.part(), None, code).ok()?;
            cover.value(field).value().map(ToString::to_string)
        };
        let protected = || self.ledger.people().find(|person| person.standing == circle::Standing::Protected);
        Some(PlanCard {
            id: self.plan,
            title: line("title").unwrap_or_default(),
            whose: line("preferred-name").or_else(|| Some(protected()?.called.name.clone())).unwrap_or_default(),
            me: person,
            gone,
            parts: self.shown(me).into_iter().map(|(part, _)| part.code).collect(),
        })
    }

    pub(crate) fn members(&self, me: DeviceId, world: &World) -> Vec<Member> {
        let belongs = self.belongs(me);
        let mut members: Vec<Member> = self
            .ledger
            .people()
            .map(|person| Member {
                id: person.id,
                name: person.called.name.clone(),
                relationship: person.called.relationship.clone(),
                organisation: person.called.organisation.clone(),
                standing: person.standing,
                me: person.devices.contains(&me),
                online: belongs && person.devices.iter().any(|device| world.online.contains(device)),
                seen: person.devices.iter().filter_map(|device| world.seen.get(device).copied()).max(),
                since: person.since,
            })
            .collect();
        members.sort_by_key(|member| (member.standing, member.since, member.id));
        members
    }

    /// What somebody may do with a part.
    pub(crate) fn access(&self, code: &str, person: PersonId) -> Access {
        self.doc(code).map_or(Access::Nothing, |doc| self.ledger.access(doc, person))
    }

    /// Whether this device is in the circle.
    pub(crate) fn belongs(&self, me: DeviceId) -> bool {
        self.ledger.person_of(me).is_some()
    }

    pub(crate) fn marks(&self, me: DeviceId, world: &World) -> Marks {
        let here = if self.parts.values().any(|part| part.trouble().is_some()) || world.broken {
            Saved::Failed
        } else if self.parts.values().all(OpenPart::is_saved) {
            Saved::All
        } else {
            Saved::Saving
        };
        // Whoever does not belong any more is with nobody here, though a line may still be open for a while.
        let belongs = self.belongs(me);
        let others = self.ledger.devices().filter(|(device, _)| belongs && *device != me);
        let with = others.filter_map(|(device, person)| {
            let theirs: Vec<DocId> = self
                .ledger
                .documents()
                .map(|document| document.id)
                .filter(|doc| self.ledger.may_read(*doc, device))
                .collect();
            if theirs.is_empty() {
                return None;
            }
            let all = theirs.iter().all(|doc| self.having.get(doc).is_some_and(|having| having.contains(&device)));
            Some(With {
                person,
                device,
                all,
                online: world.online.contains(&device),
                seen: world.seen.get(&device).copied(),
            })
        });
        Marks { here, with: with.collect() }
    }

    pub(crate) fn presence(&self, me: DeviceId) -> Vec<Presence> {
        if !self.belongs(me) {
            return Vec::new();
        }
        let mut all = Vec::with_capacity(self.here.len());
        for (device, place) in &self.here {
            let Some(person) = self.ledger.person_of(*device) else { continue };
            let at = self.locate(place);
            all.push(Presence { person, device: *device, at });
        }
        all
    }

    fn locate(&self, place: &node::Place) -> Option<(FieldPath, usize, usize)> {
        let field: FieldPath = place.field.parse().ok()?;
        let document = self.parts.get(&place.doc)?.document()?;
        let (anchor, head) = read_caret(&place.caret)?;
        Some((field, document.position(field, &anchor)?, document.position(field, &head)?))
    }
}

/// What this device knows about the others, whatever the plan.
#[derive(Default)]
pub(crate) struct World {
    pub(crate) online: BTreeSet<DeviceId>,
    /// When each was connected last.
    pub(crate) seen: BTreeMap<DeviceId, Time>,
    /// The store has stopped writing.
    pub(crate) broken: bool,
}

/// Both ends of a selection: | length of the first 1 | first | second |
pub(crate) fn write_caret(anchor: &Cursor, head: &Cursor) -> Vec<u8> {
    let (anchor, head) = (anchor.to_bytes(), head.to_bytes());
    let mut bytes = Vec::with_capacity(1 + anchor.len() + head.len());
    bytes.push(u8::try_from(anchor.len()).expect("a cursor has at most 100 bytes"));
    bytes.extend_from_slice(&anchor);
    bytes.extend_from_slice(&head);
    bytes
}

fn read_caret(bytes: &[u8]) -> Option<(Cursor, Cursor)> {
    let (length, rest) = bytes.split_first()?;
    let (anchor, head) = rest.split_at_checked(usize::from(*length))?;
    Some((Cursor::from_bytes(anchor).ok()?, Cursor::from_bytes(head).ok()?))
}
