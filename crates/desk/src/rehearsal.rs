//! Playing a sample plan: everybody in it gets a device of their own for a moment, made of fresh dice and kept nowhere, which
//! signs its Join, is let in, is given what its role holds, and writes what the file says at the hour the file says.
//!
//! What comes of it is what a year of real devices would have left behind: signed statements and signed edits, to be taken
//! in like anything that comes from elsewhere. The keys are gone when this returns. No clock, no disk, no network.

use std::collections::{BTreeMap, BTreeSet};

use circle::{
    Access, Introduction, Invite, Ledger, NewDocument, Placed, RULES, Refuse, Remove, Share, Standing, Statement,
    Ticket, Who, Whom,
    draft::{self, Hindrance, Newcomer},
};
use node::ask::SignedEdits;
use plan::{
    Copies, Document, FieldKind, FieldPath, Holding, Opens, Part, Role, Value,
    sample::{self, Burst, Names, Person, Sample, SamplePart, What},
};
use seal::{
    Bytes, ChainId, DeviceKey, DocId, Edit, EditHash, FileId, ItemId, MILESTONE, PersonId, PlanId, RecoveryWords, Seq,
    Signed, Time, Tip, Verified, chain_id,
};
use zeroize::Zeroizing;

use crate::{roles, whole::belongs_to_me};

/// 32 fresh random bytes.
pub(crate) type Dice<'a> = &'a mut dyn FnMut() -> [u8; 32];

/// What a sample comes to.
pub(crate) struct Played {
    /// Everything that was signed about it, in order.
    pub(crate) statements: Vec<Statement>,
    /// The edits of each document, in order, each with the signature that lies on it.
    pub(crate) edits: Vec<(DocId, SignedEdits)>,
    /// The bytes of the files that they name.
    pub(crate) files: Vec<Vec<u8>>,
    /// The 24 words of the person whose plan it is.
    pub(crate) words: RecoveryWords,
    /// Notes that are for one device alone, to be written on it.
    pub(crate) notes: Vec<SamplePart>,
    /// Ids of the records that are named in the file, for those notes.
    pub(crate) names: Names,
}

/// Where a sample does not fit what it may do: a slip in its file, found by the test that plays them all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Stuck {
    #[error("{0} is nobody of the sample, or not here yet")]
    Nobody(String),
    #[error("{who} may not do that: {cause}")]
    Hindered { who: String, cause: Hindrance },
    #[error("{who} may not write in {part}")]
    NotTheirs { who: String, part: &'static str },
    #[error("{part}: {cause}")]
    Write { part: &'static str, cause: plan::WriteError },
    #[error("there is no {0} yet")]
    NotThere(&'static str),
    #[error("a statement is not taken: {0}")]
    NotPlaced(String),
    #[error("nothing begins it")]
    Empty,
}

/// How long before they come in somebody is invited, and how long after they knock they are confirmed, in milliseconds.
const INVITED_BEFORE: i64 = 60 * 60_000;
const CONFIRMED_AFTER: i64 = 3 * 60_000;

/// When somebody first writes who says no hour: an hour after they came.
const FIRST: i64 = 60 * 60_000;

/// Plays a sample from beginning to end.
pub(crate) fn play(sample: &Sample, dice: Dice) -> Result<Played, Stuck> {
    let founder = sample.people.first().ok_or(Stuck::Empty)?;
    let words = RecoveryWords::from_dice(Zeroizing::new(dice()));
    let key = DeviceKey::from_seed(&Zeroizing::new(dice()));
    let newcomer = newcomer(founder, &key, &words.key());
    let found = draft::found(newcomer, None, founder.at, short(dice()));
    let found = Statement::sign(&key, found).map_err(|cause| Stuck::NotPlaced(cause.to_string()))?;
    let ledger = Ledger::new(found.clone()).ok_or(Stuck::Empty)?;
    let names = sample.name_all(|| ItemId::new(short(dice())));
    let me = Player { key, person: PersonId::from(found.id()), role: founder.role };
    let mut stage = Stage {
        plan: found.plan(),
        ledger,
        statements: vec![found],
        founder: founder.name.clone(),
        players: BTreeMap::from([(founder.name.clone(), me)]),
        docs: Vec::new(),
        names,
        dice,
    };
    for scene in scenes(sample) {
        stage.play(scene)?;
    }
    let notes = sample.parts.iter().filter(|part| part.part.opens == Opens::OnThisDevice).cloned().collect();
    let Stage { statements, docs, names, .. } = stage;
    let named: BTreeSet<FileId> = docs.iter().flat_map(|doc| doc.document.files(|_| ()).into_keys()).collect();
    let files = named.into_iter().filter_map(sample::bytes_of).collect();
    let edits = docs.into_iter().map(|doc| (doc.document.doc(), signed(doc.edits))).collect();
    Ok(Played { statements, edits, files, words, notes, names })
}

/// One thing that happens.
enum Scene<'a> {
    Comes(&'a Person),
    Decides(&'a sample::Act),
    Writes(&'a SamplePart, &'a Burst, String),
}

/// Everything that happens, in the order of time; what happens at one moment in the order of the file.
fn scenes(sample: &Sample) -> Vec<(Time, Scene<'_>)> {
    let founder = sample.people.first();
    let came = |name: &str| sample.people.iter().find(|person| person.name == name).or(founder).map(|person| person.at);
    let mut scenes = Vec::new();
    scenes.extend(sample.people.iter().skip(1).map(|person| (person.at, Scene::Comes(person))));
    scenes.extend(sample.acts.iter().map(|act| (act.at, Scene::Decides(act))));
    for part in sample.parts.iter().filter(|part| part.part.opens != Opens::OnThisDevice) {
        for burst in &part.bursts {
            let by = burst.by.as_ref().or(part.whose.as_ref()).or(founder.map(|founder| &founder.name));
            let by = by.cloned().unwrap_or_default();
            let at = burst.at.or(came(&by).map(|at| at.plus(FIRST))).unwrap_or_default();
            scenes.push((at, Scene::Writes(part, burst, by)));
        }
    }
    scenes.sort_by_key(|(at, _)| *at);
    scenes
}

/// Somebody with a device.
struct Player {
    key: DeviceKey,
    person: PersonId,
    role: Role,
}

/// A document of the sample.
struct Written {
    part: &'static Part,
    key: Option<String>,
    whose: Option<PersonId>,
    document: Document,
    edits: Vec<(Verified, Tip)>,
}

struct Stage<'a> {
    plan: PlanId,
    ledger: Ledger,
    statements: Vec<Statement>,
    founder: String,
    players: BTreeMap<String, Player>,
    docs: Vec<Written>,
    names: Names,
    dice: Dice<'a>,
}

impl Stage<'_> {
    fn play(&mut self, (at, scene): (Time, Scene)) -> Result<(), Stuck> {
        match scene {
            Scene::Comes(person) => self.let_in(person),
            Scene::Decides(act) => self.decide(act),
            Scene::Writes(part, burst, by) => self.write(part, burst, &by, at),
        }
    }

    fn player(&self, name: &str) -> Result<&Player, Stuck> {
        self.players.get(name).ok_or_else(|| Stuck::Nobody(name.to_owned()))
    }

    /// Signs a statement with somebody's key and places it, so that the next can rest on it.
    fn say(&mut self, by: &str, body: Result<circle::Body, Hindrance>) -> Result<Statement, Stuck> {
        let body = body.map_err(|cause| Stuck::Hindered { who: by.to_owned(), cause })?;
        let statement = Statement::sign(&self.player(by)?.key, body);
        let statement = statement.map_err(|cause| Stuck::NotPlaced(cause.to_string()))?;
        self.place(statement.clone())?;
        Ok(statement)
    }

    fn place(&mut self, statement: Statement) -> Result<(), Stuck> {
        match self.ledger.place(statement.clone()) {
            Placed::New(_) | Placed::Known | Placed::Knock => self.statements.push(statement),
            other @ (Placed::Early { .. } | Placed::Refused(_)) => return Err(Stuck::NotPlaced(format!("{other:?}"))),
        }
        Ok(())
    }

    /// Somebody comes: invited by whose plan it is, on a device of their own, confirmed, given what their role holds.
    fn let_in(&mut self, person: &Person) -> Result<(), Stuck> {
        let (founder, at) = (self.founder.clone(), person.at);
        let host = self.player(&founder)?.key.id();
        let (seed, key) = (Zeroizing::new((self.dice)()), DeviceKey::from_seed(&Zeroizing::new((self.dice)())));
        let standing = if person.owner { Standing::Owner } else { roles::standing(person.role) };
        let (role, expires) = (person.role.code().to_owned(), at.plus(24 * INVITED_BEFORE));
        let invited = DeviceKey::from_seed(&seed).id();
        let invite = Invite { key: invited, standing, role: role.clone(), expires, until: None };
        let body = draft::invite(&self.ledger, host, at.plus(-INVITED_BEFORE), invite);
        self.say(&founder, body)?;
        let (addresses, parts) = (Vec::new(), Vec::new());
        let ticket = Ticket { plan: self.plan, inviter: host, addresses, key: seed, role, parts, expires };
        let recovery = DeviceKey::from_seed(&Zeroizing::new((self.dice)()));
        let join = Statement::sign(&key, draft::join(&ticket, newcomer(person, &key, &recovery), at));
        let join = join.map_err(|cause| Stuck::NotPlaced(cause.to_string()))?;
        self.place(join.clone())?;
        let confirmed = at.plus(CONFIRMED_AFTER);
        let body = draft::confirm(&self.ledger, host, confirmed, join.id());
        self.say(&founder, body)?;
        let player = Player { key, person: join.id().into(), role: person.role };
        let shares: Vec<(DocId, Access)> = self.docs.iter().filter_map(|doc| usual(doc, player.role)).collect();
        let id = player.person;
        self.players.insert(person.name.clone(), player);
        for (doc, access) in shares {
            self.share(doc, id, access, person.role, confirmed)?;
        }
        Ok(())
    }

    fn share(&mut self, doc: DocId, who: PersonId, access: Access, role: Role, at: Time) -> Result<(), Stuck> {
        let founder = self.founder.clone();
        let (why, basis) = (role.code().to_owned(), "agreed".to_owned());
        let share = Share { who: Who::Person(who), access, why, basis, until: None };
        let body = draft::share(&self.ledger, self.player(&founder)?.key.id(), at, doc, share);
        self.say(&founder, body).map(|_| ())
    }

    fn decide(&mut self, act: &sample::Act) -> Result<(), Stuck> {
        let device = self.player(&act.by)?.key.id();
        match &act.what {
            What::Share { part, key, who, access, why, basis, until } => {
                let (who, access) = (Who::Person(self.player(who)?.person), given(*access));
                for doc in self.docs_of(part, key.as_deref())? {
                    let share = Share { who, access, why: why.clone(), basis: basis.clone(), until: *until };
                    let body = draft::share(&self.ledger, device, act.at, doc, share);
                    self.say(&act.by, body)?;
                }
            }
            What::Refuse { part, key, who, why, basis } => {
                let who = Who::Person(self.player(who)?.person);
                for doc in self.docs_of(part, key.as_deref())? {
                    self.keep(doc, &act.by, act.at)?;
                    let refuse = Refuse { who, why: why.clone(), basis: basis.clone() };
                    let body = draft::refuse(&self.ledger, device, act.at, doc, refuse);
                    self.say(&act.by, body)?;
                }
            }
            What::Remove { who } => {
                let whom = Whom::Person(self.player(who)?.person);
                let read: Vec<DocId> = self.docs.iter().map(|doc| doc.document.doc()).collect();
                for doc in read.into_iter().filter(|doc| self.ledger.may_read(*doc, device)).collect::<Vec<_>>() {
                    self.keep(doc, &act.by, act.at)?;
                }
                let body = draft::remove(&self.ledger, device, act.at, Remove { whom, upto: None });
                self.say(&act.by, body)?;
            }
        }
        Ok(())
    }

    /// What was seen of a document, said before somebody is shut out of it. Whoever may not say so leaves it to its owner.
    fn keep(&mut self, doc: DocId, by: &str, at: Time) -> Result<(), Stuck> {
        let written = self.docs.iter().find(|written| written.document.doc() == doc);
        let heads = written.map(|written| written.document.heads()).unwrap_or_default();
        match draft::keep(&self.ledger, self.player(by)?.key.id(), at, doc, heads) {
            Err(Hindrance::Denied(_)) => Ok(()),
            body => self.say(by, body).map(|_| ()),
        }
    }

    fn docs_of(&self, part: &'static Part, key: Option<&str>) -> Result<Vec<DocId>, Stuck> {
        let of = |doc: &&Written| doc.part == part && (key.is_none() || doc.key.as_deref() == key);
        let docs: Vec<DocId> = self.docs.iter().filter(of).map(|doc| doc.document.doc()).collect();
        if docs.is_empty() { Err(Stuck::NotThere(part.code)) } else { Ok(docs) }
    }

    /// Somebody writes for a while.
    fn write(&mut self, part: &SamplePart, burst: &Burst, by: &str, at: Time) -> Result<(), Stuck> {
        let doc = self.doc_of(part, by, at)?;
        let Stage { plan, ledger, players, docs, names, .. } = self;
        let Written { document, edits, .. } = &mut docs[doc];
        let key = &players.get(by).ok_or_else(|| Stuck::Nobody(by.to_owned()))?.key;
        let (id, device) = (document.doc(), key.id());
        let chapter = ledger.chapter(id, device).filter(|_| ledger.may_edit(id, device));
        let chapter = chapter.ok_or_else(|| Stuck::NotTheirs { who: by.to_owned(), part: part.part.code })?;
        let people: BTreeMap<&str, PersonId> =
            players.iter().map(|(name, player)| (name.as_str(), player.person)).collect();
        let value = |kind: FieldKind, text: &str| name_people(kind, text, &people);
        document.write_as(chain_id(id, device, chapter));
        let written = sample::write(document, burst, names, at, &value);
        written.map_err(|cause| Stuck::Write { part: part.part.code, cause })?;
        sign(*plan, key, chapter, document.close(at), id, edits);
        Ok(())
    }

    /// The document of a part, begun by whoever writes there first: a page of one's own and a voice are theirs, all else the
    /// plan's.
    fn doc_of(&mut self, part: &SamplePart, by: &str, at: Time) -> Result<usize, Stuck> {
        let whose = match &part.whose {
            Some(name) => Some(self.player(name)?.person),
            None => None,
        };
        let is_it = |doc: &Written| doc.part == part.part && doc.key == part.key && doc.whose == whose;
        if let Some(at) = self.docs.iter().position(is_it) {
            return Ok(at);
        }
        let about = match part.part.code.strip_suffix(plan::VOICE).and_then(plan::part) {
            Some(about) => Some(self.doc_of(&plain(about, part.key.clone()), by, at)?),
            None => None,
        };
        let opener = if whose.is_some() || belongs_to_me(part.part) { by.to_owned() } else { self.founder.clone() };
        let (opener_key, opener_person) = (self.player(&opener)?.key.id(), self.player(&opener)?.person);
        let owner = (whose.is_some() || belongs_to_me(part.part)).then_some(opener_person);
        let voice_of = about.map(|about| (opener_person, self.docs[about].document.doc()));
        // A voice is signed as what it is about; that it is one, `voice_of` says.
        let kind = part.part.code.strip_suffix(plan::VOICE).unwrap_or(part.part.code);
        let new = NewDocument { rules: RULES, kind: kind.to_owned(), nonce: short((self.dice)()), owner, voice_of };
        let body = draft::new_document(&self.ledger, opener_key, at, new);
        let id = DocId::from(self.say(&opener, body)?.id());
        let key = &self.player(&opener)?.key;
        let chapter = self.ledger.chapter(id, opener_key);
        let chapter = chapter.ok_or_else(|| Stuck::NotTheirs { who: opener.clone(), part: part.part.code })?;
        let (mut document, mut begun) = Document::create(part.part, id, chain_id(id, opener_key, chapter), at);
        if let Some((field, name)) = part.called()
            && let Ok(field) = FieldPath::new(part.part, None, field)
        {
            let called = document.set(field, Some(Value::Line(name.to_owned())));
            called.map_err(|cause| Stuck::Write { part: part.part.code, cause })?;
            begun.extend(document.close(at));
        }
        let mut edits = Vec::new();
        sign(self.plan, key, chapter, begun, id, &mut edits);
        let written = Written { part: part.part, key: part.key.clone(), whose, document, edits };
        let is_before = |doc: &&Written| doc.part == written.part && written.part.copies == Copies::EachQuarter;
        let before = self.docs.iter().rev().find(is_before).map(|doc| doc.document.doc());
        let as_before = |player: &Player| match before {
            Some(doc) => Some(self.ledger.access(doc, player.person)).filter(|access| *access > Access::Nothing),
            None => usual(&written, player.role).map(|(_, access)| access),
        };
        let others: Vec<(PersonId, Role, Access)> = (self.players.values())
            .filter(|player| player.person != opener_person && self.ledger.person(player.person).is_some())
            .filter_map(|player| Some((player.person, player.role, as_before(player)?)))
            .collect();
        self.docs.push(written);
        for (person, role, access) in others {
            self.share(id, person, access, role, at)?;
        }
        Ok(self.docs.len() - 1)
    }
}

/// What a role usually holds of a document that is the plan's.
fn usual(doc: &Written, role: Role) -> Option<(DocId, Access)> {
    let is_the_plans = doc.whose.is_none() && !belongs_to_me(doc.part);
    let access = roles::access(role, doc.part, None);
    (is_the_plans && access > Access::Nothing).then(|| (doc.document.doc(), access))
}

fn given(holding: Holding) -> Access {
    match holding {
        Holding::Nothing => Access::Nothing,
        Holding::View => Access::View,
        Holding::Suggest => Access::Suggest,
        Holding::Edit => Access::Edit,
    }
}

/// The part a voice is about, as a document of the sample; nobody's own.
fn plain(part: &'static Part, key: Option<String>) -> SamplePart {
    let key = key.filter(|_| matches!(part.copies, Copies::EachQuarter | Copies::Named));
    SamplePart { part, key, whose: None, bursts: Vec::new() }
}

fn newcomer(person: &Person, key: &DeviceKey, recovery: &DeviceKey) -> Newcomer {
    let called = Introduction {
        name: person.name.clone(),
        relationship: person.relationship.clone(),
        organisation: person.organisation.clone(),
    };
    Newcomer { device: key.id(), opens: key.opening(), words: DeviceKey::from_seed(&recovery.seed()), called }
}

/// Signs finished edits of one device.
fn sign(
    plan: PlanId,
    key: &DeviceKey,
    chapter: seal::ChapterId,
    bytes: Vec<Bytes>,
    doc: DocId,
    edits: &mut Vec<(Verified, Tip)>,
) {
    let chain = chain_id(doc, key.id(), chapter);
    let last = edits.iter().rev().find(|(edit, _)| edit.edit().chain() == chain);
    let mut before: Option<(Seq, EditHash)> = last.map(|(_, tip)| (tip.seq, tip.hash));
    for bytes in bytes {
        let edit = Edit::read(doc, bytes, plan::door::head).expect("a document's own edit has a head");
        let (edit, tip) = Signed::ours(key, plan, chapter, before, edit).expect("it goes on its writer's chain");
        before = Some((tip.seq, tip.hash));
        edits.push((edit, tip));
    }
}

/// The edits with the signatures worth keeping: the last of each chain, and every milestone.
fn signed(edits: Vec<(Verified, Tip)>) -> SignedEdits {
    let last: BTreeMap<ChainId, Seq> = edits.iter().map(|(edit, tip)| (edit.edit().chain(), tip.seq)).collect();
    let is_kept = |edit: &Verified, tip: &Tip| {
        last.get(&edit.edit().chain()) == Some(&tip.seq) || tip.seq.number().is_multiple_of(MILESTONE)
    };
    edits
        .into_iter()
        .map(|(edit, tip)| {
            let kept = is_kept(&edit, &tip).then_some(tip);
            (edit, kept)
        })
        .collect()
}

/// Names of people of the sample become their ids; others stay as they are.
fn name_people(kind: FieldKind, text: &str, people: &BTreeMap<&str, PersonId>) -> String {
    let id = |name: &str| people.get(name.trim()).map_or_else(|| name.trim().to_owned(), PersonId::to_string);
    match kind {
        FieldKind::Person => id(text),
        FieldKind::People => text.split(',').map(id).collect::<Vec<_>>().join(","),
        _ => text.to_owned(),
    }
}

fn short(bytes: [u8; 32]) -> [u8; 16] {
    let [bytes, _] = [bytes[..16].try_into(), bytes[16..].try_into()];
    bytes.expect("half of 32 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_in_the_samples_may_do_what_the_files_say() {
        for name in plan::sample::NAMES {
            let sample = sample::sample(name).unwrap();
            let mut thrown = 0_u64;
            let mut dice = || {
                thrown += 1;
                let mut bytes = [7; 32];
                bytes[..8].copy_from_slice(&thrown.to_be_bytes());
                bytes
            };
            let played = play(&sample, &mut dice).unwrap_or_else(|stuck| panic!("{name}: {stuck}"));
            let times: Vec<Time> = played.statements.iter().map(|statement| statement.body().at).collect();
            assert!(
                times.windows(2).all(|pair| pair[0] <= pair[1].plus(2 * INVITED_BEFORE)),
                "{name} goes back in time"
            );
            assert!(times.iter().all(|at| *at < Time(1_795_305_600_000)), "{name} goes beyond 22 November 2026");
            for (_, edits) in &played.edits {
                let last: BTreeMap<ChainId, bool> =
                    edits.iter().map(|(edit, tip)| (edit.edit().chain(), tip.is_some())).collect();
                assert!(last.values().all(|signed| *signed));
            }
        }
    }
}
