//! Random histories of a circle, really signed, by honest devices and liars: forks, back-dating, chains and rings of
//! removals, adding during removal, demotion and return, guests, lost devices, handing over, leaving.
//!
//! Whoever speaks says what they have seen: most have seen nearly everything, liars pick what suits them, and rest on
//! whatever their device was ever given.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use circle::{
    Act, Body, Confirm, Consent, Grants, Graph, HandOver, Invite, Ledger, LinkDevice, NewRecoveryKey, Placed, Remove,
    SetStanding, Standing, Statement, Ticket, Whom, Whose,
    draft::{self, Newcomer},
};
use seal::{DeviceId, DeviceKey, PersonId, StatementId, Time};

use crate::{
    dice::Dice,
    help::{LATE, NOW, called, heirs_words, newcomer, sign, words},
};

/// What was said of one circle, in the order in which it was said. Not everything in it may be placed.
pub struct History {
    pub said: Vec<Statement>,
    keys: BTreeMap<DeviceId, Rc<DeviceKey>>,
}

/// What may happen in a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// Everything.
    Whole,
    /// Adding, removing, promoting and demoting other people than the founder, by people with one device each.
    People,
    /// The same, but nobody takes anything from somebody who is not below them.
    Juniors,
}

impl History {
    /// The history of a seed.
    pub fn new(seed: u64, for_self: bool, range: Range) -> History {
        let mut dice = Dice::new(seed);
        let steps = 10 + dice.below(36);
        let mut maker = Maker::new(dice, for_self, range);
        for _ in 0..steps {
            maker.step();
        }
        History { said: maker.said, keys: maker.keys }
    }

    /// With what a device of this history signs.
    pub fn key(&self, device: DeviceId) -> Option<&DeviceKey> {
        self.keys.get(&device).map(Rc::as_ref)
    }

    /// A ledger that holds the beginning.
    pub fn fresh(&self) -> Ledger {
        Ledger::new(self.said[0].clone()).expect("it is a Found")
    }
}

struct Maker {
    dice: Dice,
    range: Range,
    keys: BTreeMap<DeviceId, Rc<DeviceKey>>,
    words: BTreeSet<DeviceId>,
    /// Everything said, as far as it is placed.
    ledger: Ledger,
    said: Vec<Statement>,
    past: BTreeMap<StatementId, BTreeSet<StatementId>>,
    /// Placed statements of the circle in the order they came.
    placed: Vec<StatementId>,
    devices: Vec<(StatementId, DeviceId, PersonId)>,
    standings: Vec<(StatementId, PersonId, Standing)>,
    tickets: Vec<Ticket>,
    joins: Vec<Statement>,
}

/// Of a hundred dice, those that mean linking, removing a device, leaving, and new words.
const LINK: usize = 46;
const DEVICE: usize = 89;
const LEAVE: usize = 90;
const WORDS: usize = 96;

/// With what somebody signs.
#[derive(Debug, Clone, Copy)]
enum By {
    Words,
    Device(Standing),
}

/// Who says the next thing, by what right and having seen what.
struct Speaker {
    key: Rc<DeviceKey>,
    person: PersonId,
    by: By,
    grants: Grants,
    after: Vec<StatementId>,
    past: BTreeSet<StatementId>,
}

impl Maker {
    fn new(mut dice: Dice, for_self: bool, range: Range) -> Maker {
        let founder = dice.key();
        let theirs = (!for_self).then(heirs_words);
        let found = sign(&founder, draft::found(newcomer(&founder, "Amina"), theirs.as_ref(), NOW, [1; 16]));
        let ledger = Ledger::new(found.clone()).expect("it is a Found");
        let mut maker = Maker {
            dice,
            range,
            keys: BTreeMap::new(),
            words: BTreeSet::new(),
            ledger,
            said: Vec::new(),
            past: BTreeMap::new(),
            placed: Vec::new(),
            devices: Vec::new(),
            standings: Vec::new(),
            tickets: Vec::new(),
            joins: Vec::new(),
        };
        maker.keep_keys(founder);
        maker.take(found);
        maker
    }

    fn keep_keys(&mut self, first: DeviceKey) {
        let words = words(&first);
        self.words.insert(words.id());
        for key in [first, words] {
            self.keys.insert(key.id(), Rc::new(key));
        }
    }

    /// Notes what was said, and what it gives.
    fn take(&mut self, statement: Statement) {
        let id = statement.id();
        if self.said.iter().any(|other| other.id() == id) {
            return;
        }
        self.said.push(statement.clone());
        let body = statement.body();
        let founds = matches!(body.act, Act::Found(_));
        if !founds && !matches!(self.ledger.place(statement.clone()), Placed::New(_)) {
            return;
        }
        let mut past: BTreeSet<StatementId> = body.after.iter().copied().collect();
        past.extend(body.after.iter().filter_map(|id| self.past.get(id)).flatten().copied());
        let by = self.devices.iter().find(|(_, device, _)| *device == statement.issuer()).map(|(.., person)| *person);
        let join = |id: StatementId| self.joins.iter().find(|join| join.id() == id).cloned();
        let first = |join: &Statement| match join.act() {
            Act::Join(asked) if self.range == Range::Whole => vec![join.issuer(), asked.recovery],
            _ => vec![join.issuer()],
        };
        let (person, standing, devices) = match &body.act {
            Act::Found(found) => {
                let standing = if found.whose == Whose::Founder { Standing::Protected } else { Standing::Owner };
                let words = (self.range == Range::Whole).then_some(found.recovery);
                (Some(id.into()), Some(standing), std::iter::once(statement.issuer()).chain(words).collect())
            }
            Act::Confirm(confirm) => {
                let devices = join(confirm.join).as_ref().map_or(Vec::new(), first);
                (Some(confirm.join.into()), Some(confirm.standing), devices)
            }
            Act::HandOver(over) => {
                let brought = body.after.iter().copied().find(|id| PersonId::from(*id) == over.to).and_then(join);
                let devices = brought.filter(|_| by.is_none()).as_ref().map_or(Vec::new(), first);
                (Some(over.to), Some(Standing::Protected), devices)
            }
            Act::SetStanding(set) => (Some(set.person), Some(set.standing), Vec::new()),
            Act::LinkDevice(link) => (by, None, vec![link.device]),
            Act::NewRecoveryKey(new) => (by, None, vec![new.key]),
            _ => (None, None, Vec::new()),
        };
        if let Some(person) = person {
            self.devices.extend(devices.into_iter().map(|device| (id, device, person)));
            self.standings.extend(standing.map(|standing| (id, person, standing)));
        }
        self.past.insert(id, past);
        self.placed.push(id);
    }

    fn step(&mut self) {
        let Some(speaker) = self.speaker() else { return };
        if self.range != Range::Whole {
            match self.dice.below(100) {
                0..40 => self.admit(speaker),
                40..60 => self.set_standing(speaker),
                _ => self.remove_person(speaker),
            }
            return;
        }
        // Most do what they may: words bring back devices, members see to themselves.
        let presumes = self.dice.chance(15);
        let what = match speaker.by {
            By::Words if !presumes => *self.dice.pick(&[WORDS, LINK, DEVICE]).expect("there are three"),
            By::Device(Standing::Member) if !presumes => {
                *self.dice.pick(&[LINK, DEVICE, LEAVE]).expect("there are three")
            }
            By::Words | By::Device(_) => self.dice.below(WORDS + 1),
        };
        match what {
            0..28 => self.admit(speaker),
            28..38 => self.confirm_again(speaker),
            38..=LINK => self.link(speaker),
            47..60 => self.set_standing(speaker),
            60..76 => self.remove_person(speaker),
            76..=DEVICE => self.remove_device(speaker),
            LEAVE => self.say(&speaker, Act::Leave, &[]),
            91..WORDS => self.hand_over(speaker),
            _ => {
                let key = self.dice.key();
                let id = key.id();
                let agreed = Consent::Words { plan: self.ledger.plan(), by: speaker.key.id() }.sign(&key);
                self.keys.insert(id, Rc::new(key));
                self.words.insert(id);
                self.say(&speaker, Act::NewRecoveryKey(NewRecoveryKey { key: id, agreed }), &[]);
            }
        }
    }

    /// Three in five are honest: they rest on what they have now.
    fn speaker(&mut self) -> Option<Speaker> {
        let heads = self.view();
        let past = self.under(&heads);
        if self.dice.chance(60) {
            let mut devices: Vec<DeviceId> = self.ledger.devices().map(|(device, _)| device).collect();
            if self.range == Range::Whole && self.dice.chance(12) {
                devices = self.ledger.recovery_keys().map(|(key, _)| key).collect();
            }
            let device = *self.dice.pick(&devices)?;
            let grants = self.ledger.grants(device)?;
            let person = self.ledger.person_of(device).or_else(|| self.ledger.whose_words(device))?;
            return self.seen(device, person, grants, heads, past);
        }
        let devices: Vec<_> = self.devices.iter().filter(|(at, ..)| past.contains(at)).copied().collect();
        let (device_at, device, person) = *self.dice.pick(&devices)?;
        let mut standings: Vec<_> =
            self.standings.iter().filter(|(at, whose, _)| past.contains(at) && *whose == person).copied().collect();
        if self.dice.chance(70) {
            standings.sort_by_key(|(.., standing)| *standing);
            standings.truncate(1);
        }
        let (standing_at, ..) = *self.dice.pick(&standings)?;
        self.seen(device, person, Grants { device: device_at, standing: standing_at }, heads, past)
    }

    fn seen(
        &self,
        device: DeviceId,
        person: PersonId,
        grants: Grants,
        mut after: Vec<StatementId>,
        past: BTreeSet<StatementId>,
    ) -> Option<Speaker> {
        after.extend([grants.device, grants.standing].iter().filter(|grant| !past.contains(grant)));
        let past = self.under(&after);
        let key = self.keys.get(&device)?.clone();
        let standing = self.standings.iter().find(|(at, ..)| *at == grants.standing).map(|(.., standing)| *standing)?;
        let by = if self.words.contains(&device) { By::Words } else { By::Device(standing) };
        Some(Speaker { key, person, by, grants, after, past })
    }

    /// The heads somebody has seen: everything, what came lately, or anything.
    fn view(&mut self) -> Vec<StatementId> {
        match self.dice.below(10) {
            0..4 => self.ledger.heads(Graph::Circle),
            4..8 => {
                let lately = self.placed[self.placed.len().saturating_sub(6)..].to_vec();
                let few = 1 + self.dice.below(3);
                self.dice.some(&lately, few)
            }
            _ => {
                let (all, few) = (self.placed.clone(), 1 + self.dice.below(3));
                self.dice.some(&all, few)
            }
        }
    }

    fn under(&self, heads: &[StatementId]) -> BTreeSet<StatementId> {
        let mut under: BTreeSet<StatementId> = heads.iter().copied().collect();
        under.extend(heads.iter().filter_map(|id| self.past.get(id)).flatten().copied());
        under
    }

    fn say(&mut self, speaker: &Speaker, act: Act, also: &[StatementId]) {
        let mut after = speaker.after.clone();
        after.extend(also);
        after.sort();
        after.dedup();
        let body = Body {
            plan: Some(self.ledger.plan()),
            graph: Graph::Circle,
            issuer: speaker.key.id(),
            after,
            circle_after: Vec::new(),
            grants: Some(speaker.grants),
            at: NOW,
            act,
        };
        self.take(sign(&speaker.key, body));
    }

    /// An invitation, somebody who knocks with it, and somebody, perhaps another, who lets them in.
    fn admit(&mut self, speaker: Speaker) {
        let standing = self.gift(&speaker);
        let known = self.tickets.last().cloned().filter(|_| self.range == Range::Whole && self.dice.chance(15));
        let ticket = known.unwrap_or_else(|| {
            let once = self.dice.key();
            let until = self.dice.chance(20).then_some(Time(LATE.0 * 2));
            let invite = Invite { key: once.id(), standing, role: "family".into(), expires: LATE, until };
            self.say(&speaker, Act::Invite(invite), &[]);
            let (plan, inviter) = (self.ledger.plan(), speaker.key.id());
            let role = "family".to_owned();
            Ticket { plan, inviter, addresses: Vec::new(), key: once.seed(), role, parts: Vec::new(), expires: LATE }
        });
        self.tickets.push(ticket.clone());
        let first = self.dice.key();
        let join = sign(&first, draft::join(&ticket, self.introduce(&first), NOW));
        self.keep_keys(first);
        self.joins.push(join.clone());
        self.ledger.place(join.clone());
        self.said.push(join.clone());
        let other = if self.dice.chance(25) { self.speaker() } else { None };
        self.confirm(other.unwrap_or(speaker), &join, standing);
    }

    /// A standing to give, mostly one that the speaker has to give.
    fn gift(&mut self, speaker: &Speaker) -> Standing {
        let (owner, coordinator, member) = (Standing::Owner, Standing::Coordinator, Standing::Member);
        let all = match self.range {
            Range::Whole => [owner, coordinator, coordinator, member],
            Range::People | Range::Juniors => [coordinator, coordinator, member, member],
        };
        let may = |standing: &Standing| matches!(speaker.by, By::Device(own) if own.may_give(*standing));
        let mine: Vec<Standing> = all.into_iter().filter(|standing| may(standing)).collect();
        let from = if mine.is_empty() || self.dice.chance(10) { &all[..] } else { &mine[..] };
        *self.dice.pick(from).expect("there are some")
    }

    /// Now and then with words that somebody has already: whoever joins twice types the same sheet.
    fn introduce(&mut self, first: &DeviceKey) -> Newcomer {
        let known: Vec<DeviceId> = self.words.iter().copied().collect();
        let again = self.dice.pick(&known).copied().filter(|_| self.range == Range::Whole && self.dice.chance(10));
        let words = again
            .and_then(|known| self.keys.get(&known))
            .map_or_else(|| words(first), |key| DeviceKey::from_seed(&key.seed()));
        Newcomer { words, called: called(["Ben", "Sam", "Zoe"][self.dice.below(3)]), ..newcomer(first, "Ben") }
    }

    fn confirm(&mut self, speaker: Speaker, join: &Statement, standing: Standing) {
        let Act::Join(asked) = join.act() else { return };
        let invites = self.said.iter().find(|said| matches!(said.act(), Act::Invite(one) if one.key == asked.invite));
        let mut also = vec![join.id()];
        also.extend(invites.map(Statement::id).filter(|id| self.past.contains_key(id)));
        let confirm = Confirm { join: join.id(), standing, until: None };
        self.say(&speaker, Act::Confirm(confirm), &also);
    }

    /// Somebody who came, or was removed since, is let in once more.
    fn confirm_again(&mut self, speaker: Speaker) {
        let Some(join) = self.dice.pick(&self.joins).cloned() else { return };
        let standing = self.gift(&speaker);
        self.confirm(speaker, &join, standing);
    }

    fn link(&mut self, speaker: Speaker) {
        let devices: Vec<DeviceId> = self.devices.iter().map(|(_, device, _)| *device).collect();
        // Now and then a device that has or had a place already.
        let known = self.dice.pick(&devices).copied().filter(|_| self.dice.chance(25));
        let new = known.and_then(|device| self.keys.get(&device).cloned()).unwrap_or_else(|| Rc::new(self.dice.key()));
        self.keys.insert(new.id(), new.clone());
        let proof = draft::agree_to_link(&new, self.ledger.plan(), speaker.person, speaker.key.id());
        let link = LinkDevice { device: new.id(), name: "tablet".into(), opens: new.opening(), proof };
        self.say(&speaker, Act::LinkDevice(link), &[]);
    }

    /// Somebody the speaker has seen come.
    fn somebody(&mut self, speaker: &Speaker) -> Option<PersonId> {
        let known: BTreeSet<PersonId> =
            self.standings.iter().filter(|(at, ..)| speaker.past.contains(at)).map(|(_, person, _)| *person).collect();
        let best = |person: &PersonId| {
            let seen = self.standings.iter().filter(|(at, whose, _)| whose == person && speaker.past.contains(at));
            seen.map(|(.., standing)| *standing).min()
        };
        let own = best(&speaker.person);
        let founder = PersonId::from(self.said[0].id());
        let other = |person: &PersonId| *person != speaker.person && *person != founder;
        let known = known.into_iter().filter(|person| match self.range {
            Range::Whole => true,
            Range::People => other(person),
            Range::Juniors => other(person) && best(person) > own,
        });
        let known: Vec<PersonId> = known.collect();
        self.dice.pick(&known).copied()
    }

    fn upto(&mut self, speaker: &Speaker) -> Option<Vec<StatementId>> {
        let past: Vec<StatementId> = speaker.past.iter().filter(|id| self.past.contains_key(id)).copied().collect();
        let early = self.range == Range::Whole && self.dice.chance(30);
        early.then(|| self.dice.some(&past, 2))
    }

    fn set_standing(&mut self, speaker: Speaker) {
        let Some(person) = self.somebody(&speaker) else { return };
        let standing = self.gift(&speaker);
        let upto = self.upto(&speaker);
        self.say(&speaker, Act::SetStanding(SetStanding { person, standing, upto }), &[]);
    }

    fn remove_person(&mut self, speaker: Speaker) {
        let Some(person) = self.somebody(&speaker) else { return };
        let upto = self.upto(&speaker);
        self.say(&speaker, Act::Remove(Remove { whom: Whom::Person(person), upto }), &[]);
    }

    fn remove_device(&mut self, speaker: Speaker) {
        let mut devices: Vec<(StatementId, DeviceId, PersonId)> = self.devices.clone();
        devices
            .retain(|(at, _, person)| speaker.past.contains(at) && (*person == speaker.person || self.dice.chance(50)));
        let Some((_, device, _)) = self.dice.pick(&devices).copied() else { return };
        let upto = self.upto(&speaker);
        let whom = Whom::Device { device, and_linked: self.dice.chance(70) };
        self.say(&speaker, Act::Remove(Remove { whom, upto }), &[]);
    }

    /// From the founding device, or with the words that were written down.
    fn hand_over(&mut self, speaker: Speaker) {
        let found = self.said[0].id();
        let grants = Grants { device: found, standing: found };
        if self.dice.chance(40) {
            let first = self.dice.key();
            let join = sign(&first, draft::join_by(&heirs_words(), self.ledger.plan(), self.introduce(&first), NOW));
            self.keep_keys(first);
            self.joins.push(join.clone());
            self.ledger.place(join.clone());
            self.said.push(join.clone());
            let heir = Speaker { key: Rc::new(heirs_words()), grants, ..speaker };
            self.say(&heir, Act::HandOver(HandOver { to: join.id().into() }), &[found, join.id()]);
            return;
        }
        let Some(to) = self.somebody(&speaker) else { return };
        let founder = self.keys[&self.said[0].issuer()].clone();
        let speaker = if self.dice.chance(80) { Speaker { key: founder, grants, ..speaker } } else { speaker };
        self.say(&speaker, Act::HandOver(HandOver { to }), &[found]);
    }
}
