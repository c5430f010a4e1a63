//! What an administrator types. Tokens and passwords are printed once; the store has only their hashes.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::id::{InterpreterId, KioskId};
use crate::protocol::{Gender, Signing};
use crate::relay::config::{Config, ConfigError, Hook};
use crate::relay::secret;
use crate::relay::store::{Account, Kiosk, Store, StoreError};
use crate::relay::switchboard::now;

/// The relay of Жест: queue, routing and signalling between kiosks and interpreters. Pictures never pass through it.
#[derive(Debug, Parser)]
#[command(version)]
pub struct Arguments {
    #[command(flatten)]
    pub settings: Settings,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Each wins over the configuration file.
#[derive(Debug, Args)]
pub struct Settings {
    /// TOML file
    #[arg(long, env = "ZHEST_CONFIG", global = true)]
    config: Option<PathBuf>,
    /// Folder of the database, the certificate and the demo accounts
    #[arg(long, env = "ZHEST_STATE", global = true)]
    state: Option<PathBuf>,
    /// Address and port; any address but loopback is served over TLS
    #[arg(long, env = "ZHEST_LISTEN", global = true)]
    listen: Option<SocketAddr>,
    /// Make a demo kiosk and two demo interpreters at the first start
    #[arg(long, env = "ZHEST_DEMO", global = true)]
    demo: bool,
    /// error, warn, info or debug
    #[arg(long, env = "ZHEST_LOG", global = true)]
    log: Option<String>,
    /// Read the pages' files from this source tree, for those who design them
    #[arg(long, env = "ZHEST_PAGES", global = true)]
    pages: Option<PathBuf>,
    /// coturn's static-auth-secret
    #[arg(long, env = "ZHEST_TURN_SECRET", hide_env_values = true, global = true)]
    turn_secret: Option<String>,
    /// What the queue's machine and the alarm of every ЦНАП prove themselves with
    #[arg(long, env = "ZHEST_HOOK_SECRET", hide_env_values = true, global = true)]
    hook_secret: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Kiosks and their device tokens
    Kiosk {
        #[command(subcommand)]
        command: KioskCommand,
    },
    /// Interpreters and their accounts
    Interpreter {
        #[command(subcommand)]
        command: InterpreterCommand,
    },
}

#[derive(Debug, Subcommand)]
pub enum KioskCommand {
    /// Add a kiosk and print its device token, once
    Add {
        /// A short name of a-z, 0-9 and -
        id: KioskId,
        /// The centre's name, as people read it
        #[arg(long)]
        cnap: String,
        /// The kiosk's name, as interpreters read it
        #[arg(long)]
        name: String,
    },
    List,
    /// Remove a kiosk; its token is worth nothing from then on
    Remove {
        id: KioskId,
    },
}

#[derive(Debug, Subcommand)]
pub enum InterpreterCommand {
    /// Add an account and print its password, once
    Add {
        /// The public number visitors see
        number: u32,
        #[arg(long)]
        login: String,
        /// Languages they sign
        #[arg(long, value_delimiter = ',', default_value = "ukl")]
        signs: Vec<Language>,
        /// For visitors who would rather sign with a woman or a man; need not be said
        #[arg(long)]
        gender: Option<Who>,
    },
    List,
    /// Close an account and its sessions; the number is not given again
    Disable {
        login: String,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Language {
    /// Українська жестова мова
    Ukl,
    /// Російська жестова мова
    Rsl,
    /// International Sign
    Ils,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Who {
    Woman,
    Man,
}

impl From<Who> for Gender {
    fn from(who: Who) -> Gender {
        match who {
            Who::Woman => Gender::Woman,
            Who::Man => Gender::Man,
        }
    }
}

impl From<Language> for Signing {
    fn from(language: Language) -> Signing {
        match language {
            Language::Ukl => Signing::Ukl,
            Language::Rsl => Signing::Rsl,
            Language::Ils => Signing::Ils,
        }
    }
}

impl Settings {
    pub fn read(self) -> Result<Config, ConfigError> {
        let mut config = Config::read(self.config.as_deref())?;
        config.state = self.state.unwrap_or(config.state);
        config.listen = self.listen.unwrap_or(config.listen);
        config.demo |= self.demo;
        config.log.level = self.log.unwrap_or(config.log.level);
        config.pages = self.pages.or(config.pages);
        config.ice.turn_secret = self.turn_secret.or(config.ice.turn_secret);
        config
            .hooks
            .extend(self.hook_secret.map(|secret| Hook { cnap: None, secret }));
        Ok(config)
    }
}

/// Does it and gives the text to print.
pub async fn run(command: Command, store: &dyn Store) -> Result<String, StoreError> {
    match command {
        Command::Kiosk { command } => kiosk(command, store).await,
        Command::Interpreter { command } => interpreter(command, store).await,
    }
}

async fn kiosk(command: KioskCommand, store: &dyn Store) -> Result<String, StoreError> {
    match command {
        KioskCommand::Add { id, cnap, name } => {
            let token = secret::token();
            store
                .add_kiosk(
                    Kiosk {
                        id,
                        cnap,
                        name,
                        disabled: false,
                    },
                    secret::digest(&token),
                )
                .await?;
            Ok(format!(
                "device token {token}\nIt is shown this once: write it into the kiosk's configuration.\n"
            ))
        }
        KioskCommand::List => Ok(store
            .kiosks()
            .await?
            .iter()
            .fold(String::new(), |mut text, kiosk| {
                let _ = writeln!(text, "{}\t{}\t{}", kiosk.id, kiosk.cnap, kiosk.name);
                text
            })),
        KioskCommand::Remove { id } => {
            store.remove_kiosk(id).await?;
            Ok("removed\n".into())
        }
    }
}

async fn interpreter(command: InterpreterCommand, store: &dyn Store) -> Result<String, StoreError> {
    match command {
        InterpreterCommand::Add {
            number,
            login,
            signs,
            gender,
        } => {
            let password = secret::password();
            let hash = hashed(password.clone()).await;
            let login = login.trim().to_lowercase();
            let signs = signs.into_iter().map(Signing::from).collect();
            let account = Account {
                number: InterpreterId(number),
                login,
                signs,
                gender: gender.map(Gender::from),
                disabled: false,
            };
            store.add_interpreter(account, hash, now()).await?;
            Ok(format!(
                "password {password}\nIt is shown this once: give it to the interpreter.\n"
            ))
        }
        InterpreterCommand::List => {
            Ok(store
                .accounts()
                .await?
                .iter()
                .fold(String::new(), |mut text, one| {
                    let state = if one.disabled { "disabled" } else { "enabled" };
                    let _ = writeln!(text, "{}\t{}\t{:?}\t{state}", one.number, one.login, one.signs);
                    text
                }))
        }
        InterpreterCommand::Disable { login } => {
            store.disable_interpreter(login.trim().to_lowercase()).await?;
            Ok("disabled\n".into())
        }
    }
}

/// Hashing takes tens of milliseconds of a core, so it is done beside the others' work.
pub async fn hashed(password: String) -> String {
    let hash = tokio::task::spawn_blocking(move || secret::hash_password(&password)).await;
    hash.expect("hashing does not panic")
}
