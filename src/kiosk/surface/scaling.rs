//! From physical pixels to the units in which Wayland places surfaces.
//!
//! A frame has the panel's own pixels, so that the display has nothing to scale; it only has to be told so.

use super::Cut;

/// Physical pixels to a unit, in 120ths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scaling {
    /// A whole number of them, which the buffer is told.
    Whole(u32),
    /// Anything else: the surface is told its size.
    Part(u32),
}

impl Scaling {
    /// None where a display that knows whole numbers alone would show the picture in a wrong size.
    pub(super) fn of(scale: u32, has_viewport: bool) -> Option<Self> {
        match scale {
            0 => None,
            whole if whole.is_multiple_of(120) => Some(Self::Whole(whole / 120)),
            part => has_viewport.then_some(Self::Part(part)),
        }
    }

    /// The largest cut that a buffer may hold: its sides are whole units where the buffer is told the scale.
    pub(super) fn whole(self, cut: Cut) -> Cut {
        let Self::Whole(unit) = self else { return cut };
        let (width, height) = cut.size;
        Cut {
            size: (width - width % unit, height - height % unit),
            ..cut
        }
    }

    pub(super) fn buffer_scale(self) -> i32 {
        match self {
            Self::Whole(unit) => unit as i32,
            Self::Part(_) => 1,
        }
    }

    /// The surface's size in units, for its viewport; −1 each way where the buffer's scale says it.
    pub(super) fn destination(self, size: (u32, u32)) -> (i32, i32) {
        match self {
            Self::Whole(_) => (-1, -1),
            Self::Part(_) => {
                let (width, height) = self.logical(size);
                (width.max(1), height.max(1))
            }
        }
    }

    /// The nearest unit each way.
    pub(super) fn logical(self, physical: (u32, u32)) -> (i32, i32) {
        let scale = match self {
            Self::Whole(unit) => unit * 120,
            Self::Part(scale) => scale,
        };
        let nearest = |pixels: u32| ((pixels * 120 + scale / 2) / scale) as i32;
        (nearest(physical.0), nearest(physical.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CUT: Cut = Cut {
        from: (3, 0),
        size: (201, 100),
        to: (61, 301),
    };

    #[test]
    fn a_picture_on_a_panel_of_twice_the_pixels_keeps_them_all() {
        let twice = Scaling::of(240, false).unwrap();
        assert_eq!(twice.buffer_scale(), 2);
        assert_eq!(
            twice.whole(CUT).size,
            (200, 100),
            "whole units, or the display ends us"
        );
        assert_eq!(twice.logical(CUT.to), (31, 151));
    }

    #[test]
    fn one_and_a_half_needs_a_viewport() {
        assert_eq!(Scaling::of(180, false), None);
        let more = Scaling::of(180, true).unwrap();
        assert_eq!(more.whole(CUT), CUT);
        assert_eq!((more.buffer_scale(), more.destination(CUT.size)), (1, (134, 67)));
    }
}
