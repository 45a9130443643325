//! How a person wants it to look: kept in their home, never sent anywhere.

use desk::Desk;
use node::ask::{self, Fetching};

use crate::theme::Look;

const LOOK: &str = "window-look";
const ZOOM: &str = "window-zoom";

const LOCK: &str = "window-lock-after";

/// After how many idle minutes a home with a passphrase may lock itself; 0: never.
pub const LOCKS: [u16; 4] = [0, 5, 15, 60];

/// Smallest and largest zoom, in percent, and one step.
pub const ZOOMS: (u16, u16, u16) = (80, 300, 10);

/// Which look is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wanted {
    /// What the desktop says.
    #[default]
    Desktop,
    /// Always this one.
    Always(Look),
}

/// A change of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Another look.
    Look(Wanted),
    /// Another size of everything, in percent.
    Zoom(u16),
    /// To lock after so many idle minutes, or never.
    LockAfter(u16),
    /// Which files come by themselves.
    Files(Fetching),
}

/// What is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// The look.
    pub look: Wanted,
    /// Size of everything, in percent.
    pub zoom: u16,
    /// After how many idle minutes the home locks itself, if it has a passphrase; 0: never.
    pub lock_after: u16,
    /// Which files come by themselves.
    pub files: Fetching,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { look: Wanted::Desktop, zoom: 100, lock_after: 0, files: Fetching::All }
    }
}

const NAMES: [(&str, Wanted); 5] = [
    ("desktop", Wanted::Desktop),
    ("light", Wanted::Always(Look::Light)),
    ("dark", Wanted::Always(Look::Dark)),
    ("high-light", Wanted::Always(Look::HighLight)),
    ("high-dark", Wanted::Always(Look::HighDark)),
];

impl Wanted {
    /// The look of this name: `dark`.
    pub fn from_name(name: &str) -> Option<Wanted> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, look)| *look)
    }
}

impl Settings {
    /// What this home remembers. Waits for the store: not on the window's thread.
    pub fn recall(desk: &Desk) -> Settings {
        let kept = |key: &str| {
            let bytes = desk.node().call(ask::Recall { key: key.to_owned() }).ok().flatten()?;
            String::from_utf8(bytes).ok()
        };
        let look = kept(LOOK).and_then(|name| Wanted::from_name(&name));
        let zoom = kept(ZOOM).and_then(|zoom| zoom.parse().ok()).filter(|zoom| (ZOOMS.0..=ZOOMS.1).contains(zoom));
        let lock = kept(LOCK).and_then(|minutes| minutes.parse().ok()).filter(|minutes| LOCKS.contains(minutes));
        let files = desk.node().call(ask::Recall { key: ask::FetchWhich::ON_ASKING.to_owned() });
        let files = if files.is_ok_and(|kept| kept.is_some()) { Fetching::Small } else { Fetching::All };
        Settings { look: look.unwrap_or_default(), zoom: zoom.unwrap_or(100), lock_after: lock.unwrap_or(0), files }
    }

    /// Takes a choice over and hands it to the store, without waiting for it.
    pub fn settle(&mut self, choice: Choice, desk: &Desk) {
        let (key, value) = match choice {
            Choice::Look(look) => {
                self.look = look;
                let name = NAMES.iter().find(|(_, known)| *known == look).map_or("desktop", |(name, _)| name);
                (LOOK, name.to_owned())
            }
            Choice::LockAfter(minutes) => {
                self.lock_after = minutes;
                (LOCK, minutes.to_string())
            }
            Choice::Files(files) => {
                self.files = files;
                // The node does it and remembers it.
                return drop(desk.node().ask(ask::FetchWhich(files)));
            }
            Choice::Zoom(zoom) => {
                self.zoom = zoom.clamp(ZOOMS.0, ZOOMS.1);
                (ZOOM, self.zoom.to_string())
            }
        };
        // Should it not be kept, it is asked for again next time: nothing of a plan hangs on it.
        drop(desk.node().ask(ask::Record { key: key.to_owned(), value: value.into_bytes() }));
    }
}
