//! The real relay as a process of its own, on a free port and a fresh state folder, and the two kinds of peers that
//! talk to it. When a relay is dropped its log is read: private data in it fails the test.
#![allow(dead_code, reason = "each story uses its own part")]

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use futures::{SinkExt as _, StreamExt as _};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use zhest::id::{Leg, Round, Tab};
use zhest::protocol::*;

pub const DEADLINE: Duration = Duration::from_secs(10);
/// What a description and a candidate of these tests hold; none of it may be logged.
pub const SDP: &str = "v=0\r\no=- 46117317 2 IN IP4 203.0.113.7\r\n";
pub const CANDIDATE: &str = "candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx";
const PRIVATE: [&str; 7] = [
    "v=0",
    "candidate:",
    "203.0.113",
    "127.0.0.1",
    "Прибережний",
    "Кіоск у залі",
    "demo-1",
];

pub struct Relay {
    child: Child,
    pub folder: tempfile::TempDir,
    pub port: u16,
    config: String,
    words: u32,
}

/// Rings and waits that fit into a test.
pub const QUICK: &str = "[routing]\nring_s = 0.7\nwrap_up_s = 0.0\naway_s = 3.0\n";

impl Relay {
    pub async fn start(config: &str) -> Self {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let folder = tempfile::tempdir().unwrap();
        let child = spawn(&folder, port, config, 0);
        let mut relay = Self {
            child,
            folder,
            port,
            config: config.into(),
            words: 0,
        };
        relay.ready().await;
        relay
    }

    async fn ready(&mut self) {
        let deadline = Instant::now() + DEADLINE;
        loop {
            if let Ok(answer) = self.try_http("GET", "/healthz/ready", &[], "").await
                && answer.status == 200
            {
                return;
            }
            assert!(
                Instant::now() < deadline,
                "the relay is not ready: {}",
                self.log()
            );
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// SIGKILL, as a power cut would have it.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub fn terminate(&self) {
        let pid = i32::try_from(self.child.id()).unwrap();
        let status = Command::new("kill")
            .args(["-TERM", &pid.to_string()])
            .status()
            .unwrap();
        assert!(status.success());
    }

    /// Waits until the process has ended by itself.
    pub async fn ended(&mut self) -> std::process::ExitStatus {
        let deadline = Instant::now() + DEADLINE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "the relay does not stop");
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// The same state folder and port.
    pub async fn start_again(&mut self) {
        self.words += 1;
        self.child = spawn(&self.folder, self.port, &self.config, self.words);
        self.ready().await;
    }

    pub fn log(&self) -> String {
        (0..=self.words)
            .map(|run| std::fs::read_to_string(self.folder.path().join(format!("log-{run}"))).unwrap())
            .collect()
    }

    pub fn state(&self, file: &str) -> PathBuf {
        self.folder.path().join("state").join(file)
    }

    /// A sub-command of the administrator; its output.
    pub fn command(&self, arguments: &[&str]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_zhest-relay"))
            .arg("--state")
            .arg(self.folder.path().join("state"))
            .args(arguments)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    pub fn demo_token(&self) -> String {
        std::fs::read_to_string(self.state("demo-kiosk.token"))
            .unwrap()
            .trim()
            .to_owned()
    }

    /// Another kiosk; its device token.
    pub fn add_kiosk(&self, id: &str) -> String {
        let text = self.command(&["kiosk", "add", id, "--cnap", "ЦНАП", "--name", "Кіоск"]);
        text.split_whitespace().nth(2).unwrap().to_owned()
    }

    pub fn password(&self, login: &str) -> String {
        let accounts = std::fs::read_to_string(self.state("demo-accounts.txt")).unwrap();
        let words: Vec<&str> = accounts.split_whitespace().collect();
        let place = words.iter().position(|word| *word == login).unwrap();
        words[place + 2].to_owned()
    }

    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The session cookie of a demo interpreter, `name=value`.
    pub async fn log_in(&self, login: &str) -> String {
        let body = format!("login={login}&password={}", self.password(login));
        let answer = self.post("/console/login", &body).await;
        assert_eq!(answer.header("location"), Some("/console/"));
        answer
            .header("set-cookie")
            .unwrap()
            .split(';')
            .next()
            .unwrap()
            .to_owned()
    }

    pub async fn post(&self, path: &str, body: &str) -> Answer {
        let origin = self.origin();
        let headers = [
            ("origin", origin.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        self.try_http("POST", path, &headers, body).await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.try_http("GET", path, &[], "").await.unwrap()
    }

    /// A connection on which nothing was said yet.
    pub async fn connection(&self) -> std::io::Result<TcpStream> {
        TcpStream::connect(("127.0.0.1", self.port)).await
    }

    pub async fn try_http(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> std::io::Result<Answer> {
        let mut stream = self.connection().await?;
        let mut text = format!(
            "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nconnection: close\r\n",
            self.port
        );
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
        stream.write_all(text.as_bytes()).await?;
        let mut answer = Vec::new();
        timeout(DEADLINE, stream.read_to_end(&mut answer)).await??;
        Ok(Answer::read(&String::from_utf8_lossy(&answer)))
    }

    pub async fn kiosk(&self, token: &str) -> Result<Socket, u16> {
        self.socket("/ws/kiosk", &[("authorization", &format!("Bearer {token}"))])
            .await
    }

    pub async fn interpreter(&self, cookie: &str) -> Result<Socket, u16> {
        let origin = self.origin();
        self.socket("/ws/interpreter", &[("cookie", cookie), ("origin", &origin)])
            .await
    }

    /// A socket, or the status it was refused with.
    pub async fn socket(&self, path: &str, headers: &[(&'static str, &str)]) -> Result<Socket, u16> {
        let mut request = format!("ws://127.0.0.1:{}{path}", self.port)
            .into_client_request()
            .unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        match timeout(DEADLINE, connect_async(request)).await.unwrap() {
            Ok((ws, _)) => Ok(Socket { ws }),
            Err(tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// The demo kiosk, greeted.
    pub async fn demo_kiosk(&self) -> Socket {
        self.greeted_kiosk(&self.demo_token(), None).await
    }

    pub async fn greeted_kiosk(&self, token: &str, resume: Option<Resume>) -> Socket {
        let mut kiosk = self.kiosk(token).await.unwrap();
        kiosk
            .say(&FromKiosk::Hello {
                version: VERSION,
                resume,
            })
            .await;
        kiosk
            .hear(|message| matches!(message, ToKiosk::Welcome { .. }))
            .await;
        kiosk
    }

    /// A demo interpreter, logged in, greeted and available.
    pub async fn available(&self, login: &str, tab: u32) -> Socket {
        let cookie = self.log_in(login).await;
        let mut page = self.page(&cookie, tab).await.0;
        page.say(&FromInterpreter::Status {
            status: Status::Available,
        })
        .await;
        page.hear(|message: &ToInterpreter| {
            matches!(
                message,
                ToInterpreter::Status {
                    status: Status::Available,
                    ..
                }
            )
        })
        .await;
        page
    }

    /// A page of a logged-in interpreter and the welcome it got.
    pub async fn page(&self, cookie: &str, tab: u32) -> (Socket, ToInterpreter) {
        let mut page = self.interpreter(cookie).await.unwrap();
        page.say(&FromInterpreter::Hello {
            version: VERSION,
            tab: Tab(tab),
        })
        .await;
        let welcome = page
            .hear(|message| matches!(message, ToInterpreter::Welcome { .. }))
            .await;
        (page, welcome)
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if !std::thread::panicking() {
            let log = self.log();
            for word in PRIVATE {
                assert!(!log.contains(word), "{word} was logged:\n{log}");
            }
        }
    }
}

fn spawn(folder: &tempfile::TempDir, port: u16, config: &str, run: u32) -> Child {
    let file = folder.path().join("relay.toml");
    std::fs::write(&file, config).unwrap();
    let log = std::fs::File::create(folder.path().join(format!("log-{run}"))).unwrap();
    Command::new(env!("CARGO_BIN_EXE_zhest-relay"))
        .arg("--config")
        .arg(file)
        .arg("--state")
        .arg(folder.path().join("state"))
        .args([
            "--listen",
            &format!("127.0.0.1:{port}"),
            "--demo",
            "--log",
            "trace",
        ])
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap()
}

pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn read(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
        let status = head
            .split_whitespace()
            .nth(1)
            .and_then(|code| code.parse().ok())
            .unwrap_or(0);
        Self {
            status,
            head: head.into(),
            body: body.into(),
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}

pub struct Socket {
    ws: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Socket {
    pub async fn say(&mut self, message: &impl Serialize) {
        self.say_raw(Message::Text(write(message).into())).await;
    }

    pub async fn say_raw(&mut self, message: Message) {
        self.ws.send(message).await.unwrap();
    }

    /// As much of it as the relay takes before it ends the socket.
    pub async fn say_too_much(&mut self, message: Message) {
        let _ = self.ws.send(message).await;
    }

    /// The next message that fits; others that come before are passed over.
    pub async fn hear<M: DeserializeOwned + std::fmt::Debug>(&mut self, fits: impl Fn(&M) -> bool) -> M {
        let mut passed = Vec::new();
        let found = timeout(DEADLINE, async {
            loop {
                match self.ws.next().await {
                    Some(Ok(Message::Text(text))) => {
                        let message: M = parse(text.as_bytes()).expect("the relay speaks the protocol");
                        if fits(&message) {
                            return message;
                        }
                        passed.push(message);
                    }
                    Some(Ok(_)) => {}
                    end => panic!("the socket ended ({end:?}) after {passed:?}"),
                }
            }
        })
        .await;
        found.unwrap_or_else(|_| panic!("waited too long; heard {passed:?}"))
    }

    /// The code the relay closes with; messages before are passed over.
    pub async fn closed(&mut self) -> Option<u16> {
        timeout(DEADLINE, async {
            loop {
                match self.ws.next().await {
                    Some(Ok(Message::Close(frame))) => return frame.map(|frame| frame.code.into()),
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return None,
                }
            }
        })
        .await
        .expect("the relay does not close the socket")
    }

    pub async fn fault(&mut self, code: FaultCode, kiosk: bool) -> Fault {
        if kiosk {
            let heard = self
                .hear(|m| matches!(m, ToKiosk::Error { fault } if fault.code == code))
                .await;
            let ToKiosk::Error { fault } = heard else {
                unreachable!()
            };
            fault
        } else {
            let heard = self
                .hear(|m| matches!(m, ToInterpreter::Error { fault } if fault.code == code))
                .await;
            let ToInterpreter::Error { fault } = heard else {
                unreachable!()
            };
            fault
        }
    }

    // The kiosk's side.

    pub async fn request(&mut self) -> (At, Resume) {
        let topic = Topic {
            service: Some("id-card".parse().unwrap()),
            signing: Signing::Ukl,
            reading: "uk".into(),
            wishes: Wishes::default(),
        };
        self.say(&FromKiosk::Request { topic }).await;
        self.queued().await
    }

    pub async fn queued(&mut self) -> (At, Resume) {
        let queued = self
            .hear(|message| matches!(message, ToKiosk::Queued { .. }))
            .await;
        let ToKiosk::Queued { at, token, .. } = queued else {
            unreachable!()
        };
        (at, Resume { call: at.call, token })
    }

    pub async fn ringing(&mut self) -> At {
        let ringing = self
            .hear(|message| matches!(message, ToKiosk::Ringing { .. }))
            .await;
        let ToKiosk::Ringing { at, .. } = ringing else {
            unreachable!()
        };
        at
    }

    pub async fn joined(&mut self) -> (At, u32, Tab) {
        let joined = self
            .hear(|message| matches!(message, ToKiosk::Joined { .. }))
            .await;
        let ToKiosk::Joined {
            at, interpreter, tab, ..
        } = joined
        else {
            unreachable!()
        };
        (at, interpreter.0, tab)
    }

    pub async fn ended_for_kiosk(&mut self) -> EndReason {
        let ended = self
            .hear(|message| matches!(message, ToKiosk::Ended { .. }))
            .await;
        let ToKiosk::Ended { reason, .. } = ended else {
            unreachable!()
        };
        reason
    }

    // The interpreter's side.

    pub async fn offered(&mut self) -> At {
        let offer = self
            .hear(|message| matches!(message, ToInterpreter::Offer { .. }))
            .await;
        let ToInterpreter::Offer { at, .. } = offer else {
            unreachable!()
        };
        at
    }

    pub async fn accept(&mut self, at: At) -> Live {
        self.say(&FromInterpreter::Accept { at, camera: true }).await;
        let accepted = self
            .hear(|message| matches!(message, ToInterpreter::Accepted { .. }))
            .await;
        let ToInterpreter::Accepted { live } = accepted else {
            unreachable!()
        };
        live
    }

    pub async fn ended_for_interpreter(&mut self) -> EndReason {
        let ended = self
            .hear(|message| matches!(message, ToInterpreter::Ended { .. }))
            .await;
        let ToInterpreter::Ended { reason, .. } = ended else {
            unreachable!()
        };
        reason
    }
}

/// A kiosk and an interpreter in a conversation.
pub async fn conversation(relay: &Relay) -> (Socket, Socket, At, Resume) {
    let mut page = relay.available("demo-1", 7).await;
    let mut kiosk = relay.demo_kiosk().await;
    let (_, resume) = kiosk.request().await;
    let offer = page.offered().await;
    let live = page.accept(offer).await;
    let (at, _, _) = kiosk.joined().await;
    assert_eq!(at, live.at);
    (kiosk, page, at, resume)
}

pub fn offer(at: At) -> FromKiosk {
    let description = Description::Offer(SDP.into());
    FromKiosk::Signal {
        at,
        to: Leg::INTERPRETER,
        round: Round(1),
        signal: Signal::Description { description },
    }
}

pub fn candidate(at: At) -> FromInterpreter {
    let candidate = Candidate {
        candidate: CANDIDATE.into(),
        sdp_mid: Some("0".into()),
        sdp_m_line_index: Some(0),
    };
    FromInterpreter::Signal {
        at,
        to: Leg::KIOSK,
        round: Round(1),
        signal: Signal::Candidate { candidate },
    }
}
