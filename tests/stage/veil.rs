//! Hides a part of a Wayland compositor from its clients: a socket before its own, by which everything passes but one
//! name.

use std::io::{IoSlice, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer, SendAncillaryMessage,
    SendFlags, recvmsg, sendmsg,
};

/// As many files as one message of libwayland carries.
const FILES: usize = 28;

/// The socket behind which the compositor lacks what bears that name. It ends with the last client.
pub fn hide(name: &'static str, compositor: &Path) -> PathBuf {
    let socket = compositor.with_extension("veiled");
    let doors = UnixListener::bind(&socket).expect("the folder of the story is writable");
    let compositor = compositor.to_owned();
    std::thread::spawn(move || {
        for client in doors.incoming() {
            let client = client.expect("a client comes");
            let server = UnixStream::connect(&compositor).expect("the compositor takes a client");
            let both = || {
                (
                    client.try_clone().expect("a socket can be cloned"),
                    server.try_clone().expect("a socket can be cloned"),
                )
            };
            let ((from, to), (back, home)) = (both(), both());
            std::thread::spawn(move || pass(&from, &to, None));
            std::thread::spawn(move || pass(&home, &back, Some(name.as_bytes())));
        }
    });
    socket
}

/// Passes bytes and files on until either side ends.
fn pass(from: &UnixStream, to: &UnixStream, hidden: Option<&[u8]>) {
    let mut bytes = vec![0u8; 1 << 16];
    while let Some((length, files)) = receive(from, &mut bytes) {
        let bytes = &mut bytes[..length];
        if let Some(name) = hidden {
            let found = bytes.windows(name.len()).position(|window| window == name);
            // A name that nobody asks for.
            found.into_iter().for_each(|at| bytes[at] = b'-');
        }
        if send(to, bytes, &files).is_none() {
            break;
        }
    }
    let _ = from.shutdown(std::net::Shutdown::Both);
    let _ = to.shutdown(std::net::Shutdown::Both);
}

fn receive(from: &UnixStream, into: &mut [u8]) -> Option<(usize, Vec<OwnedFd>)> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(FILES))];
    let mut beside = RecvAncillaryBuffer::new(&mut space);
    let into = &mut [IoSliceMut::new(into)];
    let received = recvmsg(from, into, &mut beside, RecvFlags::CMSG_CLOEXEC).ok()?;
    let files = beside.drain().flat_map(|message| match message {
        RecvAncillaryMessage::ScmRights(files) => files.collect(),
        _ => Vec::new(),
    });
    let files = files.collect();
    (received.bytes > 0).then_some((received.bytes, files))
}

fn send(to: &UnixStream, mut bytes: &[u8], files: &[OwnedFd]) -> Option<()> {
    let mut files: Vec<_> = files.iter().map(OwnedFd::as_fd).collect();
    while !bytes.is_empty() {
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(FILES))];
        let mut beside = SendAncillaryBuffer::new(&mut space);
        if !files.is_empty() {
            beside.push(SendAncillaryMessage::ScmRights(&files));
        }
        let sent = sendmsg(to, &[IoSlice::new(bytes)], &mut beside, SendFlags::NOSIGNAL).ok()?;
        files.clear();
        bytes = &bytes[sent..];
    }
    Some(())
}
