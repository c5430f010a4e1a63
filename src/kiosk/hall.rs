//! What happens around the kiosk: windows and tickets that are called to them, an alarm, the way out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use iced::widget::image;
use serde::Deserialize;
use tokio::sync::mpsc::UnboundedSender;
use tokio::time::{MissedTickBehavior, interval};

use crate::id::ServiceId;
use crate::protocol::{Alarm, Called};

#[derive(Debug, Clone, Default)]
pub struct Hall {
    /// Called to windows, the newest first; none where nobody would tell.
    pub tickets: Option<Vec<Called>>,
    /// As the relay told.
    pub alarm: Option<Alarm>,
    /// As somebody in the house told.
    pub alarm_here: Option<Alarm>,
    pub shelter: Shelter,
    pub windows: Windows,
}

/// Where in this house a service is given.
#[derive(Debug, Clone, Default)]
pub struct Windows {
    /// As the signs of the house number them.
    pub of: BTreeMap<ServiceId, String>,
    /// A plan of the hall with its windows.
    pub plan: Option<image::Handle>,
}

impl Hall {
    /// It is over only when nobody tells of it any more.
    pub fn alarm(&self) -> Option<Alarm> {
        self.alarm_here.or(self.alarm)
    }
}

/// The way to the shelter from where this kiosk stands.
#[derive(Debug, Clone, Default)]
pub struct Shelter {
    pub turn: Option<Turn>,
    /// In the language of the house: «Ліворуч, потім униз. 40 метрів».
    pub way: Option<String>,
    /// A drawing of the way.
    pub picture: Option<image::Handle>,
}

/// Where one goes from the kiosk, facing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    Left,
    Right,
    Ahead,
}

/// The file of an alarm is looked into this often.
const LOOK: Duration = Duration::from_secs(1);

/// Tells what the file says that somebody in the house writes, whenever that changes, as long as anybody listens.
pub async fn watch_alarm(file: PathBuf, alarms: UnboundedSender<Option<Alarm>>) {
    let mut look = interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut told = None;
    loop {
        tokio::select! {
            () = alarms.closed() => return,
            _ = look.tick() => {}
        }
        let alarm = alarm_in(&file).await;
        if alarm != told && alarms.send(alarm).is_err() {
            return;
        }
        told = alarm;
    }
}

/// `air-raid` or `fire`; empty, absent or anything else is none.
async fn alarm_in(file: &Path) -> Option<Alarm> {
    match tokio::fs::read_to_string(file).await.ok()?.trim() {
        "air-raid" => Some(Alarm::AirRaid),
        "fire" => Some(Alarm::Fire),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_alarm_of_the_house_is_told_when_its_file_changes_and_is_over_when_it_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("alarm");
        let (alarms, mut told) = tokio::sync::mpsc::unbounded_channel();
        let watch = tokio::spawn(watch_alarm(file.clone(), alarms));
        for (text, alarm) in [
            ("air-raid\n", Some(Alarm::AirRaid)),
            ("fire", Some(Alarm::Fire)),
            ("", None),
            ("fire", Some(Alarm::Fire)),
            ("drill", None),
        ] {
            std::fs::write(&file, text).unwrap();
            assert_eq!(told.recv().await, Some(alarm), "{text}");
        }
        std::fs::write(&file, "fire").unwrap();
        assert_eq!(told.recv().await, Some(Some(Alarm::Fire)));
        std::fs::remove_file(&file).unwrap();
        assert_eq!(told.recv().await, Some(None));
        drop(told);
        watch.await.expect("it ends when nobody listens");
    }

    #[test]
    fn an_alarm_lasts_as_long_as_anybody_tells_of_it() {
        let mut hall = Hall {
            alarm: Some(Alarm::AirRaid),
            alarm_here: Some(Alarm::Fire),
            ..Hall::default()
        };
        assert_eq!(hall.alarm(), Some(Alarm::Fire));
        hall.alarm_here = None;
        assert_eq!(hall.alarm(), Some(Alarm::AirRaid));
        hall.alarm = None;
        assert_eq!(hall.alarm(), None);
    }
}
