//! What whoever writes can ask of the desk, and what comes back at once.

use std::path::PathBuf;

use circle::{Standing, Who};
use node::ask::ShareWith;
use plan::{
    FieldPath, ListPath, Role, Value,
    offers::{Offer, Reply},
};
use seal::{DeviceId, DocId, EditHash, FileId, ItemId, PersonId, PlanId, StatementId, Time};

mod wanted;

pub use self::wanted::Wanted;

/// One wish of the person at this device. Screens and command lines push these; only the desk carries them out.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// Type into a shared text: at `at` code points, take `delete` away and put `insert` there. The burst stays open.
    Splice {
        /// The plan.
        plan: PlanId,
        /// The text.
        field: FieldPath,
        /// Where, in Unicode code points.
        at: usize,
        /// How many code points go.
        delete: usize,
        /// What comes.
        insert: String,
    },
    /// Fill in a field; a text is replaced by the smallest splice. Ends the burst.
    Set {
        /// The plan.
        plan: PlanId,
        /// The field.
        field: FieldPath,
        /// What it is to hold.
        fill: Fill,
    },
    /// Add an item to the end of a list. The answer names it.
    Add {
        /// The plan.
        plan: PlanId,
        /// The list.
        list: ListPath,
        /// Fields to fill in the same edit, by their name inside the item.
        fills: Vec<(String, Fill)>,
    },
    /// Take an item out of its list. Its words stay and can be put back.
    Remove {
        /// The plan.
        plan: PlanId,
        /// The part's code.
        part: String,
        /// The item.
        item: ItemId,
    },
    /// Put a removed item back.
    Restore {
        /// The plan.
        plan: PlanId,
        /// The part's code.
        part: String,
        /// The item.
        item: ItemId,
    },
    /// Move an item behind another of its list, or to the front.
    Place {
        /// The plan.
        plan: PlanId,
        /// The part's code.
        part: String,
        /// The item.
        item: ItemId,
        /// The one before it.
        behind: Option<ItemId>,
    },
    /// Offer a change in my own voice, for whoever may write. Of a field I have made an offer about that nobody has answered yet,
    /// this is that offer's words from now on. The answer names the offer.
    Offer {
        /// The plan.
        plan: PlanId,
        /// What would be different.
        wanted: Wanted,
        /// Why; empty leaves it open.
        why: String,
    },
    /// Answer an offer in my own voice. What is taken is written into the part, as my edit.
    AnswerOffer {
        /// The plan.
        plan: PlanId,
        /// The code of the part it is about.
        part: String,
        /// The offer as it was read: nobody takes what somebody made of it since.
        offer: Box<Offer>,
        /// Taken, or not now.
        reply: Reply,
        /// Why, or anything else; may be empty.
        words: String,
    },
    /// Reverse my own last edit of this part, whoever wrote since.
    Undo {
        /// The plan.
        plan: PlanId,
        /// The part's code.
        part: String,
    },
    /// Do again what was undone last.
    Redo {
        /// The plan.
        plan: PlanId,
        /// The part's code.
        part: String,
    },
    /// The text lost the focus: whatever was typed is now one finished edit.
    Blur,
    /// An input method began (or ended) to compose in this part: nothing is merged there meanwhile, for ten seconds at most.
    Composing {
        /// The plan.
        plan: PlanId,
        /// The part's code.
        part: String,
        /// Began, or ended.
        on: bool,
    },
    /// My caret (selection from `anchor` to `head`, code points), or that I am in no field now. Never stored.
    Caret {
        /// The plan that is open.
        plan: PlanId,
        /// Field, anchor and head.
        at: Option<(FieldPath, usize, usize)>,
    },
    /// Open every part of a plan that this device may read.
    Open {
        /// The plan.
        plan: PlanId,
    },
    /// Say who sits at this device; used when a plan is started or joined.
    Name {
        /// The name as others will see it.
        name: String,
    },
    /// Start a plan, with all its parts.
    StartPlan {
        /// What it is called.
        title: String,
        /// Whom it is about, if not who starts it: it is theirs once it is handed over to them.
        about: Option<String>,
        /// The kind of plan it is, if that is known: how it is laid out.
        kind: Option<&'static plan::Template>,
    },
    /// Come back into a plan with its 24 words, here or nearby. Answered with the plan.
    ComeBack {
        /// The words.
        words: node::ask::Words,
        /// What this device is called from now on.
        device_name: String,
        /// What people should call whoever comes, if nobody has said so on this device: for those who were never in the circle.
        called: String,
        /// Where a device of the circle may be; those nearby are found by themselves.
        at: Vec<node::Listen>,
        /// How long to look.
        longest: std::time::Duration,
    },
    /// Remove a device of one's own that is lost, by the words.
    RemoveLost {
        /// The plan.
        plan: PlanId,
        /// The device.
        device: seal::DeviceId,
        /// Also what it linked, and what that linked.
        and_linked: bool,
        /// The words of that plan.
        words: node::ask::Words,
    },
    /// Let the words of one's own sheet open this device too.
    HoldSheet {
        /// The plan they are of.
        plan: PlanId,
        /// The words.
        words: node::ask::Words,
    },
    /// Make a new recovery sheet with the words of the old one.
    NewSheet {
        /// The plan.
        plan: PlanId,
        /// The words of the old one.
        old: node::ask::Words,
    },
    /// Remember that the words of a plan were written down, as whoever sits here says.
    SheetWritten {
        /// The plan.
        plan: PlanId,
    },
    /// Start one of the sample plans (`adult`, `family`, `coalition`) as the person whose plan it is, with everybody in it and
    /// a year behind it; `adult-alone`: as its founder, with nobody else.
    Sample {
        /// Which one.
        sample: String,
    },
    /// Make a ticket for somebody.
    Invite {
        /// The plan.
        plan: PlanId,
        /// As what.
        role: Role,
        /// Which parts they will be given; `None`: those the role usually holds.
        parts: Option<Vec<String>>,
        /// For a visit: when it ends.
        until: Option<Time>,
    },
    /// Show a short code for somebody. Codes come as [`crate::Change::Code`], who came in as the answer.
    InviteByCode {
        /// The plan.
        plan: PlanId,
        /// As what.
        role: Role,
        /// Which parts they will be given; `None`: those the role usually holds.
        parts: Option<Vec<String>>,
        /// For a visit: when it ends.
        until: Option<Time>,
    },
    /// Show a short code for another device of mine. Codes come as [`crate::Change::Code`].
    LinkByCode {
        /// The plan.
        plan: PlanId,
    },
    /// Show no code any more.
    HideCode,
    /// Come in with a ticket or a code. The words to be read out, if any, come as [`crate::Change::Words`], the plan as the
    /// answer.
    Join {
        /// The text of the ticket, or a code like `7-apple-river`.
        ticket: String,
        /// What I am to the person, in my own words.
        relationship: String,
        /// What this device is to be called, should the code make it one more of mine.
        device: String,
    },
    /// Let somebody in who read me these words.
    Confirm {
        /// The plan.
        plan: PlanId,
        /// Who knocked.
        person: PersonId,
        /// The four words they read out.
        words: String,
    },
    /// Do not let somebody in who knocked. They are told, and need another invitation.
    Decline {
        /// The plan.
        plan: PlanId,
        /// Who knocked.
        person: PersonId,
    },
    /// Change what a person is to the circle.
    SetStanding {
        /// The plan.
        plan: PlanId,
        /// Whose standing.
        person: PersonId,
        /// What it is from now on.
        standing: Standing,
    },
    /// Remove a person with all their devices. They keep the copy they have.
    RemovePerson {
        /// The plan.
        plan: PlanId,
        /// Whom.
        person: PersonId,
        /// The first of their acts that is not to stand; `None`: all they did up to now stands.
        since: Option<StatementId>,
    },
    /// Remove one device: lost, stolen, given away.
    RemoveDevice {
        /// The plan.
        plan: PlanId,
        /// Which device.
        device: DeviceId,
        /// Also what it linked.
        and_linked: bool,
    },
    /// Leave a plan. This device keeps the copy it has.
    Leave {
        /// The plan.
        plan: PlanId,
    },
    /// Hand a plan that was started for somebody over to them, for good.
    HandOver {
        /// The plan.
        plan: PlanId,
        /// The person it is about.
        to: PersonId,
    },
    /// Say what somebody may do with a document, why and until when.
    Share {
        /// The plan.
        plan: PlanId,
        /// With whom.
        who: Who,
        /// Which document, what they may do with it, and why.
        with: ShareWith,
    },
    /// End what was shared with somebody in particular: a person has again what everyone has.
    Unshare {
        /// The plan.
        plan: PlanId,
        /// The document.
        doc: DocId,
        /// With whom it was shared.
        who: Who,
        /// Why no longer.
        why: String,
    },
    /// Decide that somebody is not to see a document.
    Refuse {
        /// The plan.
        plan: PlanId,
        /// The document.
        doc: DocId,
        /// Whom it is kept from.
        who: Who,
        /// Why.
        why: String,
        /// On what basis.
        basis: String,
    },
    /// Say how much is held back, of whom and where. The answer is [`crate::Answer::Held`].
    Held {
        /// The plan.
        plan: PlanId,
    },
    /// Show the words that are held back of one person in one document. The answer is [`crate::Answer::HeldWords`].
    HeldWords {
        /// The plan.
        plan: PlanId,
        /// The document.
        doc: DocId,
        /// Whose words.
        person: PersonId,
    },
    /// Put what is held back of a person in a document back, whole and under their name.
    KeepHeld {
        /// The plan.
        plan: PlanId,
        /// The document.
        doc: DocId,
        /// Whose words.
        person: PersonId,
    },
    /// Shut an edit, and with it what builds on it, out of a document on every device.
    Bar {
        /// The plan.
        plan: PlanId,
        /// The document.
        doc: DocId,
        /// The edit.
        edit: EditHash,
        /// Why.
        why: String,
    },
    /// Open my own voice about a document; it is begun if there is none. The answer is [`crate::Answer::Voice`].
    OpenVoice {
        /// The plan.
        plan: PlanId,
        /// What it is about.
        doc: DocId,
    },
    /// Begin a part that the plan does not have, or one more document of a part that may have several. The answer is
    /// [`crate::Answer::Part`], also where it was there already.
    OpenPart {
        /// The plan.
        plan: PlanId,
        /// The part's code.
        part: String,
        /// What tells this document from others of its part: a quarter (`2026-4`) or a name.
        called: Option<String>,
    },
    /// The same, in this document: of a part with several, or of somebody's part that a voice is to be about. Without it a
    /// write goes to the part's only document, and a voice's to my own about that.
    In {
        /// The document.
        doc: DocId,
        /// What is to be done in it.
        ask: Box<Ask>,
    },
    /// Attach a file to a field: looked at, cleaned, kept and then named there.
    Attach {
        /// The plan.
        plan: PlanId,
        /// The field.
        field: FieldPath,
        /// A file of this computer, or what was drawn here.
        source: node::ask::Source,
    },
    /// Take a file out of a field.
    Detach {
        /// The plan.
        plan: PlanId,
        /// The field.
        field: FieldPath,
        /// The file.
        file: FileId,
    },
    /// Write a copy of a file to a place where there is none yet.
    SaveFile {
        /// The plan.
        plan: PlanId,
        /// The file.
        file: FileId,
        /// Where to.
        to: PathBuf,
    },
    /// Fetch a file that is not fetched by itself.
    FetchFile {
        /// The plan.
        plan: PlanId,
        /// The file.
        file: FileId,
    },
    /// Say which files are fetched by themselves.
    FetchWhich(node::ask::Fetching),
    /// See a picture: it comes as [`crate::Desk::picture`], with [`crate::Change::Files`].
    See {
        /// The plan.
        plan: PlanId,
        /// The file.
        file: FileId,
        /// The longest side it is to have.
        side: u32,
    },
    /// Begin to talk to other devices.
    GoOnline,
    /// Stop talking to other devices.
    GoOffline,
}

impl Ask {
    /// The same, in this document.
    #[must_use]
    pub fn within(self, doc: DocId) -> Ask {
        Ask::In { doc, ask: Box::new(self) }
    }
}

/// What a field is to hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Fill {
    /// The words of a shared text.
    Text(String),
    /// A value of any other field.
    Value(Value),
    /// Nothing.
    Empty,
}

/// What became of an [`Ask`] by the time `act` returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// It is done on the screen; saving is under way.
    Here,
    /// The item that was added.
    Added(ItemId),
    /// Others have to do something first, or the part is begun first; the answer comes as [`crate::Change::Answer`] with this number.
    Later(Turn),
}

/// The number of an ask whose answer comes later. Counts up on one desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Turn(pub u64);
