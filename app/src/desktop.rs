//! What the desktop says about light and dark, and its own window to choose files in.
//!
//! On X11 winit never says, so the desktop's own answer is read over D-Bus: `org.freedesktop.appearance`, `color-scheme`
//! (1 dark, 2 light, 0 no wish) and `contrast` (1 higher). No answer means light. Everything about another platform
//! would stand in this file, too; there winit says it.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
        mpsc,
    },
    thread,
};

use crate::theme::Look;

mod files;

pub use files::Chosen;

/// Follows the desktop's wish from a thread of its own, and asks it for files.
#[derive(Debug, Clone)]
pub struct Desktop {
    wish: Arc<AtomicU8>,
    files: files::Files,
}

impl Desktop {
    /// Asks now and listens from now on; `changed` is called when the wish changes.
    pub fn follow(changed: impl Fn() + Send + 'static) -> Desktop {
        let wish = Arc::new(AtomicU8::new(0));
        let heard = Arc::clone(&wish);
        // No thread, no D-Bus: it stays light, and can be chosen in the settings.
        let started = thread::Builder::new().name("desktop".into()).spawn(move || bus::follow(&heard, &changed));
        drop(started);
        Desktop { wish, files: files::Files::Real }
    }

    /// A desktop that wants nothing and has no windows of its own, for tests.
    pub fn without_wish() -> Desktop {
        Desktop { wish: Arc::default(), files: files::Files::None }
    }

    /// A desktop in whose window somebody always chooses these, for tests.
    pub fn in_which_are_chosen(chosen: Vec<PathBuf>) -> Desktop {
        Desktop { wish: Arc::default(), files: files::Files::Always(chosen) }
    }

    /// A desktop that opens nothing, and tells here what it was to open, for tests.
    pub fn that_tells(opened: mpsc::SyncSender<String>) -> Desktop {
        Desktop { wish: Arc::default(), files: files::Files::Told(opened) }
    }

    /// The look it wishes for.
    pub fn look(&self) -> Look {
        match self.wish.load(Ordering::Relaxed) {
            0b00 => Look::Light,
            0b01 => Look::Dark,
            0b10 => Look::HighLight,
            _ => Look::HighDark,
        }
    }
}

#[cfg(target_os = "linux")]
mod bus {
    use std::sync::atomic::{AtomicU8, Ordering};

    use zbus::{
        blocking::{Connection, Proxy},
        zvariant::OwnedValue,
    };

    const SPACE: &str = "org.freedesktop.appearance";

    pub(super) fn follow(wish: &AtomicU8, changed: &dyn Fn()) {
        let Ok(bus) = Connection::session() else { return };
        let portal = Proxy::new(
            &bus,
            "org.freedesktop.portal.Desktop",
            "/org/freedesktop/portal/desktop",
            "org.freedesktop.portal.Settings",
        );
        let Ok(portal) = portal else { return };
        let read = |key: &str| -> u32 {
            let value: Result<OwnedValue, _> = portal.call("Read", &(SPACE, key));
            value.ok().and_then(|value| number(&value)).unwrap_or(0)
        };
        let ask = || {
            let bits = u8::from(read("color-scheme") == 1) | u8::from(read("contrast") == 1) << 1;
            if wish.swap(bits, Ordering::Relaxed) != bits {
                changed();
            }
        };
        ask();
        let Ok(told) = portal.receive_signal("SettingChanged") else { return };
        for _ in told {
            ask();
        }
    }

    /// `Read` wraps its answer in one more variant than it should; both spellings are met.
    fn number(value: &zbus::zvariant::Value<'_>) -> Option<u32> {
        match value {
            zbus::zvariant::Value::U32(number) => Some(*number),
            zbus::zvariant::Value::Value(inner) => number(inner),
            _ => None,
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod bus {
    pub(super) fn follow(_: &std::sync::atomic::AtomicU8, _: &dyn Fn()) {}
}
