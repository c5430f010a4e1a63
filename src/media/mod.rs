//! Pictures and voices in and out.
