//! A sentence that is still to be made: its key, and the values that go into it.

use std::borrow::Cow;

/// What to say: the key of a sentence and its values. [`crate::say`] makes the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Say {
    pub(crate) key: Cow<'static, str>,
    pub(crate) values: Vec<(&'static str, Value)>,
}

/// A value that goes into a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Words as they are: a name, a title, a file.
    Text(String),
    /// How many: the sentence may change with it ("1 change", "2 changes").
    Count(i64),
}

impl Say {
    /// The sentence with this key, without values so far.
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Self { key: key.into(), values: Vec::new() }
    }

    /// The same with one more value, used in the sentence as `{ $name }`.
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// The key, which is also a stable code for machines.
    pub fn key(&self) -> &str {
        &self.key
    }
}

/// A key alone.
impl From<&'static str> for Say {
    fn from(key: &'static str) -> Self {
        Self::new(key)
    }
}

/// How crates that know no words say theirs: a key and named values.
impl From<(&'static str, Vec<(&'static str, String)>)> for Say {
    fn from((key, values): (&'static str, Vec<(&'static str, String)>)) -> Self {
        Self { key: key.into(), values: values.into_iter().map(|(name, value)| (name, Value::Text(value))).collect() }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

macro_rules! counts {
    ($($number:ty)*) => {$(
        impl From<$number> for Value {
            fn from(count: $number) -> Self {
                Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
            }
        }
    )*};
}

counts!(u8 u16 u32 u64 usize i32 i64);
