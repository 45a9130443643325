//! Why a command was not done, as a sentence for a person and a code for a program.

use std::process::ExitCode;

use serde_json::json;
use words::Say;

/// Codes that say more than the last words of their sentence's key.
const CODES: [(&str, &str); 2] = [("store-in-use", "locked"), ("store-nothing", "no-device")];

/// A command that was refused or failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    say: Say,
    usage: bool,
    /// Which of many edits it was, if it was one of many.
    step: Option<usize>,
}

impl Failure {
    /// Refused or failed: exit 1.
    pub(crate) fn new(say: impl Into<Say>) -> Failure {
        Failure { say: say.into(), usage: false, step: None }
    }

    /// Wrongly asked for: exit 2.
    pub(crate) fn usage(say: impl Into<Say>) -> Failure {
        Failure { say: say.into(), usage: true, step: None }
    }

    /// The same, of one edit out of many.
    pub(crate) fn at(self, step: usize) -> Failure {
        Failure { step: Some(step), ..self }
    }

    /// The sentence.
    pub(crate) fn sentence(&self) -> String {
        words::say(self.say.clone())
    }

    /// The code for programs: the sentence's key without the name of its file.
    pub(crate) fn code(&self) -> &str {
        let key = self.say.key();
        match CODES.iter().find(|(known, _)| *known == key) {
            Some((_, code)) => code,
            None => key.split_once('-').map_or(key, |(_, code)| code),
        }
    }

    /// Whether it is that something kept on this computer was altered.
    pub(crate) fn is_damage(&self) -> bool {
        ["store-data-damaged", "store-record-damaged", "node-damaged"].contains(&self.say.key())
    }

    /// `{"error":{"code":…,"say":…}}`, and `"step"` where it was one edit out of many.
    pub(crate) fn json(&self) -> serde_json::Value {
        match self.step {
            None => json!({"error": {"code": self.code(), "say": self.sentence()}}),
            Some(step) => json!({"error": {"code": self.code(), "say": self.sentence(), "step": step}}),
        }
    }

    /// How the program ends.
    pub(crate) fn exit(&self) -> ExitCode {
        ExitCode::from(if self.usage { 2 } else { 1 })
    }
}

impl From<node::StartError> for Failure {
    fn from(cause: node::StartError) -> Failure {
        let (key, values) = cause.said();
        Failure::new(values.into_iter().fold(Say::new(key), |say, (name, value)| say.with(name, value)))
    }
}

impl From<node::Refused> for Failure {
    fn from(cause: node::Refused) -> Failure {
        Failure::new(cause.say())
    }
}

impl From<desk::Refused> for Failure {
    fn from(cause: desk::Refused) -> Failure {
        Failure::new(cause.say())
    }
}

impl From<plan::BadPath> for Failure {
    fn from(cause: plan::BadPath) -> Failure {
        Failure::new(match cause {
            plan::BadPath::Form => "cli-bad-path",
            plan::BadPath::Part => "errors-no-such-part",
            plan::BadPath::Item => "errors-bad-item",
            plan::BadPath::Field => "errors-no-such-field",
        })
    }
}

impl From<plan::BadValue> for Failure {
    fn from(cause: plan::BadValue) -> Failure {
        desk::Refused::Write(plan::WriteError::Value(cause)).into()
    }
}
