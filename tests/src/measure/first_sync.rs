//! `first-sync`: somebody who is in the circle and has nothing gets the whole document over loopback.
//!
//! Ours: every edit verified, weighed, flushed, merged into the open part and acknowledged. The reference: automerge's own
//! sync protocol over the same libp2p roads, unsigned, in memory, trusting. Both are timed from the order to go online given to a
//! newcomer that is started and ready, to both sides knowing that it has everything. The document comes in its compact form, tasted.

use std::{thread, time::Duration};

use super::{
    Figure, Programs, Stopped, Wish,
    figure::median,
    open,
    process::Process,
    team::{Home, LONGEST, bring_in},
    typing, wire,
};

/// How long the owner has the plan open before somebody comes.
const SETTLES: Duration = Duration::from_secs(3);

/// Each round has a pair of its own: a device that is of the circle and not there is looked for, again and again, and what that
/// takes is no part of a first sync.
pub(super) fn measure(programs: &Programs, wish: &Wish) -> Result<Vec<Figure>, Stopped> {
    let steps = typing::typed(&typing::recorded_text(&wish.trace)?, wish.edits);
    let (mut ours, mut theirs, mut our_bytes, mut their_bytes, mut frames) = (vec![], vec![], vec![], vec![], vec![]);
    for _ in 0..wish.rounds.max(1) {
        let folder = tempfile::tempdir()?;
        let [amina, hodan] = ["amina", "hodan"].map(|name| Home::make(programs, folder.path(), name));
        let (amina, hodan) = (amina?, hodan?);
        let plan = amina.run(&["new", "Measured"])?["plan"].as_str().unwrap_or_default().to_owned();
        // The newcomer comes in while there is nothing to get, and leaves before it is written.
        let (mut owner, mut newcomer) = (amina.start()?, hodan.start()?);
        bring_in(&mut owner, &plan, &mut newcomer, &hodan.name)?;
        owner.ask(&format!("sync {plan}"))?;
        newcomer.end()?;
        owner.type_steps(&plan, &steps)?;
        owner.end()?;

        let plain = open::plain(programs, &amina, &plan, folder.path())?;
        let (seconds, bytes) = reference(programs, &["sync-serve".as_ref(), plain.as_os_str()], &[])?;
        theirs.push(seconds);
        their_bytes.push(bytes);

        let mut owner = amina.start()?;
        let whole = owner.text(&plan)?;
        // Whoever gives has been there for a while: what is kept for a quick start is kept.
        thread::sleep(SETTLES);
        owner.forget();
        let before = wire::bytes()?;
        let (mut newcomer, counter) = hodan.start_apart()?;
        let began = newcomer.order("online")?;
        newcomer.answer("being online")?;
        let shown = newcomer.shows(&plan, &whole)?;
        let has = owner.has_all(&newcomer.id)?;
        our_bytes.push((wire::bytes()? - before) as f64 / 1e3);
        ours.push(has.max(shown).duration_since(began).as_secs_f64());
        newcomer.end()?;
        owner.end()?;
        frames.push(counter.bytes() as f64 / 1e3);
    }
    Ok(vec![
        Figure::beside("first-sync", "s", median(&ours), median(&theirs), Some(1.5)),
        Figure::beside("first-sync bytes", "kB", median(&our_bytes), median(&their_bytes), Some(0.65)),
        Figure::alone("first-sync bytes, of them frames both ways", "kB", median(&frames)),
    ])
}

/// One exchange of the reference: seconds from "go" until both sides have everything, and kilobytes over loopback.
pub(super) fn reference(
    programs: &Programs,
    serve: &[&std::ffi::OsStr],
    dial: &[&std::ffi::OsStr],
) -> Result<(f64, f64), Stopped> {
    let quic = std::ffi::OsStr::new("--quic");
    let mut server = Process::start("reference", &programs.reference, &[serve, &[quic]].concat())?;
    let ready = server.await_line("its first line", LONGEST, |said| said["ready"] == true)?.said;
    let address = ready["address"].as_str().unwrap_or_default().to_owned();
    let words = [&["sync-dial".as_ref(), address.as_ref()], dial, &[quic]].concat();
    let mut client = Process::start("reference", &programs.reference, &words)?;
    client.await_line("its first line", LONGEST, |said| said["ready"] == true)?;
    let before = wire::bytes()?;
    let sent = client.order("go")?;
    let here = client.await_line("everything", LONGEST, |said| said["done"] == true)?.at;
    let there = server.await_line("everything", LONGEST, |said| said["done"] == true)?.at;
    let bytes = (wire::bytes()? - before) as f64 / 1e3;
    client.end()?;
    Ok((here.max(there).duration_since(sent).as_secs_f64(), bytes))
}
