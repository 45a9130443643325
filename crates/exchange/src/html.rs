//! A plan on paper: one plain page, everything in it, nothing fetched, nothing run.
//!
//! Words from the plan enter through maud alone, which escapes them by type. Headings come from `words`.

use maud::{DOCTYPE, Markup, html as page};
use plan::template::{Chapter, Template};
use words::Say;

use crate::{
    said::{Labels, filled, is_heading, named, value},
    view::{Also, Item, List, PartView, PersonView, PlanView, Value},
};

/// Only what makes paper pleasant; no address in it, so nothing is ever fetched.
const STYLE: &str = "
:root { color-scheme: light; }
body { font: 1.1rem/1.55 'Atkinson Hyperlegible Next', system-ui, sans-serif; color: #22262b; background: #faf7f1;
  max-width: 42rem; margin: 2.5rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.4rem; margin: 2.5rem 0 .75rem; border-bottom: 1px solid #e2dacc; padding-bottom: .25rem; }
.chapter { color: #585e66; font-weight: bold; margin: .5rem 0 0; break-after: avoid; }
h3 { font-size: 1.1rem; margin: 1.5rem 0 .25rem; }
p { margin: .25rem 0; white-space: pre-line; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: minmax(8rem, 12rem) 1fr; gap: .25rem 1rem; margin: .5rem 0; }
dt { color: #585e66; }
dd { margin: 0; white-space: pre-line; overflow-wrap: anywhere; }
article { background: #fff; border: 1px solid #e2dacc; border-radius: 1rem; padding: .75rem 1.25rem; margin: 0 0 1rem;
  break-inside: avoid; }
article h4 { font-size: 1.1rem; margin: .25rem 0; }
h3.list { margin: 1.75rem 0 .75rem; }
.soft { color: #585e66; }
ul { padding-left: 1.25rem; }
@media print { body { background: #fff; margin: 0; max-width: none; font-size: 11pt; } h2, h3, h4 { break-after: avoid; } }
";

/// The plan as one HTML page, for reading and printing, in the order and under the headings of its template. `when` is the
/// moment it is written out, in words.
pub fn html(plan: &PlanView, when: &str) -> String {
    let main = page! {
        @for (headings, part, shown) in in_sections(plan) {
            @for heading in headings { p.chapter { (heading) } }
            (section(part, plan, None, shown))
        }
        (circle(&plan.people))
    };
    whole((&plan.title, ""), "", when, &main)
}

/// How the plan is laid out: as its cover says, else as a plan is at first.
fn template_of(plan: &PlanView) -> &'static Template {
    let chosen = plan.parts.iter().find(|part| part.kind == "cover").and_then(|cover| {
        cover.fields.iter().find_map(|field| match &field.value {
            Value::Choice(code) if field.code == "template" => plan::template(code),
            _ => None,
        })
    });
    chosen.unwrap_or(&plan::templates()[0])
}

/// Which records of a part are shown.
#[derive(Clone, Copy)]
enum Shown {
    All,
    /// Those of one area; none is those that nobody has put under one.
    Area(Option<&'static str>),
}

impl Shown {
    fn has(self, item: &Item) -> bool {
        match self {
            Shown::All => true,
            Shown::Area(area) => area_of(item).as_deref() == area,
        }
    }
}

fn area_of(item: &Item) -> Option<String> {
    let chosen = |code: &str| item.fields.iter().find(|field| field.code == code);
    plan::template::area(|code| match chosen(code).map(|field| &field.value) {
        Some(Value::Choice(code)) => Some(code.clone()),
        _ => None,
    })
}

/// All parts with what stands above each: of a part that the template shows area by area, each area below its own chapter, then
/// what nobody has put under one. A chapter that others came between is said again.
fn in_sections(plan: &PlanView) -> Vec<(Vec<String>, &PartView, Shown)> {
    let template = template_of(plan);
    let label = |chapter: &Chapter| words::label(chapter.label);
    let (mut sections, mut last) = (Vec::new(), None);
    for (chapters, part) in in_chapters(plan) {
        let areas = template.chapters_of(&part.kind);
        let own = template.chapters.iter().find(|chapter| chapter.parts.contains(&part.kind.as_str()));
        if areas.is_empty() {
            let begin = chapters.into_iter().filter(|chapter| chapter.area.is_none() || own == Some(*chapter));
            let mut headings: Vec<&Chapter> = begin.collect();
            headings.extend(own.filter(|own| headings.is_empty() && own.area.is_some() && last != Some(own.label)));
            last = headings.last().map(|chapter| chapter.label).or(last);
            sections.push((headings.into_iter().map(label).collect(), part, Shown::All));
            continue;
        }
        for chapter in areas {
            let heading = if last == Some(chapter.label) { Vec::new() } else { vec![label(chapter)] };
            last = Some(chapter.label);
            sections.push((heading, part, Shown::Area(chapter.area)));
        }
        if part.lists.iter().flat_map(|list| &list.items).any(|item| area_of(item).is_none()) {
            last = None;
            sections.push((vec![words::text("pages-area-none")], part, Shown::Area(None)));
        }
    }
    sections
}

/// All parts: the cover, then those that the plan's template names, in its order, the first of a chapter with that chapter and
/// with those that show nothing but the same parts; then the others in the plan's own order. What people say about a part
/// stands with it.
fn in_chapters(plan: &PlanView) -> Vec<(Vec<&'static Chapter>, &PartView)> {
    let about = |part: &PartView| part.kind.strip_suffix(plan::VOICE).unwrap_or(&part.kind).to_owned();
    let chapters = template_of(plan).chapters;
    let named_in = |code: &str| chapters.iter().position(|chapter| chapter.parts.contains(&code));
    let place = |part: &PartView| match about(part) {
        cover if cover.starts_with("cover") => 0,
        code => 1 + named_in(&code).unwrap_or(chapters.len()),
    };
    let within = |part: &PartView| {
        let named = chapters.iter().find_map(|chapter| chapter.parts.iter().position(|code| *code == about(part)));
        named.unwrap_or_default()
    };
    let mut parts: Vec<&PartView> = plan.parts.iter().collect();
    parts.sort_by_key(|part| (place(part), within(part)));
    let mut before = 0;
    parts
        .into_iter()
        .map(|part| {
            let at = place(part);
            let begins = at > before && at <= chapters.len();
            before = before.max(at);
            let shown_here = |chapter: &&Chapter| chapter.parts.iter().all(|code| named_in(code) == at.checked_sub(1));
            (if begins { chapters.iter().filter(shown_here).collect() } else { Vec::new() }, part)
        })
        .collect()
}

/// One part of it, with what everybody says about it. What it refers to elsewhere in the plan is named, not shown.
pub fn html_of(plan: &PlanView, part: &str, when: &str) -> String {
    let is_asked = |view: &&PartView| view.kind == part || view.kind.strip_suffix(plan::VOICE) == Some(part);
    let label = plan::part(part).map_or_else(|| part.to_owned(), |part| plan.label(part.label));
    let main =
        page! { @for part in plan.parts.iter().filter(is_asked) { (section(part, plan, Some(&label), Shown::All)) } };
    whole((&label, ""), &plan.title, when, &main)
}

/// A page of ours: its title with what it needs beyond the common style, whose it is, and when it was written out.
pub(crate) fn whole((title, style): (&str, &'static str), of: &str, when: &str, main: &Markup) -> String {
    let markup = page! {
        (DOCTYPE)
        html lang="en-GB" {
            (head(title, style))
            body {
                header {
                    h1 { (title) }
                    @if !of.is_empty() { p.soft { (of) } }
                    p.soft { (words::say(Say::new("common-written-out").with("when", when))) }
                }
                main { (main) }
            }
        }
    };
    markup.into_string()
}

/// The head of every page of ours, with what it needs beyond the common style.
pub(crate) fn head(title: &str, style: &'static str) -> Markup {
    page! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            // Even a hostile word that came through could fetch and run nothing.
            meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
            title { (title) }
            style { (maud::PreEscaped(STYLE)) (maud::PreEscaped(style)) }
        }
    }
}

/// `alone` is what stands above the page already.
fn section(part: &PartView, plan: &PlanView, alone: Option<&str>, shown: Shown) -> Markup {
    let described = plan::part(&part.kind);
    let labels = Labels::of_part(described, plan);
    let nothing_in = |list: &List| !list.items.iter().any(|item| shown.has(item));
    let empty = part.fields.iter().all(|field| field.value.is_empty()) && part.lists.iter().all(nothing_in);
    // Somebody's voice that says nothing is no news.
    if empty && described.is_some_and(plan::Part::is_voice) {
        return page! {};
    }
    // Where a part has several lists, each says what it is.
    let named = |list: &List| {
        let label = labels.list(&list.code);
        (part.lists.len() > 1 && !nothing_in(list) && label != part.heading(plan)).then_some(label)
    };
    page! {
        section {
            @if alone != Some(part.heading(plan).as_str()) { h2 { (part.heading(plan)) } }
            @if described.is_none() { p.soft { (words::text("common-from-newer")) } }
            @else if empty { p.soft { (words::text("common-nothing-written")) } }
            @for field in filled(&part.fields) {
                h3 { (labels.field(&field.code)) }
                p { (value(&field.value, &field.code, &labels, plan)) }
                (others(&field.code, &part.also, &labels, plan))
            }
            @for list in &part.lists {
                @if let Some(label) = named(list) { h3.list { (label) } }
                @let labels = labels.inside(&list.code);
                @for item in list.items.iter().filter(|item| shown.has(item)) { (card(item, &labels, plan)) }
            }
        }
    }
}

/// An item: its first words as a heading, or what it is about, or its day; the rest as a table of names and values.
fn card(item: &Item, labels: &Labels<'_>, plan: &PlanView) -> Markup {
    let mut fields = filled(&item.fields).peekable();
    let heading = fields.next_if(|first| is_heading(first));
    page! {
        article {
            h4 {
                @if let Some(field) = heading { (value(&field.value, &field.code, labels, plan)) }
                @else { (words::text("common-no-words-yet")) }
            }
            dl {
                @for field in fields {
                    dt { (labels.field(&field.code)) }
                    dd {
                        (value(&field.value, &field.code, labels, plan))
                        (others(&field.code, &item.also, labels, plan))
                    }
                }
            }
            @for list in item.lists.iter().filter(|list| !list.items.is_empty()) {
                p.soft { (labels.list(&list.code)) }
                @let labels = labels.inside(&list.code);
                ul { @for inner in &list.items { li { (line(inner, &labels, plan)) } } }
            }
        }
    }
}

/// An item inside an item, in one line.
fn line(item: &Item, labels: &Labels<'_>, plan: &PlanView) -> Markup {
    page! {
        @for (at, field) in filled(&item.fields).enumerate() {
            @if at > 0 { " · " }
            (value(&field.value, &field.code, labels, plan))
        }
    }
}

/// What others answered at the same time, under the answer shown.
fn others(code: &str, also: &[Also], labels: &Labels<'_>, plan: &PlanView) -> Markup {
    page! {
        @for also in also.iter().filter(|also| also.field == code) {
            p.soft {
                (words::say(Say::new("common-also-said").with("name", named(&also.by)))) " "
                (value(&also.value, code, labels, plan))
            }
        }
    }
}

fn circle(people: &[PersonView]) -> Markup {
    page! {
        section {
            h2 { (words::text("common-circle")) }
            ul {
                @for person in people {
                    li {
                        strong { (person.name) }
                        @if !person.role.is_empty() { " · " (words::role(&person.role)) }
                        @if !person.organisation.is_empty() { " · " (person.organisation) }
                    }
                }
            }
        }
    }
}
