//! The circle of a plan in detail: whose devices there are and which linked which, who was here before, whom a name looks like.

use std::collections::BTreeMap;

use circle::{Access, Act, Graph, Ledger, Remove, Standing, Who, Whom, Whose};
use seal::{DeviceId, DocId, PersonId, PlanId, Time};
use words::Say;

use crate::{
    Desk,
    said::{introduction, name, speaker},
};

/// One device of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    /// What its owner calls it; empty for the one they came with.
    pub name: String,
    /// Which of their devices linked it; `None`: the one they came with, or their recovery words brought it.
    pub linked_by: Option<DeviceId>,
    /// When it came, by the clock of whoever let it in.
    pub since: Time,
    /// Is it the one this desk stands on?
    pub this: bool,
    /// Connected now?
    pub online: bool,
    /// When it was last connected; `None`: never with this device.
    pub seen: Option<Time>,
}

/// Somebody who belonged once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// What they were to the person.
    pub relationship: String,
    /// How they went.
    pub went: Went,
    /// When, by the clock of whoever ended it.
    pub at: Time,
}

/// How somebody ceased to belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Went {
    /// By themselves.
    Left,
    /// Somebody removed them.
    Removed {
        /// Who, as far as this device can tell.
        by: Option<PersonId>,
    },
    /// Whoever let them in was removed, and with that their place fell.
    Fell,
}

impl Former {
    /// "left on 3 May", "removed by Hodan on 3 May".
    pub fn say(&self, desk: &Desk, plan: PlanId) -> Say {
        let say = match self.went {
            Went::Left => Say::new("common-former-left"),
            Went::Removed { by } => {
                let by = by.and_then(|by| desk.called(plan, by)).unwrap_or_else(|| words::text("common-someone"));
                Say::new("common-former-removed").with("by", by)
            }
            Went::Fell => Say::new("common-former-fell"),
        };
        say.with("day", words::day(self.at.0))
    }
}

impl Desk {
    /// A person's devices, the first first.
    pub fn devices(&self, plan: PlanId, person: PersonId) -> Vec<Device> {
        let Some(shelf) = self.shelves.get(&plan) else { return Vec::new() };
        let Some(known) = shelf.ledger.person(person) else { return Vec::new() };
        let describe = |id: &DeviceId| {
            let (name, linked_by, since) = origin(&shelf.ledger, *id, known.since, &known.devices);
            Device {
                id: *id,
                name,
                linked_by,
                since,
                this: *id == self.me,
                online: shelf.belongs(self.me) && self.world.online.contains(id),
                seen: self.world.seen.get(id).copied(),
            }
        };
        known.devices.iter().map(describe).collect()
    }

    /// Who let somebody in; nobody let in the founder.
    pub fn let_in_by(&self, plan: PlanId, person: PersonId) -> Option<PersonId> {
        self.shelves.get(&plan)?.ledger.person(person)?.let_in_by
    }

    /// Everybody who ever belonged, in the order in which they came: the same on every device that holds the same, and nobody
    /// moves up when somebody leaves.
    pub fn everybody(&self, plan: PlanId) -> Vec<PersonId> {
        self.shelves.get(&plan).map(|shelf| everybody(&shelf.ledger)).unwrap_or_default()
    }

    /// Who belonged once and does not now, the last to go first.
    pub fn former(&self, plan: PlanId) -> Vec<Former> {
        self.shelves.get(&plan).map(|shelf| former(&shelf.ledger)).unwrap_or_default()
    }

    /// The documents of which somebody has, or had, a copy, as far as I may know: what was ever given to them, to everyone, or
    /// what is their own. Voices go with what they are about.
    pub fn has_copies_of(&self, plan: PlanId, person: PersonId) -> Vec<DocId> {
        let Some(shelf) = self.shelves.get(&plan) else { return Vec::new() };
        let ledger = shelf.ledger.as_ref();
        let Some(me) = ledger.person_of(self.me) else { return Vec::new() };
        let was_given = |doc: DocId| {
            ledger.since(Graph::Document(doc), &[]).into_iter().any(|statement| match statement.act() {
                Act::Share(share) => {
                    let is_them = share.who == Who::Person(person) || share.who == Who::Everyone;
                    is_them && share.access > Access::Nothing && ledger.in_effect(statement.id())
                }
                _ => false,
            })
        };
        let known = ledger.documents().filter(|document| document.voice_of.is_none());
        let seen = known.filter(|document| ledger.access(document.id, me) > Access::Nothing);
        let theirs = seen.filter(|document| {
            ledger.access(document.id, person) > Access::Nothing
                || document.owner == Some(person)
                || was_given(document.id)
        });
        theirs.map(|document| document.id).collect()
    }

    /// Whether this device may hand the plan over: it was founded here, for somebody else, and is nobody's yet.
    pub fn may_hand_over(&self, plan: PlanId) -> bool {
        let Some(shelf) = self.shelves.get(&plan) else { return false };
        let Act::Found(found) = shelf.ledger.found().act() else { return false };
        let protects_nobody = shelf.ledger.people().all(|person| person.standing != Standing::Protected);
        let founder = shelf.ledger.found().issuer() == self.me;
        founder && protects_nobody && matches!(found.whose, Whose::Another { .. })
    }

    /// A member, or somebody who was one, whom this name could be taken for: the same letters, or letters that look the same.
    pub fn looks_like(&self, plan: PlanId, of: PersonId, called: &str) -> Option<PersonId> {
        let shelf = self.shelves.get(&plan)?;
        let seen = plan::looks(called);
        let others =
            shelf.ledger.people().map(|person| person.id).chain(self.former(plan).into_iter().map(|one| one.id));
        let mut others = others.filter(|other| *other != of);
        others.find(|other| name(&shelf.ledger, *other).is_some_and(|name| plan::looks(&name) == seen))
    }
}

pub(crate) fn former(ledger: &Ledger) -> Vec<Former> {
    let were = everybody(ledger).into_iter().filter(|person| ledger.person(*person).is_none());
    let mut former: Vec<Former> = were.filter_map(|person| went(ledger, person)).collect();
    former.sort_by_key(|one| (std::cmp::Reverse(one.at), one.id));
    former
}

/// How the person of a device went that belongs no more; `None` for a device that never did.
///
/// A device that was removed alone went with its own end, while its person may still be here.
pub(crate) fn gone(ledger: &Ledger, device: DeviceId) -> Option<Former> {
    let circle = ledger.since(Graph::Circle, &[]);
    let came = circle.iter().find_map(|statement| match statement.act() {
        Act::Found(_) | Act::Join(_) if statement.issuer() == device => Some(statement.id().into()),
        Act::LinkDevice(link) if link.device == device => speaker(ledger, statement),
        _ => None,
    })?;
    let former = went(ledger, came)?;
    let linked_by = |device: &DeviceId| {
        circle.iter().find_map(|statement| match statement.act() {
            Act::LinkDevice(link) if link.device == *device => Some(statement.issuer()),
            _ => None,
        })
    };
    // With the one it was added with, it goes as well.
    let before: Vec<DeviceId> = std::iter::successors(linked_by(&device), linked_by).take(circle.len()).collect();
    let took = |remove: &Remove| match remove.whom {
        Whom::Device { device: of, and_linked } => of == device || and_linked && before.contains(&of),
        Whom::Person(_) => false,
    };
    let mut in_effect = circle.iter().rev().filter(|statement| ledger.in_effect(statement.id()));
    let alone = in_effect.find_map(|statement| match statement.act() {
        Act::Remove(remove) if took(remove) => {
            Some((Went::Removed { by: speaker(ledger, statement) }, statement.body().at))
        }
        _ => None,
    });
    match (former.went, alone) {
        (Went::Fell, Some((went, at))) => Some(Former { went, at, ..former }),
        (Went::Fell | Went::Left | Went::Removed { .. }, _) => Some(former),
    }
}

/// Everybody who was ever given a place, the first first, by the clock of whoever gave it.
fn everybody(ledger: &Ledger) -> Vec<PersonId> {
    let mut came: BTreeMap<PersonId, Time> = BTreeMap::new();
    for statement in ledger.since(Graph::Circle, &[]) {
        let person = match statement.act() {
            Act::Found(_) => statement.id().into(),
            Act::Confirm(confirm) => confirm.join.into(),
            Act::HandOver(hand) => hand.to,
            _ => continue,
        };
        let at = came.entry(person).or_insert(statement.body().at);
        *at = statement.body().at.min(*at);
    }
    let mut all: Vec<PersonId> = came.keys().copied().collect();
    all.sort_by_key(|person| (came[person], *person));
    all
}

/// What a device is called, what linked it, and since when it is here.
fn origin(ledger: &Ledger, device: DeviceId, came: Time, devices: &[DeviceId]) -> (String, Option<DeviceId>, Time) {
    let linked = ledger.since(Graph::Circle, &[]).into_iter().find_map(|statement| match statement.act() {
        Act::LinkDevice(link) if link.device == device && ledger.in_effect(statement.id()) => Some((
            plan::clean(&link.name),
            Some(statement.issuer()).filter(|by| devices.contains(by)),
            statement.body().at,
        )),
        _ => None,
    });
    linked.unwrap_or((String::new(), None, came))
}

/// How this person went. Of several endings the last one made is told.
fn went(ledger: &Ledger, person: PersonId) -> Option<Former> {
    let called = introduction(ledger, person)?;
    let circle = ledger.since(Graph::Circle, &[]);
    let ending = circle.iter().rev().filter(|statement| ledger.in_effect(statement.id())).find_map(|statement| {
        let by = speaker(ledger, statement);
        match statement.act() {
            Act::Leave if by == Some(person) => Some((Went::Left, statement.body().at)),
            Act::Remove(remove) if remove.whom == Whom::Person(person) => {
                Some((Went::Removed { by }, statement.body().at))
            }
            _ => None,
        }
    });
    let came = || ledger.statement(person.into()).map(|join| join.body().at);
    let (went, at) = ending.or_else(|| Some((Went::Fell, came()?)))?;
    let name = name(ledger, person).unwrap_or_else(|| words::text("common-someone"));
    Some(Former { id: person, name, relationship: plan::clean(&called.relationship), went, at })
}

#[cfg(test)]
mod tests {
    use circle::{
        Introduction, Invite, Placed, Remove, Statement, Ticket,
        draft::{self, Newcomer},
    };
    use seal::DeviceKey;

    use super::*;

    const NEVER: Time = Time(i64::MAX);

    fn sign(ledger: &mut Ledger, key: &DeviceKey, body: circle::Body) -> Statement {
        let said = Statement::sign(key, body).unwrap();
        let placed = ledger.place(said.clone());
        assert!(matches!(placed, Placed::New(_) | Placed::Knock), "{placed:?}");
        said
    }

    fn newcomer(key: &DeviceKey) -> Newcomer {
        let called = Introduction { name: "somebody".into(), relationship: String::new(), organisation: String::new() };
        let words = DeviceKey::from_seed(&(*key.id().as_bytes()).into());
        Newcomer { device: key.id(), opens: key.opening(), words, called }
    }

    fn let_in(ledger: &mut Ledger, by: &DeviceKey, who: &DeviceKey, at: Time) -> PersonId {
        let once = DeviceKey::from_seed(&[at.0 as u8; 32].into());
        let (standing, role) = (Standing::Member, "family".to_owned());
        let invite = Invite { key: once.id(), standing, role: role.clone(), expires: NEVER, until: None };
        let invite = draft::invite(ledger, by.id(), at, invite).unwrap();
        sign(ledger, by, invite);
        let (plan, inviter, key) = (ledger.plan(), by.id(), once.seed());
        let ticket = Ticket { plan, inviter, addresses: Vec::new(), key, role, parts: Vec::new(), expires: NEVER };
        let join = sign(ledger, who, draft::join(&ticket, newcomer(who), at));
        let confirm = draft::confirm(ledger, by.id(), at, join.id()).unwrap();
        sign(ledger, by, confirm);
        join.id().into()
    }

    #[test]
    fn everybody_keeps_their_place_when_somebody_leaves_and_when_others_come() {
        let [amina, ben, cat, dan] = [1, 2, 3, 4].map(|n| DeviceKey::from_seed(&[n; 32].into()));
        let found = draft::found(newcomer(&amina), None, Time(1), [1; 16]);
        let mut ledger = Ledger::new(Statement::sign(&amina, found).unwrap()).unwrap();
        let first = PersonId::from(ledger.found().id());
        let second = let_in(&mut ledger, &amina, &ben, Time(2));
        let third = let_in(&mut ledger, &amina, &cat, Time(3));
        assert_eq!(everybody(&ledger), [first, second, third]);
        let remove = Remove { whom: Whom::Person(second), upto: None };
        let remove = draft::remove(&ledger, amina.id(), Time(4), remove).unwrap();
        sign(&mut ledger, &amina, remove);
        assert!(ledger.person(second).is_none());
        assert_eq!(everybody(&ledger), [first, second, third]);
        let fourth = let_in(&mut ledger, &amina, &dan, Time(5));
        assert_eq!(everybody(&ledger), [first, second, third, fourth]);
    }
}
