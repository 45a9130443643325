//! Icons: painted beside words, never inside them, since a screen reader would read the code point aloud.

use eframe::egui::{self, Align2, Color32, Painter, Pos2, RichText, Sense, Ui, vec2};

use crate::theme;

/// A picture from Phosphor that stands beside words and says nothing they do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Icon(&'static str);

impl Icon {
    /// Add one more.
    pub const ADD: Icon = Icon(egui_phosphor::regular::PLUS);
    /// Add, in an empty card.
    pub const ADD_ROUND: Icon = Icon(egui_phosphor::regular::PLUS_CIRCLE);
    /// What has to be done.
    pub const ACTIONS: Icon = Icon(egui_phosphor::regular::CHECK_SQUARE);
    /// Put something with it.
    pub const ATTACH: Icon = Icon(egui_phosphor::regular::PAPERCLIP);
    /// A picture that is not seen yet.
    pub const PICTURE: Icon = Icon(egui_phosphor::regular::IMAGE);
    /// A recording.
    pub const SOUND: Icon = Icon(egui_phosphor::regular::SPEAKER_HIGH);
    /// On to where something is.
    pub const GO: Icon = Icon(egui_phosphor::regular::ARROW_RIGHT);
    /// What was tried, and what it taught.
    pub const LEARNING: Icon = Icon(egui_phosphor::regular::LIGHTBULB);
    /// Back to where I was.
    pub const BACK: Icon = Icon(egui_phosphor::regular::ARROW_LEFT);
    /// A tick.
    pub const CHECK: Icon = Icon(egui_phosphor::regular::CHECK);
    /// Put it where it can be pasted.
    pub const COPY: Icon = Icon(egui_phosphor::regular::COPY);
    /// My own day.
    pub const DAY: Icon = Icon(egui_phosphor::regular::SUN_HORIZON);
    /// Done with changing.
    pub const DONE: Icon = Icon(egui_phosphor::regular::CHECK);
    /// Change this.
    pub const EDIT: Icon = Icon(egui_phosphor::regular::PENCIL_SIMPLE);
    /// In a part that is not here.
    pub const ELSEWHERE: Icon = Icon(egui_phosphor::regular::EYE_SLASH);
    /// Not there yet.
    pub const MISSING: Icon = Icon(egui_phosphor::regular::CIRCLE_DASHED);
    /// What was agreed in words.
    pub const AGREED: Icon = Icon(egui_phosphor::regular::CHAT_TEXT);
    /// What is put apart.
    pub const APART: Icon = Icon(egui_phosphor::regular::LOCK_SIMPLE);
    /// When deciding is hard.
    pub const CAPACITY: Icon = Icon(egui_phosphor::regular::SCALES);
    /// A carer's own page.
    pub const CARER: Icon = Icon(egui_phosphor::regular::HEART);
    /// Things that help.
    pub const EQUIPMENT: Icon = Icon(egui_phosphor::regular::WHEELCHAIR);
    /// What somebody takes.
    pub const MEDICINES: Icon = Icon(egui_phosphor::regular::PILL);
    /// Notes to oneself.
    pub const NOTES: Icon = Icon(egui_phosphor::regular::NOTE_PENCIL);
    /// Other plans and papers.
    pub const PAPERS: Icon = Icon(egui_phosphor::regular::FOLDER_OPEN);
    /// Help near me.
    pub const RESOURCES: Icon = Icon(egui_phosphor::regular::MAP_PIN);
    /// Easy Read.
    pub const EASY: Icon = Icon(egui_phosphor::regular::LIST_BULLETS);
    /// A page to print.
    pub const PRINT: Icon = Icon(egui_phosphor::regular::PRINTER);
    /// The cover.
    pub const COVER: Icon = Icon(egui_phosphor::regular::BOOK_OPEN);
    /// Look for words.
    pub const FIND: Icon = Icon(egui_phosphor::regular::MAGNIFYING_GLASS);
    /// The front page.
    pub const FRONT: Icon = Icon(egui_phosphor::regular::HOUSE);
    /// Goals.
    pub const GOALS: Icon = Icon(egui_phosphor::regular::FLAG_PENNANT);
    /// Who wrote what.
    pub const HISTORY: Icon = Icon(egui_phosphor::regular::CLOCK_COUNTER_CLOCKWISE);
    /// A device.
    pub const DEVICE: Icon = Icon(egui_phosphor::regular::DEVICES);
    /// Words that wait.
    pub const HELD: Icon = Icon(egui_phosphor::regular::TRAY);
    /// What opens this device.
    pub const KEY: Icon = Icon(egui_phosphor::regular::KEY);
    /// Go away from here.
    pub const LEAVE: Icon = Icon(egui_phosphor::regular::SIGN_OUT);
    /// Less of it to see.
    pub const LESS: Icon = Icon(egui_phosphor::regular::CARET_UP);
    /// More of it to see.
    pub const MORE: Icon = Icon(egui_phosphor::regular::CARET_DOWN);
    /// What was signed.
    pub const PAPER: Icon = Icon(egui_phosphor::regular::FILE_TEXT);
    /// Who sees what.
    pub const SHARING: Icon = Icon(egui_phosphor::regular::EYE);
    /// Give the plan into other hands.
    pub const HAND_OVER: Icon = Icon(egui_phosphor::regular::HAND_HEART);
    /// Good to know.
    pub const INFO: Icon = Icon(egui_phosphor::regular::INFO);
    /// Someone new.
    pub const INVITE: Icon = Icon(egui_phosphor::regular::USER_PLUS);
    /// Come in.
    pub const JOIN: Icon = Icon(egui_phosphor::regular::HANDSHAKE);
    /// A place that is good.
    pub const PLACE: Icon = Icon(egui_phosphor::regular::MAP_PIN);
    /// A step that is done.
    pub const STEP_DONE: Icon = Icon(egui_phosphor::regular::CHECK_CIRCLE);
    /// A step that is still to come.
    pub const STEP: Icon = Icon(egui_phosphor::regular::CIRCLE);
    /// What somebody is good at.
    pub const STRENGTHS: Icon = Icon(egui_phosphor::regular::STAR);
    /// Something that helps.
    pub const THING: Icon = Icon(egui_phosphor::regular::PACKAGE);
    /// Words of somebody.
    pub const TALK: Icon = Icon(egui_phosphor::regular::CHATS_CIRCLE);
    /// What waits for something else.
    pub const WAITS: Icon = Icon(egui_phosphor::regular::HOURGLASS_MEDIUM);
    /// Somebody knocks.
    pub const KNOCK: Icon = Icon(egui_phosphor::regular::DOOR_OPEN);
    /// A look round.
    pub const LOOK: Icon = Icon(egui_phosphor::regular::EYES);
    /// About me.
    pub const ME: Icon = Icon(egui_phosphor::regular::USER_CIRCLE);
    /// What I am here.
    pub const MINE: Icon = Icon(egui_phosphor::regular::IDENTIFICATION_CARD);
    /// The list of parts.
    pub const MENU: Icon = Icon(egui_phosphor::regular::LIST);
    /// What is new.
    pub const NEW: Icon = Icon(egui_phosphor::regular::SPARKLE);
    /// Reached over the network.
    pub const ONLINE: Icon = Icon(egui_phosphor::regular::WIFI_HIGH);
    /// Nobody reached.
    pub const ALONE: Icon = Icon(egui_phosphor::regular::WIFI_SLASH);
    /// People.
    pub const PEOPLE: Icon = Icon(egui_phosphor::regular::USERS_THREE);
    /// All plans on this device.
    pub const PLANS: Icon = Icon(egui_phosphor::regular::NOTEBOOK);
    /// Take away.
    pub const REMOVE: Icon = Icon(egui_phosphor::regular::TRASH);
    /// How it looks.
    pub const SETTINGS: Icon = Icon(egui_phosphor::regular::GEAR_SIX);
    /// Less of it.
    pub const SMALLER: Icon = Icon(egui_phosphor::regular::MINUS);
    /// Begin.
    pub const START: Icon = Icon(egui_phosphor::regular::PENCIL_SIMPLE_LINE);
    /// Take back what I wrote.
    pub const UNDO: Icon = Icon(egui_phosphor::regular::ARROW_U_UP_LEFT);
    /// Write it again.
    pub const REDO: Icon = Icon(egui_phosphor::regular::ARROW_U_UP_RIGHT);
    /// The money.
    pub const MONEY: Icon = Icon(egui_phosphor::regular::WALLET);
    /// Money spent.
    pub const RECEIPT: Icon = Icon(egui_phosphor::regular::RECEIPT);
    /// Decisions and open questions.
    pub const DECISIONS: Icon = Icon(egui_phosphor::regular::QUESTION);
    /// Meetings.
    pub const MEETINGS: Icon = Icon(egui_phosphor::regular::CALENDAR_DOTS);
    /// Who decides what.
    pub const DECIDING: Icon = Icon(egui_phosphor::regular::SCALES);
    /// Who agrees.
    pub const AGREEMENT: Icon = Icon(egui_phosphor::regular::SIGNATURE);
    /// Good.
    pub const GOOD: Icon = Icon(egui_phosphor::regular::SMILEY);
    /// So-so.
    pub const SO_SO: Icon = Icon(egui_phosphor::regular::SMILEY_MEH);
    /// Not good.
    pub const NOT_GOOD: Icon = Icon(egui_phosphor::regular::SMILEY_SAD);
    /// What somebody needs help with.
    pub const NEEDS: Icon = Icon(egui_phosphor::regular::HAND_HEART);
    /// What nobody has yet.
    pub const NOBODYS: Icon = Icon(egui_phosphor::regular::HAND_WAVING);
    /// The help somebody gets.
    pub const SUPPORTS: Icon = Icon(egui_phosphor::regular::HANDSHAKE);
    /// What could go wrong, and why it is worth it.
    pub const RISKS: Icon = Icon(egui_phosphor::regular::MOUNTAINS);
    /// If things go wrong.
    pub const CONTINGENCY: Icon = Icon(egui_phosphor::regular::LIFEBUOY);
    /// Keeping well.
    pub const WELL: Icon = Icon(egui_phosphor::regular::PLANT);
    /// What sets something off.
    pub const TRIGGER: Icon = Icon(egui_phosphor::regular::LIGHTNING);
    /// A sign that comes early.
    pub const SIGN: Icon = Icon(egui_phosphor::regular::BINOCULARS);
    /// What is not to be done.
    pub const DONT: Icon = Icon(egui_phosphor::regular::PROHIBIT);
    /// Somebody to ring.
    pub const RING: Icon = Icon(egui_phosphor::regular::PHONE);
    /// Large enough to read from afar.
    pub const LARGE: Icon = Icon(egui_phosphor::regular::ARROWS_OUT);
    /// To be talked about.
    pub const TALK_ABOUT: Icon = Icon(egui_phosphor::regular::CHATS);
    /// What happened.
    pub const HAPPENED: Icon = Icon(egui_phosphor::regular::NOTEBOOK);
    /// The same event.
    pub const LINK: Icon = Icon(egui_phosphor::regular::LINK);
    /// Stories, pictures and papers.
    pub const EVIDENCE: Icon = Icon(egui_phosphor::regular::IMAGE_SQUARE);
    /// How it goes for somebody.
    pub const PERSON: Icon = Icon(egui_phosphor::regular::SUN);
    /// The people around somebody.
    pub const CIRCLE: Icon = Icon(egui_phosphor::regular::CIRCLES_THREE);
    /// Somebody should look.
    pub const WARN: Icon = Icon(egui_phosphor::regular::WARNING_CIRCLE);
}

/// Paints an icon around a middle.
pub fn paint_icon(painter: &Painter, middle: Pos2, icon: Icon, size: f32, colour: Color32) {
    painter.text(middle, Align2::CENTER_CENTER, icon.0, theme::icon_font(size), colour);
}

/// An icon in a line of words that wraps: as wide as it needs, in the strong colour.
pub fn paint_icon_beside(ui: &mut Ui, icon: Icon) {
    let accent = theme::of(ui.ctx()).accent;
    let (rect, _) = ui.allocate_exact_size(vec2(24.0, 26.0), Sense::hover());
    paint_icon(ui.painter(), rect.center(), icon, 22.0, accent);
}

/// An icon and words beside it. Words that need more than one line stay beside the icon.
pub fn icon_line(ui: &mut Ui, icon: Icon, colour: Color32, words: RichText) {
    let room = (ui.available_width() - 22.0 - theme::gap::M).max(60.0);
    let font = egui::FontSelection::default();
    let galley = egui::WidgetText::from(words).into_galley(ui, Some(egui::TextWrapMode::Wrap), room, font);
    let first = galley.rows.first().map_or(0.0_f32, |row| row.height());
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = theme::gap::M;
        let (rect, _) = ui.allocate_exact_size(vec2(22.0, 28.0), Sense::hover());
        paint_icon(ui.painter(), rect.center(), icon, 22.0, colour);
        ui.vertical(|ui| {
            ui.add_space(((28.0 - first) / 2.0).max(0.0));
            ui.label(galley);
        });
    });
}

/// Buttons or a sum at the right end of a line.
pub fn at_end<R>(ui: &mut Ui, inside: impl FnOnce(&mut Ui) -> R) -> R {
    let size = vec2(ui.available_width(), theme::TARGET);
    ui.allocate_ui_with_layout(size, egui::Layout::right_to_left(egui::Align::Center), inside).inner
}
