"""Lua 5.4."""

from points import Event, Function

package = "lua5.4"
# Packages that its build needs.
tools = []
system = "lua"
sources = "src"

points = [
    Function("lmem.c", "luaM_malloc_", "L=%p size=%zu tag=%d"),
    Function("lmem.c", "luaM_free_", "L=%p block=%p size=%zu"),
    Function("lgc.c", "luaC_newobj", "L=%p type=%d size=%zu"),
    Function("ltable.c", "luaH_resize", "L=%p table=%p array=%u hash=%u"),
    Function("lstring.c", "luaS_new", 'L=%p string=\\"%s\\"'),
    Function("lfunc.c", "luaF_newLclosure", "L=%p upvalues=%d"),
    Function("ldo.c", "luaD_throw", "L=%p status=%d"),
    Event("ldebug.c", "void trace_raised(const char *message)", 'message=\\"%s\\"',
          "trace_raised(msg);", r"msg = luaO_pushvfstring\(L, fmt, argp\);.*$"),
    Event("lgc.c", "void trace_full_collection(bool emergency, double kibibytes)",
          "emergency=%d before=%g KiB",
          "trace_full_collection(isemergency != 0, (double)gettotalbytes(g) / 1024);",
          r"^void luaC_fullgc .*\n.*\n  lua_assert\(!g->gcemergency\);"),
    Event("lgc.c", "void trace_collection_step(unsigned char state, long long debt)",
          "state=%d debt=%lld", "trace_collection_step(g->gcstate, g->GCdebt);",
          r"g->gcstopem = 1;  /\* no emergency collections while collecting \*/"),
    Event("ltable.c", "void trace_rehash(const void *table, unsigned int size, int keys)",
          "table=%p size=%u keys=%d", "trace_rehash(t, asize, totaluse);",
          r"asize = computesizes\(nums, &na\);"),
    Event("lobject.c", "void trace_integer_parsed(const char *text, long long value)",
          "%s = %lld", "trace_integer_parsed(s, i);", r"setivalue\(o, i\);(?=\n  }\n  else if \(\(e = l_str2d)"),
    Event("lobject.c", "void trace_float_parsed(const char *text, double value, float rounded)",
          "%s = %g, %g as float", "trace_float_parsed(s, n, (float)n);", r"setfltvalue\(o, n\);(?=\n  }\n  else\n    return 0;)"),
    Event("lapi.c", "void trace_protected_call(short arguments, signed char results)",
          "arguments=%hd results=%d", "trace_protected_call((short)nargs, (signed char)nresults);",
          r"c\.func = L->top - \(nargs\+1\);  /\* function to be called \*/\n(?=  if \(k == NULL)"),
]


def prepare(source):
    """Debian's rules generate this header."""
    (source / "src/lua5.4-deb-multiarch.h").write_text('#define DEB_HOST_MULTIARCH ""\n')


def files(folder):
    return [f for f in sorted(folder.glob("*.c")) if f.name != "luac.c"]


flags = ["-std=gnu11", "-DLUA_COMPAT_5_3", "-DLUA_USE_LINUX"]
libraries = ["-lm", "-ldl", "-Wl,-E"]


def workload(program, here, folder):
    return [program, here / "workload.lua"]


def comparable(output):
    return output
