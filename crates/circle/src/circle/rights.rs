//! What somebody may say, judged by the past of what they say alone, so that every device refuses the same statements.

use super::*;
use crate::{
    body::{HandOver, LinkDevice, NewRecoveryKey, Remove, SetStanding, Whom},
    limits::{DEVICES_OF_ONE, LINKS},
};

impl Circle {
    /// The grants that a statement with this circle past names.
    pub(crate) fn ground(&self, body: &Body, past: &Past) -> Result<Ground, Denied> {
        let grants = body.grants.ok_or(Denied::NoGrant)?;
        let held = |id| self.dag.place(id).filter(|place| past.has(*place)).ok_or(Denied::NoGrant);
        let (device_at, standing_at) = (held(grants.device)?, held(grants.standing)?);
        if self.opaque.has(device_at) || self.opaque.has(standing_at) {
            return Ok(Ground::Unknown);
        }
        let standing = self.said[standing_at].standing.ok_or(Denied::NoGrant)?;
        let given = &self.said[device_at];
        let mut fits = [given.device, given.recovery].into_iter().flatten().find(|grant| grant.device == body.issuer);
        if matches!(body.act, Act::HandOver(_)) && device_at == 0 && self.is_words(body.issuer) {
            fits = Some(DeviceGrant::recovery(body.issuer, standing.person));
        }
        let device = fits.ok_or(Denied::NoGrant)?;
        if device.person != standing.person {
            return Err(Denied::NoGrant);
        }
        Ok(Ground::Firm(Rests { device_at, standing_at, device, standing }))
    }

    /// Whether a body could be added, and as what.
    pub(crate) fn weigh(&self, body: &Body, join: Option<&Statement>) -> Result<Weighed, Denied> {
        let past = self.dag.under(&body.after);
        if let Act::Found(found) = &body.act {
            if !founded(body.issuer, found) {
                return Err(Denied::NoConsent);
            }
            let weighed = Weighed { past, opaque: found.rules > RULES, by: None };
            return if self.dag.len() == 0 { Ok(weighed) } else { Err(Denied::SecondFound) };
        }
        let unknown = matches!(body.act, Act::Unknown { .. }) || past.meets(&self.opaque);
        let rests = match self.ground(body, &past)? {
            Ground::Firm(rests) => rests,
            Ground::Unknown => {
                let by = Speaker { person: None, part: Part::Says };
                self.room.allows(by, &past)?;
                return Ok(Weighed { past, opaque: true, by: Some(by) });
            }
        };
        let part = match rests.device.is_recovery() {
            true => Part::Words,
            false if !unknown && takes(&body.act) && rests.standing.standing.may_let_in() => Part::Takes,
            false => Part::Says,
        };
        let by = Speaker { person: Some(rests.device.person), part };
        self.room.allows(by, &past)?;
        // A kind that is unknown here needs the standing of who lets people in, whatever it may be: else any guest could make
        // the plan read-only for everybody. A later version that lets others say more raises the version of its rules.
        if matches!(body.act, Act::Unknown { .. }) {
            allowed(rests.standing.standing.may_let_in() && !rests.device.is_recovery())?;
        }
        if !unknown {
            self.may(body, &past, rests, join)?;
        }
        Ok(Weighed { past, opaque: unknown, by: Some(by) })
    }

    /// Whether an issuer may do this, judged by their past alone.
    fn may(&self, body: &Body, past: &Past, rests: Rests, join: Option<&Statement>) -> Result<(), Denied> {
        let (own, me) = (rests.standing.standing, rests.device.person);
        if rests.device.is_recovery() && !matches!(body.act, Act::HandOver(_)) {
            may_recover(&body.act, me)?;
        }
        match &body.act {
            Act::Invite(invite) => {
                let known = self.invites.get(&invite.key).into_iter().flatten().any(|place| past.has(*place));
                allowed(own.may_give(invite.standing))?;
                if known { Err(Denied::NoInvite) } else { Ok(()) }
            }
            Act::Confirm(confirm) => {
                allowed(own.may_give(confirm.standing))?;
                let (statement, asked) = self.join(confirm.join, join).ok_or(Denied::NoInvite)?;
                if self.has_place(statement.issuer(), past) || self.is_words(asked.recovery) {
                    return Err(Denied::HereAlready);
                }
                let back = self.was_sent_away(confirm.join.into(), past);
                if !back && (!self.invited(asked, confirm, past) || self.spent(asked, past)) {
                    return Err(Denied::NoInvite);
                }
                Ok(())
            }
            Act::LinkDevice(LinkDevice { device, name: _, opens, proof }) => {
                let plan = body.plan.ok_or(Denied::OtherPlan)?;
                let consent = Consent::Link { plan, person: me, by: body.issuer, opens: *opens };
                if !consent.holds(*device, proof) {
                    return Err(Denied::NoConsent);
                }
                // Each act walks all links up to the first device, so there is a bound to them.
                if rests.device.links() > LINKS || self.given(me, past) >= DEVICES_OF_ONE {
                    return Err(Denied::Much);
                }
                if self.has_place(*device, past) { Err(Denied::HereAlready) } else { Ok(()) }
            }
            Act::SetStanding(SetStanding { person, standing, upto }) => {
                allowed(own.may_give(*standing))?;
                self.seen(upto.as_deref(), past)?;
                if self.belonged(*person, past) { Ok(()) } else { Err(Denied::Nobody) }
            }
            Act::Remove(Remove { whom, upto }) => {
                self.seen(upto.as_deref(), past)?;
                let whose = match whom {
                    Whom::Person(person) => Vec::from_iter(Some(*person).filter(|one| self.was_here(*one, past))),
                    Whom::Device { device, and_linked: _ } => self.owners_of(*device, past),
                };
                allowed(own.may_let_in() || whose.contains(&me))?;
                if whose.is_empty() { Err(Denied::Nobody) } else { Ok(()) }
            }
            Act::HandOver(HandOver { to }) => self.may_hand_over(body, past, rests, *to, join),
            Act::Leave => {
                if self.has_left(me, past) {
                    Err(Denied::Nobody)
                } else {
                    Ok(())
                }
            }
            Act::NewRecoveryKey(NewRecoveryKey { key, agreed }) => {
                allowed(rests.device.is_recovery())?;
                let plan = body.plan.ok_or(Denied::OtherPlan)?;
                if !(Consent::Words { plan, by: body.issuer }).holds(*key, agreed) {
                    return Err(Denied::NoConsent);
                }
                if self.has_place(*key, past) || self.is_words(*key) { Err(Denied::HereAlready) } else { Ok(()) }
            }
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

    /// From the founding device to somebody here, or by the person's own words to the Join they bring; once in any past.
    fn may_hand_over(
        &self,
        body: &Body,
        past: &Past,
        rests: Rests,
        to: PersonId,
        join: Option<&Statement>,
    ) -> Result<(), Denied> {
        let (founded, found) = self.founding().ok_or(Denied::NoGrant)?;
        let rests_on_the_found = rests.device_at == 0 && rests.standing_at == 0;
        allowed(found.whose != Whose::Founder && rests_on_the_found)?;
        if self.handed_over.meets(past) {
            return Err(Denied::HandedOver);
        }
        if self.is_words(body.issuer) {
            let (statement, asked) = self.join(to.into(), join).ok_or(Denied::Nobody)?;
            let names_it = body.after.binary_search(&to.into()).is_ok();
            let with_the_words = asked.invite == body.issuer && asked.recovery != body.issuer && knocked(statement);
            return if names_it && with_the_words { Ok(()) } else { Err(Denied::NoConsent) };
        }
        // The founder is not whom the plan is about: that would put the words written down for them out of use.
        allowed(body.issuer == founded.issuer() && to != PersonId::from(founded.id()))?;
        if self.belonged(to, past) { Ok(()) } else { Err(Denied::Nobody) }
    }

    fn seen(&self, upto: Option<&[StatementId]>, past: &Past) -> Result<(), Denied> {
        let seen = |id: &StatementId| self.dag.place(*id).is_some_and(|place| past.has(place));
        if upto.into_iter().flatten().all(seen) { Ok(()) } else { Err(Denied::NoGrant) }
    }

    fn was_here(&self, person: PersonId, past: &Past) -> bool {
        self.stood.get(&person).into_iter().flatten().any(|place| past.has(*place))
    }

    /// Whether a person was here and had, as far as this past knows, not gone.
    fn belonged(&self, person: PersonId, past: &Past) -> bool {
        self.was_here(person, past) && !self.was_sent_away(person, past)
    }

    /// Whose a device was: two people's, if each linked it without knowing of the other.
    fn owners_of(&self, device: DeviceId, past: &Past) -> Vec<PersonId> {
        let grants = self.placed.get(&device).into_iter().flatten().filter(|place| past.has(**place));
        let given = grants.filter_map(|place| self.said[*place].device.filter(|grant| grant.device == device));
        given.map(|grant| grant.person).collect()
    }

    /// Whether this past holds an end of everything a person had in it.
    fn was_sent_away(&self, person: PersonId, past: &Past) -> bool {
        let grants: Vec<Place> =
            self.stood.get(&person).into_iter().flatten().copied().filter(|g| past.has(*g)).collect();
        let ends = |grant: &Place| {
            let takers = self.from_person.get(&person).into_iter().flatten().filter(|t| past.has(**t));
            takers.into_iter().any(|t| self.ends_membership(*t) && self.takes_standing(*t, *grant))
        };
        !grants.is_empty() && grants.iter().all(ends)
    }

    /// Whether this past holds a Leave of theirs, and nothing that let them in again after it.
    fn has_left(&self, person: PersonId, past: &Past) -> bool {
        let leaves = self.from_person.get(&person).into_iter().flatten().filter(|t| past.has(**t));
        let grants = self.stood.get(&person).into_iter().flatten().filter(|grant| past.has(**grant));
        let grants: Vec<Place> = grants.copied().collect();
        let leaves = leaves.filter(|place| matches!(self.dag.at(**place).act(), Act::Leave));
        leaves.into_iter().any(|leave| grants.iter().all(|grant| self.takes_standing(*leave, *grant)))
    }

    /// How many devices a person was given in a past, taken from them or not.
    fn given(&self, person: PersonId, past: &Past) -> usize {
        // A first device comes with its person's words, by one statement.
        let owned: BTreeSet<Place> = self.owned.get(&person).into_iter().flatten().copied().collect();
        owned.into_iter().filter(|place| past.has(*place) && self.said[*place].device.is_some()).count()
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

    /// Whether a device has a place that nothing in this past takes away.
    fn has_place(&self, device: DeviceId, past: &Past) -> bool {
        self.placed.get(&device).into_iter().flatten().any(|place| {
            let said = &self.said[*place];
            let grant = [said.device, said.recovery].into_iter().flatten().find(|grant| grant.device == device);
            past.has(*place) && grant.is_some_and(|grant| !self.is_taken_in(*place, grant, past))
        })
    }

    fn is_taken_in(&self, at: Place, grant: DeviceGrant, past: &Past) -> bool {
        self.was_sent_away(grant.person, past)
            || self.takers_of_device(at, grant).any(|t| past.has(t) && self.takes_device(t, at, grant))
    }
}

/// The words bring back their holder's devices and nothing else: whoever finds the sheet does not also run the plan.
fn may_recover(act: &Act, me: PersonId) -> Result<(), Denied> {
    match act {
        Act::LinkDevice(_) | Act::NewRecoveryKey(_) | Act::Leave => Ok(()),
        Act::Remove(Remove { whom: Whom::Device { .. }, .. }) => Ok(()),
        Act::Remove(Remove { whom: Whom::Person(person), .. }) => allowed(*person == me),
        _ => Err(Denied::Standing),
    }
}

fn allowed(allowed: bool) -> Result<(), Denied> {
    if allowed { Ok(()) } else { Err(Denied::Standing) }
}
