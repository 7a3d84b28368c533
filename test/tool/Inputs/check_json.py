import json
import sys

events = json.load(open(sys.argv[1]))
for event in events:
    assert event.pop("image").endswith(".exe")
    assert event.pop("descriptor_bytes") > 0
    assert event.pop("usdt") is None
assert events == [
    {
        "system": "binder",
        "name": "ioctl",
        "fields": [
            {"name": "cmd", "type": "unsigned int", "size": 4, "signed": False},
            {"name": "name", "type": "const char *", "size": 2, "signed": False},
        ],
        "format": 'cmd=0x%x "%s"\n',
        "file": "binder.h",
        "line": 7,
        "sites": [
            {"address": 0x401000, "function": "serve::count(int)", "file": "src/serve.h", "line": 12},
            {"address": 0x401010, "function": "main", "file": None, "line": None},
        ],
    },
    {
        "system": "net",
        "name": "packet",
        "fields": [],
        "format": None,
        "file": None,
        "line": None,
        "sites": [{"address": 0x401018, "function": "main", "file": "main.cpp", "line": 30}],
    },
], json.dumps(events, indent=1)
