//! Deciding one cell: what somebody may do with a part, why, on what basis, until when.

use circle::{Access, Who};
use desk::{Ask, Cell, Ground};
use eframe::egui::{Id, Ui, vec2};
use node::ask::ShareWith;
use seal::{DocId, PlanId, Time};
use words::{Say, say, text};

use crate::{
    kit::{self, Choice, Icon, Weight, choose, icon_button, line_field},
    screens::{about::access_words, pair},
    theme::{self, Tone, Type, gap},
};

/// What may be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Access(Access),
    /// Nothing in particular: what everyone has.
    AsEveryone,
}

/// One cell under decision.
#[derive(Debug)]
pub(super) struct Form {
    who: Who,
    doc: DocId,
    wanted: Wanted,
    why: String,
    basis: String,
    until: String,
    trouble: Option<String>,
    asked: bool,
    /// Whether it was brought into view since it was opened.
    shown: bool,
}

/// What the form speaks of.
pub(super) struct About<'a> {
    pub(super) part: String,
    pub(super) name: String,
    pub(super) cell: &'a Cell,
    pub(super) everyone: Access,
}

/// What came of drawing it once.
pub(super) enum Went {
    On,
    Away,
    Asked(Ask),
}

impl Form {
    /// Begins with what is so now.
    pub(super) fn new(who: Who, doc: DocId, cell: &Cell) -> Form {
        let agreement = match &cell.ground {
            Ground::Own(agreement) => Some(agreement),
            Ground::Owner | Ground::Everyone(_) | Ground::Nobody => None,
        };
        let until = agreement.and_then(|agreement| agreement.until).map(|until| words::day(until.0));
        Form {
            who,
            doc,
            wanted: Wanted::Access(cell.access),
            why: String::new(),
            basis: String::new(),
            until: until.unwrap_or_default(),
            trouble: None,
            asked: false,
            shown: false,
        }
    }

    pub(super) fn who(&self) -> Who {
        self.who
    }

    pub(super) fn is_about(&self, who: Who, doc: DocId) -> bool {
        self.who == who && self.doc == doc
    }

    pub(super) fn failed(&mut self, sentence: String) {
        self.trouble = Some(sentence);
        self.asked = false;
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, plan: PlanId, about: &About<'_>) -> Went {
        let mut went = Went::On;
        let card = kit::toned_card(ui, Tone::Accent, |ui| {
            ui.spacing_mut().item_spacing = vec2(gap::S, gap::S);
            let heading = Say::new(match self.who {
                Who::Person(_) => "app-sharing-decide",
                Who::Everyone => "app-sharing-decide-everyone",
            });
            kit::heading(ui, Icon::SHARING, &say(heading.with("part", &about.part).with("name", &about.name)));
            let choices = self.choices(about);
            if let Some(wanted) = choose(ui, &text("app-sharing-may"), Some(&self.wanted), &choices) {
                self.wanted = wanted;
            }
            let doc = self.doc.to_string();
            let id = |field: &str| Id::new(("sharing", field, doc.as_str()));
            line_field(ui, id("why"), &text("app-sharing-why"), &text("app-sharing-why-hint"), &mut self.why);
            let (given, refuses) = (self.is_given(), self.refuses(about));
            let (on, end) = (&mut self.basis, &mut self.until);
            match (given, refuses) {
                (true, _) => pair(ui, 0.5, |ui| basis(ui, id("basis"), on), |ui| until(ui, id("until"), end)),
                (false, true) => basis(ui, id("basis"), on),
                (false, false) => {}
            }
            let effect = self.effect(about);
            ui.label(theme::text(ui, Type::Note, effect).line_height(Some(24.0)));
            if let Some(trouble) = &self.trouble {
                ui.label(theme::text(ui, Type::Note, trouble).color(theme::of(ui.ctx()).attention));
            }
            ui.horizontal_wrapped(|ui| {
                let ready = !self.asked && self.changes(about);
                ui.add_enabled_ui(ready, |ui| {
                    if icon_button(ui, Weight::Strong, Icon::DONE, &text("app-sharing-sign")).clicked() {
                        went = self.ask(plan, about);
                    }
                });
                if icon_button(ui, Weight::Plain, None, &text("common-cancel")).clicked() {
                    went = Went::Away;
                }
            });
        });
        if !self.shown {
            // A form that opens below the window's edge would look as if nothing had happened.
            ui.scroll_to_rect(card.response.rect, None);
            self.shown = true;
        }
        went
    }

    fn choices(&self, about: &About<'_>) -> Vec<Choice<Wanted>> {
        let access = |access: Access, tone: Tone| Choice {
            value: Wanted::Access(access),
            words: kit::capital(&access_words(access)),
            tone,
        };
        let mut choices = vec![
            access(Access::Edit, Tone::Accent),
            access(Access::Suggest, Tone::NotYet),
            access(Access::View, Tone::Accent),
            access(Access::Nothing, Tone::Attention),
        ];
        if matches!(about.cell.ground, Ground::Own(_)) && about.everyone > Access::Nothing && self.who != Who::Everyone
        {
            let words = say(Say::new("app-sharing-as-everyone").with("access", access_words(about.everyone)));
            choices.push(Choice { value: Wanted::AsEveryone, words, tone: Tone::Accent });
        }
        choices
    }

    /// Whether something is given, so that it may have an end.
    fn is_given(&self) -> bool {
        matches!(self.wanted, Wanted::Access(access) if access > Access::Nothing)
    }

    /// Whether it becomes a decision not to share, with its own reason; else what was given just ends.
    fn refuses(&self, about: &About<'_>) -> bool {
        let own = matches!(&about.cell.ground, Ground::Own(agreement) if !agreement.refused);
        self.wanted == Wanted::Access(Access::Nothing)
            && (about.everyone > Access::Nothing || !own)
            && self.who != Who::Everyone
    }

    fn changes(&self, about: &About<'_>) -> bool {
        let said = !self.why.trim().is_empty() || !self.basis.trim().is_empty();
        let day = match &about.cell.ground {
            Ground::Own(agreement) => agreement.until.map(|until| words::day(until.0)).unwrap_or_default(),
            Ground::Owner | Ground::Everyone(_) | Ground::Nobody => String::new(),
        };
        self.wanted != Wanted::Access(about.cell.access) || said || self.until.trim() != day
    }

    /// What it will mean, before it is signed.
    fn effect(&self, about: &About<'_>) -> String {
        let key = match (self.wanted, self.who) {
            (Wanted::Access(access), _) if access == about.cell.access => "app-sharing-effect-same",
            (Wanted::Access(Access::Nothing), Who::Person(_)) if about.cell.access == Access::Nothing => {
                "app-sharing-effect-refused"
            }
            (Wanted::Access(Access::Nothing), Who::Person(_)) => "app-sharing-effect-taken",
            (Wanted::Access(Access::Nothing), Who::Everyone) => "app-sharing-effect-taken-everyone",
            (Wanted::Access(access), Who::Person(_)) if access < about.cell.access => "app-sharing-effect-less",
            (Wanted::Access(_), Who::Person(_)) => "app-sharing-effect-given",
            (Wanted::Access(_), Who::Everyone) => "app-sharing-effect-given-everyone",
            (Wanted::AsEveryone, _) => "app-sharing-effect-as-everyone",
        };
        say(Say::new(key).with("name", &about.name).with("part", &about.part))
    }

    fn ask(&mut self, plan: PlanId, about: &About<'_>) -> Went {
        let (doc, who) = (self.doc, self.who);
        let (why, basis) = (plan::clean(&self.why), plan::clean(&self.basis));
        let until = match self.until.trim() {
            "" => None,
            day => match words::read_day(day, desk::now().0).and_then(|day| words::end_of_day(&day)) {
                Some(end) if end > desk::now().0 => Some(Time(end)),
                Some(_) => {
                    self.trouble = Some(text("app-sharing-end-past"));
                    return Went::On;
                }
                None => {
                    self.trouble = Some(text("app-field-not-a-date"));
                    return Went::On;
                }
            },
        };
        self.trouble = None;
        self.asked = true;
        Went::Asked(match self.wanted {
            Wanted::Access(Access::Nothing) if self.refuses(about) => Ask::Refuse { plan, doc, who, why, basis },
            Wanted::Access(Access::Nothing) | Wanted::AsEveryone => Ask::Unshare { plan, doc, who, why },
            Wanted::Access(access) => Ask::Share { plan, who, with: ShareWith { doc, access, why, basis, until } },
        })
    }
}

fn basis(ui: &mut Ui, id: Id, basis: &mut String) {
    line_field(ui, id, &text("app-sharing-basis"), &text("app-sharing-basis-hint"), basis);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(gap::S, 0.0);
        for key in
            ["app-sharing-basis-yes", "app-sharing-basis-together", "app-sharing-basis-law", "app-sharing-basis-safe"]
        {
            let words = text(key);
            if kit::suggestion(ui, &words, *basis == words) {
                *basis = words;
            }
        }
    });
}

fn until(ui: &mut Ui, id: Id, until: &mut String) {
    line_field(ui, id, &text("app-sharing-end"), &text("app-sharing-end-hint"), until);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(gap::S, 0.0);
        for (months, key) in [
            (0, "app-sharing-end-none"),
            (1, "app-sharing-end-month"),
            (3, "app-sharing-end-quarter"),
            (12, "app-sharing-end-year"),
        ] {
            let day =
                if months == 0 { String::new() } else { words::date(&words::months_later(desk::now().0, months)) };
            if kit::suggestion(ui, &text(key), until.trim() == day) {
                *until = day;
            }
        }
    });
}
