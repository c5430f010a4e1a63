//! Real-time text: what two people type to each other, letter by letter, while they sign.
//!
//! The wire is UTF-8 after ITU-T T.140 on the data channel `t140` (RFC 8865). A key is an [`Edit`]; what arrives goes
//! through a [`Decoder`] and comes out as edits again; both sides' edits build a [`Transcript`].
//!
//! **Invariant:** a transcript depends on the order of the edits alone, never on how the bytes were cut into
//! messages. Read one side's rows in order, ended rows with a line break: that is what the side has typed.
//!
//! Losses are marked with U+FFFD, as T.140 has it. Nothing here is kept after the call: see [`Transcript::clear`].

use std::collections::VecDeque;

use unicode_segmentation::UnicodeSegmentation;

/// T.140: erases the last character.
const BACKSPACE: char = '\u{8}';
/// T.140: asks for attention.
const BELL: char = '\u{7}';
/// T.140: the preferred new line. CR, LF and CR LF are taken too.
const LINE_SEPARATOR: char = '\u{2028}';
const PARAGRAPH_SEPARATOR: char = '\u{2029}';
/// Sent first on a channel, shown by nobody.
const BYTE_ORDER_MARK: char = '\u{FEFF}';
/// Stands where text was lost.
const LOSS: char = char::REPLACEMENT_CHARACTER;

/// The oldest ended rows fall off beyond this many.
pub const MAX_ROWS: usize = 200;
/// A row ends by itself after this many characters.
pub const MAX_ROW_CHARS: usize = 2000;

/// One key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// A character. Control characters are no text: they are neither sent nor shown.
    Insert(char),
    /// Takes back what a reader sees as one character, or the line break before an empty line.
    Erase,
    NewLine,
}

impl Edit {
    /// The bytes for the data channel; none for a character that is no text.
    pub fn encode(self) -> String {
        match self {
            Edit::Insert(letter) if is_text(letter) => letter.to_string(),
            Edit::Insert(_) => String::new(),
            Edit::Erase => BACKSPACE.to_string(),
            Edit::NewLine => LINE_SEPARATOR.to_string(),
        }
    }
}

fn is_text(letter: char) -> bool {
    !letter.is_control() && !matches!(letter, LINE_SEPARATOR | PARAGRAPH_SEPARATOR | BYTE_ORDER_MARK)
}

/// What one message of the other side meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heard {
    pub edits: Vec<Edit>,
    /// The other side asks for attention. Show it: a sound alone reaches nobody here.
    pub bell: bool,
}

/// Reads the other side's bytes. One per data channel, because a character or a CR LF may be cut in two by the end
/// of a message. Total: any bytes give edits.
#[derive(Debug, Clone, Default)]
pub struct Decoder {
    /// The beginning of a UTF-8 character, at most 3 bytes.
    cut: Vec<u8>,
    place: Place,
}

/// Where in the stream of characters the decoder stands.
#[derive(Debug, Clone, Copy, Default)]
enum Place {
    #[default]
    Text,
    /// A line feed that follows belongs to the carriage return before it.
    AfterReturn,
    /// After ESC: `[` opens a control sequence, anything else is one command.
    Escape,
    /// In a control sequence (colours and the like) up to its final letter.
    Sequence,
    /// In a control string (SOS … ST) that T.140 lets have 256 characters.
    String { left: u16 },
}

impl Decoder {
    /// Takes one message.
    pub fn feed(&mut self, message: &[u8]) -> Heard {
        let mut bytes = std::mem::take(&mut self.cut);
        bytes.extend_from_slice(message);
        let mut heard = Heard::default();
        let mut rest = bytes.as_slice();
        loop {
            let error = match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.letters(text, &mut heard);
                    break;
                }
                Err(error) => error,
            };
            let (text, broken) = rest.split_at(error.valid_up_to());
            self.letters(
                std::str::from_utf8(text).expect("valid_up_to ends valid UTF-8"),
                &mut heard,
            );
            let Some(length) = error.error_len() else {
                self.cut = broken.to_vec();
                break;
            };
            self.letter(LOSS, &mut heard);
            rest = &broken[length..];
        }
        heard
    }

    fn letters(&mut self, text: &str, heard: &mut Heard) {
        for letter in text.chars() {
            self.letter(letter, heard);
        }
    }

    fn letter(&mut self, letter: char, heard: &mut Heard) {
        let place = std::mem::take(&mut self.place);
        match place {
            Place::AfterReturn if letter == '\n' => return,
            Place::Text | Place::AfterReturn => {}
            Place::Escape => {
                if letter == '[' {
                    self.place = Place::Sequence;
                }
                return;
            }
            Place::Sequence => {
                if matches!(letter, ' '..='?') {
                    self.place = Place::Sequence;
                    return;
                }
                if matches!(letter, '@'..='~') {
                    return;
                }
            }
            Place::String { left } => {
                if letter != '\u{9C}' && left > 0 {
                    self.place = Place::String { left: left - 1 };
                }
                return;
            }
        }
        match letter {
            BACKSPACE => heard.edits.push(Edit::Erase),
            LINE_SEPARATOR | PARAGRAPH_SEPARATOR | '\n' => heard.edits.push(Edit::NewLine),
            '\r' => {
                heard.edits.push(Edit::NewLine);
                self.place = Place::AfterReturn;
            }
            BELL => heard.bell = true,
            '\u{1B}' => self.place = Place::Escape,
            '\u{9B}' => self.place = Place::Sequence,
            '\u{98}' => self.place = Place::String { left: 256 },
            letter if is_text(letter) => heard.edits.push(Edit::Insert(letter)),
            _ => {}
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Whoever sits at this screen.
    Own,
    Other,
}

/// One row as a screen shows it. Never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'a> {
    pub side: Side,
    pub text: &'a str,
    /// Still being typed; each side has at most one such row.
    pub live: bool,
}

/// Both sides' text, rows in the order in which they were begun.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transcript {
    lines: VecDeque<Line>,
}

/// A live line has text; an ended one may be empty, because an erasure may come back to it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    side: Side,
    text: String,
    live: bool,
}

impl Transcript {
    pub fn apply(&mut self, side: Side, edit: Edit) {
        match edit {
            Edit::Insert(letter) if is_text(letter) => self.insert(side, letter),
            Edit::Insert(_) => {}
            Edit::Erase => self.erase(side),
            Edit::NewLine => match self.live(side) {
                Some(place) => self.lines[place].live = false,
                None => self.push(side, String::new(), false),
            },
        }
    }

    /// Some of that side's text never arrived. Marked once, however much it was.
    pub fn mark_loss(&mut self, side: Side) {
        let marked = self
            .live(side)
            .is_some_and(|place| self.lines[place].text.ends_with(LOSS));
        if !marked {
            self.insert(side, LOSS);
        }
    }

    /// Forgets everything, as the end of a call demands.
    pub fn clear(&mut self) {
        self.lines.clear();
    }

    pub fn rows(&self) -> impl DoubleEndedIterator<Item = Row<'_>> {
        let shown = self.lines.iter().filter(|line| !line.text.is_empty());
        shown.map(|line| Row {
            side: line.side,
            text: &line.text,
            live: line.live,
        })
    }

    pub fn is_empty(&self) -> bool {
        self.rows().next().is_none()
    }

    fn insert(&mut self, side: Side, letter: char) {
        let Some(place) = self.live(side) else {
            return self.push(side, letter.to_string(), true);
        };
        let line = &mut self.lines[place];
        if line.text.chars().count() < MAX_ROW_CHARS {
            line.text.push(letter);
        } else {
            line.live = false;
            self.push(side, letter.to_string(), true);
        }
    }

    fn erase(&mut self, side: Side) {
        let Some(place) = self.lines.iter().rposition(|line| line.side == side) else {
            return;
        };
        let line = &mut self.lines[place];
        if !line.live && !line.text.is_empty() {
            // The line break goes, the line is typed on.
            line.live = true;
            return;
        }
        let last = line.text.grapheme_indices(true).next_back();
        line.text.truncate(last.map_or(0, |(start, _)| start));
        if line.text.is_empty() {
            self.lines.remove(place);
        }
    }

    /// A side's live line is the last of its lines.
    fn live(&self, side: Side) -> Option<usize> {
        let place = self.lines.iter().rposition(|line| line.side == side)?;
        self.lines[place].live.then_some(place)
    }

    fn push(&mut self, side: Side, text: String, live: bool) {
        self.lines.push_back(Line { side, text, live });
        if self.lines.len() > MAX_ROWS {
            let oldest = self.lines.iter().position(|line| !line.live);
            self.lines
                .remove(oldest.expect("at most two of the lines are live"));
        }
    }
}

#[cfg(test)]
mod tests;
