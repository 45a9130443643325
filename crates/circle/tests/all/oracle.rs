//! The rules of "who belongs" once more, over plain records, with sets and recursion: slow, and written to be compared
//! with the page. [`Rules::Modelled`] is the model of the design, word for word; `modelled.txt` holds what that one answers.

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
    Admit,
    Set,
    Remove,
    Link,
    Leave,
    HandOver,
    RecoveryKey,
    Other,
}

/// A statement. Ids are numbers in the order of the hashes they stand for; people and devices are numbers.
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
    pub new_device: Option<u32>,
    pub upto: Option<Vec<u32>>,
    /// The removal of a device leaves what that device linked.
    pub spares_linked: bool,
    /// The key behind the words of whom it brings; it is a device too.
    pub words: Option<u32>,
    /// For an Admit: whom it lets in with which ticket.
    pub ticket: Option<u32>,
}

/// Which rules are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rules {
    /// As they were first modelled: whatever takes a grant takes all that came with the same statement.
    Modelled,
    /// As they are: what takes a device leaves the standing and the other way round; a removed device takes along what it
    /// linked; a recovery key outranks the devices; an invitation lets in one.
    Kept,
}

/// What a statement rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Standing,
    Device,
}

type ByStanding = (Class, usize, usize, u32);
type ByDevice = (usize, usize, u32);
/// Smaller is senior; `None` is the Found.
type Rank = Option<(ByStanding, ByDevice)>;

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
    /// The statements in an order in which each comes after what it names.
    pub fn new(rules: Rules, for_self: bool, statements: Vec<Said>) -> Circle {
        let (mut past, mut path) = (BTreeMap::new(), BTreeMap::new());
        let mut all = BTreeMap::new();
        for said in statements {
            let mut under: BTreeSet<u32> = said.after.iter().copied().collect();
            under.extend(said.after.iter().flat_map(|id| &past[id]));
            past.insert(said.id, under);
            path.insert(said.id, said.after.iter().map(|id| path[id] + 1).max().unwrap_or(0));
            all.insert(said.id, said);
        }
        Circle { rules, for_self, all, past, path, decided: RefCell::default() }
    }

    fn gives_standing(&self, id: u32) -> bool {
        matches!(self.all[&id].kind, Kind::Found | Kind::Admit | Kind::Set | Kind::HandOver)
    }

    fn gives_device(&self, id: u32) -> bool {
        matches!(self.all[&id].kind, Kind::Found | Kind::Admit | Kind::Link)
    }

    fn saw(&self, later: u32, earlier: u32) -> bool {
        self.past[&later].contains(&earlier)
    }

    /// How many grants away from the Found.
    fn distance(&self, id: u32) -> usize {
        self.all[&id].standing.map_or(0, |grant| self.distance(grant) + 1)
    }

    fn links(&self, id: u32) -> usize {
        let said = &self.all[&id];
        said.device.filter(|_| said.kind == Kind::Link).map_or(0, |device| self.links(device) + 1)
    }

    /// Whose device a device grant speaks of.
    fn holder(&self, grant: u32) -> Option<u32> {
        let said = &self.all[&grant];
        if said.kind == Kind::Link { self.holder(said.device?) } else { said.person }
    }

    fn by_standing(&self, grant: u32) -> Option<ByStanding> {
        Some((self.all[&grant].class?, self.distance(grant), self.path[&grant], grant))
    }

    fn rank(&self, id: u32) -> Rank {
        let said = &self.all[&id];
        let device = said.device?;
        Some((self.by_standing(said.standing?)?, (self.links(device), self.path[&device], device)))
    }

    /// Whether its issuer could say this, judged by its own past.
    pub fn may(&self, id: u32) -> bool {
        let said = &self.all[&id];
        if said.kind == Kind::Found {
            return true;
        }
        let (Some(standing), Some(device)) = (said.standing, said.device) else { return false };
        let rests = self.saw(id, standing) && self.saw(id, device);
        if !rests || !self.gives_standing(standing) || !self.gives_device(device) {
            return false;
        }
        let (own, with) = (&self.all[&standing], &self.all[&device]);
        if with.new_device != Some(said.issuer) || self.holder(device) != own.person {
            return false;
        }
        let right = match said.kind {
            Kind::Admit | Kind::Set => {
                own.class <= Some(Class::Coordinator) && said.class >= own.class && said.class != Some(Class::Protected)
            }
            Kind::HandOver => own.kind == Kind::Found && with.kind == Kind::Found && !self.for_self,
            Kind::Remove => own.class <= Some(Class::Coordinator) || said.person == own.person,
            Kind::Found | Kind::Link | Kind::Leave | Kind::RecoveryKey | Kind::Other => true,
        };
        right && self.may(standing) && self.may(device)
    }

    /// Whether a taker takes a grant that somebody names.
    fn takes(&self, taker: u32, grant: u32, named: Named) -> bool {
        let (by, given) = (&self.all[&taker], &self.all[&grant]);
        if taker == grant || self.saw(grant, taker) || given.kind == Kind::HandOver {
            return false;
        }
        let one_device = by.kind == Kind::Remove && by.new_device.is_some();
        if given.kind == Kind::Found && self.for_self && !one_device && by.kind != Kind::Leave {
            return false;
        }
        let of = |person: Option<u32>| {
            let linked = given.kind == Kind::Link && self.holder(grant) == person;
            self.gives_standing(grant) && given.person == person || linked
        };
        let modelled = self.rules == Rules::Modelled;
        match by.kind {
            Kind::Remove if one_device => {
                let this = self.gives_device(grant) && given.new_device == by.new_device;
                (modelled || named == Named::Device) && this
            }
            Kind::Remove => of(by.person),
            Kind::Leave => of(self.leaver(taker)),
            Kind::Set => {
                let lower = self.gives_standing(grant) && given.person == by.person && given.class < by.class;
                (modelled || named == Named::Standing) && lower
            }
            Kind::Found | Kind::Admit | Kind::Link | Kind::HandOver | Kind::RecoveryKey | Kind::Other => false,
        }
    }

    fn leaver(&self, id: u32) -> Option<u32> {
        self.all[&self.all[&id].standing?].person
    }

    /// A device of somebody protected is ended by nobody else.
    fn shields(&self, link: u32, taker: u32) -> bool {
        let (link, by) = (&self.all[&link], &self.all[&taker]);
        let Some(standing) = link.standing.map(|id| &self.all[&id]) else { return false };
        let protected = standing.class == Some(Class::Protected);
        by.new_device.is_some() && protected && self.leaver(taker) != standing.person
    }

    /// The statement and every grant it rests on.
    fn chain(&self, id: u32) -> BTreeSet<u32> {
        let said = &self.all[&id];
        let rests = said.standing.into_iter().chain(said.device);
        rests.flat_map(|grant| self.chain(grant)).chain([id]).collect()
    }

    fn is_upto(&self, taker: u32, link: u32) -> bool {
        let under = |head: &u32| *head == link || self.saw(*head, link);
        self.saw(taker, link) && self.all[&taker].upto.as_ref().is_none_or(|heads| heads.iter().any(under))
    }

    fn breaks(&self, taker: u32, link: u32, of: u32) -> bool {
        let by = &self.all[&taker];
        if taker == link || taker == of || !self.may(taker) {
            return false;
        }
        let (rank, theirs, below) = (self.rank(taker), self.rank(link), self.rank(of));
        if by.kind == Kind::Leave {
            let own = self.all[&of].kind == Kind::Leave;
            if own || rank > below || rank > theirs || self.leaver(taker) != self.leaver(link) {
                return false;
            }
        } else if rank >= below || rank >= theirs {
            return false;
        }
        let (Some(standing), Some(device)) = (self.all[&link].standing, self.all[&link].device) else { return false };
        let hit = self.takes(taker, standing, Named::Standing) || self.takes(taker, device, Named::Device);
        hit && !self.shields(link, taker) && !self.is_upto(taker, link)
    }

    fn is_taker(&self, id: &u32) -> bool {
        matches!(self.all[id].kind, Kind::Remove | Kind::Leave | Kind::Set)
    }

    /// Whether a statement is in effect. Panics if the rules ask it of itself.
    pub fn in_effect(&self, id: u32) -> bool {
        let known = self.decided.borrow().get(&id).copied();
        if let Some(known) = known {
            return known.unwrap_or_else(|| panic!("a ring of breaks through {id}"));
        }
        self.decided.borrow_mut().insert(id, None);
        let never = |id: u32| matches!(self.all[&id].kind, Kind::Found | Kind::HandOver);
        let broken = |link: u32| {
            let mut takers = self.all.keys().filter(|taker| self.is_taker(taker));
            !never(link) && takers.any(|taker| self.breaks(*taker, link, id) && self.in_effect(*taker))
        };
        let stands = self.may(id) && (never(id) || !self.chain(id).into_iter().any(broken));
        self.decided.borrow_mut().insert(id, Some(stands));
        stands
    }
}

/// The circles of `modelled.txt` and what the model of the design answers for each statement.
fn modelled() -> Vec<(bool, Vec<(Said, bool)>)> {
    let mut circles: Vec<(bool, Vec<(Said, bool)>)> = Vec::new();
    for line in include_str!("modelled.txt").lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<&str> = line.split(' ').collect();
        let number = |word: &str| (word != "-").then(|| word.parse::<u32>().expect("a number"));
        let list = |word: &str| word.split(',').filter(|one| *one != ".").filter_map(number).collect::<Vec<u32>>();
        let &[id, kind, issuer, standing, device, after, person, class, new_device, upto, answer] = &words[..] else {
            circles.push((words == ["circle", "self"], Vec::new()));
            continue;
        };
        let said = Said {
            id: number(id).expect("an id"),
            kind: match kind {
                "F" => Kind::Found,
                "A" => Kind::Admit,
                "S" => Kind::Set,
                "R" => Kind::Remove,
                "K" => Kind::Link,
                "L" => Kind::Leave,
                "H" => Kind::HandOver,
                other => panic!("no kind: {other}"),
            },
            issuer: number(issuer).expect("an issuer"),
            standing: number(standing),
            device: number(device),
            after: list(after),
            person: number(person),
            class: number(class).map(|class| {
                [Class::Protected, Class::Owner, Class::Coordinator, Class::Member][class as usize]
            }),
            new_device: number(new_device),
            upto: (upto != "-").then(|| list(upto)),
            spares_linked: true,
            words: None,
            ticket: None,
        };
        circles.last_mut().expect("a circle begins first").1.push((said, answer == "+"));
    }
    circles
}

#[test]
fn what_the_model_of_the_design_answers_is_answered_here_too() {
    let circles = modelled();
    let (mut stand, mut fall) = (0, 0);
    for (number, (for_self, statements)) in circles.iter().enumerate() {
        let said = statements.iter().map(|(said, _)| said.clone()).collect();
        let circle = Circle::new(Rules::Modelled, *for_self, said);
        for (said, answer) in statements {
            assert_eq!(circle.in_effect(said.id), *answer, "circle {number}: {said:?}");
        }
        stand += statements.iter().filter(|(_, answer)| *answer).count();
        fall += statements.iter().filter(|(_, answer)| !answer).count();
    }
    assert!(circles.len() >= 100 && stand > 1_000 && fall > 1_000, "{stand} stand, {fall} fall");
}
