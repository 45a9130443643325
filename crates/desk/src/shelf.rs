//! One plan of this device: what is signed about it, its parts, and who is here; and how that is shown.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use circle::{Access, Ledger};
use plan::{Copies, Cursor, FieldPath, Opens, Part};
use seal::{DeviceId, DocId, FileId, PersonId, PlanId, Time};

use crate::{
    change::{Knock, Marks, Member, PlanCard, Presence, Saved, With},
    members::gone,
    once::Once,
    open::{OpenPart, notes_of},
};

/// Another device that may read something, whose it is, and whether it has all of it.
type Having = (DeviceId, PersonId, bool);

/// A plan and what is open of it.
pub(crate) struct Shelf {
    pub(crate) plan: PlanId,
    pub(crate) me: DeviceId,
    pub(crate) ledger: Arc<Ledger>,
    pub(crate) parts: BTreeMap<DocId, OpenPart>,
    /// Whether all parts are wanted, or only the cover for the list of plans.
    pub(crate) wanted: bool,
    pub(crate) knocks: Vec<Knock>,
    /// Where each attached file stands.
    pub(crate) files: BTreeMap<FileId, node::ask::FileState>,
    /// Which devices have all of a document, and how often that was told.
    having: BTreeMap<DocId, BTreeSet<DeviceId>>,
    told_having: u64,
    pub(crate) here: Vec<(DeviceId, node::Place)>,
    /// What is held back, by document and person.
    pub(crate) held: Vec<node::ask::HeldBack>,
    /// Counts every change of what is signed, and of which documents are open.
    pub(crate) revision: u64,
    /// The other devices that may read something, with whose they are and whether they have all of it. The status line asks in
    /// every frame, and it costs devices times documents.
    whole: Once<(u64, u64), Vec<Having>>,
    /// The codes of the parts this device holds, notes left out.
    codes: Once<u64, Vec<&'static str>>,
}

impl Shelf {
    pub(crate) fn new(plan: PlanId, me: DeviceId, ledger: Arc<Ledger>) -> Shelf {
        Shelf {
            plan,
            me,
            ledger,
            parts: BTreeMap::new(),
            wanted: false,
            knocks: Vec::new(),
            files: BTreeMap::new(),
            having: BTreeMap::new(),
            told_having: 0,
            here: Vec::new(),
            held: Vec::new(),
            revision: 0,
            whole: Once::default(),
            codes: Once::default(),
        }
    }

    /// Which devices have all of a document now.
    pub(crate) fn have(&mut self, doc: DocId, having: BTreeSet<DeviceId>) {
        self.having.insert(doc, having);
        self.told_having += 1;
    }

    /// The document that a part's code names, where new records go. Of several mine, then one I may write in, then one I may
    /// see, and of those the first begun: when, and its id, stand in what was signed, so all devices that may do the same
    /// write in the same. Of a voice, my own about that part.
    pub(crate) fn doc(&self, code: &str) -> Option<DocId> {
        if let Some(about) = code.strip_suffix(plan::VOICE) {
            return self.my_voice(self.doc(about)?);
        }
        let part = plan::part(code)?;
        if part.opens == Opens::OnThisDevice {
            return Some(notes_of(self.plan));
        }
        let me = self.ledger.once_of(self.me);
        let mine = |document: &&circle::Document| part.copies == Copies::EachOwner && document.owner == me;
        let first = |document: &&circle::Document| {
            let access = me.map_or(Access::Nothing, |me| self.ledger.access(document.id, me));
            let may_read = self.ledger.may_read(document.id, self.me);
            (!mine(document), access < Access::Edit, !may_read, document.since, document.id)
        };
        self.of_kind(code).min_by_key(first).map(|document| document.id)
    }

    /// Every document of a part that this device holds, the first begun first.
    pub(crate) fn docs(&self, code: &str) -> Vec<DocId> {
        let mut held: Vec<_> = self
            .of_kind(code)
            .filter(|document| self.is_held(document.id))
            .map(|document| (document.since, document.id))
            .collect();
        held.sort_unstable();
        held.into_iter().map(|(_, doc)| doc).collect()
    }

    fn of_kind(&self, code: &str) -> impl Iterator<Item = &circle::Document> {
        self.ledger.documents().filter(move |document| document.kind == code && document.voice_of.is_none())
    }

    /// My own voice about a document: the first begun, should two of my devices have begun one apart.
    pub(crate) fn my_voice(&self, about: DocId) -> Option<DocId> {
        self.my_voices(about).first().copied()
    }

    /// All of my voices about a document, the first begun first.
    pub(crate) fn my_voices(&self, about: DocId) -> Vec<DocId> {
        self.ledger.once_of(self.me).map_or_else(Vec::new, |me| self.voices_of(me, about))
    }

    /// All of somebody's voices about a document, the first begun first.
    pub(crate) fn voices_of(&self, person: PersonId, about: DocId) -> Vec<DocId> {
        let theirs = self.ledger.documents().filter(|document| document.voice_of == Some((person, about)));
        let mut voices: Vec<_> = theirs.map(|document| (document.since, document.id)).collect();
        voices.sort_unstable();
        voices.into_iter().map(|(_, doc)| doc).collect()
    }

    /// Everybody's voices about a document that this device holds, by person, each person's first begun first.
    pub(crate) fn voices(&self, about: DocId) -> Vec<(PersonId, DocId)> {
        let of = |document: &circle::Document| {
            let (person, part) = document.voice_of?;
            (part == about && self.is_held(document.id)).then_some((person, document.since, document.id))
        };
        let mut voices: Vec<_> = self.ledger.documents().filter_map(of).collect();
        voices.sort_unstable();
        voices.into_iter().map(|(person, _, doc)| (person, doc)).collect()
    }

    /// What a document is, by its description; a voice is described by the part it is about.
    pub(crate) fn describe(&self, doc: DocId) -> Option<&'static Part> {
        if doc == notes_of(self.plan) {
            return notes();
        }
        let document = self.ledger.document(doc)?;
        let part = plan::part(&document.kind).filter(|part| !part.is_voice())?;
        if document.voice_of.is_some() { part.voice } else { Some(part) }
    }

    pub(crate) fn part(&self, code: &str) -> Option<&OpenPart> {
        self.parts.get(&self.doc(code)?)
    }

    pub(crate) fn part_mut(&mut self, code: &str) -> Option<&mut OpenPart> {
        let doc = self.doc(code)?;
        self.parts.get_mut(&doc)
    }

    /// Whether this device has a document: it may read it, or keeps a copy of what it might.
    fn is_held(&self, doc: DocId) -> bool {
        self.ledger.may_read(doc, self.me) || self.is_kept(doc, self.me)
    }

    /// The documents this device holds, in a plan's order, whether open or not; without voices and notes.
    pub(crate) fn shown(&self) -> Vec<(&'static Part, DocId)> {
        let of_part = |part: &'static Part| self.docs(part.code).into_iter().map(move |doc| (part, doc));
        plan::parts().iter().flat_map(of_part).collect()
    }

    /// Everything that is to be open: the documents this device holds, the voices about them, and notes.
    pub(crate) fn all(&self) -> Vec<(&'static Part, DocId)> {
        let mut all = self.shown();
        let voices = |(part, doc): &(&'static Part, DocId)| {
            let voice = part.voice;
            self.voices(*doc).into_iter().filter_map(move |(_, of)| Some((voice?, of))).collect::<Vec<_>>()
        };
        let voices: Vec<_> = all.iter().flat_map(voices).collect();
        all.extend(voices);
        all.extend(notes().map(|part| (part, notes_of(self.plan))));
        all
    }

    /// Documents this device holds whose part only a newer version knows. They are kept and passed on like all others.
    pub(crate) fn newer(&self) -> impl Iterator<Item = &circle::Document> {
        let is_newer = |document: &&circle::Document| {
            document.voice_of.is_none() && plan::part(&document.kind).is_none() && self.is_held(document.id)
        };
        self.ledger.documents().filter(is_newer)
    }

    /// The documents that are mine to share, in a plan's order; of those that begin anew with each quarter the last, for who
    /// comes now is not given what happened before.
    pub(crate) fn to_share(&self) -> Vec<(&'static Part, DocId)> {
        let Some(me) = self.ledger.person_of(self.me) else { return Vec::new() };
        let owns_the_plan = self.ledger.standing(me).is_some_and(circle::Standing::owns_the_plan);
        let mine = |doc: &DocId| match self.ledger.document(*doc) {
            Some(document) => document.owner.map_or(owns_the_plan, |owner| owner == me),
            None => false,
        };
        let of_part = |part: &'static Part| {
            let mut docs: Vec<DocId> = self.docs(part.code).into_iter().filter(mine).collect();
            if part.copies == Copies::EachQuarter {
                docs = docs.split_off(docs.len().saturating_sub(1));
            }
            docs.into_iter().map(move |doc| (part, doc)).collect::<Vec<_>>()
        };
        plan::parts().iter().flat_map(of_part).collect()
    }

    /// Counts up whenever anything that is shown of the plan changes.
    pub(crate) fn revision(&self) -> u64 {
        self.parts.values().map(|part| part.revision).sum::<u64>() + self.revision
    }

    /// Opens what is held and puts away what may no longer be. `only` says which of them are wanted now.
    pub(crate) fn open_all(&mut self, only: impl Fn(&'static Part, DocId) -> bool) {
        let all = self.all();
        self.parts.retain(|doc, open| {
            let stays = all.iter().any(|(_, known)| known == doc);
            // The sum must not come back to what it was.
            self.revision += if stays { 0 } else { open.revision + 1 };
            stays
        });
        for (part, doc) in all {
            if self.parts.contains_key(&doc) || !only(part, doc) {
                continue;
            }
            let open = match part.opens {
                Opens::OnThisDevice => OpenPart::notes(self.plan, self.me, part),
                Opens::WithThePlan | Opens::WhenUsed => OpenPart::new(self.plan, doc, part),
            };
            self.parts.insert(doc, open);
        }
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
            parts: self.codes(),
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

    /// The codes of the parts there are, in a plan's order; notes are there once they are begun.
    fn codes(&self) -> Vec<&'static str> {
        let held = self.codes.of(self.revision, || {
            let held = plan::parts().iter().filter(|part| part.opens != Opens::OnThisDevice);
            held.map(|part| part.code).filter(|code| !self.docs(code).is_empty()).collect()
        });
        let notes = self.parts.get(&notes_of(self.plan)).is_some_and(OpenPart::are_begun);
        let is_there = |part: &&'static Part| match part.opens {
            Opens::OnThisDevice => notes,
            Opens::WithThePlan | Opens::WhenUsed => held.contains(&part.code),
        };
        plan::parts().iter().filter(is_there).map(|part| part.code).collect()
    }

    /// What somebody may do with a document. Notes are for whoever sits here, and for nobody else.
    pub(crate) fn access(&self, doc: DocId, person: PersonId) -> Access {
        if doc == notes_of(self.plan) {
            let mine = self.ledger.once_of(self.me) == Some(person);
            return if mine { Access::Edit } else { Access::Nothing };
        }
        self.ledger.access(doc, person)
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
        let whole = self.whole.of((self.revision, self.told_having), || self.have_all(me));
        let with = whole.into_iter().map(|(device, person, all)| With {
            person,
            device,
            all,
            online: world.online.contains(&device),
            seen: world.seen.get(&device).copied(),
        });
        Marks { here, with: with.collect() }
    }

    /// The other devices that may read something, and whether they have all of it. Whoever does not belong any more is with
    /// nobody here, though a line may still be open for a while.
    fn have_all(&self, me: DeviceId) -> Vec<Having> {
        let belongs = self.belongs(me);
        let others = self.ledger.devices().filter(|(device, _)| belongs && *device != me);
        let whole = others.filter_map(|(device, person)| {
            let docs = self.ledger.documents().map(|document| document.id);
            let mut theirs = docs.filter(|doc| self.ledger.may_read(*doc, device)).peekable();
            theirs.peek()?;
            let all = theirs.all(|doc| self.having.get(&doc).is_some_and(|having| having.contains(&device)));
            Some((device, person, all))
        });
        whole.collect()
    }

    pub(crate) fn presence(&self, me: DeviceId) -> Vec<Presence> {
        if !self.belongs(me) {
            return Vec::new();
        }
        let mut all = Vec::with_capacity(self.here.len());
        for (device, place) in &self.here {
            let Some(person) = self.ledger.person_of(*device) else { continue };
            let at = self.locate(place);
            all.push(Presence { person, device: *device, doc: place.doc, at });
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

/// The part that is only on this device.
fn notes() -> Option<&'static Part> {
    plan::parts().iter().find(|part| part.opens == Opens::OnThisDevice)
}

/// What this device knows about the others, whatever the plan.
#[derive(Default, Clone)]
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
