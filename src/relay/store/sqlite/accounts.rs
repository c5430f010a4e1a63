//! Kiosks, interpreters' accounts and their sessions.

use sqlx::Row;

use super::{SqliteStore, rows, taken};
use crate::dispatch::time::UnixMs;
use crate::id::{InterpreterId, KioskId};
use crate::protocol::Status;
use crate::relay::secret::Digest;
use crate::relay::store::{Account, Kiosk, StoreError};

impl SqliteStore {
    pub(super) async fn find_kiosk(&self, token: Digest) -> Result<Option<Kiosk>, StoreError> {
        let row = sqlx::query("SELECT * FROM kiosks WHERE token = ? AND disabled = 0")
            .bind(token.0.to_vec())
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map(rows::kiosk).transpose()
    }

    pub(super) async fn find_account(
        &self,
        login: String,
    ) -> Result<Option<(InterpreterId, String)>, StoreError> {
        let row = sqlx::query("SELECT number, password FROM interpreters WHERE login = ? AND disabled = 0")
            .bind(login)
            .fetch_optional(&self.pool)
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some((
            InterpreterId(row.try_get("number")?),
            row.try_get("password")?,
        )))
    }

    pub(super) async fn insert_session(
        &self,
        token: Digest,
        interpreter: InterpreterId,
        expires: UnixMs,
    ) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO sessions (token, interpreter, expires_at) VALUES (?, ?, ?)")
            .bind(token.0.to_vec())
            .bind(interpreter.0)
            .bind(rows::time(expires))
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    pub(super) async fn find_session(
        &self,
        token: Digest,
        now: UnixMs,
    ) -> Result<Option<InterpreterId>, StoreError> {
        let row = sqlx::query(
            "SELECT interpreter FROM sessions JOIN interpreters ON number = interpreter
             WHERE token = ? AND expires_at > ? AND disabled = 0",
        )
        .bind(token.0.to_vec())
        .bind(rows::time(now))
        .fetch_optional(&self.pool)
        .await?;
        row.map(|row| Ok(InterpreterId(row.try_get("interpreter")?)))
            .transpose()
    }

    pub(super) async fn delete_session(&self, token: Digest) -> Result<(), StoreError> {
        let delete = sqlx::query("DELETE FROM sessions WHERE token = ?").bind(token.0.to_vec());
        delete.execute(&self.pool).await?;
        Ok(())
    }

    pub(super) async fn delete_sessions_before(&self, now: UnixMs) -> Result<(), StoreError> {
        let delete = sqlx::query("DELETE FROM sessions WHERE expires_at <= ?").bind(rows::time(now));
        delete.execute(&self.pool).await?;
        Ok(())
    }

    pub(super) async fn insert_kiosk(&self, kiosk: Kiosk, token: Digest) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO kiosks (id, cnap, name, token, disabled) VALUES (?, ?, ?, ?, ?)")
            .bind(kiosk.id.as_str())
            .bind(&kiosk.cnap)
            .bind(&kiosk.name)
            .bind(token.0.to_vec())
            .bind(kiosk.disabled)
            .execute(&self.pool)
            .await
            .map_err(taken)?;
        Ok(())
    }

    pub(super) async fn insert_interpreter(
        &self,
        account: Account,
        password_hash: String,
        now: UnixMs,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO interpreters (number, login, password, signs, gender, disabled, status, since, idle_since)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(account.number.0)
        .bind(&account.login)
        .bind(password_hash)
        .bind(rows::languages(&account.signs))
        .bind(account.gender.map(rows::word))
        .bind(account.disabled)
        .bind(rows::word(Status::Offline))
        .bind(rows::time(now))
        .bind(rows::time(now))
        .execute(&self.pool)
        .await
        .map_err(taken)?;
        Ok(())
    }

    pub(super) async fn all_kiosks(&self) -> Result<Vec<Kiosk>, StoreError> {
        let found = sqlx::query("SELECT * FROM kiosks ORDER BY id")
            .fetch_all(&self.pool)
            .await?;
        found.iter().map(rows::kiosk).collect()
    }

    pub(super) async fn all_accounts(&self) -> Result<Vec<Account>, StoreError> {
        let found =
            sqlx::query("SELECT number, login, signs, gender, disabled FROM interpreters ORDER BY number")
                .fetch_all(&self.pool)
                .await?;
        let account = |row: &sqlx::sqlite::SqliteRow| {
            let signs: String = row.try_get("signs")?;
            Ok(Account {
                number: InterpreterId(row.try_get("number")?),
                login: row.try_get("login")?,
                signs: rows::read_languages(&signs)?,
                gender: rows::optional_word(row, "gender")?,
                disabled: row.try_get("disabled")?,
            })
        };
        found.iter().map(account).collect()
    }

    pub(super) async fn delete_kiosk(&self, id: KioskId) -> Result<(), StoreError> {
        let delete = sqlx::query("DELETE FROM kiosks WHERE id = ?").bind(id.as_str().to_owned());
        let gone = delete.execute(&self.pool).await?.rows_affected();
        if gone == 1 {
            Ok(())
        } else {
            Err(StoreError::Missing)
        }
    }

    pub(super) async fn shut_interpreter(&self, login: String) -> Result<(), StoreError> {
        let mut tx = self.pool.begin().await?;
        let shut = sqlx::query("UPDATE interpreters SET disabled = 1, status = 'offline' WHERE login = ?");
        if shut.bind(&login).execute(&mut *tx).await?.rows_affected() == 0 {
            return Err(StoreError::Missing);
        }
        sqlx::query(
            "DELETE FROM sessions WHERE interpreter = (SELECT number FROM interpreters WHERE login = ?)",
        )
        .bind(&login)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }
}
