//! What stands where in a window: the rail, the page, what is beside it, the line at the bottom.

use desk::{PlanCard, Went};
use eframe::egui::{self, Frame, Id, Margin, Panel, ScrollArea, Ui, vec2};
use words::{Say, say, text};

use super::Room;
use crate::{
    asks::{Asks, Page, Place, Reading},
    kit::{self, Icon, Weight, icon_button},
    rail,
    screens::{
        about,
        fields::{Record, at_foot, at_head},
        offers,
        pages::{self, Width},
        readers,
    },
    status,
    theme::{self, Tone, Type, gap},
};

/// The widest a page of cards gets.
const PAGE: f32 = 952.0;

impl Room {
    /// A page of a plan with what stands around it.
    pub(super) fn plan(&mut self, ui: &mut Ui, card: &PlanCard, page: Page, asks: &mut Asks) {
        let palette = theme::of(ui.ctx());
        let width = ui.available_width();
        let quiet = Frame::new().fill(palette.rail);
        Panel::bottom("status")
            .exact_size(46.0)
            .resizable(false)
            .frame(quiet.inner_margin(Margin::symmetric(22, 0)))
            .show(ui, |ui| {
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    status::ui(ui, &self.desk, card.id)
                });
            });
        if width >= theme::NARROW {
            let counts = self.pages.counts(ui.ctx(), &self.desk, card.id);
            Panel::left("rail")
                .exact_size(theme::RAIL)
                .resizable(false)
                .frame(quiet.inner_margin(Margin { left: 12, right: 0, top: 16, bottom: 4 }))
                .show(ui, |ui| rail::ui(ui, &self.desk, card, page, &counts, asks));
        }
        let row = match page {
            Page::Part(part) => pages::of(part),
            Page::Front | Page::Parts | Page::People | Page::Sharing | Page::Mine | Page::History => None,
        };
        let column = row.filter(|row| row.width == Width::Column);
        let is_beside = column.is_some() && width >= theme::SIDE_FROM;
        if let Some(row) = column.filter(|_| is_beside) {
            let recent = self.recent.get(&card.id).cloned().unwrap_or_default();
            Panel::right("beside")
                .exact_size(theme::SIDE)
                .resizable(false)
                .frame(Frame::new().fill(palette.paper).inner_margin(Margin::symmetric(20, 22)))
                .show(ui, |ui| {
                    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                        about::beside(ui, &self.desk, card.id, row.part, &recent);
                        offers::beside(ui, &self.desk, card.id, row.part, asks);
                    });
                });
        }
        let widest = if column.is_some() { theme::COLUMN } else { PAGE };
        let plan = card.id;
        let draw = |room: &mut Room, ui: &mut Ui, asks: &mut Asks| match page {
            Page::Front => {
                let recent = room.recent.get(&plan).map(Vec::as_slice).unwrap_or_default();
                room.front.ui(ui, &room.desk, plan, recent, asks);
            }
            Page::Part(part) => {
                crate::screens::stopped::ui(ui, &room.desk, plan, part, asks);
                if room.reading == Reading::Easy {
                    room.easy.ui(ui, &room.desk, plan, part, asks);
                    return room.printing(ui, plan, Some(part), asks);
                }
                crate::screens::begun::apart(ui, &room.desk, plan, part, asks);
                crate::screens::begun::missing(ui, &room.desk, plan, part, asks);
                offers::above(ui, &room.desk, plan, part);
                let whole = Record::part(&room.desk, plan, part);
                at_head(ui, whole, asks);
                // Beside a page of one column stands who sees it, where there is room.
                if !is_beside {
                    readers::below_title(ui.ctx(), &room.desk, plan, part);
                }
                if let Some(page) = room.pages.of(part) {
                    page.ui(ui, &room.desk, plan, asks);
                }
                readers::forget(ui.ctx());
                at_foot(ui, Record::part(&room.desk, plan, part), asks);
                offers::below_page(ui, &room.desk, plan, part, asks);
                room.printing(ui, plan, Some(part), asks);
            }
            Page::Parts => {
                room.parts.ui(ui, &room.desk, plan, asks);
                room.printing(ui, plan, None, asks);
            }
            Page::People => room.people.ui(ui, &room.desk, plan, asks),
            Page::Sharing => room.sharing.ui(ui, &room.desk, plan, asks),
            Page::Mine => room.mine.ui(ui, &room.desk, plan, asks),
            Page::History => room.history.ui(ui, &room.desk, plan),
        };
        self.page(ui, widest, draw, asks);
    }

    /// One scrolling column, and above it where to go when there is no rail.
    pub(super) fn page(
        &mut self,
        ui: &mut Ui,
        widest: f32,
        draw: impl FnOnce(&mut Room, &mut Ui, &mut Asks),
        asks: &mut Asks,
    ) {
        let palette = theme::of(ui.ctx());
        let place = self.place;
        egui::CentralPanel::default().frame(Frame::new().fill(palette.paper)).show(ui, |ui| {
            let narrow = ui.available_width() < theme::NARROW - theme::RAIL;
            let outer = if ui.available_width() < theme::COLUMN { 20.0 } else { theme::OUTER };
            if let Place::Plan(plan, _) = place
                && ui.ctx().content_rect().width() < theme::NARROW
            {
                ui.horizontal(|ui| {
                    ui.add_space(outer);
                    if icon_button(ui, Weight::Quiet, Icon::MENU, &text("app-pages")).clicked() {
                        asks.go(Place::Pages(plan));
                    }
                    self.whose(ui, place);
                });
            }
            ScrollArea::vertical().id_salt(format!("{place:?}")).auto_shrink(false).show(ui, |ui| {
                ui.horizontal_top(|ui| {
                    let width = (ui.available_width() - 2.0 * outer).min(widest);
                    // Beside a rail a page begins where the rail ends; without one it stands in the middle.
                    let before = match place {
                        Place::Plan(..) => outer,
                        Place::Home | Place::Settings | Place::Day | Place::Find | Place::Pages(_) => {
                            (ui.available_width() - width) / 2.0
                        }
                    };
                    ui.add_space(before);
                    let column = egui::Layout::top_down(egui::Align::Min);
                    ui.allocate_ui_with_layout(vec2(width, ui.available_height()), column, |ui| {
                        ui.set_width(width);
                        crate::text::page_begins(ui.ctx(), ui.cursor().top());
                        ui.add_space(if narrow { gap::XS } else { 20.0 });
                        self.notice(ui);
                        self.visit(ui);
                        self.gone(ui, place);
                        draw(self, ui, asks);
                        ui.add_space(gap::XXL);
                    });
                });
                kit::follow_focus(ui, "page");
            });
        });
    }

    /// Whose plan it is and which page, where no rail says it.
    fn whose(&self, ui: &mut Ui, place: Place) {
        let Place::Plan(plan, page) = place else { return };
        let Some(card) = self.desk.plans().into_iter().find(|card| card.id == plan) else { return };
        let mut words = card.title;
        if let Page::Part(part) = page {
            words = format!("{words} · {}", crate::terms::page(&self.desk, plan, part));
        }
        ui.add_space(gap::M);
        ui.add(egui::Label::new(theme::soft(ui, Type::Note, words)).truncate());
        ui.add_space(gap::M);
    }

    pub(super) fn pages(&mut self, ui: &mut Ui, card: &PlanCard, asks: &mut Asks) {
        let frame = Frame::new().fill(theme::of(ui.ctx()).rail).inner_margin(Margin::same(16));
        let counts = self.pages.counts(ui.ctx(), &self.desk, card.id);
        egui::CentralPanel::default().frame(frame).show(ui, |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                rail::page(ui, &self.desk, card, &counts, asks);
                kit::follow_focus(ui, "pages");
            });
        });
    }

    /// Whoever is here for a visit is told on every page when it ends, and what happens then.
    fn visit(&self, ui: &mut Ui) {
        let Place::Plan(plan, _) = self.place else { return };
        let me = self.desk.ledger(plan).and_then(|ledger| ledger.person(ledger.person_of(self.desk.device())?));
        let Some(until) = me.and_then(|me| me.until) else { return };
        // After the hour it is here only because nobody else has what was written on this device.
        let key = if until <= desk::now() { "app-visit-stays" } else { "app-visit-until" };
        let sentence = say(Say::new(key).with("when", words::moment(until.0)));
        kit::toned_card(ui, Tone::Accent, |ui| {
            let accent = theme::of(ui.ctx()).accent;
            kit::icon_line(ui, Icon::INFO, accent, theme::text(ui, Type::Note, sentence));
        });
        ui.add_space(gap::L);
    }

    /// Whoever does not belong any more is told so, and that what is here is theirs.
    fn gone(&self, ui: &mut Ui, place: Place) {
        let Place::Plan(plan, _) = place else { return };
        let Some(gone) = self.desk.plans().into_iter().find(|card| card.id == plan).and_then(|card| card.gone) else {
            return;
        };
        let day = words::day(gone.at.0);
        let say = match gone.went {
            Went::Left => Say::new("app-gone-left"),
            Went::Removed { by } => {
                let mine = by == Some(gone.id);
                let by = by.and_then(|by| self.desk.called(plan, by)).unwrap_or_else(|| text("common-someone"));
                // Only this device, while its person is still here with another.
                let alone = self.desk.ledger(plan).is_some_and(|ledger| ledger.person(gone.id).is_some());
                Say::new(match (alone, mine) {
                    (true, true) => "app-gone-device-mine",
                    (true, false) => "app-gone-device",
                    (false, _) => "app-gone-removed",
                })
                .with("by", by)
            }
            Went::Fell => Say::new("app-gone-fell"),
        };
        kit::toned_card(ui, Tone::Plain, |ui| {
            kit::heading(ui, Icon::INFO, &words::say(say.with("day", day)));
            ui.label(theme::text(ui, Type::Body, text("app-gone-copy")).line_height(Some(27.0)));
        });
        ui.add_space(gap::L);
    }

    /// Something that did not work, until it is read.
    fn notice(&mut self, ui: &mut Ui) {
        let shown = Id::new("what was said last");
        let Some(sentence) = &self.notice else { return ui.data_mut(|data| _ = data.remove_temp::<String>(shown)) };
        let mut read = false;
        let card = kit::toned_card(ui, Tone::Attention, |ui| {
            let attention = theme::of(ui.ctx()).attention;
            kit::icon_line(ui, Icon::WARN, attention, theme::text(ui, Type::Body, sentence));
            read = icon_button(ui, Weight::Plain, None, &text("common-close")).clicked();
        });
        // Whoever is further down the page is taken to it, once.
        if ui.data(|data| data.get_temp::<String>(shown)).as_ref() != Some(sentence) {
            card.response.scroll_to_me(None);
            ui.data_mut(|data| data.insert_temp(shown, sentence.clone()));
        }
        ui.add_space(gap::L);
        if read {
            self.notice = None;
        }
    }
}

/// Whose device this window is, in a demo.
pub(super) fn strip(ui: &mut Ui, strip: &str) {
    let palette = theme::of(ui.ctx());
    Panel::top("strip")
        .exact_size(34.0)
        .resizable(false)
        .frame(Frame::new().fill(palette.accent).inner_margin(Margin::symmetric(16, 0)))
        .show(ui, |ui| {
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let words = say(Say::new("app-demo-strip").with("device", strip));
                ui.label(theme::text(ui, Type::BesideStrong, words).color(palette.on_accent));
            });
        });
}
