//! Each wish, and what is done about it.
//!
//! Every [`Ask`] stands here once, so that a new one is noticed here and nowhere else.

use circle::Introduction;
use node::ask;
use plan::Document;
use seal::{DocId, Time};

use crate::{
    ask::{Ask, Done},
    begin::Place,
    change::Answer,
    desk::{Caret, Desk, NAME, SHEET},
    errand::{self, Coming, Step},
    founding::Content,
    limits::TELL_EVERY,
    open::notes_of,
    refused::Refused,
};

impl Desk {
    /// Carries out one wish. Never waits: what takes longer answers later with [`Change::Answer`].
    ///
    /// [`Change::Answer`]: crate::Change::Answer
    pub fn act(&mut self, ask: Ask, now: Time) -> Result<Done, Refused> {
        let (within, ask) = match ask {
            Ask::In { doc, ask } => (Some(doc), *ask),
            ask => (None, ask),
        };
        let within = within.or_else(|| self.said_about(&ask));
        match self.place(&ask, within)? {
            Place::Here(doc) => match ask {
                Ask::Set { plan, field, fill } if self.is_several(plan, field, within) => {
                    self.fill_together(plan, within, field, &fill, now)
                }
                Ask::Undo { plan, part } if within.is_none() => {
                    let docs = self.undoes(plan, &part);
                    self.retrace_all(plan, &docs, now, Document::undo)
                }
                Ask::Redo { plan, part } if within.is_none() => {
                    let docs = self.redoes(plan, &part);
                    self.retrace_all(plan, &docs, now, Document::redo)
                }
                ask => self.act_in(Some(doc), ask, now),
            },
            // Of a part's documents an offer is about the one that was found.
            Place::Later(what) if matches!(ask, Ask::Offer { .. }) => self.write_later(what, ask, what.about),
            Place::Later(what) => self.write_later(what, ask, within),
            Place::Soon(what) => Ok(self.begin(Step::Queued { what, ask: Box::new(ask), within })),
            Place::Nowhere => self.act_in(within, ask, now),
        }
    }

    /// The same, where it is known in which document it is to be done.
    pub(crate) fn act_in(&mut self, within: Option<DocId>, ask: Ask, now: Time) -> Result<Done, Refused> {
        let doc = || within.ok_or(Refused::NoSuchPart);
        match ask {
            Ask::Splice { plan, field, at, delete, insert } => self.write(plan, doc()?, |part| {
                // Only typing leaves the burst open.
                part.writable()?.splice(field, at, delete, &insert)?;
                part.typed(now);
                Ok(Done::Here)
            }),
            Ask::Set { plan, field, fill } => self.fill((plan, doc()?), field, fill, now),
            Ask::Add { plan, list, fills } => self.add((plan, doc()?), list, fills, now),
            Ask::Remove { plan, item, .. } => self.step((plan, doc()?), now, |document| document.remove(item)),
            Ask::Restore { plan, item, .. } => self.step((plan, doc()?), now, |document| document.restore(item)),
            Ask::Place { plan, item, behind, .. } => self.place_together(plan, doc()?, (item, behind), now),
            Ask::Undo { plan, .. } => self.retrace((plan, doc()?), now, Document::undo),
            Ask::Redo { plan, .. } => self.retrace((plan, doc()?), now, Document::redo),
            Ask::Offer { plan, wanted, why } => self.offer((plan, doc()?), wanted, &why, now),
            Ask::AnswerOffer { plan, part, offer, reply, words } => {
                self.answer_offer((plan, &part, within), (&offer, reply), &words, now)
            }
            Ask::Blur => {
                self.close_all(now);
                Ok(Done::Here)
            }
            Ask::Composing { plan, part, on } => {
                let doc = self.doc_for(plan, &part, None, within).ok_or(Refused::NoSuchPart)?;
                self.open_mut(plan, doc)?.composing = on.then_some(now);
                Ok(Done::Here)
            }
            Ask::Caret { plan, at } => {
                let place = at.and_then(|(field, anchor, head)| {
                    Some((self.doc_for(plan, field.part().code, field.item(), within)?, field, anchor, head))
                });
                // Nobody is told of notes, not even that there are any.
                let at = place.filter(|(doc, ..)| *doc != notes_of(plan));
                let since = self.told.take().map_or(now.plus(-TELL_EVERY), |(at, _)| at);
                self.told = Some((since, Caret { plan, at }));
                self.tick(now);
                Ok(Done::Here)
            }
            Ask::Open { plan } => {
                self.shelves.get_mut(&plan).ok_or(Refused::NoSuchPlan)?.wanted = true;
                self.open_wanted(plan)?;
                Ok(Done::Here)
            }
            Ask::Name { name } => {
                self.name = self.clean_name(&name)?;
                let pending = self.node.ask(ask::Record { key: NAME.into(), value: self.name.clone().into_bytes() });
                Ok(self.begin(Step::Acting { done: pending }))
            }
            Ask::SheetWritten { plan } => {
                self.sheets.insert(plan);
                let key = format!("{SHEET}/{plan}");
                self.quiet.push(self.node.ask(ask::Record { key, value: seal::encode(&now) }));
                Ok(Done::Here)
            }
            Ask::StartPlan { title, about, kind } => {
                let title = self.clean_name(&title)?;
                let about = about.map(|name| self.clean_name(&name)).transpose()?;
                self.found(Content::Empty { title, about, kind })
            }
            Ask::Sample { sample } => self.start_sample(&sample),
            Ask::Invite { plan, role, parts, until } => {
                self.known(plan)?;
                let step = errand::invite(&self.node, plan, role, parts, until)?;
                Ok(self.begin(step))
            }
            Ask::InviteByCode { plan, role, parts, until } => {
                self.known(plan)?;
                Ok(self.show_code(Coming { plan, role: Some(role) }, parts.as_deref(), until))
            }
            Ask::LinkByCode { plan } => {
                self.known(plan)?;
                Ok(self.show_code(Coming { plan, role: None }, None, None))
            }
            Ask::HideCode => {
                self.errands.retain(|errand| !matches!(errand.step, Step::Showing { .. } | Step::Coming(_)));
                self.quiet.push(self.node.ask(ask::HideCode));
                Ok(Done::Here)
            }
            Ask::Join { ticket, relationship, device } => self.join(ticket, &relationship, &device),
            Ask::Confirm { plan, person, words } => self.confirm(plan, person, words),
            Ask::Decline { plan, person } => self.decide(ask::Decline { plan, person }, done, now),
            Ask::SetStanding { plan, person, standing } => {
                self.decide(ask::SetStanding { plan, person, standing }, done, now)
            }
            Ask::RemovePerson { plan, person, since } => {
                self.decide(ask::RemovePerson { plan, person, since }, done, now)
            }
            Ask::RemoveDevice { plan, device, and_linked } => {
                self.decide(ask::RemoveDevice { plan, device, and_linked }, done, now)
            }
            Ask::Leave { plan } => self.decide(ask::Leave { plan }, done, now),
            Ask::HandOver { plan, to } => self.decide(ask::HandOver { plan, to }, done, now),
            Ask::Share { plan, who, with } => self.decide(ask::Share { plan, who, with }, done, now),
            Ask::Unshare { plan, doc, who, why } => self.decide(ask::Unshare { plan, doc, who, why }, done, now),
            Ask::Refuse { plan, doc, who, why, basis } => {
                self.decide(ask::Refuse { plan, doc, who, why, basis }, done, now)
            }
            Ask::Bar { plan, doc, edit, why } => self.decide(ask::Bar { plan, doc, edit, why }, done, now),
            Ask::Held { plan } => self.decide(ask::Held { plan }, Answer::Held, now),
            Ask::HeldWords { plan, doc, person } => self.held_words(plan, doc, person, now),
            Ask::KeepHeld { plan, doc, person } => self.decide(ask::KeepHeld { plan, doc, person }, Answer::Kept, now),
            Ask::OpenVoice { plan, doc } => self.open_voice(plan, doc),
            Ask::OpenPart { plan, part, called } => self.open_part(plan, &part, called),
            // One place is enough.
            Ask::In { .. } => Err(Refused::NoSuchPart),
            Ask::ComeBack { words, device_name, called, at, longest } => {
                let name = if self.name.is_empty() { plan::clean(&called) } else { self.name.clone() };
                let called = Introduction { name, relationship: String::new(), organisation: String::new() };
                let device_name = self.clean_name(&device_name)?;
                let restore = ask::Restore { words, device_name, called, at, longest };
                self.decide(restore, |restored| Answer::Joined(restored.plan), now)
            }
            Ask::RemoveLost { plan, device, and_linked, words } => {
                self.decide(ask::RemoveByWords { plan, device, and_linked, words }, done, now)
            }
            Ask::HoldSheet { plan, words } => self.decide(ask::HoldSheet { plan, words }, done, now),
            Ask::NewSheet { plan, old } => self.decide(ask::NewSheet { plan, old }, done, now),
            Ask::Attach { plan, field, source } => self.attach(plan, field, source, within),
            Ask::Detach { plan, field, file } => self.detach((plan, field), file, within, now),
            Ask::SaveFile { plan, file, to } => self.decide(ask::SaveFile { plan, file, to }, done, now),
            Ask::FetchFile { plan, file } => {
                self.quiet.push(self.node.ask(ask::FetchFile { plan, file }));
                Ok(Done::Here)
            }
            Ask::FetchWhich(which) => self.decide(ask::FetchWhich(which), done, now),
            Ask::See { plan, file, side } => {
                self.see(plan, file, side);
                Ok(Done::Here)
            }
            Ask::GoOnline => {
                let done = self.node.ask(ask::Online);
                Ok(self.begin(Step::Acting { done }))
            }
            Ask::GoOffline => {
                let done = self.node.ask(ask::Offline);
                Ok(self.begin(Step::Acting { done }))
            }
        }
    }
}

/// For what is simply done.
fn done<T>(_: T) -> Answer {
    Answer::Done
}
