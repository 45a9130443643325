//! What a role means in a circle: where it stands, and what it is given of each part.
//!
//! `circle` knows no roles. They become explicit shares when somebody is let in, so everyone can read what was given.

use circle::{Access, Standing};
use plan::{Holding, Part, Role};

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
