// Without std: for bitcode that other tools compile.
#![no_std]
mod net;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    loop {}
}

#[no_mangle]
pub extern "C" fn serve_both(fd: i32) {
    net::net::request(fd, c"from bitcode");
    if net::net::reply_enabled() {
        net::net::reply(fd, false, 1.0);
    }
}
