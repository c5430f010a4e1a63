//! What a connection may cost before anybody knows whose it is: how many there are at once, and how long one may take to
//! say what it wants. Sockets that were let in are no longer counted; they have bounds of their own ([`super::socket`]).

use std::io::{self, IoSlice};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use axum_server::Server;
use axum_server::accept::Accept;
use futures::future::BoxFuture;
use hyper_util::rt::TokioTimer;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Sleep;
use tower_service::Service;

/// Connections that ask for pages or are being let in. One more is closed at once.
const MOST: usize = 512;
/// How long the head of a request may take, and how long a connection may rest between two.
const HEAD: Duration = Duration::from_secs(5);
/// How long an answer may lie there without a byte of it being taken.
const UNREAD: Duration = Duration::from_secs(30);
/// How long a whole request may take, its body and the work on it.
const REQUEST: Duration = Duration::from_secs(30);

/// The server with these bounds.
pub fn bounded<A>(mut server: Server<SocketAddr, A>) -> Server<SocketAddr, Counted<A>> {
    let mut http = server.http_builder().http1();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    server.map(|inner| Counted {
        inner,
        places: Arc::new(Semaphore::new(MOST)),
    })
}

/// Middleware: an answer within [`REQUEST`], or none.
pub async fn in_time(request: Request, next: Next) -> Response {
    let answer = tokio::time::timeout(REQUEST, next.run(request)).await;
    answer.unwrap_or_else(|_| StatusCode::REQUEST_TIMEOUT.into_response())
}

/// Accepts so many connections and no more.
#[derive(Clone)]
pub struct Counted<A> {
    inner: A,
    places: Arc<Semaphore>,
}

impl<A, I, S> Accept<I, S> for Counted<A>
where
    A: Accept<I, S>,
    A::Future: Send + 'static,
    A::Stream: Send,
    A::Service: Send,
{
    type Stream = Patient<A::Stream>;
    type Service = Seated<A::Service>;
    type Future = BoxFuture<'static, io::Result<(Self::Stream, Self::Service)>>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        let place = self.places.clone().try_acquire_owned();
        let accepted = place.map(|place| (place, self.inner.accept(stream, service)));
        Box::pin(async move {
            let (place, accepted) = accepted.map_err(io::Error::other)?;
            let (stream, service) = accepted.await?;
            let asked = Arc::new(AtomicBool::new(false));
            let stream = Patient {
                inner: stream,
                patience: Box::pin(tokio::time::sleep(HEAD)),
                asked: asked.clone(),
                unread: None,
            };
            let service = Seated {
                inner: service,
                asked,
                _place: Arc::new(place),
            };
            Ok((stream, service))
        })
    }
}

/// One connection's service. It ends with the connection, or when the connection becomes a socket.
#[derive(Clone)]
pub struct Seated<S> {
    inner: S,
    asked: Arc<AtomicBool>,
    _place: Arc<OwnedSemaphorePermit>,
}

impl<S: Service<R>, R> Service<R> for Seated<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: R) -> S::Future {
        self.asked.store(true, Ordering::Relaxed);
        self.inner.call(request)
    }
}

/// A stream that breaks when the first request does not come in time, or when nobody reads the answer: a clip is larger
/// than what the kernel takes for a reader who never reads. Hyper's own limit begins only when it knows which version of
/// HTTP it reads, and it has none for answers.
pub struct Patient<I> {
    inner: I,
    patience: Pin<Box<Sleep>>,
    asked: Arc<AtomicBool>,
    /// Runs while something waits to be written. TLS takes what is written and waits when it is flushed.
    unread: Option<Pin<Box<Sleep>>>,
}

impl<I> Patient<I> {
    fn written<T>(&mut self, context: &mut Context<'_>, poll: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if poll.is_ready() {
            self.unread = None;
            return poll;
        }
        let unread = self
            .unread
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(UNREAD)));
        match unread.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<I: AsyncRead + Unpin> AsyncRead for Patient<I> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.asked.load(Ordering::Relaxed) && self.patience.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Pin::new(&mut self.inner).poll_read(context, buffer)
    }
}

impl<I: AsyncWrite + Unpin> AsyncWrite for Patient<I> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let poll = Pin::new(&mut self.inner).poll_write(context, bytes);
        self.written(context, poll)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let poll = Pin::new(&mut self.inner).poll_write_vectored(context, slices);
        self.written(context, poll)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let poll = Pin::new(&mut self.inner).poll_flush(context);
        self.written(context, poll)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let poll = Pin::new(&mut self.inner).poll_shutdown(context);
        self.written(context, poll)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, BufWriter};
    use tokio::time::timeout;

    use super::*;

    fn patient<I>(inner: I) -> Patient<I> {
        Patient {
            inner,
            patience: Box::pin(tokio::time::sleep(HEAD)),
            asked: Arc::new(AtomicBool::new(true)),
            unread: None,
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_nobody_reads_ends_and_a_slow_reader_gets_it_whole() {
        let (near, _far) = tokio::io::duplex(16);
        let error = patient(near).write_all(&[1; 64]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);

        let (near, mut far) = tokio::io::duplex(16);
        let mut near = patient(near);
        let slow = tokio::spawn(async move {
            let mut piece = [0; 16];
            for _ in 0..4 {
                tokio::time::sleep(UNREAD / 2).await;
                far.read_exact(&mut piece).await.unwrap();
            }
        });
        near.write_all(&[1; 64]).await.unwrap();
        slow.await.unwrap();
    }

    /// As TLS does: what is written is taken at once, and only flushing it waits for the reader.
    #[tokio::test(start_paused = true)]
    async fn an_answer_that_was_taken_and_is_not_read_ends_too() {
        let (near, _far) = tokio::io::duplex(16);
        let mut near = patient(BufWriter::new(near));
        near.write_all(&[1; 64]).await.unwrap();
        let ended = timeout(2 * UNREAD, near.flush()).await;
        let error = ended.expect("it ends by itself").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);

        let (near, _far) = tokio::io::duplex(16);
        let mut near = patient(BufWriter::new(near));
        near.write_all(&[1; 64]).await.unwrap();
        let ended = timeout(2 * UNREAD, near.shutdown()).await;
        let error = ended.expect("it ends by itself").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }
}
