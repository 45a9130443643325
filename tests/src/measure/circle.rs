//! `circle`: what it takes to work out who belongs from a thousand statements of fifty people who speak at once, and what
//! one more statement takes after that.
//!
//! Nothing is sent, kept or started: signatures are checked before, as they are where statements arrive.

use std::time::Instant;

use circle::{
    Act, Body, Graph, Introduction, Invite, Ledger, LinkDevice, Placed, Remove, SetStanding, Standing, Statement,
    Ticket, Whom,
    draft::{self, Newcomer},
};
use seal::{DeviceKey, PersonId, StatementId, Time};
use zeroize::Zeroizing;

use super::{Figure, Stopped, Wish, figure::median};

/// People, each with a device that speaks in every round without having heard the others of that round.
const PEOPLE: usize = 50;
const STATEMENTS: usize = 1_000;
const NOW: Time = Time(1_000);
const LATE: Time = Time(1_000_000);

/// Milliseconds for all of it, and for one more.
const ALL: f64 = 50.0;
const ONE: f64 = 1.0;

pub(super) fn measure(wish: &Wish) -> Result<Vec<Figure>, Stopped> {
    let Crowd { statements, people } = Crowd::speak()?;
    let found = statements.first().cloned().ok_or_else(|| wrong("nobody spoke"))?;
    let takings = statements.iter().filter(|one| matches!(one.act(), Act::Remove(_) | Act::SetStanding(_))).count();
    let (mut all, mut plain, mut taking) = (Vec::new(), Vec::new(), Vec::new());
    let mut belong = 0;
    for _ in 0..wish.rounds.max(1) {
        let mut ledger = Ledger::new(found.clone()).ok_or_else(|| wrong("no Found"))?;
        let rest = statements[1..].to_vec();
        let began = Instant::now();
        let placed = ledger.place_all(rest);
        all.push(began.elapsed().as_secs_f64() * 1e3);
        if placed.iter().any(|placed| !matches!(placed, Placed::New(_) | Placed::Knock | Placed::Known)) {
            return Err(wrong("not everything was placed"));
        }
        belong = ledger.people().count();

        let amina = &people[0];
        plain.push(one_more(&mut ledger, &amina.key, |ledger| invitation(ledger, amina, 9_999))?);
        let whom = ledger.people().map(|one| one.id).find(|id| *id != amina.person).ok_or_else(|| wrong("alone"))?;
        let remove = Remove { whom: Whom::Person(whom), upto: None };
        taking.push(one_more(&mut ledger, &amina.key, |ledger| {
            draft::remove(ledger, amina.key.id(), NOW, remove.clone()).map_err(|error| wrong(&error.to_string()))
        })?);
    }
    let what = format!("circle, {STATEMENTS} statements ({takings} takings), {PEOPLE} at once, {belong} belong after");
    Ok(vec![
        Figure::within(what, "ms", median(&all), ALL),
        Figure::within("circle, one more at the tip", "ms", median(&plain), ONE),
        Figure::within("circle, one removal at the tip", "ms", median(&taking), ONE),
    ])
}

fn wrong(what: &str) -> Stopped {
    Stopped::Wrong(what.to_owned())
}

/// Milliseconds that a ledger takes for one more statement.
fn one_more(
    ledger: &mut Ledger,
    by: &DeviceKey,
    say: impl FnOnce(&Ledger) -> Result<Body, Stopped>,
) -> Result<f64, Stopped> {
    let said = sign(by, say(ledger)?)?;
    let began = Instant::now();
    let placed = ledger.place(said);
    let took = began.elapsed().as_secs_f64() * 1e3;
    if matches!(placed, Placed::New(_)) { Ok(took) } else { Err(wrong("one more was not placed")) }
}

struct Speaker {
    key: DeviceKey,
    person: PersonId,
    grants: circle::Grants,
}

/// What fifty people said.
struct Crowd {
    statements: Vec<Statement>,
    people: Vec<Speaker>,
}

impl Crowd {
    /// All are let in; then, round by round, each says something having heard all of the rounds before.
    fn speak() -> Result<Crowd, Stopped> {
        let founder = key(0);
        let called = Introduction { name: "Amina".into(), relationship: "me".into(), organisation: String::new() };
        let newcomer = |key: &DeviceKey| Newcomer {
            device: key.id(),
            opens: key.opening(),
            words: self::key(10_000 + u64::from(key.id().as_bytes()[0])),
            called: called.clone(),
        };
        let found = sign(&founder, draft::found(newcomer(&founder), None, NOW, [7; 16]))?;
        let mut ledger = Ledger::new(found.clone()).ok_or_else(|| wrong("no Found"))?;
        let mut statements = vec![found.clone()];
        let mut people = vec![speaker(&ledger, founder)?];
        for n in 1..PEOPLE {
            let (body, ticket) = invitation_of(&ledger, &people[0], n as u64);
            let device = key(n as u64);
            let join = sign(&device, draft::join(&ticket, newcomer(&device), NOW))?;
            let invite = sign(&people[0].key, body.map_err(|_| wrong("no invitation"))?)?;
            ledger.place(invite.clone());
            ledger.place(join.clone());
            let confirm =
                draft::confirm(&ledger, people[0].key.id(), NOW, join.id()).map_err(|_| wrong("no Confirm"))?;
            let confirm = sign(&people[0].key, confirm)?;
            ledger.place(confirm.clone());
            statements.extend([invite, join, confirm]);
            people.push(speaker(&ledger, device)?);
        }
        let mut heads = ledger.heads(Graph::Circle);
        for round in 0.. {
            let mut said: Vec<StatementId> = Vec::new();
            for (n, speaker) in people.iter().enumerate() {
                if statements.len() >= STATEMENTS {
                    return Ok(Crowd { statements, people });
                }
                let act = act(&ledger, &people, n, round);
                let one = sign(&speaker.key, body(&ledger, speaker, &heads, act))?;
                said.push(one.id());
                statements.push(one);
            }
            said.sort();
            heads = said;
        }
        unreachable!("the rounds end when enough is said")
    }
}

/// Mostly invitations and devices; one in seven takes something away, from somebody who may speak at the same time.
fn act(ledger: &Ledger, people: &[Speaker], n: usize, round: u64) -> Act {
    let once = round * 100 + n as u64;
    // Half of them are only ever lowered and raised, the others removed: nobody gives standing to who is gone.
    let half = (people.len() - 1) / 2;
    let other = |from: usize| people[1 + from + (n * 7 + round as usize * 11) % half].person;
    match (n as u64 + round) % 14 {
        3 => Act::Remove(Remove { whom: Whom::Person(other(0)), upto: None }),
        9 => {
            let standing = if round.is_multiple_of(2) { Standing::Member } else { Standing::Coordinator };
            Act::SetStanding(SetStanding { person: other(half), standing, upto: None })
        }
        0 | 5 | 6 | 11 => {
            let (new, me) = (key(500_000 + once), &people[n]);
            let proof = draft::agree_to_link(&new, ledger.plan(), me.person, me.key.id());
            Act::LinkDevice(LinkDevice { device: new.id(), name: "tablet".into(), opens: new.opening(), proof })
        }
        _ => Act::Invite(invite(300_000 + once)),
    }
}

fn speaker(ledger: &Ledger, key: DeviceKey) -> Result<Speaker, Stopped> {
    let person = ledger.person_of(key.id()).ok_or_else(|| wrong("nobody"))?;
    let grants = ledger.grants(key.id()).ok_or_else(|| wrong("no grants"))?;
    Ok(Speaker { key, person, grants })
}

fn body(ledger: &Ledger, speaker: &Speaker, heads: &[StatementId], act: Act) -> Body {
    Body {
        plan: Some(ledger.plan()),
        graph: Graph::Circle,
        issuer: speaker.key.id(),
        after: heads.to_vec(),
        circle_after: Vec::new(),
        grants: Some(speaker.grants),
        at: NOW,
        act,
    }
}

fn invite(once: u64) -> Invite {
    Invite { key: key(once).id(), standing: Standing::Coordinator, role: "friend".into(), expires: LATE, until: None }
}

fn invitation_of(ledger: &Ledger, by: &Speaker, n: u64) -> (Result<Body, Stopped>, Ticket) {
    let invite = invite(100_000 + n);
    let ticket = Ticket {
        plan: ledger.plan(),
        inviter: by.key.id(),
        addresses: Vec::new(),
        key: key(100_000 + n).seed(),
        role: "friend".into(),
        parts: Vec::new(),
        expires: LATE,
    };
    let body = draft::invite(ledger, by.key.id(), NOW, invite).map_err(|error| wrong(&error.to_string()));
    (body, ticket)
}

fn invitation(ledger: &Ledger, by: &Speaker, n: u64) -> Result<Body, Stopped> {
    invitation_of(ledger, by, n).0
}

fn sign(key: &DeviceKey, body: Body) -> Result<Statement, Stopped> {
    Statement::sign(key, body).map_err(|error| wrong(&error.to_string()))
}

fn key(number: u64) -> DeviceKey {
    let mut seed = [0x29; 32];
    seed[..8].copy_from_slice(&number.to_be_bytes());
    DeviceKey::from_seed(&Zeroizing::new(seed))
}
