#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""clang-format agrees with every C file."""

import shutil
import subprocess
import sys

from lint import Report, tracked

tool = shutil.which("clang-format-14") or shutil.which("clang-format")
if tool is None:
    print("clang-format is not installed")
    sys.exit(77)
report = Report()
files = [path for path in tracked("src/*.c", "src/*.h", "tests/*.c", "tests/*.h", "examples/*.c")
         if "corpus" not in str(path) and path.name != "TIMCloudDef.h"]
for path in files:
    result = subprocess.run([tool, "--dry-run", "-Werror", "--ferror-limit=1", str(path)],
                            capture_output=True, text=True, check=False)
    if result.returncode != 0:
        line = result.stderr.split(":")[1] if ":" in result.stderr else "1"
        report.add(path, line, "clang-format would change this")
report.finish()
