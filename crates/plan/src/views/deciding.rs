//! Who decides what, and what those say to it who have to be asked.

use seal::{ItemId, PersonId};

use crate::{value::Someone, whole::Whole};

/// One line of who decides what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinalSay {
    /// Its id.
    pub id: ItemId,
    /// Who has the final say; none is the person whose plan it is.
    pub who: Option<Someone>,
    /// Whether the circle wrote down that it is agreed.
    pub written_as_agreed: bool,
    /// What people said to it in their own voice, the last word last.
    pub answers: Vec<Consent>,
}

/// What somebody said to who has the final say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Who said it.
    pub by: PersonId,
    /// To whom having it.
    pub to: Option<Someone>,
    /// Whether they agree, be it with a but.
    pub yes: bool,
}

/// Who decides what, as far as it is at hand.
pub fn final_says(whole: &Whole) -> Vec<FinalSay> {
    let mut says: Vec<FinalSay> = whole
        .records("deciding")
        .into_iter()
        .map(|say| FinalSay {
            id: say.id(),
            who: say.person("final-say"),
            written_as_agreed: say.choice("status").is_some_and(|status| status == "agreed"),
            answers: Vec::new(),
        })
        .collect();
    for (by, said) in whole.said("deciding-voice.agreements") {
        let Some(say) = says.iter_mut().find(|say| said.reference("about") == Some(say.id)) else { continue };
        let Some(answer) = said.choice("answer") else { continue };
        say.answers.push(Consent { by, to: said.person("final-say"), yes: answer != "no" });
    }
    says
}
