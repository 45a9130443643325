//! The typeface and the type scale.
//!
//! Atkinson Hyperlegible Next tells I, l and 1 apart, and 0 from O; `app/fonts` holds it with its licence. What it lacks
//! falls back to egui's own fonts. Icons are a family of their own, so that a label never holds one.

use std::collections::BTreeMap;

use eframe::egui;
use egui::{FontData, FontDefinitions, FontFamily, FontId, TextStyle};

const REGULAR: &str = "regular";
const SEMI_BOLD: &str = "semibold";
const BOLD: &str = "bold";
const ICONS: &str = "icons";

/// The type scale: what a line of words is for decides its size and weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// The program's name on the first screen.
    Name,
    /// A page.
    Title,
    /// A goal's own words.
    Quote,
    /// A card or a group of cards.
    Section,
    /// What people wrote.
    Body,
    /// A word of it that matters.
    Strong,
    /// Rail, side panel, status: read beside the text.
    Beside,
    /// A word of it that matters; buttons.
    BesideStrong,
    /// What explains a line above it.
    Note,
    /// Chips.
    Chip,
    /// The smallest there is.
    Small,
}

impl Type {
    /// The font of this step of the scale.
    pub fn font(self) -> FontId {
        let (size, family) = match self {
            Type::Name => (44.0, BOLD),
            Type::Title => (30.0, BOLD),
            Type::Quote => (24.0, BOLD),
            Type::Section => (20.0, BOLD),
            Type::Body => (18.0, REGULAR),
            Type::Strong => (18.0, BOLD),
            Type::Beside => (16.0, REGULAR),
            Type::BesideStrong => (16.0, SEMI_BOLD),
            Type::Note => (16.0, REGULAR),
            Type::Chip => (14.0, SEMI_BOLD),
            Type::Small => (14.0, REGULAR),
        };
        FontId::new(size, FontFamily::Name(family.into()))
    }

    /// Room a line of it takes, so that text set in it can breathe.
    pub fn line_height(self) -> f32 {
        (self.font().size * 1.5).round()
    }
}

/// The font an icon of this size is painted with.
pub fn icon_font(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(ICONS.into()))
}

pub(super) fn text_styles() -> BTreeMap<TextStyle, FontId> {
    BTreeMap::from([
        (TextStyle::Small, Type::Small.font()),
        (TextStyle::Body, Type::Body.font()),
        (TextStyle::Monospace, FontId::monospace(15.0)),
        (TextStyle::Button, Type::BesideStrong.font()),
        (TextStyle::Heading, Type::Title.font()),
    ])
}

/// Gives egui our fonts. Once, before the first frame.
pub fn install(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::default();
    let weights: [(&str, &'static [u8]); 3] = [
        (REGULAR, include_bytes!("../../fonts/AtkinsonHyperlegibleNext-Regular.ttf")),
        (SEMI_BOLD, include_bytes!("../../fonts/AtkinsonHyperlegibleNext-SemiBold.ttf")),
        (BOLD, include_bytes!("../../fonts/AtkinsonHyperlegibleNext-Bold.ttf")),
    ];
    let fallbacks = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for (name, bytes) in weights {
        fonts.font_data.insert(name.into(), FontData::from_static(bytes).into());
        let mut chain = vec![name.to_owned()];
        chain.extend(fallbacks.iter().cloned());
        fonts.families.insert(FontFamily::Name(name.into()), chain.clone());
        if name == REGULAR {
            fonts.families.insert(FontFamily::Proportional, chain);
        }
    }
    fonts.font_data.insert(ICONS.into(), egui_phosphor::Variant::Regular.font_data().into());
    fonts.families.insert(FontFamily::Name(ICONS.into()), vec![ICONS.to_owned()]);
    ctx.set_fonts(fonts);
}
