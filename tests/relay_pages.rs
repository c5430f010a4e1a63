//! Login, pages, their headers, health, and TLS off loopback.
#![cfg(feature = "relay")]

mod relay_support;

use std::process::{Command, Stdio};
use std::time::Duration;

use relay_support::{Answer, DEADLINE, QUICK, Relay};
use tokio::time::{Instant, sleep};

#[tokio::test]
async fn without_a_session_the_console_leads_to_the_login() {
    let relay = Relay::start(QUICK).await;
    let answer = relay.get("/console/").await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, Some("/console/login"))
    );
    assert_eq!(relay.get("/console").await.header("location"), Some("/console/"));
    assert_eq!(relay.get("/console/index.html").await.status, 404);
}

#[tokio::test]
async fn a_session_is_opened_by_the_password_and_closed_by_logging_out() {
    let relay = Relay::start(QUICK).await;
    let wrong = relay.post("/console/login", "login=demo-1&password=wrong").await;
    assert_eq!(wrong.header("location"), Some("/console/login?error=bad"));
    assert_eq!(wrong.header("set-cookie"), None);
    let nobody = relay.post("/console/login", "login=nobody&password=wrong").await;
    assert_eq!(nobody.header("location"), Some("/console/login?error=bad"));

    let body = format!("login=demo-1&password={}", relay.password("demo-1"));
    let right = relay.post("/console/login", &body).await;
    let cookie = right.header("set-cookie").unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    assert!(!cookie.contains("Secure"), "plain HTTP on loopback");
    let cookie = cookie.split(';').next().unwrap();
    let inside = relay
        .try_http("GET", "/console/", &[("cookie", cookie)], "")
        .await
        .unwrap();
    assert_ne!(inside.header("location"), Some("/console/login"));
    let origin = relay.origin();
    let leave = [("cookie", cookie), ("origin", origin.as_str())];
    relay
        .try_http("POST", "/console/logout", &leave, "")
        .await
        .unwrap();
    let outside = relay
        .try_http("GET", "/console/", &[("cookie", cookie)], "")
        .await
        .unwrap();
    assert_eq!(outside.header("location"), Some("/console/login"));
}

#[tokio::test]
async fn a_form_of_another_site_logs_nobody_in() {
    let relay = Relay::start(QUICK).await;
    let body = format!("login=demo-1&password={}", relay.password("demo-1"));
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let foreign = [kind, ("origin", "https://evil.example")];
    assert_eq!(
        relay
            .try_http("POST", "/console/login", &foreign, &body)
            .await
            .unwrap()
            .status,
        403
    );
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    let relay = Relay::start(QUICK).await;
    let mut last = String::new();
    for _ in 0..6 {
        let answer = relay.post("/console/login", "login=demo-1&password=guess").await;
        last = answer.header("location").unwrap().to_owned();
    }
    assert_eq!(last, "/console/login?error=slow");
    let body = format!("login=demo-2&password={}", relay.password("demo-2"));
    assert_eq!(
        relay.post("/console/login", &body).await.header("location"),
        Some("/console/")
    );
}

#[tokio::test]
async fn every_answer_says_what_a_page_may_do() {
    let relay = Relay::start(QUICK).await;
    for path in ["/healthz/live", "/console/login", "/no-such-page"] {
        let answer = relay.get(path).await;
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self';"),
            "{policy}"
        );
        assert!(
            policy.contains(&format!("ws://127.0.0.1:{}", relay.port)),
            "{policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(
            answer.header("permissions-policy"),
            Some("camera=(self), microphone=(self)")
        );
    }
}

#[tokio::test]
async fn files_have_their_type_and_are_not_sent_twice() {
    let tree = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(tree.path().join("assets/console")).unwrap();
    std::fs::create_dir_all(tree.path().join("locales/uk")).unwrap();
    std::fs::write(tree.path().join("assets/console/app.js"), "export {};").unwrap();
    std::fs::write(tree.path().join("locales/uk/console.ftl"), "answer = Відповісти").unwrap();
    let relay = Relay::start(&format!("pages = {:?}", tree.path())).await;
    let script = relay.get("/console/app.js").await;
    assert_eq!(
        script.header("content-type"),
        Some("text/javascript; charset=utf-8")
    );
    let tag = script.header("etag").unwrap();
    let again = relay
        .try_http("GET", "/console/app.js", &[("if-none-match", tag)], "")
        .await
        .unwrap();
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_eq!(
        relay.get("/console/locales/uk.ftl").await.body,
        "answer = Відповісти"
    );
    assert_eq!(
        relay
            .get("/console/..%2f..%2flocales/uk/console.ftl")
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn a_list_to_take_home_is_told_in_the_visitors_language_and_asks_nothing_of_them() {
    let relay = Relay::start(QUICK).await;
    for (language, title) in [
        ("uk", "Що взяти"),
        ("en", "What to bring"),
        ("hu", "Mit hozzon magával"),
        ("xx", "Що взяти"),
        ("%22%3E%3Cscript%3E", "Що взяти"),
    ] {
        let path = format!("/take/residence-registration?lang={language}");
        let list = relay.get(&path).await;
        assert_eq!(list.status, 200, "{path}");
        assert!(list.body.contains(title), "{path}: {}", list.body);
        assert_eq!(list.header("set-cookie"), None);
        assert!(!list.body.contains("<script>") && !list.body.contains("style="));
    }
    let list = relay.get("/take/residence-registration").await;
    assert_eq!(list.body.matches("data-tick").count(), 3);
    let gone = relay.get("/take/no-such-service?lang=pl").await;
    assert_eq!(gone.status, 404);
    assert!(gone.body.contains("Tej usługi już nie ma"), "{}", gone.body);
    let worker = relay.get("/take/worker.js").await;
    assert_eq!(
        worker.header("content-type"),
        Some("text/javascript; charset=utf-8")
    );
    assert_eq!(relay.get("/take/page.html").await.status, 404);
    assert_eq!(relay.get("/take/..%2fconsole%2findex.html").await.status, 404);
}

/// A clip that staff put into the folder a while ago.
fn put_clip(relay: &Relay, name: &str, bytes: &[u8]) {
    let folder = relay.state("clips");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    let ago = std::time::SystemTime::now() - Duration::from_secs(60);
    let file = std::fs::File::options().append(true).open(path).unwrap();
    file.set_modified(ago).unwrap();
}

#[tokio::test]
async fn clips_are_listed_by_place_and_given_out_by_contents_to_anybody() {
    let relay = Relay::start(QUICK).await;
    let empty = relay.get("/clips").await;
    assert_eq!((empty.status, empty.body.as_str()), (200, "[]"));
    put_clip(&relay, "greeting.mp4", b"0123456789");
    put_clip(&relay, "residence-registration.3.webm", b"step");
    put_clip(&relay, "notes of the director.mp4", b"private");
    let list = relay.get("/clips").await;
    assert_eq!(list.header("content-type"), Some("application/json"));
    assert_eq!(list.header("set-cookie"), None);
    let clips: Vec<zhest::clip::ClipFile> = serde_json::from_str(&list.body).unwrap();
    let lines: Vec<_> = clips
        .iter()
        .map(|clip| (clip.id.to_string(), clip.bytes))
        .collect();
    assert_eq!(
        lines,
        [
            ("greeting".to_owned(), 10),
            ("residence-registration.3".to_owned(), 4)
        ]
    );
    assert!(relay.log().contains("notes of the director.mp4"));

    let path = format!("/clips/{}", clips[0].sha256);
    let whole = relay.get(&path).await;
    assert_eq!((whole.status, whole.body.as_str()), (200, "0123456789"));
    assert_eq!(whole.header("content-type"), Some("video/mp4"));
    assert!(whole.header("cache-control").unwrap().contains("immutable"));
    assert_eq!(whole.header("x-content-type-options"), Some("nosniff"));
    let part = relay
        .try_http("GET", &path, &[("range", "bytes=4-")], "")
        .await
        .unwrap();
    assert_eq!((part.status, part.body.as_str()), (206, "456789"));
    assert_eq!(part.header("content-range"), Some("bytes 4-9/10"));
    let beyond = relay
        .try_http("GET", &path, &[("range", "bytes=10-")], "")
        .await
        .unwrap();
    assert_eq!(beyond.status, 416);
    for nothing in ["..%2frelay.sqlite", "greeting.mp4", &"0".repeat(64)] {
        assert_eq!(
            relay.get(&format!("/clips/{nothing}")).await.status,
            404,
            "{nothing}"
        );
    }
}

#[tokio::test]
async fn a_list_of_clips_is_sent_again_only_when_it_is_another() {
    let relay = Relay::start(QUICK).await;
    put_clip(&relay, "greeting.mp4", b"one");
    let first = relay.get("/clips").await;
    let tag = first.header("etag").unwrap().to_owned();
    let known = [("if-none-match", tag.as_str())];
    let ask = || relay.try_http("GET", "/clips", &known, "");
    let again = ask().await.unwrap();
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    put_clip(&relay, "greeting.mp4", b"three");
    assert_eq!(ask().await.unwrap().status, 200);
    let old: Vec<zhest::clip::ClipFile> = serde_json::from_str(&first.body).unwrap();
    let gone = relay.get(&format!("/clips/{}", old[0].sha256)).await;
    assert_eq!(gone.status, 404, "nobody gets other contents under this name");
}

#[tokio::test]
async fn every_service_has_a_list_in_every_language() {
    let relay = Relay::start(QUICK).await;
    let (catalogue, _) = zhest::catalogue::Catalogue::embedded();
    for service in catalogue.services() {
        for language in zhest::locale::Language::ALL {
            let path = format!("/take/{}?lang={}", service.id, language.tag());
            let list = relay.get(&path).await;
            assert_eq!(list.status, 200, "{path}");
            let name = service.name.get(language.tag());
            assert!(
                list.body.contains(name) || name.contains(['’', '«', '&', '\'']),
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn secrets_are_readable_to_the_relay_alone_and_told_once() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut relay = Relay::start(QUICK).await;
    let mode = |path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(relay.state("")), 0o700);
    assert_eq!(mode(relay.state("demo-accounts.txt")), 0o600);
    let before = relay.password("demo-1");
    relay.terminate();
    relay.ended().await;
    let open = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(relay.state("relay.sqlite"), open).unwrap();
    relay.start_again().await;
    for file in ["relay.sqlite", "relay.sqlite-wal"] {
        assert_eq!(mode(relay.state(file)), 0o600, "{file} of an older version");
    }
    assert_eq!(
        relay.password("demo-1"),
        before,
        "a second start makes no new accounts"
    );
    let bytes = std::fs::read(relay.state("relay.sqlite")).unwrap();
    let holds = |word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    assert!(
        !holds(&before) && !holds(&relay.demo_token()),
        "the database has hashes only"
    );
}

#[test]
fn an_administrators_command_needs_no_secret_of_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("relay.toml");
    std::fs::write(&config, "[ice]\nturn = ['turn:turn.example.org:3478']").unwrap();
    let run = |command: &[&str]| {
        let mut relay = Command::new(env!("CARGO_BIN_EXE_zhest-relay"));
        relay.env_remove("ZHEST_TURN_SECRET").arg("--config").arg(&config);
        relay.arg("--state").arg(folder.path().join("state"));
        relay.args(command).output().unwrap()
    };
    let added = run(&["kiosk", "add", "hall", "--cnap", "ЦНАП", "--name", "Кіоск"]);
    assert!(
        added.status.success(),
        "{}",
        String::from_utf8_lossy(&added.stderr)
    );
    let served = run(&[]);
    assert!(String::from_utf8_lossy(&served.stderr).contains("turn_secret"));
}

#[tokio::test]
async fn off_loopback_it_speaks_tls_with_a_certificate_that_can_be_pinned() {
    let folder = tempfile::tempdir().unwrap();
    let free = std::net::TcpListener::bind("0.0.0.0:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let mut child = Command::new(env!("CARGO_BIN_EXE_zhest-relay"))
        .args(["--listen", &format!("0.0.0.0:{port}"), "--state"])
        .arg(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let certificate = folder.path().join("certificate.pem");
    let ask = |scheme: &str, pinned: bool| {
        let mut curl = Command::new("curl");
        curl.args(["-sS", "-m", "5", "--noproxy", "*", "-i"]);
        if pinned {
            curl.arg("--cacert").arg(&certificate);
        }
        let output = curl
            .arg(format!("{scheme}://127.0.0.1:{port}/console/"))
            .output()
            .unwrap();
        Answer::read(&String::from_utf8_lossy(&output.stdout))
    };
    let deadline = Instant::now() + DEADLINE;
    let answer = loop {
        let answer = ask("https", true);
        if answer.status != 0 || Instant::now() > deadline {
            break answer;
        }
        sleep(Duration::from_millis(50)).await;
    };
    let (plain, unpinned) = (ask("http", false), ask("https", false));
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(answer.header("location"), Some("/console/login"));
    assert_eq!(plain.status, 0, "no plain HTTP here");
    assert_eq!(unpinned.status, 0, "nobody else vouches for it");
}
