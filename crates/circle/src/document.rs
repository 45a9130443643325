//! One document's graph: who opened it, who may do what with it, and in which chapters its edits are written.
//!
//! Read after the circle and given it, never the other way round. Of several Shares about the same people, those nobody has
//! answered with a later one decide, and of those the most restrictive: two owners who decide apart never open together
//! what one of them wanted closed. A person's own Share goes before the one for everyone.

use std::collections::BTreeMap;

use seal::{Author, ChainId, ChapterId, DeviceId, DocId, PersonId, chain_id};

use crate::{
    body::{Access, Act, Body, NewDocument, RULES, Who},
    circle::{Circle, DeviceGrant, Ground, Rests},
    dag::{Dag, Past, Place},
    ledger::{Denied, Document},
    limits::GRAPH_STATEMENTS,
    statement::Statement,
};

/// One document's graph and what follows from it, the circle given.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    about: Document,
    dag: Dag,
    said: Vec<Said>,
    opaque: Past,
    shares: BTreeMap<Who, Shares>,
    chains: BTreeMap<ChainId, Chapter>,
    renews: BTreeMap<DeviceId, Vec<Place>>,
}

/// By what right a placed statement was made, and whether that stands.
#[derive(Debug, Clone, Copy)]
struct Said {
    grants: Option<(Place, Place)>,
    in_effect: bool,
}

/// The Shares in effect about the same people.
#[derive(Debug, Clone, Default)]
struct Shares {
    /// Those nobody has answered with a later one.
    latest: Vec<(Place, Access)>,
    lowering: Vec<Place>,
    giving_edit: Vec<Place>,
}

/// Where a chain's chapter was opened.
#[derive(Debug, Clone, Copy)]
struct Chapter {
    author: Author,
    person: PersonId,
    opened: Opened,
}

#[derive(Debug, Clone, Copy)]
enum Opened {
    /// By what gave the device its place in the circle.
    InCircle(Place),
    /// By a Renew here.
    Here(Place),
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
            about: Document { id, kind, owner, voice_of, opened_by, since },
            dag: Dag::default(),
            said: Vec::new(),
            opaque: Past::default(),
            shares: BTreeMap::new(),
            chains: BTreeMap::new(),
            renews: BTreeMap::new(),
        };
        let place = sheet.dag.add(statement);
        if rules > RULES || rests.is_none() {
            sheet.opaque.insert(place);
        }
        let grants = rests.map(|rests| (rests.device_at, rests.standing_at));
        sheet.said.push(Said { grants, in_effect: stands(grants, circle) });
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

    /// Whether it holds something this version does not understand.
    pub(crate) fn is_read_only(&self) -> bool {
        self.opaque.meets(&self.opaque)
    }

    /// Whether the statement at a place is in effect.
    pub(crate) fn in_effect(&self, place: Place) -> bool {
        self.said[place].in_effect
    }

    /// Whether a body could be added: its right, or nothing if it can only be kept and passed on.
    pub(crate) fn weigh(&self, body: &Body, circle: &Circle) -> Result<Option<Rests>, Denied> {
        let past = circle.dag().under(&body.circle_after);
        let rests = match circle.ground(body, &past)? {
            Ground::Firm(rests) => rests,
            Ground::Unknown => return Ok(None),
        };
        let unknown = matches!(body.act, Act::Unknown { .. });
        let under = self.dag.under(&body.after);
        if unknown || under.meets(&self.opaque) {
            return Ok(None);
        }
        let may = match &body.act {
            Act::Share(_) => self.may_share(&rests),
            Act::Renew(_) => self.may_renew(&rests, &under),
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
            | Act::NewDocument(_)
            | Act::Unshare(_)
            | Act::Refuse(_)
            | Act::Keep(_)
            | Act::Bar(_)
            | Act::NewKey(_)
            | Act::Unknown { .. } => false,
        };
        if may { Ok(Some(rests)) } else { Err(Denied::Standing) }
    }

    /// Adds a statement whose every named head is here.
    pub(crate) fn add(&mut self, statement: Statement, circle: &Circle) -> Result<(), Denied> {
        let rests = self.weigh(statement.body(), circle)?;
        if self.dag.len() >= GRAPH_STATEMENTS {
            return Err(Denied::Full);
        }
        let place = self.dag.add(statement);
        let Some(rests) = rests else {
            self.opaque.insert(place);
            self.said.push(Said { grants: None, in_effect: false });
            return Ok(());
        };
        let grants = Some((rests.device_at, rests.standing_at));
        self.said.push(Said { grants, in_effect: stands(grants, circle) });
        if let Act::Renew(_) = self.dag.at(place).act() {
            let device = rests.device.device;
            let author = Author { device, chapter: ChapterId::from(self.dag.at(place).id()) };
            let chapter = Chapter { author, person: rests.device.person, opened: Opened::Here(place) };
            self.chains.insert(chain_id(self.about.id, device, author.chapter), chapter);
            self.renews.entry(device).or_default().push(place);
        }
        self.count_share(place);
        Ok(())
    }

    /// A device grant of the circle opens a chapter here too.
    pub(crate) fn welcome(&mut self, grant: DeviceGrant, place: Place, circle: &Circle) {
        let DeviceGrant { device, person, .. } = grant;
        let author = Author { device, chapter: ChapterId::from(circle.dag().at(place).id()) };
        let chapter = Chapter { author, person, opened: Opened::InCircle(place) };
        self.chains.insert(chain_id(self.about.id, device, author.chapter), chapter);
    }

    /// Decides everything anew after the circle's past changed.
    pub(crate) fn evaluate(&mut self, circle: &Circle) {
        self.shares.clear();
        for place in 0..self.said.len() {
            self.said[place].in_effect = stands(self.said[place].grants, circle);
            self.count_share(place);
        }
    }

    /// Who writes a chain.
    pub(crate) fn author(&self, chain: ChainId) -> Option<(Author, PersonId)> {
        self.chains.get(&chain).map(|chapter| (chapter.author, chapter.person))
    }

    /// Whether this person decides over the document.
    pub(crate) fn is_owner(&self, person: PersonId, circle: &Circle) -> bool {
        match self.about.owner {
            Some(owner) => owner == person && circle.person(person).is_some(),
            None => circle.person(person).is_some_and(|person| person.standing.owns_the_plan()),
        }
    }

    /// What a person may do here by ownership or Shares; a voice is only ever written by whose voice it is.
    pub(crate) fn access(&self, person: PersonId, circle: &Circle) -> Option<Access> {
        if !self.said[0].in_effect || circle.person(person).is_none() {
            return Some(Access::Nothing);
        }
        if self.is_owner(person, circle) {
            return Some(Access::Edit);
        }
        let shared = self.governing(person).map(|shares| shares.access());
        let most = if self.about.voice_of.is_some() { Access::View } else { Access::Edit };
        shared.map(|access| access.min(most))
    }

    /// Whether edits of this chain count in their author's own right.
    pub(crate) fn own_right(&self, chain: ChainId, circle: &Circle) -> bool {
        let Some(chapter) = self.chains.get(&chain) else { return false };
        self.access(chapter.person, circle) == Some(Access::Edit) && self.is_open(chapter, circle)
    }

    /// The chapter this device writes in: its newest Renew, else its place in the circle, unless a lowering hits it.
    pub(crate) fn chapter(&self, device: DeviceId, circle: &Circle) -> Option<ChapterId> {
        let mut renews: Vec<Place> = self.renews.get(&device).cloned().unwrap_or_default();
        renews.sort_by_key(|place| std::cmp::Reverse((self.dag.generation(*place), self.dag.at(*place).id())));
        let renewed = renews.into_iter().map(|place| self.dag.at(place).id());
        let placed = circle.grants_of(device).iter().map(|place| circle.dag().at(*place).id());
        renewed.chain(placed).map(ChapterId::from).find(|chapter| {
            let chain = chain_id(self.about.id, device, *chapter);
            self.chains.get(&chain).is_some_and(|chapter| self.is_open(chapter, circle))
        })
    }

    /// Whether what opened a chapter is in effect and no lowering hits it.
    ///
    /// A Share that gives less than Edit hits the chapters whose opening does not have it in its past, if somebody had given
    /// Edit without having seen it. Whoever is given Edit again signs a Renew that has seen both, and writes on.
    fn is_open(&self, chapter: &Chapter, circle: &Circle) -> bool {
        let (stands, opened) = match chapter.opened {
            Opened::InCircle(place) => (circle.in_effect(place), None),
            Opened::Here(place) => (self.said[place].in_effect, Some(place)),
        };
        let owner = self.is_owner(chapter.person, circle);
        let saw = |lowering: Place| opened.is_some_and(|opened| self.dag.saw(opened, lowering));
        stands && (owner || !self.lowerings(chapter.person).any(|lowering| !saw(lowering)))
    }

    /// Whether a Share in effect gives a person Edit, whatever others say since.
    pub(crate) fn was_given_edit(&self, person: PersonId) -> bool {
        let shares = [Who::Person(person), Who::Everyone].map(|who| self.shares.get(&who));
        shares.into_iter().flatten().any(|shares| !shares.giving_edit.is_empty())
    }

    /// The Shares that took Edit away from a person, or would have.
    fn lowerings(&self, person: PersonId) -> impl Iterator<Item = Place> {
        let given: Vec<Place> = [Who::Person(person), Who::Everyone]
            .iter()
            .filter_map(|who| self.shares.get(who))
            .flat_map(|shares| shares.giving_edit.iter().copied())
            .collect();
        let governing = self.governing(person).into_iter().flat_map(|shares| shares.lowering.iter().copied());
        governing.filter(move |lowering| given.iter().any(|edit| !self.dag.saw(*edit, *lowering)))
    }

    fn governing(&self, person: PersonId) -> Option<&Shares> {
        self.shares.get(&Who::Person(person)).or_else(|| self.shares.get(&Who::Everyone))
    }

    fn may_share(&self, rests: &Rests) -> bool {
        match self.about.owner {
            Some(owner) => owner == rests.device.person,
            None => rests.standing.standing.owns_the_plan(),
        }
    }

    /// Only who may edit opens chapters: a graph has room for so many statements, and an owner's Share must find some.
    ///
    /// Judged by what its issuer had seen and not by what is in effect now, so that every device judges alike; the same
    /// Shares decide as in [`Sheet::access`], but of those that disagree one for Edit is enough.
    fn may_renew(&self, rests: &Rests, under: &Past) -> bool {
        if self.may_share(rests) {
            return true;
        }
        let latest = |who: Who| {
            let about = |place: Place| {
                let Act::Share(share) = self.dag.at(place).act() else { return None };
                (share.who == who && under.has(place)).then_some((place, share.access))
            };
            let mut latest: Vec<(Place, Access)> = Vec::new();
            for (place, access) in (0..self.dag.len()).filter_map(about) {
                latest.retain(|(older, _)| !self.dag.saw(place, *older));
                latest.push((place, access));
            }
            latest
        };
        let own = latest(Who::Person(rests.device.person));
        let governing = if own.is_empty() { latest(Who::Everyone) } else { own };
        self.about.voice_of.is_none() && governing.iter().any(|(_, access)| *access == Access::Edit)
    }

    fn count_share(&mut self, place: Place) {
        let Act::Share(share) = self.dag.at(place).act() else { return };
        if !self.said[place].in_effect {
            return;
        }
        let shares = self.shares.entry(share.who).or_default();
        shares.latest.retain(|(older, _)| !self.dag.saw(place, *older));
        shares.latest.push((place, share.access));
        match share.access {
            Access::Edit => shares.giving_edit.push(place),
            Access::Nothing | Access::View | Access::Suggest => shares.lowering.push(place),
        }
    }
}

impl Shares {
    fn access(&self) -> Access {
        self.latest.iter().map(|(_, access)| *access).min().unwrap_or(Access::Nothing)
    }
}

/// A document's statement is in effect while both grants it names are.
fn stands(grants: Option<(Place, Place)>, circle: &Circle) -> bool {
    grants.is_some_and(|(device, standing)| circle.in_effect(device) && circle.in_effect(standing))
}
