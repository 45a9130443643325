//! One window of the desktop: opens a home away from the window's thread, then shows its room.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{self, Receiver, TryRecvError},
    },
    thread,
};

use desk::Desk;
use eframe::egui::{self, Context, Frame, Margin, Ui, ViewportBuilder, ViewportCommand, vec2};
use node::{Keyring, Listen, StartError, Unlock};
use words::text;

mod closed;

use self::closed::{Closed, Next};
use crate::{
    asks::Page,
    clipboard,
    demo::Player,
    desktop::Desktop,
    room::Room,
    settings::{Settings, Wanted},
    theme::{self, Type, gap},
};

/// What a window needs to know before it opens.
#[derive(Debug, Clone)]
pub struct Opening {
    /// The device's home.
    pub home: PathBuf,
    /// The program to start again where a child is needed.
    pub program: PathBuf,
    /// Where to listen; empty: everywhere.
    pub listen: Vec<Listen>,
    /// Whether it looks for others on the same network.
    pub mdns: bool,
    /// The page to begin at, if there is one plan.
    pub page: Option<Page>,
    /// How it looks this time, whatever its settings say.
    pub look: Option<Wanted>,
    /// How large everything is this time, in percent.
    pub zoom: Option<u16>,
    /// In a demo: who plays here, and in which third of the screen.
    pub demo: Option<crate::demo::Part>,
    /// The keyring that may hold a key of the home, if the program knows one.
    pub keyring: Option<Keyring>,
}

type Opened = Result<(Desk, Settings), StartError>;

enum Stage {
    Opening(Receiver<Opened>),
    /// What was typed reaches the disk, and the home is let go.
    Locking(Receiver<()>),
    Closed(Closed),
    Open(Box<Room>),
}

/// A window's whole life: opening its home, its room, and the home locked or closed.
pub struct Window {
    ctx: Context,
    opening: Opening,
    stage: Stage,
    player: Option<Player>,
    placed: bool,
}

/// Opens a window and runs it until it is closed. False if there is no display to open it on.
pub fn run(opening: Opening) -> Result<(), eframe::Error> {
    let title = match &opening.demo {
        Some(part) => format!("{} – {}", text("common-product"), part.name()),
        None => text("common-product"),
    };
    let size = if opening.demo.is_some() { vec2(480.0, 760.0) } else { vec2(1240.0, 740.0) };
    let viewport = ViewportBuilder::default()
        .with_title(title)
        .with_app_id("alongside")
        .with_inner_size(size)
        .with_min_inner_size(vec2(360.0, 400.0));
    let options = eframe::NativeOptions { viewport, renderer: eframe::Renderer::Glow, ..Default::default() };
    eframe::run_native("alongside", options, Box::new(|made| Ok(Box::new(Window::new(&made.egui_ctx, opening)))))
}

impl Window {
    /// Begins to open the home.
    pub fn new(ctx: &Context, opening: Opening) -> Window {
        theme::install_fonts(ctx);
        let player = opening.demo.as_ref().map(Player::new);
        // Before the home is open nobody knows what its settings say.
        let look = match opening.look {
            Some(Wanted::Always(look)) => look,
            Some(Wanted::Desktop) | None => theme::Look::Light,
        };
        theme::wear(ctx, look);
        if let Some(zoom) = opening.zoom {
            ctx.set_zoom_factor(f32::from(zoom) / 100.0);
        }
        let stage = Stage::Opening(open(ctx, &opening, Next::Unasked));
        Window { ctx: ctx.clone(), opening, stage, player, placed: false }
    }

    /// Lets the home go on a thread of its own, and forgets what was on the screen.
    fn lock(&mut self, ctx: &Context) {
        let (done, ended) = mpsc::sync_channel(1);
        let Stage::Open(room) = std::mem::replace(&mut self.stage, Stage::Locking(ended)) else { return };
        let (mut desk, again) = (room.leave(), ctx.clone());
        let work = move || {
            crate::room::save(&mut desk);
            drop(desk);
            // The window may be closed by now.
            let _ = done.send(());
            again.request_repaint();
        };
        drop(thread::Builder::new().name("lock".into()).spawn(work));
        ctx.memory_mut(|memory| memory.data.clear());
        clipboard::empty(ctx);
        ctx.request_repaint();
    }

    /// Three windows of a demo stand side by side and fit the screen, whose size is known only once a window is there.
    fn stand(&mut self, ctx: &Context) {
        let Some(part) = self.opening.demo.as_ref().filter(|_| !self.placed) else { return };
        let Some(screen) = ctx.input(|input| input.viewport().monitor_size) else { return };
        self.placed = true;
        let zoom = ctx.zoom_factor();
        let (place, size) = part.stand(screen * zoom);
        ctx.send_viewport_cmd(ViewportCommand::OuterPosition(place / zoom));
        ctx.send_viewport_cmd(ViewportCommand::InnerSize(size / zoom));
    }

    /// Takes in what is new, before each frame.
    pub fn hear(&mut self, ctx: &Context) {
        self.stand(ctx);
        match &mut self.stage {
            Stage::Opening(coming) => match coming.try_recv() {
                Ok(Ok((desk, settings))) => {
                    let again = ctx.clone();
                    let desktop = Desktop::follow(move || again.request_repaint());
                    let strip = self.opening.demo.as_ref().map(crate::demo::Part::device);
                    let mut room = Room::new(desk, settings, desktop, strip);
                    if let Some(page) = self.opening.page.take() {
                        room.begin_at(page);
                    }
                    room.hear(ctx);
                    self.stage = Stage::Open(Box::new(room));
                    ctx.request_repaint();
                }
                Ok(Err(cause)) => self.stage = Stage::Closed(Closed::because(&cause, &self.opening.home)),
                Err(TryRecvError::Disconnected) => {
                    self.stage = Stage::Closed(Closed::because(&StartError::System, &self.opening.home));
                }
                Err(TryRecvError::Empty) => {}
            },
            Stage::Open(room) => {
                room.hear(ctx);
                if let Some(player) = &mut self.player {
                    player.play(ctx, room);
                }
                if room.wants_to_lock() {
                    self.lock(ctx);
                }
            }
            Stage::Locking(done) => {
                // Ended means let go, too: the thread is no more.
                if !matches!(done.try_recv(), Err(TryRecvError::Empty)) {
                    self.stage = Stage::Closed(Closed::locked());
                }
            }
            // Words of a sheet may be typed here.
            Stage::Closed(_) => clipboard::tend(ctx, true),
        }
    }

    /// For the end of the program: what was typed is kept, and what was copied here does not stay behind.
    pub fn close(&mut self) {
        if let Stage::Open(room) = &mut self.stage {
            room.close();
        }
        clipboard::empty_now(&self.ctx);
    }

    /// Draws it.
    pub fn draw(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let mut again = None;
        match &mut self.stage {
            Stage::Open(room) => room.ui(ui),
            Stage::Opening(_) | Stage::Locking(_) => middle(ui, |ui| {
                ui.label(theme::text(ui, Type::Name, text("common-product")));
                ui.label(theme::soft(ui, Type::Body, text("app-opening")));
            }),
            Stage::Closed(closed) => middle(ui, |ui| {
                ui.label(theme::text(ui, Type::Name, text("common-product")));
                ui.add_space(gap::L);
                again = closed.ui(ui);
            }),
        }
        if let Some(next) = again {
            self.stage = Stage::Opening(open(&ctx, &self.opening, next));
        }
    }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &Context, _: &mut eframe::Frame) {
        self.hear(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        self.draw(ui);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.close();
    }
}

/// How a home opens that nobody typed anything for. May wait for the keyring: not on the window's thread.
fn unlock(opening: &Opening) -> Unlock {
    match std::env::var("ALONGSIDE_PASSPHRASE") {
        Ok(passphrase) if !passphrase.is_empty() => Unlock::Passphrase(passphrase.into()),
        Ok(_) | Err(_) => node::unlock_without_asking(&opening.home, opening.keyring.as_ref()),
    }
}

/// Opens the home on a thread of its own: the key and the store take their time. A home that is not there is made.
fn open(ctx: &Context, opening: &Opening, next: Next) -> Receiver<Opened> {
    let (answer, coming) = mpsc::sync_channel(1);
    let opening = opening.clone();
    let ctx = ctx.clone();
    let work = move || {
        let waker = ctx.clone();
        let again: node::Wake = Arc::new(move || waker.request_repaint());
        let opened = make_ready(&opening, next).and_then(|unlock| {
            let mut settings = node::Settings::new(opening.home.clone(), unlock, opening.program.clone());
            settings.listen = opening.listen.clone();
            settings.mdns = opening.mdns;
            settings.wake = Some(again);
            settings.keyring = opening.keyring.clone();
            Desk::open_for_all(settings)
        });
        let opened = opened.map(|desk| {
            let kept = Settings::recall(&desk);
            let (look, zoom) = (opening.look.unwrap_or(kept.look), opening.zoom.unwrap_or(kept.zoom));
            (desk, Settings { look, zoom, ..kept })
        });
        // The window may be closed by now; then the desk is, too.
        drop(answer.send(opened));
        ctx.request_repaint();
    };
    // Without a thread the channel ends, which is said like any other trouble.
    drop(thread::Builder::new().name("open".into()).spawn(work));
    coming
}

/// What is done to a home before it is opened, and with what it is opened then.
fn make_ready(opening: &Opening, next: Next) -> Result<Unlock, StartError> {
    match next {
        Next::Unasked => make_ready(opening, Next::Open(unlock(opening))),
        Next::Open(unlock) => {
            // Where there is a home already this changes nothing, and opening it says whatever is wrong with it.
            if matches!(unlock, Unlock::KeyFile) {
                drop(node::create(&opening.home, &unlock, &opening.program));
            }
            Ok(unlock)
        }
        Next::Reset(words, new) => {
            let new = Unlock::Passphrase(new.into());
            node::reset_passphrase(&opening.home, &words.0, &new, &opening.program)?;
            Ok(new)
        }
        Next::PutBack(copy) => {
            node::put_back(&opening.home, &copy, &opening.program)?;
            Ok(unlock(opening))
        }
    }
}

/// A calm column in the middle of an otherwise empty window, which rolls where the window is small.
fn middle(ui: &mut Ui, inside: impl FnOnce(&mut Ui)) {
    let frame = Frame::new().fill(theme::of(ui.ctx()).paper).inner_margin(Margin::same(24));
    egui::CentralPanel::default().frame(frame).show(ui, |ui| {
        let (id, room) = (ui.id().with("height"), ui.available_height());
        let height: f32 = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        let above = ((room - height) * 0.4).clamp(0.0, (room * 0.3).max(0.0));
        egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.add_space(above);
            let column = |ui: &mut Ui| {
                ui.set_max_width(theme::COLUMN);
                inside(ui);
            };
            let drawn = ui.vertical_centered(column).response.rect.height();
            if (drawn - height).abs() > 0.5 {
                ui.data_mut(|data| data.insert_temp(id, drawn));
                ui.ctx().request_repaint();
            }
        });
    });
}
