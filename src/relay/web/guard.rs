//! Slows down whoever guesses passwords, and nobody else: so many tries an account, and so many looks at once.
//!
//! One task owns the counts. A try is counted before the password is looked at, and a right one gives it back.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::time::Instant;

/// Tries an account gets at once, and how often it gets another.
const ACCOUNT_TRIES: u32 = 5;
const ACCOUNT_REFILL: Duration = Duration::from_secs(30);
/// Accounts remembered. Whoever tries more names than this has one forgotten that nobody tried for long, and has paid
/// for each with the work of a look.
const ACCOUNTS: usize = 16_384;
/// Passwords looked at together: each look costs 19 MiB and tens of milliseconds of a core.
const LOOKS: usize = 2;

#[derive(Debug, Clone)]
pub struct Guard {
    questions: mpsc::Sender<Question>,
    looks: Arc<Semaphore>,
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
        Self {
            questions,
            looks: Arc::new(Semaphore::new(LOOKS)),
        }
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

    /// Does costly work when its turn has come, beside the others' work. None when it panicked.
    pub async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let turn = self.looks.clone().acquire_owned().await;
        let turn = turn.expect("nobody closes it");
        let done = tokio::task::spawn_blocking(move || {
            // Held by the work itself: somebody who asks and leaves does not make room for one more.
            let _turn = turn;
            work()
        });
        done.await.ok()
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
    let mut accounts: HashMap<String, Tries> = HashMap::new();
    while let Some(question) = asked.recv().await {
        match question {
            Question::May { login, answer } => {
                if accounts.len() >= ACCOUNTS && !accounts.contains_key(&login) {
                    make_room(&mut accounts);
                }
                let may = accounts.entry(login).or_insert_with(Tries::full).take();
                let _ = answer.send(may);
            }
            Question::WasRight { login } => {
                accounts.remove(&login);
            }
        }
    }
}

/// Forgets whoever has all their tries again; when nobody has, the one not tried for longest.
fn make_room(accounts: &mut HashMap<String, Tries>) {
    accounts.retain(|_, tries| !tries.is_full());
    if accounts.len() >= ACCOUNTS
        && let Some((oldest, _)) = accounts.iter().min_by_key(|(_, tries)| tries.at)
    {
        let oldest = oldest.clone();
        accounts.remove(&oldest);
    }
}

struct Tries {
    left: f64,
    at: Instant,
}

impl Tries {
    fn full() -> Self {
        Self {
            left: f64::from(ACCOUNT_TRIES),
            at: Instant::now(),
        }
    }

    fn now(&self) -> f64 {
        let earned = self.at.elapsed().as_secs_f64() / ACCOUNT_REFILL.as_secs_f64();
        (self.left + earned).min(f64::from(ACCOUNT_TRIES))
    }

    fn take(&mut self) -> bool {
        let left = self.now();
        let may = left >= 1.0;
        *self = Self {
            left: if may { left - 1.0 } else { left },
            at: Instant::now(),
        };
        may
    }

    fn is_full(&self) -> bool {
        self.now() >= f64::from(ACCOUNT_TRIES)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

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
    async fn whoever_tries_many_names_shuts_nobody_else_out() {
        let guard = Guard::start();
        for name in 0..ACCOUNTS + 10 {
            assert!(guard.may(&name.to_string()).await);
        }
        assert!(guard.may("anna").await);
    }

    #[tokio::test(start_paused = true)]
    async fn an_account_under_attack_is_not_forgotten_for_others() {
        let guard = Guard::start();
        while guard.may("anna").await {}
        for name in 0..ACCOUNTS + 10 {
            guard.may(&name.to_string()).await;
            if name % 1000 == 0 {
                assert!(!guard.may("anna").await);
            }
        }
        assert!(!guard.may("anna").await);
    }

    #[tokio::test]
    async fn costly_work_is_done_a_few_at_a_time() {
        let guard = Guard::start();
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let works = (0..20).map(|_| {
            let (now, most) = (now.clone(), most.clone());
            guard.in_turn(move || {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(5));
                now.fetch_sub(1, Ordering::SeqCst);
            })
        });
        futures::future::join_all(works).await;
        assert_eq!(most.load(Ordering::SeqCst), LOOKS);
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
