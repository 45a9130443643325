//! Everything between the desk and the screens of one window: it hears the news, shows a screen, carries out what it asked.

use std::{collections::BTreeMap, time::Duration};

use desk::{Ask, Desk, Done, Turn};
use eframe::egui::{self, Context, Frame, Ui};
use seal::PlanId;
use words::{say, text};

use self::{choosing::Choosing, idle::Idle};
use crate::{
    asks::{Asks, Errand, Page, Place, Reading, Wish},
    clipboard,
    desktop::Desktop,
    link::Link,
    people,
    screens::{
        back::Returned,
        custody::Custody,
        day::Day,
        easy::Easy,
        fields,
        find::Find,
        front::{Front, Recent},
        history::History,
        home::Home,
        links,
        mine::Mine,
        pages::Pages,
        parts::Parts,
        people::People,
        settings as settings_page,
        sharing::Sharing,
        sheet::Paper,
    },
    settings::{Settings, Wanted},
    text as shared,
    theme::{self, Look},
};

mod choosing;
mod hearing;
mod idle;
mod keys;
mod layout;
mod left_empty;
mod looked;
mod printing;
mod turning;

/// One window's desk, screens and memory of where the person is.
pub struct Room {
    desk: Desk,
    place: Place,
    back: Place,
    home: Home,
    front: Front,
    day: Day,
    find: Find,
    printed: Option<printing::Printed>,
    easy: Easy,
    reading: Reading,
    pages: Pages,
    parts: Parts,
    people: People,
    sharing: Sharing,
    mine: Mine,
    paper: Paper,
    returned: Option<Returned>,
    choosing: Choosing,
    custody: Custody,
    idle: Idle,
    history: History,
    settings: Settings,
    desktop: Desktop,
    worn: Option<Look>,
    zoomed: Option<u16>,
    errands: BTreeMap<Turn, Errand>,
    recent: BTreeMap<PlanId, Vec<Recent>>,
    looked: looked::AllLooked,
    opened: Vec<PlanId>,
    notice: Option<String>,
    /// Where somebody wants to go from here, once they have said yes.
    leading: Option<Link>,
    strip: Option<String>,
    begins: Option<Page>,
    told: Vec<Told>,
    left_empty: left_empty::LeftEmpty,
    typed: bool,
    /// Whether something had the keyboard at the end of the last frame: Escape takes it away first.
    held: bool,
}

/// What happened here that somebody outside the window may wait for (the demo).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// A plan is here now.
    Plan(PlanId),
    /// A ticket was made.
    Ticket(String),
    /// A short code is shown.
    Code(String),
    /// The words to read out while knocking.
    Words(String),
    /// Somebody was let in.
    LetIn,
    /// Something about the circle or about sharing is signed and kept.
    Done,
    /// An errand failed, in a sentence.
    Failed(String),
}

impl Room {
    /// A window's room around an open desk.
    pub fn new(desk: Desk, settings: Settings, desktop: Desktop, strip: Option<String>) -> Room {
        Room {
            desk,
            place: Place::Home,
            back: Place::Home,
            home: Home::default(),
            front: Front::default(),
            day: Day::default(),
            find: Find::default(),
            printed: None,
            easy: Easy::default(),
            reading: Reading::default(),
            pages: Pages::default(),
            parts: Parts::default(),
            people: People::default(),
            sharing: Sharing::default(),
            mine: Mine::default(),
            paper: Paper::default(),
            returned: None,
            choosing: Choosing::default(),
            custody: Custody::default(),
            idle: Idle::default(),
            history: History::default(),
            settings,
            desktop,
            worn: None,
            zoomed: None,
            errands: BTreeMap::new(),
            recent: BTreeMap::new(),
            looked: BTreeMap::new(),
            opened: Vec::new(),
            notice: None,
            leading: None,
            strip,
            begins: None,
            told: Vec::new(),
            left_empty: left_empty::LeftEmpty::default(),
            typed: false,
            held: false,
        }
    }

    /// Begins at this page as soon as the one plan of this device is open.
    pub fn begin_at(&mut self, page: Page) {
        self.begins = Some(page);
    }

    /// The desk, for reading.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// What happened since the last call.
    pub fn told(&mut self) -> Vec<Told> {
        std::mem::take(&mut self.told)
    }

    /// Whether the person at this window typed since the last call.
    pub fn has_typed(&mut self) -> bool {
        std::mem::take(&mut self.typed)
    }

    /// Takes in the news and sees to the clock. Runs also while the window is hidden; draws nothing and never waits.
    pub fn hear(&mut self, ctx: &Context) {
        let now = desk::now();
        let changes = self.desk.hear(now);
        let has_news = !changes.is_empty();
        for change in changes {
            self.take_in(ctx, change);
        }
        if has_news {
            self.put_back_what_has_words();
            ctx.request_repaint();
        }
        self.open_plans();
        self.hear_news();
        self.begin(ctx);
        self.take_chosen(ctx);
        self.show_printed(ctx);
        self.paper.hear();
        clipboard::tend(ctx, self.opens_doors());
        self.custody.hear(&self.desk);
        if self.custody.is_waiting() {
            ctx.request_repaint_after(Duration::from_millis(50));
        }
        // Without a passphrase there is nothing to lock.
        self.idle.watch(ctx, if self.custody.has_passphrase() { self.settings.lock_after } else { 0 });
        if let Place::Plan(plan, Page::History) = self.place {
            self.history.hear(&self.desk, plan);
            if self.history.is_waiting() {
                ctx.request_repaint_after(Duration::from_millis(50));
            }
        }
        if let Some(wake) = self.desk.next_wake(now) {
            let wait = u64::try_from(wake.0.saturating_sub(now.0)).unwrap_or(0);
            ctx.request_repaint_after(Duration::from_millis(wait + 1));
        }
        self.dress(ctx);
    }

    /// Whether a ticket, a code or the words of a sheet may be on the screen.
    fn opens_doors(&self) -> bool {
        match self.place {
            Place::Home | Place::Plan(_, Page::People | Page::Mine) => true,
            Place::Plan(plan, _) => self.paper.is_open(plan) || self.returned.is_some(),
            Place::Day | Place::Settings | Place::Find | Place::Pages(_) => false,
        }
    }

    /// Whether the home is to be locked now.
    pub(crate) fn wants_to_lock(&self) -> bool {
        self.idle.wants_to_lock()
    }

    /// Everything on the screen is forgotten; the desk is left to be closed.
    pub(crate) fn leave(mut self) -> Desk {
        self.take_away_all_left_empty();
        self.keep_all_looked();
        self.desk
    }

    /// Draws the window and carries out what was asked.
    pub fn ui(&mut self, ui: &mut Ui) {
        let mut asks = Asks::default();
        self.huge_pastes(ui);
        self.zoom_keys(ui, &mut asks);
        self.other_keys(ui, &mut asks);
        if let Some(strip) = &self.strip {
            layout::strip(ui, strip);
        }
        let card = match self.place {
            Place::Plan(plan, _) | Place::Pages(plan) => self.desk.plans().into_iter().find(|card| card.id == plan),
            Place::Home | Place::Settings | Place::Day | Place::Find => None,
        };
        match (self.place, card) {
            (Place::Plan(plan, _), Some(_)) if self.paper.is_open(plan) => {
                self.page(ui, theme::COLUMN, |room, ui, asks| room.paper.ui(ui, &room.desk, asks), &mut asks);
            }
            (Place::Plan(plan, _), Some(_)) if self.returned.as_ref().is_some_and(|back| back.plan == plan) => {
                self.page(ui, theme::COLUMN, Room::ask_what_is_lost, &mut asks);
            }
            (Place::Plan(_, page), Some(card)) => self.plan(ui, &card, page, &mut asks),
            (Place::Pages(_), Some(card)) => self.pages(ui, &card, &mut asks),
            (Place::Day, _) => {
                let back = self.back;
                let draw = |room: &mut Room, ui: &mut Ui, asks: &mut Asks| room.day.ui(ui, &room.desk, back, asks);
                self.page(ui, theme::COLUMN, draw, &mut asks);
            }
            (Place::Settings, _) => {
                let (settings, back) = (self.settings, self.back);
                let draw = |room: &mut Room, ui: &mut Ui, asks: &mut Asks| {
                    settings_page::ui(ui, &room.desk, &settings, &mut room.custody, back, asks);
                };
                self.page(ui, theme::COLUMN, draw, &mut asks);
            }
            (Place::Find, _) => {
                let back = self.back;
                let draw = |room: &mut Room, ui: &mut Ui, asks: &mut Asks| room.find.ui(ui, &room.desk, back, asks);
                self.page(ui, theme::COLUMN, draw, &mut asks);
            }
            (Place::Home | Place::Plan(..) | Place::Pages(_), _) => {
                let frame = Frame::new().fill(theme::of(ui.ctx()).paper);
                egui::CentralPanel::default().frame(frame).show(ui, |ui| self.home.ui(ui, &self.desk, &mut asks));
            }
        }
        self.ways_out(ui.ctx());
        self.typed |= asks.has_typed();
        self.held = ui.memory(|memory| memory.focused().is_some());
        let ctx = ui.ctx().clone();
        for wish in asks.take() {
            self.carry_out(&ctx, wish);
        }
        self.left_behind(&ctx);
        self.take_away_left_empty(&ctx);
        shared::anchor(&ctx, &self.desk);
    }

    /// Nothing outside is opened before somebody has seen where it leads and said yes.
    fn ways_out(&mut self, ctx: &Context) {
        let asked = self.leading.is_some();
        if let Some(pressed) = links::pressed(ctx) {
            self.leading = Some(pressed);
        }
        let Some(link) = &self.leading else { return };
        match links::ask(ctx, link, !asked) {
            links::Said::Nothing => return,
            links::Said::Yes if !self.desktop.go(link) => self.notice = Some(text("links-nobody")),
            links::Said::Yes | links::Said::No => {}
        }
        self.leading = None;
    }

    /// What was typed in a field that went away under it is kept, or said to wait there.
    fn left_behind(&mut self, ctx: &Context) {
        match fields::left_behind(ctx) {
            Some(fields::Left::Meant(wishes)) => {
                for wish in wishes {
                    // A record that is gone takes nothing more, and nobody waits to be told so.
                    if let Wish::Do(ask) = wish {
                        let _ = self.desk.act(ask, desk::now());
                    }
                }
            }
            Some(fields::Left::Unread { typed, why }) => {
                let typed: String = typed.chars().take(60).collect();
                self.notice =
                    Some(say(words::Say::new("app-field-not-kept").with("typed", typed).with("why", words::text(why))));
            }
            None => return,
        }
        ctx.request_repaint();
    }

    /// Does what a screen asked for, or what somebody asks in its place.
    pub fn carry_out(&mut self, ctx: &Context, wish: Wish) {
        match wish {
            Wish::Do(ask) => self.do_now(ctx, ask),
            Wish::Send(errand, ask) => match self.desk.act(ask, desk::now()) {
                Ok(Done::Later(turn)) => {
                    self.errands.insert(turn, errand);
                }
                Ok(Done::Here | Done::Added(_)) => {}
                Err(refused) => self.failed(errand, say(refused.say())),
            },
            Wish::Go(place) => {
                let _ = self.desk.act(Ask::Blur, desk::now());
                if place != self.place {
                    self.leave_page();
                }
                if place == Place::Find {
                    self.find.arrive();
                }
                if !matches!(self.place, Place::Settings | Place::Day | Place::Find | Place::Pages(_)) {
                    self.back = self.place;
                }
                let here = match (self.place, place) {
                    (_, Place::Plan(plan, _)) => Some(people::looking_at(plan)),
                    (Place::Plan(plan, _), _) => Some(Ask::Caret { plan, at: None }),
                    (Place::Home | Place::Settings | Place::Day | Place::Find | Place::Pages(_), _) => None,
                };
                if let Some(here) = here {
                    let _ = self.desk.act(here, desk::now());
                }
                self.place = place;
                self.notice = None;
            }
            Wish::Area(plan, part, area) => {
                if let Some(page) = self.pages.of(part) {
                    page.look_at(plan, area);
                }
                self.carry_out(ctx, Wish::Go(Place::Plan(plan, Page::Part(part))));
            }
            Wish::Show(spot) => self.show_spot(ctx, spot),
            Wish::Settle(choice) => self.settings.settle(choice, &self.desk),
            Wish::Choose(form, ask) => self.choose(ctx, form, ask),
            Wish::Open(ask, path) => self.copy_to_open(ctx, ask, path),
            Wish::Read(reading) => self.reading = reading,
            Wish::Print(plan, part) => self.print(plan, part),
            Wish::Copy(words) => ctx.copy_text(words),
            Wish::Lock if self.custody.has_passphrase() => self.idle.lock(),
            Wish::Lock => {}
        }
        ctx.request_repaint();
    }

    /// For the end of the program.
    pub fn close(&mut self) {
        self.take_away_all_left_empty();
        save(&mut self.desk);
        self.keep_all_looked();
    }

    fn do_now(&mut self, ctx: &Context, ask: Ask) {
        let bare = match &ask {
            Ask::In { ask, .. } => ask,
            ask => ask,
        };
        let added_to = match bare {
            Ask::Add { plan, list, .. } => Some((*plan, *list)),
            _ => None,
        };
        match (self.desk.act(ask, desk::now()), added_to) {
            (Ok(Done::Added(item)), Some((plan, list))) => self.open_added(ctx, plan, list, item),
            (Ok(_), _) => {}
            (Err(refused), _) => self.notice = Some(say(refused.say())),
        }
    }

    fn ask_what_is_lost(&mut self, ui: &mut Ui, asks: &mut Asks) {
        let Some(returned) = &mut self.returned else { return };
        if returned.ui(ui, &self.desk, asks) {
            self.returned = None;
        }
    }

    /// Every plan of this device is opened, so that the list can say their titles.
    fn open_plans(&mut self) {
        for plan in self.desk.plans() {
            if !self.opened.contains(&plan.id) && self.desk.act(Ask::Open { plan: plan.id }, desk::now()).is_ok() {
                self.opened.push(plan.id);
            }
        }
    }

    fn begin(&mut self, ctx: &Context) {
        if let ([plan], Some(page)) = (&self.desk.plans()[..], self.begins)
            && self.desk.is_ready()
        {
            self.begins = None;
            self.carry_out(ctx, Wish::Go(Place::Plan(plan.id, page)));
        }
    }

    fn dress(&mut self, ctx: &Context) {
        let look = match self.settings.look {
            Wanted::Desktop => self.desktop.look(),
            Wanted::Always(look) => look,
        };
        if self.worn != Some(look) {
            theme::wear(ctx, look);
            self.worn = Some(look);
        }
        if self.zoomed != Some(self.settings.zoom) {
            ctx.options_mut(|options| options.zoom_with_keyboard = false);
            ctx.set_zoom_factor(f32::from(self.settings.zoom) / 100.0);
            self.zoomed = Some(self.settings.zoom);
        }
    }
}

/// The last burst becomes an edit and reaches the disk. Waits two seconds at most.
pub(crate) fn save(desk: &mut Desk) {
    let _ = desk.act(Ask::Blur, desk::now());
    for _ in 0..100 {
        desk.hear(desk::now());
        if desk.is_saved() {
            return;
        }
        desk.wait(Duration::from_millis(20));
    }
}
