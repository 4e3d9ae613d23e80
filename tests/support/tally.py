"""Adds up one of meson's test logs: `tally.py STAGE LOG` prints "passed failed skipped", and on
stderr what failed. A test program that writes TAP counts case by case, any other one as one test."""

import json
import re
import sys


def cases(test):
    """(passed, failed, skipped, names of what failed) of one test program."""
    passed, failed, skipped = 0, [], 0
    for match in re.finditer(r"^(not )?ok \d+(?: - )?(.*)$", test.get("stdout") or "", flags=re.M):
        if re.search(r"# SKIP", match.group(2), flags=re.I):
            skipped += 1
        elif match.group(1):
            failed.append(match.group(2))
        else:
            passed += 1
    result = test["result"]
    if result == "SKIP":
        skipped = skipped or 1
    elif result == "OK":
        passed = passed or (0 if skipped else 1)
    elif not failed:
        failed.append(f"the program as a whole: {result}")
    return passed, failed, skipped


def main():
    stage, log = sys.argv[1:]
    total = [0, 0, 0]
    with open(log) as lines:
        for test in map(json.loads, lines):
            passed, failed, skipped = cases(test)
            for i, n in enumerate((passed, len(failed), skipped)):
                total[i] += n
            for name in failed:
                print(f"  FAILED ({stage}) {test['name']}: {name}", file=sys.stderr)
            if failed:
                report = (test.get("stdout") or "") + (test.get("stderr") or "")
                told = [l for l in report.split("\n") if l and not re.match(r"ok \d+|\d+\.\.\d+", l)]
                print("\n".join("    " + l for l in told[:60]), file=sys.stderr)
    print(*total)


main()
