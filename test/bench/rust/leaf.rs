// The leaf function, once for each --cfg: without (nothing else given), points
// (the emitted module), branch (a static branch in inline assembly with a
// 64-bit jump entry, as the crate static-keys has it, before a call), tracing.
#![cfg_attr(not(tracing), no_std)]
#![allow(unexpected_cfgs)]

#[cfg(points)]
mod points;

#[cfg(not(tracing))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    loop {}
}

#[cfg(branch)]
mod branch {
    pub static mut KEY: u64 = 0;

    #[inline(never)]
    pub extern "C" fn record(a: u64, b: u64) {
        unsafe { core::ptr::write_volatile(&raw mut KEY, a ^ b) }
    }

    #[inline(always)]
    pub fn is_on() -> bool {
        'on: {
            unsafe {
                core::arch::asm!(
                    "2: .byte 0x0f,0x1f,0x44,0x00,0x00",
                    r#".pushsection .static_keys,"awR",@progbits"#,
                    ".balign 8",
                    ".quad 2b - .",
                    ".quad {on} - .",
                    ".quad {key} - .",
                    ".popsection",
                    on = label { break 'on true },
                    key = sym KEY,
                )
            }
            false
        }
    }
}

#[no_mangle]
pub extern "C" fn leaf(a: u64, b: u64, c: u64, d: u64) -> u64 {
    let x = a.wrapping_mul(b).wrapping_add(c);
    let y = (c ^ d).wrapping_mul(a);
    let z = x.wrapping_add(y >> 3);
    let w = z ^ (b << 5);
    #[cfg(points)]
    points::leaf::leaf(x, w);
    #[cfg(branch)]
    if branch::is_on() {
        branch::record(x, w);
    }
    #[cfg(tracing)]
    tracing::event!(tracing::Level::INFO, a = x, b = w);
    x.wrapping_mul(y) ^ z.wrapping_add(w) ^ a.wrapping_add(d)
}
