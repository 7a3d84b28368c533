// LLVM's disassembler reads what each encoder writes as a nop, or as a jump to
// the target that was asked for.
#include "../../encode/Inputs/triples.h"

#include <gtest/gtest.h>
#include <llvm-c/Disassembler.h>
#include <llvm-c/Target.h>
#include <llvm/Config/llvm-config.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace trace::arch;

static void PrintTo(const Triple &triple, std::ostream *out) {
  *out << triple.name;
}

namespace {

constexpr uint64_t origin = 0x40000000; // in the middle of what 32 bits address

/// How LLVM writes a jump: its mnemonic, and a number from which the target
/// follows.
struct Syntax {
  const Architecture &architecture;
  const char *nop;
  const char *jump;         ///< before the number
  int64_t counted_from = 0; ///< of the site; `absolute`: of nothing
  int64_t unit_bytes = 1;
  unsigned field_bits = 64;   ///< of a number that is not sign-extended
  unsigned address_bits = 64; ///< distances count modulo this power of two
  std::string_view tail = {}; ///< without which LLVM doesn't read the site
};
constexpr int64_t absolute = -static_cast<int64_t>(origin);
constexpr std::string_view packet_end("\x00\xc0\x00\x7f", 4); // nop
constexpr bool is_llvm_22 = LLVM_VERSION_MAJOR >= 22;

const Syntax syntaxes[] = {
    {x86_64, "nopl (%rax,%rax)", "jmp ", 5},
    {i386, "leal %ds:(%esi,%eiz), %esi", "jmp ", 5, 1, 64, 32},
    {arm, "mov r0, r0", "b #", 8},
    {thumb2, "nop.w", "b.w #", 4},
    {aarch64, "nop", "b #"},
    {riscv, "nop", "j "},
    {powerpc, "nop", "b ."},
    {powerpc64le, "nop", "b ."},
    is_llvm_22 ? Syntax{s390x, "jgnop 4096", "jg "}
               : Syntax{s390x, "brcl 0, 0x40001000", "jg ", absolute},
    {mips, "nop", "b "},
    {mipsel, "nop", "b "},
    {mipsr6, "nop", "bc "},
    {mipsr6el, "nop", "bc "},
    {loongarch, "nop", "b "},
    is_llvm_22 ? Syntax{sparc, "nop", "ba ."}
               : Syntax{sparc, "nop", "ba ", 0, 4, 22},
    {hexagon, "nop", "jump ", absolute},
    {hexagon_open, "nop", "jump ", absolute, 1, 64, 64, packet_end},
    {m68k, "lea (0,%a0), %a0", "bra $", 2, 1, 16},
    {xtensa, "nop", "j . "},
};

const Syntax &syntax_of(const Architecture &architecture) {
  return *std::ranges::find_if(syntaxes, [&](const Syntax &syntax) {
    return &syntax.architecture == &architecture;
  });
}

/// One blank between words.
std::string squeeze(const char *text) {
  std::string line;
  for (; *text; ++text) {
    const bool is_blank = strchr(" \t\n", *text);
    if (!is_blank)
      line += *text;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  while (line.ends_with(' '))
    line.pop_back();
  return line;
}

struct Dispose {
  void operator()(void *context) const { LLVMDisasmDispose(context); }
};

class Disassembly : public testing::TestWithParam<Triple> {
protected:
  static void SetUpTestSuite() {
    LLVMInitializeAllTargetInfos();
    LLVMInitializeAllTargetMCs();
    LLVMInitializeAllDisassemblers();
  }

  void SetUp() override {
    context_.reset(LLVMCreateDisasmCPUFeatures(GetParam().name, "",
                                               GetParam().features, nullptr, 0,
                                               nullptr, nullptr));
    if (!context_)
      GTEST_SKIP() << "this LLVM has no disassembler for " << GetParam().name;
  }

  static std::optional<Instruction> encode(int64_t distance, SiteState state) {
    Instruction instruction;
    if (GetParam().architecture.encode(origin,
                                       origin + static_cast<uint64_t>(distance),
                                       state, instruction) != EncodeResult::ok)
      return std::nullopt;
    return instruction;
  }

  /// The one instruction that `instruction` is.
  std::string read(const Instruction &instruction) {
    const size_t site_bytes = GetParam().architecture.site_bytes;
    const std::string_view tail = syntax_of(GetParam().architecture).tail;
    std::vector<uint8_t> code(instruction.bytes,
                              instruction.bytes + site_bytes);
    code.insert(code.end(), tail.begin(), tail.end());
    char text[128] = "";
    const size_t bytes = LLVMDisasmInstruction(
        context_.get(), code.data(), code.size(), origin, text, sizeof text);
    if (bytes == code.size()) // the tail, if any, has a line of its own
      return squeeze(tail.empty() ? text : strtok(text, "\n"));
    char tail_text[128] = "";
    if (bytes != site_bytes ||
        LLVMDisasmInstruction(context_.get(), code.data() + site_bytes,
                              tail.size(), origin + site_bytes, tail_text,
                              sizeof tail_text) != tail.size())
      return "another length";
    return squeeze(text);
  }

  /// The distance that the text of a jump tells.
  static std::optional<uint64_t> distance(const std::string &text) {
    const Syntax &syntax = syntax_of(GetParam().architecture);
    if (!text.starts_with(syntax.jump))
      return std::nullopt;
    const char *number = text.c_str() + strlen(syntax.jump);
    const int base = syntax.jump[strlen(syntax.jump) - 1] == '$' ? 16 : 0;
    char *end;
    const uint64_t value = strtoull(number, &end, base);
    if (end == number || *end)
      return std::nullopt;
    const unsigned unused = 64 - syntax.field_bits;
    const int64_t units = static_cast<int64_t>(value << unused) >> unused;
    return modulo_address(
        static_cast<uint64_t>(syntax.counted_from + units * syntax.unit_bytes));
  }

  static uint64_t modulo_address(uint64_t distance) {
    return distance << (64 - syntax_of(GetParam().architecture).address_bits);
  }

  std::unique_ptr<void, Dispose> context_;
};

TEST_P(Disassembly, Nop) {
  const auto nop = encode(0x1000, SiteState::nop);
  ASSERT_TRUE(nop);
  EXPECT_EQ(read(*nop), syntax_of(GetParam().architecture).nop);
}

// Around each power of two, so that every bit of the distance takes part.
TEST_P(Disassembly, Jump) {
  unsigned count = 0;
  for (unsigned bit = 2; bit < 32; ++bit)
    for (const int64_t sign : {1, -1})
      for (int64_t near = -16; near <= 16; ++near) {
        const int64_t wanted = sign * ((int64_t{1} << bit) + near);
        const auto jump = encode(wanted, SiteState::jump);
        if (!jump)
          continue;
        ++count;
        const std::string text = read(*jump);
        EXPECT_EQ(distance(text), modulo_address(static_cast<uint64_t>(wanted)))
            << text;
      }
  EXPECT_GT(count, 200u);
  printf("%s (%s): its nop and %u jumps are LLVM's\n",
         GetParam().architecture.name, GetParam().name, count);
}

// What takes a jump's place is one instruction, whatever the jump's bytes.
TEST_P(Disassembly, NopAfterAJump) {
  const Architecture &architecture = GetParam().architecture;
  if (!architecture.nop_after)
    return;
  for (uint32_t tail = 0; tail < 1 << 16; tail += 1 + tail / 1024)
    for (uint64_t site = origin; site < origin + 7; ++site) {
      Instruction jump = {{0xe9, 0x11, 0x22, static_cast<uint8_t>(tail),
                           static_cast<uint8_t>(tail >> 8)}};
      const std::string text = read(architecture.nop_after(site, jump));
      EXPECT_TRUE(text.starts_with("nopl ") || text.starts_with("testl $") ||
                  text == syntax_of(architecture).nop)
          << text;
    }
}

TEST_P(Disassembly, TextThatRunsBetweenTwoSteps) {
  for (const Step &step : GetParam().architecture.steps) {
    if (!step.fixed)
      continue;
    Instruction fixed = {};
    memcpy(fixed.bytes, step.fixed, step.count);
    char text[128] = "";
    ASSERT_EQ(LLVMDisasmInstruction(context_.get(), fixed.bytes, step.count,
                                    origin, text, sizeof text),
              step.count);
    const auto rest = GetParam().architecture.site_bytes - step.count;
    EXPECT_EQ(squeeze(text), "jmp " + std::to_string(rest));
  }
}

std::string name_of(const testing::TestParamInfo<Triple> &info) {
  return std::string(info.param.name) + "_" + info.param.architecture.name;
}

INSTANTIATE_TEST_SUITE_P(Triples, Disassembly, testing::ValuesIn(triples),
                         name_of);

TEST(Triples, EachArchitectureHasOne) {
  for (const Architecture *architecture : all()) {
    const auto is_its_own = [&](const Triple &triple) {
      return &triple.architecture == architecture;
    };
    EXPECT_TRUE(std::ranges::any_of(triples, is_its_own)) << architecture->name;
  }
}

} // namespace
