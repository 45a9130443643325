//! What single commands take.

use std::path::PathBuf;

use clap::Args;
use words::Say;

use crate::failure::Failure;

/// `invite`
#[derive(Debug, Args)]
pub(crate) struct Invite {
    /// The plan
    pub(crate) plan: String,
    /// person, carer, family, supporter, worker, lead, advocate, representative or guest
    #[arg(long = "as", value_name = "ROLE")]
    pub(crate) role: String,
    /// Only these parts, parted by commas
    #[arg(long, value_delimiter = ',', value_name = "P,..")]
    pub(crate) parts: Option<Vec<String>>,
    /// For a guest, when the visit ends: 17:30, 2h, 2027-03-01 or 2027-03-01T17:30 (else the end of the day)
    #[arg(long, value_name = "WHEN")]
    pub(crate) until: Option<String>,
    /// Show a short code instead, and let in whoever types it
    #[arg(long, conflicts_with_all = ["qr", "to"])]
    pub(crate) words: bool,
    /// Also as a picture that a camera reads: .png or .svg
    #[arg(long, value_name = "FILE")]
    pub(crate) qr: Option<PathBuf>,
    /// Also as a file that can be sent: NAME.alongside-invite
    #[arg(long, value_name = "FILE")]
    pub(crate) to: Option<PathBuf>,
    /// Seconds to wait for whoever types the code
    #[arg(long, default_value_t = 300, value_name = "SECONDS")]
    pub(crate) wait: u64,
    #[command(flatten)]
    pub(crate) net: Net,
}

/// `splice`
#[derive(Debug, Args)]
pub(crate) struct Splice {
    /// The plan
    pub(crate) plan: String,
    /// PART.FIELD or PART/ITEM.FIELD
    pub(crate) field: String,
    /// Where, in Unicode code points
    #[arg(long, default_value_t = 0)]
    pub(crate) at: usize,
    /// How many code points go
    #[arg(long, default_value_t = 0)]
    pub(crate) delete: usize,
    /// What comes: text, @FILE, or - for standard input
    #[arg(long, default_value = "", allow_hyphen_values = true)]
    pub(crate) insert: String,
    /// Many at once, each list one edit: [[[at,delete,"insert"],..],..]
    #[arg(long, conflicts_with_all = ["at", "delete", "insert"], hide = true)]
    pub(crate) steps: Option<String>,
}

/// Where the 24 words that were just made are written down.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Paper {
    /// Write the recovery sheet to a new file, .html or .txt, instead of printing the 24 words
    #[arg(long, value_name = "FILE")]
    pub(crate) sheet: Option<PathBuf>,
}

/// How a command goes online.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Net {
    /// Where to listen: IP:PORT or a multiaddr; may be given again
    #[arg(long, value_name = "ADDR")]
    pub(crate) listen: Vec<String>,
    /// Do not look for devices on this network
    #[arg(long)]
    pub(crate) no_mdns: bool,
}

impl Net {
    /// The addresses, read.
    pub(crate) fn listens(&self) -> Result<Vec<node::Listen>, Failure> {
        let bad = |text: &String| Failure::usage(Say::new("cli-bad-address").with("address", text));
        self.listen.iter().map(|text| text.parse().map_err(|_| bad(text))).collect()
    }
}

/// `serve`
#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) net: Net,
    /// Stop after so many seconds
    #[arg(long = "for", value_name = "SECONDS")]
    pub(crate) for_seconds: Option<u64>,
    /// Read commands from standard input, one a line; answer each with a line of JSON
    #[arg(long)]
    pub(crate) commands: bool,
    /// With --commands: do not go online before the command `online`
    #[arg(long, requires = "commands")]
    pub(crate) offline: bool,
}

/// `passphrase`
#[derive(Debug, Args)]
pub(crate) struct Passphrase {
    /// Take it away
    #[arg(long)]
    pub(crate) remove: bool,
    /// Set another one with the 24 words of a plan made or joined on this device
    #[arg(long)]
    pub(crate) forgotten: bool,
    /// With --forgotten: where the 24 words are: a file, or - for standard input
    #[arg(long, value_name = "FILE", requires = "forgotten")]
    pub(crate) words_from: Option<String>,
}

/// `replay`
#[derive(Debug, Args)]
pub(crate) struct Replay {
    /// The recording: JSON, or JSON packed with gzip
    pub(crate) trace: PathBuf,
    /// How many devices; at least one for each person of the recording
    #[arg(long, value_name = "N")]
    pub(crate) devices: usize,
}

/// What is done with attached files.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Files {
    /// Attach a picture, a recording or a paper to a field
    Attach {
        /// The plan
        plan: String,
        /// PART.FIELD or PART/ITEM.FIELD
        field: String,
        /// The file
        file: PathBuf,
        /// Which of a part's documents: its quarter, its name, its owner, or letters of its id
        #[arg(long = "in", value_name = "DOCUMENT")]
        within: Option<String>,
    },
    /// List what is attached to a plan
    #[command(name = "files")]
    List {
        /// The plan
        plan: String,
    },
    /// Take a file out of a field
    Detach {
        /// The plan
        plan: String,
        /// PART.FIELD or PART/ITEM.FIELD
        field: String,
        /// Its name, or six or more letters of its id
        file: String,
        /// Which of a part's documents: its quarter, its name, its owner, or letters of its id
        #[arg(long = "in", value_name = "DOCUMENT")]
        within: Option<String>,
    },
    /// Write a copy of an attached file
    Save {
        /// The plan
        plan: String,
        /// Its name, or six or more letters of its id
        file: String,
        /// Where to; nothing is written over
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Say which files come by themselves: all, or small ones only
    Fetch {
        /// all or small
        which: String,
    },
}
