//! A plan with very many things in it, written by its owner's desk: as many needs as wishes, actions, diary entries and payments,
//! and now and then an incident.

use std::{path::Path, time::Duration};

use desk::{Answer, Ask, Change, Desk, Done, Fill, Saved};
use plan::{ListPath, Value};
use seal::{ItemId, PlanId};

use super::LONGEST;
use crate::measure::{Stopped, open};

/// After how many rounds something happened that is written down as an incident.
const INCIDENT_EVERY: usize = 25;

/// After how many rounds of writing the desk hears what came back.
const HEARD_EVERY: usize = 20;

/// Adds so many things to a plan, and closes the home when all are flushed.
pub(super) fn fill(home: &Path, plan: &str, items: usize) -> Result<(), Stopped> {
    let plan: PlanId = plan.parse().map_err(|_| wrong("not the id of a plan"))?;
    let mut desk = open::desk(home)?;
    let _ = desk.act(Ask::Open { plan }, desk::now());
    until(&mut desk, "the plan", |desk, _| desk.document(plan, "about-me").is_some() && desk.is_ready())?;
    begin(&mut desk, plan, "log", "2026-Q1")?;
    for number in 0..items / 5 {
        let said = |what: &str| format!("{what}, the {number}th of them, in so many words as people use for it");
        let (done, domain) = (number % 3 == 0, ["health", "home", "friends", "free-time"][number % 4]);
        let status = if done { "closed" } else { "open" };
        let need = add(
            &mut desk,
            plan,
            "needs",
            &[("what", &said("Help with the stairs")), ("domain", domain), ("status", status)],
        )?;
        let status = if done { "reached" } else { "active" };
        let fills = [("words", &*said("I want to swim")), ("status", status), ("needs", &need.to_string())];
        let goal = add(&mut desk, plan, "goals", &fills)?;
        let status = if done { "done" } else { "agreed" };
        let day = format!("2026-{:02}-{:02}", number % 12 + 1, number % 28 + 1);
        let fills =
            [("what", &*said("Ask the pool")), ("for", &goal.to_string()), ("status", status), ("when", day.as_str())];
        add(&mut desk, plan, "actions", &fills)?;
        let when = format!("{day}T10:{:02}+00:00", number % 60);
        add(&mut desk, plan, "log.diary", &[("when", &when), ("words", &said("We walked to the park"))])?;
        let (amount, payee) = (format!("{}.50", number % 40 + 1), said("The pool"));
        add(&mut desk, plan, "money.payments", &[("on", &day), ("amount", &amount), ("payee", &payee)])?;
        if number % INCIDENT_EVERY == 0 {
            let fills = [("when", &*when), ("kind", "distress"), ("what", &*said("The lift did not come"))];
            add(&mut desk, plan, "log.incidents", &fills)?;
        }
        // What was written is on its way; what came back is taken in now and then, as it costs more than what is written.
        if number % HEARD_EVERY == 0 {
            desk.hear(desk::now());
        }
    }
    until(&mut desk, "the disk", |desk, _| desk.marks(plan).here == Saved::All)
}

/// Begins a part of which there may be several.
fn begin(desk: &mut Desk, plan: PlanId, part: &str, called: &str) -> Result<(), Stopped> {
    let ask = Ask::OpenPart { plan, part: part.to_owned(), called: Some(called.to_owned()) };
    let asked = desk.act(ask, desk::now()).map_err(|refused| Stopped::Wrong(format!("not begun: {refused}")))?;
    let Done::Later(turn) = asked else { return Ok(()) };
    let is_begun = |change: &Change| matches!(change, Change::Answer { turn: of, answer: Ok(_) } if *of == turn);
    until(desk, "a part being begun", |_, changes| changes.iter().any(is_begun))
}

fn wrong(what: &str) -> Stopped {
    Stopped::Wrong(what.to_owned())
}

fn add(desk: &mut Desk, plan: PlanId, list: &str, fills: &[(&str, &str)]) -> Result<ItemId, Stopped> {
    let list: ListPath = list.parse().map_err(|_| wrong("not a list"))?;
    let fill = |(code, text): &(&str, &str)| {
        let kind = list.describe().field(code).ok_or_else(|| wrong("not a field"))?.kind;
        let fill = match kind.is_text() {
            true => Fill::Text((*text).to_owned()),
            false => Value::parse(kind, text).map_err(|_| wrong("not a value"))?.map_or(Fill::Empty, Fill::Value),
        };
        Ok(((*code).to_owned(), fill))
    };
    let fills = fills.iter().map(fill).collect::<Result<Vec<_>, Stopped>>()?;
    let asked = desk.act(Ask::Add { plan, list, fills }, desk::now());
    match asked.map_err(|refused| Stopped::Wrong(format!("not added: {refused}")))? {
        Done::Added(item) => Ok(item),
        Done::Here => Err(wrong("nothing was added")),
        Done::Later(turn) => {
            let mut added = None;
            until(desk, "a part being begun", |_, changes| {
                added = added.or(changes.iter().find_map(|change| match change {
                    Change::Answer { turn: of, answer: Ok(Answer::Added { item, .. }) } if *of == turn => Some(*item),
                    _ => None,
                }));
                added.is_some()
            })?;
            added.ok_or_else(|| wrong("nothing was added"))
        }
    }
}

fn until(desk: &mut Desk, what: &str, mut so: impl FnMut(&Desk, &[Change]) -> bool) -> Result<(), Stopped> {
    let began = std::time::Instant::now();
    loop {
        let changes = desk.hear(desk::now());
        if so(desk, &changes) {
            return Ok(());
        }
        if began.elapsed() > LONGEST {
            return Err(Stopped::Wrong(format!("never came: {what}")));
        }
        desk.wait(Duration::from_millis(50));
    }
}
