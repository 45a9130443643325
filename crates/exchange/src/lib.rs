//! In and out: a plan as HTML and JSON.
