// Values of integer and floating-point registers live across calls of events.
#![feature(no_core)]
#![allow(internal_features, unused_imports)]
#![no_core]
#![crate_type = "lib"]
#[macro_use]
extern crate minicore as core;
mod live_events;
use live_events::live;

#[repr(C)]
pub struct Fields {
    c: i8,
    s: i16,
    i: i32,
    l: i64,
    u: u32,
    d: f64,
    f: f32,
    b: bool,
    p: *const core::ffi::c_void,
}

#[no_mangle]
pub extern "C" fn calls_both(
    n: &Fields,
    values: &[u64; 8],
    floats: &[f64; 8],
    out: &mut [u64; 8],
    more: &mut [f64; 8],
) -> u64 {
    let [a, b, c, d, e, f, g, h] = *values;
    let [s, t, u, v, w, x, y, z] = *floats;
    live::few(n.c, n.d, n.b, n.i, n.f, n.p);
    live::many(n.c, n.s, n.i, n.l, n.u, n.d, n.f, n.b, n.p, 1, 2);
    *out = [h, g, f, e, d, c, b, a];
    *more = [z, y, x, w, v, u, t, s];
    a ^ b ^ c ^ d ^ e ^ f ^ g ^ h
}
