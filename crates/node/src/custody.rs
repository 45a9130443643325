//! Who can open this home: its passphrase, and the words of the plans made here.

use std::path::Path;

use seal::{PlanId, RecoveryWords};
use store::{Home, Store, Unlock};

use crate::{
    ask::{self, Reply, Sheet, SheetOf},
    error::{Refused, StartError},
    hands::{Hands, Then, dice},
    keeper, limits,
    settings::program_name,
};

/// Opens a home whose passphrase is forgotten with the 24 words of a plan made or joined there, and locks it anew.
pub fn reset_passphrase(home: &Path, words: &RecoveryWords, new: &Unlock, program: &Path) -> Result<(), StartError> {
    let mut store = Store::open(&Home::at(home), &Unlock::Spare(words.wrapping_key()), &program_name(program))?;
    store.lock_by(new)?;
    store.close().map_err(|_| StartError::Damaged)
}

/// Fresh words.
pub(crate) fn new_words() -> RecoveryWords {
    RecoveryWords::from_dice(dice().into())
}

/// Sheets that nobody has taken yet. Never written anywhere.
#[derive(Default)]
pub(crate) struct Sheets(Vec<(PlanId, Sheet)>);

impl Sheets {
    fn put(&mut self, plan: PlanId, sheet: Sheet) {
        let surplus = (self.0.len() + 1).saturating_sub(limits::SHEETS);
        self.0.drain(..surplus);
        self.0.push((plan, sheet));
    }

    /// Those of one plan.
    pub(crate) fn take(&mut self, plan: PlanId) -> Vec<Sheet> {
        self.0.extract_if(.., |(of, _)| *of == plan).map(|(_, sheet)| sheet).collect()
    }
}

impl Hands {
    /// Lets the words of this device's holder open this home too, and has the sheets ready for whoever takes them; then
    /// goes on.
    pub(crate) fn hold_sheets(&mut self, plan: PlanId, mine: RecoveryWords, theirs: Option<RecoveryWords>, then: Then) {
        let spare = mine.wrapping_key();
        let ready = move |added: Result<(), Refused>, hands: &mut Hands| {
            if added.is_ok() {
                // Words of an earlier attempt at the same plan are good for nothing.
                hands.sheets.take(plan);
                hands.sheets.put(plan, Sheet { of: SheetOf::Me, words: mine });
                if let Some(words) = theirs {
                    hands.sheets.put(plan, Sheet { of: SheetOf::Them, words });
                }
            }
            then(added, hands);
        };
        self.change_lock(Box::new(move |store| store.add_spare(&spare)), Box::new(ready));
    }

    pub(crate) fn custody(&self, reply: Reply<store::Custody>) {
        if !self.keeper.has_room() {
            return reply.say(Err(Refused::Busy));
        }
        self.keeper.give(keeper::Job::Read(Box::new(move |store| {
            reply.say(store.and_then(|store| store.custody().map_err(|_| Refused::NotSaved)));
        })));
    }

    pub(crate) fn set_passphrase(&mut self, ask: ask::SetPassphrase, reply: Reply<()>) {
        let ask::SetPassphrase { present, new } = ask;
        let change = move |store: &mut Store| {
            store.check(&present)?;
            store.lock_by(&new)
        };
        self.change_lock(Box::new(change), Box::new(move |changed, _| reply.say(changed)));
    }

    /// Changes who can open this home and runs `then` once that is on the disk, or known not to be.
    pub(crate) fn change_lock(&mut self, change: keeper::Lock, then: Then) {
        if !self.keeper.has_room() {
            return then(Err(Refused::Busy), self);
        }
        let number = self.unsaved.await_note(then);
        self.keeper.give(keeper::Job::Lock(number, change));
    }
}
