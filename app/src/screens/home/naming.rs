//! What is asked when a plan is started: whose it is, what kind it is, and what it is called. Every answer can be changed later.

use desk::Ask;
use eframe::egui::{Id, Ui};
use words::{Say, say, text};

use crate::{
    asks::{Asks, Errand},
    kit::{self, Choice, Icon, Weight, choose, icon_button, line_field},
    theme::{self, Tone, Type, gap},
};

/// A plan that is about to be started.
#[derive(Debug)]
pub(super) struct Naming {
    title: String,
    whose: Whose,
    /// How it is laid out, as long as it is a person's.
    kind: &'static plan::Template,
}

/// Whose plan it is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Whose {
    Mine,
    /// Somebody's who has this name.
    Anothers(String),
    /// Several partners', about nobody.
    OurGroups,
}

/// What became of it in this frame.
pub(super) enum Named {
    NotYet,
    Started,
    Cancelled,
}

/// The kind of plan that belongs to no person.
const GROUP: &str = "coalition";

impl Naming {
    /// A plan of whoever is called so, of the kind that fits anybody.
    pub(super) fn of(name: &str) -> Naming {
        let kind = plan::templates().first().expect("there are templates");
        Naming { title: plan_of(name), whose: Whose::Mine, kind }
    }

    /// Draws it.
    pub(super) fn ui(&mut self, ui: &mut Ui, me: &str, asks: &mut Asks) -> Named {
        kit::card(ui, |ui| {
            kit::heading(ui, Icon::START, &text("app-home-start"));
            self.whose(ui, me);
            if self.whose != Whose::OurGroups {
                ui.add_space(gap::S);
                self.kind(ui);
            }
            ui.add_space(gap::S);
            line_field(ui, Id::new("plan title"), &text("app-home-title"), "", &mut self.title);
            ui.label(theme::soft(ui, Type::Note, text("app-home-title-why")));
            ui.add_space(gap::S);
            ui.horizontal(|ui| {
                let start = icon_button(ui, Weight::Strong, None, &text("app-home-start-do"));
                if start.clicked()
                    && let Some(ask) = self.ask()
                {
                    asks.send(Errand::Start, ask);
                    return Named::Started;
                }
                match icon_button(ui, Weight::Plain, None, &text("common-cancel")).clicked() {
                    true => Named::Cancelled,
                    false => Named::NotYet,
                }
            })
            .inner
        })
        .inner
    }

    fn whose(&mut self, ui: &mut Ui, me: &str) {
        let another = match &self.whose {
            Whose::Anothers(name) => name.clone(),
            Whose::Mine | Whose::OurGroups => String::new(),
        };
        let whose = [
            (Whose::Mine, "app-home-for-me"),
            (Whose::Anothers(another), "app-home-for-another"),
            (Whose::OurGroups, "content-for-group"),
        ];
        let whose = whose.map(|(value, key)| Choice { value, words: text(key), tone: Tone::Accent });
        if let Some(chosen) = choose(ui, &text("app-home-for"), Some(&self.whose), &whose) {
            self.title = match &chosen {
                Whose::Mine => plan_of(me),
                Whose::Anothers(name) => plan_of(name),
                Whose::OurGroups => String::new(),
            };
            self.whose = chosen;
        }
        match &mut self.whose {
            Whose::Mine => {}
            Whose::Anothers(name) => {
                let (label, before) = (text("app-home-about"), name.clone());
                line_field(ui, Id::new("plan about"), &label, "", name);
                if *name != before {
                    self.title = plan_of(name);
                }
                ui.label(theme::soft(ui, Type::Note, text("app-home-about-why")).line_height(Some(24.0)));
            }
            Whose::OurGroups => {
                ui.label(theme::soft(ui, Type::Note, text("content-for-group-why")).line_height(Some(24.0)));
            }
        }
    }

    fn kind(&mut self, ui: &mut Ui) {
        let of_a_person = plan::templates().iter().filter(|template| template.code != GROUP);
        let kinds: Vec<Choice<&str>> = of_a_person
            .map(|template| Choice { value: template.code, words: words::label(template.label), tone: Tone::Accent })
            .collect();
        let chosen = choose(ui, &text("content-kind"), Some(&self.kind.code), &kinds);
        if let Some(kind) = chosen.and_then(plan::template) {
            self.kind = kind;
        }
        if let Some(why) = why(self.kind.code) {
            ui.label(theme::soft(ui, Type::Note, text(why)).line_height(Some(24.0)));
        }
    }

    /// What is asked of the desk, once everything has a name.
    fn ask(&self) -> Option<Ask> {
        let title = Some(self.title.trim()).filter(|title| !title.is_empty())?.to_owned();
        let (about, kind) = match &self.whose {
            Whose::Mine => (None, self.kind),
            Whose::Anothers(name) => (Some(name.trim()).filter(|name| !name.is_empty()), self.kind),
            Whose::OurGroups => (None, plan::template(GROUP)?),
        };
        if matches!(self.whose, Whose::Anothers(_)) && about.is_none() {
            return None;
        }
        Some(Ask::StartPlan { title, about: about.map(str::to_owned), kind: Some(kind) })
    }
}

fn plan_of(name: &str) -> String {
    // A plan of nobody yet has no name either.
    if name.trim().is_empty() {
        return String::new();
    }
    say(Say::new("common-plan-of").with("name", name.trim()))
}

/// For whom a kind of plan is meant, in a sentence.
fn why(kind: &str) -> Option<&'static str> {
    match kind {
        "seven-questions" => Some("content-kind-seven-questions"),
        "care-act" => Some("content-kind-care-act"),
        "ndis" => Some("content-kind-ndis"),
        "ehcp" => Some("content-kind-ehcp"),
        "family-team" => Some("content-kind-family-team"),
        "carer" => Some("content-kind-carer"),
        _ => None,
    }
}
