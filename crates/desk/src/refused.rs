//! Why something asked of the desk was not done.

/// Why an ask was refused. Nothing has changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// This device holds no such plan.
    #[error("no such plan here")]
    NoSuchPlan,
    /// The plan has no such part here, or it is not shared with this device.
    #[error("no such part here")]
    NoSuchPart,
    /// Only who decides about the plan begins such a part.
    #[error("not yours to begin")]
    NotYours,
    /// The part is still being opened.
    #[error("still being opened")]
    NotOpenYet,
    /// The part cannot be opened: what is kept of it does not fit together.
    #[error("cannot be opened")]
    Unreadable,
    /// This device is not of the circle any more: what it has is a copy.
    #[error("not of the circle any more")]
    Apart,
    /// The part is not shared with whoever sits here any more: what they have is a copy.
    #[error("not shared any more")]
    Ended,
    /// A change to the part cannot be shown on this device: it is shown without, and nothing can be written.
    #[error("something in it cannot be shown here")]
    Stopped,
    /// Whoever sits here may only read this: they can offer nothing.
    #[error("may not offer here")]
    MayNotOffer,
    /// There is no such offer, or whoever made it took it back.
    #[error("no such offer")]
    NoSuchOffer,
    /// Too many of their offers wait for an answer there.
    #[error("too many offers wait")]
    TooManyOffers,
    /// What was offered says nothing else than what stands there.
    #[error("it says so already")]
    SaysSo,
    /// The very same words were changed since something was offered for them.
    #[error("the words were changed since")]
    OfferChanged,
    /// Somebody offers something else by now than what was read.
    #[error("the offer says something else by now")]
    OfferRewritten,
    /// What was to be written does not fit the part.
    #[error(transparent)]
    Write(#[from] plan::WriteError),
    /// The node refused.
    #[error(transparent)]
    Node(#[from] node::Refused),
    /// Nobody has said yet who sits at this device.
    #[error("no name yet")]
    NoName,
    /// There is no such sample.
    #[error("no such sample")]
    NoSuchSample,
    /// A name or title with nothing in it, or longer than a line.
    #[error("not a name")]
    NotAName,
    /// The system gave no randomness.
    #[error("no randomness")]
    NoDice,
    /// This part is not held, or waits for an earlier merge.
    #[error("not held")]
    NotHeld,
    /// A device that does not write in this plan was named.
    #[error("no such device")]
    NoSuchDevice,
}

impl Refused {
    /// The key of the sentence that says this. What circle and node refuse is said by them.
    pub fn say(&self) -> &'static str {
        match self {
            Refused::NoSuchPlan => "errors-no-such-plan",
            Refused::NoSuchPart => "errors-no-such-part",
            Refused::NotYours => "errors-not-yours-to-begin",
            Refused::NotOpenYet => "errors-not-open-yet",
            Refused::Unreadable => "errors-part-unreadable",
            Refused::Apart => "errors-apart",
            Refused::Ended => "errors-ended",
            Refused::Stopped => "errors-part-stopped",
            Refused::MayNotOffer => "errors-may-not-offer",
            Refused::NoSuchOffer => "errors-no-such-offer",
            Refused::TooManyOffers => "errors-too-many-offers",
            Refused::SaysSo => "errors-says-so",
            Refused::OfferChanged => "errors-offer-changed",
            Refused::OfferRewritten => "errors-offer-rewritten",
            Refused::Write(cause) => say_write(*cause),
            Refused::Node(cause) => cause.say(),
            Refused::NoName => "errors-no-name",
            Refused::NoSuchSample => "errors-no-such-sample",
            Refused::NotAName => "errors-not-a-name",
            Refused::NoDice => "errors-no-dice",
            Refused::NotHeld => "errors-not-held",
            Refused::NoSuchDevice => "errors-no-such-device",
        }
    }
}

impl From<plan::offers::NotAnOffer> for Refused {
    fn from(cause: plan::offers::NotAnOffer) -> Refused {
        match cause {
            plan::offers::NotAnOffer::Same => Refused::SaysSo,
            plan::offers::NotAnOffer::Write(cause) => Refused::Write(cause),
        }
    }
}

impl From<plan::offers::NotTaken> for Refused {
    fn from(cause: plan::offers::NotTaken) -> Refused {
        match cause {
            plan::offers::NotTaken::Changed => Refused::OfferChanged,
            plan::offers::NotTaken::Gone => Refused::Write(plan::WriteError::NoItem),
            plan::offers::NotTaken::Write(cause) => Refused::Write(cause),
        }
    }
}

fn say_write(cause: plan::WriteError) -> &'static str {
    use plan::{BadValue, WriteError};
    match cause {
        WriteError::NotWriting => "errors-not-writing",
        WriteError::NoField => "errors-no-such-field",
        WriteError::NoItem => "errors-no-such-item",
        WriteError::Beyond => "errors-beyond-the-end",
        WriteError::TooMuch => "errors-too-much",
        WriteError::Value(value) => match value {
            BadValue::Date => "errors-bad-date",
            BadValue::Money => "errors-bad-money",
            BadValue::Moment => "errors-bad-moment",
            BadValue::Quantity => "errors-bad-quantity",
            BadValue::File => "errors-bad-file",
            BadValue::TooLarge => "errors-too-large",
            BadValue::Choice => "errors-bad-choice",
            BadValue::Scale => "errors-bad-scale",
            BadValue::YesNo => "errors-bad-yes-no",
            BadValue::Person => "errors-bad-person",
            BadValue::Item => "errors-bad-item",
            BadValue::TooLong => "errors-too-long",
            BadValue::Kind => "errors-bad-kind",
        },
    }
}
