//! Every colour of the program, by role. The only file that may name one.
//!
//! Body text stands 7:1 or better on its ground, all other text 4.5:1, edges of what can be used 3:1 (the test below
//! measures it). Colour never says anything alone: chips have words, people have initials and ring patterns.
#![expect(clippy::disallowed_methods, reason = "this file is where colours are made")]

use eframe::egui::Color32;

/// What a chip or a bordered card says besides its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Nothing: an outline.
    Plain,
    /// Under way, chosen, ours.
    Accent,
    /// Done, well, agreed.
    Calm,
    /// "I can swim, but not yet."
    NotYet,
    /// Somebody should look at this.
    Attention,
}

/// One look's colours and line widths.
#[derive(Debug)]
pub struct Palette {
    /// Whether the ground is dark.
    pub dark: bool,
    /// The page.
    pub paper: Color32,
    /// Cards and fields on it.
    pub surface: Color32,
    /// The rail and the status bar.
    pub rail: Color32,
    /// Hairlines of cards and between rows.
    pub line: Color32,
    /// Outlines of what can be used.
    pub edge: Color32,
    /// What is said.
    pub ink: Color32,
    /// What explains.
    pub soft_ink: Color32,
    /// The one strong colour.
    pub accent: Color32,
    /// Words on the strong colour.
    pub on_accent: Color32,
    /// The strong colour, quietly.
    pub accent_behind: Color32,
    /// Under the pointer.
    pub hover: Color32,
    /// Behind selected words.
    pub selection: Color32,
    /// Somebody should look.
    pub attention: Color32,
    /// Behind it.
    pub attention_behind: Color32,
    /// All is well.
    pub calm: Color32,
    /// Behind it.
    pub calm_behind: Color32,
    /// Not yet.
    pub not_yet: Color32,
    /// Behind it.
    pub not_yet_behind: Color32,
    /// People, in the order in which they came.
    pub people: [Color32; 7],
    /// The initial on a person's disc.
    pub on_person: Color32,
    /// Width of a hairline.
    pub hairline: f32,
    /// Width of an outline.
    pub edge_width: f32,
    /// Width of the ring around what has the keyboard.
    pub focus_width: f32,
}

impl Palette {
    /// A tone's words and what is behind them.
    pub fn tone(&self, tone: Tone) -> (Color32, Color32) {
        match tone {
            Tone::Plain => (self.soft_ink, self.surface),
            Tone::Accent => (self.accent, self.accent_behind),
            Tone::Calm => (self.calm, self.calm_behind),
            Tone::NotYet => (self.not_yet, self.not_yet_behind),
            Tone::Attention => (self.attention, self.attention_behind),
        }
    }
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// A sheet to draw on is white in every look, as the picture of it is for everybody.
pub const SHEET: Color32 = rgb(0xFFFFFF);

/// What is drawn with on it: dark, blue, green, red, violet.
pub const PENS: [Color32; 5] = [rgb(0x22262B), rgb(0x2459A0), rgb(0x2E6E3A), rgb(0xA03F18), rgb(0x7A3E8E)];

/// Dark ink on warm paper.
pub const LIGHT: Palette = Palette {
    dark: false,
    paper: rgb(0xFAF7F1),
    surface: rgb(0xFFFFFF),
    rail: rgb(0xF1ECE2),
    line: rgb(0xE2DACC),
    edge: rgb(0x8A8273),
    ink: rgb(0x22262B),
    soft_ink: rgb(0x585E66),
    accent: rgb(0x14605B),
    on_accent: rgb(0xFFFFFF),
    accent_behind: rgb(0xDCEDEA),
    hover: rgb(0xF4F0E8),
    selection: rgb(0xBFDEDA),
    attention: rgb(0xA03F18),
    attention_behind: rgb(0xFBE7DD),
    calm: rgb(0x2C6639),
    calm_behind: rgb(0xE1F0E3),
    not_yet: rgb(0x7F5200),
    not_yet_behind: rgb(0xFDEFD2),
    people: [rgb(0x7A3E8E), rgb(0x2459A0), rgb(0x2E6E3A), rgb(0xA84B22), rgb(0x14605B), rgb(0x9E3058), rgb(0x6B5A0E)],
    on_person: rgb(0xFFFFFF),
    hairline: 1.0,
    edge_width: 1.0,
    focus_width: 2.0,
};

/// Light ink on a dark page.
pub const DARK: Palette = Palette {
    dark: true,
    paper: rgb(0x1B1E22),
    surface: rgb(0x24282E),
    rail: rgb(0x16191C),
    line: rgb(0x3A4048),
    edge: rgb(0x757F8A),
    ink: rgb(0xF1EDE6),
    soft_ink: rgb(0xB4B8BE),
    accent: rgb(0x7CCFC6),
    on_accent: rgb(0x10201F),
    accent_behind: rgb(0x1F3F3C),
    hover: rgb(0x2D3239),
    selection: rgb(0x2C5B57),
    attention: rgb(0xF2A27F),
    attention_behind: rgb(0x472A1E),
    calm: rgb(0x93CF9C),
    calm_behind: rgb(0x22402A),
    not_yet: rgb(0xF0C268),
    not_yet_behind: rgb(0x44351A),
    people: [rgb(0xC99BDA), rgb(0x8FB6EE), rgb(0x93CF9C), rgb(0xF2A27F), rgb(0x7CCFC6), rgb(0xEE9DBB), rgb(0xD8C76C)],
    on_person: rgb(0x1B1E22),
    hairline: 1.0,
    edge_width: 1.0,
    focus_width: 2.0,
};

/// Black on white, one accent, strong edges.
pub const HIGH_LIGHT: Palette = Palette {
    dark: false,
    paper: rgb(0xFFFFFF),
    surface: rgb(0xFFFFFF),
    rail: rgb(0xFFFFFF),
    line: rgb(0x000000),
    edge: rgb(0x000000),
    ink: rgb(0x000000),
    soft_ink: rgb(0x000000),
    accent: rgb(0x003B8E),
    on_accent: rgb(0xFFFFFF),
    accent_behind: rgb(0xFFFFFF),
    hover: rgb(0xE6EEFA),
    selection: rgb(0xBBD3F7),
    attention: rgb(0x000000),
    attention_behind: rgb(0xFFFFFF),
    calm: rgb(0x000000),
    calm_behind: rgb(0xFFFFFF),
    not_yet: rgb(0x000000),
    not_yet_behind: rgb(0xFFFFFF),
    people: [rgb(0x000000); 7],
    on_person: rgb(0xFFFFFF),
    hairline: 2.0,
    edge_width: 2.0,
    focus_width: 4.0,
};

/// White on black, one accent, strong edges.
pub const HIGH_DARK: Palette = Palette {
    dark: true,
    paper: rgb(0x000000),
    surface: rgb(0x000000),
    rail: rgb(0x000000),
    line: rgb(0xFFFFFF),
    edge: rgb(0xFFFFFF),
    ink: rgb(0xFFFFFF),
    soft_ink: rgb(0xFFFFFF),
    accent: rgb(0xFFE45C),
    on_accent: rgb(0x000000),
    accent_behind: rgb(0x000000),
    hover: rgb(0x333000),
    selection: rgb(0x5C5000),
    attention: rgb(0xFFFFFF),
    attention_behind: rgb(0x000000),
    calm: rgb(0xFFFFFF),
    calm_behind: rgb(0x000000),
    not_yet: rgb(0xFFFFFF),
    not_yet_behind: rgb(0x000000),
    people: [rgb(0xFFFFFF); 7],
    on_person: rgb(0x000000),
    hairline: 2.0,
    edge_width: 2.0,
    focus_width: 4.0,
};

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [(&str, &Palette); 4] =
        [("light", &LIGHT), ("dark", &DARK), ("high light", &HIGH_LIGHT), ("high dark", &HIGH_DARK)];

    #[test]
    fn body_text_stands_seven_to_one_on_every_ground() {
        for (name, p) in ALL {
            for ground in [p.paper, p.surface, p.rail, p.hover] {
                at_least(7.0, p.ink, ground, name);
            }
        }
    }

    #[test]
    fn all_other_text_stands_four_and_a_half_to_one() {
        for (name, p) in ALL {
            for ground in [p.paper, p.surface, p.rail] {
                at_least(4.5, p.soft_ink, ground, name);
                at_least(4.5, p.accent, ground, name);
            }
            at_least(4.5, p.on_accent, p.accent, name);
            at_least(4.5, p.ink, p.selection, name);
            for tone in [Tone::Plain, Tone::Accent, Tone::Calm, Tone::NotYet, Tone::Attention] {
                let (words, behind) = p.tone(tone);
                at_least(4.5, words, behind, name);
            }
            for person in p.people {
                at_least(4.5, p.on_person, person, name);
            }
        }
    }

    #[test]
    fn what_can_be_used_has_an_edge_of_three_to_one() {
        for (name, p) in ALL {
            for ground in [p.paper, p.surface, p.rail] {
                at_least(3.0, p.edge, ground, name);
                at_least(3.0, p.accent, ground, name);
            }
        }
    }

    fn at_least(wanted: f32, words: Color32, ground: Color32, name: &str) {
        let ratio = contrast(words, ground);
        assert!(ratio >= wanted, "{name}: {words:?} on {ground:?} is {ratio:.2}:1, wanted {wanted}:1");
    }

    /// WCAG 2.2, "contrast ratio" and "relative luminance".
    fn contrast(a: Color32, b: Color32) -> f32 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(colour: Color32) -> f32 {
        let channel = |byte: u8| {
            let c = f32::from(byte) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(colour.r()) + 0.7152 * channel(colour.g()) + 0.0722 * channel(colour.b())
    }
}
