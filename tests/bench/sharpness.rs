//! How sharp the picture is that is shown, beside what the camera gave: PSNR of the signer alone and of the whole, and
//! SSIM. Brightness only. The numbers' blocks do not count. A frame that stands in the place of others that did not
//! come is judged for these too.

use crate::picture_code;

pub const WIDTH: usize = 640;
pub const HEIGHT: usize = 480;

/// Blocks of so many pixels are signer or background.
const BLOCK: usize = 16;
/// A block moves when its pixels change by so much on average, in one frame of thirty at least.
const MOVES: u32 = 4;
/// SSIM's own, for 8 bits.
const C1: f64 = 6.5025;
const C2: f64 = 58.5225;
/// What two equal pictures have, dB.
const MOST: f64 = 60.0;

pub struct Sharpness {
    pub whole: f64,
    pub signer: f64,
    pub ssim: f64,
}

/// A frame on the receiver's screen.
pub struct Shown<'a> {
    pub number: u64,
    /// Of the frame that took its place.
    pub next: Option<u64>,
    /// In the source's size.
    pub luma: &'a [u8],
}

/// What the camera gave, again and again.
pub struct Source {
    first: u64,
    frames: Vec<Vec<u8>>,
    /// Of each block, row by row.
    signer: Vec<bool>,
    counts: Vec<bool>,
}

impl Source {
    /// `frames` begin with luma; the first one carries the number `first`.
    pub fn new(first: u16, frames: impl Iterator<Item = Vec<u8>>) -> Self {
        let frames: Vec<Vec<u8>> = frames
            .map(|mut frame| {
                frame.truncate(WIDTH * HEIGHT);
                frame
            })
            .collect();
        let counts: Vec<bool> = blocks()
            .map(|(x, y)| !picture_code::covers(WIDTH, HEIGHT, x, y, BLOCK))
            .collect();
        let mut moved = vec![0usize; counts.len()];
        for pair in frames.windows(2) {
            for ((x, y), moved) in blocks().zip(&mut moved) {
                let change: u32 = pixels(x, y)
                    .map(|at| u32::from(pair[0][at].abs_diff(pair[1][at])))
                    .sum();
                *moved += usize::from(change > MOVES * (BLOCK * BLOCK) as u32);
            }
        }
        let often = frames.len() / 30;
        let signer = moved
            .iter()
            .zip(&counts)
            .map(|(moved, counts)| *counts && *moved > often)
            .collect();
        Self {
            first: u64::from(first),
            frames,
            signer,
            counts,
        }
    }

    /// The mean over the camera's frames, each beside what was shown for it. None without any.
    pub fn judge(&self, shown: &[Shown<'_>]) -> Option<Sharpness> {
        let pairs: Vec<_> = shown.iter().flat_map(|shown| self.stands_for(shown)).collect();
        let mean = |of: &dyn Fn(&[u8], &[u8]) -> f64| {
            pairs.iter().map(|(source, luma)| of(source, luma)).sum::<f64>() / pairs.len() as f64
        };
        (!pairs.is_empty()).then(|| Sharpness {
            whole: mean(&|source, luma| psnr(source, luma, &self.counts)),
            signer: mean(&|source, luma| psnr(source, luma, &self.signer)),
            ssim: mean(&|source, luma| ssim(source, luma, &self.counts)),
        })
    }

    /// The camera's frames from this one to the next that was shown, which is not among them.
    fn stands_for<'a>(&'a self, shown: &Shown<'a>) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
        let luma = shown.luma;
        let place = |number: u64| usize::try_from(number.checked_sub(self.first)?).ok();
        let inside = |at: &usize| *at < self.frames.len();
        let first = place(shown.number).filter(inside);
        let next = shown.next.and_then(place).filter(inside);
        let count = first.map_or(0, |first| {
            // The camera begins anew after its last frame; a frame that stands for all of them stands for one.
            let ahead = next.map_or(1, |next| (next + self.frames.len() - first) % self.frames.len());
            ahead.max(1)
        });
        (0..count)
            .map(move |more| (first.unwrap_or(0) + more) % self.frames.len())
            .map(move |at| (self.frames[at].as_slice(), luma))
            .filter(|(source, luma)| source.len() == luma.len())
    }
}

/// Left upper corners, row by row.
fn blocks() -> impl Iterator<Item = (usize, usize)> {
    (0..HEIGHT / BLOCK).flat_map(|row| (0..WIDTH / BLOCK).map(move |column| (column * BLOCK, row * BLOCK)))
}

/// Where a block's pixels lie.
fn pixels(x: usize, y: usize) -> impl Iterator<Item = usize> {
    (y..y + BLOCK).flat_map(move |y| (x..x + BLOCK).map(move |x| y * WIDTH + x))
}

fn psnr(source: &[u8], seen: &[u8], counts: &[bool]) -> f64 {
    let (mut error, mut count) = (0u64, 0u64);
    for ((x, y), _) in blocks().zip(counts).filter(|(_, counts)| **counts) {
        for at in pixels(x, y) {
            error += u64::from(source[at].abs_diff(seen[at])).pow(2);
            count += 1;
        }
    }
    let mean = error as f64 / count.max(1) as f64;
    (10.0 * (255.0 * 255.0 / mean).log10()).min(MOST)
}

/// Block by block, without the usual overlap.
fn ssim(source: &[u8], seen: &[u8], counts: &[bool]) -> f64 {
    let of_block = |(x, y)| {
        let n = (BLOCK * BLOCK) as f64;
        let (mut a, mut b, mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for at in pixels(x, y) {
            let (p, q) = (f64::from(source[at]), f64::from(seen[at]));
            a += p / n;
            b += q / n;
            aa += p * p / n;
            bb += q * q / n;
            ab += p * q / n;
        }
        (2.0 * a * b + C1) * (2.0 * (ab - a * b) + C2)
            / ((a * a + b * b + C1) * (aa - a * a + bb - b * b + C2))
    };
    let all: Vec<f64> = blocks()
        .zip(counts)
        .filter(|(_, counts)| **counts)
        .map(|(block, _)| of_block(block))
        .collect();
    all.iter().sum::<f64>() / all.len().max(1) as f64
}
