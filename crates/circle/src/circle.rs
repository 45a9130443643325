//! The circle's own graph: who has a place in it, with what standing, by whose leave.
//!
//! A statement that has no right to be made, judged by its own past alone, is never placed: every device refuses the same
//! ones. What is placed is *in effect* unless something in effect and senior breaks a link of the chain of grants it rests
//! on. Breaks only ever come from seniors, so one pass from senior to junior decides everything and there is no ring. So far
//! one thing breaks: of two newcomers let in apart with the same one-time invitation, the one let in by the senior statement
//! stays. Removal will be another.

mod roll;
mod seniority;

use std::collections::BTreeMap;

use seal::{DeviceId, PersonId, StatementId};

pub(crate) use self::seniority::{DeviceGrant, StandingGrant};
use self::{roll::Member, seniority::Rank};
use crate::{
    body::{Act, Body, Confirm, Invite, Join, LinkDevice, RULES, Standing, Whose},
    dag::{Dag, Past, Place},
    ledger::Denied,
    limits::GRAPH_STATEMENTS,
    statement::{Consent, Statement},
};

/// The circle's graph and what follows from it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Circle {
    dag: Dag,
    said: Vec<Said>,
    opaque: Past,
    /// The places of the Invites and of the Confirms of each ticket's key.
    invites: BTreeMap<DeviceId, Vec<Place>>,
    confirms: BTreeMap<DeviceId, Vec<Place>>,
    /// For a Confirm, those it competes with: same invitation, another newcomer, neither had seen the other.
    rivals: BTreeMap<Place, Vec<Place>>,
    /// Every device grant, in effect or not, by device and by person.
    placed: BTreeMap<DeviceId, Vec<Place>>,
    owned: BTreeMap<PersonId, Vec<Place>>,
    people: BTreeMap<PersonId, Member>,
    devices: BTreeMap<DeviceId, Vec<Place>>,
}

/// What one placed statement gives, and whether it does.
#[derive(Debug, Clone)]
struct Said {
    rank: Rank,
    chain: Option<(Place, Place)>,
    device: Option<DeviceGrant>,
    standing: Option<StandingGrant>,
    in_effect: bool,
}

/// What a statement may give, once everything it names is understood.
#[derive(Debug, Clone, Default)]
pub(crate) struct Leave {
    device: Option<DeviceGrant>,
    standing: Option<StandingGrant>,
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

impl Circle {
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

    /// The device grant at a place, in effect or not.
    pub(crate) fn device_grant(&self, place: Place) -> Option<DeviceGrant> {
        self.said[place].device
    }

    /// Every device grant, in effect or not.
    pub(crate) fn device_grants(&self) -> impl Iterator<Item = (Place, DeviceGrant)> {
        self.said.iter().enumerate().filter_map(|(place, said)| Some((place, said.device?)))
    }

    /// The Invites of a key that are in effect.
    pub(crate) fn invites_of(&self, key: DeviceId) -> impl Iterator<Item = (Place, &Invite)> {
        self.invites.get(&key).into_iter().flatten().filter_map(|place| {
            let Act::Invite(invite) = self.dag.at(*place).act() else { return None };
            self.said[*place].in_effect.then_some((*place, invite))
        })
    }

    /// All Invites in effect.
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
        let (device, _) = self.said[place].chain?;
        Some(self.said[device].device?.person)
    }

    /// Whether any Invite of this key is here.
    pub(crate) fn knows_key(&self, key: DeviceId) -> bool {
        self.invites.contains_key(&key)
    }

    /// The grants that a statement with this circle past names.
    pub(crate) fn ground(&self, body: &Body, past: &Past) -> Result<Ground, Denied> {
        let grants = body.grants.ok_or(Denied::NoGrant)?;
        let held = |id| self.dag.place(id).filter(|place| past.has(*place)).ok_or(Denied::NoGrant);
        let (device_at, standing_at) = (held(grants.device)?, held(grants.standing)?);
        if self.opaque.has(device_at) || self.opaque.has(standing_at) {
            return Ok(Ground::Unknown);
        }
        let device = self.said[device_at].device.ok_or(Denied::NoGrant)?;
        let standing = self.said[standing_at].standing.ok_or(Denied::NoGrant)?;
        if device.device != body.issuer || device.person != standing.person {
            return Err(Denied::NoGrant);
        }
        Ok(Ground::Firm(Rests { device_at, standing_at, device, standing }))
    }

    /// Adds a statement whose every named head is here; says whether what was in effect before may have changed.
    pub(crate) fn add(&mut self, statement: Statement, join: Option<Statement>) -> Result<Changed, Denied> {
        let (past, opaque) = self.weigh(statement.body(), join.as_ref())?;
        if self.dag.len() + 2 > GRAPH_STATEMENTS {
            return Err(Denied::Full);
        }
        if let Some(join) = join {
            self.dag.add(join);
            self.said.push(Said::nothing());
        }
        if opaque {
            let place = self.dag.add(statement);
            self.said.push(Said::nothing());
            self.opaque.insert(place);
            return Ok(Changed::Tip);
        }
        self.admit(statement, &past)
    }

    /// Whether a body could be added: its circle past, and whether it can only be kept and passed on.
    pub(crate) fn weigh(&self, body: &Body, join: Option<&Statement>) -> Result<(Past, bool), Denied> {
        let past = self.dag.under(&body.after);
        let (new, opaque) = match &body.act {
            Act::Found(found) => (self.dag.len() == 0, found.rules > RULES),
            Act::Unknown { .. } => (true, true),
            Act::Join(_)
            | Act::Invite(_)
            | Act::Confirm(_)
            | Act::LinkDevice(_)
            | Act::SetStanding(_)
            | Act::Remove(_)
            | Act::HandOver(_)
            | Act::Leave
            | Act::NewRecoveryKey(_)
            | Act::NewDocument(_)
            | Act::Share(_)
            | Act::Renew(_)
            | Act::Unshare(_)
            | Act::Refuse(_)
            | Act::Keep(_)
            | Act::Bar(_)
            | Act::NewKey(_) => (true, past.meets(&self.opaque)),
        };
        if !new {
            return Err(Denied::SecondFound);
        }
        if matches!(body.act, Act::Found(_)) {
            return Ok((past, opaque));
        }
        let rests = match self.ground(body, &past)? {
            Ground::Firm(rests) => rests,
            Ground::Unknown => return Ok((past, true)),
        };
        if !opaque {
            self.may(body, &past, rests, join)?;
        }
        Ok((past, opaque))
    }

    /// Whether an issuer may do this, judged by their past alone.
    fn may(&self, body: &Body, past: &Past, rests: Rests, join: Option<&Statement>) -> Result<(), Denied> {
        let own = rests.standing.standing;
        match &body.act {
            Act::Invite(invite) => {
                let fresh = !self.invites.get(&invite.key).into_iter().flatten().any(|place| past.has(*place));
                let given = own.may_give(invite.standing);
                if !given {
                    Err(Denied::Standing)
                } else if !fresh {
                    Err(Denied::NoInvite)
                } else {
                    Ok(())
                }
            }
            Act::Confirm(confirm) => {
                if !own.may_give(confirm.standing) {
                    return Err(Denied::Standing);
                }
                let (statement, join) = self.join(confirm, join).ok_or(Denied::NoInvite)?;
                if !self.invited(join, confirm, past) || self.spent(join, past) {
                    return Err(Denied::NoInvite);
                }
                if self.has_place(statement.issuer(), past) { Err(Denied::HereAlready) } else { Ok(()) }
            }
            Act::LinkDevice(LinkDevice { device, name: _, opens, proof }) => {
                let plan = body.plan.ok_or(Denied::OtherPlan)?;
                let consent = Consent::Link { plan, person: rests.device.person, by: body.issuer, opens: *opens };
                if !consent.holds(*device, proof) {
                    return Err(Denied::NoConsent);
                }
                if self.has_place(*device, past) { Err(Denied::HereAlready) } else { Ok(()) }
            }
            Act::SetStanding(_) | Act::Remove(_) | Act::HandOver(_) | Act::Leave | Act::NewRecoveryKey(_) => Ok(()),
            Act::Found(_)
            | Act::Join(_)
            | Act::NewDocument(_)
            | Act::Share(_)
            | Act::Renew(_)
            | Act::Unshare(_)
            | Act::Refuse(_)
            | Act::Keep(_)
            | Act::Bar(_)
            | Act::NewKey(_) => Err(Denied::NoGrant),
            Act::Unknown { .. } => Ok(()),
        }
    }

    fn join<'a>(&'a self, confirm: &Confirm, brought: Option<&'a Statement>) -> Option<(&'a Statement, &'a Join)> {
        let here = self.dag.place(confirm.join).map(|place| self.dag.at(place));
        let statement = here.or(brought.filter(|join| join.id() == confirm.join))?;
        let Act::Join(join) = statement.act() else { return None };
        Some((statement, join))
    }

    /// Whether an Invite of this key lies in the past and allows as much.
    fn invited(&self, join: &Join, confirm: &Confirm, past: &Past) -> bool {
        self.invites.get(&join.invite).into_iter().flatten().any(|place| {
            let Act::Invite(invite) = self.dag.at(*place).act() else { return false };
            past.has(*place) && invite.standing <= confirm.standing
        })
    }

    /// Whether somebody came with this invitation already, as far as this past knows.
    fn spent(&self, join: &Join, past: &Past) -> bool {
        self.confirms.get(&join.invite).into_iter().flatten().any(|place| past.has(*place))
    }

    fn has_place(&self, device: DeviceId, past: &Past) -> bool {
        self.placed.get(&device).into_iter().flatten().any(|place| past.has(*place))
    }

    fn admit(&mut self, statement: Statement, past: &Past) -> Result<Changed, Denied> {
        let rests = match self.ground(statement.body(), past) {
            Ok(Ground::Firm(rests)) => Some(rests),
            Ok(Ground::Unknown) | Err(_) => None,
        };
        let leave = self.leave(&statement, rests);
        let place = self.dag.add(statement);
        let rank = self.rank(rests, place);
        if let Some(grant) = leave.device {
            self.placed.entry(grant.device).or_default().push(place);
            self.owned.entry(grant.person).or_default().push(place);
        }
        let chain = rests.map(|rests| (rests.device_at, rests.standing_at));
        self.said.push(Said { rank, chain, device: leave.device, standing: leave.standing, in_effect: false });
        let contested = self.index(place);
        if contested {
            self.evaluate();
            return Ok(Changed::Past);
        }
        self.said[place].in_effect = self.stands(place);
        self.project(place);
        Ok(Changed::Tip)
    }

    /// What a statement gives.
    fn leave(&self, statement: &Statement, rests: Option<Rests>) -> Leave {
        let id = statement.id();
        match (statement.act(), rests) {
            (Act::Found(found), _) => {
                let standing = match found.whose {
                    Whose::Founder => Standing::Protected,
                    Whose::Another { .. } => Standing::Owner,
                };
                let (person, device) = (PersonId::from(id), statement.issuer());
                Leave {
                    device: Some(DeviceGrant { device, person, links: 0 }),
                    standing: Some(StandingGrant { person, standing, distance: 0 }),
                }
            }
            (Act::Confirm(confirm), Some(rests)) => {
                let person = PersonId::from(confirm.join);
                let device = self.dag.place(confirm.join).map(|join| self.dag.at(join).issuer());
                let distance = rests.standing.distance + 1;
                Leave {
                    device: device.map(|device| DeviceGrant { device, person, links: 0 }),
                    standing: Some(StandingGrant { person, standing: confirm.standing, distance }),
                }
            }
            (Act::LinkDevice(link), Some(rests)) => {
                let (device, person, links) = (link.device, rests.device.person, rests.device.links + 1);
                Leave { device: Some(DeviceGrant { device, person, links }), standing: None }
            }
            (
                Act::Invite(_)
                | Act::Join(_)
                | Act::Confirm(_)
                | Act::LinkDevice(_)
                | Act::SetStanding(_)
                | Act::Remove(_)
                | Act::HandOver(_)
                | Act::Leave
                | Act::NewRecoveryKey(_)
                | Act::NewDocument(_)
                | Act::Share(_)
                | Act::Renew(_)
                | Act::Unshare(_)
                | Act::Refuse(_)
                | Act::Keep(_)
                | Act::Bar(_)
                | Act::NewKey(_)
                | Act::Unknown { .. },
                _,
            ) => Leave::default(),
        }
    }

    /// Files a new statement under what others look it up by; says whether it competes with an older one.
    fn index(&mut self, place: Place) -> bool {
        match self.dag.at(place).act() {
            Act::Invite(invite) => {
                self.invites.entry(invite.key).or_default().push(place);
                false
            }
            Act::Confirm(confirm) => {
                let Some((_, join)) = self.join(confirm, None) else { return false };
                let (key, newcomer) = (join.invite, confirm.join);
                let others = self.confirms.entry(key).or_default();
                let rivals: Vec<Place> = others
                    .iter()
                    .copied()
                    .filter(|other| self.said[*other].standing.is_some_and(|grant| grant.person != newcomer.into()))
                    .collect();
                others.push(place);
                for rival in &rivals {
                    self.rivals.entry(*rival).or_default().push(place);
                }
                let contested = !rivals.is_empty();
                self.rivals.insert(place, rivals);
                contested
            }
            Act::Found(_)
            | Act::Join(_)
            | Act::LinkDevice(_)
            | Act::SetStanding(_)
            | Act::Remove(_)
            | Act::HandOver(_)
            | Act::Leave
            | Act::NewRecoveryKey(_)
            | Act::NewDocument(_)
            | Act::Share(_)
            | Act::Renew(_)
            | Act::Unshare(_)
            | Act::Refuse(_)
            | Act::Keep(_)
            | Act::Bar(_)
            | Act::NewKey(_)
            | Act::Unknown { .. } => false,
        }
    }
}

/// How far a new statement reaches back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Changed {
    /// Only what is new is new.
    Tip,
    /// What was in effect before may no longer be, or the other way round.
    Past,
}

impl Said {
    /// A Join, or something this version does not understand.
    fn nothing() -> Said {
        let rank = (None, None, u32::MAX, StatementId::new([0xff; StatementId::LEN]));
        Said { rank, chain: None, device: None, standing: None, in_effect: false }
    }

    fn is_nothing(&self) -> bool {
        self.rank.2 == u32::MAX
    }
}

/// Whether a Join's ticket key agreed to it.
pub(crate) fn knocked(statement: &Statement) -> bool {
    let Act::Join(Join { invite, person, recovery, opens, proof }) = statement.act() else { return false };
    let (plan, device) = (statement.plan(), statement.issuer());
    Consent::Join { plan, device, person, recovery: *recovery, opens: *opens }.holds(*invite, proof)
}
