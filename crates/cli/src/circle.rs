//! The circle from the command line: who sees what, who belongs, what was held back; each change signed and flushed.

use circle::{Access, Standing, Who};
use clap::Subcommand;
use desk::{Answer, Ask, Desk};
use node::ask::ShareWith;
use seal::{DeviceId, DocId, EditHash, PersonId, PlanId, StatementId, Time};
use serde_json::{Value, json};
use words::Say;

use crate::{failure::Failure, name, report::Report, session::later, show, task::Task};

/// What names everyone in the circle instead of one person.
const EVERYONE: &str = "everyone";

/// Commands about the circle.
#[derive(Debug, Subcommand)]
pub(crate) enum Act {
    /// Say who sees what, and everything that was decided about it
    Sharing {
        /// The plan
        plan: String,
    },
    /// Share a part with somebody
    Share {
        /// The plan
        plan: String,
        /// The part
        part: String,
        /// Their name, letters of their id, or everyone
        person: String,
        /// view, suggest or edit
        access: String,
        /// Why
        #[arg(long, default_value = "", value_name = "WORDS")]
        why: String,
        /// On what basis
        #[arg(long, default_value = "", value_name = "WORDS")]
        basis: String,
        /// Until the end of this day
        #[arg(long, value_name = "DATE")]
        until: Option<String>,
    },
    /// End what was shared with somebody: they have what everyone has
    Unshare {
        /// The plan
        plan: String,
        /// The part
        part: String,
        /// Their name, letters of their id, or everyone
        person: String,
        /// Why no longer
        #[arg(long, default_value = "", value_name = "WORDS")]
        why: String,
    },
    /// Decide not to share a part with somebody, and say why
    Refuse {
        /// The plan
        plan: String,
        /// The part
        part: String,
        /// Their name, letters of their id, or everyone
        person: String,
        /// Why not
        #[arg(long, default_value = "", value_name = "WORDS")]
        why: String,
        /// On what basis
        #[arg(long, default_value = "", value_name = "WORDS")]
        basis: String,
    },
    /// Remove a person, or one device. They keep the copy they have
    Remove {
        /// The plan
        plan: String,
        /// Their name, or letters of their id
        #[arg(required_unless_present = "device")]
        person: Option<String>,
        /// Only this device
        #[arg(long, value_name = "ID", conflicts_with_all = ["person", "since"])]
        device: Option<String>,
        /// With --device: what it linked stays
        #[arg(long, requires = "device")]
        keep_linked: bool,
        /// The first of their acts that is not to stand: its id, or a day
        #[arg(long, value_name = "ID-or-DATE")]
        since: Option<String>,
    },
    /// Say what a person is to the circle
    Stand {
        /// The plan
        plan: String,
        /// Their name, or letters of their id
        person: String,
        /// owner, coordinator or member
        standing: String,
    },
    /// Leave a plan, without saying why. This device keeps its copy
    Leave {
        /// The plan
        plan: String,
    },
    /// Put words that are held back of somebody in a part back
    Keep {
        /// The plan
        plan: String,
        /// The part
        part: String,
        /// Their name, or letters of their id
        person: String,
    },
    /// Shut a harmful edit out of a part, on every device
    Bar {
        /// The plan
        plan: String,
        /// The part
        part: String,
        /// The edit, as `history --json` names it
        edit: String,
        /// Why
        #[arg(long, default_value = "", value_name = "WORDS")]
        why: String,
    },
}

/// Begins one of them.
pub(crate) fn begin(act: Act, desk: &mut Desk) -> Result<Task, Failure> {
    match act {
        Act::Sharing { plan } => {
            let plan = name::plan(desk, &plan)?;
            Ok(Task::ended(Ok(show::sharing(desk, plan))))
        }
        Act::Share { plan, part, person, access, why, basis, until } => {
            let (plan, doc) = part_of(desk, &plan, &part)?;
            let who = whom(desk, plan, &person)?;
            let access = given(&access)?;
            let until = until.map(|day| end_of(&day)).transpose()?;
            let json = json!({"shared": part, "who": code(who), "access": desk::access_code(access)});
            let (why, basis) = (plan::clean(&why), plan::clean(&basis));
            let with = ShareWith { doc, access, why, basis, until };
            signed(desk, Ask::Share { plan, who, with }, json)
        }
        Act::Unshare { plan, part, person, why } => {
            let (plan, doc) = part_of(desk, &plan, &part)?;
            let who = whom(desk, plan, &person)?;
            let json = json!({"unshared": part, "who": code(who)});
            signed(desk, Ask::Unshare { plan, doc, who, why: plan::clean(&why) }, json)
        }
        Act::Refuse { plan, part, person, why, basis } => {
            let (plan, doc) = part_of(desk, &plan, &part)?;
            let who = whom(desk, plan, &person)?;
            let json = json!({"refused": part, "who": code(who)});
            let (why, basis) = (plan::clean(&why), plan::clean(&basis));
            signed(desk, Ask::Refuse { plan, doc, who, why, basis }, json)
        }
        Act::Remove { plan, device: Some(device), keep_linked, .. } => {
            let plan = name::plan(desk, &plan)?;
            let device = device_of(desk, plan, &device)?;
            let json = json!({"removed": device.to_string()});
            signed(desk, Ask::RemoveDevice { plan, device, and_linked: !keep_linked }, json)
        }
        Act::Remove { plan, person, since, .. } => {
            let plan = name::plan(desk, &plan)?;
            let person = member(desk, plan, &person.unwrap_or_default())?;
            let since = since.map(|since| since_when(desk, plan, person, &since)).transpose()?;
            let json = json!({"removed": person.to_string()});
            signed(desk, Ask::RemovePerson { plan, person, since }, json)
        }
        Act::Stand { plan, person, standing } => {
            let plan = name::plan(desk, &plan)?;
            let person = member(desk, plan, &person)?;
            let standing = stands(&standing)?;
            let json = json!({"person": person.to_string(), "standing": desk::standing_code(standing)});
            signed(desk, Ask::SetStanding { plan, person, standing }, json)
        }
        Act::Leave { plan } => {
            let plan = name::plan(desk, &plan)?;
            signed(desk, Ask::Leave { plan }, json!({"left": plan.to_string()}))
        }
        Act::Keep { plan, part, person } => {
            let (plan, doc) = part_of(desk, &plan, &part)?;
            let person = anybody(desk, plan, &person)?;
            asked(desk, Ask::KeepHeld { plan, doc, person }, |_, answer| match answer {
                Answer::Kept(edits) => {
                    let text = words::say(Say::new("cli-kept").with("count", edits));
                    Ok(Task::ended(Ok(Report::new(text, json!({"kept": edits})))))
                }
                _ => Err(Failure::from(node::Refused::Broke)),
            })
        }
        Act::Bar { plan, part, edit, why } => {
            let (plan, doc) = part_of(desk, &plan, &part)?;
            let edit: EditHash =
                edit.parse().map_err(|_| Failure::new(Say::new("cli-no-such-edit").with("name", edit.as_str())))?;
            let json = json!({"barred": edit.to_string()});
            signed(desk, Ask::Bar { plan, doc, edit, why: plan::clean(&why) }, json)
        }
    }
}

/// What is held back, of whom and where; with the words if somebody asks for them.
pub(crate) fn held(desk: &mut Desk, plan: PlanId, with_words: bool) -> Result<Task, Failure> {
    asked(desk, Ask::Held { plan }, move |desk, answer| match answer {
        Answer::Held(held) if with_words => read(desk, plan, held, Vec::new()),
        Answer::Held(held) => Ok(Task::ended(Ok(show::held(desk, plan, &held, None)))),
        _ => Err(Failure::from(node::Refused::Broke)),
    })
}

/// Fetches the held-back words of one person and part after another.
fn read(
    desk: &mut Desk,
    plan: PlanId,
    held: Vec<node::ask::HeldBack>,
    mut words: Vec<Vec<desk::HeldText>>,
) -> Result<Task, Failure> {
    let Some(next) = held.get(words.len()) else {
        return Ok(Task::ended(Ok(show::held(desk, plan, &held, Some(&words)))));
    };
    let ask = Ask::HeldWords { plan, doc: next.doc, person: next.person };
    asked(desk, ask, move |desk, answer| match answer {
        Answer::HeldWords(texts) => {
            words.push(texts);
            read(desk, plan, held, words)
        }
        _ => Err(Failure::from(node::Refused::Broke)),
    })
}

fn asked(
    desk: &mut Desk,
    ask: Ask,
    then: impl FnOnce(&mut Desk, Answer) -> Result<Task, Failure> + 'static,
) -> Result<Task, Failure> {
    let turn = later(desk.act(ask, desk::now())?).ok_or_else(|| Failure::from(node::Refused::Broke))?;
    Ok(Task::answered(turn, None, then))
}

/// Something that is signed: done once it is flushed.
fn signed(desk: &mut Desk, ask: Ask, json: Value) -> Result<Task, Failure> {
    asked(desk, ask, move |_, answer| match answer {
        Answer::Done => Ok(Task::ended(Ok(Report::new(words::text("cli-signed"), json)))),
        _ => Err(Failure::from(node::Refused::Broke)),
    })
}

/// A plan and the document that holds one of its parts.
fn part_of(desk: &Desk, plan: &str, part: &str) -> Result<(PlanId, DocId), Failure> {
    let plan = name::plan(desk, plan)?;
    let missing = || Failure::new(Say::new("cli-no-such-part").with("name", part));
    Ok((plan, desk.doc(plan, part).ok_or_else(missing)?))
}

fn whom(desk: &Desk, plan: PlanId, text: &str) -> Result<Who, Failure> {
    if text == EVERYONE { Ok(Who::Everyone) } else { Ok(Who::Person(member(desk, plan, text)?)) }
}

/// Somebody who belongs.
fn member(desk: &Desk, plan: PlanId, text: &str) -> Result<PersonId, Failure> {
    let members: Vec<_> = desk.people(plan).into_iter().map(|member| (member.id, plan::clean(&member.name))).collect();
    name::person(&members, text)
}

/// Somebody who belongs or belonged.
fn anybody(desk: &Desk, plan: PlanId, text: &str) -> Result<PersonId, Failure> {
    let members = desk.people(plan).into_iter().map(|member| (member.id, plan::clean(&member.name)));
    let former = desk.former(plan).into_iter().map(|former| (former.id, former.name));
    name::person(&members.chain(former).collect::<Vec<_>>(), text)
}

fn device_of(desk: &Desk, plan: PlanId, text: &str) -> Result<DeviceId, Failure> {
    let letters = text.to_ascii_lowercase();
    let people = desk.people(plan);
    let devices = people.iter().flat_map(|member| desk.devices(plan, member.id)).map(|device| device.id);
    let found: Vec<DeviceId> =
        devices.filter(|id| letters.len() >= name::LETTERS && id.to_string().starts_with(&letters)).collect();
    match found[..] {
        [device] => Ok(device),
        _ => Err(Failure::new("errors-no-such-device")),
    }
}

/// The first act of somebody that is not to stand: named by its id, or the first since a day began by their clock.
fn since_when(desk: &Desk, plan: PlanId, person: PersonId, text: &str) -> Result<StatementId, Failure> {
    let mut theirs = desk.said(plan);
    theirs.retain(|said| said.by == Some(person) && said.part.is_none());
    let found = match words::start_of_day(text) {
        Some(start) => theirs.iter().find(|said| said.at.0 >= start),
        None => theirs.iter().find(|said| text.len() >= name::LETTERS && said.id.to_string().starts_with(text)),
    };
    found.map(|said| said.id).ok_or_else(|| Failure::new(Say::new("cli-no-such-act").with("name", text)))
}

fn given(text: &str) -> Result<Access, Failure> {
    match text {
        "view" => Ok(Access::View),
        "suggest" => Ok(Access::Suggest),
        "edit" => Ok(Access::Edit),
        _ => Err(Failure::usage(Say::new("cli-bad-access").with("name", text))),
    }
}

fn stands(text: &str) -> Result<Standing, Failure> {
    match text {
        "owner" => Ok(Standing::Owner),
        "coordinator" => Ok(Standing::Coordinator),
        "member" => Ok(Standing::Member),
        _ => Err(Failure::usage(Say::new("cli-bad-standing").with("name", text))),
    }
}

fn end_of(day: &str) -> Result<Time, Failure> {
    words::end_of_day(day).map(Time).ok_or_else(|| Failure::new("errors-bad-date"))
}

/// Whom a decision speaks of, for programs.
pub(crate) fn code(who: Who) -> String {
    match who {
        Who::Everyone => EVERYONE.to_owned(),
        Who::Person(person) => person.to_string(),
    }
}
