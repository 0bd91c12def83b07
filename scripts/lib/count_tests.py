#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up meson's test logs and prints "N passed, N failed, N skipped"; a log that is not there is a failure."""

import argparse
import json
import pathlib
import sys

COLUMNS = {"OK": "passed", "EXPECTEDFAIL": "passed", "SKIP": "skipped"}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--failed", metavar="WHAT", help="what failed before any test ran")
    parser.add_argument("logs", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    count = {"passed": 0, "failed": 0, "skipped": 0}
    failures = [options.failed] if options.failed else []
    for log in options.logs:
        if not log.exists():
            failures.append(f"{log}: no test ran")
            continue
        for line in log.read_text(encoding="utf-8").splitlines():
            test = json.loads(line)
            column = COLUMNS.get(test["result"])
            if column:
                count[column] += 1
            else:
                failures.append(f"{log.parts[0]}: {test['name']} ({test['result']})")
    count["failed"] = len(failures)
    for failure in failures:
        print(f"FAILED {failure}")
    print("{passed} passed, {failed} failed, {skipped} skipped".format(**count))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
