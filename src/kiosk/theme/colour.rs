//! The colours. Numbers are WCAG contrast ratios.

use iced::{Color, color};

/// The counter, and text: 12.7 on [`FOG`], 14.9 on [`PAPER`].
pub const INK: Color = color!(0x16293A);
/// Around video; white is 11.9 on it.
pub const SLATE: Color = color!(0x24394B);
/// A pressed control on the counter.
pub const SLATE_PRESSED: Color = color!(0x41596D);
/// Control border on [`INK`] 5.6, on [`SLATE`] 4.5.
pub const RIM: Color = color!(0x8CA2B3);
/// Second text on [`INK`] 8.9, on [`SLATE`] 7.1.
pub const MIST: Color = color!(0xBBCAD5);
/// Keys; [`INK`] on it 11.7.
pub const KEY: Color = color!(0xDCE5EC);
/// The window.
pub const FOG: Color = color!(0xE9EEF1);
/// Cards.
pub const PAPER: Color = color!(0xFFFFFF);
/// Second text: 7.4 on [`FOG`], 8.6 on [`PAPER`].
pub const MUTED: Color = color!(0x3B4E5F);
/// Control border: 3.6 on [`FOG`], 4.2 on [`PAPER`].
pub const CONTROL: Color = color!(0x6B7F8E);
/// Decoration only.
pub const LINE: Color = color!(0xCBD5DC);
/// The hard edge below a tile.
pub const EDGE: Color = color!(0xC3CED6);
/// The primary action; [`INK`] on it 8.3.
pub const SUN: Color = color!(0xF6B73C);
/// The primary action, pressed; [`INK`] on it 6.1.
pub const SUN_PRESSED: Color = color!(0xDB9A1C);
/// A warning's ground; [`SUN_TEXT`] on it 7.9.
pub const SUN_TINT: Color = color!(0xFFF3D9);
pub const SUN_TEXT: Color = color!(0x6B4200);
/// Done; 7.4 on [`SPRUCE_TINT`].
pub const SPRUCE: Color = color!(0x0B5449);
pub const SPRUCE_TINT: Color = color!(0xDDEFE9);
/// Level bars on [`SLATE`] 7.3.
pub const MINT: Color = color!(0x8FD9C4);
/// Hanging up; white is 7.3 on it.
pub const CLAY: Color = color!(0x9A3324);
/// The border of [`CLAY`] on [`INK`]: 7.6.
pub const CLAY_RIM: Color = color!(0xF0A797);
pub const WHITE: Color = Color::WHITE;
