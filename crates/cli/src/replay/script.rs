//! What one device is told to do, line by line: merge exactly this far, type these edits, and at the end show and verify.

use std::{ops::Range, sync::Arc};

use super::{
    FIELD, PART,
    recording::{Reach, Recording, Step},
};
use crate::line::quote;

/// Edits in one line. A line is answered once it is flushed, and what it typed travels from its end on.
const LINE: usize = 64;

/// Seconds until everything must be on every disk once all of it is shown.
const SETTLE: u32 = 100;

/// One line of a device's script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Told {
    /// Merge exactly up to here.
    Merge(Reach),
    /// Type these steps of its own.
    Type(Range<usize>),
    /// Wait until all that is shown is on the disks, here and with the others.
    Settle,
    /// Print the part.
    Show,
    /// Check every signature from nothing.
    Verify,
}

/// The script of one device from a step on. Made again from the same place it is the same again.
pub(crate) struct Script {
    recording: Arc<Recording>,
    /// The agent whose device this is; a device beyond the agents only reads.
    agent: usize,
    next: usize,
    /// What the last line has merged.
    merged: Option<Reach>,
    ending: u8,
}

impl Script {
    pub(crate) fn new(recording: Arc<Recording>, agent: usize, from: usize) -> Script {
        Script { recording, agent, next: from, merged: None, ending: 0 }
    }

    fn line(&self) -> &[Step] {
        self.recording.agents.get(self.agent).map_or(&[], Vec::as_slice)
    }

    /// What others' steps this one rests on; its own are there anyway.
    fn others(&self, reach: &Reach) -> Reach {
        let mut others = reach.clone();
        if let Some(own) = others.get_mut(self.agent) {
            *own = 0;
        }
        others
    }
}

impl Iterator for Script {
    type Item = Told;

    fn next(&mut self) -> Option<Told> {
        if let Some(step) = self.line().get(self.next) {
            let wanted = self.others(&step.reach);
            if self.merged.as_ref() != Some(&wanted) {
                self.merged = Some(wanted.clone());
                return Some(Told::Merge(wanted));
            }
            let same = self.line()[self.next..].iter().take(LINE).take_while(|step| self.others(&step.reach) == wanted);
            let typed = self.next..self.next + same.count();
            self.next = typed.end;
            return Some(Told::Type(typed));
        }
        self.ending += 1;
        match self.ending {
            1 => Some(Told::Merge(self.others(&self.recording.all))),
            2 => Some(Told::Settle),
            3 => Some(Told::Show),
            4 => Some(Told::Verify),
            _ => None,
        }
    }
}

/// The names that turn steps into edits: the plan, each agent's device, and how many edits it had before the first step.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    pub(crate) plan: String,
    pub(crate) devices: Vec<String>,
    pub(crate) base: Vec<u64>,
}

impl Names {
    /// `DEVICE:NUMBER,…`: so many steps of each agent. What a device had before its first step is always in.
    pub(crate) fn upto(&self, reach: &Reach) -> String {
        let each =
            self.base.iter().zip(&self.devices).zip(reach).filter(|((base, _), steps)| **base + **steps as u64 > 0);
        each.map(|((base, device), steps)| format!("{device}:{}", base + *steps as u64)).collect::<Vec<_>>().join(",")
    }

    /// The line that tells a device this.
    pub(crate) fn write(&self, told: &Told, steps: &[Step]) -> String {
        let plan = &self.plan;
        match told {
            Told::Merge(reach) => match self.upto(reach) {
                upto if upto.is_empty() => format!("merge {plan} {PART}"),
                upto => format!("merge {plan} {PART} --upto {upto}"),
            },
            Told::Type(range) => {
                let patches: Vec<_> = steps[range.clone()].iter().map(|step| &step.patches).collect();
                let json = serde_json::to_string(&patches).expect("numbers and texts always have JSON");
                format!("splice {plan} {FIELD} --steps {}", quote(&json))
            }
            // Alone there is nobody to wait for.
            Told::Settle if self.devices.len() < 2 => format!("merge {plan} {PART}"),
            Told::Settle => format!("sync {plan} --wait {SETTLE}"),
            Told::Show => format!("show {plan} {PART}"),
            Told::Verify => format!("verify {plan}"),
        }
    }
}
