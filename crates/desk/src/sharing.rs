//! Who sees what: the table of parts and people, with the reason and the end of each, as the signed shares say.

use circle::{Access, Act, Graph, Ledger, Who};
use seal::{DocId, PersonId, PlanId, StatementId, Time};

use crate::{Desk, said::speaker, shelf::Shelf};

/// The sharing table of a plan, as far as this device may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sharing {
    /// The parts this device may read, in the plan's order.
    pub parts: Vec<SharedPart>,
    /// The people, in the order they came.
    pub people: Vec<PersonId>,
    /// For each person the cells of their row, one for each part.
    pub cells: Vec<Vec<Cell>>,
    /// What everyone has who was given nothing in particular, one for each part.
    pub everyone: Vec<Cell>,
}

/// One part of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedPart {
    /// Its code.
    pub code: &'static str,
    /// The document that holds it.
    pub doc: DocId,
    /// What tells it from others of its part, if there are others.
    pub called: String,
    /// Whose it is; `None`: the plan's.
    pub owner: Option<PersonId>,
    /// Whether I decide who sees it.
    pub mine: bool,
}

/// What somebody may do with a part, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What they may do.
    pub access: Access,
    /// On what it rests.
    pub ground: Ground,
}

/// What an access rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground {
    /// The part is theirs to decide about.
    Owner,
    /// Somebody decided it for them.
    Own(Agreement),
    /// What everyone in the circle has.
    Everyone(Agreement),
    /// Nobody has shared it.
    Nobody,
}

/// A decision about sharing, as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// The statement.
    pub id: StatementId,
    /// Who decided, as far as this device can tell.
    pub by: Option<PersonId>,
    /// When, by their clock.
    pub at: Time,
    /// Why, in their words.
    pub why: String,
    /// On what basis.
    pub basis: String,
    /// Until when.
    pub until: Option<Time>,
    /// Whether it is a decision not to share.
    pub refused: bool,
}

impl Cell {
    /// What it rests on, if somebody decided it.
    pub fn agreement(&self) -> Option<&Agreement> {
        match &self.ground {
            Ground::Own(agreement) | Ground::Everyone(agreement) => Some(agreement),
            Ground::Owner | Ground::Nobody => None,
        }
    }
}

impl Desk {
    /// Who sees what of a plan.
    pub fn sharing(&self, plan: PlanId) -> Option<Sharing> {
        let shelf = self.shelves.get(&plan)?;
        let me = shelf.ledger.person_of(self.me);
        let parts: Vec<SharedPart> = shelf
            .shown()
            .into_iter()
            .map(|(part, doc)| {
                let owner = shelf.ledger.document(doc).and_then(|document| document.owner);
                SharedPart {
                    code: part.code,
                    doc,
                    called: shelf.called(part, doc).unwrap_or_default(),
                    owner,
                    mine: me.is_some_and(|me| owns(&shelf.ledger, owner, me)),
                }
            })
            .collect();
        let decided: Vec<Decided> = parts.iter().map(|part| decided(&shelf.ledger, part.doc)).collect();
        let mut people: Vec<_> = shelf.ledger.people().map(|person| (person.since, person.id)).collect();
        people.sort_unstable();
        let people: Vec<PersonId> = people.into_iter().map(|(_, person)| person).collect();
        let row = |person: &PersonId| {
            parts.iter().zip(&decided).map(|(part, decided)| cell(shelf, part, decided, *person)).collect()
        };
        let cells = people.iter().map(row).collect();
        let everyone = decided.iter().map(common).collect();
        Some(Sharing { parts, people, cells, everyone })
    }
}

/// Whether somebody decides over a document of this owner.
fn owns(ledger: &Ledger, owner: Option<PersonId>, person: PersonId) -> bool {
    match owner {
        Some(owner) => owner == person,
        None => ledger.standing(person).is_some_and(circle::Standing::owns_the_plan),
    }
}

/// The decisions in effect about one document, oldest first. An Unshare gives nobody anything.
type Decided = Vec<(Who, Option<Access>, Agreement)>;

fn decided(ledger: &Ledger, doc: DocId) -> Decided {
    let mut all = Decided::new();
    for statement in ledger.since(Graph::Document(doc), &[]) {
        if !ledger.in_effect(statement.id()) {
            continue;
        }
        let (who, access, why, basis, until) = match statement.act() {
            Act::Share(share) => (share.who, Some(share.access), &share.why, share.basis.as_str(), share.until),
            Act::Unshare(unshare) => (unshare.who, None, &unshare.why, "", None),
            Act::Refuse(refuse) => (refuse.who, Some(Access::Nothing), &refuse.why, refuse.basis.as_str(), None),
            _ => continue,
        };
        let agreement = Agreement {
            id: statement.id(),
            by: speaker(ledger, statement),
            at: statement.body().at,
            why: plan::clean(&words::role(&plan::clean(why))),
            basis: plan::clean(basis),
            until,
            refused: matches!(statement.act(), Act::Refuse(_)),
        };
        all.push((who, access, agreement));
    }
    all
}

fn cell(shelf: &Shelf, part: &SharedPart, decided: &Decided, person: PersonId) -> Cell {
    let access = shelf.access(part.doc, person);
    if owns(&shelf.ledger, part.owner, person) {
        return Cell { access, ground: Ground::Owner };
    }
    // The circle says what holds; of the decisions that say the same, the latest gives the reason.
    let own = latest(decided, Who::Person(person));
    let ground = match own {
        Some((Some(given), agreement)) if *given == access || agreement.refused => Ground::Own(agreement.clone()),
        Some(_) | None => match latest(decided, Who::Everyone) {
            Some((Some(given), agreement)) if *given == access && access > Access::Nothing => {
                Ground::Everyone(agreement.clone())
            }
            Some(_) | None => Ground::Nobody,
        },
    };
    Cell { access, ground }
}

fn common(decided: &Decided) -> Cell {
    match latest(decided, Who::Everyone) {
        Some((Some(access), agreement)) => Cell { access: *access, ground: Ground::Own(agreement.clone()) },
        Some((None, _)) | None => Cell { access: Access::Nothing, ground: Ground::Nobody },
    }
}

fn latest(decided: &Decided, about: Who) -> Option<(&Option<Access>, &Agreement)> {
    decided.iter().rev().find(|(who, ..)| *who == about).map(|(_, access, agreement)| (access, agreement))
}
