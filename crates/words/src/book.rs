//! The book of sentences: read once, then only looked up.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use crate::say::{Say, Value};

/// The files of the book. A key begins with the name of the file it stands in; errors may begin with their crate's.
pub(crate) const PAGES: &[(&str, &str)] = &[
    ("common", include_str!("../en-GB/common.ftl")),
    ("parts", include_str!("../en-GB/parts.ftl")),
    ("parts", include_str!("../en-GB/parts-wishes.ftl")),
    ("parts", include_str!("../en-GB/parts-records.ftl")),
    ("parts", include_str!("../en-GB/parts-sharing.ftl")),
    ("parts", include_str!("../en-GB/parts-templates.ftl")),
    ("parts", include_str!("../en-GB/parts-learning.ftl")),
    ("parts", include_str!("../en-GB/parts-noticing.ftl")),
    ("files", include_str!("../en-GB/files.ftl")),
    ("app", include_str!("../en-GB/app.ftl")),
    ("cli", include_str!("../en-GB/cli.ftl")),
    ("gloss", include_str!("../en-GB/gloss.ftl")),
    ("errors", include_str!("../en-GB/errors.ftl")),
    ("checks", include_str!("../en-GB/screen-checks.ftl")),
    ("cover", include_str!("../en-GB/screen-cover.ftl")),
    ("content", include_str!("../en-GB/screen-content.ftl")),
    ("find", include_str!("../en-GB/screen-find.ftl")),
    ("links", include_str!("../en-GB/screen-links.ftl")),
    ("frame", include_str!("../en-GB/screen-frame.ftl")),
    ("pages", include_str!("../en-GB/screen-pages.ftl")),
    ("learning", include_str!("../en-GB/screen-learning.ftl")),
    ("money", include_str!("../en-GB/screen-money.ftl")),
    ("begun", include_str!("../en-GB/screen-begun.ftl")),
    ("samples", include_str!("../en-GB/screen-samples.ftl")),
    ("needs", include_str!("../en-GB/screen-needs.ftl")),
    ("wants", include_str!("../en-GB/screen-wants.ftl")),
    ("coalition", include_str!("../en-GB/coalition.ftl")),
    ("small", include_str!("../en-GB/small.ftl")),
    ("happened", include_str!("../en-GB/screen-happened.ftl")),
    ("suggest", include_str!("../en-GB/screen-suggest.ftl")),
    ("signed", include_str!("../en-GB/signed.ftl")),
];

static BOOK: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| {
    let british: LanguageIdentifier = "en-GB".parse().expect("a well-formed language name");
    let mut book = FluentBundle::new_concurrent(vec![british]);
    // Isolating marks would be read out, copied and counted as characters; names are cleaned where they enter.
    book.set_use_isolating(false);
    for (name, page) in PAGES {
        let page = FluentResource::try_new((*page).to_owned())
            .unwrap_or_else(|(_, errors)| panic!("{name}.ftl is Fluent, compiled in and tested: {errors:?}"));
        book.add_resource(page).unwrap_or_else(|errors| panic!("every key of {name}.ftl stands once: {errors:?}"));
    }
    book
});

/// The sentence, made from its key and values. A key that is in no file comes back as it is: a window with one odd label
/// is better than none, and the test `keys` finds it.
pub fn say(say: impl Into<Say>) -> String {
    let say = say.into();
    format(&say.key, None, &say.values).unwrap_or_else(|| say.key.into_owned())
}

/// The words of a key that takes no values.
pub fn text(key: &str) -> String {
    format(key, None, &[]).unwrap_or_else(|| key.to_owned())
}

/// Whether the book has this key.
pub fn has(key: &str) -> bool {
    BOOK.has_message(key)
}

/// All keys, file by file, in the order they stand there.
pub fn keys() -> Vec<&'static str> {
    let lines = PAGES.iter().flat_map(|(_, page)| page.lines());
    let is_key = |line: &&str| line.starts_with(|first: char| first.is_ascii_lowercase()) && line.contains('=');
    lines.filter(is_key).filter_map(|line| line.split('=').next()).map(str::trim).collect()
}

/// The words under a key, or under one of its attributes; none if the book has no such place.
pub(crate) fn format(key: &str, attribute: Option<&str>, values: &[(&'static str, Value)]) -> Option<String> {
    let message = BOOK.get_message(key)?;
    let pattern = match attribute {
        None => message.value()?,
        Some(name) => message.get_attribute(name)?.value(),
    };
    let mut args = FluentArgs::with_capacity(values.len());
    for (name, value) in values {
        args.set(
            *name,
            match value {
                Value::Text(text) => FluentValue::from(text.as_str()),
                Value::Count(count) => FluentValue::from(*count),
            },
        );
    }
    let mut errors = Vec::new();
    let words = BOOK.format_pattern(pattern, Some(&args), &mut errors).into_owned();
    debug_assert!(errors.is_empty(), "the sentence {key} was given every value it names: {errors:?}");
    Some(words)
}
