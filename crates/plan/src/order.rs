//! Keys between keys: where a record stands in its list, without numbers that would have to be renumbered.
