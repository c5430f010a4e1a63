//! Memory that the display server reads too, and the pixels in it: blue, green, red and one unused byte.

use std::io;

use memmap2::MmapMut;
use rustix::fs::{MemfdFlags, ftruncate, memfd_create};
use std::os::fd::OwnedFd;

/// So many bytes, all zero, and the file by which they are shared.
#[expect(
    unsafe_code,
    reason = "memory that another process reads can be mapped in no other way"
)]
pub(super) fn share(bytes: usize) -> io::Result<(OwnedFd, MmapMut)> {
    let file = memfd_create("zhest-picture", MemfdFlags::CLOEXEC)?;
    ftruncate(&file, bytes as u64)?;
    // SAFETY: the file is anonymous and never shrinks; the server alone has it besides us, and only reads.
    let pixels = unsafe { MmapMut::map_mut(&file)? };
    Ok((file, pixels))
}

/// Red, green, blue, 255 to blue, green, red, 255; as many as both have.
pub(super) fn blue_first(rgba: &[u8], to: &mut [u8]) {
    let pixels = rgba.as_chunks::<4>().0.iter();
    for (&[red, green, blue, opaque], to) in pixels.zip(to.as_chunks_mut::<4>().0) {
        *to = [blue, green, red, opaque];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_change_places_and_nothing_is_written_past_the_frame() {
        let mut to = [9; 12];
        blue_first(&[1, 2, 3, 255, 4, 5, 6, 255], &mut to);
        assert_eq!(to, [3, 2, 1, 255, 6, 5, 4, 255, 9, 9, 9, 9]);
    }
}
