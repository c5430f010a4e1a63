//! Head and shoulders as they should stand in the picture: open at the waist, so that nobody takes it for a measure.

use iced::widget::canvas::{self, Path};
use iced::{Element, Point};

use super::Message;
use crate::kiosk::theme::Look;
use crate::kiosk::widget::guide::guide;
use crate::locale::{Words, fl};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Posture {
    Standing,
    /// On a chair or in a wheelchair: the head is lower, the elbows are on the rests.
    Seated,
}

impl Posture {
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Posture::Standing => Posture::Seated,
            Posture::Seated => Posture::Standing,
        }
    }

    /// The control that chooses it.
    pub fn words(self, words: &Words) -> (&'static str, String) {
        match self {
            Posture::Standing => ("person", fl!(words, "framing-standing")),
            Posture::Seated => ("accessible", fl!(words, "framing-seated")),
        }
    }
}

pub fn outline<'a>(look: &Look, posture: Posture) -> Element<'a, Message> {
    guide(look, 6.0, move |size| path(posture, size.width, size.height))
}

fn path(posture: Posture, width: f32, height: f32) -> Path {
    // A picture of 4:3 in the middle of the bounds; a person from head to waist is about its height.
    let h = height.min(width * 0.75);
    let top = (height - h) / 2.0;
    let (lower, broader) = match posture {
        Posture::Standing => (0.0, 1.0),
        Posture::Seated => (0.14, 1.15),
    };
    let at = |x: f32, y: f32| Point::new(width / 2.0 + x * broader * h, top + (y + lower).min(0.97) * h);
    Path::new(|path| {
        path.ellipse(canvas::path::arc::Elliptical {
            center: at(0.0, 0.26),
            radii: iced::Vector::new(0.12 * h, 0.155 * h),
            rotation: iced::Radians(0.0),
            start_angle: iced::Radians(0.0),
            end_angle: iced::Radians(std::f32::consts::TAU),
        });
        path.move_to(at(-0.36, 0.97));
        path.bezier_curve_to(at(-0.36, 0.62), at(-0.30, 0.53), at(-0.10, 0.49));
        path.move_to(at(0.10, 0.49));
        path.bezier_curve_to(at(0.30, 0.53), at(0.36, 0.62), at(0.36, 0.97));
    })
}
