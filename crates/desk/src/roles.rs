//! What a role means in a circle: where it stands, and what it is given of each part.
//!
//! `circle` knows no roles. They become explicit shares when somebody is let in, so everyone can read what was given.

use circle::{Access, Ledger, Standing, Who};
use node::ask::Given;
use plan::{Holding, Part, Role};
use seal::{PersonId, PlanId, Time};

use crate::{desk::Desk, shelf::Shelf, whole::belongs_to_me};

/// Where somebody with this role stands: the main contact lets people in, everyone else belongs.
pub fn standing(role: Role) -> Standing {
    match role {
        Role::Lead => Standing::Coordinator,
        Role::Person
        | Role::Carer
        | Role::Family
        | Role::Supporter
        | Role::Worker
        | Role::Advocate
        | Role::Representative
        | Role::Guest => Standing::Member,
    }
}

/// What somebody with this role is given of a part, when `named` parts (or the usual ones) are shared with them. A part
/// that is named is at least seen.
pub fn access(role: Role, part: &Part, named: Option<&[String]>) -> Access {
    let usual = match part.holding(role) {
        Holding::Nothing => Access::Nothing,
        Holding::View => Access::View,
        Holding::Suggest => Access::Suggest,
        Holding::Edit => Access::Edit,
    };
    match named {
        None => usual,
        Some(named) if named.iter().any(|code| code == part.code) => usual.max(Access::View),
        Some(_) => Access::Nothing,
    }
}

/// What somebody came into a circle as. Its founder was invited by nobody.
pub(crate) fn role_of(ledger: &Ledger, person: PersonId) -> Option<Role> {
    if ledger.standing(person) == Some(Standing::Protected) {
        return Some(Role::Person);
    }
    let invited = ledger.invites().into_iter().find(|invited| invited.used_by == Some(person))?;
    Role::from_code(&invited.invite.role)
}

impl Desk {
    /// As what somebody is in a plan; none for whoever founded it for somebody else.
    pub fn role(&self, plan: PlanId, person: PersonId) -> Option<Role> {
        role_of(self.ledger(plan)?, person)
    }
}

/// What the others may do with a document of this part from its first moment on: as much as with the one before, should it
/// be one of several, else what their role usually holds. Whoever was given less of the plan than that is not given more by
/// a part being begun.
pub(crate) fn given(shelf: &Shelf, part: &'static Part) -> Vec<Given> {
    let ledger = &shelf.ledger;
    let before = shelf.to_share().into_iter().rev().find(|(of, _)| *of == part && !belongs_to_me(part));
    let me = ledger.person_of(shelf.me);
    let given = |person: &circle::Person| {
        let role = role_of(ledger, person.id)?;
        let access = match before {
            Some((_, doc)) => ledger.access(doc, person.id),
            None if has_less(shelf, part, role, person.id) => Access::Nothing,
            None => access(role, part, None),
        };
        let owns = !belongs_to_me(part) && person.standing.owns_the_plan() || Some(person.id) == me;
        let until: Option<Time> = person.until;
        (access > Access::Nothing && !owns).then(|| Given {
            who: Who::Person(person.id),
            access,
            why: role.code().to_owned(),
            basis: "agreed".to_owned(),
            until,
        })
    };
    ledger.people().filter_map(given).collect()
}

/// Whether somebody was given less than their role usually holds, of what goes with this part if there is anything, else of
/// the plan.
fn has_less(shelf: &Shelf, part: &'static Part, role: Role, person: PersonId) -> bool {
    let plans: Vec<_> = shelf.to_share().into_iter().filter(|(part, _)| !belongs_to_me(part)).collect();
    let beside: Vec<_> = plans.iter().copied().filter(|(of, _)| of.group == part.group).collect();
    let looked_at = if beside.is_empty() { plans } else { beside };
    looked_at.into_iter().any(|(of, doc)| shelf.ledger.access(doc, person) < access(role, of, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_are_named_are_seen_and_the_others_are_not_given() {
        let about = plan::part("about-me").unwrap();
        assert_eq!(access(Role::Carer, about, None), Access::Edit);
        assert_eq!(access(Role::Guest, plan::part("goals").unwrap(), None), Access::Nothing);
        let named = ["goals".to_owned()];
        assert_eq!(access(Role::Carer, about, Some(&named)), Access::Nothing);
        assert_eq!(access(Role::Guest, plan::part("goals").unwrap(), Some(&named)), Access::View);
    }
}
