#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No path of one machine anywhere in the project."""

import re

from lint import Report, root, tracked

PATTERN = re.compile(r"(?<![\w.-])/(work|root|home/[a-z]+|farm|tmp)/[\w.]")

report = Report()
for path in tracked("*"):
    if path.suffix in (".png", ".svg", ".po", ".gz") or path.name in ("COPYING", "COPYING.LESSER"):
        continue
    if "tests/fuzz/corpus" in str(path) or path == root() / "tests/lint/check-paths.py":
        continue
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        continue
    for number, line in enumerate(text.splitlines(), 1):
        match = PATTERN.search(line)
        if match:
            report.add(path, number, f"a path of one machine: {line.strip()[:80]}")
report.finish()
