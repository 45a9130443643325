//! Who is who on screen: names, faces, and how many of them are said in one breath.

use std::collections::BTreeMap;

use desk::{Ask, Desk, Member};
use plan::{FieldPath, Someone};
use seal::{ChainId, DocId, PersonId, PlanId};

pub use words::together;

use crate::kit::Face;

/// The circle in the order in which people came.
pub fn in_order(desk: &Desk, plan: PlanId) -> Vec<Member> {
    let mut people = desk.people(plan);
    people.sort_by_key(|member| (member.since, member.id));
    people
}

/// How a person of the circle is drawn.
pub fn face(desk: &Desk, plan: PlanId, person: PersonId) -> Option<Face> {
    let member = desk.people(plan).into_iter().find(|member| member.id == person)?;
    Some(Face { name: member.name, place: place(desk, plan, person) })
}

/// How a person is drawn who may have left: as before.
pub fn face_or_former(desk: &Desk, plan: PlanId, person: PersonId) -> Face {
    let name = desk.called(plan, person).unwrap_or_else(|| words::text("common-someone"));
    Face { name, place: place(desk, plan, person) }
}

/// Colour and pattern hang on this: the place among everybody who ever came, so everyone sees the same, and it stays.
fn place(desk: &Desk, plan: PlanId, person: PersonId) -> usize {
    let all = desk.everybody(plan);
    all.iter().position(|other| *other == person).unwrap_or(all.len())
}

/// What a standing means, in plain words.
pub fn standing(standing: circle::Standing) -> String {
    words::text(match standing {
        circle::Standing::Protected => "common-standing-protected",
        circle::Standing::Owner => "common-standing-owner",
        circle::Standing::Coordinator => "common-standing-coordinator",
        circle::Standing::Member => "common-standing-member",
    })
}

/// How somebody named in a field is drawn: a member, or a member of that name, or a face of their own.
pub fn face_of(desk: &Desk, plan: PlanId, someone: &Someone) -> Face {
    let people = in_order(desk, plan);
    let member = people.into_iter().find(|member| match someone {
        Someone::Member(person) => member.id == *person,
        Someone::Named(name) => member.name == *name,
    });
    match (member, someone) {
        (Some(member), _) => Face { place: place(desk, plan, member.id), name: member.name },
        // Somebody who has no place in the circle has one by their name alone.
        (None, Someone::Named(name)) => {
            Face { name: name.clone(), place: name.bytes().map(usize::from).sum::<usize>() }
        }
        (None, Someone::Member(person)) => face_or_former(desk, plan, *person),
    }
}

/// The circle by its names: whoever was written down by name before they came in is meant, too.
pub struct Names(BTreeMap<String, Option<PersonId>>);

impl Names {
    /// Everybody who belongs now. Of two of one name neither is meant by that name alone.
    pub fn of(desk: &Desk, plan: PlanId) -> Names {
        Names::among(desk.people(plan))
    }

    /// The same of these.
    pub fn among(people: Vec<Member>) -> Names {
        let mut names = BTreeMap::new();
        for member in people {
            names.entry(member.name).and_modify(|person| *person = None).or_insert(Some(member.id));
        }
        Names(names)
    }

    /// Who is meant.
    pub fn meant(&self, who: &Someone) -> Someone {
        let Someone::Named(name) = who else { return who.clone() };
        self.0.get(name).copied().flatten().map_or_else(|| who.clone(), Someone::Member)
    }
}

/// The person who writes this chain.
pub fn author(desk: &Desk, plan: PlanId, doc: DocId, chain: ChainId) -> Option<PersonId> {
    desk.ledger(plan)?.author(doc, chain).map(|(_, person)| person)
}

/// Me in this plan.
pub fn me(desk: &Desk, plan: PlanId) -> Option<Member> {
    desk.people(plan).into_iter().find(|member| member.me)
}

/// Tells the others that I am in this plan, in no text. The cover is what everybody in the circle may see.
pub fn looking_at(plan: PlanId) -> Ask {
    let title = plan::part("cover").and_then(|cover| FieldPath::new(cover, None, "title").ok());
    Ask::Caret { plan, at: title.map(|title| (title, 0, 0)) }
}

/// The person whose plan it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whose {
    /// How they are drawn.
    pub face: Face,
    /// Who they are in the circle; none while the plan is held for them by others.
    pub id: Option<PersonId>,
    /// Whether it is me.
    pub me: bool,
}

/// The person whose plan it is, as far as this device knows.
pub fn whose(desk: &Desk, plan: PlanId) -> Whose {
    let protected = desk.people(plan).into_iter().find(|member| member.standing == circle::Standing::Protected);
    match protected {
        Some(member) => {
            let face = Face { place: place(desk, plan, member.id), name: member.name };
            Whose { face, id: Some(member.id), me: member.me }
        }
        None => {
            let card = desk.plans().into_iter().find(|card| card.id == plan);
            let name = card.map(|card| card.whose).unwrap_or_default();
            Whose { face: face_of(desk, plan, &Someone::Named(name)), id: None, me: false }
        }
    }
}

/// A sentence to whoever sits here about their own plan; to others the other one, about the person whose plan it is.
pub fn to_whom(desk: &Desk, plan: PlanId, mine: &'static str, of: &'static str) -> String {
    let whose = whose(desk, plan);
    // A group's plan is its members' own.
    if whose.me || whose.face.name.is_empty() || desk.document(plan, "coalition").is_some() {
        return words::text(mine);
    }
    words::say(words::Say::new(of).with("name", whose.face.name))
}

impl Whose {
    /// Whether somebody a field names is this person.
    pub fn is(&self, someone: &Someone) -> bool {
        match someone {
            Someone::Member(person) => self.id == Some(*person),
            Someone::Named(name) => *name == self.face.name,
        }
    }
}
