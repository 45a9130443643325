//! Who decides what: whether the person, or whoever speaks for them by law, said yes to somebody else having the final say.
//!
//! The person has it where nothing else is said. Whoever writes another name there only proposes it: it counts when the person
//! says yes in their own voice, and their yes is to that name and no other.

use std::collections::BTreeSet;

use seal::PersonId;

use crate::{value::Someone, views::FinalSay};

/// Whose plan it is, and who may answer for them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Whose {
    /// The person, by name and, once they are in the circle, by id.
    pub person: BTreeSet<Someone>,
    /// Those who can decide by law and are in the circle.
    pub representatives: BTreeSet<PersonId>,
}

/// How a final say stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// The person decides. Nobody has to be asked about that.
    Theirs,
    /// Somebody else does, and this person, who has to be asked, said yes.
    Agreed(PersonId),
    /// Somebody else is to, and whoever has to be asked has not answered.
    Proposed,
    /// Somebody else was to, and this person, who has to be asked, said no.
    Refused(PersonId),
    /// Nobody who has to be asked has a voice here; the circle wrote down that it is agreed.
    WrittenDown,
}

/// How a final say stands.
pub fn stands(say: &FinalSay, whose: &Whose) -> Stands {
    let Some(who) = &say.who else { return Stands::Theirs };
    if whose.person.contains(who) {
        return Stands::Theirs;
    }
    let theirs = |by: PersonId| whose.person.contains(&Someone::Member(by));
    let last = |may: &dyn Fn(PersonId) -> bool| {
        say.answers
            .iter()
            .rev()
            .find(|answer| may(answer.by) && answer.to.as_ref() == Some(who))
            .map(|answer| (answer.yes, answer.by))
    };
    // The person's own word goes before that of whoever speaks for them.
    match last(&theirs).or_else(|| last(&|by| whose.representatives.contains(&by))) {
        Some((true, by)) => Stands::Agreed(by),
        Some((false, by)) => Stands::Refused(by),
        None if say.written_as_agreed && !has_a_voice(whose) => Stands::WrittenDown,
        None => Stands::Proposed,
    }
}

/// Whether this person is one of those who have to be asked.
pub fn has_to_be_asked(person: PersonId, whose: &Whose) -> bool {
    whose.person.contains(&Someone::Member(person)) || whose.representatives.contains(&person)
}

fn has_a_voice(whose: &Whose) -> bool {
    let is_in = |someone: &Someone| match someone {
        Someone::Member(_) => true,
        Someone::Named(_) => false,
    };
    whose.person.iter().any(is_in) || !whose.representatives.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        checks::made_up::{id, member, named},
        views::Consent,
    };

    fn person(number: u8) -> PersonId {
        PersonId::new([number; 32])
    }

    fn amina() -> Whose {
        Whose { person: [member(1), named("Amina")].into(), representatives: [person(4)].into() }
    }

    fn say(who: Option<Someone>, answers: &[(u8, Option<Someone>, bool)]) -> FinalSay {
        let answer =
            |(by, to, yes): &(u8, Option<Someone>, bool)| Consent { by: person(*by), to: to.clone(), yes: *yes };
        FinalSay { id: id(1), who, written_as_agreed: true, answers: answers.iter().map(answer).collect() }
    }

    #[test]
    fn the_person_has_the_final_say_and_nobody_has_to_agree_to_that() {
        for who in [None, Some(member(1)), Some(named("Amina"))] {
            assert_eq!(stands(&say(who, &[]), &amina()), Stands::Theirs);
        }
    }

    #[test]
    fn somebody_elses_final_say_is_proposed_until_the_person_says_yes_to_that_name() {
        let to = |who: u8| Some(member(who));
        assert_eq!(stands(&say(to(2), &[]), &amina()), Stands::Proposed, "whatever others wrote down");
        assert_eq!(stands(&say(to(2), &[(2, to(2), true)]), &amina()), Stands::Proposed, "not their own yes");
        assert_eq!(stands(&say(to(2), &[(1, to(2), true)]), &amina()), Stands::Agreed(person(1)));
        assert_eq!(stands(&say(to(3), &[(1, to(2), true)]), &amina()), Stands::Proposed, "the yes was to another");
        assert_eq!(stands(&say(to(2), &[(1, to(2), true), (1, to(2), false)]), &amina()), Stands::Refused(person(1)));
    }

    #[test]
    fn who_speaks_for_the_person_by_law_may_answer_but_not_over_them() {
        let to = Some(member(2));
        assert_eq!(stands(&say(to.clone(), &[(4, to.clone(), true)]), &amina()), Stands::Agreed(person(4)));
        let both = [(1, to.clone(), false), (4, to.clone(), true)];
        assert_eq!(stands(&say(to, &both), &amina()), Stands::Refused(person(1)));
    }

    #[test]
    fn for_a_person_without_a_voice_here_what_was_written_down_stands() {
        let whose = Whose { person: [named("Ellie")].into(), representatives: BTreeSet::new() };
        assert_eq!(stands(&say(Some(member(2)), &[]), &whose), Stands::WrittenDown);
        let mut open = say(Some(member(2)), &[]);
        open.written_as_agreed = false;
        assert_eq!(stands(&open, &whose), Stands::Proposed);
    }
}
