# Two events and a static key as the compiler lays them out (trace/layout.h).
# PTR, the bytes of an address, is defined on the command line.
#
#   binder:ioctl(unsigned int cmd, const char *name) "cmd=0x%x\n" 2 sites
#   net:packet()                                     no format,   1 site
        .macro address value
        .if PTR == 8
        .quad \value
        .else
        .long \value
        .endif
        .endm

        .macro entry site, slow, key
        .section __jump_table,"ao",%progbits,.text
        .p2align 2
        .long \site - .
        .long \slow - .
        address "\key - ."
        .endm

# .trace_sites: a 64-bit address, in the file's byte order.
        .macro line site, number, file
        .section .trace_sites,"",%progbits
1001:   .if PTR == 8
        .quad \site
        .else
        .ifdef BIG
        .long 0, \site
        .else
        .long \site, 0
        .endif
        .endif
        .long 1002f - 1001b, \number
        .asciz "\file"
        .p2align 3
1002:
        .endm

        .text
        .globl _ZN5serve5countEi
        .type _ZN5serve5countEi, %function
_ZN5serve5countEi:
.Lsite1: .fill 8, 1, 0
.Lslow1: .fill 8, 1, 0
        .size _ZN5serve5countEi, . - _ZN5serve5countEi
        .globl main
        .type main, %function
main:
.Lsite2: .fill 8, 1, 0
.Lsite3: .fill 8, 1, 0
.Lsite4: .fill 8, 1, 0
.Lslow2: .fill 8, 1, 0
        .size main, . - main

        entry .Lsite1, .Lslow1, .Lioctl_key
        entry .Lsite2, .Lslow2, .Lioctl_key
        entry .Lsite3, .Lslow2, .Lpacket_key
        entry .Lsite4, .Lslow2, .Lplain_key+1
        line .Lsite1, 12, src/serve.h
        line .Lsite3, 30, main.cpp

        .section __trace_events,"a",%progbits
        .p2align 3
        .globl __start_events
.Lpacket:
        .long .Lpacket_end - .Lpacket
        .byte 6, 0
        .short 0
        .long .Lpacket_key - .
        .long 0
        .long 0
        .long .Lpacket_system - .Lpacket
        .long .Lpacket_name - .Lpacket
        .long 0
        .long 0, 0
.Lpacket_system: .asciz "net"
.Lpacket_name:   .asciz "packet"
        .p2align 3
.Lpacket_end:

.Lioctl:
        .long .Lioctl_end - .Lioctl
        .byte 6, 0
        .short 2
        .long .Lioctl_key - .
        .long 6
        .long .Lfields - .Lioctl
        .long .Lsystem - .Lioctl
        .long .Lname - .Lioctl
        .long .Lformat - .Lioctl
        .long .Lfile - .Lioctl, 7
.Lfields:
        .long .Lcmd - .Lioctl, .Luint - .Lioctl
        .byte 1, 4, 0, 0
        .long 0, 0, 0
        .long .Lwho - .Lioctl, .Lstring - .Lioctl
        .byte 5, 2, 0, 1
        .long 0, 0, 0
.Lsystem: .asciz "binder"
.Lname:   .asciz "ioctl"
.Lformat: .asciz "cmd=0x%x \"%s\"\n"
.Lfile:   .asciz "binder.h"
.Lcmd:    .asciz "cmd"
.Luint:   .asciz "unsigned int"
.Lwho:    .asciz "name"
.Lstring: .asciz "const char *"
        .p2align 3
.Lioctl_end:
.Levents_end:

        .data
        .p2align 3
.Lioctl_key:  .long 0, 0
.Lpacket_key: .long 0, 0
.Lplain_key:  .long 0, 0
.Limage: .fill 80, 1, 0

        .ifndef VERSION
        .set VERSION, 6
        .endif
        .section .note.trace,"a",%note
        .p2align 2
        .long 6, 24, 1
        .asciz "trace"
        .p2align 2
        .long VERSION
        .long __start___jump_table - .
        .long __stop___jump_table - .
        .long __start___trace_events - .
        .long __stop___trace_events - .
        .long .Limage - .
        .hidden __start___jump_table, __stop___jump_table
        .hidden __start___trace_events, __stop___trace_events
