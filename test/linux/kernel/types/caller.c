#include "shared.h"

void call_from_elsewhere(const struct box *box)
{
	trace_types_box(box ? box->length : -1);
	// With the event off, a null box is not looked into.
	trace_types_guarded(box->length, box->colour);
}
