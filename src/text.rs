//! Real-time text: T.140 editing and loss.

/// One key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    Insert(char),
    Erase,
    NewLine,
}

/// Both sides' text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transcript {}
