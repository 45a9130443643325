//! Asks that take several steps with the node between: each is a small state that is looked at when there is news.

use std::sync::mpsc;

use node::{
    Node, Pending,
    ask::{self, Answered},
};
use plan::{
    Part, Role,
    sample::{Names, SamplePart},
};
use seal::{DeviceId, DocId, ItemId, PersonId, PlanId, Time};

use crate::{
    acts::Waiting,
    ask::{Ask, Turn},
    begin::{Beginning, What},
    change::Answer,
    files::Attaching,
    founding::{Content, begin, first_parts},
    limits::TICKET_HOURS,
    open::noted,
    refused::Refused,
    rehearsal::Played,
};

/// One errand under way.
pub(crate) struct Errand {
    pub(crate) turn: Turn,
    pub(crate) step: Step,
}

/// What is waited for.
pub(crate) enum Step {
    Founding {
        content: Content,
        founded: Pending<Answered<ask::Found>>,
    },
    Documenting {
        content: Content,
        plan: PlanId,
        docs: Pending<Vec<DocId>>,
    },
    Writing {
        plan: PlanId,
        published: Vec<Pending<()>>,
    },
    /// A sample is being played, on a thread of its own.
    Playing {
        played: mpsc::Receiver<Result<Played, Refused>>,
    },
    /// What came of it is being taken in; then its notes are written.
    TakingIn {
        taken: Pending<ask::Restored>,
        notes: Vec<SamplePart>,
        names: Names,
    },
    /// Notes are on their way to the disk, and with them the plan is started.
    Noting {
        plan: PlanId,
        kept: Pending<()>,
    },
    Inviting {
        invited: Pending<Answered<ask::Invite>>,
    },
    /// A code is about to be shown.
    Showing {
        coming: Coming,
        shown: Pending<ask::Shown>,
    },
    /// A code is shown, or was typed by somebody who is on their way in.
    Coming(Coming),
    /// A code was typed here.
    Meeting {
        met: Pending<ask::Met>,
    },
    Knocking {
        knock: Pending<ask::Knock>,
    },
    Entering {
        plan: PlanId,
        entered: Pending<PersonId>,
    },
    Confirming {
        confirmed: Pending<Answered<ask::Confirm>>,
    },
    Acting {
        done: Pending<()>,
    },
    /// A file is looked at and kept, to be named in a field.
    Attaching(Attaching),
    /// The node is about to answer, and its answer is the end.
    Waiting {
        waiting: Waiting,
    },
    /// The node begins a document.
    Beginning {
        what: What,
        called: Option<String>,
        docs: Beginning,
    },
    /// It has; what is signed about it is on its way here.
    Begun {
        what: What,
        called: Option<String>,
        doc: DocId,
    },
    /// Its first edits are being kept.
    Furnishing {
        what: What,
        doc: DocId,
        published: Pending<()>,
    },
    /// They are, and it is being opened.
    Furnished {
        what: What,
        doc: DocId,
    },
    /// Something is to be written in a document that is not open yet.
    Queued {
        what: What,
        ask: Box<Ask>,
        within: Option<DocId>,
    },
    /// Held-back edits come from the node, to be read on the worker.
    Fetching {
        plan: PlanId,
        doc: DocId,
        part: &'static Part,
        held: Pending<ask::HeldEdits>,
    },
    /// They are here, and the worker had no room yet.
    Fetched {
        plan: PlanId,
        doc: DocId,
        part: &'static Part,
        held: ask::HeldEdits,
    },
}

/// Whom a code is for.
#[derive(Debug, Clone)]
pub(crate) struct Coming {
    pub(crate) plan: PlanId,
    /// What they come in as; `None`: another device of mine.
    pub(crate) role: Option<Role>,
}

/// What became of an errand when it was looked at.
pub(crate) enum Went {
    /// It goes on.
    On(Step),
    /// These words are to be read out; it goes on.
    Words { plan: PlanId, words: [&'static str; 4], then: Step },
    /// A document was begun; its first edits are for the desk to make, which knows the circle.
    Begun { what: What, called: Option<String>, doc: DocId },
    /// A document was begun and its first edits are kept.
    Furnished { what: What, doc: DocId },
    /// A write is to be tried again.
    Write { what: What, ask: Box<Ask>, within: Option<DocId> },
    /// Held-back edits are to be read on the worker, which then answers.
    Read { plan: PlanId, doc: DocId, part: &'static Part, held: ask::HeldEdits },
    /// The file is kept.
    Attached(Attaching, ask::AttachedFile),
    /// It has ended.
    Ended(Result<Answer, Refused>),
}

impl Step {
    /// Whether it is writing the first words of this plan.
    pub(crate) fn founds(&self, plan: PlanId) -> bool {
        matches!(self, Step::Documenting { plan: of, .. } | Step::Writing { plan: of, .. } if *of == plan)
    }

    /// Whether it waits to be let into this plan.
    pub(crate) fn enters(&self, plan: PlanId) -> bool {
        matches!(self, Step::Entering { plan: of, .. } if *of == plan)
    }

    /// Takes the errand as far as it goes without waiting.
    pub(crate) fn go(self, node: &Node, me: DeviceId, name: &str, now: Time) -> Went {
        match self.try_go(node, me, name, now) {
            Ok(went) => went,
            Err(refused) => Went::Ended(Err(refused)),
        }
    }

    fn try_go(self, node: &Node, me: DeviceId, name: &str, now: Time) -> Result<Went, Refused> {
        Ok(match self {
            Step::Founding { content, mut founded } => match founded.take() {
                None => Went::On(Step::Founding { content, founded }),
                Some(founded) => {
                    let plan = founded?.plan;
                    let documents = first_parts()
                        .map(|part| ask::NewDocument {
                            kind: part.code.to_owned(),
                            belongs: ask::Belongs::ToThePlan,
                            given: Vec::new(),
                        })
                        .collect();
                    let docs = node.ask(ask::NewDocuments { plan, documents });
                    Went::On(Step::Documenting { content, plan, docs })
                }
            },
            Step::Documenting { content, plan, mut docs } => match docs.take() {
                None => Went::On(Step::Documenting { content, plan, docs }),
                Some(docs) => {
                    let begun = begin(&content, plan, (me, name), &docs?, now)?;
                    let published =
                        begun.into_iter().map(|(doc, edits)| node.ask(ask::Publish { plan, doc, edits })).collect();
                    Went::On(Step::Writing { plan, published })
                }
            },
            Step::Playing { played } => match played.try_recv() {
                Err(mpsc::TryRecvError::Empty) => Went::On(Step::Playing { played }),
                Err(mpsc::TryRecvError::Disconnected) => return Err(Refused::NoSuchSample),
                Ok(played) => {
                    let Played { statements, edits, files, words, notes, names } = played?;
                    let device_name = words::text("common-another-device");
                    let taken = node.ask(ask::TakeIn { statements, edits, files, words, device_name });
                    Went::On(Step::TakingIn { taken, notes, names })
                }
            },
            Step::TakingIn { mut taken, notes, names } => match taken.take() {
                None => Went::On(Step::TakingIn { taken, notes, names }),
                Some(restored) => {
                    let plan = restored?.plan;
                    match notes.first() {
                        None => Went::Ended(Ok(Answer::Started(plan))),
                        Some(notes) => {
                            let (key, value) = noted(plan, me, notes, &names, now)?;
                            Went::On(Step::Noting { plan, kept: node.ask(ask::Record { key, value }) })
                        }
                    }
                }
            },
            Step::Noting { plan, mut kept } => match kept.take() {
                None => Went::On(Step::Noting { plan, kept }),
                Some(kept) => {
                    kept?;
                    Went::Ended(Ok(Answer::Started(plan)))
                }
            },
            Step::Writing { plan, mut published } => {
                while let Some(first) = published.first_mut() {
                    match first.take() {
                        None => return Ok(Went::On(Step::Writing { plan, published })),
                        Some(saved) => saved?,
                    }
                    published.remove(0);
                }
                Went::Ended(Ok(Answer::Started(plan)))
            }
            Step::Inviting { mut invited } => match invited.take() {
                None => Went::On(Step::Inviting { invited }),
                Some(invited) => Went::Ended(Ok(Answer::Ticket(invited?.ticket))),
            },
            Step::Showing { coming, mut shown } => match shown.take() {
                None => Went::On(Step::Showing { coming, shown }),
                Some(shown) => {
                    // The code itself is told as news, like every one after it.
                    shown?;
                    Went::On(Step::Coming(coming))
                }
            },
            // News ends it.
            Step::Coming(coming) => Went::On(Step::Coming(coming)),
            Step::Meeting { mut met } => match met.take() {
                None => Went::On(Step::Meeting { met }),
                Some(met) => match met? {
                    ask::Met::Mine { plan, .. } => Went::Ended(Ok(Answer::Joined(plan))),
                    ask::Met::Inviter(knock) => knocking(node, &knock),
                },
            },
            Step::Knocking { mut knock } => match knock.take() {
                None => Went::On(Step::Knocking { knock }),
                Some(knock) => knocking(node, &knock?),
            },
            Step::Entering { plan, mut entered } => match entered.take() {
                None => Went::On(Step::Entering { plan, entered }),
                Some(entered) => {
                    entered?;
                    Went::Ended(Ok(Answer::Joined(plan)))
                }
            },
            Step::Confirming { mut confirmed } => match confirmed.take() {
                None => Went::On(Step::Confirming { confirmed }),
                Some(confirmed) => Went::Ended(Ok(Answer::Confirmed(confirmed?.person))),
            },
            Step::Waiting { mut waiting } => match waiting() {
                None => Went::On(Step::Waiting { waiting }),
                Some(answer) => Went::Ended(Ok(answer?)),
            },
            Step::Beginning { what, called, mut docs } => match docs.take() {
                None => Went::On(Step::Beginning { what, called, docs }),
                Some(doc) => Went::Begun { what, called, doc: doc? },
            },
            Step::Begun { what, called, doc } => Went::Begun { what, called, doc },
            Step::Furnishing { what, doc, mut published } => match published.take() {
                None => Went::On(Step::Furnishing { what, doc, published }),
                Some(published) => {
                    published?;
                    Went::Furnished { what, doc }
                }
            },
            Step::Furnished { what, doc } => Went::Furnished { what, doc },
            Step::Queued { what, ask, within } => Went::Write { what, ask, within },
            Step::Fetching { plan, doc, part, mut held } => match held.take() {
                None => Went::On(Step::Fetching { plan, doc, part, held }),
                Some(held) => Went::Read { plan, doc, part, held: held? },
            },
            Step::Fetched { plan, doc, part, held } => Went::Read { plan, doc, part, held },
            Step::Attaching(mut attaching) => match attaching.kept.take() {
                None => Went::On(Step::Attaching(attaching)),
                Some(kept) => Went::Attached(attaching, kept?),
            },
            Step::Acting { mut done } => match done.take() {
                None => Went::On(Step::Acting { done }),
                Some(done) => {
                    done?;
                    Went::Ended(Ok(Answer::Done))
                }
            },
        })
    }
}

/// The knock is known on the other side: from here on this device waits to be let in. Who came with a code has no words
/// to read out.
fn knocking(node: &Node, knock: &ask::Knock) -> Went {
    let plan = knock.plan;
    let then = Step::Entering { plan, entered: node.ask(ask::Enter { plan }) };
    match knock.words {
        Some(words) => Went::Words { plan, words, then },
        None => Went::On(then),
    }
}

/// Asks for a ticket.
pub(crate) fn invite(
    node: &Node,
    plan: PlanId,
    role: Role,
    parts: Option<Vec<String>>,
    until: Option<Time>,
) -> Result<Step, Refused> {
    let invited = node.ask(ask::Invite {
        plan,
        role: role.code().to_owned(),
        standing: crate::roles::standing(role),
        parts: given(role, parts.as_deref()),
        lasts: std::time::Duration::from_secs(TICKET_HOURS * 3_600),
        addresses: true,
        until,
    });
    Ok(Step::Inviting { invited })
}

/// Asks for a code.
pub(crate) fn show_code(node: &Node, coming: Coming, parts: Option<&[String]>, until: Option<Time>) -> Step {
    let lets_in = match coming.role {
        None => ask::LetsIn::MyDevice,
        Some(role) => ask::LetsIn::Somebody {
            role: role.code().to_owned(),
            standing: crate::roles::standing(role),
            parts: given(role, parts),
            until,
        },
    };
    let shown = node.ask(ask::ShowCode { plan: coming.plan, lets_in });
    Step::Showing { coming, shown }
}

/// The parts that somebody with this role gets to see. Named, they give the same as what they were made of.
fn given(role: Role, named: Option<&[String]>) -> Vec<String> {
    let seen = |part: &&Part| crate::roles::access(role, part, named) > circle::Access::Nothing;
    plan::parts().iter().filter(seen).map(|part| part.code.to_owned()).collect()
}

/// Sixteen fresh random bytes.
pub(crate) fn item() -> Result<ItemId, Refused> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| Refused::NoDice)?;
    Ok(ItemId::new(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_remembered_with_an_invitation_give_what_was_named_and_no_more() {
        let some = ["actions".to_owned(), "about-me".to_owned()];
        for role in Role::ALL {
            for named in [None, Some(&some[..])] {
                let given = given(role, named);
                for part in plan::parts() {
                    let access = crate::roles::access(role, part, Some(&given));
                    assert_eq!(access, crate::roles::access(role, part, named), "{role:?} {}", part.code);
                }
            }
        }
    }
}
