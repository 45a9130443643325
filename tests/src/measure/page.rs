//! `docs/measures.md`: the table, under what conditions it was made, and, kept from the page before, what people say of it.

use std::{fs, path::Path, thread};

use super::{Figure, Stopped, Wish, figure::table, programs::profile};

/// What stands between these lines is written by `measure all`; the rest of the page is kept.
const BEGIN: &str = "<!-- written by `measure all` -->";
const END: &str = "<!-- end -->";

/// Writes the table into the page, leaving the words around it as they are.
pub fn write_page(figures: &[Figure], wish: &Wish) -> Result<(), Stopped> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/measures.md");
    let page = fs::read_to_string(&path).unwrap_or_default();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let made = format!(
        "{BEGIN}\n{} build, {cores} cores, {} edits, {} rounds ({} replays), {} samples.\n\n{}{END}",
        profile(),
        wish.edits,
        wish.rounds,
        wish.replays,
        wish.samples,
        table(figures)
    );
    let page = match (page.split_once(BEGIN), page.split_once(END)) {
        (Some((before, _)), Some((_, after))) => format!("{before}{made}{after}"),
        _ => format!("# Measures\n\n{made}\n"),
    };
    fs::write(path, page)?;
    Ok(())
}
