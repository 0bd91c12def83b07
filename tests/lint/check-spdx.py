#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every source says its licence: the library LGPL, the application and the rest GPL."""

from lint import Report, root, tracked

LIBRARY = ("src/base/", "src/codec/", "src/sdk/")

report = Report()
for path in tracked("src/*.c", "src/*.h", "src/*.def", "tests/*.c", "tests/*.h", "tests/*.py", "scripts/*.py",
                    "examples/*.c"):
    name = str(path.relative_to(root()))
    if "corpus" in name:
        continue
    head = "\n".join(path.read_text(encoding="utf-8").splitlines()[:3])
    if name.startswith(LIBRARY) and "LGPL-2.1-or-later" not in head:
        report.add(path, 1, "SPDX-License-Identifier: LGPL-2.1-or-later is missing")
    elif "SPDX-License-Identifier:" not in head:
        report.add(path, 1, "SPDX-License-Identifier is missing")
report.finish()
