//! The words of the command line, for a shell and for `serve --commands` alike.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::circle;

mod each;

pub(crate) use self::each::*;

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
