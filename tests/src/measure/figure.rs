//! A figure: what was measured, beside what, and whether it is good enough.

use serde::Serialize;

/// One line of a measure.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// Its name: `open`, `first-sync bytes`.
    pub name: String,
    /// The unit of both numbers.
    pub unit: &'static str,
    /// Ours.
    pub ours: f64,
    /// The reference's, measured in the same run; none where the figure stands alone.
    pub reference: Option<f64>,
    /// Ours divided by the reference, or by the limit or whatever else `goal` compares with.
    pub ratio: Option<f64>,
    /// The most the ratio may be; none where no goal is set.
    pub goal: Option<f64>,
}

impl Figure {
    /// Ours beside a reference.
    pub fn beside(name: impl Into<String>, unit: &'static str, ours: f64, reference: f64, goal: Option<f64>) -> Self {
        Self { name: name.into(), unit, ours, reference: Some(reference), ratio: Some(ours / reference), goal }
    }

    /// A figure with a limit of its own: the ratio says how much of that is used.
    pub fn within(name: impl Into<String>, unit: &'static str, ours: f64, limit: f64) -> Self {
        Self { name: name.into(), unit, ours, reference: None, ratio: Some(ours / limit), goal: Some(1.0) }
    }

    /// A figure that only says how it is.
    pub fn alone(name: impl Into<String>, unit: &'static str, ours: f64) -> Self {
        Self { name: name.into(), unit, ours, reference: None, ratio: None, goal: None }
    }

    /// Whether the goal is met; none where there is none.
    pub fn met(&self) -> Option<bool> {
        Some(self.ratio? <= self.goal?)
    }

    fn columns(&self) -> [String; 6] {
        let number = |value: f64| if value >= 100.0 { format!("{value:.0}") } else { format!("{value:.2}") };
        let with_unit = |value: f64| format!("{} {}", number(value), self.unit);
        [
            self.name.clone(),
            with_unit(self.ours),
            self.reference.map_or("–".into(), with_unit),
            self.ratio.map_or("–".into(), |ratio| format!("{ratio:.2}x")),
            self.goal.map_or("–".into(), |goal| format!("≤ {goal}x")),
            self.met().map_or("–".into(), |met| if met { "met" } else { "not met" }.into()),
        ]
    }

    /// One line for a terminal.
    pub fn line(&self) -> String {
        let [name, ours, reference, ratio, goal, met] = self.columns();
        format!("{name:<28} ours {ours:>12}   reference {reference:>12}   ratio {ratio:>7}   goal {goal:>8}   {met}")
    }

    /// One object for a program.
    pub fn json(&self) -> serde_json::Value {
        let mut value = serde_json::to_value(self).expect("a figure is names and numbers");
        value["met"] = self.met().into();
        value
    }
}

/// All figures as a table in Markdown.
pub fn table(figures: &[Figure]) -> String {
    let mut text = String::from("| name | ours | reference | ratio | goal | met |\n|---|---|---|---|---|---|\n");
    for figure in figures {
        text.push_str(&format!("| {} |\n", figure.columns().join(" | ")));
    }
    text
}

/// The middle of what was measured.
pub(super) fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// The value below which this share of the values lies.
pub(super) fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (share * (sorted.len().max(1) - 1) as f64).round() as usize;
    sorted.get(at).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_and_the_edge_are_found_in_any_order() {
        let values = [5.0, 1.0, 4.0, 2.0, 3.0];
        assert_eq!(median(&values), 3.0);
        assert_eq!(quantile(&values, 0.99), 5.0);
        assert!(median(&[]).is_nan());
    }

    #[test]
    fn a_goal_is_met_by_the_ratio() {
        assert_eq!(Figure::beside("open", "ms", 11.0, 10.0, Some(1.15)).met(), Some(true));
        assert_eq!(Figure::beside("open", "ms", 12.0, 10.0, Some(1.15)).met(), Some(false));
        assert_eq!(Figure::beside("bytes", "kB", 12.0, 10.0, None).met(), None);
    }
}
