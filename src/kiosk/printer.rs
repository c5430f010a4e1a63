//! The kiosk's printer, through CUPS: `lp` takes the sheet, `lpstat` tells when it is out.
//!
//! CUPS says of a finished job only that it no longer waits, so a job counts as printed when it has left the queue in
//! time; one that has not, or of which nothing can be learnt, is taken back, lest it comes out before another visitor.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;
use tokio::time::{Instant, sleep, timeout};

use super::paper::Sheet;

/// A program of CUPS answers within this.
const ANSWER: Duration = Duration::from_secs(10);
/// A sheet is out within this, or never.
pub const PATIENCE: Duration = Duration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_millis(500);

#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    #[error("`{0}` cannot be run: {1}. Install cups-client")]
    Missing(&'static str, std::io::Error),
    #[error("`{0}` gives no answer: look whether cupsd runs")]
    Silent(&'static str),
    #[error("CUPS refuses: {0}. `lpstat -p` lists the printers it knows")]
    Refused(String),
    #[error("the sheet did not come out: look for paper and ink")]
    Stuck,
}

/// Prints and waits until the sheet is out, as long as `patience` lasts.
pub async fn print(printer: &str, sheet: Sheet, patience: Duration) -> Result<(), PrintError> {
    let pdf = tokio::task::spawn_blocking(move || sheet.pdf());
    let pdf = pdf.await.expect("a sheet can be drawn");
    let said = run("lp", &["-d", printer], &pdf).await?;
    // «request id is Office-12 (0 file(s))»
    let mut words = said.split_whitespace();
    let job = words.find(|word| {
        let number = word.strip_prefix(printer).and_then(|rest| rest.strip_prefix('-'));
        number.is_some_and(|number| number.parse::<u32>().is_ok())
    });
    let job = job.ok_or_else(|| PrintError::Refused(said.clone()))?;
    let printed = leaves_the_queue(printer, job, patience).await;
    if printed.is_err()
        && let Err(error) = run("cancel", &[job], &[]).await
    {
        tracing::warn!(%error, "a sheet is not taken back and may come out later");
    }
    printed
}

async fn leaves_the_queue(printer: &str, job: &str, patience: Duration) -> Result<(), PrintError> {
    let deadline = Instant::now() + patience;
    loop {
        let waiting = run("lpstat", &["-o", printer], &[]).await?;
        let waits = waiting
            .lines()
            .any(|line| line.split_whitespace().next() == Some(job));
        if !waits {
            return Ok(());
        }
        if Instant::now() > deadline {
            return Err(PrintError::Stuck);
        }
        sleep(LOOK_AGAIN).await;
    }
}

/// What a program says when it is given `input`.
async fn run(program: &'static str, arguments: &[&str], input: &[u8]) -> Result<String, PrintError> {
    let missing = |error| PrintError::Missing(program, error);
    let mut child = Command::new(program)
        .args(arguments)
        // Its answer is read by this program.
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(missing)?;
    let mut stdin = child.stdin.take().expect("it was piped");
    let answer = async {
        // A program that wants no more has its reasons, and tells them.
        let _ = stdin.write_all(input).await;
        drop(stdin);
        child.wait_with_output().await
    };
    let output = timeout(ANSWER, answer)
        .await
        .map_err(|_| PrintError::Silent(program))?
        .map_err(missing)?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(PrintError::Refused(said.trim().to_owned()))
    }
}
