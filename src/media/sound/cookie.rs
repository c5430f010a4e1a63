//! The secret that a sound server asks of its clients: 256 bytes in a file of the user's.
//!
//! libpulse makes one for whoever has none. The crate that speaks to the server here does not, is refused without, and
//! what is left then is ALSA's plugin, which waits busily: half a core for each direction.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::sync::Once;

const LENGTH: usize = 256;
const PLACES: [&str; 2] = [".config/pulse/cookie", ".pulse-cookie"];

/// Once in the life of the process: whoever runs it has a cookie from here on.
pub fn have_one() {
    static LOOKED: Once = Once::new();
    LOOKED.call_once(|| {
        let Some(home) = std::env::home_dir() else { return };
        if std::env::var_os("PULSE_COOKIE").is_none()
            && let Err(error) = make_one(&home)
        {
            tracing::warn!(%error, "no cookie for the sound server: sound may take a core");
        }
    });
}

fn make_one(home: &Path) -> io::Result<()> {
    if PLACES.iter().any(|place| home.join(place).exists()) {
        return Ok(());
    }
    let file = home.join(PLACES[0]);
    if let Some(folder) = file.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let mut cookie = [0; LENGTH];
    rand::fill(&mut cookie);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)?;
    file.write_all(&cookie)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn who_has_none_gets_one_that_nobody_else_reads() {
        let home = tempfile::tempdir().expect("a folder");
        make_one(home.path()).expect("it is made");
        let file = home.path().join(PLACES[0]);
        let cookie = std::fs::read(&file).expect("it is there");
        assert_eq!(cookie.len(), LENGTH);
        let mode = file.metadata().expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        make_one(home.path()).expect("it is left");
        assert_eq!(std::fs::read(&file).expect("it is there"), cookie);
    }

    #[test]
    fn an_older_one_is_enough() {
        let home = tempfile::tempdir().expect("a folder");
        std::fs::write(home.path().join(PLACES[1]), [7; LENGTH]).expect("it is written");
        make_one(home.path()).expect("nothing is to be done");
        assert!(!home.path().join(PLACES[0]).exists());
    }
}
