//! Keeps everything from the decoder that was predicted from something lost. Pure.
//!
//! The one invariant: between a gap and the first packet of the next keyframe no packet passes, and of the frame that
//! the gap cut nothing is shown at all. Depayloaders alone do not hold it: that of H.264 gives out half a frame when
//! the packet with its marker is lost.

use std::collections::VecDeque;
use std::time::Duration;

use super::packet::Packet;

/// Watches packets, in order, before the depayloader, and frames after it.
#[derive(Debug, Default)]
pub struct Gate {
    is_open: bool,
    /// The frame whose last packet has not come yet.
    unfinished: Option<Duration>,
    /// Frames that will never be whole, the oldest first; pieces of them may be on their way still.
    cut: VecDeque<Duration>,
}

impl Gate {
    /// Whether this packet, of the frame at that time, may pass. Frames have times in their order.
    pub fn packet(&mut self, packet: &Packet, frame: Duration) -> bool {
        self.is_open |= packet.begins_keyframe;
        if !self.is_open || packet.is_empty {
            return false;
        }
        self.unfinished = (!packet.ends_frame).then_some(frame);
        true
    }

    /// A packet will never come.
    pub fn lost(&mut self) {
        self.is_open = false;
        self.cut.extend(self.unfinished.take());
    }

    /// Whether the frame that the depayloader gives out is whole.
    pub fn frame(&mut self, frame: Duration) -> bool {
        while self.cut.front().is_some_and(|cut| *cut < frame) {
            self.cut.pop_front();
        }
        self.cut.front() != Some(&frame)
    }

    /// Everything that comes is useless until the next keyframe.
    pub fn is_closed(&self) -> bool {
        !self.is_open
    }
}

#[cfg(test)]
mod tests {
    use super::super::packet::tests::{DELTA, KEY, REST, padding, vp8};
    use super::*;
    use crate::media::codec::Codec;

    const fn at(frame: u64) -> Duration {
        Duration::from_millis(frame)
    }

    /// A gate that a keyframe at time 1, packets 10 and 11, has opened.
    fn open() -> Gate {
        let mut gate = Gate::default();
        assert!(gate.packet(&vp8(10, 1, false, KEY), at(1)));
        assert!(gate.packet(&vp8(11, 1, true, REST), at(1)));
        assert!(gate.frame(at(1)));
        gate
    }

    #[test]
    fn nothing_passes_before_the_first_keyframe() {
        let mut gate = Gate::default();
        assert!(!gate.packet(&vp8(1, 0, true, DELTA), at(0)));
        assert!(!gate.packet(&vp8(2, 0, true, REST), at(0)));
        assert!(gate.packet(&vp8(3, 1, true, KEY), at(1)));
        assert!(gate.frame(at(1)));
        assert!(gate.packet(&vp8(4, 2, true, DELTA), at(2)));
        assert!(gate.frame(at(2)));
    }

    #[test]
    fn a_gap_closes_the_gate_until_the_next_keyframe() {
        let mut gate = open();
        gate.lost();
        assert!(!gate.packet(&vp8(13, 3, true, DELTA), at(3)));
        assert!(!gate.packet(&vp8(14, 4, true, DELTA), at(4)));
        assert!(gate.packet(&vp8(15, 5, true, KEY), at(5)));
        assert!(gate.frame(at(5)));
    }

    #[test]
    fn a_frame_that_lost_its_end_never_comes_out_even_if_it_is_a_keyframe() {
        let mut gate = open();
        assert!(gate.packet(&vp8(12, 2, false, KEY), at(2)));
        gate.lost();
        assert!(gate.packet(&vp8(15, 4, false, KEY), at(4)));
        assert!(!gate.frame(at(2)), "the half frame");
        assert!(gate.packet(&vp8(16, 4, true, REST), at(4)));
        assert!(gate.frame(at(4)));
    }

    #[test]
    fn of_a_frame_that_is_cut_after_another_nothing_comes_out_either() {
        let mut gate = open();
        for frame in 2..4 {
            assert!(gate.packet(&vp8(frame * 10, frame.into(), false, KEY), at(frame.into())));
            gate.lost();
        }
        assert!(gate.packet(&vp8(40, 4, true, KEY), at(4)));
        assert_eq!([2, 3, 4].map(|frame| gate.frame(at(frame))), [false, false, true]);
    }

    #[test]
    fn a_whole_frame_still_comes_out_after_the_news_of_a_later_loss() {
        let mut gate = open();
        assert!(gate.packet(&vp8(12, 2, true, DELTA), at(2)));
        gate.lost();
        assert!(gate.frame(at(2)));
    }

    #[test]
    fn padding_is_kept_out_and_does_not_make_a_frame_unfinished() {
        let mut gate = open();
        let padding = Packet::read(Codec::Vp8, padding(12, 1)).expect("a packet");
        assert!(!gate.packet(&padding, at(1)));
        gate.lost();
        assert!(gate.frame(at(1)));
    }
}
