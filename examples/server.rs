// server.rs - the half that is Rust: it answers. The module `points` is written
// by the compiler plugin from server.h.
mod points;
use points::server;
use std::ffi::{c_char, CStr};

fn respond(fd: i32, text: &CStr) -> f64 {
    let seconds = 0.125 * f64::from(fd);
    let ok = text.to_bytes().starts_with(b"GET ");
    server::reply(fd, ok, seconds);
    if !ok {
        // What fails is tried again.
        server::request(fd, c"GET /error");
    }
    seconds
}

/// # Safety
/// `text` is a string of C.
#[no_mangle]
pub unsafe extern "C" fn answer(fd: i32, text: *const c_char) -> f64 {
    respond(fd, CStr::from_ptr(text))
}
