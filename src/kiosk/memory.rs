//! Keeps the kiosk's memory flat from call to call.
//!
//! By default glibc gives every thread an arena of its own and keeps in it what was freed: after ten calls, frames of
//! several megabytes that nobody uses any more lie in a dozen arenas (250 MB against 128 MB with one).

/// One arena for all threads. Before any other thread is started.
#[cfg(target_env = "gnu")]
#[expect(unsafe_code, reason = "glibc's allocator is tuned by a C function alone")]
pub fn share_one_arena() {
    // SAFETY: mallopt takes two numbers, keeps no pointer, and may be called at any time.
    let taken = unsafe { libc::mallopt(libc::M_ARENA_MAX, 1) };
    if taken == 0 {
        tracing::warn!("the allocator keeps its arenas: memory may grow with each call");
    }
}

/// Gives the system back what a call took: without it, whether the pages of its frames stay is a matter of chance
/// (108 or 130 MB after one and the same call). Takes some milliseconds.
#[cfg(target_env = "gnu")]
#[expect(unsafe_code, reason = "glibc's allocator is trimmed by a C function alone")]
pub fn give_back() {
    // SAFETY: malloc_trim takes a number, keeps no pointer, and may be called from any thread at any time.
    unsafe { libc::malloc_trim(0) };
}

#[cfg(not(target_env = "gnu"))]
pub fn share_one_arena() {}

#[cfg(not(target_env = "gnu"))]
pub fn give_back() {}
