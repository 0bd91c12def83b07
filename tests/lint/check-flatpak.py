#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""flatpak-builder understands the manifests."""

import shutil
import subprocess
import sys

from lint import Report, root

if shutil.which("flatpak-builder") is None:
    print("flatpak-builder is not installed")
    sys.exit(77)
report = Report()
for path in sorted((root() / "flatpak").glob("*.json")):
    result = subprocess.run(["flatpak-builder", "--show-manifest", str(path)], capture_output=True, text=True,
                            check=False)
    if result.returncode != 0:
        report.add(path, 1, result.stderr.strip())
report.finish()
