//! The words of the command line, for a shell and for `serve --commands` alike.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use words::Say;

use crate::{circle, failure::Failure};

/// A person's support plan, written together: the device without a window.
#[derive(Debug, Parser)]
#[command(name = "along", version, about, long_about = None)]
pub(crate) struct Along {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// One line of `serve --commands`.
#[derive(Debug, Parser)]
#[command(no_binary_name = true, disable_help_flag = true)]
pub(crate) struct Line {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub(crate) struct Common {
    /// The device's folder (else ALONGSIDE_HOME, else the usual place for data)
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) home: Option<PathBuf>,
    /// Print for programs: JSON
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make this device's key and store
    Init {
        /// Your name, as others will see it
        #[arg(long)]
        name: String,
        /// Lock the store with the passphrase in ALONGSIDE_PASSPHRASE (else the first line of standard input)
        #[arg(long)]
        passphrase: bool,
    },
    /// Say which device this is
    Whoami,
    /// Start a plan, for yourself or for somebody else
    New {
        /// What it is called
        title: String,
        /// Whom it is about, if not you: it is theirs once you hand it over
        #[arg(long = "for", value_name = "NAME")]
        about: Option<String>,
        /// What kind of plan it is; how it is laid out can be changed later
        #[arg(long)]
        kind: Option<String>,
        #[command(flatten)]
        paper: Paper,
    },
    /// Start a sample plan: adult, family, coalition, or adult-alone, in which there is nobody else yet
    Sample {
        /// Which one
        name: String,
        #[command(flatten)]
        paper: Paper,
    },
    /// List the plans on this device
    Plans,
    /// Print what this device may see of a plan
    Show {
        /// The plan: six or more letters of its id, or its title
        plan: String,
        /// Only this part
        part: Option<String>,
    },
    /// Find words in everything this device may see
    Find {
        /// The words: all of them in one record
        #[arg(required = true)]
        words: Vec<String>,
    },
    /// Choose the value of a field; an empty value clears it
    Set {
        /// The plan
        plan: String,
        /// PART.FIELD or PART/ITEM.FIELD
        field: String,
        /// The value, @FILE, or - for standard input
        #[arg(allow_hyphen_values = true)]
        value: String,
        /// Which of a part's documents: its quarter, its name, its owner, or letters of its id
        #[arg(long = "in", value_name = "DOCUMENT")]
        within: Option<String>,
    },
    /// Begin a part, or one more document of a part that may have several, and print its id
    Begin {
        /// The plan
        plan: String,
        /// The part
        part: String,
        /// What tells it from the others: a quarter (2026-4) or a name
        #[arg(long, value_name = "NAME")]
        called: Option<String>,
    },
    /// Add an item to a list and print its id
    Add {
        /// The plan
        plan: String,
        /// PART or PART/ITEM.LIST; PART-voice is what you say about a part
        list: String,
        /// Which of a part's documents: its quarter, its name, its owner, or letters of its id
        #[arg(long = "in", value_name = "DOCUMENT")]
        within: Option<String>,
        /// FIELD=VALUE
        values: Vec<String>,
    },
    /// Change a text in one place
    Splice(Splice),
    #[command(flatten)]
    Offers(crate::offers::Command),
    #[command(flatten)]
    Files(Files),
    /// Make a ticket for somebody, or show a short code
    Invite(Invite),
    /// Show a short code that makes another device one of mine
    Link {
        /// The plan
        plan: String,
        /// By a short code, which is the only way there is
        #[arg(long)]
        words: bool,
        /// Seconds to wait for the other device
        #[arg(long, default_value_t = 300, value_name = "SECONDS")]
        wait: u64,
        #[command(flatten)]
        net: Net,
    },
    /// Come in with a ticket or a short code
    Join {
        /// The ticket, a file that holds one, or a code: 7-apple-river, or 7-apple-river@IP:PORT
        ticket: String,
        /// What this device is called, if the code makes it one of mine
        #[arg(long, value_name = "NAME")]
        device: Option<String>,
        /// Seconds to wait to be let in
        #[arg(long, default_value_t = 120, value_name = "SECONDS")]
        wait: u64,
        /// What you are to the person, in your own words
        #[arg(long, default_value = "", value_name = "WORDS")]
        relationship: String,
        #[command(flatten)]
        paper: Paper,
        #[command(flatten)]
        net: Net,
    },
    /// Hand a plan that you began for somebody over to them, for good
    HandOver {
        /// The plan
        plan: String,
        /// Their name, or letters of their id
        person: String,
    },
    /// Say who asks to come in
    Knocks {
        /// The plan
        plan: String,
        /// Seconds to wait for somebody
        #[arg(long, default_value_t = 3, value_name = "SECONDS")]
        wait: u64,
        #[command(flatten)]
        net: Net,
    },
    /// Let somebody in who read you these words
    Confirm {
        /// The plan
        plan: String,
        /// Their name, or letters of their id
        person: String,
        /// The four words they read out
        #[arg(long, value_name = "W W W W")]
        words: String,
        /// Seconds to wait until they are there
        #[arg(long, default_value_t = 60, value_name = "SECONDS")]
        wait: u64,
        #[command(flatten)]
        net: Net,
    },
    /// Do not let somebody in who knocks
    Decline {
        /// The plan
        plan: String,
        /// Their name, or letters of their id
        person: String,
        #[command(flatten)]
        net: Net,
    },
    /// Say who belongs to a plan
    People {
        /// The plan
        plan: String,
    },
    /// Stay online: share with every device of the circles this one is in
    Serve(Serve),
    /// Go online until every device that can be reached has the same
    Sync {
        /// The plan
        plan: String,
        /// The longest it may take
        #[arg(long, default_value_t = 60, value_name = "SECONDS")]
        wait: u64,
        #[command(flatten)]
        net: Net,
    },
    #[command(flatten)]
    Circle(circle::Act),
    /// Say who wrote what and what was signed; with --held what does not count just now
    History {
        /// The plan
        plan: String,
        /// What is held back, counted
        #[arg(long)]
        held: bool,
        /// With --held: the words, too
        #[arg(long, requires = "held")]
        words: bool,
    },
    /// Check every signature and rule again, from nothing, offline
    Verify {
        /// The plan
        plan: String,
    },
    /// Write a plan or one part of it to a file: .html to read and print, .json for programs
    Export {
        /// The plan
        plan: String,
        /// Only this part, with what everybody says about it
        #[arg(long)]
        part: Option<String>,
        /// The file
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Set, change or take away the passphrase of this device
    Passphrase(Passphrase),
    /// Come back into a plan on this device, with the 24 words of its recovery sheet
    Restore {
        /// Where the 24 words are: a file, or - for standard input
        #[arg(long, default_value = "-", value_name = "FILE")]
        words_from: String,
        /// What this device is called from now on
        #[arg(long, default_value = "", value_name = "NAME")]
        name: String,
        /// Where a device of the circle is: IP:PORT or a multiaddr; may be given again. Those nearby are found anyway
        #[arg(long, value_name = "ADDR")]
        at: Vec<String>,
        /// Seconds to look for one, and to take everything in
        #[arg(long, default_value_t = 120, value_name = "SECONDS")]
        wait: u64,
        #[command(flatten)]
        paper: Paper,
        #[command(flatten)]
        net: Net,
    },
    /// List your own devices in a plan
    Devices {
        /// The plan
        plan: String,
    },
    /// Remove a device of yours that is lost or stolen, with the 24 words
    Lost {
        /// The plan
        plan: String,
        /// The device: letters of its id
        device: String,
        /// Where the 24 words are: a file, or - for standard input
        #[arg(long, default_value = "-", value_name = "FILE")]
        words_from: String,
        /// Leave the devices that it linked
        #[arg(long)]
        keep_linked: bool,
    },
    /// Let the 24 words of your recovery sheet open this device too, should its passphrase be forgotten
    UseSheet {
        /// The plan the words are of
        plan: String,
        /// Where the 24 words are: a file, or - for standard input
        #[arg(long, default_value = "-", value_name = "FILE")]
        words_from: String,
    },
    /// Make a new recovery sheet with the words of the old one, which are worth nothing then
    Resheet {
        /// The plan
        plan: String,
        /// Where the 24 old words are: a file, or - for standard input
        #[arg(long, default_value = "-", value_name = "FILE")]
        words_from: String,
        #[command(flatten)]
        paper: Paper,
    },
    /// List the copies this device has made of all it holds
    Copies,
    /// Put a copy in the place of what this device holds, which is kept beside it
    PutBack {
        /// The number that “along copies” shows
        copy: i64,
    },
    /// Show the main job on this computer: three devices, one plan, told line by line
    Demo,
    /// Replay a recorded editing session through real devices
    Replay(Replay),
    /// (serve --commands) Talk to other devices again
    #[command(hide = true)]
    Online,
    /// (serve --commands) Stop talking to other devices, and go on writing
    #[command(hide = true)]
    Offline,
    /// (serve --commands) Merge into a part only what is named, from now on
    #[command(hide = true)]
    Hold {
        /// The plan
        plan: String,
        /// The part
        part: String,
        /// DEVICE:NUMBER, parted by commas: edits of these devices up to these numbers
        #[arg(long, value_delimiter = ',')]
        upto: Vec<String>,
    },
    /// (serve --commands) Wait until these edits are here and merge exactly up to them
    #[command(hide = true)]
    Merge {
        /// The plan
        plan: String,
        /// The part
        part: String,
        /// DEVICE:NUMBER, parted by commas
        #[arg(long, value_delimiter = ',')]
        upto: Vec<String>,
    },
}

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
