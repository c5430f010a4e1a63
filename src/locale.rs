//! Words for people, through Fluent.
