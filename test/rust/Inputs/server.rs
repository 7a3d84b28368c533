// A program, all of it Rust.
mod net;

#[inline(never)]
fn serve(fd: i32, text: &std::ffi::CStr) -> i32 {
    net::net::request(fd, text);
    if net::net::reply_enabled() {
        println!("reply is on");
    }
    net::net::reply(fd, fd % 2 == 0, 0.25 * f64::from(fd));
    fd
}

fn main() {
    let sum: i32 = (3..5).map(|fd| serve(fd, c"GET /")).sum();
    println!("sum {sum}");
}
