//! What a window hears: news of the desk, what became of an errand, and what went wrong, each brought to the screen it is for.

use desk::{Answer, Ask, Change, Code};
use eframe::egui::Context;
use words::{say, text};

use super::{
    Room, Told,
    looked::{page_of, remember},
};
use crate::{
    asks::{Errand, Page, Place, Wish},
    clipboard, people, text as shared,
};

impl Room {
    pub(super) fn take_in(&mut self, ctx: &Context, change: Change) {
        match change {
            Change::Touched { plan, part, doc, touched, by } => {
                shared::touched(ctx, &self.desk, (plan, doc), &touched, &by);
                self.history.touch();
                let me = people::me(&self.desk, plan).map(|me| me.id);
                let Some(part) = page_of(part) else { return };
                for person in by.into_iter().filter(|person| Some(*person) != me) {
                    remember(self.recent.entry(plan).or_default(), person, part, desk::now());
                }
            }
            Change::Words { words, .. } => {
                self.told.push(Told::Words(words.join(" ")));
                self.home.words(words);
            }
            Change::Code { turn, what, .. } => {
                if let Code::Shown { code, .. } = &what {
                    self.told.push(Told::Code(code.clone()));
                }
                match self.errands.get(&turn) {
                    Some(Errand::Link) => self.mine.devices.hear(what),
                    Some(_) | None => self.people.invite.hear(what),
                }
            }
            Change::Answer { turn, answer } => {
                let errand = self.errands.remove(&turn);
                match (errand, answer) {
                    (Some(errand), Err(refused)) => self.failed(errand, say(refused.say())),
                    (None, Err(refused)) => self.notice = Some(say(refused.say())),
                    (errand, Ok(answer)) => self.answered(ctx, errand, answer),
                }
            }
            Change::Circle(_) => {
                self.history.touch();
                self.people.held.touch();
            }
            Change::Marks(_) | Change::Plans | Change::Opened { .. } => self.history.touch(),
            Change::Held(_) => self.people.held.touch(),
            Change::Ended { part: Some(part), .. } => {
                let part = plan::part(part).map_or_else(String::new, |part| words::label(part.label));
                self.notice = Some(words::say(words::Say::new("app-part-ended").with("part", part)));
            }
            // The plan's own page says that, for as long as it is looked at.
            Change::Ended { part: None, .. } => {}
            Change::Knock(_) | Change::Here(_) | Change::Links | Change::NotSaved(_) | Change::Files(_) => {}
            Change::VisitEnded { plan, forgotten } => {
                // What was lent does not stay behind there, either.
                clipboard::empty(ctx);
                if matches!(self.place, Place::Plan(of, _) | Place::Pages(of) if of == plan) {
                    self.carry_out(ctx, Wish::Go(Place::Home));
                }
                self.home.tell(text(if forgotten { "app-visit-over" } else { "app-visit-over-not-gone" }));
            }
            Change::Gone => self.notice = Some(text("app-gone")),
        }
    }

    fn answered(&mut self, ctx: &Context, errand: Option<Errand>, answer: Answer) {
        match answer {
            Answer::Started(plan) | Answer::Joined(plan) => {
                self.told.push(Told::Plan(plan));
                if errand == Some(Errand::Restore) {
                    self.returned = self.home.came_back(plan);
                    let _ = self.desk.act(Ask::SheetWritten { plan }, desk::now());
                }
                self.home.done();
                // Nobody needs a way back into a plan that is only for looking round, or into a demo's.
                if self.strip.is_none() && errand != Some(Errand::Look) {
                    self.paper.fetch(&self.desk, plan);
                }
                self.open_plans();
                self.carry_out(ctx, Wish::Go(Place::Plan(plan, Page::Front)));
            }
            Answer::Ticket(ticket) => {
                self.told.push(Told::Ticket(ticket.clone()));
                self.people.invite.made(ticket);
            }
            Answer::Confirmed(person) => {
                self.told.push(Told::LetIn);
                self.people.let_in(person);
                self.people.invite = crate::screens::invite::Invite::Closed;
            }
            Answer::Linked(_) => self.mine.devices.added(),
            Answer::Held(held) => {
                if let Some(Errand::Held(plan)) = errand {
                    self.people.held.counted(plan, held);
                }
            }
            Answer::HeldWords(words) => {
                if let Some(Errand::HeldWords(doc, person)) = errand {
                    self.people.held.read((doc, person), words);
                }
            }
            Answer::Kept(_) => self.people.held.kept(),
            Answer::Added { plan, list, item } => self.open_added(ctx, plan, list, item),
            Answer::Done | Answer::Voice(_) | Answer::Part(_) => match errand {
                Some(Errand::Confirm(person)) => self.people.let_in(person),
                Some(Errand::Circle) => {
                    self.told.push(Told::Done);
                    self.people.once.close();
                    self.mine.once.close();
                }
                Some(Errand::Sharing) => {
                    self.told.push(Told::Done);
                    self.sharing.done();
                }
                Some(Errand::Sheet(plan)) => {
                    self.mine.renewing = None;
                    self.paper.fetch(&self.desk, plan);
                }
                Some(Errand::HoldSheet(plan)) => {
                    self.mine.holding = None;
                    let _ = self.desk.act(desk::Ask::SheetWritten { plan }, desk::now());
                }
                Some(Errand::Open) => self.open_copy(),
                Some(_) | None => {}
            },
        }
    }

    pub(super) fn failed(&mut self, errand: Errand, sentence: String) {
        self.told.push(Told::Failed(sentence.clone()));
        match errand {
            Errand::Start | Errand::Look | Errand::Join => self.home.failed(sentence),
            Errand::Invite => self.people.invite.failed(sentence),
            Errand::Link => self.mine.devices.failed(sentence),
            Errand::Confirm(person) => self.people.refused(person, sentence),
            Errand::Circle if matches!(self.place, Place::Plan(_, Page::Mine)) => self.mine.once.failed(sentence),
            Errand::Circle => self.people.once.failed(sentence),
            Errand::Sharing => self.sharing.failed(sentence),
            Errand::Restore => self.home.not_back(sentence),
            Errand::Lost => {
                if let Some(returned) = &mut self.returned {
                    returned.failed(sentence);
                }
            }
            Errand::Sheet(_) => {
                if let Some(typed) = &mut self.mine.renewing {
                    typed.refused(sentence);
                }
            }
            Errand::HoldSheet(_) => {
                if let Some(typed) = &mut self.mine.holding {
                    typed.refused(sentence);
                }
            }
            Errand::Open => self.notice = Some(sentence),
            Errand::Held(_) => self.people.held.failed(None),
            Errand::HeldWords(..) | Errand::Keep => self.people.held.failed(Some(sentence)),
        }
    }
}
