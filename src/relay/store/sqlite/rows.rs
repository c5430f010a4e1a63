//! Rows to values and back. A row this version cannot read is an error that names the column, never a panic.

use std::collections::BTreeSet;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde::de::value::{Error as WordError, StrDeserializer};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use crate::dispatch::call::{Call, Phase};
use crate::dispatch::interpreter::{Interpreter, Wrapping};
use crate::dispatch::time::UnixMs;
use crate::id::{CallId, Epoch, InterpreterId, Tab};
use crate::protocol::{Signing, Topic, Wishes};
use crate::relay::store::{Kiosk, StoreError};

/// A unit variant's name, as the protocol writes it.
pub fn word(variant: impl Serialize) -> String {
    match serde_json::to_value(variant) {
        Ok(serde_json::Value::String(word)) => word,
        _ => unreachable!("only enums of unit variants are kept as words"),
    }
}

pub fn read_word<T: DeserializeOwned>(word: &str, column: &'static str) -> Result<T, StoreError> {
    T::deserialize(StrDeserializer::<WordError>::new(word)).map_err(|_| StoreError::Unreadable { column })
}

pub fn optional_word<T: DeserializeOwned>(
    row: &SqliteRow,
    column: &'static str,
) -> Result<Option<T>, StoreError> {
    let word: Option<String> = row.try_get(column)?;
    word.map(|word| read_word(&word, column)).transpose()
}

pub fn time(moment: UnixMs) -> i64 {
    i64::try_from(moment.0).unwrap_or(i64::MAX)
}

fn moment(ms: i64) -> UnixMs {
    UnixMs(u64::try_from(ms).unwrap_or(0))
}

pub fn numbers(ids: &BTreeSet<InterpreterId>) -> String {
    let words: Vec<String> = ids.iter().map(|id| id.0.to_string()).collect();
    words.join(" ")
}

pub fn languages(signs: &[Signing]) -> String {
    let words: Vec<String> = signs.iter().map(word).collect();
    words.join(" ")
}

pub fn read_languages(words: &str) -> Result<Vec<Signing>, StoreError> {
    words
        .split_whitespace()
        .map(|word| read_word(word, "signs"))
        .collect()
}

fn read_numbers(words: &str) -> Result<BTreeSet<InterpreterId>, StoreError> {
    let number = |word: &str| word.parse().map(InterpreterId);
    words
        .split_whitespace()
        .map(number)
        .collect::<Result<_, _>>()
        .map_err(|_| unreadable("refused"))
}

fn read_call_id(word: &str, column: &'static str) -> Result<CallId, StoreError> {
    Uuid::parse_str(word).map(CallId).map_err(|_| unreadable(column))
}

fn unreadable(column: &'static str) -> StoreError {
    StoreError::Unreadable { column }
}

pub fn kiosk(row: &SqliteRow) -> Result<Kiosk, StoreError> {
    let id: String = row.try_get("id")?;
    Ok(Kiosk {
        id: id.parse().map_err(|_| unreadable("kiosks.id"))?,
        cnap: row.try_get("cnap")?,
        name: row.try_get("name")?,
        disabled: row.try_get("disabled")?,
    })
}

pub fn interpreter(row: &SqliteRow) -> Result<Interpreter, StoreError> {
    let status: String = row.try_get("status")?;
    let signs: String = row.try_get("signs")?;
    let wrap_up_call: Option<String> = row.try_get("wrap_up_call")?;
    let wrap_up_until: Option<i64> = row.try_get("wrap_up_until")?;
    let wrap_up = match (wrap_up_call, wrap_up_until) {
        (Some(call), Some(until)) => Some(Wrapping {
            call: read_call_id(&call, "wrap_up_call")?,
            until: moment(until),
        }),
        _ => None,
    };
    Ok(Interpreter {
        id: InterpreterId(row.try_get("number")?),
        signs: read_languages(&signs)?,
        gender: optional_word(row, "gender")?,
        status: read_word(&status, "status")?,
        since: moment(row.try_get("since")?),
        idle_since: moment(row.try_get("idle_since")?),
        missed: row.try_get("missed")?,
        wrap_up,
    })
}

/// A call that is not over.
pub fn call(row: &SqliteRow) -> Result<Call, StoreError> {
    let id: String = row.try_get("id")?;
    let kiosk: String = row.try_get("kiosk")?;
    let service: Option<String> = row.try_get("service")?;
    let signing: String = row.try_get("signing")?;
    let refused: String = row.try_get("refused")?;
    let first_answered_at: Option<i64> = row.try_get("first_answered_at")?;
    let passed_by: Option<u32> = row.try_get("passed_by")?;
    Ok(Call {
        id: read_call_id(&id, "calls.id")?,
        epoch: Epoch(row.try_get("epoch")?),
        kiosk: kiosk.parse().map_err(|_| unreadable("calls.kiosk"))?,
        topic: Topic {
            service: service
                .map(|word| word.parse())
                .transpose()
                .map_err(|_| unreadable("calls.service"))?,
            signing: read_word(&signing, "calls.signing")?,
            reading: row.try_get("reading")?,
            wishes: Wishes {
                interpreter: optional_word(row, "wished")?,
                text_only: row.try_get("text_only")?,
            },
        },
        requested_at: moment(row.try_get("requested_at")?),
        phase: phase(row)?,
        first_answered_at: first_answered_at.map(moment),
        refused: read_numbers(&refused)?,
        passed_by: passed_by.map(InterpreterId),
        missed: row.try_get("missed")?,
        requeues: row.try_get("requeues")?,
        transfers: row.try_get("transfers")?,
    })
}

fn phase(row: &SqliteRow) -> Result<Phase, StoreError> {
    let phase: String = row.try_get("phase")?;
    if phase == "waiting" {
        return Ok(Phase::Waiting);
    }
    let holder: Option<u32> = row.try_get("interpreter")?;
    let since: Option<i64> = row.try_get("held_since")?;
    let (Some(holder), Some(since)) = (holder.map(InterpreterId), since.map(moment)) else {
        return Err(unreadable("calls.interpreter"));
    };
    match phase.as_str() {
        "offered" => Ok(Phase::Offered { to: holder, since }),
        "active" => Ok(Phase::Active {
            with: holder,
            since,
            tab: Tab(row.try_get::<Option<u32>, _>("tab")?.unwrap_or_default()),
            camera: row.try_get::<Option<bool>, _>("camera")?.unwrap_or_default(),
        }),
        _ => Err(unreadable("calls.phase")),
    }
}
