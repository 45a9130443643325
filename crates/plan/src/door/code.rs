//! The numbers and columns of automerge's format, read strictly and written in their one form.
//!
//! What is read is written again and compared, so that an edit has one spelling. The forms are those of automerge's
//! storage format: LEB128 numbers, run lengths, differences, booleans as alternating counts.

/// Bytes being read from the front. Every step is bounded by what is there.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn take(&mut self, count: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(count).ok()?)?;
        self.0 = rest;
        Some(taken)
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    /// An unsigned number in its shortest form.
    pub(crate) fn unsigned(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return None;
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                return (byte != 0 || shift == 0).then_some(number);
            }
        }
        None
    }

    /// A signed number in its shortest form.
    pub(crate) fn signed(&mut self) -> Option<i64> {
        let start = self.0;
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= i64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                if byte & 0x40 != 0 && shift + 7 < 64 {
                    number |= -1 << (shift + 7);
                }
                let length = start.len() - self.0.len();
                let mut again = Vec::with_capacity(length);
                write_signed(&mut again, number);
                return (again == start[..length]).then_some(number);
            }
        }
        None
    }
}

pub(crate) fn write_unsigned(out: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

pub(crate) fn write_signed(out: &mut Vec<u8>, mut number: i64) {
    loop {
        let byte = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 && byte & 0x40 == 0 || number == -1 && byte & 0x40 != 0 {
            out.push(byte);
            return;
        }
        out.push(byte | 0x80);
    }
}

/// A column of runs: each value repeated, several in a row, or none for a while. At most `most` values.
pub(crate) fn runs<'a, T: PartialEq + Copy>(
    column: &'a [u8],
    most: usize,
    read: fn(&mut Reader<'a>) -> Option<T>,
    write: fn(&mut Vec<u8>, T),
) -> Option<Vec<Option<T>>> {
    let mut reader = Reader(column);
    let mut values: Vec<Option<T>> = Vec::new();
    while !reader.is_empty() {
        let length = reader.signed()?;
        let count = if length == 0 { reader.unsigned()? } else { length.unsigned_abs() };
        let count = usize::try_from(count).ok().filter(|count| *count <= most - values.len())?;
        if length < 0 {
            for _ in 0..count {
                values.push(Some(read(&mut reader)?));
            }
        } else {
            let value = if length == 0 { None } else { Some(read(&mut reader)?) };
            values.extend(std::iter::repeat_n(value, count));
        }
    }
    let mut again = Vec::with_capacity(column.len());
    write_runs(&mut again, &values, write);
    (again == column).then_some(values)
}

/// Writes a column of runs in its one form.
pub(crate) fn write_runs<T: PartialEq + Copy>(out: &mut Vec<u8>, values: &[Option<T>], write: fn(&mut Vec<u8>, T)) {
    // A column that is empty throughout is not written at all.
    if values.iter().all(Option::is_none) {
        return;
    }
    let mut rest = values;
    while let Some(first) = rest.first() {
        let same = rest.iter().take_while(|value| *value == first).count();
        match first {
            None => {
                write_signed(out, 0);
                write_unsigned(out, same as u64);
                rest = &rest[same..];
            }
            Some(value) if same > 1 => {
                write_signed(out, same as i64);
                write(out, *value);
                rest = &rest[same..];
            }
            Some(_) => {
                let alone = |at: &usize| rest[*at].is_some() && rest.get(at + 1) != Some(&rest[*at]);
                let count = (0..rest.len()).take_while(alone).count();
                write_signed(out, -(count as i64));
                for value in rest[..count].iter().flatten() {
                    write(out, *value);
                }
                rest = &rest[count..];
            }
        }
    }
}

/// A column of numbers, each written as the difference to the one before.
pub(crate) fn differences(column: &[u8], most: usize) -> Option<Vec<Option<u64>>> {
    let steps = runs(column, most, Reader::signed, write_signed)?;
    let mut last = 0_i64;
    let mut numbers = Vec::with_capacity(steps.len());
    for step in steps {
        numbers.push(match step {
            None => None,
            Some(step) => {
                last = last.checked_add(step)?;
                Some(u64::try_from(last).ok()?)
            }
        });
    }
    Some(numbers)
}

/// The steps from each number to the next, as a column of [`differences`] holds them.
pub(crate) fn steps(numbers: impl Iterator<Item = Option<i64>>) -> impl Iterator<Item = Option<i64>> {
    let mut last = 0;
    numbers.map(move |number| {
        let number = number?;
        Some(number - std::mem::replace(&mut last, number))
    })
}

/// Writes a column of booleans in its one form.
pub(crate) fn write_booleans(out: &mut Vec<u8>, values: impl Iterator<Item = bool>) {
    let (mut now, mut count) = (false, 0);
    for value in values {
        if value != now {
            write_unsigned(out, count);
            (now, count) = (value, 0);
        }
        count += 1;
    }
    if count > 0 {
        write_unsigned(out, count);
    }
}

/// A column of booleans: how many no, how many yes, and so on.
pub(crate) fn booleans(column: &[u8], most: usize) -> Option<Vec<bool>> {
    let mut reader = Reader(column);
    let mut values = Vec::new();
    let mut value = false;
    while !reader.is_empty() {
        let count = usize::try_from(reader.unsigned()?).ok()?;
        // Only the very first count may be none.
        if count > most - values.len() || (count == 0 && (value || !values.is_empty())) {
            return None;
        }
        values.extend(std::iter::repeat_n(value, count));
        value = !value;
    }
    // A first "none" with nothing after it says nothing.
    (!values.is_empty() || column.is_empty()).then_some(values)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_have_one_spelling(unsigned: u64, signed: i64) {
            let mut bytes = Vec::new();
            write_unsigned(&mut bytes, unsigned);
            write_signed(&mut bytes, signed);
            let mut reader = Reader(&bytes);
            prop_assert_eq!((reader.unsigned(), reader.signed()), (Some(unsigned), Some(signed)));
            prop_assert!(reader.is_empty());
        }

        #[test]
        fn columns_read_back(values: Vec<Option<u8>>) {
            let values: Vec<_> = values.into_iter().map(|value| value.map(|value| u64::from(value % 3))).collect();
            let mut column = Vec::new();
            write_runs(&mut column, &values, write_unsigned);
            let read = runs(&column, values.len(), Reader::unsigned, write_unsigned);
            let expected = if column.is_empty() { Vec::new() } else { values };
            prop_assert_eq!(read, Some(expected));
        }

        #[test]
        fn booleans_and_differences_read_back(values: Vec<bool>, numbers: Vec<Option<u32>>) {
            let mut column = Vec::new();
            write_booleans(&mut column, values.iter().copied());
            prop_assert_eq!(booleans(&column, values.len()), Some(values));
            let steps: Vec<_> = steps(numbers.iter().map(|number| number.map(i64::from))).collect();
            let mut column = Vec::new();
            write_runs(&mut column, &steps, write_signed);
            let expected = if column.is_empty() { vec![] } else { numbers };
            let read = differences(&column, expected.len());
            prop_assert_eq!(read, Some(expected.into_iter().map(|number| number.map(u64::from)).collect::<Vec<_>>()));
        }

        #[test]
        fn rubbish_never_panics(column: Vec<u8>) {
            let _ = runs(&column, 100, Reader::unsigned, write_unsigned);
            let _ = differences(&column, 100);
            let _ = booleans(&column, 100);
        }
    }

    #[test]
    fn a_run_longer_than_can_be_counted_is_refused() {
        let longest = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
        assert_eq!(Reader(&longest).unsigned(), Some(u64::MAX));
        // One value, then nothing for as long as can be said.
        let column = [&[0x7f, 5, 0][..], &longest].concat();
        assert_eq!(runs(&column, 9, Reader::unsigned, write_unsigned), None);
        assert_eq!(differences(&column, 9), None);
        assert_eq!(booleans(&[&[1][..], &longest].concat(), 9), None);
    }

    #[test]
    fn long_spellings_are_refused() {
        assert_eq!(Reader(&[0x80, 0]).unsigned(), None);
        assert_eq!(Reader(&[0x80, 0]).signed(), None);
        assert_eq!(Reader(&[0xff; 10]).unsigned(), None);
        // Two runs that are one; a run of one.
        assert_eq!(runs(&[2, 5, 2, 5], 9, Reader::unsigned, write_unsigned), None);
        assert_eq!(runs(&[1, 5], 9, Reader::unsigned, write_unsigned), None);
        assert_eq!(booleans(&[0], 9), None);
        assert_eq!(booleans(&[1, 0, 1], 9), None);
    }
}
