#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every template is well-formed, compiled in, and belongs to a class; every icon and style sheet too."""

import re
import xml.etree.ElementTree as ElementTree

from lint import Report, root, tracked

report = Report()
base = root()
bundle = base / "resources" / "linnet.gresource.xml"
listed = set(re.findall(r">([^<>]+\.(?:ui|css|svg))<", bundle.read_text(encoding="utf-8")))
code = "\n".join(path.read_text(encoding="utf-8") for path in tracked("src/app/ui/*.c", "src/app/*.c"))

for path in tracked("resources/*.ui", "resources/*.css", "resources/*.svg"):
    name = str(path.relative_to(base / "resources"))
    if name not in listed:
        report.add(path, 1, "is not in linnet.gresource.xml")
    if path.suffix != ".ui":
        continue
    try:
        tree = ElementTree.parse(path)
    except ElementTree.ParseError as error:
        report.add(path, error.position[0], f"not well-formed: {error}")
        continue
    for template in tree.iter("template"):
        function = re.sub(r"(?<!^)(?=[A-Z])", "_", template.get("class")).lower()
        if f"{function}," not in code and f"{function})" not in code:
            report.add(path, 1, f"no class {template.get('class')}")
for name in listed:
    if not (base / "resources" / name).exists():
        report.add(bundle, 1, f"{name} does not exist")
report.finish()
