//! The first screen, and the list of plans: who am I, start, join, look round.

use std::{fs, io::Read as _, sync::mpsc, thread};

use desk::{Ask, Desk, PlanCard};
use eframe::egui::{self, Align, Id, Layout, Ui, vec2};
use words::{Say, say, text};

use self::naming::{Named, Naming};
use super::back::{Back, Next, Returned};
use crate::{
    asks::{Asks, Errand, Page, Place, Wish},
    kit::{self, Face, Icon, Weight, icon_button, line_field},
    people,
    theme::{self, Tone, Type, gap},
};

mod naming;

/// What the screen remembers of itself.
#[derive(Default)]
pub struct Home {
    name: Option<String>,
    doing: Doing,
    back: Back,
    /// What went wrong last, as a sentence.
    trouble: Option<String>,
    /// A file that was dropped here is being read.
    dropped: Option<mpsc::Receiver<Option<String>>>,
}

/// Bytes of a file that may hold a ticket: the longest ticket, and some white space around it.
const TICKET_FILE_BYTES: u64 = 4 * 1024;

/// What the person is in the middle of.
#[derive(Debug, Default)]
enum Doing {
    #[default]
    Choosing,
    Naming(Naming),
    Ticket {
        ticket: String,
        relationship: String,
    },
    Knocking {
        words: Option<[&'static str; 4]>,
    },
    /// One of the samples is to be chosen.
    Looking,
    Waiting,
    ComingBack,
}

/// The samples, as they are asked for, with what they are called and what is in them. The last has nobody else in it yet.
const SAMPLES: [(&str, &str, &str); 4] = [
    ("adult", "samples-adult", "samples-adult-why"),
    ("family", "samples-family", "samples-family-why"),
    ("coalition", "samples-coalition", "samples-coalition-why"),
    ("adult-alone", "samples-alone", "samples-alone-why"),
];

impl Home {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, desk: &Desk, asks: &mut Asks) {
        let plans = desk.plans();
        self.take_dropped(ui);
        egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let width = ui.available_width().min(932.0 + 2.0 * gap::XL);
            let side = (ui.available_width() - width) / 2.0 + gap::XL;
            let room = ui.available_rect_before_wrap().shrink2(vec2(side, 0.0));
            ui.scope_builder(egui::UiBuilder::new().max_rect(room), |ui| {
                let height = ui.available_height();
                let top = if plans.is_empty() { ((height - 540.0) / 2.0).clamp(24.0, 160.0) } else { 40.0 };
                ui.add_space(top);
                self.greeting(ui, plans.is_empty(), asks);
                // What is missing in a field is said below it.
                let at_field = |trouble: &&String| **trouble == text("app-home-name-first");
                if let Some(trouble) = self.trouble.as_ref().filter(|trouble| !at_field(trouble)) {
                    kit::toned_card(ui, Tone::Attention, |ui| {
                        kit::icon_line(
                            ui,
                            Icon::WARN,
                            theme::of(ui.ctx()).attention,
                            theme::text(ui, Type::Body, trouble),
                        );
                    });
                    ui.add_space(gap::L);
                }
                match &self.doing {
                    Doing::Choosing => {
                        for plan in &plans {
                            plan_card(ui, desk, plan, asks);
                            ui.add_space(gap::M);
                        }
                        self.choices(ui, desk, asks, plans.is_empty());
                    }
                    Doing::Naming(_) => self.naming(ui, desk, asks),
                    Doing::Ticket { .. } => self.ticket(ui, asks),
                    Doing::Knocking { words } => knocking(ui, *words),
                    Doing::ComingBack => match self.back.ui(ui, asks) {
                        Next::Stay => {}
                        Next::Look => self.doing = Doing::Waiting,
                        Next::Cancel => self.doing = Doing::Choosing,
                    },
                    Doing::Looking => self.looking(ui, asks),
                    Doing::Waiting => {
                        ui.vertical_centered(|ui| ui.label(theme::soft(ui, Type::Body, text("app-home-waiting"))));
                    }
                }
                ui.add_space(gap::XL);
            });
        });
    }

    /// A file that is dropped here holds a ticket: its words go into the field, and the person
    /// looks at them before anything is done.
    fn take_dropped(&mut self, ui: &Ui) {
        let path = ui.input(|input| input.raw.dropped_files.iter().find_map(|file| file.path.clone()));
        if let Some(path) = path {
            let (sender, read) = mpsc::sync_channel(1);
            let ctx = ui.ctx().clone();
            let look = move || {
                let mut text = String::new();
                let file = fs::File::open(path);
                let fits = file.and_then(|file| file.take(TICKET_FILE_BYTES).read_to_string(&mut text)).is_ok();
                // The window may be gone by now.
                let _ = sender.send(fits.then(|| text.trim().to_owned()));
                ctx.request_repaint();
            };
            self.dropped = thread::Builder::new().name("dropped file".into()).spawn(look).is_ok().then_some(read);
        }
        let Some(came) = self.dropped.as_ref().map(mpsc::Receiver::try_recv) else { return };
        let text = match came {
            Err(mpsc::TryRecvError::Empty) => return,
            Err(mpsc::TryRecvError::Disconnected) => None,
            Ok(text) => text,
        };
        self.dropped = None;
        match (text, &mut self.doing) {
            (None, _) => self.trouble = Some(words::text("node-ticket-damaged")),
            (Some(text), Doing::Ticket { ticket, .. }) => *ticket = text,
            (Some(ticket), doing @ (Doing::Choosing | Doing::Naming(_))) => {
                *doing = Doing::Ticket { ticket, relationship: String::new() };
            }
            (Some(_), Doing::Knocking { .. } | Doing::Looking | Doing::Waiting | Doing::ComingBack) => {}
        }
    }

    fn greeting(&self, ui: &mut Ui, first: bool, asks: &mut Asks) {
        ui.vertical_centered(|ui| {
            if first {
                ui.label(theme::text(ui, Type::Name, text("common-product")));
                ui.label(
                    theme::soft(ui, Type::Section, text("app-home-promise"))
                        .font(egui::FontId { size: 20.0, ..Type::Body.font() }),
                );
                ui.add_space(gap::XL);
            }
        });
        if !first {
            let words = text("app-home-plans");
            super::title(ui, &words, |ui| {
                if icon_button(ui, Weight::Plain, Icon::FIND, &text("find-title")).clicked() {
                    asks.go(Place::Find);
                }
                if icon_button(ui, Weight::Plain, Icon::DAY, &text("wants-day")).clicked() {
                    asks.go(Place::Day);
                }
            });
            ui.add_space(gap::S);
        }
    }

    fn choices(&mut self, ui: &mut Ui, desk: &Desk, asks: &mut Asks, first: bool) {
        let named = self.name.get_or_insert_with(|| desk.name().to_owned()).trim().to_owned();
        let mut chosen = None;
        let cards = [
            (Errand::Start, Icon::START, "app-home-start", "app-home-start-why", "app-home-start-do"),
            (Errand::Join, Icon::JOIN, "app-home-join", "app-home-join-why", "app-home-join-do"),
            (Errand::Look, Icon::LOOK, "app-home-look", "app-home-look-why", "app-home-look-do"),
        ];
        ui.add_space(gap::S);
        let beside = ui.available_width() >= theme::COLUMN;
        // Whoever is new says first what to be called: everything below needs it.
        if first {
            self.name_field(ui, beside);
            self.name_missing(ui, &named);
            ui.add_space(gap::XL);
        }
        let width = if beside { (ui.available_width() - 2.0 * gap::L) / 3.0 } else { ui.available_width() };
        let lay = if beside { Layout::left_to_right(Align::Min) } else { Layout::top_down(Align::Min) };
        ui.with_layout(lay, |ui| {
            ui.spacing_mut().item_spacing = vec2(gap::L, gap::L);
            for (errand, icon, title, why, call) in cards {
                ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                    ui.set_width(width);
                    let weight = if errand == Errand::Start && first { Weight::Strong } else { Weight::Plain };
                    if choice_card(ui, icon, &text(title), &text(why), &text(call), weight, beside) {
                        chosen = Some(errand);
                    }
                });
            }
        });
        if !first {
            ui.add_space(gap::XXL);
            self.name_field(ui, beside);
            self.name_missing(ui, &named);
        }
        ui.add_space(gap::XL);
        ui.vertical_centered(|ui| ui.label(theme::soft(ui, Type::Small, text("app-home-no-server"))));
        ui.add_space(gap::S);
        ui.vertical_centered(|ui| {
            if icon_button(ui, Weight::Quiet, Icon::PAPER, &text("app-back")).clicked() {
                self.trouble = None;
                self.doing = Doing::ComingBack;
            }
            if icon_button(ui, Weight::Quiet, Icon::SETTINGS, &text("app-settings")).clicked() {
                asks.go(Place::Settings);
            }
        });
        let Some(errand) = chosen else { return };
        if plan::clean(&named).is_empty() {
            self.trouble = Some(text("app-home-name-first"));
            ui.memory_mut(|memory| memory.request_focus(name_id()));
            return;
        }
        self.trouble = None;
        if named != desk.name() {
            asks.push(Ask::Name { name: named.clone() });
        }
        match errand {
            Errand::Start => self.doing = Doing::Naming(Naming::of(&named)),
            Errand::Join => self.doing = Doing::Ticket { ticket: String::new(), relationship: String::new() },
            Errand::Look
            | Errand::Invite
            | Errand::Confirm(_)
            | Errand::Circle
            | Errand::Sharing
            | Errand::Held(_)
            | Errand::HeldWords(..)
            | Errand::Link
            | Errand::Keep
            | Errand::Restore
            | Errand::Lost
            | Errand::Sheet(_)
            | Errand::Open
            | Errand::HoldSheet(_) => {
                self.doing = Doing::Looking;
            }
        }
    }

    /// Which of the made-up plans?
    fn looking(&mut self, ui: &mut Ui, asks: &mut Asks) {
        let words = text("samples-which");
        let title = ui.label(theme::text(ui, Type::Section, &words));
        kit::is_heading(ui, &title, &words);
        ui.add_space(gap::L);
        for (sample, called, why) in SAMPLES {
            kit::card(ui, |ui| {
                ui.label(theme::soft(ui, Type::Body, text(why)));
                ui.add_space(gap::S);
                if icon_button(ui, Weight::Plain, Icon::LOOK, &text(called)).clicked() {
                    self.doing = Doing::Waiting;
                    asks.send(Errand::Look, Ask::Sample { sample: sample.into() });
                }
            });
            ui.add_space(gap::M);
        }
        if icon_button(ui, Weight::Quiet, None, &text("common-cancel")).clicked() {
            self.doing = Doing::Choosing;
        }
    }

    /// That a name is missing, until there is one.
    fn name_missing(&mut self, ui: &mut Ui, named: &str) {
        let words = text("app-home-name-first");
        if self.trouble.as_ref() != Some(&words) {
            return;
        }
        if !plan::clean(named).is_empty() {
            self.trouble = None;
            return;
        }
        ui.add_space(gap::S);
        ui.vertical_centered(|ui| {
            let attention = theme::of(ui.ctx()).attention;
            let said = ui.label(theme::text(ui, Type::Note, &words).color(attention));
            kit::is_status(ui, &said, &words);
        });
    }

    fn name_field(&mut self, ui: &mut Ui, beside: bool) {
        let name = self.name.get_or_insert_default();
        let label = text("app-home-name");
        let edit = egui::TextEdit::singleline(name)
            .id(name_id())
            .margin(egui::Margin::symmetric(14, 10))
            .min_size(vec2(0.0, theme::TARGET))
            .font(Type::Body.font())
            .text_color(theme::of(ui.ctx()).ink);
        if !beside {
            let label = ui.label(theme::soft(ui, Type::Body, label));
            ui.add(edit.desired_width(f32::INFINITY)).labelled_by(label.id);
            return;
        }
        let words = ui.painter().layout_no_wrap(label.clone(), Type::Body.font(), theme::of(ui.ctx()).soft_ink);
        let left = (ui.available_width() - words.size().x - gap::M - 280.0) / 2.0;
        let row = vec2(ui.available_width(), theme::TARGET);
        ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Center), |ui| {
            ui.add_space(left.max(0.0));
            ui.spacing_mut().item_spacing.x = gap::M;
            let label = ui.label(theme::soft(ui, Type::Body, label));
            ui.add(edit.desired_width(280.0)).labelled_by(label.id);
        });
    }

    fn naming(&mut self, ui: &mut Ui, desk: &Desk, asks: &mut Asks) {
        let Doing::Naming(naming) = &mut self.doing else { return };
        match naming.ui(ui, self.name.as_deref().unwrap_or(desk.name()), asks) {
            Named::NotYet => {}
            Named::Started => self.doing = Doing::Waiting,
            Named::Cancelled => self.doing = Doing::Choosing,
        }
    }

    fn ticket(&mut self, ui: &mut Ui, asks: &mut Asks) {
        let Doing::Ticket { ticket, relationship } = &mut self.doing else { return };
        let mut next = None;
        kit::card(ui, |ui| {
            kit::heading(ui, Icon::JOIN, &text("app-home-join"));
            ui.label(theme::soft(ui, Type::Note, text("app-home-ticket-why")));
            line_field(ui, Id::new("ticket"), &text("app-home-ticket"), "alongside1…", ticket);
            let (label, hint) = (text("app-home-relationship"), text("app-home-relationship-hint"));
            line_field(ui, Id::new("relationship"), &label, &hint, relationship);
            ui.add_space(gap::S);
            ui.horizontal(|ui| {
                let ready = !ticket.trim().is_empty();
                if icon_button(ui, Weight::Strong, Icon::KNOCK, &text("app-home-knock")).clicked() && ready {
                    let (ticket, relationship) = (ticket.trim().to_owned(), relationship.trim().to_owned());
                    asks.send(Errand::Join, Ask::Join { ticket, relationship, device: text("common-a-computer") });
                    next = Some(Doing::Knocking { words: None });
                }
                if icon_button(ui, Weight::Plain, None, &text("common-cancel")).clicked() {
                    next = Some(Doing::Choosing);
                }
            });
        });
        self.doing = next.unwrap_or_else(|| std::mem::take(&mut self.doing));
    }

    /// The words this device shows while it knocks.
    pub fn words(&mut self, words: [&'static str; 4]) {
        self.trouble = None;
        self.doing = Doing::Knocking { words: Some(words) };
    }

    /// It worked: back to the beginning for the next time.
    pub fn done(&mut self) {
        *self = Home::default();
    }

    /// Back to the three ways in, unless somebody is being waited for.
    pub fn back(&mut self) {
        if matches!(self.doing, Doing::Naming(_) | Doing::Ticket { .. } | Doing::Looking | Doing::ComingBack) {
            self.doing = Doing::Choosing;
        }
    }

    /// Something happened that is said on this page.
    pub fn tell(&mut self, sentence: String) {
        self.trouble = Some(sentence);
    }

    /// Coming back worked: what is left to ask.
    pub fn came_back(&mut self, plan: seal::PlanId) -> Option<Returned> {
        let returned = self.back.done(plan);
        *self = Home::default();
        returned
    }

    /// Coming back did not work.
    pub fn not_back(&mut self, sentence: String) {
        self.back.failed(sentence);
        self.doing = Doing::ComingBack;
    }

    /// It did not: say so and let the person try again.
    pub fn failed(&mut self, sentence: String) {
        self.trouble = Some(sentence);
        self.doing = Doing::Choosing;
    }
}

fn name_id() -> Id {
    Id::new("my name")
}

/// One of the three ways in, as a card with one button.
fn choice_card(ui: &mut Ui, icon: Icon, title: &str, why: &str, call: &str, weight: Weight, even: bool) -> bool {
    kit::card(ui, |ui| {
        kit::heading(ui, icon, title);
        let words = ui.label(theme::soft(ui, Type::Body, why).line_height(Some(Type::Body.line_height())));
        if even {
            // Three lines of room, so that three cards end at one height.
            let short = 3.0 * Type::Body.line_height() - words.rect.height();
            ui.add_space(short.max(0.0));
        }
        ui.add_space(gap::S);
        kit::wide_button(ui, weight, call).clicked()
    })
    .inner
}

fn plan_card(ui: &mut Ui, desk: &Desk, plan: &PlanCard, asks: &mut Asks) {
    let people = people::in_order(desk, plan.id);
    let title = if plan.title.is_empty() {
        say(Say::new("common-plan-of").with("name", &plan.whose))
    } else {
        plan.title.clone()
    };
    kit::card(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap::M;
            let (rect, _) = ui.allocate_exact_size(vec2(48.0, 48.0), egui::Sense::hover());
            let face = Face { name: plan.whose.clone(), place: 0 };
            kit::paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), 48.0, &face);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.label(theme::text(ui, Type::Section, &title));
                let count = say(Say::new("common-people-count").with("count", people.len()));
                ui.label(theme::soft(ui, Type::Note, count));
            });
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let open = icon_button(ui, Weight::Strong, None, &text("app-home-open"));
                let said = say(Say::new("app-home-open-plan").with("title", &title));
                ui.ctx().accesskit_node_builder(open.id, |node| node.set_label(said));
                if open.clicked() {
                    asks.wish(Wish::Go(Place::Plan(plan.id, Page::Front)));
                }
            });
        });
    });
}

fn knocking(ui: &mut Ui, words: Option<[&'static str; 4]>) {
    kit::card(ui, |ui| {
        kit::heading(ui, Icon::KNOCK, &text("app-home-knocking"));
        let Some(words) = words else {
            ui.label(theme::soft(ui, Type::Body, text("app-home-knocking-first")));
            return;
        };
        ui.label(theme::text(ui, Type::Body, text("app-home-knocking-words")).line_height(Some(27.0)));
        ui.add_space(gap::S);
        ui.label(theme::text(ui, Type::Title, words.join("  ")));
        ui.add_space(gap::S);
        ui.label(theme::soft(ui, Type::Note, text("app-home-knocking-why")));
    });
}
