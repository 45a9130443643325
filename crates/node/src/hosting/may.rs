//! Who may come in, and who may let them: read from a plan's statements.

use circle::{Act, Invited, Ledger, Placed, Standing, Statement};
use seal::{DeviceId, Time};

use crate::{hands::now, knock::No};

/// Whether somebody may come with a ticket of this plan now. One that was used still has its day: whoever comes with it
/// again is told so.
pub(super) fn is_open(ledger: &Ledger, at: Time) -> bool {
    ledger.invites().iter().any(|invited| invited.invite.expires >= at)
}

/// Whether an invitation is out that another device made.
pub(super) fn others_invite(ledger: &Ledger, device: DeviceId) -> bool {
    let by = |invited: &Invited| ledger.statement(invited.id).map(Statement::issuer);
    ledger.invites().iter().any(|invited| invited.used_by.is_none() && by(invited) != Some(device))
}

/// The device that made the invitation of this Join, if it could still let them in.
pub(super) fn inviter(ledger: &Ledger, join: &Statement) -> Option<DeviceId> {
    let Act::Join(asks) = join.act() else { return None };
    let invited = ledger.invites().into_iter().find(|invited| invited.invite.key == asks.invite)?;
    let by = ledger.statement(invited.id)?.issuer();
    may_let_in(ledger, by, invited.invite.standing).then_some(by)
}

/// Whether somebody who knocks with an invitation to this standing could be let in by a device.
pub(super) fn may_let_in(ledger: &Ledger, device: DeviceId, given: Standing) -> bool {
    let standing = ledger.person_of(device).and_then(|person| ledger.standing(person));
    standing.is_some_and(|standing| standing.may_give(given))
}

/// Whether a Join fits an invitation that is out, and this device could confirm it.
pub(super) fn may_knock(ledger: &Ledger, device: DeviceId, join: &Statement) -> Result<(), No> {
    let Act::Join(asks) = join.act() else { return Err(No::Refused) };
    let invited = ledger.invites().into_iter().find(|invited| invited.invite.key == asks.invite);
    let invited = invited.ok_or(No::Refused)?;
    if invited.used_by.is_some() {
        return Err(No::Used);
    }
    if invited.invite.expires < now() {
        return Err(No::Expired);
    }
    match ledger.clone().place(join.clone()) {
        Placed::Knock | Placed::New(_) | Placed::Known => {}
        Placed::Early { .. } | Placed::Refused(_) => return Err(No::Refused),
    }
    // Last: where only this is in the way, the knock is passed on.
    if may_let_in(ledger, device, invited.invite.standing) { Ok(()) } else { Err(No::NotMe) }
}
