//! The circle's own graph: who has a place in it, with what standing, by whose leave.
//!
//! A statement that has no right to be made, judged by its own past alone, is never placed: every device refuses the same
//! ones. What is placed is *in effect* unless something in effect and senior breaks a link of the chain of grants it rests
//! on: a removal, a lowering, a leaving, a new recovery key, or the senior of two that let different newcomers in with the
//! same one-time invitation. Breaks only ever come from seniors, so one pass from senior to junior decides everything and
//! there is no ring. Somebody *belongs* while a grant of theirs holds, which also a removal ends that leaves their past alone.

mod rights;
mod roll;
mod seniority;
mod taking;

use std::collections::{BTreeMap, BTreeSet};

use seal::{DeviceId, PersonId, StatementId};

pub(crate) use self::seniority::{DeviceGrant, StandingGrant};
use self::{roll::Belonging, seniority::Order, taking::Taking};
use crate::{
    body::{Act, Body, Confirm, Found, Invite, Join, RULES, Standing, Whose},
    dag::{Dag, Past, Place},
    ledger::Denied,
    room::{Part, Room, Speaker, Wanted, takes},
    statement::{Consent, Statement},
};

/// The circle's graph and what follows from it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Circle {
    dag: Dag,
    said: Vec<Said>,
    /// What this version does not understand, and whatever was said on top of it.
    opaque: Past,
    /// Of these the kinds it does not know: while one of them stands, this version adds nothing but what takes away.
    newer: Vec<Place>,
    /// The places of the Invites and of the Confirms of each ticket's key.
    invites: BTreeMap<DeviceId, Vec<Place>>,
    confirms: BTreeMap<DeviceId, Vec<Place>>,
    /// For a Confirm, those it competes with: same invitation, another newcomer, neither had seen the other.
    rivals: BTreeMap<Place, Vec<Place>>,
    /// Every grant, in effect or not: by device (recovery keys too), and by person.
    placed: BTreeMap<DeviceId, Vec<Place>>,
    owned: BTreeMap<PersonId, Vec<Place>>,
    stood: BTreeMap<PersonId, Vec<Place>>,
    /// Everything that takes away, in effect or not: from a person, from a device or recovery key.
    from_person: BTreeMap<PersonId, Vec<Place>>,
    from_device: BTreeMap<DeviceId, Vec<Place>>,
    handed_over: Past,
    room: Room,
    belonging: Belonging,
    /// Something was added that reaches back, and has not been evaluated yet.
    unsettled: bool,
}

/// What one placed statement gives and takes, and whether it does.
#[derive(Debug, Clone)]
struct Said {
    order: Order,
    rests: Option<Rests>,
    device: Option<DeviceGrant>,
    recovery: Option<DeviceGrant>,
    standing: Option<StandingGrant>,
    taking: Option<Taking>,
    in_effect: bool,
}

/// The grants a statement names, found in the circle.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rests {
    pub(crate) device_at: Place,
    pub(crate) standing_at: Place,
    pub(crate) device: DeviceGrant,
    pub(crate) standing: StandingGrant,
}

/// What asking for a statement's grants can give.
pub(crate) enum Ground {
    /// They are there and fit the issuer.
    Firm(Rests),
    /// One of them is of a kind this version does not know.
    Unknown,
}

/// What the past of a statement says of it.
pub(crate) struct Weighed {
    past: Past,
    /// It can only be kept and passed on.
    opaque: bool,
    /// In whose room it is placed; the Found in nobody's.
    by: Option<Speaker>,
}

/// How far a new statement reaches back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Changed {
    /// Only what is new is new.
    Tip,
    /// What was in effect or belonged before may no longer, or the other way round.
    Past,
}

impl Circle {
    /// The graph as it is.
    pub(crate) fn dag(&self) -> &Dag {
        &self.dag
    }

    /// Whether it holds something this version does not understand, by somebody from whom nothing took the right to say it:
    /// who is removed leaves nobody's circle shut behind them.
    pub(crate) fn is_read_only(&self) -> bool {
        self.opaque.has(0) || self.newer.iter().any(|place| self.said[*place].in_effect)
    }

    /// What this version does not understand; it names none of it.
    pub(crate) fn opaque(&self) -> &Past {
        &self.opaque
    }

    /// Whether the statement at a place is in effect, as far as this version understands it.
    pub(crate) fn in_effect(&self, place: Place) -> bool {
        self.said[place].in_effect && !self.opaque.has(place)
    }

    /// The device grant at a place, in effect or not.
    pub(crate) fn device_grant(&self, place: Place) -> Option<DeviceGrant> {
        self.said[place].device
    }

    /// Every device grant, in effect or not. Recovery keys are none: they write no edits.
    pub(crate) fn device_grants(&self) -> impl Iterator<Item = (Place, DeviceGrant)> {
        self.said.iter().enumerate().filter_map(|(place, said)| Some((place, said.device?)))
    }

    /// The Invites of a key that stand: in effect, by somebody who still belongs.
    pub(crate) fn invites_of(&self, key: DeviceId) -> impl Iterator<Item = (Place, &Invite)> {
        self.invites.get(&key).into_iter().flatten().filter_map(|place| {
            let Act::Invite(invite) = self.dag.at(*place).act() else { return None };
            let said = &self.said[*place];
            let stands = said.in_effect && said.rests.is_some_and(|rests| self.holds(&rests));
            stands.then_some((*place, invite))
        })
    }

    /// All Invites that stand.
    pub(crate) fn invites(&self) -> impl Iterator<Item = (Place, &Invite)> {
        self.invites.keys().flat_map(|key| self.invites_of(*key))
    }

    /// Who came with the invitation of this key.
    pub(crate) fn used_by(&self, key: DeviceId) -> Option<PersonId> {
        let mut places = self.confirms.get(&key)?.iter();
        places.find_map(|place| self.said[*place].standing.filter(|_| self.said[*place].in_effect)).map(|g| g.person)
    }

    /// Whose device made the statement at a place.
    pub(crate) fn author_of(&self, place: Place) -> Option<PersonId> {
        self.said[place].rests.map(|rests| rests.device.person)
    }

    /// Whether any Invite of this key is here.
    pub(crate) fn knows_key(&self, key: DeviceId) -> bool {
        self.invites.contains_key(&key)
    }

    /// Adds a statement whose every named head is here; says whether what was in effect before may have changed.
    ///
    /// `wanted` says why it is taken in though its issuer's room is full. With `later`, what reaches back is only noted: [`Circle::settle`] evaluates it, once for many.
    pub(crate) fn add(
        &mut self,
        statement: Statement,
        join: Option<Statement>,
        later: bool,
        wanted: Wanted,
    ) -> Result<Changed, Denied> {
        let Weighed { past, opaque, by } = self.weigh(statement.body(), join.as_ref())?;
        let newer = matches!(statement.act(), Act::Unknown { .. }) && !past.meets(&self.opaque);
        if let Some(by) = by {
            self.room.fits(by, self.dag.len(), wanted)?;
        }
        if let Some(join) = join {
            self.dag.add(join);
            self.said.push(Said::nothing());
        }
        if let Some(by) = by {
            self.room.note(by, self.dag.len());
        }
        if opaque && !newer {
            let place = self.dag.add(statement);
            self.said.push(Said::nothing());
            self.opaque.insert(place);
            return Ok(Changed::Tip);
        }
        let place = self.admit(statement, &past);
        if newer {
            self.opaque.insert(place);
            self.newer.push(place);
        }
        if self.reaches_back(place) || self.unsettled {
            self.unsettled = true;
            if !later {
                self.settle();
            }
            return Ok(Changed::Past);
        }
        self.said[place].in_effect = self.stands(place);
        Ok(if self.enroll(place) { Changed::Past } else { Changed::Tip })
    }

    /// Evaluates what was added for later; says whether there was any.
    pub(crate) fn settle(&mut self) -> bool {
        let unsettled = std::mem::take(&mut self.unsettled);
        if unsettled {
            self.evaluate();
        }
        unsettled
    }

    fn admit(&mut self, statement: Statement, past: &Past) -> Place {
        let rests = match self.ground(statement.body(), past) {
            Ok(Ground::Firm(rests)) => Some(rests),
            Ok(Ground::Unknown) | Err(_) => None,
        };
        let place = self.dag.add(statement);
        let order = self.order(rests, place);
        let (device, recovery) = (self.gives_device(place, rests), self.gives_recovery(place, rests));
        let (standing, taking) = (self.gives_standing(place, rests), self.takes(place, rests));
        for grant in [device, recovery].into_iter().flatten() {
            self.placed.entry(grant.device).or_default().push(place);
            self.owned.entry(grant.person).or_default().push(place);
        }
        if let Some(grant) = standing {
            self.stood.entry(grant.person).or_default().push(place);
        }
        if let Some(taking) = &taking {
            if let Some(person) = taking.person() {
                self.from_person.entry(person).or_default().push(place);
            }
            if let Some(device) = taking.device() {
                self.from_device.entry(device).or_default().push(place);
            }
        }
        self.said.push(Said { order, rests, device, recovery, standing, taking, in_effect: false });
        self.index(place);
        place
    }

    fn gives_device(&self, place: Place, rests: Option<Rests>) -> Option<DeviceGrant> {
        let statement = self.dag.at(place);
        let brought = |join: StatementId| {
            let device = self.dag.place(join).map(|join| self.dag.at(join).issuer())?;
            Some(DeviceGrant::first(device, PersonId::from(join)))
        };
        match statement.act() {
            Act::Found(_) => Some(DeviceGrant::first(statement.issuer(), PersonId::from(statement.id()))),
            Act::Confirm(confirm) => brought(confirm.join),
            // From the founding device it gives standing to somebody who is here; by the words it lets them in as well.
            Act::HandOver(over)
                if statement.body().after.binary_search(&over.to.into()).is_ok()
                    && self.is_words(statement.issuer()) =>
            {
                brought(over.to.into())
            }
            Act::LinkDevice(link) => rests.map(|rests| rests.device.linked(link.device)),
            _ => None,
        }
    }

    fn gives_recovery(&self, place: Place, rests: Option<Rests>) -> Option<DeviceGrant> {
        let statement = self.dag.at(place);
        let brought = |id: StatementId| {
            let Act::Join(join) = self.dag.place(id).map(|place| self.dag.at(place))?.act() else { return None };
            Some(DeviceGrant::recovery(join.recovery, PersonId::from(id)))
        };
        match statement.act() {
            Act::Found(found) => Some(DeviceGrant::recovery(found.recovery, PersonId::from(statement.id()))),
            Act::Confirm(confirm) => brought(confirm.join),
            Act::HandOver(over) if self.is_words(statement.issuer()) => brought(over.to.into()),
            Act::NewRecoveryKey(new) => rests.map(|rests| DeviceGrant::recovery(new.key, rests.device.person)),
            _ => None,
        }
    }

    fn gives_standing(&self, place: Place, rests: Option<Rests>) -> Option<StandingGrant> {
        let statement = self.dag.at(place);
        let given = |person, standing| {
            let distance = rests?.standing.distance + 1;
            Some(StandingGrant { person, standing, distance })
        };
        match statement.act() {
            Act::Found(found) => {
                let standing = match found.whose {
                    Whose::Founder => Standing::Protected,
                    Whose::Another { .. } => Standing::Owner,
                };
                Some(StandingGrant { person: PersonId::from(statement.id()), standing, distance: 0 })
            }
            Act::Confirm(confirm) => given(PersonId::from(confirm.join), confirm.standing),
            Act::SetStanding(set) => given(set.person, set.standing),
            Act::HandOver(over) => given(over.to, Standing::Protected),
            _ => None,
        }
    }

    /// Files a new statement under what others look it up by.
    fn index(&mut self, place: Place) {
        match self.dag.at(place).act() {
            Act::Invite(invite) => self.invites.entry(invite.key).or_default().push(place),
            Act::HandOver(_) => self.handed_over.insert(place),
            Act::Confirm(confirm) => {
                let Some((_, join)) = self.join(confirm.join, None) else { return };
                let (key, newcomer) = (join.invite, confirm.join);
                let others = self.confirms.entry(key).or_default();
                // Whom it had seen it does not compete with: it lets somebody back in who was sent away since.
                let rivals: Vec<Place> = others
                    .iter()
                    .copied()
                    .filter(|other| self.said[*other].standing.is_some_and(|grant| grant.person != newcomer.into()))
                    .filter(|other| !self.dag.saw(place, *other))
                    .collect();
                others.push(place);
                for rival in &rivals {
                    self.rivals.entry(*rival).or_default().push(place);
                }
                self.rivals.insert(place, rivals);
            }
            _ => {}
        }
    }

    /// Whether a new statement may change what is in effect of the older ones.
    fn reaches_back(&self, place: Place) -> bool {
        let contested = self.rivals.get(&place).is_some_and(|rivals| !rivals.is_empty());
        // Who has seen everything, and lets everything seen stand, breaks nothing that is here.
        let all_seen =
            |taking: &Taking| (0..place).all(|older| taking.upto.has(older) || self.said[older].is_nothing());
        contested || self.said[place].taking.as_ref().is_some_and(|taking| !all_seen(taking))
    }

    fn join<'a>(&'a self, id: StatementId, brought: Option<&'a Statement>) -> Option<(&'a Statement, &'a Join)> {
        let here = self.dag.place(id).map(|place| self.dag.at(place));
        let statement = here.or(brought.filter(|join| join.id() == id))?;
        let Act::Join(join) = statement.act() else { return None };
        Some((statement, join))
    }

    fn founding(&self) -> Option<(&Statement, &Found)> {
        let statement = (self.dag.len() > 0).then(|| self.dag.at(0))?;
        let Act::Found(found) = statement.act() else { return None };
        Some((statement, found))
    }

    /// Whether this is the key behind the words written down for the person whom the plan is about.
    pub(crate) fn is_words(&self, key: DeviceId) -> bool {
        self.founding().is_some_and(|(_, found)| matches!(found.whose, Whose::Another { words, .. } if words == key))
    }
}

impl Said {
    /// A Join, or something this version does not understand.
    fn nothing() -> Said {
        let order = Order::last();
        Said { order, rests: None, device: None, recovery: None, standing: None, taking: None, in_effect: false }
    }

    fn is_nothing(&self) -> bool {
        self.order == Order::last()
    }
}

/// Whether a Join's ticket key agreed to it, and the key behind the words it comes with.
pub(crate) fn knocked(statement: &Statement) -> bool {
    let Act::Join(Join { invite, person, recovery, opens, proof, agreed }) = statement.act() else { return false };
    let (plan, device) = (statement.plan(), statement.issuer());
    Consent::Join { plan, device, person, recovery: *recovery, opens: *opens }.holds(*invite, proof)
        && Consent::Words { plan, by: device }.holds(*recovery, agreed)
}

/// Whether all words that a Found names agreed to it: else whoever knows somebody's key could wait for them with a plan of
/// their own.
fn founded(founder: DeviceId, found: &Found) -> bool {
    let consent = Consent::Founding { nonce: found.nonce, device: founder };
    let theirs = match &found.whose {
        Whose::Founder => true,
        Whose::Another { words, agreed } => *words != found.recovery && consent.holds(*words, agreed),
    };
    theirs && consent.holds(found.recovery, &found.agreed)
}
