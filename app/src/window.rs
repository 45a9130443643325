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
use eframe::egui::{self, Context, Frame, Id, Margin, TextEdit, Ui, ViewportBuilder, ViewportCommand, vec2};
use node::{Listen, StartError, Unlock};
use words::{say, text};

use crate::{
    demo::Player,
    desktop::Desktop,
    kit::{self, Icon, Weight, icon_button},
    room::Room,
    settings::Settings,
    theme::{self, Tone, Type, gap},
};

/// The store says so when its key is wrapped by a passphrase, and when it was not this one.
const PASSPHRASE: [&str; 2] = ["store-passphrase-needed", "store-wrong-passphrase"];

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
    /// In a demo: who plays here, and in which third of the screen.
    pub demo: Option<crate::demo::Part>,
}

type Opened = Result<(Desk, Settings), StartError>;

enum Stage {
    Opening(Receiver<Opened>),
    Closed { sentence: String, passphrase: Option<String> },
    Open(Box<Room>),
}

struct Window {
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
    fn new(ctx: &Context, opening: Opening) -> Window {
        theme::install_fonts(ctx);
        let player = opening.demo.as_ref().map(Player::new);
        theme::wear(ctx, theme::Look::Light);
        let stage = Stage::Opening(open(ctx, &opening, unlock()));
        Window { opening, stage, player, placed: false }
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
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &Context, _: &mut eframe::Frame) {
        self.stand(ctx);
        match &mut self.stage {
            Stage::Opening(coming) => match coming.try_recv() {
                Ok(Ok((desk, settings))) => {
                    let again = ctx.clone();
                    let desktop = Desktop::follow(move || again.request_repaint());
                    let strip = self.opening.demo.as_ref().map(crate::demo::Part::device);
                    let mut room = Room::new(desk, settings, desktop, strip);
                    room.hear(ctx);
                    self.stage = Stage::Open(Box::new(room));
                    ctx.request_repaint();
                }
                Ok(Err(cause)) => self.stage = closed(&cause),
                Err(TryRecvError::Disconnected) => self.stage = closed(&StartError::System),
                Err(TryRecvError::Empty) => {}
            },
            Stage::Open(room) => {
                room.hear(ctx);
                if let Some(player) = &mut self.player {
                    player.play(ctx, room);
                }
            }
            Stage::Closed { .. } => {}
        }
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        let mut again = None;
        match &mut self.stage {
            Stage::Open(room) => room.ui(ui),
            Stage::Opening(_) => middle(ui, |ui| {
                ui.label(theme::text(ui, Type::Name, text("common-product")));
                ui.label(theme::soft(ui, Type::Body, text("app-opening")));
            }),
            Stage::Closed { sentence, passphrase } => middle(ui, |ui| {
                ui.label(theme::text(ui, Type::Name, text("common-product")));
                ui.add_space(gap::L);
                again = trouble(ui, sentence, passphrase);
            }),
        }
        if let Some(unlock) = again {
            self.stage = Stage::Opening(open(&ctx, &self.opening, unlock));
        }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        if let Stage::Open(room) = &mut self.stage {
            room.close();
        }
    }
}

fn unlock() -> Unlock {
    match std::env::var("ALONGSIDE_PASSPHRASE") {
        Ok(passphrase) if !passphrase.is_empty() => Unlock::Passphrase(passphrase.into()),
        Ok(_) | Err(_) => Unlock::KeyFile,
    }
}

/// Opens the home on a thread of its own: the key and the store take their time. A home that is not there is made.
fn open(ctx: &Context, opening: &Opening, unlock: Unlock) -> Receiver<Opened> {
    let (answer, coming) = mpsc::sync_channel(1);
    let opening = opening.clone();
    let ctx = ctx.clone();
    let work = move || {
        let waker = ctx.clone();
        let again: node::Wake = Arc::new(move || waker.request_repaint());
        // Where there is a home already this changes nothing, and opening it says whatever is wrong with it.
        if matches!(unlock, Unlock::KeyFile) {
            drop(node::create(&opening.home, &unlock, &opening.program));
        }
        let mut settings = node::Settings::new(opening.home, unlock, opening.program);
        settings.listen = opening.listen;
        settings.mdns = opening.mdns;
        settings.wake = Some(again);
        let opened = Desk::open(settings).map(|desk| {
            let settings = Settings::recall(&desk);
            (desk, settings)
        });
        // The window may be closed by now; then the desk is, too.
        drop(answer.send(opened));
        ctx.request_repaint();
    };
    // Without a thread the channel ends, which is said like any other trouble.
    drop(thread::Builder::new().name("open".into()).spawn(work));
    coming
}

fn closed(cause: &StartError) -> Stage {
    let said: words::Say = cause.said().into();
    let passphrase = PASSPHRASE.contains(&said.key()).then(String::new);
    Stage::Closed { sentence: say(said), passphrase }
}

/// A calm column in the middle of an otherwise empty window.
fn middle(ui: &mut Ui, inside: impl FnOnce(&mut Ui)) {
    let frame = Frame::new().fill(theme::of(ui.ctx()).paper).inner_margin(Margin::same(24));
    egui::CentralPanel::default().frame(frame).show(ui, |ui| {
        ui.add_space((ui.available_height() * 0.3).max(0.0));
        ui.vertical_centered(|ui| {
            ui.set_max_width(theme::COLUMN);
            inside(ui);
        });
    });
}

/// Why the home is not open; gives back a passphrase to try, if that is what it needs.
fn trouble(ui: &mut Ui, sentence: &str, passphrase: &mut Option<String>) -> Option<Unlock> {
    let mut again = None;
    kit::toned_card(ui, Tone::Attention, |ui| {
        let attention = theme::of(ui.ctx()).attention;
        kit::icon_line(ui, Icon::WARN, attention, theme::text(ui, Type::Body, sentence));
        if let Some(typed) = passphrase {
            let label = ui.label(theme::soft(ui, Type::Note, text("app-passphrase")));
            let field = TextEdit::singleline(typed)
                .id(Id::new("passphrase"))
                .password(true)
                .margin(Margin::symmetric(14, 10))
                .desired_width(f32::INFINITY);
            let field = ui.add(field).labelled_by(label.id);
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            if icon_button(ui, Weight::Strong, None, &text("app-passphrase-open")).clicked() || entered {
                again = Some(Unlock::Passphrase(std::mem::take(typed).into()));
            }
        } else if icon_button(ui, Weight::Plain, None, &text("app-try-again")).clicked() {
            again = Some(unlock());
        }
    });
    again
}
