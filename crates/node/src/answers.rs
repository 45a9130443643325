//! Each question and who answers it.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use circle::draft;
use seal::{DeviceKey, EditHash};
use sync::Input;
use tokio::time::Instant;
use zeroize::Zeroizing;

use crate::{
    ask::{self, Asked, Reply},
    error::Refused,
    hands::{Hands, dice, now},
    keeper, limits, reach,
    settled::Settling,
    verify,
    writing::answering,
};

/// The group of the caller's own records, apart from the node's.
const RECORDS: &str = "kept";

impl Hands {
    /// Answers a question, now or once what it asks for is flushed.
    pub(crate) fn answer(&mut self, asked: Asked) {
        match asked {
            Asked::WhoAmI(ask::WhoAmI, reply) => reply.say(Ok(self.who_am_i())),
            Asked::Plans(ask::Plans, reply) => reply.say(Ok(self.plans())),
            Asked::Circle(ask::Circle { plan }, reply) => {
                reply.say(self.ledger(plan).map(|ledger| Arc::new(ledger.clone())));
            }
            Asked::Found(ask, reply) => self.found(ask, reply),
            Asked::NewDocuments(ask, reply) => self.new_documents(ask, reply),
            Asked::Open(ask, reply) => self.open(ask, reply),
            Asked::Close(ask::Close { plan, doc }, reply) => {
                self.open.remove(&(plan, doc));
                reply.say(Ok(()));
            }
            Asked::Publish(ask, reply) => self.publish(ask, reply),
            Asked::KeepSnapshot(ask, reply) => self.keep_snapshot(ask, reply),
            Asked::Renew(ask, reply) => self.renew(ask, reply),
            Asked::Share(ask, reply) => self.act(self.share(ask), reply),
            Asked::SetStanding(ask, reply) => self.act(self.set_standing(ask), reply),
            Asked::RemovePerson(ask, reply) => self.act(self.remove_person(ask), reply),
            Asked::RemoveDevice(ask, reply) => self.act(self.remove_device(ask), reply),
            Asked::Leave(ask, reply) => self.act(self.leave_circle(ask), reply),
            Asked::HandOver(ask, reply) => self.act(self.hand_over(ask), reply),
            Asked::Unshare(ask, reply) => self.act(self.unshare(ask), reply),
            Asked::Refuse(ask, reply) => self.act(self.refuse(ask), reply),
            Asked::KeepHeld(ask, reply) => self.act(self.keep_held(ask), reply),
            Asked::LiveKey(ask, reply) => reply.say(self.open_live_key(ask)),
            Asked::Bar(ask, reply) => self.act(self.bar(ask), reply),
            Asked::Held(ask::Held { plan }, reply) => reply.say(self.held(plan)),
            Asked::HeldWords(ask, reply) => reply.say(self.held_words(ask)),
            Asked::OpenVoice(ask, reply) => self.act(self.open_voice(ask), reply),
            Asked::Invite(ask, reply) => self.invite(ask, reply),
            Asked::Join(ask, reply) => self.join(ask, reply),
            Asked::Enter(ask::Enter { plan }, reply) => self.enter(plan, reply),
            Asked::ShowCode(ask, reply) => self.show_code(ask, reply),
            Asked::HideCode(ask::HideCode, reply) => {
                self.hide_code();
                reply.say(Ok(()));
            }
            Asked::JoinByCode(ask, reply) => self.join_by_code(ask, reply),
            Asked::Knocks(ask::Knocks { plan }, reply) => reply.say(self.knocks(plan)),
            Asked::Confirm(ask, reply) => self.confirm(ask, reply),
            Asked::Decline(ask, reply) => self.decline(ask, reply),
            Asked::ShareMeant(ask, reply) => self.share_meant(ask, reply),
            Asked::Here(ask::Here { plan, place }, reply) => {
                self.handle(Input::Here(plan, place));
                reply.say(Ok(()));
            }
            Asked::Online(ask::Online, reply) => self.go_online(reply),
            Asked::Offline(ask::Offline, reply) => self.go_offline(Some(reply)),
            Asked::Links(ask::Links, reply) => reply.say(Ok(self.links.views())),
            Asked::History(ask, reply) => reply.say(self.history(ask)),
            Asked::Verify(ask::Verify { plan }, reply) => self.verify(plan, reply),
            Asked::Frontier(ask, reply) => reply.say(self.frontier(ask)),
            Asked::Marks(ask, reply) => reply.say(self.marks(ask)),
            Asked::Settled(ask, reply) => self.settle(ask, reply),
            Asked::Record(ask, reply) => self.record(ask, reply),
            Asked::Recall(ask::Recall { key }, reply) => self.recall(&key, reply),
            Asked::Custody(ask::Custody, reply) => self.custody(reply),
            Asked::SetPassphrase(ask, reply) => self.set_passphrase(ask, reply),
            Asked::IsInKeyring(ask::IsInKeyring, reply) => self.in_keyring(reply),
            Asked::SetKeyring(ask, reply) => self.set_keyring(ask, reply),
            Asked::TakeSheets(ask::TakeSheets { plan }, reply) => reply.say(Ok(self.sheets.take(plan))),
            Asked::NewSheet(ask, reply) => self.new_sheet(ask, reply),
            Asked::HoldSheet(ask, reply) => self.hold_sheet(ask, reply),
            Asked::Restore(ask, reply) => self.restore(ask, reply),
            Asked::TakeIn(ask, reply) => self.take_in(ask, reply),
            Asked::RemoveByWords(ask, reply) => self.act(self.remove_by_words(ask), reply),
            Asked::NameFiles(ask, reply) => self.name_files(ask, reply),
            Asked::AttachFile(ask, reply) => self.attach_file(ask, reply),
            Asked::ReadFile(ask, reply) => self.read_file(ask, reply),
            Asked::SaveFile(ask, reply) => self.save_file(ask, reply),
            Asked::SeePicture(ask, reply) => self.see_picture(ask, reply),
            Asked::FetchFile(ask, reply) => {
                self.fetch_file(ask);
                reply.say(Ok(()));
            }
            Asked::FetchWhich(ask, reply) => self.fetch_which(ask, reply),
            Asked::FilesOf(ask::FilesOf { plan }, reply) => reply.say(self.files_of(plan)),
            Asked::Forget(ask::Forget { key }, reply) => {
                let mut batch = store::Batch::new();
                batch.forget(&format!("{RECORDS}/{key}"));
                self.keeper.keep(batch, Some(reply));
            }
        }
    }

    fn plans(&self) -> Vec<ask::Home> {
        self.sync.plans().map(|plan| ask::Home { plan, me: self.person(plan).ok() }).collect()
    }

    fn invite(&mut self, ask: ask::Invite, reply: Reply<ask::Invited>) {
        let (plan, meant) = (ask.plan, ask.parts.clone());
        match self.draft_invite(ask) {
            Err(refused) => reply.say(Err(refused)),
            Ok((invited, statements)) => {
                self.remember_meant(plan, &invited, meant);
                self.issue(statements, answering(reply, invited));
            }
        }
    }

    pub(crate) fn draft_invite(&self, ask: ask::Invite) -> Result<(ask::Invited, Vec<circle::Statement>), Refused> {
        let ask::Invite { plan, role, standing, parts, lasts, addresses, until } = ask;
        let mut draft = self.draft(plan)?;
        let lasts = i64::try_from(lasts.min(limits::TICKET_LASTS).as_millis()).unwrap_or(0);
        let (at, seed) = (now(), Zeroizing::new(dice()));
        let expires = at.plus(lasts);
        let key = DeviceKey::from_seed(&seed).id();
        let body = draft::invite(
            &draft.ledger,
            self.device,
            at,
            circle::Invite { key, standing, role: role.clone(), expires, until },
        );
        let invite = draft.say(body)?.id();
        let told = if addresses { reach::worth_telling(&self.links.listening) } else { Vec::new() };
        // A ticket has little room: first all addresses, then fewer, then fewer parts for the joiner to read.
        let texts = (0..=told.len()).rev().flat_map(|keep| [(keep, true), (keep, false)]).find_map(|(keep, named)| {
            let addresses = told[..keep].to_vec();
            let parts = if named { parts.clone() } else { Vec::new() };
            let (inviter, role, key) = (self.device, role.clone(), seed.clone());
            circle::Ticket { plan, inviter, addresses, key, role, parts, expires }.encode().ok()
        });
        let ticket = texts.ok_or(Refused::TooLong)?;
        Ok((ask::Invited { ticket, expires, invite }, draft.statements))
    }

    fn history(&self, ask: ask::History) -> Result<Vec<ask::HistoryEntry>, Refused> {
        let ask::History { plan, doc } = ask;
        let ledger = self.ledger(plan)?;
        let docs = ledger.documents().map(|document| document.id).filter(|id| doc.is_none_or(|only| only == *id));
        let entries = docs.flat_map(|doc| self.sync.edits(plan, doc)).filter_map(|edit| {
            let (author, person) = ledger.author(edit.edit().doc(), edit.edit().chain())?;
            Some(ask::HistoryEntry { edit, device: author.device, person: Some(person) })
        });
        Ok(entries.collect())
    }

    fn verify(&self, plan: seal::PlanId, reply: Reply<ask::Verified>) {
        if self.sync.ledger(plan).is_none() {
            return reply.say(Err(Refused::NoSuchPlan));
        }
        if !self.keeper.has_room() {
            return reply.say(Err(Refused::Busy));
        }
        let (tell, files) = std::sync::mpsc::sync_channel(1);
        let told = move |found| {
            let _ = tell.send(found);
        };
        // With too much to do for the filer they are not looked at this time.
        let _ = self.filer.give(crate::filer::Job::Check(plan, Box::new(told)));
        self.keeper.give(keeper::Job::Read(Box::new(move |store| match store {
            Ok(store) => verify::verify(store, plan, files, reply),
            Err(refused) => reply.say(Err(refused)),
        })));
    }

    fn frontier(&self, ask: ask::Frontier) -> Result<ask::Frontiers, Refused> {
        let ask::Frontier { plan, doc } = ask;
        self.ledger(plan)?.document(doc).ok_or(Refused::NoSuchDocument)?;
        let counted = self.shown(plan, doc);
        let mut heads: BTreeSet<EditHash> = BTreeSet::new();
        for edit in &counted {
            for before in edit.edit().after() {
                heads.remove(before);
            }
            heads.insert(edit.edit().hash());
        }
        let frontier = self.sync.frontier(plan, doc);
        let chains = frontier.chains().flat_map(|(chain, ends)| ends.iter().map(move |end| (chain, end.seq, end.hash)));
        Ok(ask::Frontiers { chains: chains.collect(), heads: heads.into_iter().collect(), edits: counted.len() })
    }

    fn marks(&self, ask: ask::Marks) -> Result<Vec<(seal::DeviceId, bool)>, Refused> {
        let ask::Marks { plan, doc } = ask;
        let ledger = self.ledger(plan)?;
        ledger.document(doc).ok_or(Refused::NoSuchDocument)?;
        let having = self.sync.saved_with(plan, doc);
        let others = ledger.devices().map(|(device, _)| device).filter(|device| *device != self.device);
        let readers = others.filter(|device| ledger.may_read(doc, *device));
        Ok(readers.map(|device| (device, having.contains(&device))).collect())
    }

    fn settle(&mut self, ask: ask::Settled, reply: Reply<()>) {
        let ask::Settled { plan, longest } = ask;
        if self.sync.ledger(plan).is_none() {
            return reply.say(Err(Refused::NoSuchPlan));
        }
        if self.links.net.is_none() {
            return reply.say(Err(Refused::Offline));
        }
        if self.settling.len() >= limits::SETTLING {
            return reply.say(Err(Refused::Busy));
        }
        let longest = longest.min(Duration::from_secs(24 * 60 * 60));
        self.settling.push(Settling::new(plan, Instant::now() + longest, reply));
    }

    fn record(&self, ask: ask::Record, reply: Reply<()>) {
        let ask::Record { key, value } = ask;
        let (value_bytes, key_bytes) = limits::RECORD;
        if value.len() > value_bytes || key.len() > key_bytes {
            return reply.say(Err(Refused::TooLong));
        }
        let mut batch = store::Batch::new();
        batch.record(&format!("{RECORDS}/{key}"), value);
        self.keeper.keep(batch, Some(reply));
    }

    fn recall(&self, key: &str, reply: Reply<Option<Vec<u8>>>) {
        if !self.keeper.has_room() {
            return reply.say(Err(Refused::Busy));
        }
        let name = format!("{RECORDS}/{key}");
        self.keeper.give(keeper::Job::Read(Box::new(move |store| {
            reply.say(store.and_then(|store| store.record(&name).map_err(|_| Refused::NotSaved)));
        })));
    }
}
