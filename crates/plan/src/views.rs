//! Records as what they are: needs, wishes, actions, money, what happened. Read from a [`Whole`] through the description;
//! checks take these and nothing else, so a check is arithmetic and knows no document.

mod happened;
mod spending;
mod wishes;

pub use happened::{Agency, Attended, Contact, Incident, Invited, Meeting, contacts, incidents, meetings};
pub use spending::{Budget, Payment, Per, Planned, Source, budget};
pub use wishes::{
    Acceptance, Action, ActionStatus, Answer, Answered, Goal, GoalStatus, Held, Need, NeedStatus, Score, Support,
    Telling, Told, actions, goals, needs, supports,
};

/// An enum of a field's choices: each with its code, and the field whose choices they are.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident of $field:literal { $($(#[$each:meta])* $variant:ident $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$each])* $variant,)* }

        impl $name {
            /// Every one, with its code in a document.
            pub const ALL: &'static [($name, &'static str)] = &[$(($name::$variant, $code)),*];

            // None for a choice of a newer version: then nothing is known about it.
            pub(super) fn read(code: Option<String>) -> Option<$name> {
                let code = code?;
                $name::ALL.iter().find(|(_, known)| *known == code).map(|(choice, _)| *choice)
            }

            #[cfg(test)]
            pub(super) fn field() -> &'static str {
                $field
            }
        }
    };
}
use choices;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{part::Part, path::ListPath};

    fn described(field: &str) -> Vec<&'static str> {
        let (list, field) = field.rsplit_once('.').unwrap();
        let part = list.split('.').next().unwrap();
        let part: &'static Part = crate::part(part).unwrap();
        let list = list.parse::<ListPath>().map(|path| path.describe()).unwrap_or_else(|_| {
            let code = list.rsplit('.').next().unwrap();
            part.all_lists().into_iter().find(|(list, _)| list.code == code).unwrap().0
        });
        list.field(field).unwrap().kind.choices().to_vec()
    }

    #[test]
    fn a_view_knows_every_choice_its_field_has() {
        macro_rules! same {
            ($($name:ident)*) => {$(
                let known: Vec<_> = $name::ALL.iter().map(|(_, code)| *code).collect();
                assert_eq!(known, described($name::field()));
            )*};
        }
        same!(NeedStatus Answered GoalStatus ActionStatus Told Per Attended);
    }
}
