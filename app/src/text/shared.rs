//! One field of shared text: I write in it while others do.
//!
//! What the field shows is what the document says at the end of each frame. egui keeps the caret and the selection, but
//! not the undo history: it replays whole texts and would erase others' words. What was typed becomes one splice; what
//! others wrote moves both ends of the selection by the document's own cursors.

use std::{sync::Arc, time::Duration};

use desk::{Ask, Desk};
use eframe::egui::{
    self, Context, CornerRadius, Event, Frame, Galley, Id, ImeEvent, Key, Margin, Modifiers, Response, Stroke,
    TextBuffer, TextEdit, Ui,
    text::{CCursor, CCursorRange, LayoutJob, TextFormat},
    text_edit::TextEditState,
};
use plan::{Cursor, Document, FieldPath};
use seal::{DocId, PersonId, PlanId};

use super::{
    carets::{self, Caret, Moved},
    marks::Marks,
    splice::Splice,
};
use crate::{
    asks::Asks,
    kit::{self, Face},
    people,
    theme::{self, Type},
};

/// The longest an input method may hold a field back, in seconds.
const COMPOSING: f64 = 10.0;

/// What to show: which text, and what it is called.
#[derive(Clone, Copy)]
pub struct SharedText<'a> {
    /// The plan.
    pub plan: PlanId,
    /// Which document, where the field alone does not say it: a part with several, and a field of the part itself.
    pub within: Option<DocId>,
    /// The text in it.
    pub field: FieldPath,
    /// Its name for people who hear the screen.
    pub label: &'a str,
    /// What may be written here, while it is empty.
    pub hint: &'a str,
    /// Lines it has room for when empty.
    pub rows: usize,
    /// How large its words are.
    pub size: Type,
}

/// What one field remembers from frame to frame.
#[derive(Clone, Default)]
struct Memory {
    /// The document's words as the field shows them.
    shown: String,
    /// While an input method composes: what is in the field, and since when.
    composing: Option<(String, f64)>,
    /// Both ends of my selection, held on to by the letters beside them.
    ends: Option<(Cursor, Cursor)>,
    /// What I last said about my caret.
    told: Option<(usize, usize)>,
    /// Who wrote what arrives next.
    writing: Option<Face>,
    /// How far below the beginning of the page it stood in the last frame, while it had the keyboard.
    place: Option<f32>,
    marks: Marks,
    moved: Moved,
    begun: bool,
}

/// The shared text that has the keyboard.
#[derive(Clone)]
struct Focus {
    id: Id,
    plan: PlanId,
    doc: DocId,
    field: FieldPath,
}

impl SharedText<'_> {
    /// Draws it; what I type goes into `asks`. Without the right to write it is read like any other words.
    pub fn show(self, ui: &mut Ui, desk: &Desk, asks: &mut Asks) -> Option<Response> {
        let part = self.field.part().code;
        let Some(doc) = desk.doc_for(self.plan, part, self.field.item(), self.within) else {
            if desk.would_begin(self.plan, part, self.within) {
                self.to_begin(ui, asks);
            }
            return None;
        };
        let document = desk.document_in(self.plan, doc)?;
        if desk.access_in(self.plan, doc) != circle::Access::Edit {
            self.read_only(ui, document);
            return None;
        }
        Some(self.editable(ui, desk, document, asks))
    }

    /// Draws the text of every document of a part that was begun more than once, one below the other: each keeps its own
    /// readers, so they are not made one. An empty one has nothing to show beside another.
    pub fn show_all(self, ui: &mut Ui, desk: &Desk, asks: &mut Asks) {
        let part = self.field.part().code;
        let all = desk.as_one(self.plan, part, self.field.item(), self.within);
        if all.documents().len() < 2 {
            self.show(ui, desk, asks);
            return;
        }
        let home = desk.doc_for(self.plan, part, self.field.item(), self.within);
        for document in all.texts(self.field) {
            let doc = document.doc();
            // The one that is written to without saying which has the name it has everywhere.
            let within = if home == Some(doc) { self.within } else { Some(doc) };
            SharedText { within, ..self }.show(ui, desk, asks);
        }
    }

    /// A text whose document is not there yet: whoever wants to write in it begins that, and finds the caret there.
    fn to_begin(self, ui: &mut Ui, asks: &mut Asks) {
        let hint = if self.hint.is_empty() { self.label } else { self.hint };
        if kit::empty_card(ui, hint).clicked() {
            ui.data_mut(|data| data.insert_temp(wanted_id(self.id()), true));
            let part = self.field.part();
            let begin = match self.within.filter(|_| part.is_voice()) {
                Some(doc) => Ask::OpenVoice { plan: self.plan, doc },
                None => Ask::OpenPart { plan: self.plan, part: part.code.to_owned(), called: None },
            };
            asks.push(begin);
        }
    }

    fn id(&self) -> Id {
        id_of(self.plan, self.within, self.field)
    }

    /// The same, in the document this text lies in.
    fn within(&self, ask: Ask) -> Ask {
        match self.within {
            Some(doc) => ask.within(doc),
            None => ask,
        }
    }

    fn read_only(&self, ui: &mut Ui, document: &Document) {
        let words = document.text(self.field);
        let said = if words.is_empty() {
            theme::soft(ui, self.size, words::text("common-nothing-written"))
        } else {
            theme::text(ui, self.size, words)
        };
        ui.label(said.line_height(Some(self.size.line_height())));
    }

    fn editable(&self, ui: &mut Ui, desk: &Desk, document: &Document, asks: &mut Asks) -> Response {
        let id = self.id();
        let now = ui.input(|input| input.time);
        let mut memory: Memory = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        let focused = ui.memory(|memory| memory.has_focus(id));
        self.catch_up(ui.ctx(), id, document, &mut memory);
        if focused {
            self.take_undo_keys(ui, asks);
        }
        let mut buffer = match &memory.composing {
            Some((draft, _)) => draft.clone(),
            None => memory.shown.clone(),
        };
        let before = TextEditState::load(ui.ctx(), id).and_then(|state| state.cursor.char_range());
        let before = before.map_or((0, 0), |range| (range.secondary.index.into(), range.primary.index.into()));
        let output = self.draw(ui, id, focused, &mut buffer);
        let response = output.response.response.clone();
        let selection = output.cursor_range.filter(|_| response.has_focus()).map(|range| {
            let CCursorRange { primary, secondary, .. } = range;
            (usize::from(secondary.index), usize::from(primary.index))
        });
        self.follow_composition(ui, &mut memory, &buffer, focused, now, asks);
        if memory.composing.is_none() {
            let caret = selection.map_or(0, |(_, head)| head);
            if let Some(typed) = Splice::over(&memory.shown, &buffer, caret, before) {
                memory.marks.carry(&typed);
                memory.shown = buffer;
                let Splice { at, delete, insert } = typed;
                asks.push(self.within(Ask::Splice { plan: self.plan, field: self.field, at, delete, insert }));
                asks.typed();
            }
            self.tell_caret(ui.ctx(), (id, document.doc()), &response, selection, &mut memory, asks);
        }
        memory.place = self.stay(ui, response.rect.top(), focused, memory.place);
        // Only here: a reader of the screen must never be sent to a field that is not drawn yet.
        if ui.data_mut(|data| data.remove_temp::<bool>(wanted_id(id))).is_some() {
            response.request_focus();
            let caret = output.state.cursor.char_range().map_or(output.galley.end(), |range| range.primary);
            let line = output.galley.pos_from_cursor(caret).translate(output.galley_pos.to_vec2());
            ui.scroll_to_rect(line.expand(48.0), None);
        }
        memory.marks.paint(ui, response.rect, &output.galley, output.galley_pos);
        let carets = self.others(desk);
        let length = output.galley.text().chars().count();
        carets::paint(ui, &carets, &mut memory.moved, &output.galley, output.galley_pos, length);
        ui.data_mut(|data| data.insert_temp(id, memory));
        response
    }

    /// Takes in what the document says that the field does not show yet.
    fn catch_up(&self, ctx: &Context, id: Id, document: &Document, memory: &mut Memory) {
        let mut state = TextEditState::load(ctx, id).unwrap_or_default();
        state.clear_undoer();
        let words = document.text(self.field);
        if memory.composing.is_none() && words != memory.shown {
            if let Some((anchor, head)) = &memory.ends {
                let place = |cursor| document.position(self.field, cursor);
                if let (Some(anchor), Some(head)) = (place(anchor), place(head)) {
                    let range = CCursorRange::two(CCursor::new(anchor), CCursor::new(head));
                    state.cursor.set_char_range(Some(range));
                }
            }
            if memory.begun
                && let Some(writer) = memory.writing.take()
                && let Some(change) = Splice::between(&memory.shown, &words, 0)
            {
                memory.marks.add(&change, Some(writer));
            }
            memory.shown = words;
        }
        memory.begun = true;
        state.store(ctx, id);
    }

    /// Undo is an edit of ours that reverses my last one, so these keys never reach egui's field.
    fn take_undo_keys(&self, ui: &mut Ui, asks: &mut Asks) {
        let redo = ui.input_mut(|input| {
            let shifted = input.consume_key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
            input.consume_key(Modifiers::COMMAND, Key::Y) || shifted
        });
        let undo = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Z));
        let part = || self.field.part().code.to_owned();
        if redo {
            asks.push(self.within(Ask::Redo { plan: self.plan, part: part() }));
        }
        if undo {
            asks.push(self.within(Ask::Undo { plan: self.plan, part: part() }));
        }
    }

    fn draw(&self, ui: &mut Ui, id: Id, focused: bool, buffer: &mut String) -> egui::text_edit::TextEditOutput {
        let palette = theme::of(ui.ctx());
        let (size, ink) = (self.size, palette.ink);
        let mut layouter = |ui: &Ui, text: &dyn TextBuffer, wrap: f32| lay_out(ui, text.as_str(), size, ink, wrap);
        let stroke = if focused {
            Stroke::new(palette.focus_width, palette.accent)
        } else {
            Stroke::new(palette.edge_width, palette.edge)
        };
        // A thicker outline must not move the words.
        let inside = 20.0 - stroke.width;
        let frame = Frame::new()
            .fill(palette.surface)
            .stroke(stroke)
            .corner_radius(CornerRadius::same(theme::CARD_RADIUS))
            .inner_margin(Margin::symmetric(inside as i8, (inside - 4.0) as i8));
        let hint = theme::soft(ui, Type::Body, self.hint);
        let output = TextEdit::multiline(buffer)
            .id(id)
            .hint_text(hint)
            .font(size.font())
            .text_color(ink)
            .frame(frame)
            .desired_rows(self.rows)
            .desired_width(f32::INFINITY)
            .layouter(&mut layouter)
            .show(ui);
        let label = self.label.to_owned();
        ui.ctx().accesskit_node_builder(id, |node| node.set_label(label));
        output
    }

    /// Rows that arrive above never move the text I write in: the page scrolls with them, before anybody sees it.
    fn stay(&self, ui: &Ui, top: f32, focused: bool, before: Option<f32>) -> Option<f32> {
        let begins: f32 = ui.data(|data| data.get_temp(page_id()))?;
        let place = top - begins;
        if let Some(before) = before.filter(|before| focused && (place - before).abs() > 0.5) {
            let up = egui::vec2(0.0, before - place);
            ui.scroll_with_delta_animation(up, egui::style::ScrollAnimation::none());
            ui.ctx().request_discard("the text with the keyboard stays where it is");
        }
        focused.then_some(place)
    }

    /// While an input method composes, its letters are in the field and nowhere else; after ten seconds they count.
    fn follow_composition(&self, ui: &Ui, memory: &mut Memory, buffer: &str, focused: bool, now: f64, asks: &mut Asks) {
        let began = memory.composing.as_ref().map(|(_, since)| *since);
        let heard = ui.input(|input| {
            input.events.iter().rev().find_map(|event| match event {
                Event::Ime(ImeEvent::Preedit { text, .. }) => Some(!text.is_empty()),
                Event::Ime(ImeEvent::Commit(_)) => Some(false),
                _ => None,
            })
        });
        let mut composing = focused && heard.unwrap_or(began.is_some());
        if composing && began.is_some_and(|since| now - since > COMPOSING) {
            ui.memory_mut(egui::Memory::interrupt_ime);
            composing = false;
        }
        let part = || self.field.part().code.to_owned();
        match (began, composing) {
            (None, true) => {
                memory.composing = Some((buffer.to_owned(), now));
                asks.push(self.within(Ask::Composing { plan: self.plan, part: part(), on: true }));
                ui.ctx().request_repaint_after(Duration::from_secs_f64(COMPOSING + 0.1));
            }
            (Some(since), true) => memory.composing = Some((buffer.to_owned(), since)),
            (Some(_), false) => {
                memory.composing = None;
                asks.push(self.within(Ask::Composing { plan: self.plan, part: part(), on: false }));
            }
            (None, false) => {}
        }
    }

    fn tell_caret(
        &self,
        ctx: &Context,
        (id, doc): (Id, DocId),
        response: &Response,
        selection: Option<(usize, usize)>,
        memory: &mut Memory,
        asks: &mut Asks,
    ) {
        if response.lost_focus() {
            asks.push(Ask::Blur);
            asks.push(people::looking_at(self.plan));
            memory.told = None;
            memory.ends = None;
            ctx.data_mut(|data| data.remove_temp::<Option<Focus>>(focus_id()));
            return;
        }
        let Some(selection) = selection else { return };
        if response.gained_focus() {
            memory.marks.clear();
        }
        if memory.told != Some(selection) {
            memory.told = Some(selection);
            let (anchor, head) = selection;
            asks.push(self.within(Ask::Caret { plan: self.plan, at: Some((self.field, anchor, head)) }));
        }
        let focus = Focus { id, plan: self.plan, doc, field: self.field };
        ctx.data_mut(|data| data.insert_temp(focus_id(), Some(focus)));
    }

    fn others(&self, desk: &Desk) -> Vec<Caret> {
        let here = desk.here(self.plan);
        let doc = desk.doc_for(self.plan, self.field.part().code, self.field.item(), self.within);
        let in_field = here.into_iter().filter_map(|presence| {
            let (field, anchor, head) = presence.at?;
            let face = people::face(desk, self.plan, presence.person)?;
            (field == self.field && Some(presence.doc) == doc).then_some(Caret {
                device: presence.device,
                face,
                anchor,
                head,
            })
        });
        in_field.collect()
    }
}

/// Words laid out with room between the lines.
fn lay_out(ui: &Ui, words: &str, size: Type, ink: egui::Color32, wrap: f32) -> Arc<Galley> {
    let format = TextFormat {
        line_height: Some(size.line_height()),
        valign: egui::Align::Center,
        ..TextFormat::simple(size.font(), ink)
    };
    let mut job = LayoutJob::simple_format(words.to_owned(), format);
    job.wrap.max_width = wrap;
    job.keep_trailing_whitespace = true;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Holds on to the selection by the letters beside it. To be called when all asks of a frame are done, so that the
/// document says what the field shows.
pub fn anchor(ctx: &Context, desk: &Desk) {
    let Some(Some(focus)) = ctx.data(|data| data.get_temp::<Option<Focus>>(focus_id())) else { return };
    let Focus { id, plan, doc, field } = focus;
    let Some(document) = desk.document_in(plan, doc) else { return };
    // As the field has it now: it moves with others' words also while the window is not in front.
    let Some(range) = TextEditState::load(ctx, id).and_then(|state| state.cursor.char_range()) else { return };
    let (anchor, head) = (usize::from(range.secondary.index), usize::from(range.primary.index));
    let mut memory: Memory = ctx.data(|data| data.get_temp(id)).unwrap_or_default();
    // What was asked for just now, taking words back for instance, may have changed them under the field: until it shows them
    // the ends hold on to the letters they had.
    if memory.composing.is_none() && document.text(field) == memory.shown {
        memory.ends = document.cursor(field, anchor).zip(document.cursor(field, head));
        ctx.data_mut(|data| data.insert_temp(id, memory));
    }
}

/// Where the page that is being drawn begins on screen, however far it is scrolled.
pub fn page_begins(ctx: &Context, y: f32) {
    ctx.data_mut(|data| data.insert_temp(page_id(), y));
}

/// Gives a text the keyboard, wherever it will be drawn.
pub fn focus(ctx: &Context, plan: PlanId, field: FieldPath) {
    ctx.data_mut(|data| data.insert_temp(wanted_id(id_of(plan, None, field)), true));
}

/// Whether a field is to have the keyboard as soon as it is drawn: asked once, by a field that is no shared text.
pub fn is_wanted(ctx: &Context, plan: PlanId, field: FieldPath) -> bool {
    ctx.data_mut(|data| data.remove_temp::<bool>(wanted_id(id_of(plan, None, field)))).is_some()
}

/// Puts the caret at a place in a text and gives it the keyboard, as a click would.
pub fn place_caret(ctx: &Context, plan: PlanId, field: FieldPath, at: usize) {
    let id = id_of(plan, None, field);
    let mut state = TextEditState::load(ctx, id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(at))));
    state.store(ctx, id);
    // The place is meant in the words as they are now, not in those the field showed when it was left.
    let mut memory: Memory = ctx.data(|data| data.get_temp(id)).unwrap_or_default();
    memory.ends = None;
    ctx.data_mut(|data| data.insert_temp(id, memory));
    focus(ctx, plan, field);
}

/// Somebody else's words came into these texts: the next frame marks where.
pub fn touched(ctx: &Context, desk: &Desk, (plan, doc): (PlanId, DocId), touched: &plan::Touched, by: &[PersonId]) {
    let me = people::me(desk, plan).map(|me| me.id);
    let Some(writer) = by.iter().find(|person| Some(**person) != me) else { return };
    let Some(writer) = people::face(desk, plan, *writer) else { return };
    let ids = |field: &FieldPath| {
        let only = desk.doc(plan, field.part().code) == Some(doc) || field.item().is_some();
        only.then(|| id_of(plan, None, *field)).into_iter().chain([id_of(plan, Some(doc), *field)])
    };
    for id in touched.texts.keys().flat_map(ids) {
        let known: Option<Memory> = ctx.data(|data| data.get_temp(id));
        if let Some(mut memory) = known {
            memory.writing = Some(writer.clone());
            ctx.data_mut(|data| data.insert_temp(id, memory));
        }
    }
}

/// A field's place on screen is no part of its name: it may move while somebody writes in it.
fn id_of(plan: PlanId, within: Option<DocId>, field: FieldPath) -> Id {
    // A record is in one document only.
    let within = within.filter(|_| field.item().is_none()).map(|doc| doc.to_string());
    Id::new(("shared text", plan.to_string(), within, field.to_string()))
}

/// Whether this text is to be brought into view.
fn wanted_id(id: Id) -> Id {
    id.with("wanted in view")
}

fn page_id() -> Id {
    Id::new("where the page begins")
}

fn focus_id() -> Id {
    Id::new("shared text with the keyboard")
}
