//! Who is who on screen: names, faces, and how many of them are said in one breath.

use desk::{Ask, Desk, Member};
use plan::{FieldPath, Someone};
use seal::{ChainId, PersonId, PlanId};

pub use words::together;

use crate::kit::Face;

/// The circle in the order in which people came: colour and pattern hang on it, so everyone sees the same.
pub fn in_order(desk: &Desk, plan: PlanId) -> Vec<Member> {
    let mut people = desk.people(plan);
    people.sort_by_key(|member| (member.since, member.id));
    people
}

/// How a person of the circle is drawn.
pub fn face(desk: &Desk, plan: PlanId, person: PersonId) -> Option<Face> {
    let people = in_order(desk, plan);
    let place = people.iter().position(|member| member.id == person)?;
    Some(Face { name: people[place].name.clone(), place })
}

/// How a person is drawn who may have left: after everyone who is here, in soft order.
pub fn face_or_former(desk: &Desk, plan: PlanId, person: PersonId) -> Face {
    face(desk, plan, person).unwrap_or_else(|| {
        let here = desk.people(plan).len();
        let before = desk.former(plan).iter().rev().position(|former| former.id == person);
        let name = desk.called(plan, person).unwrap_or_else(|| words::text("common-someone"));
        Face { name, place: here + before.unwrap_or_default() }
    })
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
    let place = people.iter().position(|member| match someone {
        Someone::Member(person) => member.id == *person,
        Someone::Named(name) => member.name == *name,
    });
    match (place, someone) {
        (Some(place), _) => Face { name: people[place].name.clone(), place },
        (None, Someone::Named(name)) => {
            let place = people.len() + name.bytes().map(usize::from).sum::<usize>();
            Face { name: name.clone(), place }
        }
        (None, Someone::Member(_)) => Face { name: words::text("common-someone"), place: people.len() },
    }
}

/// The person who writes this chain.
pub fn author(desk: &Desk, plan: PlanId, part: &str, chain: ChainId) -> Option<PersonId> {
    let doc = desk.doc(plan, part)?;
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
