// The run-time library as built, TRACE_LIBRARY, and its size.
        .section .rodata
        .balign 16
        .globl run_time_library_bytes, run_time_library_size
run_time_library_bytes:
        .incbin TRACE_LIBRARY
1:
        .balign 8
run_time_library_size:
        .quad 1b - run_time_library_bytes
        .section .note.GNU-stack, "", %progbits
