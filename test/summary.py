"""Adds up lit's results and prints one line: N passed, N failed, N skipped."""

import json
import sys

PASSED = {"PASS", "XFAIL", "FLAKYPASS"}
SKIPPED = {"UNSUPPORTED", "SKIPPED", "EXCLUDED"}

passed = failed = skipped = 0
for path in sys.argv[1:]:
    try:
        with open(path) as file:
            tests = json.load(file)["tests"]
    except (OSError, ValueError, KeyError) as error:
        sys.exit(f"summary: no results of lit in {path}: {error}")
    for test in tests:
        passed += test["code"] in PASSED
        skipped += test["code"] in SKIPPED
        failed += test["code"] not in PASSED | SKIPPED

print(f"{passed} passed, {failed} failed, {skipped} skipped")
sys.exit(failed > 0 or passed == 0)
