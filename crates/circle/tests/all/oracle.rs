//! The rules of "who belongs" once more, over plain records, with sets and recursion: slow, and written to be compared
//! with the page. [`Rules::Modelled`] is the model of the design, word for word; `modelled.txt` holds what that one answers.

mod belonging;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

/// From the most senior down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    Protected,
    Owner,
    Coordinator,
    Member,
}

/// What a statement does. `Other` gives and takes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Found,
    Invite,
    Join,
    Admit,
    Set,
    Remove,
    Link,
    Leave,
    HandOver,
    RecoveryKey,
    Other,
}

/// A statement. Ids are numbers in the order of the hashes they stand for; people, devices and keys are numbers.
#[derive(Debug, Clone)]
pub struct Said {
    pub id: u32,
    pub kind: Kind,
    pub issuer: u32,
    /// The grants it names: the standing, the device.
    pub standing: Option<u32>,
    pub device: Option<u32>,
    pub after: Vec<u32>,
    pub person: Option<u32>,
    pub class: Option<Class>,
    /// Of a Remove: the device it is about. Of others: the device that it gives a place.
    pub new_device: Option<u32>,
    pub upto: Option<Vec<u32>>,
    /// The removal of a device leaves what that device linked.
    pub spares_linked: bool,
    /// The key behind the words of whom it brings; it signs like a device.
    pub words: Option<u32>,
    /// With which ticket somebody comes, or is to come.
    pub ticket: Option<u32>,
    /// Of a Found for somebody else: the key behind the words written down for them.
    pub heir: Option<u32>,
}

impl Said {
    pub fn new(id: u32, kind: Kind, issuer: u32) -> Said {
        Said {
            id,
            kind,
            issuer,
            standing: None,
            device: None,
            after: Vec::new(),
            person: None,
            class: None,
            new_device: None,
            upto: None,
            spares_linked: false,
            words: None,
            ticket: None,
            heir: None,
        }
    }
}

/// Which rules are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rules {
    /// As they were first modelled: whatever takes a grant takes all that came with the same statement.
    Modelled,
    /// As they are: what takes a device leaves the standing and the other way round; nobody at all takes a protected
    /// person's devices; a removed device takes along what it linked; words outrank devices and are replaced by themselves
    /// alone; an invitation lets in one.
    Kept,
}

type ByStanding = (Class, usize, usize, u32);
type ByDevice = (usize, usize, u32);
/// Smaller is senior; `None` is the Found.
type Rank = Option<(ByStanding, ByDevice)>;
/// Of one rank first a Leave, then new words, then as they were made.
type Order = (Rank, u8, usize, u32);

/// Every statement of a circle.
pub struct Circle {
    rules: Rules,
    for_self: bool,
    all: BTreeMap<u32, Said>,
    past: BTreeMap<u32, BTreeSet<u32>>,
    path: BTreeMap<u32, usize>,
    decided: RefCell<BTreeMap<u32, Option<bool>>>,
}

impl Circle {
    pub fn new(rules: Rules, for_self: bool) -> Circle {
        Circle {
            rules,
            for_self,
            all: BTreeMap::new(),
            past: BTreeMap::new(),
            path: BTreeMap::new(),
            decided: RefCell::default(),
        }
    }

    /// Adds a statement after everything it names.
    pub fn add(&mut self, said: Said) {
        let mut under: BTreeSet<u32> = said.after.iter().copied().collect();
        under.extend(said.after.iter().flat_map(|id| &self.past[id]));
        let path = said.after.iter().map(|id| self.path[id] + 1).max().unwrap_or(0);
        self.past.insert(said.id, under);
        self.path.insert(said.id, path);
        self.all.insert(said.id, said);
        self.decided.take();
    }

    pub fn forget(&mut self, id: u32) {
        self.all.remove(&id);
        self.past.remove(&id);
        self.path.remove(&id);
    }

    /// Adds a statement if its issuer may say it; says whether.
    pub fn place(&mut self, said: Said) -> bool {
        let id = said.id;
        self.add(said);
        let may = self.may(id);
        if !may {
            self.forget(id);
        }
        may
    }

    fn one(&self, id: u32) -> &Said {
        &self.all[&id]
    }

    fn gives_standing(&self, id: u32) -> bool {
        matches!(self.one(id).kind, Kind::Found | Kind::Admit | Kind::Set | Kind::HandOver)
    }

    /// Whether a statement gives this device, or the key behind these words, its place.
    fn gives(&self, id: u32, device: u32) -> bool {
        let said = self.one(id);
        let brings = matches!(said.kind, Kind::Found | Kind::Admit | Kind::Link | Kind::HandOver | Kind::RecoveryKey);
        brings && (said.new_device == Some(device) || said.words == Some(device))
    }

    fn saw(&self, later: u32, earlier: u32) -> bool {
        self.past[&later].contains(&earlier)
    }

    /// How many grants away from the Found.
    fn distance(&self, id: u32) -> usize {
        self.one(id).standing.map_or(0, |grant| self.distance(grant) + 1)
    }

    /// Words are 0 away, a first device 1, what either links 2, and so on.
    fn away(&self, grant: u32, device: u32) -> usize {
        let said = self.one(grant);
        if said.words == Some(device) || said.new_device != Some(device) {
            return 0;
        }
        said.device.filter(|_| said.kind == Kind::Link).map_or(1, |by| self.away(by, said.issuer).max(1) + 1)
    }

    /// Whose device a device grant speaks of.
    fn holder(&self, grant: u32) -> Option<u32> {
        let said = self.one(grant);
        match said.kind {
            Kind::Link | Kind::RecoveryKey => self.holder(said.device?),
            _ => said.person,
        }
    }

    fn speaker(&self, id: u32) -> Option<u32> {
        self.one(self.one(id).standing?).person
    }

    fn by_standing(&self, grant: u32) -> Option<ByStanding> {
        Some((self.one(grant).class?, self.distance(grant), self.path[&grant], grant))
    }

    fn by_device(&self, grant: u32, device: u32) -> ByDevice {
        (self.away(grant, device), self.path[&grant], grant)
    }

    fn rank(&self, id: u32) -> Rank {
        let said = self.one(id);
        Some((self.by_standing(said.standing?)?, self.by_device(said.device?, said.issuer)))
    }

    fn order(&self, id: u32) -> Order {
        let turn = match self.one(id).kind {
            Kind::Leave => 0,
            Kind::RecoveryKey => 1,
            _ => 2,
        };
        (self.rank(id), turn, self.path[&id], id)
    }

    /// Whether its issuer could say this, judged by its own past.
    pub fn may(&self, id: u32) -> bool {
        let said = self.one(id);
        if said.kind == Kind::Found {
            return true;
        }
        let (Some(standing), Some(device)) = (said.standing, said.device) else { return false };
        let rests = self.saw(id, standing) && self.saw(id, device);
        if !rests || !self.gives_standing(standing) {
            return false;
        }
        let own = self.one(standing);
        let heirs = said.kind == Kind::HandOver && self.one(device).heir == Some(said.issuer);
        if !heirs && (!self.gives(device, said.issuer) || self.holder(device) != own.person) {
            return false;
        }
        let lets_in = own.class <= Some(Class::Coordinator);
        let may_give = lets_in && said.class >= own.class && said.class != Some(Class::Protected);
        let right = match said.kind {
            Kind::Admit | Kind::Set | Kind::Invite => may_give,
            Kind::HandOver => own.kind == Kind::Found && self.one(device).kind == Kind::Found && !self.for_self,
            Kind::Remove => match said.new_device.filter(|_| self.rules == Rules::Kept) {
                Some(device) => lets_in || self.owners(id, device).contains(&own.person),
                None => lets_in || said.person == own.person,
            },
            Kind::Join => false,
            Kind::Found | Kind::Link | Kind::Leave | Kind::RecoveryKey | Kind::Other => true,
        };
        let modelled = self.rules == Rules::Modelled;
        right && if modelled { self.may(standing) && self.may(device) } else { self.makes_sense(id, heirs) }
    }

    /// What else its own past must allow.
    fn makes_sense(&self, id: u32, heirs: bool) -> bool {
        let said = self.one(id);
        let by_words = !heirs && said.device.is_some_and(|device| self.away(device, said.issuer) == 0);
        let in_past = |what: &dyn Fn(&Said) -> bool| self.past[&id].iter().any(|id| what(self.one(*id)));
        let was_here = |person: Option<u32>| {
            self.past[&id].iter().any(|grant| self.gives_standing(*grant) && self.one(*grant).person == person)
        };
        let belonged = |person: Option<u32>| was_here(person) && !person.is_some_and(|one| self.was_sent_away(id, one));
        let upto_seen = said.upto.iter().flatten().all(|head| self.past[&id].contains(head));
        let words_may = match said.kind {
            Kind::Link | Kind::RecoveryKey | Kind::Leave => true,
            Kind::Remove => said.new_device.is_some() || said.person == self.speaker(id),
            _ => false,
        };
        if by_words && !words_may {
            return false;
        }
        match said.kind {
            Kind::Invite => !in_past(&|other| other.kind == Kind::Invite && other.ticket == said.ticket),
            Kind::Admit => {
                let fits = |invite: &Said| {
                    invite.kind == Kind::Invite && invite.ticket == said.ticket && invite.class <= said.class
                };
                let spent = in_past(&|other| other.kind == Kind::Admit && other.ticket == said.ticket);
                let back = said.person.is_some_and(|person| self.was_sent_away(id, person));
                let free = said.new_device.is_some_and(|device| !self.has_place(id, device));
                free && !self.is_heirs(said.words) && (back || in_past(&fits) && !spent)
            }
            Kind::Link => said.new_device.is_some_and(|device| !self.has_place(id, device)),
            Kind::Set => upto_seen && belonged(said.person),
            Kind::Remove => match said.new_device {
                Some(device) => upto_seen && !self.owners(id, device).is_empty(),
                None => upto_seen && was_here(said.person),
            },
            Kind::RecoveryKey => {
                by_words && !self.is_heirs(said.words) && said.words.is_some_and(|key| !self.has_place(id, key))
            }
            Kind::HandOver => {
                let before = in_past(&|other| other.kind == Kind::HandOver);
                let founder = self.one(said.device.expect("was looked at")).issuer;
                let by = if heirs {
                    said.ticket == Some(said.issuer) && !self.is_heirs(said.words)
                } else {
                    let founding = self.one(said.device.expect("was looked at")).person;
                    said.issuer == founder && said.person != founding && belonged(said.person)
                };
                !before && by
            }
            Kind::Leave => !self.has_left(id),
            Kind::Found | Kind::Join | Kind::Other => true,
        }
    }

    /// Whether its speaker left in its past, and was not let in again after that.
    fn has_left(&self, id: u32) -> bool {
        let past = &self.past[&id];
        let own = self.speaker(id);
        let mut leaves = past.iter().filter(|t| self.one(**t).kind == Kind::Leave && self.speaker(**t) == own);
        leaves.any(|leave| {
            let mut grants = past.iter().filter(|g| self.gives_standing(**g) && self.one(**g).person == own);
            grants.all(|grant| self.takes_standing(*leave, *grant))
        })
    }

    /// Whether these are the words written down for the person whom the plan is about. Nobody comes with them as their own.
    fn is_heirs(&self, words: Option<u32>) -> bool {
        words.is_some() && self.all.values().any(|said| said.heir == words)
    }

    /// Whose a device is by what the past of a statement ever gave it. Words are nobody's device.
    fn owners(&self, id: u32, device: u32) -> BTreeSet<Option<u32>> {
        let given = |grant: &&u32| self.gives(**grant, device) && self.one(**grant).words != Some(device);
        self.past[&id].iter().filter(given).map(|grant| self.holder(*grant)).collect()
    }

    /// Whether the past of a statement holds an end of everything a person had in it.
    fn was_sent_away(&self, id: u32, person: u32) -> bool {
        let past = &self.past[&id];
        let grants: Vec<u32> = past
            .iter()
            .copied()
            .filter(|grant| self.gives_standing(*grant) && self.one(*grant).person == Some(person))
            .collect();
        let taken = |grant: &u32| past.iter().any(|t| self.ends_membership(*t) && self.takes_standing(*t, *grant));
        !grants.is_empty() && grants.iter().all(taken)
    }

    fn has_place(&self, id: u32, device: u32) -> bool {
        let past = &self.past[&id];
        let taken = |grant: u32| {
            self.holder(grant).is_some_and(|person| self.was_sent_away(id, person))
                || past.iter().any(|t| !self.ends_membership(*t) && self.takes_device(*t, grant, device))
        };
        past.iter().any(|grant| self.gives(*grant, device) && !taken(*grant))
    }

    fn is_taker(&self, id: u32) -> bool {
        match self.one(id).kind {
            Kind::Remove | Kind::Leave | Kind::Set => true,
            Kind::RecoveryKey => self.rules == Rules::Kept,
            _ => false,
        }
    }

    fn is_of_device(&self, taker: u32) -> bool {
        let by = self.one(taker);
        by.kind == Kind::RecoveryKey || by.kind == Kind::Remove && by.new_device.is_some()
    }

    /// Whether it ends somebody's place in the circle altogether.
    fn ends_membership(&self, taker: u32) -> bool {
        let by = self.one(taker);
        by.kind == Kind::Leave || by.kind == Kind::Remove && by.new_device.is_none()
    }

    /// Given again after it was taken, or never to be taken.
    fn is_safe(&self, taker: u32, grant: u32) -> bool {
        let given = self.one(grant);
        let founded = given.kind == Kind::Found && self.for_self;
        let of_person = !self.is_of_device(taker) && self.one(taker).kind != Kind::Leave;
        taker == grant || self.saw(grant, taker) || given.kind == Kind::HandOver || founded && of_person
    }

    /// Whom a taker sends away, if it is a person.
    fn sent_away(&self, taker: u32) -> Option<u32> {
        let by = self.one(taker);
        if by.kind == Kind::Leave { self.speaker(taker) } else { by.person }
    }

    fn takes_standing(&self, taker: u32, grant: u32) -> bool {
        let (by, given) = (self.one(taker), self.one(grant));
        if self.is_safe(taker, grant) || self.is_of_device(taker) || !self.gives_standing(grant) {
            return false;
        }
        given.person == self.sent_away(taker) && (by.kind != Kind::Set || given.class < by.class)
    }

    fn takes_device(&self, taker: u32, grant: u32, device: u32) -> bool {
        let by = self.one(taker);
        match by.kind {
            Kind::Remove if by.new_device.is_some() => {
                let (mut grant, mut device) = (grant, device);
                loop {
                    if by.new_device == Some(device) && taker != grant && !self.saw(grant, taker) {
                        return true;
                    }
                    let said = self.one(grant);
                    let Some(next) = said.device.filter(|_| said.kind == Kind::Link && !by.spares_linked) else {
                        return false;
                    };
                    (grant, device) = (next, said.issuer);
                }
            }
            Kind::RecoveryKey => device == by.issuer && taker != grant && !self.saw(grant, taker),
            Kind::Remove | Kind::Leave => !self.is_safe(taker, grant) && self.holder(grant) == self.sent_away(taker),
            _ => false,
        }
    }

    /// What a taker takes by the model: a grant is one thing, whichever of its sides is named.
    fn takes_as_modelled(&self, taker: u32, grant: u32) -> bool {
        if self.is_safe(taker, grant) {
            return false;
        }
        let (by, given) = (self.one(taker), self.one(grant));
        let device = matches!(given.kind, Kind::Found | Kind::Admit | Kind::Link);
        match by.kind {
            Kind::Remove if by.new_device.is_some() => device && given.new_device == by.new_device,
            Kind::Remove | Kind::Leave => {
                let linked = given.kind == Kind::Link && self.holder(grant) == self.sent_away(taker);
                self.gives_standing(grant) && given.person == self.sent_away(taker) || linked
            }
            _ => self.gives_standing(grant) && given.person == by.person && given.class < by.class,
        }
    }

    /// Whether a taker takes what a link names.
    fn takes(&self, taker: u32, link: u32) -> bool {
        let said = self.one(link);
        let (Some(standing), Some(device)) = (said.standing, said.device) else { return false };
        let protected = self.one(standing).class == Some(Class::Protected);
        let shielded = protected && self.speaker(taker) != self.speaker(link);
        match self.rules {
            Rules::Modelled => {
                let hit = self.takes_as_modelled(taker, standing) || self.takes_as_modelled(taker, device);
                hit && !(shielded && self.is_of_device(taker))
            }
            Rules::Kept => {
                self.takes_standing(taker, standing) || !shielded && self.takes_device(taker, device, said.issuer)
            }
        }
    }

    /// The statement and every grant it rests on.
    fn chain(&self, id: u32) -> BTreeSet<u32> {
        let said = self.one(id);
        let rests = said.standing.into_iter().chain(said.device);
        rests.flat_map(|grant| self.chain(grant)).chain([id]).collect()
    }

    fn is_upto(&self, taker: u32, link: u32) -> bool {
        let under = |head: &u32| *head == link || self.saw(*head, link);
        self.saw(taker, link) && self.one(taker).upto.as_ref().is_none_or(|heads| heads.iter().any(under))
    }

    fn breaks(&self, taker: u32, link: u32, of: u32) -> bool {
        if taker == link || taker == of || !self.may(taker) {
            return false;
        }
        let (by, theirs, below) = (self.order(taker), self.order(link), self.order(of));
        let senior = match self.one(taker).kind {
            Kind::Leave => {
                let own = self.speaker(taker) == self.speaker(link);
                by.0 <= theirs.0 && by.0 <= below.0 && own && self.one(of).kind != Kind::Leave
            }
            Kind::RecoveryKey => by < theirs && by < below,
            _ => by.0 < theirs.0 && by.0 < below.0,
        };
        senior && self.takes(taker, link) && !self.is_upto(taker, link)
    }

    /// Whether an Admit by somebody senior, apart from this one, used the same ticket for another newcomer.
    fn outdoes(&self, rival: u32, link: u32, of: u32) -> bool {
        let (one, other) = (self.one(rival), self.one(link));
        let both = one.kind == Kind::Admit && other.kind == Kind::Admit && self.rules == Rules::Kept;
        let apart = !self.saw(rival, link) && !self.saw(link, rival);
        let senior = self.order(rival) < self.order(link) && self.order(rival) < self.order(of);
        both && one.ticket == other.ticket && one.person != other.person && apart && senior
    }

    /// Whether a statement is in effect. Panics if the rules ask it of itself.
    pub fn in_effect(&self, id: u32) -> bool {
        let known = self.decided.borrow().get(&id).copied();
        if let Some(known) = known {
            return known.unwrap_or_else(|| panic!("a ring of breaks through {id}"));
        }
        self.decided.borrow_mut().insert(id, None);
        let never = |id: u32| matches!(self.one(id).kind, Kind::Found | Kind::HandOver);
        let broken = |link: u32| {
            let by = |other: &u32| {
                let hit = self.is_taker(*other) && self.breaks(*other, link, id) || self.outdoes(*other, link, id);
                hit && self.in_effect(*other)
            };
            !never(link) && self.all.keys().any(by)
        };
        let stands = self.may(id) && (never(id) || !self.chain(id).into_iter().any(broken));
        self.decided.borrow_mut().insert(id, Some(stands));
        stands
    }
}
