// Events that two sources call.
#include <linux/types.h>

enum colour { RED, GREEN = 7, BLUE = -1 };
struct box {
	int length;
	u8 colour;
};

[[trace::system("types"), trace::point("length=%d")]]
void trace_types_box(int length);

// Its arguments are evaluated only while it is on.
[[trace::system("types"), trace::point]]
void trace_types_guarded(int length, u8 colour);

void call_from_elsewhere(const struct box *box);
