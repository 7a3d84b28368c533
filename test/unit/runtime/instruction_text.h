/// A site's bytes, as a disassembler prints them.
#ifndef TRACE_TEST_UNIT_RUNTIME_INSTRUCTION_TEXT_H
#define TRACE_TEST_UNIT_RUNTIME_INSTRUCTION_TEXT_H

#include "arch/arch.h"

#include <cstdio>
#include <string>

inline std::string hex(const trace::arch::Architecture &architecture,
                       const trace::arch::Instruction &instruction) {
  std::string text;
  for (size_t i = 0; i < architecture.site_bytes; ++i) {
    char byte[4];
    snprintf(byte, sizeof byte, "%02x ", instruction.bytes[i]);
    text += byte;
  }
  text.pop_back();
  return text;
}

#endif
