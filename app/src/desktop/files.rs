//! Files, as this desktop chooses and opens them: its own window, its own programs.

use std::{
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
};

use super::Desktop;
use crate::link::Link;

/// Who chooses.
#[derive(Debug, Clone)]
pub(super) enum Files {
    /// Whoever sits here, in the desktop's own window.
    Real,
    /// Nobody: there is no such window.
    None,
    /// Always these.
    Always(Vec<PathBuf>),
    /// Nobody; but what is to be opened elsewhere is told here.
    Told(mpsc::SyncSender<String>),
}

/// What was chosen comes here; nothing if the window was closed, or if this desktop has none.
pub type Chosen = mpsc::Receiver<Vec<PathBuf>>;

impl Desktop {
    /// Opens the desktop's window to choose files in; `told` is called when somebody has. To be called on the window's thread,
    /// where some desktops want it, and waits for nothing.
    pub fn choose(&self, told: impl FnOnce() + Send + 'static) -> Chosen {
        // One answer at most is ever sent.
        let (tell, chosen) = mpsc::sync_channel(1);
        match &self.files {
            Files::None | Files::Told(_) => {}
            Files::Always(paths) => {
                let _ = tell.send(paths.clone());
                told();
            }
            Files::Real => {
                let choosing = rfd::AsyncFileDialog::new().pick_files();
                let wait = move || {
                    let files = futures::executor::block_on(choosing).unwrap_or_default();
                    let _ = tell.send(files.iter().map(|file| file.path().to_owned()).collect());
                    told();
                };
                // Without a thread nothing is chosen: a file can still be dropped, or its place written.
                let _ = thread::Builder::new().name("choosing".into()).spawn(wait);
            }
        }
        chosen
    }

    /// Opens a file with the program this desktop has for it, and does not wait. Whether there was one to start.
    pub fn open(&self, path: &Path) -> bool {
        match &self.files {
            Files::Real => open::that_detached(path).is_ok(),
            Files::None | Files::Always(_) | Files::Told(_) => false,
        }
    }

    /// Opens the way out that somebody agreed to, with the program this desktop has for it. Whether there was one to start.
    pub(crate) fn go(&self, link: &Link) -> bool {
        match &self.files {
            Files::Real => open::that_detached(link.address()).is_ok(),
            Files::Told(opened) => opened.try_send(link.address()).is_ok(),
            Files::None | Files::Always(_) => false,
        }
    }
}
