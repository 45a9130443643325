//! Who can open this home: its passphrase, and the words of the plans made here.

use std::path::Path;

use circle::{Statement, draft};
use seal::{PlanId, RecoveryWords, StatementId};
use store::{Home, Store, Unlock};

use crate::{
    ask::{self, Reply, Sheet, SheetOf},
    error::{Refused, StartError},
    hands::{Hands, Then, dice, now},
    keeper, limits, pocket,
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

    /// Puts new words in the place of the old ones, here and in the circle.
    pub(crate) fn new_sheet(&mut self, ask: ask::NewSheet, reply: Reply<StatementId>) {
        let ask::NewSheet { plan, old } = ask;
        let new = new_words();
        let said = self.draft(plan).and_then(|mut draft| {
            let key = old.0.key();
            draft.ledger.whose_words(key.id()).ok_or(Refused::UnknownWords)?;
            let body = draft::new_recovery_key(&draft.ledger, key.id(), now(), &new.key());
            Ok((draft.say_by(&key, body)?, draft.statements))
        });
        let (id, statements) = match said {
            Err(refused) => return reply.say(Err(refused)),
            Ok(said) => said,
        };
        let issue = move |held: Result<(), Refused>, hands: &mut Hands| match held {
            Err(why) => reply.say(Err(why)),
            Ok(()) => hands.issue(
                statements,
                Box::new(move |saved, hands| {
                    if saved.is_ok() {
                        let spare = old.0.wrapping_key();
                        // Should this fail, the old sheet still opens this home, and nothing else.
                        hands.change_lock(Box::new(move |store| store.drop_spare(&spare)), Box::new(|_, _| {}));
                    } else {
                        hands.sheets.take(plan);
                    }
                    reply.say(saved.map(|()| id));
                }),
            ),
        };
        self.hold_sheets(plan, new, None, Box::new(issue));
    }

    /// Lets the words of this device's holder open this home too: one that was linked never saw them.
    pub(crate) fn hold_sheet(&mut self, ask: ask::HoldSheet, reply: Reply<()>) {
        let ask::HoldSheet { plan, words } = ask;
        let mine = self.person(plan).and_then(|me| Ok((me, self.ledger(plan)?.whose_words(words.0.key().id()))));
        match mine {
            Err(refused) => return reply.say(Err(refused)),
            Ok((me, whose)) if whose != Some(me) => return reply.say(Err(Refused::UnknownWords)),
            Ok(_) => {}
        }
        let spare = words.0.wrapping_key();
        let hold = move |store: &mut Store| {
            // Typed twice, they are kept once.
            store.drop_spare(&spare)?;
            store.add_spare(&spare)
        };
        self.change_lock(Box::new(hold), Box::new(move |held, _| reply.say(held)));
    }

    /// Removes a device with the words of its holder.
    pub(crate) fn remove_by_words(&self, ask: ask::RemoveByWords) -> Result<(StatementId, Vec<Statement>), Refused> {
        let ask::RemoveByWords { plan, device, and_linked, words } = ask;
        let mut draft = self.draft(plan)?;
        let key = words.0.key();
        let person = draft.ledger.whose_words(key.id()).ok_or(Refused::UnknownWords)?;
        if draft.ledger.person_of(device) != Some(person) {
            return Err(Refused::NoSuchDevice);
        }
        self.keep_seen(&mut draft, plan)?;
        let remove = circle::Remove { whom: circle::Whom::Device { device, and_linked }, upto: None };
        let body = draft::remove(&draft.ledger, key.id(), now(), remove);
        let before = draft.ledger.person_of(self.device);
        let id = draft.say_by(&key, body)?;
        if self.device != device && before.is_some() && draft.ledger.person_of(self.device).is_none() {
            return Err(Refused::LinkedByIt);
        }
        if draft.ledger.in_effect(id) { Ok((id, draft.statements)) } else { Err(Refused::NotAllowed) }
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
        let is_taken_away = new == Unlock::KeyFile;
        let change = move |store: &mut Store| {
            store.check(&present)?;
            if is_taken_away {
                // There is no passphrase left to be spared.
                pocket::leave(store)?;
            }
            store.lock_by(&new)
        };
        let changed = move |changed: Result<(), Refused>, hands: &mut Hands| {
            if changed.is_ok() && is_taken_away && hands.settings.keyring.is_some() {
                // Should it stay there, it opens nothing.
                hands.ask_keyring(|keyring, home| keyring.remove(home), |_, _| {});
            }
            reply.say(changed);
        };
        self.change_lock(Box::new(change), Box::new(changed));
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
