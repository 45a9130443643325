//! One command from a shell: opens the home, does it, closes the home.

use std::{process::ExitCode, time::Duration};

use crate::{
    Program,
    args::{self, Along, Command, Common, Net},
    commands, demo,
    failure::Failure,
    losing, replay, report,
    report::Report,
    serve,
    session::{PASSPHRASE, Session, Way, home, passphrase_from, unlock},
    show,
    task::Went,
};

/// The longest a command without a limit of its own may take.
const LONGEST: Duration = Duration::from_secs(600);

/// Does what the command line says.
pub(crate) fn run(along: Along, program: &Program) -> ExitCode {
    log();
    let Along { common, command } = along;
    let as_json = common.json;
    let outcome = match command {
        Command::Init { name, passphrase } => init(&common, program, &name, passphrase).map(Some),
        Command::Serve(wanted) => serve::serve(&common, program, wanted),
        Command::Demo => return demo::headless(program, common.home),
        Command::Replay(wanted) => replay::replay(&common, program, &wanted).map(Some),
        Command::Passphrase(wanted) => losing::passphrase(&common, program, &wanted).map(Some),
        Command::Copies => losing::copies(&common).map(Some),
        Command::PutBack { copy } => losing::put_back(&common, program, copy).map(Some),
        command => one(&common, program, command).map(Some),
    };
    match outcome {
        Ok(report) => {
            if let Some(report) = report {
                report.print(as_json);
            }
            ExitCode::SUCCESS
        }
        Err(failure) => {
            if as_json {
                report::json(&failure.json());
            }
            report::complain(&failure.sentence());
            failure.exit()
        }
    }
}

/// Words that are no command line; or help, which is no mistake.
pub(crate) fn misused(cause: &clap::Error) -> ExitCode {
    if !cause.use_stderr() {
        report::line(&cause.to_string());
        return ExitCode::SUCCESS;
    }
    report::complain(cause.to_string().trim_end());
    ExitCode::from(2)
}

fn init(common: &Common, program: &Program, name: &str, passphrase: bool) -> Result<Report, Failure> {
    let home = home(common)?;
    let name = plan::clean(name);
    if name.is_empty() || name.chars().count() > plan::limits::LINE_CHARS {
        return Err(Failure::from(desk::Refused::NotAName));
    }
    let unlock = if passphrase { passphrase_from(PASSPHRASE, true)? } else { unlock(&home) };
    let device = node::create(&home, &unlock, &program.path)?;
    let mut settings = node::Settings::new(home, unlock, program.path.clone());
    settings.online = false;
    let mut session = Session { desk: desk::Desk::open(settings)? };
    let turn = crate::session::later(session.desk.act(desk::Ask::Name { name: name.clone() }, desk::now())?);
    let mut outcome = Ok(());
    session.until(LONGEST, |_, changes| {
        changes.iter().any(|change| match change {
            desk::Change::Answer { turn: of, answer } if Some(*of) == turn => {
                outcome = answer.clone().map(|_| ());
                true
            }
            _ => false,
        })
    })?;
    outcome?;
    let text = words::say(words::Say::new("cli-made").with("name", name.as_str()).with("device", device.short()));
    Ok(Report::new(text, serde_json::json!({"device": device.to_string(), "name": name})))
}

fn one(common: &Common, program: &Program, command: Command) -> Result<Report, Failure> {
    let way = match &command {
        Command::Invite(args::Invite { net, .. })
        | Command::Link { net, .. }
        | Command::Join { net, .. }
        | Command::Knocks { net, .. }
        | Command::Confirm { net, .. }
        | Command::Decline { net, .. }
        | Command::Restore { net, .. }
        | Command::Sync { net, .. } => online(net)?,
        Command::Init { .. }
        | Command::Whoami
        | Command::HandOver { .. }
        | Command::New { .. }
        | Command::Sample { .. }
        | Command::Plans
        | Command::Show { .. }
        | Command::Find { .. }
        | Command::Set { .. }
        | Command::Begin { .. }
        | Command::Add { .. }
        | Command::Splice(_)
        | Command::Offers(_)
        | Command::Files(_)
        | Command::People { .. }
        | Command::Serve(_)
        | Command::Circle(_)
        | Command::History { .. }
        | Command::Verify { .. }
        | Command::Export { .. }
        | Command::Replay(_)
        | Command::Demo
        | Command::Passphrase(_)
        | Command::Copies
        | Command::Devices { .. }
        | Command::Lost { .. }
        | Command::UseSheet { .. }
        | Command::Resheet { .. }
        | Command::PutBack { .. }
        | Command::Online
        | Command::Offline
        | Command::Hold { .. }
        | Command::Merge { .. } => Way::default(),
    };
    if matches!(command, Command::Restore { .. }) {
        losing::make_home(common, program)?;
    }
    let mut session = match Session::open(common, program, way) {
        Err(failure) => return Err(what_is_damaged(common, program, &command, failure)),
        Ok(session) => session,
    };
    let mut task = commands::begin(command, &mut session.desk, true)?;
    let mut outcome = None;
    let as_json = common.json;
    session.until(LONGEST, |desk, changes| {
        match task.look(desk, changes) {
            Went::Waiting | Went::Saving => {}
            Went::Says(report) => report.print(as_json),
            Went::Ended(ended) => outcome = Some(ended),
        }
        outcome.is_some()
    })?;
    outcome.unwrap_or_else(|| Err(Failure::from(node::Refused::Late)))
}

/// A home that is damaged does not open; asked to verify, we can still say which part of which plan it is.
fn what_is_damaged(common: &Common, program: &Program, command: &Command, failure: Failure) -> Failure {
    let Command::Verify { plan: wanted } = command else { return failure };
    if !failure.is_damage() {
        return failure;
    }
    let examined = home(common).ok().and_then(|home| node::examine(&home, &unlock(&home), &program.path).ok());
    let touched = examined.into_iter().flatten().filter(|(_, examined)| !examined.found.faults.is_empty());
    // A title stands in a document, and those are not opened here; every plan that is touched is worth naming.
    let all: Vec<_> = touched.collect();
    let named = all.iter().find(|(plan, _)| wanted.len() >= 6 && plan.to_string().starts_with(&wanted.to_lowercase()));
    let Some((_, touched)) = named.or(all.first()) else { return failure };
    show::not_verified(&touched.found.faults, touched.ledger.as_ref())
}

fn online(net: &Net) -> Result<Way, Failure> {
    Ok(Way { listen: net.listens()?, mdns: !net.no_mdns, online: true })
}

/// Logs go to standard error, and only if asked for: they hold no names, words or tickets, but they are nobody's prose.
fn log() {
    let Ok(filter) = std::env::var("ALONGSIDE_LOG") else { return };
    // libp2p's own logs name peers and addresses in full; who needs them names their crates.
    let filter = format!("libp2p=off,{filter}");
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).finish();
    // A second one in the same process (a test) stays with the first.
    let _ = tracing::subscriber::set_global_default(subscriber);
}
