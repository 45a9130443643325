//! Two real devices and the plan they share: homes, keys, tickets, safety words, everything as people would do it.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::{
    Stopped,
    process::{Counter, Process},
    programs::Programs,
    typing::Step,
};

/// The field that is written in.
pub(super) const FIELD: &str = "about-me.communication";

/// Its part.
pub(super) const PART: &str = "about-me";

/// The longest anything of a measure may take. Debug builds with full sizes take long.
pub(super) const LONGEST: Duration = Duration::from_secs(900);

/// Edits in one line of commands: few enough for a line, many enough that lines do not count.
const STEPS: usize = 500;

/// A device that can be started and stopped.
pub(super) struct Home {
    along: PathBuf,
    pub(super) path: PathBuf,
    pub(super) name: String,
}

/// A device that is online.
pub(super) struct Device {
    process: Process,
    /// Its id, in full.
    pub(super) id: String,
}

impl Home {
    /// Makes a device for somebody, in a folder of its own.
    pub(super) fn make(programs: &Programs, folder: &Path, name: &str) -> Result<Self, Stopped> {
        let path = folder.join(name);
        let home = Self { along: programs.along.clone(), path, name: name.to_owned() };
        home.run(&["init", "--name", name])?;
        Ok(home)
    }

    /// Runs one command while the device is not online.
    pub(super) fn run(&self, words: &[&str]) -> Result<Value, Stopped> {
        let output = Command::new(&self.along).arg("--home").arg(&self.path).arg("--json").args(words).output();
        let output = output.map_err(|cause| Stopped::Start { program: "along".into(), cause })?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        if !output.status.success() {
            return Err(Stopped::Refused { program: format!("along {}", words.join(" ")), said });
        }
        Ok(said.lines().last().and_then(|line| serde_json::from_str(line).ok()).unwrap_or_default())
    }

    /// Goes online on loopback, listening to commands.
    pub(super) fn start(&self) -> Result<Device, Stopped> {
        Device::online(Process::start(&self.name, &self.along, &self.serving())?)
    }

    /// The same, its frames counted, and not online before it is told.
    pub(super) fn start_apart(&self) -> Result<(Device, Counter), Stopped> {
        let words = [&self.serving()[..], &["--offline".as_ref()]].concat();
        let (process, counter) = Process::start_counted(&self.name, &self.along, &words)?;
        Ok((Device::online(process)?, counter))
    }

    fn serving(&self) -> [&OsStr; 6] {
        let [home, serve, commands, listen, here] =
            ["--home", "serve", "--commands", "--listen", "127.0.0.1:0"].map(OsStr::new);
        [home, self.path.as_os_str(), serve, commands, listen, here]
    }
}

impl Device {
    fn online(mut process: Process) -> Result<Device, Stopped> {
        let ready = process.await_line("its first line", LONGEST, |said| said["ready"] == true)?;
        let id = ready.said["device"].as_str().unwrap_or_default().to_owned();
        Ok(Device { process, id })
    }

    /// Sends a command and waits for its answer.
    pub(super) fn ask(&mut self, command: &str) -> Result<Value, Stopped> {
        self.process.order(command)?;
        self.answer(command)
    }

    /// Sends a command and goes on; [`Device::answer`] waits for it.
    pub(super) fn order(&mut self, command: &str) -> Result<Instant, Stopped> {
        self.process.order(command)
    }

    /// The next answer, whatever the news in between.
    pub(super) fn answer(&mut self, what: &str) -> Result<Value, Stopped> {
        let said = self.process.await_line(what, LONGEST, |said| said.get("news").is_none())?.said;
        match said.get("error") {
            Some(error) => Err(Stopped::Refused { program: self.process.name().to_owned(), said: error.to_string() }),
            None => Ok(said),
        }
    }

    /// The first news of this kind that is wanted.
    pub(super) fn news(&mut self, kind: &str, mut wanted: impl FnMut(&Value) -> bool) -> Result<Instant, Stopped> {
        let what = format!("news of {kind}");
        let heard = self.process.await_line(&what, LONGEST, |said| said["news"] == kind && wanted(said))?;
        Ok(heard.at)
    }

    /// When this device heard that another has everything of the plan on its disk.
    pub(super) fn has_all(&mut self, device: &str) -> Result<Instant, Stopped> {
        self.news("marks", |said| {
            let with = said["with"].as_array().into_iter().flatten();
            said["here"] == "all" && with.into_iter().any(|one| one["device"] == device && one["all"] == true)
        })
    }

    /// Throws away news that nobody waited for.
    pub(super) fn forget(&mut self) {
        self.process.forget();
    }

    /// Types these edits, each an edit of its own, and waits until they are saved.
    pub(super) fn type_steps(&mut self, plan: &str, steps: &[Step]) -> Result<(), Stopped> {
        for steps in steps.chunks(STEPS) {
            // Each step is an edit of one patch.
            let edits: Vec<[&Step; 1]> = steps.iter().map(|step| [step]).collect();
            let edits =
                serde_json::to_string(&edits).expect("numbers and words").replace('\\', "\\\\").replace('"', "\\\"");
            self.ask(&format!("splice {plan} {FIELD} --steps \"{edits}\""))?;
        }
        Ok(())
    }

    /// The text as this device shows it.
    pub(super) fn text(&mut self, plan: &str) -> Result<String, Stopped> {
        let shown = self.ask(&format!("show {plan} {PART}"))?;
        Ok(shown["parts"][0]["fields"]["communication"].as_str().unwrap_or_default().to_owned())
    }

    /// When this device shows this text, having merged what it has heard of.
    pub(super) fn shows(&mut self, plan: &str, whole: &str) -> Result<Instant, Stopped> {
        loop {
            self.forget();
            if self.text(plan)? == whole {
                return Ok(Instant::now());
            }
            let of_it = |said: &Value| (said["news"] == "edits" || said["news"] == "opened") && said["part"] == PART;
            self.process.await_line("news of the part", LONGEST, of_it)?;
        }
    }

    /// Goes offline and ends, everything saved.
    pub(super) fn end(self) -> Result<(), Stopped> {
        self.process.end()
    }
}

/// Brings a newcomer in, both being online: ticket, knock, four words carried over, confirmed.
pub(super) fn bring_in(owner: &mut Device, plan: &str, newcomer: &mut Device, name: &str) -> Result<(), Stopped> {
    let ticket = owner.ask(&format!("invite {plan} --as family"))?;
    let ticket = ticket["ticket"].as_str().unwrap_or_default().to_owned();
    newcomer.order(&format!("join {ticket}"))?;
    let said = newcomer.process.await_line("the safety words", LONGEST, |said| said["news"] == "says")?;
    let words = said.said["words"].as_str().unwrap_or_default().to_owned();
    owner.ask(&format!("confirm {plan} {name} --words \"{words}\""))?;
    newcomer.answer("being let in")?;
    Ok(())
}
