# Toolchain file: cross-builds the run-time library with Clang.
#   cmake -S runtime -DCMAKE_TOOLCHAIN_FILE=cmake/Cross.cmake -DTRACE_TARGET=TRIPLE
# targets.txt lists the targets; `./dev build --target TRIPLE` does it all.
set(TRACE_LLVM 22 CACHE STRING "Major version of the Clang to build with")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES TRACE_LLVM TRACE_TARGET)

file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/targets.txt rows REGEX "^[^#]")
foreach(row IN LISTS rows)
  string(REGEX REPLACE " +" ";" row "${row}")
  list(GET row 1 triple)
  if(triple STREQUAL TRACE_TARGET)
    list(GET row 2 root)
    list(GET row 5 linker)
  endif()
endforeach()
if(NOT root)
  message(FATAL_ERROR "TRACE_TARGET=${TRACE_TARGET}: not one of cmake/targets.txt")
endif()

set(CMAKE_SYSTEM_NAME Linux)
string(REGEX REPLACE "-.*" "" CMAKE_SYSTEM_PROCESSOR ${TRACE_TARGET})
set(CMAKE_C_COMPILER clang-${TRACE_LLVM})
set(CMAKE_CXX_COMPILER clang++-${TRACE_LLVM})
set(CMAKE_C_COMPILER_TARGET ${TRACE_TARGET})
set(CMAKE_CXX_COMPILER_TARGET ${TRACE_TARGET})
set(CMAKE_AR /usr/bin/llvm-ar-${TRACE_LLVM} CACHE FILEPATH "")
set(CMAKE_RANLIB /usr/bin/llvm-ranlib-${TRACE_LLVM} CACHE FILEPATH "")
if(linker STREQUAL bfd)
  set(linker_flags --ld-path=/usr/bin/${root}-ld)
else()
  # The library's own folder first: Clang looks for 32-bit PowerPC's in lib32,
  # where a gcc-multilib has x86's, which lld does not skip.
  set(linker_flags "-fuse-ld=lld -L/usr/${root}/lib")
endif()
set(CMAKE_EXE_LINKER_FLAGS_INIT "${linker_flags}")
set(CMAKE_SHARED_LINKER_FLAGS_INIT "${linker_flags}")
