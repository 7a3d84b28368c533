// As much of core as a module of trace events needs, for architectures whose
// core is not installed.
#![feature(auto_traits, no_core, lang_items, rustc_attrs, decl_macro, unboxed_closures)]
#![allow(internal_features, non_camel_case_types)]
#![no_core]
#![crate_type = "rlib"]

#[lang = "pointee_sized"]
pub trait PointeeSized {}
#[lang = "meta_sized"]
pub trait MetaSized: PointeeSized {}
#[lang = "sized"]
pub trait Sized: MetaSized {}
#[lang = "copy"]
pub trait Copy {}
impl Copy for i8 {}
impl Copy for i16 {}
impl Copy for i32 {}
impl Copy for u32 {}
impl Copy for i64 {}
impl Copy for u64 {}
impl Copy for f32 {}
impl Copy for f64 {}
impl Copy for bool {}
impl<T: PointeeSized> Copy for *const T {}

#[lang = "freeze"]
pub unsafe auto trait Freeze {}

#[lang = "bitand"]
pub trait BitAnd<Right = Self> {
    type Output;
    fn bitand(self, right: Right) -> Self::Output;
}
impl BitAnd for u64 {
    type Output = u64;
    fn bitand(self, right: u64) -> u64 {
        self & right
    }
}
#[lang = "bitxor"]
pub trait BitXor<Right = Self> {
    type Output;
    fn bitxor(self, right: Right) -> Self::Output;
}
impl BitXor for u64 {
    type Output = u64;
    fn bitxor(self, right: u64) -> u64 {
        self ^ right
    }
}

#[macro_export]
#[rustc_builtin_macro]
macro_rules! concat {
    ($($e:expr),* $(,)?) => {};
}
#[macro_export]
#[rustc_builtin_macro]
macro_rules! compile_error {
    ($e:expr) => {};
}

pub mod ffi {
    #[repr(u8)]
    pub enum c_void {
        __Nothing,
    }
}

pub mod arch {
    #[rustc_builtin_macro]
    pub macro asm("assembly template", $(operands,)* $(options($(option),*))?) {}
    #[rustc_builtin_macro]
    pub macro global_asm("assembly template", $(operands,)* $(options($(option),*))?) {}
}
