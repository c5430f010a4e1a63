//! A number in a picture that survives scaling, mirroring and hard compression, so that a test can prove that the
//! right frame arrived: the generator, and the reader.
//!
//! Include it with `#[path = "picture_code.rs"] mod picture_code;`.
//!
//! The code covers a fixed part of the picture: from 1/16 to 15/16 of the width and from 3/5 to 14/15 of the height,
//! 14 × 4 blocks (40 × 40 pixels at 640×480), white (luma 235) or black (luma 16):
//!
//! ```text
//!         col 0   1 … 12              13
//! row 0   white   bits 23 … 12        black
//! row 1   black   their complement    white
//! row 2   white   bits 11 … 0         black
//! row 3   black   their complement    white
//! ```
//!
//! The 24 bits are a 16-bit frame number, then its CRC-8 (polynomial 0x07). A bit is 1 when its block is brighter than
//! the one below by [`CONTRAST`] at least; less than that either way, a wrong edge column or a wrong CRC and nothing is
//! read at all. The edge columns change places in a mirror, which is how mirroring is told. Above the code a
//! bright disc wanders over a moving gradient with noise, so that an encoder has use for any bitrate.
//! [`READER_JS`] is the same reader for a browser's canvas.

#![allow(dead_code, reason = "every test that includes this uses a part of it")]

use std::io::{self, Write};
use std::path::Path;

const COLUMNS: usize = 14;
const ROWS: usize = 4;
/// The least difference of brightness, of 255, between a bit and its complement.
pub const CONTRAST: i32 = 50;

/// What was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    pub number: u16,
    pub mirrored: bool,
}

/// A part of a larger image, in pixels.
#[derive(Debug, Clone, Copy)]
pub struct Area {
    pub x: usize,
    pub y: usize,
    pub width: usize,
    pub height: usize,
}

/// A browser's reader: `readCode(rgba, width, height)` with the bytes of `getImageData(0, 0, width, height).data`
/// answers `{ number, mirrored }` or `null`.
pub const READER_JS: &str = r"
function readCode(rgba, width, height) {
  const bright = (column, row) => {
    const blockW = width * 7 / 8 / 14, blockH = height / 3 / 4;
    const x0 = width / 16 + column * blockW, y0 = height * 3 / 5 + row * blockH;
    let sum = 0, count = 0;
    for (let i = 1; i <= 3; i++) for (let j = 1; j <= 3; j++) {
      const at = 4 * (Math.floor(y0 + blockH * i / 4) * width + Math.floor(x0 + blockW * j / 4));
      sum += 0.299 * rgba[at] + 0.587 * rgba[at + 1] + 0.114 * rgba[at + 2];
      count++;
    }
    return sum / count;
  };
  const bit = (column, pair) => {
    const difference = bright(column, 2 * pair) - bright(column, 2 * pair + 1);
    return Math.abs(difference) < 50 ? null : difference > 0 ? 1 : 0;
  };
  const edges = [bit(0, 0), bit(0, 1), bit(13, 0), bit(13, 1)].join('');
  if (edges !== '1100' && edges !== '0011') return null;
  const mirrored = edges === '0011';
  let bits = 0;
  for (let n = 0; n < 24; n++) {
    const column = 1 + n % 12;
    const value = bit(mirrored ? 13 - column : column, Math.floor(n / 12));
    if (value === null) return null;
    bits = bits * 2 + value;
  }
  const number = Math.floor(bits / 256);
  let crc = 0;
  for (const byte of [number >> 8, number & 255]) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = crc & 128 ? ((crc << 1) ^ 7) & 255 : crc << 1;
  }
  return crc === (bits & 255) ? { number, mirrored } : null;
}
";

/// Reads the code of a whole RGBA picture.
pub fn read(rgba: &[u8], width: usize, height: usize) -> Option<Code> {
    read_area(
        rgba,
        width,
        Area {
            x: 0,
            y: 0,
            width,
            height,
        },
    )
}

/// Reads the code of a picture shown in `area` of an RGBA image with rows of `image_width` pixels.
pub fn read_area(rgba: &[u8], image_width: usize, area: Area) -> Option<Code> {
    let bit = |column: usize, pair: usize| {
        let difference = brightness(rgba, image_width, area, column, 2 * pair)?
            - brightness(rgba, image_width, area, column, 2 * pair + 1)?;
        (difference.abs() >= CONTRAST).then_some(difference > 0)
    };
    let mirrored = match (bit(0, 0)?, bit(0, 1)?, bit(COLUMNS - 1, 0)?, bit(COLUMNS - 1, 1)?) {
        (true, true, false, false) => false,
        (false, false, true, true) => true,
        _ => return None,
    };
    let mut bits = 0u32;
    for n in 0..24 {
        let column = 1 + n % 12;
        let column = if mirrored { COLUMNS - 1 - column } else { column };
        bits = bits << 1 | u32::from(bit(column, n / 12)?);
    }
    let number = (bits >> 8) as u16;
    (crc8(number) == bits as u8).then_some(Code { number, mirrored })
}

/// The rows that [`read_area`] looks at.
pub fn rows(area: Area) -> Vec<usize> {
    let block_h = area.height as f64 / 3.0 / ROWS as f64;
    let top = area.height as f64 * 3.0 / 5.0;
    let inside = |row: usize, i: i32| (top + row as f64 * block_h + block_h * f64::from(i) / 4.0) as usize;
    (0..ROWS)
        .flat_map(|row| (1..=3).map(move |i| area.y + inside(row, i)))
        .collect()
}

fn brightness(rgba: &[u8], image_width: usize, area: Area, column: usize, row: usize) -> Option<i32> {
    let block_w = area.width as f64 * 7.0 / 8.0 / COLUMNS as f64;
    let block_h = area.height as f64 / 3.0 / ROWS as f64;
    let x0 = area.width as f64 / 16.0 + column as f64 * block_w;
    let y0 = area.height as f64 * 3.0 / 5.0 + row as f64 * block_h;
    let mut sum = 0.0;
    for i in 1..=3 {
        for j in 1..=3 {
            let x = area.x + (x0 + block_w * f64::from(j) / 4.0) as usize;
            let y = area.y + (y0 + block_h * f64::from(i) / 4.0) as usize;
            let pixel = rgba.get((y * image_width + x) * 4..)?.first_chunk::<3>()?;
            sum += 0.299 * f64::from(pixel[0]) + 0.587 * f64::from(pixel[1]) + 0.114 * f64::from(pixel[2]);
        }
    }
    Some((sum / 9.0) as i32)
}

fn crc8(number: u16) -> u8 {
    number.to_be_bytes().iter().fold(0u8, |crc, byte| {
        (0..8).fold(crc ^ byte, |crc, _| {
            if crc & 0x80 == 0 {
                crc << 1
            } else {
                crc << 1 ^ 0x07
            }
        })
    })
}

/// Writes a video whose frames carry the numbers 0, 1, … `frames - 1`. YUV4MPEG2, 4:2:0: GStreamer reads it, and so
/// does Chromium's fake camera. A frame of 640×480 takes 460 kB.
pub fn write_y4m(path: &Path, width: usize, height: usize, fps: u32, frames: u16) -> io::Result<()> {
    let mut file = io::BufWriter::with_capacity(1 << 20, std::fs::File::create(path)?);
    writeln!(file, "YUV4MPEG2 W{width} H{height} F{fps}:1 Ip A1:1 C420jpeg")?;
    for number in 0..frames {
        file.write_all(b"FRAME\n")?;
        file.write_all(&i420(width, height, number))?;
    }
    file.flush()
}

/// One frame, planes Y, U, V without padding; both sides even.
pub fn i420(width: usize, height: usize, number: u16) -> Vec<u8> {
    let mut picture = vec![0u8; width * height * 3 / 2];
    let (luma, chroma) = picture.split_at_mut(width * height);
    let phase = usize::from(number);
    let mut noise = u32::from(number).wrapping_mul(2_654_435_761) | 1;
    for (y, row) in luma.chunks_exact_mut(width).enumerate() {
        for (x, pixel) in row.iter_mut().enumerate() {
            *pixel = 60 + ((x + y + phase * 3) / 4 % 64) as u8;
            if y < height / 2 {
                noise ^= noise << 13;
                noise ^= noise >> 17;
                noise ^= noise << 5;
                *pixel += (noise >> 27) as u8;
            }
        }
    }
    disc(luma, width, height, phase);
    code(luma, width, height, number);
    let (u, v) = chroma.split_at_mut(width * height / 4);
    for (y, (u, v)) in u
        .chunks_exact_mut(width / 2)
        .zip(v.chunks_exact_mut(width / 2))
        .enumerate()
    {
        u.fill(118 + (y * 20 / (height / 2)) as u8);
        v.fill(138 - (y * 20 / (height / 2)) as u8);
    }
    picture
}

fn disc(luma: &mut [u8], width: usize, height: usize, phase: usize) {
    let turn = phase as f64 / 45.0 * std::f64::consts::TAU;
    let (cx, cy) = (
        width as f64 * (0.5 + 0.3 * turn.cos()),
        height as f64 * (0.28 + 0.15 * turn.sin()),
    );
    let radius = height as f64 / 10.0;
    for y in (cy - radius) as usize..(cy + radius) as usize {
        let half = (radius * radius - (y as f64 - cy).powi(2)).max(0.0).sqrt();
        luma[y * width + (cx - half) as usize..y * width + (cx + half) as usize].fill(200);
    }
}

/// Puts the number into a picture that begins with its luma.
pub fn stamp(picture: &mut [u8], width: usize, height: usize, number: u16) {
    code(picture, width, height, number);
    let (luma, (x, y, w, h)) = (width * height, covered(width, height));
    for plane in picture[luma..].chunks_exact_mut(width * height / 4) {
        for row in plane.chunks_exact_mut(width / 2).skip(y / 2).take(h / 2) {
            row[x / 2..(x + w) / 2].fill(128);
        }
    }
}

/// Whether a square of this size touches the number.
pub fn covers(width: usize, height: usize, left: usize, top: usize, size: usize) -> bool {
    let (x, y, w, h) = covered(width, height);
    left < x + w && left + size > x && top < y + h && top + size > y
}

/// Left, top, width and height of the code.
fn covered(width: usize, height: usize) -> (usize, usize, usize, usize) {
    (width / 16, height * 3 / 5, width * 7 / 8, height / 3)
}

fn code(luma: &mut [u8], width: usize, height: usize, number: u16) {
    let bits = u32::from(number) << 8 | u32::from(crc8(number));
    let (x0, y0, code_w, code_h) = covered(width, height);
    for y in 0..code_h {
        let row = y * ROWS / code_h;
        for x in 0..code_w {
            let value = match x * COLUMNS / code_w {
                0 => true,
                13 => false,
                column => bits >> (23 - (row / 2 * 12 + column - 1)) & 1 == 1,
            };
            let white = value ^ (row % 2 == 1);
            luma[(y0 + y) * width + x0 + x] = if white { 235 } else { 16 };
        }
    }
}

/// Grey RGBA from the luma of [`i420`], sized with nearest neighbours.
#[cfg(test)]
fn grey(luma: &[u8], width: usize, height: usize, to: (usize, usize), mirrored: bool) -> Vec<u8> {
    let mut rgba = Vec::with_capacity(to.0 * to.1 * 4);
    for y in 0..to.1 {
        for x in 0..to.0 {
            let x = if mirrored { to.0 - 1 - x } else { x };
            let value = luma[y * height / to.1 * width + x * width / to.0];
            rgba.extend([value, value, value, 255]);
        }
    }
    rgba
}

#[test]
fn a_number_is_read_at_any_size_and_in_a_mirror() {
    for number in [0, 1, 0x5555, 0xaaaa, 12_345, u16::MAX] {
        let picture = i420(640, 480, number);
        for to in [(640, 480), (320, 240), (1080, 810), (240, 180), (853, 480)] {
            for mirrored in [false, true] {
                let rgba = grey(&picture, 640, 480, to, mirrored);
                assert_eq!(
                    read(&rgba, to.0, to.1),
                    Some(Code { number, mirrored }),
                    "{number} at {to:?}"
                );
            }
        }
    }
}

#[test]
fn half_of_one_frame_over_another_is_not_read() {
    let (one, other) = (i420(640, 480, 1000), i420(640, 480, 54_321));
    let mut torn = one;
    for row in 0..480 {
        torn[row * 640 + 320..row * 640 + 640].copy_from_slice(&other[row * 640 + 320..row * 640 + 640]);
    }
    assert_eq!(read(&grey(&torn, 640, 480, (640, 480), false), 640, 480), None);
    assert_eq!(read(&vec![128; 640 * 480 * 4], 640, 480), None);
}
