//! `catch-up`: two devices that hold the same large document each write a hundred edits while apart, then meet.

use super::{
    Figure, Programs, Stopped, Wish,
    figure::median,
    first_sync, open,
    team::{Home, bring_in},
    typing, wire,
};

/// New edits on either side.
const NEW: usize = 100;

pub(super) fn measure(programs: &Programs, wish: &Wish) -> Result<Vec<Figure>, Stopped> {
    let folder = tempfile::tempdir()?;
    let (amina, hodan) = (Home::make(programs, folder.path(), "amina")?, Home::make(programs, folder.path(), "hodan")?);
    let plan = amina.run(&["new", "Measured"])?["plan"].as_str().unwrap_or_default().to_owned();
    let mut one = amina.start()?;
    let mut other = hodan.start()?;
    bring_in(&mut one, &plan, &mut other, "hodan")?;
    one.type_steps(&plan, &typing::typed(&typing::recorded_text(&wish.trace)?, wish.edits))?;
    one.has_all(&other.id)?;
    other.end()?;
    one.end()?;
    let plain = open::plain(programs, &amina, &plan, folder.path())?;

    let (mut ours, mut theirs, mut our_bytes, mut their_bytes) = (vec![], vec![], vec![], vec![]);
    let letters: Vec<typing::Step> = (0..NEW).map(|at| (at, 0, "x".to_owned())).collect();
    let new = NEW.to_string();
    for _ in 0..wish.rounds.max(1) {
        let words = ["--edits".as_ref(), new.as_ref()];
        let serve = [&["sync-serve".as_ref(), plain.as_os_str()], &words[..]].concat();
        let dial = [&[plain.as_os_str()], &words[..]].concat();
        let (seconds, bytes) = first_sync::reference(programs, &serve, &dial)?;
        theirs.push(seconds);
        their_bytes.push(bytes);

        // Each writes alone: only one of them is running.
        for home in [&hodan, &amina] {
            let mut alone = home.start()?;
            alone.type_steps(&plan, &letters)?;
            alone.end()?;
        }
        let mut one = amina.start()?;
        let before = wire::bytes()?;
        let mut other = hodan.start()?;
        let there = one.has_all(&other.id)?;
        let here = other.has_all(&one.id)?;
        our_bytes.push((wire::bytes()? - before) as f64 / 1e3);
        ours.push(here.max(there).duration_since(other.ready).as_secs_f64());
        if one.text(&plan)? != other.text(&plan)? {
            return Err(Stopped::Wrong("the two hold different texts".into()));
        }
        other.end()?;
        one.end()?;
    }
    Ok(vec![
        Figure::beside("catch-up", "s", median(&ours), median(&theirs), Some(1.0)),
        Figure::beside("catch-up bytes", "kB", median(&our_bytes), median(&their_bytes), Some(0.2)),
    ])
}
