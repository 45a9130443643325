//! Somebody who writes in a window of the demo: letter by letter, through the same wishes as the keyboard.

use std::time::Duration;

use cli::{Act, Spot, Writing};
use desk::{Ask, Fill};
use eframe::egui::{Context, ViewportCommand};
use plan::{Cursor, FieldPath, ListPath, Someone, Value};
use seal::Time;

use super::Part;
use crate::{
    asks::{Page, Place, Wish},
    people,
    room::Room,
    screens::pages,
};

/// Milliseconds between two letters: a quick writer, whom one can follow.
const LETTER: i64 = 70;
/// The script begins when all are connected, or after so many milliseconds.
const PATIENCE: i64 = 20_000;

/// One player and how far the script is.
#[derive(Debug)]
pub struct Player {
    part: Part,
    opened: Option<Time>,
    begun: Option<Time>,
    next: usize,
    typing: Option<Typing>,
    stopped: bool,
}

/// Words on their way into a text.
#[derive(Debug)]
struct Typing {
    field: FieldPath,
    rest: Vec<char>,
    place: Option<Cursor>,
    due: Time,
}

impl Player {
    /// A player who has not begun.
    pub fn new(part: &Part) -> Player {
        Player { part: part.clone(), opened: None, begun: None, next: 0, typing: None, stopped: false }
    }

    /// Plays what is due. Typing at this window ends the script for good.
    pub fn play(&mut self, ctx: &Context, room: &mut Room) {
        let now = desk::now();
        if self.opened.is_none() && room.desk().document(self.part.plan, "about-me").is_some() {
            self.opened = Some(now);
            room.carry_out(ctx, Wish::Go(Place::Plan(self.part.plan, Page::Part("about-me"))));
        }
        let Some(opened) = self.opened else { return };
        self.close_when_over(ctx, opened, now);
        if room.has_typed() {
            self.stopped = true;
            self.typing = None;
        }
        // The first window is for whoever watches.
        if self.stopped || self.part.who == 0 {
            return;
        }
        ctx.request_repaint_after(Duration::from_millis(LETTER as u64));
        let begun = match self.begun {
            Some(begun) => begun,
            None => {
                let marks = room.desk().marks(self.part.plan);
                let all = marks.with.len() + 1 >= cli::people().len() && marks.with.iter().all(|with| with.online);
                if !all && now < opened.plus(PATIENCE) {
                    return;
                }
                *self.begun.insert(now)
            }
        };
        if self.typing.is_some() {
            return self.type_on(ctx, room, now);
        }
        let Some(writing) = cli::script().get(self.next) else { return };
        if writing.who != self.part.who {
            self.next += 1;
            return;
        }
        if now >= begun.plus(i64::from(writing.second) * 1_000) {
            self.next += 1;
            self.begin(ctx, room, writing, now);
        }
    }

    fn close_when_over(&self, ctx: &Context, opened: Time, now: Time) {
        let Some(seconds) = self.part.lasts else { return };
        let end = opened.plus(i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1_000));
        if now >= end {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        } else {
            let left = u64::try_from(end.0 - now.0).unwrap_or(0);
            ctx.request_repaint_after(Duration::from_millis(left));
        }
    }

    fn begin(&mut self, ctx: &Context, room: &mut Room, writing: &Writing, now: Time) {
        let plan = self.part.plan;
        match writing.act {
            Act::Append { spot, words } => self.take_pen(ctx, room, spot, words, false, now),
            Act::Prepend { spot, words } => self.take_pen(ctx, room, spot, words, true, now),
            Act::Set { spot, value } => {
                let Some(field) = spot.find(room.desk(), plan) else { return };
                room.show(ctx, plan, field);
                let Some(kind) = room.desk().kind(plan, field) else { return };
                let fill = match Value::parse(kind, value) {
                    Ok(Some(value)) => Fill::Value(value),
                    Ok(None) | Err(_) => return,
                };
                room.carry_out(ctx, Wish::Do(Ask::Set { plan, field, fill }));
            }
            Act::Add { part, values } => {
                let Some(described) = plan::part(part) else { return };
                let Ok(list) = ListPath::new(described, None, part) else { return };
                let fills = values.iter().filter_map(|(code, value)| {
                    let field = list.describe().field(code)?;
                    let fill = if field.kind.is_text() {
                        Fill::Text((*value).to_owned())
                    } else {
                        Fill::Value(self.known(room, Value::parse(field.kind, value).ok()??))
                    };
                    Some(((*code).to_owned(), fill))
                });
                let fills = fills.collect();
                room.carry_out(ctx, Wish::Go(Place::Plan(plan, page(part))));
                room.carry_out(ctx, Wish::Do(Ask::Add { plan, list, fills }));
            }
        }
    }

    /// People of the circle are named by who they are, as choosing them on screen does.
    fn known(&self, room: &Room, value: Value) -> Value {
        let Value::People(named) = value else { return value };
        let members = people::in_order(room.desk(), self.part.plan);
        let known = |someone: Someone| match &someone {
            Someone::Named(name) => {
                let member = members.iter().find(|member| member.name == *name);
                member.map_or(someone, |member| Someone::Member(member.id))
            }
            Someone::Member(_) => someone,
        };
        Value::People(named.into_iter().map(known).collect())
    }

    fn take_pen(&mut self, ctx: &Context, room: &mut Room, spot: Spot, words: &str, front: bool, now: Time) {
        let plan = self.part.plan;
        let Some(field) = spot.find(room.desk(), plan) else { return };
        room.show(ctx, plan, field);
        let Some(document) = room.desk().document(plan, spot.part) else { return };
        let at = if front { 0 } else { document.text_len(field) };
        let place = document.cursor(field, at);
        self.typing = Some(Typing { field, rest: words.chars().rev().collect(), place, due: now.plus(600) });
        crate::text::place_caret(ctx, plan, field, at);
    }

    fn type_on(&mut self, ctx: &Context, room: &mut Room, now: Time) {
        let plan = self.part.plan;
        let Some(typing) = &mut self.typing else { return };
        if now < typing.due {
            return;
        }
        typing.due = now.plus(LETTER);
        let Some(letter) = typing.rest.pop() else {
            self.typing = None;
            return room.carry_out(ctx, Wish::Do(Ask::Blur));
        };
        let field = typing.field;
        let part = field.part().code;
        let at = |room: &Room, place: &Option<Cursor>| {
            let document = room.desk().document(plan, part)?;
            document.position(field, place.as_ref()?)
        };
        // Others' words may have moved the place meanwhile; it stays with its letters.
        let Some(here) = at(room, &typing.place) else {
            self.typing = None;
            return;
        };
        room.carry_out(ctx, Wish::Do(Ask::Splice { plan, field, at: here, delete: 0, insert: letter.to_string() }));
        typing.place = room.desk().document(plan, part).and_then(|document| document.cursor(field, here + 1));
        crate::text::place_caret(ctx, plan, field, here + 1);
        // A window that is not in front tells nothing of its caret by itself.
        room.carry_out(ctx, Wish::Do(Ask::Caret { plan, at: Some((field, here + 1, here + 1)) }));
    }
}

/// The page a part is on.
pub fn page(part: &str) -> Page {
    pages::of(part).map_or(Page::Front, |row| Page::Part(row.part))
}
