//! The demonstration: one ЦНАП, one kiosk, two interpreters, made at the first start and told once.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use crate::id::{InterpreterId, KioskId};
use crate::protocol::{Gender, Signing};
use crate::relay::store::{Account, Kiosk, Store, StoreError};
use crate::relay::switchboard::now;
use crate::relay::{command, secret};

/// What people read: who may log in where.
pub const ACCOUNTS: &str = "demo-accounts.txt";
/// What the demo kiosk reads: its device token and nothing else.
pub const TOKEN: &str = "demo-kiosk.token";

#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("cannot write {path}: {source}. Check the rights of the state folder")]
    Unwritable { path: PathBuf, source: std::io::Error },
}

/// The text to show, if this was the first start.
pub async fn seed(store: &dyn Store, state: &Path) -> Result<Option<String>, DemoError> {
    if !store.kiosks().await?.is_empty() || !store.accounts().await?.is_empty() {
        return Ok(None);
    }
    let token = secret::token();
    let kiosk = Kiosk {
        id: "demo".parse::<KioskId>().expect("a plain word"),
        cnap: "ЦНАП «Прибережний»".into(),
        name: "Кіоск у залі".into(),
        disabled: false,
    };
    let mut text = format!("kiosk        demo\ndevice token {token}\n");
    // The files come first: a password that was stored and not shown would be lost.
    let mut accounts = Vec::new();
    for (number, login, signs, gender) in [
        (14, "demo-1", vec![Signing::Ukl, Signing::Ils], Gender::Man),
        (27, "demo-2", vec![Signing::Ukl, Signing::Rsl], Gender::Woman),
    ] {
        let password = secret::password();
        text.push_str(&format!(
            "\ninterpreter  {number:03}\nlogin        {login}\npassword     {password}\n"
        ));
        let account = Account {
            number: InterpreterId(number),
            login: login.into(),
            signs,
            gender: Some(gender),
            disabled: false,
        };
        accounts.push((account, password));
    }
    write(&state.join(ACCOUNTS), &text)?;
    write(&state.join(TOKEN), &format!("{token}\n"))?;
    for (account, password) in accounts {
        let hash = command::hashed(password).await;
        store.add_interpreter(account, hash, now()).await?;
    }
    store.add_kiosk(kiosk, secret::digest(&token)).await?;
    Ok(Some(text))
}

fn write(path: &Path, text: &str) -> Result<(), DemoError> {
    let unwritable = |source| DemoError::Unwritable {
        path: path.to_owned(),
        source,
    };
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    options
        .open(path)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(unwritable)
}
