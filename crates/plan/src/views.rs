//! Records as what they are: needs, wishes, actions, money, what happened. Read from a [`Whole`] through the description;
//! checks take these and nothing else, so a check is arithmetic and knows no document.

mod deciding;
mod evidence;
mod happened;
mod perspectives;
mod sequence;
mod spending;
mod wishes;

pub use deciding::{Consent, FinalSay, final_says};
pub use evidence::{Evidence, Speaks, evidence};
pub use happened::{Agency, Attended, Contact, Incident, Invited, Meeting, contacts, incidents, meetings};
pub use perspectives::{Perspective, Side, Topic, perspectives};
pub use sequence::{Step, StepOf, sequence};
pub use spending::{Budget, Payment, Per, Planned, Source, budget};
pub use wishes::{
    Acceptance, Action, ActionStatus, Answer, Answered, Answering, Goal, GoalStatus, Held, Need, NeedStatus, Score,
    Support, Telling, Told, actions, goals, needs, supports,
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
            pub(crate) fn read(code: Option<String>) -> Option<$name> {
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
    use seal::{ChainId, DocId, ItemId, PersonId, Time};

    use super::*;
    use crate::{document::Document, part::Part, path::ListPath, whole::Whole};

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
        same!(NeedStatus Answered GoalStatus ActionStatus Answering Told Per Attended Speaks Side);
    }

    // An empty record in every list of a part, and in every list inside that.
    fn with_empty_records(part: &'static Part) -> Document {
        let (mut document, _) = Document::create(part, DocId::new([1; 32]), ChainId::new([1; 16]), Time(0));
        let mut next = 0;
        let mut fresh = || {
            next += 1;
            ItemId::new([next; 16])
        };
        for list in part.lists {
            let outer = fresh();
            document.add(ListPath::new(part, None, list.code).unwrap(), outer, Time(1)).unwrap();
            for inner in list.lists {
                document.add(ListPath::new(part, Some(outer), inner.code).unwrap(), fresh(), Time(1)).unwrap();
            }
        }
        document
    }

    #[test]
    fn a_record_with_nothing_in_it_counts_for_nothing_and_breaks_nothing() {
        let parts: Vec<Document> = crate::parts().iter().map(with_empty_records).collect();
        let voices: Vec<Document> =
            crate::parts().iter().filter_map(|part| part.voice).map(with_empty_records).collect();
        let whole = parts.iter().fold(Whole::new(), |whole, part| whole.with(part));
        let has_inner = |list: &str| !list.parse::<ListPath>().unwrap().describe().lists.is_empty();
        let whole = voices.iter().fold(whole, |whole, voice| whole.with_voice(PersonId::new([1; 32]), voice));
        // What has a list inside was begun with a record in it: that is more than nothing.
        assert_eq!(goals(&whole).len(), usize::from(has_inner("goals")));
        assert_eq!(needs(&whole).len(), usize::from(has_inner("needs")));
        assert_eq!(actions(&whole).len(), usize::from(has_inner("actions")));
        assert_eq!(supports(&whole).len(), usize::from(has_inner("supports")));
        assert_eq!(incidents(&whole).len(), usize::from(has_inner("log.incidents")));
        assert_eq!(contacts(&whole).len(), usize::from(has_inner("log.contacts")));
        assert_eq!(meetings(&whole).len(), 1);
        assert_eq!(final_says(&whole).len(), 1);
        assert_eq!(evidence(&whole).len(), 1);
        assert!(perspectives(&whole).is_empty(), "nobody said about what");
        let budget = budget(&whole).unwrap();
        for (list, count) in [
            ("money.sources", budget.sources.len()),
            ("money.lines", budget.lines.len()),
            ("money.payments", budget.payments.len()),
        ] {
            assert_eq!(count, usize::from(has_inner(list)), "{list}");
        }
        assert!(needs(&Whole::new()).is_empty() && super::budget(&Whole::new()).is_none());
    }
}
