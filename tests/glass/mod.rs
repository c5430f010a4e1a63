//! What the stories of screens share: somebody to look at in the places of the living pictures, and an eye for words
//! that are cut off.

use bytes::Bytes;
use iced::{Renderer, Size, Theme};
use iced_test::Simulator;
use iced_test::selector::Candidate;
use zhest::media::frame::{Frame, FrameSlot, Pictures, Want, fit};

/// The visitor, as in a mirror.
pub fn own(pictures: &Pictures) {
    stand_in(&pictures.own, [200, 140, 30]);
}

/// The interpreter.
pub fn remote(pictures: &Pictures) {
    stand_in(&pictures.remote, [60, 74, 66]);
}

/// Whoever signs in a clip.
#[allow(dead_code, reason = "only some stories show a clip")]
pub fn clip(pictures: &Pictures) {
    stand_in_shaped(&pictures.clip, (16, 9), [52, 92, 84]);
}

fn stand_in(slot: &FrameSlot, shirt: [u8; 3]) {
    stand_in_shaped(slot, (4, 3), shirt);
}

fn stand_in_shaped(slot: &FrameSlot, shape: (u32, u32), shirt: [u8; 3]) {
    if let Want::Fit { width, height } = slot.wanted() {
        let (width, height) = fit(shape.0, shape.1, (width, height));
        slot.put(width, height, person(width, height, shirt));
    }
}

/// A drawn person from head to waist. The outermost pixels differ from their neighbours, so that a picture that was
/// moved or scaled by a single pixel is found out.
fn person(width: u32, height: u32, shirt: [u8; 3]) -> Bytes {
    let (w, h) = (width as f32, height as f32);
    let mut rgba = Vec::with_capacity((width * height * 4) as usize);
    for y in 0..height {
        for x in 0..width {
            let (across, down) = ((x as f32 - w / 2.0) / h, y as f32 / h);
            let head = (across / 0.12).powi(2) + ((down - 0.26) / 0.155).powi(2) < 1.0;
            let body = down > 0.5 && across.abs() < 0.18 + 0.2 * ((down - 0.5) * 4.0).min(1.0);
            let edge = x == 0 || y == 0 || x == width - 1 || y == height - 1;
            let colour = match (edge, head, body) {
                (true, _, _) => [(x % 251) as u8, (y % 241) as u8, 77],
                (_, true, _) => [205, 160, 130],
                (_, _, true) => shirt,
                _ => [125, 147, 164],
            };
            rgba.extend(colour);
            rgba.push(255);
        }
    }
    rgba.into()
}

/// Somebody who sways, from `left` to `right` of a picture 160 wide, from `top` of 120 down: one look of the camera.
#[allow(dead_code, reason = "only some stories look at a visitor")]
pub fn sways(pictures: &Pictures, left: usize, right: usize, top: usize, look: usize) {
    let mut rgba = Vec::with_capacity(160 * 120 * 4);
    for y in 0..120 {
        for x in 0..160 {
            let at = x + look % 2 * 4;
            let fold = if (at / 4 + y / 4).is_multiple_of(2) {
                90
            } else {
                140
            };
            let luma = if y >= top && (left..right).contains(&at) {
                fold
            } else {
                180
            };
            rgba.extend([luma, luma, luma, 255]);
        }
    }
    pictures.own.put(160, 120, rgba.into());
}

/// A drawn form: a white page with lines of writing on a dark table.
#[allow(dead_code, reason = "only some stories show a paper")]
pub fn paper() -> Frame {
    let (width, height) = (1280u32, 960u32);
    let mut rgba = Vec::with_capacity((width * height * 4) as usize);
    for y in 0..height {
        for x in 0..width {
            let page = (290..990).contains(&x) && (40..920).contains(&y);
            let line =
                (y / 20) % 3 == 1 && (350..(700 + (y * 7) % 230)).contains(&x) && (120..800).contains(&y);
            let colour = match (page, line) {
                (_, true) => [70, 90, 110],
                (true, false) => [250, 249, 245],
                (false, false) => [60, 52, 46],
            };
            rgba.extend(colour);
            rgba.push(255);
        }
    }
    Frame {
        width,
        height,
        rgba: rgba.into(),
        sequence: 1,
    }
}

/// The first words that reach over the edge of the glass or of what holds them.
pub fn cut_off<Message>(screen: &mut Simulator<'_, Message, Theme, Renderer>) -> Option<String> {
    let cut = |candidate: Candidate<'_>| match candidate {
        Candidate::Text {
            content,
            bounds,
            visible_bounds,
            ..
        } => {
            let visible = visible_bounds.map_or(Size::ZERO, |visible| visible.size());
            let whole = bounds.width - visible.width < 1.0 && bounds.height - visible.height < 1.0;
            (!whole).then(|| content.to_string())
        }
        _ => None,
    };
    screen.find(cut).ok()
}
