// The half of a program that is Rust: its events are also those of half.c.
mod net;

extern "C" {
    fn c_serve(fd: i32);
}

#[no_mangle]
pub extern "C" fn rust_serve(fd: i32) {
    net::net::request(fd, c"from Rust");
}

/// A thread's work, as c_work is.
#[no_mangle]
pub extern "C" fn rust_work(stop: &core::sync::atomic::AtomicBool) {
    while !stop.load(core::sync::atomic::Ordering::Relaxed) {
        net::net::reply(2, true, 0.5);
    }
}

/// What a shared object of both halves exports.
#[no_mangle]
pub extern "C" fn serve_both(fd: i32) {
    rust_serve(fd);
    unsafe { c_serve(fd) }
}
