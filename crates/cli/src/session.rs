//! One home, opened by a command: where it is, how it is unlocked, and its desk.

use std::{
    env, io,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use desk::{Ask, Change, Desk, Done, Turn};
use node::{Keyring, Listen, Settings, Unlock};
use seal::PlanId;
use zeroize::Zeroizing;

use crate::{Program, args::Common, failure::Failure};

/// The longest a command waits for the parts of a plan to be opened. Ten years of writing take seconds.
const OPENING: Duration = Duration::from_secs(60);

/// An open home.
pub(crate) struct Session {
    pub(crate) desk: Desk,
}

/// How a home is opened this time.
#[derive(Debug, Default)]
pub(crate) struct Way {
    pub(crate) listen: Vec<Listen>,
    pub(crate) mdns: bool,
    pub(crate) online: bool,
}

/// The folder of this device.
pub(crate) fn home(common: &Common) -> Result<PathBuf, Failure> {
    if let Some(home) = &common.home {
        return Ok(home.clone());
    }
    if let Some(home) = env::var_os("ALONGSIDE_HOME").filter(|home| !home.is_empty()) {
        return Ok(home.into());
    }
    let folders = directories::BaseDirs::new().ok_or_else(|| Failure::new("cli-no-home"))?;
    Ok(folders.data_dir().join("alongside"))
}

/// Where the passphrase of a home is given.
pub(crate) const PASSPHRASE: &str = "ALONGSIDE_PASSPHRASE";

/// Where the passphrase is given that a home is to have from now on.
pub(crate) const NEW_PASSPHRASE: &str = "ALONGSIDE_NEW_PASSPHRASE";

/// By a passphrase if one is given, else by the system's keyring if it has a key for this home, else by the key file.
pub(crate) fn unlock(home: &Path) -> Unlock {
    let unasked = |_| node::unlock_without_asking(home, Keyring::of_the_system().as_ref());
    passphrase_from(PASSPHRASE, false).unwrap_or_else(unasked)
}

/// A passphrase from the environment, else, if it may be asked, the first line of standard input.
pub(crate) fn passphrase_from(variable: &str, stdin: bool) -> Result<Unlock, Failure> {
    match env::var(variable) {
        Ok(passphrase) if !passphrase.is_empty() => return Ok(Unlock::Passphrase(passphrase.into())),
        Ok(_) | Err(_) if !stdin => return Err(Failure::new("cli-no-passphrase")),
        Ok(_) | Err(_) => {}
    }
    let mut line = Zeroizing::new(String::new());
    io::stdin().read_line(&mut line).map_err(|_| Failure::new("cli-no-input"))?;
    let passphrase = line.trim_end_matches(['\r', '\n']);
    if passphrase.is_empty() {
        return Err(Failure::new("cli-no-passphrase"));
    }
    Ok(Unlock::Passphrase(passphrase.to_owned().into()))
}

impl Session {
    /// Opens the home and waits until the titles of its plans are known.
    pub(crate) fn open(common: &Common, program: &Program, way: Way) -> Result<Session, Failure> {
        let home = home(common)?;
        let unlock = unlock(&home);
        let mut settings = Settings::new(home, unlock, program.path.clone());
        settings.keyring = Keyring::of_the_system();
        settings.listen = way.listen;
        settings.mdns = way.mdns;
        settings.online = way.online;
        settings.pause = pause();
        let mut session = Session { desk: Desk::open(settings)? };
        session.until(OPENING, |desk, _| desk.is_ready())?;
        Ok(session)
    }

    /// Hears the news until something is so. A `late` failure if it never is.
    pub(crate) fn until(
        &mut self,
        longest: Duration,
        mut so: impl FnMut(&mut Desk, &[Change]) -> bool,
    ) -> Result<(), Failure> {
        let end = Instant::now() + longest;
        loop {
            let changes = self.desk.hear(desk::now());
            if so(&mut self.desk, &changes) {
                return Ok(());
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(Failure::from(node::Refused::Late));
            }
            // Some commands have an end of their own; they look at the clock when they are looked at.
            self.desk.wait(pause_before(&self.desk, left.min(Duration::from_millis(250))));
        }
    }
}

/// How long the desk may be left alone.
pub(crate) fn pause_before(desk: &Desk, longest: Duration) -> Duration {
    let now = desk::now();
    let due = desk.next_wake(now).map(|due| Duration::from_millis(u64::try_from(due.0 - now.0).unwrap_or(0)));
    longest.min(due.unwrap_or(longest)).max(Duration::from_millis(1))
}

/// Opens all parts of a plan.
pub(crate) fn want(desk: &mut Desk, plan: PlanId) -> Result<(), Failure> {
    desk.act(Ask::Open { plan }, desk::now())?;
    Ok(())
}

/// The number of an ask that is answered later.
pub(crate) fn later(done: Done) -> Option<Turn> {
    match done {
        Done::Later(turn) => Some(turn),
        Done::Here | Done::Added(_) => None,
    }
}

/// A pause between saving and telling, for tests that pull the plug: `ALONGSIDE_PAUSE=SEED,MILLISECONDS`. What it does is
/// what a slow network does.
fn pause() -> Option<node::Pause> {
    let text = env::var("ALONGSIDE_PAUSE").ok()?;
    let (seed, longest) = text.split_once(',')?;
    Some(node::Pause { seed: seed.parse().ok()?, longest: Duration::from_millis(longest.parse().ok()?) })
}
