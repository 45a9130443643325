//! Commands of coming together: tickets as text, picture and file, short codes, and my other devices.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    time::Duration,
};

use desk::{Answer, Ask, Desk};
use plan::Role;
use seal::{PersonId, PlanId, Time};
use serde_json::json;
use words::Say;

use super::{answer, open, titled, unexpected};
use crate::{
    args::Invite,
    failure::Failure,
    name, paper,
    report::Report,
    session::later,
    show,
    task::{Task, Went},
};

/// How a file is called that holds a ticket.
const TICKET_FILE: &str = "alongside-invite";

/// Bytes of a file that may hold a ticket: the longest ticket, and some white space around it.
const TICKET_FILE_BYTES: u64 = 4 * 1024;

/// A ticket, or a code that is shown until somebody came in with it.
pub(super) fn invite(desk: &mut Desk, invite: Invite) -> Result<Task, Failure> {
    let Invite { plan, role, parts, until, words, qr, to, wait, net: _ } = invite;
    let plan = open(desk, &plan)?;
    let role = Role::from_code(&role).ok_or_else(|| Failure::usage(Say::new("cli-no-such-role").with("name", role)))?;
    if let Some(unknown) = parts.iter().flatten().find(|code| plan::part(code).is_none()) {
        return Err(Failure::new(Say::new("cli-no-such-part").with("name", unknown.as_str())));
    }
    let until = visit(role, until)?;
    if words {
        let turn = later(desk.act(Ask::InviteByCode { plan, role, parts, until }, desk::now())?);
        return shown(turn, plan, Duration::from_secs(wait));
    }
    let qr = qr.map(|path| Ok::<_, Failure>((Drawn::of(&path)?, path))).transpose()?;
    let turn = later(desk.act(Ask::Invite { plan, role, parts, until }, desk::now())?);
    answer(turn, None, move |_, answer| match answer {
        Answer::Ticket(ticket) => Ok(Task::ended(handed_over(&ticket, qr, to))),
        other => Err(unexpected(&other)),
    })
}

/// When a visit ends: only guests come for one.
fn visit(role: Role, until: Option<String>) -> Result<Option<Time>, Failure> {
    let now = desk::now().0;
    match (role, until) {
        (Role::Guest, None) => Ok(Some(Time(words::end_of_today(now)))),
        (Role::Guest, Some(typed)) => {
            let found = words::time_to_come(&typed, now);
            let bad = || Failure::usage(Say::new("cli-bad-time").with("text", typed.as_str()));
            Ok(Some(Time(found.ok_or_else(bad)?)))
        }
        (_, Some(_)) => Err(Failure::usage("cli-only-guests")),
        (_, None) => Ok(None),
    }
}

/// A code for another device of mine.
pub(super) fn link(desk: &mut Desk, plan: &str, wait: Duration) -> Result<Task, Failure> {
    let plan = open(desk, plan)?;
    let turn = later(desk.act(Ask::LinkByCode { plan }, desk::now())?);
    shown(turn, plan, wait)
}

/// Codes are shown until one was typed.
fn shown(turn: Option<desk::Turn>, plan: PlanId, wait: Duration) -> Result<Task, Failure> {
    let longest = Some((wait, Failure::new("cli-nobody-typed")));
    let mut task = answer(turn, longest, move |desk, answer| match answer {
        Answer::Confirmed(person) => Ok(Task::ended(Ok(show::confirmed(desk, plan, person)))),
        Answer::Linked(device) => {
            let text = words::text("cli-linked");
            Ok(Task::ended(Ok(Report::new(text, json!({"linked": device.to_string()})))))
        }
        other => Err(unexpected(&other)),
    })?;
    // A command that has ended shows no code, however it ended.
    Ok(Task::new(move |desk, changes| {
        let went = task.look(desk, changes);
        if matches!(went, Went::Ended(_)) {
            let _ = desk.act(Ask::HideCode, desk::now());
        }
        went
    }))
}

/// Comes in with a ticket, a file that holds one, or a code.
pub(super) fn join(
    desk: &mut Desk,
    ticket: &str,
    (relationship, device): (String, Option<String>),
    wait: Duration,
) -> Result<Task, Failure> {
    let ticket = ticket_or_code(ticket)?;
    let device = device.unwrap_or_else(|| words::text("common-a-computer"));
    let turn = later(desk.act(Ask::Join { ticket, relationship, device }, desk::now())?);
    let longest = Some((wait, Failure::new("cli-not-confirmed")));
    answer(turn, longest, |_, answer| match answer {
        Answer::Joined(plan) => Ok(titled(plan, |_, plan, title| {
            let text = words::say(Say::new("cli-joined").with("title", title.as_str()));
            Report::new(text, json!({"plan": plan.to_string(), "title": title}))
        })),
        other => Err(unexpected(&other)),
    })
}

/// Hands a plan over to the person it is about.
pub(super) fn hand_over(plan: PlanId, person: String) -> Task {
    Task::opened(move |desk| {
        let members: Vec<(PersonId, String)> =
            desk.people(plan).into_iter().map(|member| (member.id, member.name)).collect();
        let to = name::person(&members, &person)?;
        if !desk.may_hand_over(plan) {
            return Err(Failure::new("cli-not-to-hand-over"));
        }
        let turn = later(desk.act(Ask::HandOver { plan, to }, desk::now())?);
        answer(turn, None, move |desk, answer| match answer {
            Answer::Done => Ok(Task::ended(Ok(handed(desk, plan, to)))),
            other => Err(unexpected(&other)),
        })
    })
}

fn handed(desk: &Desk, plan: PlanId, to: PersonId) -> Report {
    let name = desk.people(plan).into_iter().find(|member| member.id == to).map(|member| plan::clean(&member.name));
    let name = name.unwrap_or_else(|| words::text("common-someone"));
    let text = words::say(Say::new("cli-handed-over").with("name", name.as_str()));
    Report::new(text, json!({"handed-over": to.to_string(), "name": name}))
}

/// What was typed, or what stands in the file of that name.
fn ticket_or_code(typed: &str) -> Result<String, Failure> {
    let path = Path::new(typed);
    let is_named_so = path.extension().is_some_and(|extension| extension == TICKET_FILE);
    if !is_named_so && !path.is_file() {
        return Ok(typed.to_owned());
    }
    let unreadable = || Failure::new(Say::new("cli-unreadable-file").with("path", typed));
    let mut text = String::new();
    let file = fs::File::open(path).map_err(|_| unreadable())?;
    file.take(TICKET_FILE_BYTES).read_to_string(&mut text).map_err(|_| unreadable())?;
    Ok(text)
}

/// How a ticket is drawn.
#[derive(Clone, Copy)]
enum Drawn {
    Png,
    Svg,
}

impl Drawn {
    fn of(path: &Path) -> Result<Drawn, Failure> {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("png") => Ok(Drawn::Png),
            Some("svg") => Ok(Drawn::Svg),
            Some(_) | None => Err(Failure::usage("cli-bad-picture")),
        }
    }
}

/// The ticket, written wherever it was asked for.
fn handed_over(ticket: &str, qr: Option<(Drawn, PathBuf)>, to: Option<PathBuf>) -> Result<Report, Failure> {
    let mut json = json!({"ticket": ticket});
    if let Some((drawn, path)) = qr {
        let picture = exchange::picture(ticket).ok_or_else(|| Failure::from(node::Refused::TooLong))?;
        let bytes = match drawn {
            Drawn::Png => picture.png(),
            Drawn::Svg => picture.svg().into_bytes(),
        };
        json["qr"] = paper::write(&path, &bytes)?.into();
    }
    if let Some(path) = to {
        json["file"] = paper::write(&path, format!("{ticket}\n").as_bytes())?.into();
    }
    Ok(Report::new(ticket, json))
}
