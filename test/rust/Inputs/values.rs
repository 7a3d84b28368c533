// Every type that an event can take, from Rust.
#[cfg_attr(not(trace_plugin), allow(dead_code))]
mod types;
use types::{r#mod, types as own, wide};

fn main() {
    own::request(3, c"GET /");
    own::none();
    wide::integers(
        b'c' as _, -1, 255, -32768, 65535, -2147483648, 4294967295, i64::MIN, u64::MAX, -2, 2, 7, -8, 9,
    );
    wide::others(true, 0.5, -0.25, wide::state::STATE_BUSY, wide::color::RED, 3);
    wide::others(false, 1.0, 2.0, wide::state::STATE_LAST, wide::color::GREEN, 0);
    let numbers = [1u16, 2, 3];
    wide::pointers(
        core::ptr::null_mut(),
        core::ptr::null(),
        core::ptr::null_mut(),
        numbers.as_ptr(),
        core::ptr::null_mut(),
        core::ptr::null(),
    );
    let text = String::from("a text of Rust\n");
    let bytes = vec![0u8, 1, 254, 255];
    wide::slices(&bytes, &numbers, text.as_bytes(), &[1, -2, 3, -4], 2);
    // Nothing, and a part of something.
    wide::slices(&[], &numbers[..0], &text.as_bytes()[2..6], &[0; 4], 3);
    r#mod::r#fn(c"a type".as_ptr().cast(), 1, wide::state::STATE_type);
    println!("done");
}
