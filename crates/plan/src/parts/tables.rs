//! How a table of a part is written down. They expand to plain descriptions; a label is made of the place and the code.

/// Fields of the place with this label: `fields!["goals": "words" Text, "target" Date]`.
macro_rules! fields {
    ($place:literal: $($code:literal $kind:expr),* $(,)?) => {
        &[$($crate::part::Field { code: $code, label: concat!($place, "-", $code), kind: $kind }),*]
    };
}

/// A list, its label, its fields and the lists in its records. A list that is all a part has lends the part's label to its
/// fields: `list!("goals", "goals-goals" => "goals" { .. })`.
macro_rules! list {
    ($code:literal, $label:literal => $place:literal { $($field:literal $kind:expr),* $(,)? } [$($inner:expr),* $(,)?]) => {
        $crate::part::List {
            code: $code,
            label: $label,
            fields: fields![$place: $($field $kind),*],
            lists: &[$($inner),*],
        }
    };
    ($code:literal, $label:literal => $place:literal { $($fields:tt)* }) => {
        list!($code, $label => $place { $($fields)* } [])
    };
    ($code:literal, $label:literal { $($fields:tt)* } [$($inner:tt)*]) => {
        list!($code, $label => $label { $($fields)* } [$($inner)*])
    };
    ($code:literal, $label:literal { $($fields:tt)* }) => {
        list!($code, $label => $label { $($fields)* } [])
    };
}

/// The voice beside a part: comments, proposals and answers, and whatever else one person alone may say about it.
macro_rules! voice {
    ($code:literal $(, $list:expr)* $(,)?) => {
        Some(&$crate::part::Part {
            code: $code,
            label: "voice",
            group: $crate::part::Group::Plan,
            opens: $crate::part::Opens::WhenUsed,
            copies: $crate::part::Copies::EachOwner,
            fields: &[],
            lists: &[
                $crate::parts::voice::COMMENTS,
                $crate::parts::voice::PROPOSALS,
                $crate::parts::voice::ANSWERS,
                $($list),*
            ],
            holdings: &[],
            voice: None,
        })
    };
}
