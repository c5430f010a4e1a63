//! When the service is open, in its own time zone.

use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use serde::Deserialize;

use crate::dispatch::time::UnixMs;
use crate::dispatch::world::Door;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadHours {
    #[error("{day} = \"{text}\" is not understood: write \"09:00-18:00\", with the end after the start")]
    Day { day: &'static str, text: String },
    #[error("zone = \"{0}\" is not known on this machine: write one like \"Europe/Kyiv\" and install tzdata")]
    Zone(String),
}

/// The `[hours]` table. Without any day the service is always open; with some, a day left out is closed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HoursTable {
    pub zone: String,
    pub monday: Option<String>,
    pub tuesday: Option<String>,
    pub wednesday: Option<String>,
    pub thursday: Option<String>,
    pub friday: Option<String>,
    pub saturday: Option<String>,
    pub sunday: Option<String>,
}

impl Default for HoursTable {
    fn default() -> Self {
        Self {
            zone: "Europe/Kyiv".into(),
            monday: None,
            tuesday: None,
            wednesday: None,
            thursday: None,
            friday: None,
            saturday: None,
            sunday: None,
        }
    }
}

#[derive(Debug, Clone)]
pub enum Hours {
    Always,
    Weekly { zone: TimeZone, days: [Option<Span>; 7] },
}

/// Open from `from`, closed from `to` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    from: Time,
    to: Time,
}

impl HoursTable {
    pub fn read(&self) -> Result<Hours, BadHours> {
        let days = [
            day("monday", self.monday.as_deref())?,
            day("tuesday", self.tuesday.as_deref())?,
            day("wednesday", self.wednesday.as_deref())?,
            day("thursday", self.thursday.as_deref())?,
            day("friday", self.friday.as_deref())?,
            day("saturday", self.saturday.as_deref())?,
            day("sunday", self.sunday.as_deref())?,
        ];
        if days.iter().all(Option::is_none) && self.zone == HoursTable::default().zone {
            return Ok(Hours::Always);
        }
        let zone = TimeZone::get(&self.zone).map_err(|_| BadHours::Zone(self.zone.clone()))?;
        if days.iter().all(Option::is_none) {
            return Ok(Hours::Always);
        }
        Ok(Hours::Weekly { zone, days })
    }
}

fn day(day: &'static str, text: Option<&str>) -> Result<Option<Span>, BadHours> {
    let Some(text) = text else { return Ok(None) };
    let bad = || BadHours::Day {
        day,
        text: text.to_owned(),
    };
    let (from, to) = text.split_once('-').ok_or_else(bad)?;
    let time = |text: &str| Time::strptime("%H:%M", text.trim()).map_err(|_| bad());
    let span = Span {
        from: time(from)?,
        to: time(to)?,
    };
    if span.from < span.to {
        Ok(Some(span))
    } else {
        Err(bad())
    }
}

impl Hours {
    pub fn door(&self, now: UnixMs) -> Door {
        let Hours::Weekly { zone, days } = self else {
            return Door::Open;
        };
        let now = i64::try_from(now.0)
            .ok()
            .and_then(|ms| Timestamp::from_millisecond(ms).ok());
        let now = now.unwrap_or(Timestamp::MAX).to_zoned(zone.clone());
        match days[index(now.weekday())] {
            Some(span) if (span.from..span.to).contains(&now.time()) => Door::Open,
            _ => Door::Closed {
                opens: opens(&now, days),
            },
        }
    }
}

fn opens(now: &Zoned, days: &[Option<Span>; 7]) -> Option<String> {
    (0..8i64).find_map(|ahead| {
        let date = now.date().checked_add(ahead.days()).ok()?;
        let span = days[index(date.weekday())]?;
        let opens = date.to_datetime(span.from);
        (opens > now.datetime()).then(|| opens.strftime("%Y-%m-%dT%H:%M").to_string())
    })
}

fn index(day: Weekday) -> usize {
    usize::try_from(day.to_monday_zero_offset()).expect("days of a week are 0 to 6")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(local: &str) -> UnixMs {
        let moment: jiff::civil::DateTime = local.parse().unwrap();
        let zoned = moment.to_zoned(TimeZone::get("Europe/Kyiv").unwrap()).unwrap();
        UnixMs(zoned.timestamp().as_millisecond().try_into().unwrap())
    }

    fn hours() -> Hours {
        let friday = Some("09:00-16:00".to_owned());
        let monday = Some("09:00-18:00".to_owned());
        HoursTable {
            monday,
            friday,
            ..HoursTable::default()
        }
        .read()
        .unwrap()
    }

    #[test]
    fn without_days_it_is_always_open() {
        assert_eq!(
            HoursTable::default().read().unwrap().door(at("2026-11-22T03:00")),
            Door::Open
        );
    }

    #[test]
    fn the_door_opens_and_shuts_on_the_minute() {
        // 2026-11-23 is a Monday.
        assert_eq!(hours().door(at("2026-11-23T09:00")), Door::Open);
        assert_eq!(hours().door(at("2026-11-23T17:59:59")), Door::Open);
        let opens = |local: &str| Door::Closed {
            opens: Some(local.into()),
        };
        assert_eq!(hours().door(at("2026-11-23T18:00")), opens("2026-11-27T09:00"));
        assert_eq!(hours().door(at("2026-11-23T08:59")), opens("2026-11-23T09:00"));
        assert_eq!(hours().door(at("2026-11-27T16:00")), opens("2026-11-30T09:00"));
    }
}
