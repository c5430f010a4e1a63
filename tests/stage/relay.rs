//! The real relay on a loopback port, with the demonstration's ЦНАП and accounts.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::{Process, free_port, until};

pub struct Relay {
    process: Process,
    folder: PathBuf,
    pub port: u16,
}

#[derive(Debug, Clone)]
pub struct Account {
    pub login: String,
    pub password: String,
}

impl Relay {
    /// Starts it on a new state folder and waits until it is ready. `routing` is the TOML of its times.
    pub async fn start(folder: &Path, routing: &str) -> Self {
        let config = folder.join("relay.toml");
        std::fs::write(&config, routing).expect("the folder of the story is writable");
        let port = free_port();
        let mut relay = Self {
            process: spawn(folder, port),
            folder: folder.to_owned(),
            port,
        };
        relay.ready().await;
        relay
    }

    /// Ends it at once, as a power cut does.
    pub fn kill(&mut self) {
        self.process.kill();
    }

    /// Starts it again on the same state and port.
    pub async fn restart(&mut self) {
        self.process = spawn(&self.folder, self.port);
        self.ready().await;
    }

    pub fn socket_url(&self) -> String {
        format!("ws://127.0.0.1:{}/ws/kiosk", self.port)
    }

    pub fn page(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub fn token_file(&self) -> PathBuf {
        self.folder.join("state/demo-kiosk.token")
    }

    pub fn database(&self) -> PathBuf {
        let state = self.folder.join("state");
        std::fs::read_dir(&state)
            .expect("the state folder is there")
            .filter_map(|entry| Some(entry.ok()?.path()))
            .find(|path| {
                path.extension()
                    .is_some_and(|kind| kind == "sqlite" || kind == "db")
            })
            .expect("the relay keeps a database in its state folder")
    }

    /// The demonstration's interpreters.
    pub fn accounts(&self) -> Vec<Account> {
        let text = std::fs::read_to_string(self.folder.join("state/demo-accounts.txt"))
            .expect("the demonstration writes its accounts");
        let values = |key: &str| -> Vec<String> {
            text.lines()
                .filter_map(|line| line.strip_prefix(key))
                .map(|value| value.trim().to_owned())
                .collect()
        };
        values("login")
            .into_iter()
            .zip(values("password"))
            .map(|(login, password)| Account { login, password })
            .collect()
    }

    async fn ready(&mut self) {
        let port = self.port;
        until("the relay is ready", Duration::from_secs(20), || async move {
            let answer = get(port, "/healthz/ready").await?;
            answer.starts_with("HTTP/1.1 200").then_some(())
        })
        .await;
    }
}

fn spawn(folder: &Path, port: u16) -> Process {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhest-relay"));
    command
        .arg("--demo")
        .arg("--config")
        .arg(folder.join("relay.toml"))
        .arg("--state")
        .arg(folder.join("state"))
        .arg("--listen")
        .arg(format!("127.0.0.1:{port}"));
    Process::start(&mut command, folder, "relay")
}

/// One plain HTTP request; the whole answer.
pub async fn get(port: u16, path: &str) -> Option<String> {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.ok()?;
    Some(answer)
}
