//! One document's graph: who opened it, who may do what with it, and in which chapters its edits are written.
//!
//! Read after the circle and given it, never the other way round. Whether a statement may be made is judged by its own past
//! alone, so that every device refuses the same ones; whether it is in effect, by the circle and by the Keeps that cover it.

mod effect;
mod keeping;
mod keys;
mod sharing;

use std::collections::BTreeMap;

use seal::{Author, ChainId, ChapterId, DeviceId, DocId, EditHash, PersonId, chain_id};

pub use self::keeping::Kept;
use self::sharing::Shares;
use crate::{
    body::{Act, Body, NewDocument, RULES, Standing, Who},
    circle::{Circle, DeviceGrant, Ground, Rests},
    dag::{Dag, Past, Place},
    ledger::{Denied, Document},
    room::{Part, Room, Speaker, Wanted, takes},
    statement::Statement,
};

/// One document's graph and what follows from it, the circle given.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    about: Document,
    dag: Dag,
    said: Vec<Said>,
    /// What this version does not understand, and whatever was said on top of it.
    opaque: Past,
    room: Room,
    chains: BTreeMap<ChainId, Chapter>,
    renews: BTreeMap<DeviceId, Vec<Place>>,
    /// What was said about whom, as far as it is in effect.
    shares: BTreeMap<Who, Shares>,
}

/// By what right a placed statement was made, and whether that stands.
#[derive(Debug, Clone)]
struct Said {
    rests: Option<Rests>,
    in_effect: bool,
}

/// Where a chain's chapter was opened.
#[derive(Debug, Clone)]
struct Chapter {
    author: Author,
    person: PersonId,
    opened: Opened,
}

#[derive(Debug, Clone)]
enum Opened {
    /// By what gave the device its place in the circle.
    InCircle(Place),
    /// By a Renew here.
    Here { place: Place, rests: Rests, seen: Past },
}

/// What somebody may do by the grants a statement names and by what its issuer had seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// The document is theirs.
    Owning,
    /// They let people in.
    Coordinating,
    /// They may do so much as was shared with them.
    Sharing,
}

impl Sheet {
    /// A document as its NewDocument begins it.
    pub(crate) fn open(statement: Statement, circle: &Circle) -> Result<Sheet, Denied> {
        let rests = Sheet::weigh_opening(statement.body(), circle)?;
        let Act::NewDocument(new) = statement.act() else { return Err(Denied::NoGrant) };
        let NewDocument { rules, kind, nonce: _, owner, voice_of } = new.clone();
        let id = DocId::from(statement.id());
        let since = statement.body().at;
        let opened_by = rests.map(|rests| rests.device.person);
        let mut sheet = Sheet {
            about: Document { id, kind, owner, voice_of, opened_by, since, rules },
            dag: Dag::default(),
            said: vec![Said { rests, in_effect: false }],
            opaque: Past::default(),
            room: Room::default(),
            chains: BTreeMap::new(),
            renews: BTreeMap::new(),
            shares: BTreeMap::new(),
        };
        let place = sheet.dag.add(statement);
        if rules > RULES || rests.is_none() {
            sheet.opaque.insert(place);
        }
        for (place, grant) in circle.device_grants() {
            sheet.welcome(grant, place, circle);
        }
        Ok(sheet)
    }

    /// Whether a body may begin a document; nothing if it rests on what this version does not understand.
    pub(crate) fn weigh_opening(body: &Body, circle: &Circle) -> Result<Option<Rests>, Denied> {
        let Act::NewDocument(new) = &body.act else { return Err(Denied::NoGrant) };
        let past = circle.dag().under(&body.circle_after);
        let rests = match circle.ground(body, &past)? {
            Ground::Firm(rests) => rests,
            Ground::Unknown => return Ok(None),
        };
        let own = rests.device.person;
        let theirs = match (new.owner, new.voice_of) {
            (None, None) => rests.standing.standing.may_open_for_the_plan(),
            (Some(owner), None) => owner == own,
            (Some(owner), Some((voice, _))) => owner == own && voice == own,
            (None, Some(_)) => false,
        };
        if theirs { Ok(Some(rests)) } else { Err(Denied::Standing) }
    }

    /// What is known of the document.
    pub(crate) fn about(&self) -> &Document {
        &self.about
    }

    /// The graph as it is.
    pub(crate) fn dag(&self) -> &Dag {
        &self.dag
    }

    /// Whether it holds something this version does not understand, by somebody from whom nothing took the right to say it.
    pub(crate) fn is_read_only(&self) -> bool {
        let newer = |(place, said): (Place, &Said)| said.in_effect && self.opaque.has(place);
        self.opaque.has(0) || self.said.iter().enumerate().any(newer)
    }

    /// What this version does not understand; it names none of it.
    pub(crate) fn opaque(&self) -> &Past {
        &self.opaque
    }

    /// Whether the statement at a place is in effect, as far as this version understands it.
    pub(crate) fn in_effect(&self, place: Place) -> bool {
        self.said[place].in_effect && !self.opaque.has(place)
    }

    /// Whether a body could be added: by what right, or nothing if that cannot be judged here.
    ///
    /// A kind that is unknown here needs the right to write: else whoever may read could make the document read-only for
    /// everybody.
    pub(crate) fn weigh(&self, body: &Body, circle: &Circle) -> Result<Option<Rests>, Denied> {
        let past = circle.dag().under(&body.circle_after);
        let rests = match circle.ground(body, &past)? {
            Ground::Firm(rests) => rests,
            Ground::Unknown => {
                self.room.allows(self.speaker(None, &body.act), &self.dag.under(&body.after))?;
                return Ok(None);
            }
        };
        let under = self.dag.under(&body.after);
        self.room.allows(self.speaker(Some(&rests), &body.act), &under)?;
        if under.meets(&self.opaque) {
            return Ok(Some(rests));
        }
        let by = self.by(&rests);
        let owns = by == By::Owning;
        let may = match &body.act {
            Act::Share(_) | Act::Unshare(_) | Act::Refuse(_) | Act::Bar(_) => owns,
            // Only who may edit opens chapters and makes keys: a graph has room for so many statements, and an owner's Share
            // must find some.
            Act::Renew(_) | Act::NewKey(_) | Act::Unknown { .. } => {
                owns || self.was_shared_edit(rests.device.person, &under)
            }
            // Who may edit a voice's part is said in another graph, which this statement does not name: any of the circle may
            // sign one, and it is in effect while they may.
            Act::Keep(_) => {
                let voice = self.about.voice_of.is_some();
                by != By::Sharing || voice || self.was_shared_edit(rests.device.person, &under)
            }
            Act::Found(_)
            | Act::Invite(_)
            | Act::Join(_)
            | Act::Confirm(_)
            | Act::LinkDevice(_)
            | Act::SetStanding(_)
            | Act::Remove(_)
            | Act::HandOver(_)
            | Act::Leave
            | Act::NewRecoveryKey(_)
            | Act::NewDocument(_) => false,
        };
        if may { Ok(Some(rests)) } else { Err(Denied::Standing) }
    }

    /// In whose room a statement is placed that rests on these grants.
    fn speaker(&self, rests: Option<&Rests>, act: &Act) -> Speaker {
        let takes = takes(act) && rests.is_some_and(|rests| self.by(rests) != By::Sharing);
        let part = match act {
            Act::Renew(_) => Part::Renews,
            _ if takes => Part::Takes,
            _ => Part::Says,
        };
        Speaker { person: rests.map(|rests| rests.device.person), part }
    }

    /// Adds a statement whose every named head is here; `wanted` says why it is taken in though its issuer's room is full. What
    /// follows from it is seen after [`Sheet::evaluate`].
    pub(crate) fn add(&mut self, statement: Statement, circle: &Circle, wanted: Wanted) -> Result<(), Denied> {
        let rests = self.weigh(statement.body(), circle)?;
        let speaker = self.speaker(rests.as_ref(), statement.act());
        self.room.fits(speaker, self.dag.len(), wanted)?;
        let rests = rests.filter(|_| !self.dag.under(&statement.body().after).meets(&self.opaque));
        let seen = circle.dag().under(&statement.body().circle_after);
        let place = self.dag.add(statement);
        self.room.note(speaker, place);
        self.said.push(Said { rests, in_effect: false });
        if matches!(self.dag.at(place).act(), Act::Unknown { .. }) {
            self.opaque.insert(place);
        }
        let Some(rests) = rests else {
            self.opaque.insert(place);
            return Ok(());
        };
        if let Act::Renew(_) = self.dag.at(place).act() {
            let device = rests.device.device;
            let author = Author { device, chapter: ChapterId::from(self.dag.at(place).id()) };
            let chapter = Chapter { author, person: rests.device.person, opened: Opened::Here { place, rests, seen } };
            self.chains.insert(chain_id(self.about.id, device, author.chapter), chapter);
            self.renews.entry(device).or_default().push(place);
        }
        Ok(())
    }

    /// A device grant of the circle opens a chapter here too.
    pub(crate) fn welcome(&mut self, grant: DeviceGrant, place: Place, circle: &Circle) {
        let DeviceGrant { device, person, .. } = grant;
        let author = Author { device, chapter: ChapterId::from(circle.dag().at(place).id()) };
        let chapter = Chapter { author, person, opened: Opened::InCircle(place) };
        self.chains.insert(chain_id(self.about.id, device, author.chapter), chapter);
    }

    /// Who writes a chain.
    pub(crate) fn author(&self, chain: ChainId) -> Option<(Author, PersonId)> {
        self.chains.get(&chain).map(|chapter| (chapter.author, chapter.person))
    }

    /// The edits that owners barred.
    pub(crate) fn barred(&self) -> impl Iterator<Item = EditHash> {
        self.acts_in_effect().filter_map(|(_, act)| {
            let Act::Bar(bar) = act else { return None };
            Some(bar.edit)
        })
    }

    /// The chapter this device writes in: its newest Renew, else its place in the circle, unless something hits it.
    pub(crate) fn chapter(&self, device: DeviceId, circle: &Circle) -> Option<ChapterId> {
        let mut renews: Vec<Place> = self.renews.get(&device).cloned().unwrap_or_default();
        renews.sort_by_key(|place| std::cmp::Reverse((self.dag.generation(*place), self.dag.at(*place).id())));
        let renewed = renews.into_iter().map(|place| self.dag.at(place).id());
        let placed = circle.grants_of(device).iter().map(|place| circle.dag().at(*place).id());
        renewed.chain(placed).map(ChapterId::from).find(|chapter| {
            let chain = chain_id(self.about.id, device, *chapter);
            self.is_open(chain, circle)
        })
    }

    /// Whether what opened a chain's chapter is in effect and nothing in effect hits it.
    ///
    /// A removal, a Leave or a lowering of standing hits the chapters of a person whose opening does not have it in its past.
    /// So does what takes Edit of this document away, if somebody had given it without having seen that. Whoever is given
    /// Edit again signs a Renew that has seen both, and writes on.
    pub(crate) fn is_open(&self, chain: ChainId, circle: &Circle) -> bool {
        let Some(chapter) = self.chains.get(&chain) else { return false };
        let person = chapter.person;
        let hit = match &chapter.opened {
            Opened::InCircle(place) => {
                let hit = |grant| circle.hits(*place, grant, circle.dag().past(*place));
                !circle.in_effect(*place) || circle.device_grant(*place).is_none_or(hit)
            }
            Opened::Here { place, rests, seen } => {
                !self.said[*place].in_effect || circle.hits(rests.device_at, rests.device, seen)
            }
        };
        let opened = match &chapter.opened {
            Opened::InCircle(_) => None,
            Opened::Here { place, .. } => Some(*place),
        };
        !hit && (self.is_owner(person, circle) || !self.is_lowered(person, opened))
    }

    /// By what right a statement resting on these grants speaks here.
    fn by(&self, rests: &Rests) -> By {
        let standing = rests.standing.standing;
        let owns = match self.about.owner {
            Some(owner) => owner == rests.device.person,
            None => standing.owns_the_plan(),
        };
        match owns {
            true => By::Owning,
            false if standing <= Standing::Coordinator => By::Coordinating,
            false => By::Sharing,
        }
    }

    fn acts_in_effect(&self) -> impl DoubleEndedIterator<Item = (Place, &Act)> {
        let said = self.said.iter().enumerate().filter(|(_, said)| said.in_effect);
        said.map(|(place, _)| (place, self.dag.at(place).act()))
    }
}
