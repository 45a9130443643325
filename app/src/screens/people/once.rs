//! What cannot be undone is asked once, with what it means said plainly before it is signed.

use circle::Standing;
use desk::{Ask, Desk};
use eframe::egui::{Rect, Ui, pos2};
use seal::{DeviceId, PersonId, PlanId};
use words::{Say, say, text};

use super::{copies, person};
use crate::{
    asks::{Asks, Errand},
    kit::{self, Choice, Icon, Weight, choose, icon_button},
    people,
    theme::{self, Tone, Type, gap},
};

/// Something somebody is about to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doing {
    /// Choose another standing.
    Stand {
        /// Whose.
        person: PersonId,
        /// The one chosen so far.
        standing: Standing,
    },
    /// End somebody's place.
    Remove {
        /// Whose.
        person: PersonId,
    },
    /// End a device's place.
    Device {
        /// Which.
        device: DeviceId,
        /// What it is called.
        called: String,
        /// Whose it is.
        whose: PersonId,
    },
    /// Give the plan to the person it is about.
    HandOver {
        /// To whom.
        to: PersonId,
    },
    /// Go.
    Leave,
}

/// The question on screen, if there is one, and how it went so far.
#[derive(Debug, Default)]
pub struct Once {
    doing: Option<Doing>,
    asked: bool,
    trouble: Option<String>,
    /// Whether it was on screen before: what is asked newly is scrolled to, so that nobody has to look for it.
    seen: bool,
}

impl Once {
    /// Asks about this now.
    pub fn begin(&mut self, doing: Doing) {
        *self = Once { doing: Some(doing), ..Once::default() };
    }

    /// What is asked about.
    pub fn doing(&self) -> Option<&Doing> {
        self.doing.as_ref()
    }

    /// Whom it is about.
    pub fn person(&self) -> Option<PersonId> {
        match self.doing.as_ref()? {
            Doing::Stand { person, .. } | Doing::Remove { person } | Doing::HandOver { to: person } => Some(*person),
            Doing::Device { whose, .. } => Some(*whose),
            Doing::Leave => None,
        }
    }

    /// Puts the question away.
    pub fn close(&mut self) {
        *self = Once::default();
    }

    /// It was refused.
    pub fn failed(&mut self, sentence: String) {
        self.trouble = Some(sentence);
        self.asked = false;
    }

    /// Draws the question.
    pub fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let Some(mut doing) = self.doing.clone() else { return };
        let mut away = false;
        let top = ui.cursor().min;
        kit::toned_card(ui, tone(&doing), |ui| {
            ui.spacing_mut().item_spacing.y = gap::M;
            let about = About::of(desk, plan, &doing);
            kit::heading(ui, icon(&doing), &say(about.fill(about.question)));
            if let Doing::Stand { standing, .. } = &mut doing {
                stand(ui, desk, plan, standing);
            }
            for line in &about.lines {
                let words = say(about.fill(line));
                ui.label(theme::text(ui, Type::Body, words).line_height(Some(27.0)));
            }
            if let Doing::Remove { person } = &doing
                && let Some(parts) = copies::parts(desk, plan, *person)
            {
                let words = Say::new("content-holds").with("name", &about.name).with("parts", parts);
                ui.label(theme::text(ui, Type::Body, say(words)).line_height(Some(27.0)));
            }
            if let Some(trouble) = &self.trouble {
                ui.label(theme::text(ui, Type::Note, trouble).color(theme::of(ui.ctx()).attention));
            }
            ui.horizontal_wrapped(|ui| {
                ui.add_enabled_ui(!self.asked, |ui| {
                    if icon_button(ui, Weight::Strong, None, &say(about.fill(about.act))).clicked() {
                        asks.send(Errand::Circle, ask(plan, &doing));
                        self.asked = true;
                        self.trouble = None;
                    }
                });
                away = icon_button(ui, Weight::Plain, None, &text("common-cancel")).clicked();
            });
        });
        self.doing = Some(doing);
        if !std::mem::replace(&mut self.seen, true) {
            let bottom = pos2(ui.max_rect().right(), ui.cursor().top());
            ui.scroll_to_rect(Rect::from_min_max(top, bottom), None);
        }
        if away {
            self.close();
        }
    }
}

/// The words of one question.
struct About {
    question: &'static str,
    lines: Vec<&'static str>,
    act: &'static str,
    name: String,
    device: String,
    /// What goes with the device.
    linked: Vec<String>,
}

impl About {
    fn of(desk: &Desk, plan: PlanId, doing: &Doing) -> About {
        let me = people::me(desk, plan);
        let called = |person: PersonId| desk.called(plan, person).unwrap_or_else(|| text("common-someone"));
        match doing {
            Doing::Stand { person, .. } => About {
                question: "app-stand",
                lines: vec!["app-stand-order"],
                act: "app-stand-do",
                name: called(*person),
                device: String::new(),
                linked: Vec::new(),
            },
            Doing::Remove { person } => About {
                question: "app-remove",
                lines: vec!["app-remove-copy", "app-remove-after", "app-remove-late", "app-remove-back"],
                act: "app-person-remove-do",
                name: called(*person),
                device: String::new(),
                linked: Vec::new(),
            },
            Doing::Device { device: id, called: device, whose } => {
                let mine = me.is_some_and(|me| me.id == *whose);
                let devices = desk.devices(plan, *whose);
                let linked: Vec<String> =
                    person::added_with(&devices, *id).into_iter().map(person::device_name).collect();
                let last = devices.len() == linked.len() + 1;
                let mut lines = vec![if mine { "app-lost-mine" } else { "app-lost" }, "app-lost-copy"];
                if last {
                    lines[0] = "app-lost-last";
                }
                if !linked.is_empty() {
                    lines.push("app-lost-linked");
                }
                lines.push("app-lost-back");
                About {
                    question: "app-lost-which",
                    lines,
                    act: "app-lost-do",
                    name: called(*whose),
                    device: device.clone(),
                    linked,
                }
            }
            Doing::HandOver { to } => About {
                question: "app-hand-over",
                lines: vec!["app-hand-over-means", "app-hand-over-for-good"],
                act: "app-hand-over-do",
                name: called(*to),
                device: String::new(),
                linked: Vec::new(),
            },
            Doing::Leave => {
                let alone = me.as_ref().is_some_and(|me| {
                    let others = desk.people(plan).into_iter().filter(|member| member.id != me.id);
                    me.standing <= Standing::Owner && others.into_iter().all(|one| one.standing > Standing::Owner)
                });
                let mut lines = vec!["app-leave-means", "app-leave-copy", "app-leave-back"];
                if alone {
                    lines.insert(0, "app-leave-alone");
                }
                About {
                    question: "app-leave",
                    lines,
                    act: "app-leave-do",
                    name: me.map(|me| me.name).unwrap_or_default(),
                    device: String::new(),
                    linked: Vec::new(),
                }
            }
        }
    }

    fn fill(&self, key: &'static str) -> Say {
        let linked = people::together(&self.linked);
        Say::new(key).with("name", &self.name).with("device", &self.device).with("linked", linked)
    }
}

/// Which standing: never more than one's own.
fn stand(ui: &mut Ui, desk: &Desk, plan: PlanId, standing: &mut Standing) {
    let mine = people::me(desk, plan).map_or(Standing::Member, |me| me.standing);
    let choices = [Standing::Owner, Standing::Coordinator, Standing::Member].into_iter().filter(|one| *one >= mine);
    let choices: Vec<Choice<Standing>> = choices
        .map(|value| Choice { value, words: kit::capital(&people::standing(value)), tone: Tone::Accent })
        .collect();
    if let Some(wanted) = choose(ui, &text("app-stand-which"), Some(&*standing), &choices) {
        *standing = wanted;
    }
}

fn tone(doing: &Doing) -> Tone {
    match doing {
        Doing::Remove { .. } | Doing::Device { .. } | Doing::Leave => Tone::Attention,
        Doing::Stand { .. } | Doing::HandOver { .. } => Tone::Accent,
    }
}

fn icon(doing: &Doing) -> Icon {
    match doing {
        Doing::Stand { .. } => Icon::PEOPLE,
        Doing::Remove { .. } | Doing::Leave => Icon::LEAVE,
        Doing::Device { .. } => Icon::DEVICE,
        Doing::HandOver { .. } => Icon::HAND_OVER,
    }
}

fn ask(plan: PlanId, doing: &Doing) -> Ask {
    match doing {
        Doing::Stand { person, standing } => Ask::SetStanding { plan, person: *person, standing: *standing },
        Doing::Remove { person } => Ask::RemovePerson { plan, person: *person, since: None },
        // What a lost device linked may be in the same hands, so it goes, too.
        Doing::Device { device, .. } => Ask::RemoveDevice { plan, device: *device, and_linked: true },
        Doing::HandOver { to } => Ask::HandOver { plan, to: *to },
        Doing::Leave => Ask::Leave { plan },
    }
}
