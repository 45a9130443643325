//! What the desk tells after it has heard the news.

use std::collections::BTreeSet;

use plan::{FieldPath, ListPath, Touched};
use seal::{DeviceId, DocId, EditHash, ItemId, PersonId, PlanId, Time};

use crate::{Former, Refused, Turn};

/// Something that may need to be drawn again, or printed.
#[derive(Debug)]
pub enum Change {
    /// The list of plans, or a plan's title or parts.
    Plans,
    /// A part can be read now (or it has turned out that it cannot).
    Opened {
        /// The plan.
        plan: PlanId,
        /// The part's code; a voice's ends in `-voice`.
        part: &'static str,
        /// Which document it is.
        doc: DocId,
    },
    /// Others' edits were merged into a part.
    Touched {
        /// The plan.
        plan: PlanId,
        /// The part's code; a voice's ends in `-voice`.
        part: &'static str,
        /// Which document it is.
        doc: DocId,
        /// What changed, and how positions moved.
        touched: Touched,
        /// Whose edits these were, without repeats.
        by: Vec<PersonId>,
    },
    /// People, access or parts of a plan.
    Circle(PlanId),
    /// Somebody asks to come in.
    Knock(PlanId),
    /// Something is not shared with whoever sits here any more; the copy they have stays.
    Ended {
        /// The plan.
        plan: PlanId,
        /// The part's code; `None`: they do not belong to the plan any more.
        part: Option<&'static str>,
    },
    /// What is held back in a plan.
    Held(PlanId),
    /// What is saved where.
    Marks(PlanId),
    /// Who is here, and in which field.
    Here(PlanId),
    /// The words this device's knock shows; read them to whoever lets you in.
    Words {
        /// The ask that knocked.
        turn: Turn,
        /// The plan it knocks at.
        plan: PlanId,
        /// Four words.
        words: [&'static str; 4],
    },
    /// What became of the short code that is shown here.
    Code {
        /// The ask that wanted one.
        turn: Turn,
        /// The plan it lets into.
        plan: PlanId,
        /// What became of it.
        what: Code,
    },
    /// The answer to an ask that took longer.
    Answer {
        /// Which one.
        turn: Turn,
        /// What came of it.
        answer: Result<Answer, Refused>,
    },
    /// My visit to a plan is over, and the plan is no longer here.
    VisitEnded {
        /// The plan.
        plan: PlanId,
        /// Whether nothing of what this device was lent is left on it. If not, it is tried again.
        forgotten: bool,
    },
    /// Where the files of a plan stand, or a picture that was asked for.
    Files(PlanId),
    /// Which devices are connected.
    Links,
    /// Something typed here could not be saved; it stays visible and is tried again.
    NotSaved(PlanId),
    /// The node has ended; nothing more will come.
    Gone,
}

/// What becomes of a short code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Code {
    /// This one is shown now.
    Shown {
        /// The code: `7-apple-river`.
        code: String,
        /// When it ends.
        ends: Time,
    },
    /// Somebody typed a wrong one: the one that was shown is over.
    Wrong,
    /// The next one comes in a moment.
    Soon,
    /// Somebody typed it, and comes in.
    Taken,
}

/// What came of an ask that took longer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The plan that was started.
    Started(PlanId),
    /// The ticket to hand over.
    Ticket(String),
    /// The plan this device now belongs to.
    Joined(PlanId),
    /// Who was let in.
    Confirmed(PersonId),
    /// What is held back.
    Held(Vec<node::ask::HeldBack>),
    /// What the held-back words of one person in one document say.
    HeldWords(Vec<HeldText>),
    /// How many edits were put back.
    Kept(usize),
    /// My voice.
    Voice(DocId),
    /// The document of a part that was begun, or that there was already.
    Part(DocId),
    /// What was added, once its document was begun.
    Added {
        /// The plan.
        plan: PlanId,
        /// The list.
        list: ListPath,
        /// The item.
        item: ItemId,
    },
    /// The device that is one of mine now.
    Linked(DeviceId),
    /// It is done.
    Done,
}

/// What somebody wrote into one field and is held back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldText {
    /// The field.
    pub field: FieldPath,
    /// What they put there: each run of words in a text, or the value of any other field. Empty if they only took away.
    pub words: Vec<String>,
}

/// One plan on this device, for a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanCard {
    /// Its id.
    pub id: PlanId,
    /// Its title, or empty while the cover is not here.
    pub title: String,
    /// Whose plan it is, as its cover or circle says.
    pub whose: String,
    /// Who I am in it, or was.
    pub me: PersonId,
    /// If I do not belong to it any more: how I went. What is here is my copy, and nothing new comes.
    pub gone: Option<Former>,
    /// Codes of the parts this device holds, in the plan's order.
    pub parts: Vec<&'static str>,
}

/// One person of a circle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// What they are to the person.
    pub relationship: String,
    /// Where they work, if that is why they are here.
    pub organisation: String,
    /// What they may do in the circle.
    pub standing: circle::Standing,
    /// Is it me?
    pub me: bool,
    /// Is one of their devices connected now?
    pub online: bool,
    /// When one of their devices was last connected; `None`: never here.
    pub seen: Option<Time>,
    /// When they came.
    pub since: Time,
}

/// Somebody who asks to come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knock {
    /// Who they will be.
    pub person: PersonId,
    /// The device they knock with.
    pub device: DeviceId,
    /// The name they give.
    pub name: String,
    /// What they say they are to the person.
    pub relationship: String,
    /// Where they say they work.
    pub organisation: String,
    /// The role of the ticket they hold.
    pub role: String,
    /// Since when.
    pub since: Time,
    /// The key of the ticket they hold.
    pub invite: DeviceId,
    /// When their visit ends, if they come for one.
    pub until: Option<Time>,
    /// The parts that were meant for them; `None` if another device invited them, which shares them once they are in.
    pub parts: Option<Vec<String>>,
}

/// Another device's caret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    /// Who.
    pub person: PersonId,
    /// Which of their devices.
    pub device: seal::DeviceId,
    /// In which document.
    pub doc: DocId,
    /// Where they are: a field, and the selection's anchor and head in code points of the text as shown here.
    pub at: Option<(FieldPath, usize, usize)>,
}

/// How far everybody has what is shown here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// On this device.
    pub here: Saved,
    /// On the others that may read some of it.
    pub with: Vec<With>,
}

/// How far this device's own disk has what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Saved {
    /// Everything, flushed.
    #[default]
    All,
    /// Something is on its way to the disk.
    Saving,
    /// Something could not be saved.
    Failed,
}

/// What one other device says it has on its disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct With {
    /// Whose device.
    pub person: PersonId,
    /// Which.
    pub device: seal::DeviceId,
    /// Has it everything shown here that it may read?
    pub all: bool,
    /// Connected now?
    pub online: bool,
    /// When it last said so, or was last connected.
    pub seen: Option<Time>,
}

/// A part that is shown without something that this device cannot show. Whether that counts is for an owner to say
/// ([`crate::Ask::Bar`]); no device drops it on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stopped {
    /// The edits that cannot be shown: what to bar.
    pub culprits: Vec<EditHash>,
    /// Whose they are, where that is known.
    pub by: BTreeSet<PersonId>,
    /// How many edits are left out, with all that builds on those.
    pub left_out: usize,
    /// The words of this device among them.
    pub words: Vec<String>,
}
