//! Bytes over loopback, as the computer counts them: headers, handshakes and acknowledgements included, ours and the
//! reference's alike. Others use loopback, too, so the measure goes into a network namespace of its own first, where there is
//! nothing but a loopback: what is counted there is what the programs say that it started.

use std::{
    ffi::OsStr,
    fs,
    process::{Command, ExitCode},
};

use super::Stopped;

/// The two ways into a namespace: as root, and as anybody where the system lets people be root in one of their own.
const WAYS: [&[&str]; 2] = [&["--net"], &["--net", "--map-root-user"]];

/// Runs this program with these words in a network namespace of its own. None if the system makes none.
pub fn apart(words: &[&str]) -> Option<Result<ExitCode, Stopped>> {
    let into = |way: &[&str], inside: &[&OsStr]| {
        let mut command = Command::new("unshare");
        command.args(way).args(["sh", "-c", "ip link set lo up && exec \"$0\" \"$@\""]).args(inside);
        command
    };
    let works = |way: &&&[&str]| into(way, &["true".as_ref()]).output().is_ok_and(|output| output.status.success());
    let way = WAYS.iter().find(works)?;
    let run = || {
        let own = std::env::current_exe()?;
        let words = words.iter().map(OsStr::new);
        let inside: Vec<&OsStr> = std::iter::once(own.as_os_str()).chain(words).collect();
        let status = into(way, &inside).status()?;
        Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    };
    Some(run())
}

/// Bytes sent over loopback since the computer, or the namespace, began.
pub(super) fn bytes() -> Result<u64, Stopped> {
    let table = fs::read_to_string("/proc/net/dev")?;
    let line = table.lines().find_map(|line| line.trim().strip_prefix("lo:"));
    let sent = line.and_then(|line| line.split_whitespace().nth(8)).and_then(|sent| sent.parse().ok());
    sent.ok_or_else(|| Stopped::Wrong("this computer does not count loopback bytes".into()))
}
