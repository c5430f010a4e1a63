//! Moments, as the relay's records hold them.

/// Milliseconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct UnixMs(pub u64);

impl UnixMs {
    /// Milliseconds since `earlier`; 0 when the clock was set back meanwhile.
    #[must_use]
    pub fn since(self, earlier: UnixMs) -> u64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Whole seconds since `earlier`.
    #[must_use]
    pub fn seconds_since(self, earlier: UnixMs) -> u32 {
        u32::try_from(self.since(earlier) / 1000).unwrap_or(u32::MAX)
    }

    #[must_use]
    pub fn plus(self, ms: u64) -> UnixMs {
        UnixMs(self.0.saturating_add(ms))
    }
}
