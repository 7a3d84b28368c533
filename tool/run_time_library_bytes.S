// The run-time library as built, TRACE_LIBRARY.
        .section .rodata
        .balign 16
        .globl run_time_library_begin, run_time_library_end
run_time_library_begin:
        .incbin TRACE_LIBRARY
run_time_library_end:
        .section .note.GNU-stack, "", %progbits
