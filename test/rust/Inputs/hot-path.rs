// Four values live across the event's call.
#![feature(no_core)]
#![allow(internal_features, unused_imports)]
#![no_core]
#![crate_type = "lib"]
#[macro_use]
extern crate minicore as core;
#[cfg(on)]
mod module;

#[no_mangle]
pub extern "C" fn leaf(a: u64, b: u64, c: u64, d: u64, _e: bool) -> u64 {
    let x = (a ^ b) & c;
    let y = (c ^ d) & a;
    let z = x ^ (y & b);
    #[cfg(on)]
    module::work::work(x, _e, z);
    (x & y) ^ (z & d) ^ a
}
