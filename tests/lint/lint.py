# SPDX-License-Identifier: GPL-3.0-or-later
"""What the checks share: the project's own files, and a report of "file:line: what"."""

import pathlib
import re
import subprocess
import sys


def root():
    return pathlib.Path(sys.argv[1]).resolve()


def tracked(*patterns):
    """Files git tracks below the root, or every file outside a checkout."""
    base = root()
    listed = subprocess.run(["git", "-C", str(base), "ls-files", "-z", "--", *patterns],
                            capture_output=True, check=False)
    if listed.returncode == 0:
        names = [name for name in listed.stdout.decode().split("\0") if name]
        return [base / name for name in names if (base / name).is_file()]
    return [path for pattern in patterns for path in base.rglob(pattern)
            if path.is_file() and not any(part.startswith("build") for part in path.relative_to(base).parts)]


def strip_comments(text):
    """C source with comments and string contents blanked, line numbers kept."""
    def blank(match):
        found = match.group(0)
        if found.startswith("/"):
            return re.sub(r"[^\n]", " ", found)
        return '"' + re.sub(r"[^\n]", " ", found[1:-1]) + '"'
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', blank, text, flags=re.S)


class Report:
    def __init__(self):
        self.count = 0

    def add(self, path, line, what):
        self.count += 1
        print(f"{path.relative_to(root())}:{line}: {what}")

    def finish(self):
        sys.exit(1 if self.count else 0)
