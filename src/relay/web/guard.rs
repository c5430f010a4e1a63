//! Slows down whoever guesses passwords: so many tries an account, and so many in all.
//!
//! One task owns the counts. A try is counted before the password is looked at, and a right one gives it back.

use std::collections::HashMap;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

/// Tries an account gets at once, and how often it gets another.
const ACCOUNT_TRIES: u32 = 5;
const ACCOUNT_REFILL: Duration = Duration::from_secs(30);
/// The same for all accounts together.
const TOTAL_TRIES: u32 = 100;
const TOTAL_REFILL: Duration = Duration::from_secs(1);
/// Accounts remembered; somebody who tries more names than this is stopped by the total anyway.
const ACCOUNTS: usize = 1024;

#[derive(Debug, Clone)]
pub struct Guard {
    questions: mpsc::Sender<Question>,
}

#[derive(Debug)]
enum Question {
    May {
        login: String,
        answer: oneshot::Sender<bool>,
    },
    WasRight {
        login: String,
    },
}

impl Guard {
    pub fn start() -> Self {
        let (questions, asked) = mpsc::channel(64);
        tokio::spawn(watch(asked));
        Self { questions }
    }

    /// Whether this account may be tried now.
    pub async fn may(&self, login: &str) -> bool {
        let (answer, answered) = oneshot::channel();
        let question = Question::May {
            login: login.to_owned(),
            answer,
        };
        self.questions.send(question).await.is_ok() && answered.await.unwrap_or(false)
    }

    pub async fn was_right(&self, login: &str) {
        // The task ends with the process only.
        let _ = self
            .questions
            .send(Question::WasRight {
                login: login.to_owned(),
            })
            .await;
    }
}

async fn watch(mut asked: mpsc::Receiver<Question>) {
    let mut total = Tries::full(TOTAL_TRIES);
    let mut accounts: HashMap<String, Tries> = HashMap::new();
    while let Some(question) = asked.recv().await {
        match question {
            Question::May { login, answer } => {
                if accounts.len() >= ACCOUNTS {
                    accounts.retain(|_, tries| !tries.is_full(ACCOUNT_TRIES, ACCOUNT_REFILL));
                }
                let known = accounts.len() < ACCOUNTS || accounts.contains_key(&login);
                let may = known
                    && accounts
                        .entry(login)
                        .or_insert_with(|| Tries::full(ACCOUNT_TRIES))
                        .take(ACCOUNT_TRIES, ACCOUNT_REFILL)
                    && total.take(TOTAL_TRIES, TOTAL_REFILL);
                let _ = answer.send(may);
            }
            Question::WasRight { login } => {
                accounts.remove(&login);
                total.left = (total.left + 1.0).min(f64::from(TOTAL_TRIES));
            }
        }
    }
}

struct Tries {
    left: f64,
    at: Instant,
}

impl Tries {
    fn full(tries: u32) -> Self {
        Self {
            left: f64::from(tries),
            at: Instant::now(),
        }
    }

    fn refill(&mut self, most: u32, refill: Duration) {
        let earned = self.at.elapsed().as_secs_f64() / refill.as_secs_f64();
        self.left = (self.left + earned).min(f64::from(most));
        self.at = Instant::now();
    }

    fn take(&mut self, most: u32, refill: Duration) -> bool {
        self.refill(most, refill);
        let may = self.left >= 1.0;
        if may {
            self.left -= 1.0;
        }
        may
    }

    fn is_full(&mut self, most: u32, refill: Duration) -> bool {
        self.refill(most, refill);
        self.left >= f64::from(most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_account_is_tried_a_few_times_and_then_rarely() {
        let guard = Guard::start();
        for _ in 0..ACCOUNT_TRIES {
            assert!(guard.may("anna").await);
        }
        assert!(!guard.may("anna").await);
        assert!(guard.may("bohdan").await, "others are not held up");
        tokio::time::advance(ACCOUNT_REFILL).await;
        assert!(guard.may("anna").await);
        assert!(!guard.may("anna").await);
    }

    #[tokio::test(start_paused = true)]
    async fn trying_many_names_is_stopped_too() {
        let guard = Guard::start();
        let mut let_in = 0;
        for name in 0..2 * TOTAL_TRIES {
            let_in += u32::from(guard.may(&name.to_string()).await);
        }
        assert_eq!(let_in, TOTAL_TRIES);
    }

    #[tokio::test(start_paused = true)]
    async fn a_right_password_clears_the_count() {
        let guard = Guard::start();
        for _ in 0..3 * ACCOUNT_TRIES {
            assert!(guard.may("anna").await);
            guard.was_right("anna").await;
        }
    }
}
