//! How everything looks, by role: a screen says "soft ink", never a colour.
//!
//! The roles and their numbers are one page (`palette`); the rest of this folder hands them to egui.

mod fonts;
mod palette;

use eframe::egui;
use egui::{Color32, CornerRadius, Margin, RichText, Stroke, Ui};

pub use fonts::{Type, icon_font, install as install_fonts};
pub use palette::{PENS, Palette, SHEET, Tone};

/// Room between things, in points. Only these.
pub mod gap {
    /// Between an icon and its word.
    pub const XS: f32 = 4.0;
    /// Between chips in a row.
    pub const S: f32 = 8.0;
    /// Between lines of one card.
    pub const M: f32 = 12.0;
    /// Between cards.
    pub const L: f32 = 16.0;
    /// Between groups of cards.
    pub const XL: f32 = 24.0;
    /// Between a page's title and the window's edge.
    pub const XXL: f32 = 32.0;
}

/// Width of the list of parts at the left.
pub const RAIL: f32 = 248.0;
/// Width of what stands beside the part.
pub const SIDE: f32 = 312.0;
/// Widest line of text that is still easy to read.
pub const COLUMN: f32 = 640.0;
/// Between the page's content and the panels around it.
pub const OUTER: f32 = 40.0;
/// Below this width the side panel goes: the text comes first.
pub const SIDE_FROM: f32 = 1100.0;
/// Below this width there is one column, and the rail becomes a page.
pub const NARROW: f32 = 700.0;
/// Smallest thing a shaking hand can still hit.
pub const TARGET: f32 = 44.0;
/// Corners of cards.
pub const CARD_RADIUS: u8 = 16;
/// Corners of buttons and fields.
pub const BUTTON_RADIUS: u8 = 12;

/// Which of the looks is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// Dark ink on warm paper.
    #[default]
    Light,
    /// Light ink on a dark page, for tired eyes and dark rooms.
    Dark,
    /// Black on white with strong edges.
    HighLight,
    /// White on black with strong edges.
    HighDark,
}

impl Look {
    /// The colours of this look.
    pub fn palette(self) -> &'static Palette {
        match self {
            Look::Light => &palette::LIGHT,
            Look::Dark => &palette::DARK,
            Look::HighLight => &palette::HIGH_LIGHT,
            Look::HighDark => &palette::HIGH_DARK,
        }
    }

    fn is_dark(self) -> bool {
        match self {
            Look::Dark | Look::HighDark => true,
            Look::Light | Look::HighLight => false,
        }
    }
}

fn look_id() -> egui::Id {
    egui::Id::new("alongside look")
}

/// Puts a look on: from the next frame all of egui's own widgets follow it, too.
pub fn wear(ctx: &egui::Context, look: Look) {
    ctx.data_mut(|data| data.insert_temp(look_id(), look as u8));
    let base = if look.is_dark() { egui::Theme::Dark } else { egui::Theme::Light };
    ctx.set_theme(base);
    let mut style = (*ctx.style_of(base)).clone();
    dress(&mut style, look.palette());
    ctx.set_style_of(base, style);
}

/// The colours now in use.
pub fn of(ctx: &egui::Context) -> &'static Palette {
    let look = ctx.data(|data| data.get_temp::<u8>(look_id())).unwrap_or_default();
    [Look::Light, Look::Dark, Look::HighLight, Look::HighDark][usize::from(look).min(3)].palette()
}

/// Words in one of the sizes of the type scale, in full ink.
pub fn text(ui: &Ui, size: Type, words: impl Into<String>) -> RichText {
    RichText::new(words).font(size.font()).color(of(ui.ctx()).ink)
}

/// The same in soft ink: what explains, not what is said.
pub fn soft(ui: &Ui, size: Type, words: impl Into<String>) -> RichText {
    RichText::new(words).font(size.font()).color(of(ui.ctx()).soft_ink)
}

fn dress(style: &mut egui::Style, palette: &Palette) {
    style.text_styles = fonts::text_styles();
    style.animation_time = 0.0;
    style.scroll_animation = egui::style::ScrollAnimation::none();
    style.explanation_tooltips = false;
    let spacing = &mut style.spacing;
    spacing.item_spacing = egui::vec2(gap::S, gap::S);
    spacing.button_padding = egui::vec2(18.0, 10.0);
    // Rows are as high as what stands in them; whatever can be pressed is TARGET high by itself.
    spacing.interact_size = egui::vec2(TARGET, 20.0);
    spacing.text_edit_width = 280.0;
    spacing.combo_height = 400.0;
    spacing.menu_margin = Margin::same(8);
    spacing.icon_width = 22.0;
    spacing.icon_width_inner = 14.0;
    spacing.slider_width = 240.0;
    spacing.scroll = egui::style::ScrollStyle::solid();
    spacing.scroll.bar_width = 8.0;
    spacing.scroll.floating = false;
    spacing.scroll.bar_inner_margin = 0.0;
    spacing.scroll.bar_outer_margin = 2.0;

    let visuals = &mut style.visuals;
    visuals.dark_mode = palette.dark;
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(palette.soft_ink);
    visuals.hyperlink_color = palette.accent;
    visuals.panel_fill = palette.paper;
    visuals.window_fill = palette.surface;
    visuals.window_stroke = Stroke::new(palette.hairline, palette.edge);
    visuals.window_corner_radius = CornerRadius::same(CARD_RADIUS);
    visuals.menu_corner_radius = CornerRadius::same(BUTTON_RADIUS);
    visuals.window_shadow = egui::Shadow::NONE;
    visuals.popup_shadow = egui::Shadow::NONE;
    visuals.faint_bg_color = palette.rail;
    visuals.extreme_bg_color = palette.paper;
    visuals.text_edit_bg_color = Some(palette.surface);
    visuals.warn_fg_color = palette.attention;
    visuals.error_fg_color = palette.attention;
    visuals.selection.bg_fill = palette.selection;
    visuals.selection.stroke = Stroke::new(palette.focus_width, palette.accent);
    visuals.text_cursor.blink = false;
    visuals.text_cursor.stroke = Stroke::new(2.0, palette.ink);
    visuals.interact_cursor = Some(egui::CursorIcon::PointingHand);
    visuals.striped = false;
    visuals.disabled_alpha = 0.6;

    let radius = CornerRadius::same(BUTTON_RADIUS);
    let state = |fill: Color32, stroke: Stroke, ink: Color32| egui::style::WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: stroke,
        corner_radius: radius,
        fg_stroke: Stroke::new(1.5, ink),
        expansion: 0.0,
    };
    let edge = Stroke::new(palette.edge_width, palette.edge);
    let strong = Stroke::new(palette.focus_width, palette.accent);
    visuals.widgets.noninteractive = state(palette.surface, Stroke::new(palette.hairline, palette.line), palette.ink);
    visuals.widgets.inactive = state(palette.surface, edge, palette.ink);
    visuals.widgets.hovered = state(palette.hover, edge, palette.ink);
    visuals.widgets.active = state(palette.accent_behind, strong, palette.ink);
    // Solid fills are the scroll bar's handle.
    visuals.widgets.inactive.bg_fill = palette.edge;
    visuals.widgets.hovered.bg_fill = palette.soft_ink;
    visuals.widgets.active.bg_fill = palette.accent;
    visuals.widgets.open = state(palette.accent_behind, strong, palette.ink);
}
