//! The store in one SQLite file.
//!
//! WAL with `synchronous=FULL`: what is committed survives a power cut (`NORMAL` loses the last commits). One
//! connection: SQLite has one writer anyway, and a commit takes about 3 ms.

mod accounts;
mod rows;

use std::path::Path;
use std::time::Duration;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{SqlSafeStr, Sqlite, Transaction};

use crate::dispatch::call::{Call, Phase};
use crate::dispatch::interpreter::Interpreter;
use crate::dispatch::time::UnixMs;
use crate::dispatch::world::{CallChange, Change};
use crate::id::{CallId, Epoch, InterpreterId, KioskId, Tab};
use crate::protocol::{EndReason, Face, Question};
use crate::relay::secret::Digest;
use crate::relay::store::{Account, Answer, Committed, Kiosk, Snapshot, Store, StoreError};

pub struct SqliteStore {
    pool: SqlitePool,
}

impl SqliteStore {
    /// Opens or makes the file and brings its tables up to date.
    pub async fn open(file: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options)
            .await?;
        migrations().run(&pool).await?;
        Ok(Self { pool })
    }
}

fn migrations() -> Migrator {
    let steps = [
        ("start", include_str!("migrations/0001_start.sql").into_sql_str()),
        (
            "wishes",
            include_str!("migrations/0002_wishes.sql").into_sql_str(),
        ),
        (
            "answers",
            include_str!("migrations/0003_answers.sql").into_sql_str(),
        ),
        (
            "transfers",
            include_str!("migrations/0004_transfers.sql").into_sql_str(),
        ),
    ];
    let numbered = (1..)
        .zip(steps)
        .map(|(number, (name, sql))| Migration::new(number, name.into(), MigrationType::Simple, sql, false));
    Migrator::with_migrations(numbered.collect())
}

impl Store for SqliteStore {
    fn load(&self) -> Answer<'_, Snapshot> {
        Box::pin(async {
            let mut tx = self.pool.begin().await?;
            let calls = sqlx::query("SELECT * FROM calls WHERE phase IN ('waiting', 'offered', 'active')")
                .fetch_all(&mut *tx)
                .await?;
            let interpreters = sqlx::query("SELECT * FROM interpreters WHERE disabled = 0")
                .fetch_all(&mut *tx)
                .await?;
            let kiosks = sqlx::query("SELECT * FROM kiosks WHERE disabled = 0")
                .fetch_all(&mut *tx)
                .await?;
            tx.commit().await?;
            Ok(Snapshot {
                calls: calls.iter().map(rows::call).collect::<Result<_, _>>()?,
                interpreters: interpreters
                    .iter()
                    .map(rows::interpreter)
                    .collect::<Result<_, _>>()?,
                kiosks: kiosks.iter().map(rows::kiosk).collect::<Result<_, _>>()?,
            })
        })
    }

    fn commit<'a>(&'a self, change: &'a Change, resume: Option<Digest>) -> Answer<'a, Committed> {
        Box::pin(async move {
            let mut tx = self.pool.begin().await?;
            if let Some(CallChange { before, after }) = &change.call {
                let wrote = match before {
                    None => insert_call(&mut tx, after, resume).await,
                    Some(before) => update_call(&mut tx, before.epoch, after).await,
                };
                match wrote {
                    Ok(Committed::Done) => {}
                    Ok(Committed::Stale) => return Ok(Committed::Stale),
                    Err(StoreError::Taken) => return Ok(Committed::Stale),
                    Err(error) => return Err(error),
                }
            }
            if let Some(interpreter) = &change.interpreter {
                update_interpreter(&mut tx, interpreter).await?;
            }
            if let Some((call, by, outcome)) = change.outcome {
                sqlx::query(
                    "UPDATE calls SET outcome = ? WHERE id = ? AND interpreter = ? AND phase = 'ended'",
                )
                .bind(rows::word(outcome))
                .bind(call.to_string())
                .bind(by.0)
                .execute(&mut *tx)
                .await?;
            }
            tx.commit().await?;
            Ok(Committed::Done)
        })
    }

    fn rejoin(&self, call: CallId, epoch: Epoch, tab: Tab, camera: bool) -> Answer<'_, Committed> {
        Box::pin(async move {
            let wrote = sqlx::query(
                "UPDATE calls SET tab = ?, camera = ? WHERE id = ? AND epoch = ? AND phase = 'active'",
            )
            .bind(tab.0)
            .bind(camera)
            .bind(call.to_string())
            .bind(epoch.0)
            .execute(&self.pool)
            .await?;
            Ok(if wrote.rows_affected() == 1 {
                Committed::Done
            } else {
                Committed::Stale
            })
        })
    }

    fn may_resume(&self, call: CallId, token: Digest) -> Answer<'_, bool> {
        Box::pin(async move {
            let found = sqlx::query(
                "SELECT 1 FROM calls WHERE id = ? AND resume = ? AND phase IN ('waiting', 'offered', 'active')",
            )
            .bind(call.to_string())
            .bind(token.0.to_vec())
            .fetch_optional(&self.pool)
            .await?;
            Ok(found.is_some())
        })
    }

    fn end_of(&self, call: CallId, kiosk: KioskId) -> Answer<'_, Option<EndReason>> {
        Box::pin(async move {
            let reason: Option<Option<String>> =
                sqlx::query_scalar("SELECT end_reason FROM calls WHERE id = ? AND kiosk = ?")
                    .bind(call.to_string())
                    .bind(kiosk.as_str().to_owned())
                    .fetch_optional(&self.pool)
                    .await?;
            reason
                .flatten()
                .map(|word| rows::read_word(&word, "calls.end_reason"))
                .transpose()
        })
    }

    fn count_answer(&self, question: Question, face: Face) -> Answer<'_, ()> {
        Box::pin(async move {
            sqlx::query(
                "INSERT INTO answers (question, face, count) VALUES (?, ?, 1)
                 ON CONFLICT (question, face) DO UPDATE SET count = count + 1",
            )
            .bind(rows::word(question))
            .bind(rows::word(face))
            .execute(&self.pool)
            .await?;
            Ok(())
        })
    }

    fn answers(&self) -> Answer<'_, Vec<(Question, Face, u64)>> {
        Box::pin(async {
            let found: Vec<(String, String, i64)> =
                sqlx::query_as("SELECT question, face, count FROM answers")
                    .fetch_all(&self.pool)
                    .await?;
            let read = |(question, face, count): (String, String, i64)| {
                let question = rows::read_word(&question, "answers.question")?;
                let face = rows::read_word(&face, "answers.face")?;
                Ok((question, face, count.unsigned_abs()))
            };
            found.into_iter().map(read).collect()
        })
    }

    fn kiosk_by_token(&self, token: Digest) -> Answer<'_, Option<Kiosk>> {
        Box::pin(self.find_kiosk(token))
    }

    fn account(&self, login: String) -> Answer<'_, Option<(InterpreterId, String)>> {
        Box::pin(self.find_account(login))
    }

    fn open_session(&self, token: Digest, interpreter: InterpreterId, expires: UnixMs) -> Answer<'_, ()> {
        Box::pin(self.insert_session(token, interpreter, expires))
    }

    fn session(&self, token: Digest, now: UnixMs) -> Answer<'_, Option<InterpreterId>> {
        Box::pin(self.find_session(token, now))
    }

    fn close_session(&self, token: Digest) -> Answer<'_, ()> {
        Box::pin(self.delete_session(token))
    }

    fn forget_sessions_before(&self, now: UnixMs) -> Answer<'_, ()> {
        Box::pin(self.delete_sessions_before(now))
    }

    fn add_kiosk(&self, kiosk: Kiosk, token: Digest) -> Answer<'_, ()> {
        Box::pin(self.insert_kiosk(kiosk, token))
    }

    fn add_interpreter(&self, account: Account, password_hash: String, now: UnixMs) -> Answer<'_, ()> {
        Box::pin(self.insert_interpreter(account, password_hash, now))
    }

    fn kiosks(&self) -> Answer<'_, Vec<Kiosk>> {
        Box::pin(self.all_kiosks())
    }

    fn accounts(&self) -> Answer<'_, Vec<Account>> {
        Box::pin(self.all_accounts())
    }

    fn remove_kiosk(&self, id: KioskId) -> Answer<'_, ()> {
        Box::pin(self.delete_kiosk(id))
    }

    fn disable_interpreter(&self, login: String) -> Answer<'_, ()> {
        Box::pin(self.shut_interpreter(login))
    }

    fn ready(&self) -> Answer<'_, ()> {
        Box::pin(async {
            // Changes no row, and fails where a row could not be changed.
            let mut tx = self.pool.begin().await?;
            sqlx::query("UPDATE calls SET epoch = epoch WHERE 0")
                .execute(&mut *tx)
                .await?;
            tx.rollback().await?;
            Ok(())
        })
    }

    fn close(&self) -> futures::future::BoxFuture<'_, ()> {
        Box::pin(self.pool.close())
    }
}

/// A broken unique index is a lost race, not a broken database.
fn taken(error: sqlx::Error) -> StoreError {
    match &error {
        sqlx::Error::Database(inner) if inner.is_unique_violation() => StoreError::Taken,
        _ => StoreError::Database(error),
    }
}

async fn insert_call(
    tx: &mut Transaction<'_, Sqlite>,
    call: &Call,
    resume: Option<Digest>,
) -> Result<Committed, StoreError> {
    sqlx::query(
        "INSERT INTO calls
             (id, epoch, phase, kiosk, service, signing, reading, wished, text_only, requested_at, resume)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(call.id.to_string())
    .bind(call.epoch.0)
    .bind(phase_word(call))
    .bind(call.kiosk.as_str())
    .bind(
        call.topic
            .service
            .as_ref()
            .map(|service| service.as_str().to_owned()),
    )
    .bind(rows::word(call.topic.signing))
    .bind(&call.topic.reading)
    .bind(call.topic.wishes.interpreter.map(rows::word))
    .bind(call.topic.wishes.text_only)
    .bind(rows::time(call.requested_at))
    .bind(resume.map(|digest| digest.0.to_vec()))
    .execute(&mut **tx)
    .await
    .map_err(taken)?;
    Ok(Committed::Done)
}

async fn update_call(
    tx: &mut Transaction<'_, Sqlite>,
    before: Epoch,
    call: &Call,
) -> Result<Committed, StoreError> {
    let (holder, held_since, tab, camera) = match call.phase {
        Phase::Waiting => (None, None, None, None),
        Phase::Offered { to, since } => (Some(to), Some(since), None, None),
        Phase::Active {
            with,
            since,
            tab,
            camera,
        } => (Some(with), Some(since), Some(tab), Some(camera)),
        Phase::Over { with, .. } => (with, None, None, None),
    };
    let (ended_at, reason) = match call.phase {
        Phase::Over { at, reason, .. } => (Some(at), Some(reason)),
        Phase::Waiting | Phase::Offered { .. } | Phase::Active { .. } => (None, None),
    };
    let wrote = sqlx::query(
        "UPDATE calls SET epoch = ?, phase = ?, interpreter = ?, held_since = ?, tab = ?, camera = ?,
             first_answered_at = ?, ended_at = ?, end_reason = ?, refused = ?, passed_by = ?, missed = ?, requeues = ?,
             transfers = ?,
             resume = CASE WHEN ? THEN NULL ELSE resume END,
             wished = CASE WHEN ? THEN NULL ELSE wished END,
             text_only = CASE WHEN ? THEN 0 ELSE text_only END
         WHERE id = ? AND epoch = ?",
    )
    .bind(call.epoch.0)
    .bind(phase_word(call))
    .bind(holder.map(|id| id.0))
    .bind(held_since.map(rows::time))
    .bind(tab.map(|tab| tab.0))
    .bind(camera)
    .bind(call.first_answered_at.map(rows::time))
    .bind(ended_at.map(rows::time))
    .bind(reason.map(rows::word))
    .bind(rows::numbers(&call.refused))
    .bind(call.passed_by.map(|id| id.0))
    .bind(call.missed)
    .bind(call.requeues)
    .bind(call.transfers)
    .bind(call.is_over())
    .bind(call.is_over())
    .bind(call.is_over())
    .bind(call.id.to_string())
    .bind(before.0)
    .execute(&mut **tx)
    .await
    .map_err(taken)?;
    Ok(if wrote.rows_affected() == 1 {
        Committed::Done
    } else {
        Committed::Stale
    })
}

fn phase_word(call: &Call) -> &'static str {
    match call.phase {
        Phase::Waiting => "waiting",
        Phase::Offered { .. } => "offered",
        Phase::Active { .. } => "active",
        Phase::Over { .. } if call.first_answered_at.is_some() => "ended",
        Phase::Over { .. } => "abandoned",
    }
}

async fn update_interpreter(tx: &mut Transaction<'_, Sqlite>, one: &Interpreter) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE interpreters SET status = ?, since = ?, idle_since = ?, missed = ?, wrap_up_call = ?, wrap_up_until = ?
         WHERE number = ?",
    )
    .bind(rows::word(one.status))
    .bind(rows::time(one.since))
    .bind(rows::time(one.idle_since))
    .bind(one.missed)
    .bind(one.wrap_up.map(|wrap| wrap.call.to_string()))
    .bind(one.wrap_up.map(|wrap| rows::time(wrap.until)))
    .bind(one.id.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
