// Every kind of field, when 1 is written to /sys/module/types/parameters/run.
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <trace/linux/point.h>
#include "shared.h"

#pragma clang attribute push(__attribute__((trace_system("types"))), apply_to = function)

[[trace::point]] void trace_types_nothing(void);
[[trace::point("marked 100%%")]] void trace_types_marked(void);
[[trace::point]] void trace_types_integers(bool b, s8 c, u8 d, s16 e, u16 f, int g, unsigned int h, long i,
					   unsigned long j, long long k, u64 l, size_t m);
[[trace::point]] void trace_types_enumeration(enum colour c, enum colour d, enum colour e);
[[trace::point("%s is %d, %s %p %ps")]]
void trace_types_formatted(enum colour c, int number, const char *text, void *p, void (*function)(const struct box *));
[[trace::point("%5d|%-4s|%.2s|%c|%zu|%#llx")]]
void trace_types_widths(int v, char *t, const unsigned char *s, char c, size_t z, u64 x);
[[trace::point]] void trace_types_pointers(const char *null, struct box *box, const void *p, int (*table)[4],
					   void __user *user);
// Names that Linux's macros use themselves.
[[trace::point]] void trace_types_names(int entry, int regs, int head, int ent, int trace_file, int p, int field);
__attribute__((trace_point("value=%d"))) void trace_types_old_spelling(int value);

struct pair { int a, b; };
[[trace::point]] static noinline int types_function(const char *name, struct pair left_out, u16 count, bool flag)
{
	return left_out.a + count + flag + name[0];
}

static void through_a_pointer(void (*event)(int value))
{
	event(78);
}

static int run(const char *value, const struct kernel_param *parameter)
{
	struct box box = { 21, 3 };
	char text[] = { 'a', 'b', 'c', 0 };

	if (value[0] == '0') {
		call_from_elsewhere(NULL);
		return 0;
	}
	trace_types_nothing();
	if (trace_enabled(trace_types_marked))
		trace_types_marked();
	trace_types_integers(true, -1, 255, -300, 65535, -70000, 4000000000u, -1L, ~0UL, -1LL, ~0ULL, 12);
	trace_types_enumeration(RED, BLUE, 5);
	trace_types_formatted(GREEN, -4, "text", NULL, call_from_elsewhere);
	trace_types_widths(42, text, (const unsigned char *)"xyz", '!', 3, 255);
	trace_types_pointers(NULL, NULL, NULL, NULL, NULL);
	trace_types_names(1, 2, 3, 4, 5, 6, 7);
	trace_types_old_spelling(77);
	through_a_pointer(trace_types_old_spelling);
	types_function("name", (struct pair){ 1, 2 }, 500, true);
	call_from_elsewhere(&box);
	return 0;
}

#pragma clang attribute pop

static const struct kernel_param_ops operations = { .set = run };
module_param_cb(run, &operations, NULL, 0200);

MODULE_DESCRIPTION("every kind of field");
MODULE_LICENSE("Dual MIT/GPL");
