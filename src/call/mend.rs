//! When a lost peer connection is tried again, and when it is given up.
//!
//! Times are chosen for a person who stands and waits: 2 s without a picture is told, the mending starts by then, and
//! an interpreter whose link and pictures are both away for 3 s is called gone.

use std::time::Duration;

/// Without a picture for this long, the screen says that the connection is being mended.
pub const STALLED: Duration = Duration::from_secs(2);

/// Away at the relay and silent for this long, the interpreter is gone.
pub const GONE_AND_ABSENT: Duration = Duration::from_secs(3);

/// Silent for this long although the relay still sees them, the interpreter is as good as gone.
pub const GONE: Duration = Duration::from_secs(12);

/// A connection that broke is given this long to heal by itself before ICE is restarted.
pub const HEALS_ITSELF: Duration = Duration::from_millis(2500);

/// The first connection gets longer: ICE tries all candidate pairs.
pub const FIRST_TRY: Duration = Duration::from_secs(10);

/// ICE restarts are this far apart: one takes as long to show whether it helped.
pub const BETWEEN_RESTARTS: Duration = Duration::from_secs(5);
