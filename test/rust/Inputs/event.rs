#![feature(no_core)]
#![allow(internal_features, unused_imports)]
#![no_core]
#![crate_type = "lib"]
#[macro_use]
extern crate minicore as core;
mod module;

#[no_mangle]
pub extern "C" fn calls_event(value: i32) -> i32 {
    module::event::event(value);
    value
}
