//! Bytes over loopback, as the computer counts them: headers, handshakes and acknowledgements included, ours and the
//! reference's alike. Nothing else should talk over loopback meanwhile; medians forgive a little.

use std::fs;

use super::Stopped;

/// Bytes sent over loopback since the computer started.
pub(super) fn bytes() -> Result<u64, Stopped> {
    let table = fs::read_to_string("/proc/net/dev")?;
    let line = table.lines().find_map(|line| line.trim().strip_prefix("lo:"));
    let sent = line.and_then(|line| line.split_whitespace().nth(8)).and_then(|sent| sent.parse().ok());
    sent.ok_or_else(|| Stopped::Wrong("this computer does not count loopback bytes".into()))
}
