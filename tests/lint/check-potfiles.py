#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every file with words a person can read is listed in po/POTFILES, and nothing else is."""

import re

from lint import Report, root, tracked

report = Report()
base = root()
potfiles = base / "po" / "POTFILES"
listed = {line.strip() for line in potfiles.read_text(encoding="utf-8").splitlines()
          if line.strip() and not line.startswith("#")}
wanted = set()
for path in tracked("src/*.c", "src/*.h", "resources/*.ui", "data/*.in", "data/*.gschema.xml"):
    text = path.read_text(encoding="utf-8")
    name = str(path.relative_to(base))
    if path.suffix == ".ui":
        translatable = 'translatable="yes"' in text
    elif path.suffix in (".c", ".h"):
        translatable = re.search(r'(?<!\w)(N?C?_|g_dngettext|ngettext|g_dpgettext2)\s*\(', text) is not None \
            and "gettext" not in path.name and re.search(r'(?<!\w)(N?C?_|ngettext)\s*\(\s*"', text) is not None
    else:
        translatable = path.name.endswith(("desktop.in.in", "metainfo.xml.in.in"))
    if translatable:
        wanted.add(name)
for name in sorted(wanted - listed):
    report.add(base / name, 1, "has translatable words but is not in po/POTFILES")
for name in sorted(listed - wanted):
    report.add(potfiles, 1, f"{name} has nothing to translate, or does not exist")
report.finish()
