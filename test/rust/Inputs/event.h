[[trace::point]] void trace_event(int value);
