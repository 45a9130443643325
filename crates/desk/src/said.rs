//! What was signed about a plan, as sentences: who did what to whom, when, why and until when.
//!
//! A statement becomes a key and named values here, once; `words` makes the sentence, and window and command line show the
//! same one. Names come from what people said of themselves when they came, so somebody who has left is still called by name.

use std::collections::BTreeMap;

use circle::{Access, Act, Graph, Introduction, Ledger, Standing, Statement, Who, Whom, Whose};
use seal::{DeviceId, DocId, PersonId, PlanId, StatementId, Time};
use words::Say;

use crate::{Desk, now, shelf::Shelf};

/// One signed statement, ready to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Which.
    pub id: StatementId,
    /// When, by the clock of whoever signed it: "about".
    pub at: Time,
    /// Who signed it, as far as this device can tell.
    pub by: Option<PersonId>,
    /// With which device.
    pub device: DeviceId,
    /// What that device is called.
    pub with: String,
    /// The document it is about, and the code of its part; neither for what concerns the whole circle.
    pub part: Option<(DocId, String)>,
    /// Whom it is about, besides whoever signed it.
    pub whom: Option<Who>,
    /// What kind of act it is, as a code.
    pub kind: &'static str,
    /// Whether it holds: what was taken back by a removal does not.
    pub stands: bool,
    /// The sentence.
    pub say: Say,
    /// For what was given or kept: the part as people call it, and the sentence without it, so that several can be said as one.
    fold: Option<(String, String)>,
}

/// How far apart things may be signed that are said in one sentence.
const TOGETHER: i64 = 5 * 60_000;

/// The same, with parts that were given to one person at one time, for one reason, said in one sentence; and so the parts that
/// somebody kept as they were when they removed somebody.
pub fn folded(said: Vec<Said>) -> Vec<Said> {
    let mut all: Vec<(Said, Vec<String>)> = Vec::new();
    for one in said {
        let Some((part, rest)) = one.fold.clone() else {
            all.push((one, Vec::new()));
            continue;
        };
        let same = |other: &Said| {
            other.fold.as_ref().is_some_and(|(_, other)| *other == rest)
                && (other.by, other.stands) == (one.by, one.stands)
                && one.at.0.saturating_sub(other.at.0) <= TOGETHER
        };
        match all.iter_mut().rev().take(16).find(|(other, _)| same(other)) {
            // A part and what people say about it bear one name.
            Some((_, parts)) if parts.contains(&part) => {}
            Some((_, parts)) => parts.push(part),
            None => all.push((one, vec![part])),
        }
    }
    let sentence = |(mut said, parts): (Said, Vec<String>)| {
        if parts.len() > 1 {
            said.say = said.say.with("part", words::together(&parts)).with("count", parts.len());
        }
        said
    };
    all.into_iter().map(sentence).collect()
}

impl Desk {
    /// Everything signed about a plan, as sentences, in the order of the circle's and each document's graph, oldest first. Keys
    /// are left out: devices change and hand them on by themselves, and nobody decides anything by it.
    pub fn said(&self, plan: PlanId) -> Vec<Said> {
        let Some(shelf) = self.shelves.get(&plan) else { return Vec::new() };
        let teller = Teller::new(shelf, self.me);
        let graphs = std::iter::once(Graph::Circle);
        let graphs = graphs.chain(shelf.ledger.documents().map(|document| Graph::Document(document.id)));
        let statements = graphs.flat_map(|graph| shelf.ledger.since(graph, &[]));
        let told = statements.filter(|statement| !matches!(statement.act(), Act::NewKey(_)));
        let mut said: Vec<Said> = told.map(|statement| teller.tell(statement)).collect();
        // Clocks differ, so this orders only what is shown; it keeps each graph's own order where clocks agree with it.
        said.sort_by_key(|one| one.at);
        said
    }

    /// What somebody is called here, also after they have left.
    pub fn called(&self, plan: PlanId, person: PersonId) -> Option<String> {
        name(&self.shelves.get(&plan)?.ledger, person)
    }
}

/// Who signed a statement: whose device its grants say that is.
pub(crate) fn speaker(ledger: &Ledger, statement: &Statement) -> Option<PersonId> {
    match statement.act() {
        Act::Found(_) | Act::Join(_) => Some(statement.id().into()),
        _ => placed(ledger, statement.body().grants?.device),
    }
}

/// The person whose device a grant gave a place.
fn placed(ledger: &Ledger, mut grant: StatementId) -> Option<PersonId> {
    loop {
        // Every step goes to a statement in the past of the last, so this ends.
        let statement = ledger.statement(grant)?;
        match statement.act() {
            Act::Found(_) => return Some(grant.into()),
            Act::Confirm(confirm) => return Some(confirm.join.into()),
            Act::HandOver(hand) => return Some(hand.to),
            _ => grant = statement.body().grants?.device,
        }
    }
}

/// How a person introduced themselves, whether they still belong or not.
pub(crate) fn introduction(ledger: &Ledger, person: PersonId) -> Option<&Introduction> {
    match ledger.statement(person.into())?.act() {
        Act::Found(found) => Some(&found.founder),
        Act::Join(join) => Some(&join.person),
        _ => None,
    }
}

/// A person's name, cleaned of what would not show or would turn the line around.
pub(crate) fn name(ledger: &Ledger, person: PersonId) -> Option<String> {
    let name = plan::clean(&introduction(ledger, person)?.name);
    Some(name).filter(|name| !name.is_empty())
}

struct Teller<'a> {
    ledger: &'a Ledger,
    me: Option<PersonId>,
    device: DeviceId,
    devices: BTreeMap<DeviceId, (PersonId, String)>,
    now: Time,
}

impl<'a> Teller<'a> {
    fn new(shelf: &'a Shelf, device: DeviceId) -> Teller<'a> {
        let ledger = shelf.ledger.as_ref();
        let mut devices = BTreeMap::new();
        for statement in ledger.since(Graph::Circle, &[]) {
            match statement.act() {
                Act::Found(_) | Act::Join(_) => {
                    devices.entry(statement.issuer()).or_insert((statement.id().into(), String::new()));
                }
                Act::LinkDevice(link) => {
                    if let Some(person) = speaker(ledger, statement) {
                        devices.entry(link.device).or_insert((person, plan::clean(&link.name)));
                    }
                }
                _ => {}
            }
        }
        let me = devices.get(&device).map(|(person, _)| *person);
        Teller { ledger, me, device, devices, now: now() }
    }

    fn tell(&self, statement: &Statement) -> Said {
        let by = speaker(self.ledger, statement);
        let at = statement.body().at;
        let part = match statement.graph() {
            Graph::Document(doc) => {
                Some((doc, self.ledger.document(doc).map(|document| document.kind.clone()).unwrap_or_default()))
            }
            Graph::Circle | Graph::Opening => None,
        };
        let (kind, whom, say) = self.act(statement, part.as_ref().map(|(doc, kind)| (*doc, kind.as_str())));
        let day = words::on_day(at.0, self.now.0);
        let say = say.with("day", day).with("by", self.subject(by));
        let fold = matches!(statement.act(), Act::Share(_) | Act::Keep(_)).then(|| {
            let part = part.as_ref().map_or_else(String::new, |(doc, kind)| self.part(*doc, kind));
            (part, words::say(say.clone().with("part", "")))
        });
        let stands = self.ledger.in_effect(statement.id());
        Said {
            id: statement.id(),
            at,
            by,
            device: statement.issuer(),
            with: self.device_name(statement.issuer()),
            part,
            whom,
            kind,
            stands,
            say,
            fold,
        }
    }

    /// The kind of an act, whom it is about, and its sentence without who and when.
    fn act(&self, statement: &Statement, part: Option<(DocId, &str)>) -> (&'static str, Option<Who>, Say) {
        let about = |person: PersonId| Some(Who::Person(person));
        let part = || part.map_or_else(String::new, |(doc, kind)| self.part(doc, kind));
        match statement.act() {
            Act::Found(found) => match found.whose {
                Whose::Founder => ("found", None, Say::new("signed-found")),
                Whose::Another { .. } => ("found", None, Say::new("signed-found-for")),
            },
            Act::Invite(invite) => ("invite", None, Say::new("signed-invite").with("role", words::role(&invite.role))),
            Act::Join(_) => ("join", None, Say::new("signed-join")),
            Act::Confirm(confirm) => {
                let whom = confirm.join.into();
                let say = Say::new("signed-confirm").with("standing", standing_code(confirm.standing));
                let say = say.with("whom", self.object(whom)).with("until", self.until(confirm.until));
                ("confirm", about(whom), say)
            }
            Act::LinkDevice(link) => {
                ("link-device", None, Say::new("signed-link").with("device", self.device_name(link.device)))
            }
            Act::SetStanding(set) => {
                let say = Say::new("signed-stand").with("standing", standing_code(set.standing));
                ("stand", about(set.person), say.with("whom", self.object(set.person)))
            }
            Act::Remove(remove) => match remove.whom {
                Whom::Person(person) => {
                    ("remove", about(person), Say::new("signed-remove").with("whom", self.object(person)))
                }
                Whom::Device { device, .. } => {
                    let owner = self.devices.get(&device).map(|(person, _)| *person);
                    let say = Say::new("signed-remove-device").with("device", self.device_name(device));
                    let say = say
                        .with("of", self.of(owner))
                        .with("whom", owner.map_or_else(String::new, |owner| self.object(owner)));
                    ("remove-device", owner.map(Who::Person), say)
                }
            },
            Act::HandOver(hand) => {
                ("hand-over", about(hand.to), Say::new("signed-hand-over").with("whom", self.object(hand.to)))
            }
            Act::Leave => ("leave", None, Say::new("signed-leave")),
            Act::NewRecoveryKey(_) => ("new-recovery-key", None, Say::new("signed-new-words")),
            Act::NewDocument(new) => match new.voice_of {
                None => ("new-document", None, Say::new("signed-part").with("part", part())),
                Some((_, doc)) => {
                    let kind = self.ledger.document(doc).map(|about| about.kind.clone()).unwrap_or_default();
                    ("new-document", None, Say::new("signed-voice").with("part", self.part(doc, &kind)))
                }
            },
            Act::Share(share) => {
                let say = Say::new(match share.access {
                    Access::Edit => "signed-share-edit",
                    Access::Suggest => "signed-share-suggest",
                    Access::View | Access::Nothing => "signed-share-view",
                });
                let say = say.with("whom", self.who(share.who)).with("part", part()).with("count", 1);
                let say = say.with("why", because(&share.why)).with("basis", basis(&share.basis));
                ("share", Some(share.who), say.with("until", self.until(share.until)))
            }
            Act::Renew(_) => ("renew", None, Say::new("signed-renew").with("part", part())),
            Act::Unshare(unshare) => {
                let say = Say::new("signed-unshare").with("whom", self.who(unshare.who)).with("part", part());
                ("unshare", Some(unshare.who), say.with("why", because(&unshare.why)))
            }
            Act::Refuse(refuse) => {
                let say = Say::new("signed-refuse").with("whom", self.who(refuse.who)).with("part", part());
                let say = say.with("why", because(&refuse.why)).with("basis", basis(&refuse.basis));
                ("refuse", Some(refuse.who), say)
            }
            Act::Keep(_) => ("keep", None, Say::new("signed-keep").with("part", part())),
            Act::Bar(bar) => ("bar", None, Say::new("signed-bar").with("part", part()).with("why", because(&bar.why))),
            Act::NewKey(_) => ("new-key", None, Say::new("signed-new-key").with("part", part())),
            Act::Unknown { .. } => ("unknown", None, Say::new("signed-unknown")),
        }
    }

    /// A part as people call it; a voice by the part it speaks of.
    fn part(&self, doc: DocId, kind: &str) -> String {
        let document = self.ledger.document(doc);
        let about = document.and_then(|document| document.voice_of).and_then(|(_, part)| self.ledger.document(part));
        let kind = about.map_or(kind, |about| about.kind.as_str());
        words::label(plan::part(kind).map_or(kind, |part| part.label))
    }

    fn is_me(&self, person: PersonId) -> bool {
        self.me == Some(person)
    }

    /// Whoever did it: "you" or their name.
    fn subject(&self, person: Option<PersonId>) -> String {
        match person {
            Some(person) if self.is_me(person) => words::text("signed-you"),
            Some(person) => name(self.ledger, person).unwrap_or_else(|| words::text("signed-someone")),
            None => words::text("signed-someone"),
        }
    }

    /// Whom it was done to: "you" or their name.
    fn object(&self, person: PersonId) -> String {
        self.subject(Some(person))
    }

    fn who(&self, who: Who) -> String {
        match who {
            Who::Everyone => words::text("signed-everyone"),
            Who::Person(person) => self.object(person),
        }
    }

    /// Whose it is, as the sentences tell apart.
    fn of(&self, person: Option<PersonId>) -> &'static str {
        match person {
            Some(person) if self.is_me(person) => "you",
            Some(_) | None => "other",
        }
    }

    fn device_name(&self, device: DeviceId) -> String {
        match self.devices.get(&device) {
            _ if device == self.device => words::text("signed-this-device"),
            Some((_, name)) if !name.is_empty() => words::say(Say::new("signed-device-called").with("name", name)),
            Some(_) => words::text("signed-first-device"),
            None => words::text("signed-a-device"),
        }
    }

    fn until(&self, until: Option<Time>) -> String {
        let Some(until) = until else { return String::new() };
        words::say(Say::new("signed-until").with("when", words::short_day(until.0, self.now.0)))
    }
}

/// ", because …", in the words of whoever decided; nothing where they gave no reason.
fn because(why: &str) -> String {
    // What a role was given is written down with the role's name: said as people say it.
    let why = plan::clean(&words::role(&plan::clean(why)));
    if why.is_empty() { String::new() } else { words::say(Say::new("signed-because").with("why", why)) }
}

fn basis(basis: &str) -> String {
    let basis = plan::clean(basis);
    if basis.is_empty() { String::new() } else { words::say(Say::new("signed-basis").with("basis", basis)) }
}

fn standing_code(standing: Standing) -> &'static str {
    crate::view::standing(standing)
}
