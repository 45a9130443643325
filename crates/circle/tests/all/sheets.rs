//! Random histories of documents among people who fall out: whatever the order, the doubling or the healing, the same
//! statements are in effect and the same people may do the same; and that is what the rules told a second time say.

use std::collections::{BTreeMap, BTreeSet};

use circle::{
    Access, Act, Bar, Body, Graph, Keep, Ledger, NewDocument, NewKey, Refuse, Remove, SetStanding, Standing, Statement,
    Unshare, Who, Whom, Wrap, draft,
};
use seal::{DeviceId, DeviceKey, DocId, EditHash, EpochId, PersonId, StatementId};

use crate::{
    dice::Dice,
    documents::{Five, five},
    generated::deliver,
    help::{NOW, answers, everything, part, place, sharing, sign},
};

/// How many histories; `ALONGSIDE_CASES` says otherwise.
#[expect(clippy::disallowed_methods, reason = "how many cases are played is for the environment to say")]
fn cases() -> u64 {
    std::env::var("ALONGSIDE_CASES").ok().map_or(400, |cases| cases.parse().expect("a number"))
}

/// Five devices, each with what it has heard.
struct World {
    views: Vec<(DeviceKey, Ledger)>,
    docs: Vec<DocId>,
    people: Vec<PersonId>,
    dice: Dice,
}

impl World {
    /// A part of the plan opened by Cara, a page of Dan's, and his voice about the part.
    fn new(seed: u64) -> World {
        let Five { mut plan, amina, ben, cara, dan, eve, .. } = five();
        let people: Vec<PersonId> =
            [&amina, &ben, &cara, &dan, &eve].iter().filter_map(|key| plan.person_of(key.id())).collect();
        let mut open = |by: &DeviceKey, new: NewDocument| -> DocId {
            let body = draft::new_document(&plan, by.id(), NOW, new).expect("may open");
            place(&mut plan, sign(by, body)).into()
        };
        let shared = open(&cara, part(2));
        let page = open(&dan, NewDocument { owner: Some(people[3]), ..part(3) });
        let voice = open(&dan, NewDocument { owner: Some(people[3]), voice_of: Some((people[3], shared)), ..part(4) });
        let views = [amina, ben, cara, dan, eve].map(|key| (key, plan.clone())).into();
        World { views, docs: vec![shared, page, voice], people, dice: Dice::new(seed) }
    }

    fn turn(&mut self, number: u8) {
        let dice = &mut self.dice;
        let who = dice.below(self.views.len());
        if dice.chance(25) {
            let heard = everything(&self.views[dice.below(5)].1);
            heard.into_iter().for_each(|statement| drop(self.views[who].1.place(statement)));
            return;
        }
        let (key, ledger) = &mut self.views[who];
        // Liars speak as of some time ago: with what the plan was at the start.
        let doc = *dice.pick(&self.docs).expect("three");
        let person = *dice.pick(&self.people).expect("five");
        let about = if dice.chance(30) { Who::Everyone } else { Who::Person(person) };
        let why = || String::from("because");
        let access = [Access::View, Access::Suggest, Access::Edit, Access::Edit];
        let edits = vec![EditHash::new([number; 32])];
        let act = match dice.below(20) {
            0 if dice.chance(50) => Act::Remove(Remove { whom: Whom::Person(person), upto: None }),
            0 => Act::Leave,
            1 => Act::SetStanding(SetStanding { person, standing: Standing::Member, upto: None }),
            2..=6 => Act::Share(sharing(about, access[dice.below(4)])),
            7..=8 => Act::Unshare(Unshare { who: about, why: why() }),
            9 => Act::Refuse(Refuse { who: about, why: why(), basis: why() }),
            10..=14 => Act::Keep(Keep { edits, statements: Vec::new() }),
            15 => Act::Bar(Bar { edit: edits[0], why: why() }),
            16..=17 => {
                let devices = ledger.devices().map(|(device, _)| device);
                let readers = devices.filter(|device| dice.chance(if ledger.may_read(doc, *device) { 60 } else { 5 }));
                let wraps = readers.map(|device| Wrap { device, sealed: vec![number; seal::WRAP_BYTES] }).collect();
                // Few keys, so that the same one is often named again, by who has seen that and who has not.
                Act::NewKey(NewKey { epoch: EpochId::new([number % 8; 32]), wraps })
            }
            _ => Act::Renew(circle::Renew { nonce: [number; 16] }),
        };
        let body = match &act {
            Act::Remove(remove) => draft::remove(ledger, key.id(), NOW, remove.clone()),
            Act::SetStanding(set) => {
                let lower = ledger.standing(person).is_some_and(|standing| standing < Standing::Member);
                if !lower {
                    return;
                }
                draft::set_standing(ledger, key.id(), NOW, set.clone())
            }
            Act::Leave => draft::leave(ledger, key.id(), NOW),
            Act::Keep(keep) => draft::keep(ledger, key.id(), NOW, doc, keep.edits.clone()),
            _ => draft::renew(ledger, key.id(), NOW, doc, [number; 16])
                .or_else(|_| draft::keep(ledger, key.id(), NOW, doc, Vec::new()))
                .map(|body| Body { act: act.clone(), ..body }),
        };
        let Ok(mut body) = body else { return };
        if let (Graph::Document(_), true) = (body.graph, dice.chance(20)) {
            // Dated back: as if little of the document had been seen.
            body.after = vec![doc.into()];
            if let Act::Keep(keep) = &mut body.act {
                keep.statements.retain(|_| dice.chance(50));
            }
        }
        if ledger.weigh(&body).is_ok() {
            ledger.place(sign(key, body));
        }
    }

    fn statements(&self) -> Vec<Statement> {
        let all = self.views.iter().flat_map(|(_, ledger)| everything(ledger));
        all.map(|one| (one.id(), one)).collect::<BTreeMap<_, _>>().into_values().collect()
    }
}

#[test]
fn documents_say_the_same_whatever_the_order_and_what_the_page_says() {
    let (mut fell, mut covered, mut void, mut alive, mut owed) = (0, 0, 0, 0, 0);
    let cases = cases();
    for seed in 0..cases {
        let mut world = World::new(seed);
        (0..50).for_each(|number| world.turn(number));
        let all = world.statements();
        let fresh = || Ledger::new(world.views[0].1.found().clone()).expect("it is a Found");
        let joins = five_knock(&world.views[0].1);
        let with_joins = |order: Vec<Statement>| joins.iter().cloned().chain(order).collect::<Vec<Statement>>();
        let mut one = fresh();
        deliver(&mut one, &with_joins(all.clone()));
        let told = answers(&one);

        let mut other = fresh();
        deliver(&mut other, &with_joins(world.dice.shuffled(&all)));
        assert_eq!(told, answers(&other), "seed {seed}: another order");
        let (early, late): (Vec<_>, Vec<_>) = all.iter().cloned().partition(|_| world.dice.chance(60));
        let mut healed = fresh();
        for half in [&early, &late, &early] {
            deliver(&mut healed, &with_joins(half.clone()));
        }
        assert_eq!(told, answers(&healed), "seed {seed}: healed later");
        let mut at_once = fresh();
        at_once.place_all(with_joins(world.dice.shuffled(&all)));
        at_once.place_all(with_joins(all.clone()));
        assert_eq!(told, answers(&at_once), "seed {seed}: many at once");

        for (_, ledger) in &world.views {
            let mut again = fresh();
            deliver(&mut again, &with_joins(world.dice.shuffled(&everything(ledger))));
            assert_eq!(answers(ledger), answers(&again), "seed {seed}: as they went");
        }
        for doc in &world.docs {
            let told = Told::of(&one, *doc);
            for (id, statement) in &told.all {
                let stands = one.in_effect(*id);
                assert_eq!(stands, told.in_effect(*id), "seed {seed}: {id:?} {:?}", statement.body());
                fell += usize::from(!stands);
                covered += usize::from(stands && !told.holds(*id));
                void += usize::from(!stands && told.holds(*id));
            }
            assert_eq!(one.live_key(*doc), told.live_key(), "seed {seed}: which key");
            alive += usize::from(one.live_key(*doc).is_some());
            owed += usize::from(one.key_owed(*doc) && !one.epochs(*doc).is_empty());
            for person in &world.people {
                let here = one.person(*person).is_some();
                let access = if here { told.access(*person) } else { Access::Nothing };
                assert_eq!(one.access(*doc, *person), access, "seed {seed}: {person:?}");
            }
        }
    }
    // A generator that makes nothing of interest would prove nothing.
    assert!(cases < 400 || fell > 400 && covered > 100 && void > 50, "{fell} fell, {covered} covered, {void} void");
    assert!(cases < 400 || alive > 100 && owed > 100, "{alive} keys alive, {owed} owed");
}

/// The Joins, which are passed on with their Confirms.
fn five_knock(ledger: &Ledger) -> Vec<Statement> {
    let circle = ledger.since(Graph::Circle, &[]);
    circle.into_iter().filter(|one| matches!(one.act(), Act::Join(_))).cloned().collect()
}

/// The rules of documents told a second time, with sets and recursion, about one document. The circle is given.
struct Told<'a> {
    ledger: &'a Ledger,
    doc: DocId,
    all: BTreeMap<StatementId, &'a Statement>,
}

impl<'a> Told<'a> {
    fn of(ledger: &'a Ledger, doc: DocId) -> Told<'a> {
        let all = ledger.since(Graph::Document(doc), &[]).into_iter().map(|one| (one.id(), one)).collect();
        Told { ledger, doc, all }
    }

    fn past(&self, id: StatementId) -> BTreeSet<StatementId> {
        let mut past = BTreeSet::new();
        let mut next = self.all[&id].body().after.clone();
        while let Some(id) = next.pop() {
            if past.insert(id) {
                next.extend(&self.all[&id].body().after);
            }
        }
        past
    }

    /// Whose statement it is, and the standing it rests on.
    fn issuer(&self, id: StatementId) -> (PersonId, Standing) {
        let grants = self.all[&id].body().grants.expect("rests on something");
        let said = self.ledger.statement(grants.device).expect("placed");
        let person = match said.act() {
            Act::Found(_) => PersonId::from(said.id()),
            Act::Confirm(confirm) => PersonId::from(confirm.join),
            other => panic!("no device: {other:?}"),
        };
        (person, self.standing(grants.standing))
    }

    fn standing(&self, grant: StatementId) -> Standing {
        match self.ledger.statement(grant).expect("placed").act() {
            Act::Found(_) => Standing::Protected,
            Act::Confirm(confirm) => confirm.standing,
            Act::SetStanding(set) => set.standing,
            other => panic!("no standing: {other:?}"),
        }
    }

    /// Seniority, for people with one device each.
    fn rank(&self, id: StatementId) -> (Standing, usize, usize, StatementId) {
        let grant = self.all[&id].body().grants.expect("rests on something").standing;
        (self.standing(grant), self.distance(grant), self.path(grant), grant)
    }

    fn distance(&self, grant: StatementId) -> usize {
        let grants = self.ledger.statement(grant).expect("placed").body().grants;
        grants.map_or(0, |grants| self.distance(grants.standing) + 1)
    }

    fn path(&self, id: StatementId) -> usize {
        let said = self.ledger.statement(id).expect("placed");
        said.body().after.iter().map(|after| self.path(*after) + 1).max().unwrap_or(0)
    }

    fn owns(&self, id: StatementId) -> bool {
        let (person, standing) = self.issuer(id);
        match self.ledger.document(self.doc).expect("held").owner {
            Some(owner) => owner == person,
            None => standing <= Standing::Owner,
        }
    }

    /// Whether its issuer belongs, with the standing used. Nobody in these histories is raised or comes back.
    fn holds(&self, id: StatementId) -> bool {
        let (person, standing) = self.issuer(id);
        self.ledger.standing(person).is_some_and(|now| now <= standing)
    }

    fn in_effect(&self, id: StatementId) -> bool {
        let grants = self.all[&id].body().grants.expect("rests on something");
        let given = [grants.device, grants.standing].iter().all(|grant| self.ledger.in_effect(*grant));
        let (person, standing) = self.issuer(id);
        let document = self.ledger.document(self.doc).expect("held");
        let by_share = matches!(self.all[&id].act(), Act::Keep(_) | Act::NewKey(_))
            && !self.owns(id)
            && standing > Standing::Coordinator;
        let void = || match document.voice_of {
            Some((_, part)) => self.ledger.access(part, person) != Access::Edit,
            None => self.lowered(person, id),
        };
        let stands = document.owner == Some(person) || self.holds(id) && !(by_share && void());
        let covers = |keep: &StatementId| {
            let Act::Keep(Keep { statements, .. }) = self.all[keep].act() else { return false };
            let past = self.past(*keep);
            let under = |head: &StatementId| past.contains(head) && (*head == id || self.past(*head).contains(&id));
            statements.iter().any(under)
                && (self.owns(*keep) || self.rank(*keep) < self.rank(id))
                && self.in_effect(*keep)
        };
        let opened = StatementId::from(self.doc) == id;
        let taken_up =
            |other: &StatementId| self.owns(*other) && self.past(*other).contains(&id) && self.in_effect(*other);
        given && (stands || self.all.keys().any(covers)) || opened && self.all.keys().any(taken_up)
    }

    /// The key to seal with.
    fn live_key(&self) -> Option<EpochId> {
        let keys = self.all.iter().filter_map(|(id, said)| match said.act() {
            Act::NewKey(key) => Some((*id, key)),
            _ => None,
        });
        let keys: Vec<(StatementId, &NewKey)> = keys.collect();
        let held_by_strangers = |epoch: EpochId| {
            let of_it = keys.iter().filter(|(_, key)| key.epoch == epoch);
            let mut holders = of_it.flat_map(|(id, key)| {
                key.wraps.iter().map(|wrap| wrap.device).chain([self.all[id].issuer()]).collect::<Vec<DeviceId>>()
            });
            holders.any(|device| !self.ledger.may_read(self.doc, device))
        };
        let begins = |id: StatementId, epoch: EpochId| {
            let past = self.past(id);
            !keys.iter().any(|(other, key)| key.epoch == epoch && past.contains(other))
        };
        let candidates: Vec<(usize, EpochId, StatementId)> = keys
            .iter()
            .filter(|(id, key)| self.in_effect(*id) && begins(*id, key.epoch) && !held_by_strangers(key.epoch))
            .map(|(id, key)| (self.removals(*id), key.epoch, *id))
            .collect();
        let beaten = |one: &&(usize, EpochId, StatementId)| {
            let more = |other: &(usize, EpochId, StatementId)| other.0 > one.0;
            let saw = |other: &(usize, EpochId, StatementId)| other.0 == one.0 && self.past(other.2).contains(&one.2);
            candidates.iter().any(|other| more(other) || saw(other))
        };
        candidates.iter().filter(|one| !beaten(one)).min_by_key(|(_, _, id)| *id).map(|(_, epoch, _)| *epoch)
    }

    /// How many endings a statement's issuer had seen, here and in the circle.
    fn removals(&self, id: StatementId) -> usize {
        let closes =
            |id: &&StatementId| matches!(self.all[*id].act(), Act::Unshare(_) | Act::Refuse(_)) && self.in_effect(**id);
        let seen = self.all[&id].body().circle_after.iter();
        let (mut past, mut next) = (BTreeSet::new(), seen.copied().collect::<Vec<StatementId>>());
        while let Some(id) = next.pop() {
            if past.insert(id) {
                next.extend(&self.ledger.statement(id).expect("placed").body().after);
            }
        }
        let ends = |id: &&StatementId| {
            let act = self.ledger.statement(**id).expect("placed").act();
            matches!(act, Act::Remove(_) | Act::Leave | Act::SetStanding(_)) && self.ledger.in_effect(**id)
        };
        self.past(id).iter().filter(closes).count() + past.iter().filter(ends).count()
    }

    fn about(&self, id: StatementId) -> Option<(Who, Option<Access>)> {
        match self.all[&id].act() {
            Act::Share(share) => Some((share.who, Some(share.access))),
            Act::Refuse(refuse) => Some((refuse.who, Some(Access::Nothing))),
            Act::Unshare(unshare) => Some((unshare.who, None)),
            _ => None,
        }
    }

    /// What is said about somebody and in effect.
    fn said(&self, who: Who) -> Vec<(StatementId, Option<Access>)> {
        let said = self.all.keys().filter_map(|id| Some((*id, self.about(*id)?)));
        said.filter(|(id, (of, _))| *of == who && self.in_effect(*id)).map(|(id, (_, gives))| (id, gives)).collect()
    }

    fn latest(&self, said: &[(StatementId, Option<Access>)]) -> Vec<Option<Access>> {
        let answered = |id: StatementId| said.iter().any(|(later, _)| self.past(*later).contains(&id));
        said.iter().filter(|(id, _)| !answered(*id)).map(|(_, gives)| *gives).collect()
    }

    fn lowered(&self, person: PersonId, seen_by: StatementId) -> bool {
        let (own, everyone) = (self.said(Who::Person(person)), self.said(Who::Everyone));
        let gave =
            |id: &StatementId| own.iter().chain(&everyone).any(|(of, gives)| of == id && *gives == Some(Access::Edit));
        let given: Vec<StatementId> = own.iter().chain(&everyone).map(|(id, _)| *id).filter(gave).collect();
        let took = |id: StatementId| {
            !gave(&id)
                && !self.past(seen_by).contains(&id)
                && given.iter().any(|given| !self.past(*given).contains(&id))
        };
        let had_their_own = |id: StatementId| {
            let then: Vec<_> = own.iter().copied().filter(|(own, _)| !self.past(*own).contains(&id)).collect();
            self.latest(&then).iter().any(Option::is_some)
        };
        own.iter().any(|(id, _)| took(*id)) || everyone.iter().any(|(id, _)| took(*id) && !had_their_own(*id))
    }

    fn access(&self, person: PersonId) -> Access {
        let document = self.ledger.document(self.doc).expect("held");
        let owner = match document.owner {
            Some(owner) => owner == person,
            None => self.ledger.standing(person).is_some_and(|standing| standing <= Standing::Owner),
        };
        if owner {
            return Access::Edit;
        }
        if !self.in_effect(self.doc.into()) {
            return Access::Nothing;
        }
        let part = document.voice_of.map(|(_, part)| self.ledger.access(part, person).min(Access::View));
        let rest = part.unwrap_or(Access::Nothing);
        let least = |who: Who, rest: Access| {
            let latest = self.latest(&self.said(who));
            latest.into_iter().map(|gives| gives.unwrap_or(rest)).min().unwrap_or(rest)
        };
        let most = if document.voice_of.is_some() { Access::View } else { Access::Edit };
        least(Who::Person(person), least(Who::Everyone, rest)).min(most)
    }
}
