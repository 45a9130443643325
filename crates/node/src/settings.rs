//! What a device is started with.

use std::{
    fmt,
    net::SocketAddr,
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
    time::Duration,
};

use libp2p::{Multiaddr, multiaddr::Protocol};
use seal::{Bytes, DocId, PlanId};

/// Called after news has been put where [`crate::NewsReceiver`] finds it, from the node's thread: a window asks to be
/// painted again. It must return at once.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// What is done early with the compact form of a document: see [`Settings::early`].
pub type Early = Arc<dyn Fn(PlanId, DocId, Bytes) + Send + Sync>;

/// How one device runs this time. What must be remembered (keys, port, addresses) stands in its home instead.
#[derive(Clone)]
pub struct Settings {
    /// The folder that is this device's home (`device.md`).
    pub home: PathBuf,
    /// How the home's data key is unlocked.
    pub unlock: store::Unlock,
    /// Where to listen. Empty: everywhere, on the port of last time (a free one the first time, or if it is taken).
    pub listen: Vec<Listen>,
    /// Whether devices on the same network are looked for. Listening on loopback only turns it off by itself.
    pub mdns: bool,
    /// Whether to go online at once. [`crate::Online`] and [`crate::Offline`] change it later.
    pub online: bool,
    /// The program to start again where a child of it is needed. Inside a test `current_exe` would be the test itself.
    pub program: PathBuf,
    /// A pause between saving and telling, for those who pull the plug on purpose. `None` everywhere else.
    pub pause: Option<Pause>,
    /// Called whenever there is news.
    pub wake: Option<Wake>,
    /// Given the compact form of each document as soon as it is read at the start, on threads of the start's own, while the rest is
    /// still being read: whoever is going to show all of them makes them ready meanwhile. What is shown is told as ever.
    pub early: Option<Early>,
    /// Where a key of this home may lie so that it opens without its passphrase, if its holder wants that.
    pub keyring: Option<keyring::Keyring>,
}

impl Settings {
    /// The settings of an ordinary device: online, found on the local network, no pause.
    pub fn new(home: PathBuf, unlock: store::Unlock, program: PathBuf) -> Settings {
        let (listen, pause, wake, early, keyring) = (Vec::new(), None, None, None, None);
        Settings { home, unlock, listen, mdns: true, online: true, program, pause, wake, early, keyring }
    }
}

/// A pause before each telling, between nothing and `longest`, by dice grown from `seed`. It delays and never reorders,
/// so it is safe in any build: what it does is what a slow network does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// Which sequence of pauses.
    pub seed: u64,
    /// The longest of them.
    pub longest: Duration,
}

/// Somewhere to listen: `IP:PORT` means QUIC and TCP on that port, a multiaddr means itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listen(Vec<Multiaddr>);

impl Listen {
    /// QUIC and TCP at one address and port; port 0 is a free one, the same for both where that can be had.
    pub fn at(address: SocketAddr) -> Listen {
        let host = Multiaddr::from(address.ip());
        let quic = host.clone().with(Protocol::Udp(address.port())).with(Protocol::QuicV1);
        let tcp = host.with(Protocol::Tcp(address.port()));
        Listen(vec![quic, tcp])
    }

    /// Whether any port will do.
    pub(crate) fn leaves_the_port_open(&self) -> bool {
        self.0.iter().flatten().any(|part| matches!(part, Protocol::Tcp(0) | Protocol::Udp(0)))
    }

    /// The same, with this port wherever any will do.
    pub(crate) fn on_port(&self, port: u16) -> Listen {
        let real = |part| match part {
            Protocol::Tcp(0) => Protocol::Tcp(port),
            Protocol::Udp(0) => Protocol::Udp(port),
            other => other,
        };
        Listen(self.0.iter().map(|address| address.iter().map(real).collect()).collect())
    }

    /// The transport addresses this means.
    pub fn addresses(&self) -> &[Multiaddr] {
        &self.0
    }
}

/// What a second program is told about who has a home open.
pub(crate) fn program_name(program: &Path) -> String {
    program.file_stem().map_or_else(|| "alongside".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// A text that says nowhere to listen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an address to listen on")]
pub struct NotAnAddress;

impl FromStr for Listen {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Listen, NotAnAddress> {
        if let Ok(address) = text.parse::<SocketAddr>() {
            return Ok(Listen::at(address));
        }
        let address: Multiaddr = text.parse().map_err(|_| NotAnAddress)?;
        if address.is_empty() || address.iter().any(|part| matches!(part, Protocol::P2p(_))) {
            return Err(NotAnAddress);
        }
        Ok(Listen(vec![address]))
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither the home's path nor how it is unlocked belongs in a log.
        f.debug_struct("Settings").field("listen", &self.listen).field("mdns", &self.mdns).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_address_means_both_transports_and_a_multiaddr_itself() {
        let both: Listen = "127.0.0.1:4001".parse().unwrap();
        let texts: Vec<String> = both.addresses().iter().map(ToString::to_string).collect();
        assert_eq!(texts, ["/ip4/127.0.0.1/udp/4001/quic-v1", "/ip4/127.0.0.1/tcp/4001"]);
        let one: Listen = "/ip6/::1/tcp/9".parse().unwrap();
        assert_eq!(one.addresses().len(), 1);
        for bad in ["", "kitchen", "127.0.0.1", "127.0.0.1:99999", "/ip4/300.1.1.1/tcp/1"] {
            assert_eq!(bad.parse::<Listen>(), Err(NotAnAddress), "{bad}");
        }
    }
}
