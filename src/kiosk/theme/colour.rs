//! The colours, by what they colour. Numbers are WCAG contrast ratios; a test computes every pair that meets.

use iced::{Color, color};

/// One set of colours. A name that begins with `on_` is that of letters and icons on the ground after it.
#[derive(Debug, PartialEq)]
pub struct Colours {
    /// The light part of a screen, for looking.
    pub window: Color,
    /// What stands on the window.
    pub card: Color,
    /// Around cards, and between window and counter, where their grounds are the same.
    pub line: Option<Color>,
    /// Letters on window and card.
    pub words: Color,
    /// Second letters on window and card.
    pub second: Color,
    /// Drawings in the boxes of tiles.
    pub mark: Color,
    /// The border of what is touched on the window.
    pub control: Color,
    /// The hard edge below a tile.
    pub edge: Color,
    /// A quiet ground on the window: under a finger, behind a drawing, the rail of a scrollbar.
    pub shade: Color,
    /// The part of a screen for touching.
    pub counter: Color,
    pub on_counter: Color,
    pub second_on_counter: Color,
    /// A control of the counter.
    pub tool: Color,
    pub tool_pressed: Color,
    /// The border of a control of the counter.
    pub rim: Color,
    /// Around video.
    pub stage: Color,
    /// A key that writes.
    pub key: Color,
    pub on_key: Color,
    /// The one primary action of a screen.
    pub sun: Color,
    pub sun_pressed: Color,
    pub on_sun: Color,
    pub warning: Color,
    pub on_warning: Color,
    /// Letters and borders of what is done or well, on [`Colours::done_tint`] and on a card.
    pub done: Color,
    pub done_tint: Color,
    /// Bars of a level, on the counter.
    pub level: Color,
    /// Hanging up.
    pub end: Color,
    pub end_pressed: Color,
    pub end_rim: Color,
    pub on_end: Color,
    /// An alarm of the building, and nothing else.
    pub alarm: Color,
    pub on_alarm: Color,
    /// The border of what is touched, in steps.
    pub rim_steps: f32,
}

impl Colours {
    /// Those of the day for the contrast, and the other way round.
    pub fn other(&self) -> &'static Self {
        if *self == DAY { &CONTRAST } else { &DAY }
    }
}

const INK: Color = color!(0x16293A);
const SLATE: Color = color!(0x24394B);
const SPRUCE: Color = color!(0x0B5449);

/// As a visit begins.
pub static DAY: Colours = Colours {
    window: color!(0xE9EEF1),
    card: Color::WHITE,
    line: None,
    words: INK,
    second: color!(0x3B4E5F),
    mark: INK,
    control: color!(0x6B7F8E),
    edge: color!(0xC3CED6),
    shade: color!(0xDCE5EC),
    counter: INK,
    on_counter: Color::WHITE,
    second_on_counter: color!(0xBBCAD5),
    tool: SLATE,
    tool_pressed: color!(0x41596D),
    rim: color!(0x8CA2B3),
    stage: SLATE,
    key: color!(0xDCE5EC),
    on_key: INK,
    sun: color!(0xF6B73C),
    sun_pressed: color!(0xDB9A1C),
    on_sun: INK,
    warning: color!(0xFFF3D9),
    on_warning: color!(0x6B4200),
    done: SPRUCE,
    done_tint: color!(0xDDEFE9),
    level: color!(0x8FD9C4),
    end: color!(0x9A3324),
    end_pressed: INK,
    end_rim: color!(0xF0A797),
    on_end: Color::WHITE,
    alarm: color!(0x8E1F17),
    on_alarm: Color::WHITE,
    rim_steps: 3.0,
};

const GOLD: Color = color!(0xFFE14D);
const COAL: Color = color!(0x3A3A3A);

/// Black, white and one yellow, for eyes that need more: everything is parted by lines.
pub static CONTRAST: Colours = Colours {
    window: Color::BLACK,
    card: Color::BLACK,
    line: Some(Color::WHITE),
    words: Color::WHITE,
    second: Color::WHITE,
    mark: GOLD,
    control: Color::WHITE,
    edge: Color::BLACK,
    shade: COAL,
    counter: Color::BLACK,
    on_counter: Color::WHITE,
    second_on_counter: Color::WHITE,
    tool: Color::BLACK,
    tool_pressed: COAL,
    rim: Color::WHITE,
    stage: Color::BLACK,
    key: Color::WHITE,
    on_key: Color::BLACK,
    sun: GOLD,
    sun_pressed: color!(0xD9BC2E),
    on_sun: Color::BLACK,
    warning: Color::BLACK,
    on_warning: GOLD,
    done: Color::WHITE,
    done_tint: Color::BLACK,
    level: color!(0x8FD9C4),
    end: Color::WHITE,
    end_pressed: color!(0xCCCCCC),
    end_rim: Color::WHITE,
    on_end: Color::BLACK,
    alarm: color!(0x8E1F17),
    on_alarm: Color::WHITE,
    rim_steps: 4.0,
};

#[cfg(test)]
mod tests {
    use super::*;

    fn contrast(one: Color, other: Color) -> f32 {
        let luminance = |colour: Color| {
            let [r, g, b, _] = colour.into_linear();
            0.2126 * r + 0.7152 * g + 0.0722 * b
        };
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// Letters on their grounds: REQUIREMENTS asks for 7 : 1.
    #[test]
    fn every_letter_is_seven_times_as_bright_or_dark_as_its_ground() {
        for (set, c) in [("day", &DAY), ("contrast", &CONTRAST)] {
            for (pair, ink, ground) in [
                ("words on window", c.words, c.window),
                ("words on card", c.words, c.card),
                ("words on shade", c.words, c.shade),
                ("second on window", c.second, c.window),
                ("second on card", c.second, c.card),
                ("mark on window", c.mark, c.window),
                ("on_counter on counter", c.on_counter, c.counter),
                ("second_on_counter on counter", c.second_on_counter, c.counter),
                ("on_counter on tool", c.on_counter, c.tool),
                ("second_on_counter on tool", c.second_on_counter, c.tool),
                ("on_counter on tool_pressed", c.on_counter, c.tool_pressed),
                ("counter on on_counter", c.counter, c.on_counter),
                ("on_counter on stage", c.on_counter, c.stage),
                ("on_key on key", c.on_key, c.key),
                ("on_sun on sun", c.on_sun, c.sun),
                ("on_warning on warning", c.on_warning, c.warning),
                ("done on done_tint", c.done, c.done_tint),
                ("done on card", c.done, c.card),
                ("words on done_tint", c.words, c.done_tint),
                ("on_end on end", c.on_end, c.end),
                ("on_alarm on alarm", c.on_alarm, c.alarm),
            ] {
                let ratio = contrast(ink, ground);
                assert!(ratio >= 7.0, "{set}: {pair} is {ratio:.1}");
            }
        }
    }

    /// What is touched is told from what it stands on: 3 : 1 (WCAG 1.4.11).
    #[test]
    fn every_border_of_a_control_is_seen() {
        for (set, c) in [("day", &DAY), ("contrast", &CONTRAST)] {
            for (pair, line, ground) in [
                ("control on window", c.control, c.window),
                ("control on card", c.control, c.card),
                ("rim on counter", c.rim, c.counter),
                ("rim on tool", c.rim, c.tool),
                ("key on counter", c.key, c.counter),
                ("sun on counter", c.sun, c.counter),
                ("end_rim on counter", c.end_rim, c.counter),
                ("done on window", c.done, c.window),
                ("level on counter", c.level, c.counter),
            ] {
                let ratio = contrast(line, ground);
                assert!(ratio >= 3.0, "{set}: {pair} is {ratio:.1}");
            }
        }
    }
}
