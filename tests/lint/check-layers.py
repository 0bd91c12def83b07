#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""External headers only in the layers that may have them: include paths hold most of this, but some headers lie
directly in /usr/include and get through. Own headers by bare name, no included sources."""

import re

from lint import Report, root, tracked

ALLOWED = {
    r"sqlite3\.h": ["src/sdk/store/"],
    r"libsoup/": ["src/sdk/xmpp/"],
    r"gsasl\.h": ["src/sdk/xmpp/"],
    r"gnutls/": ["src/sdk/xmpp/"],
    r"libxml/": ["src/sdk/xmpp/", "src/sdk/map/", "src/sdk/service/"],
    r"json-glib/": ["src/codec/"],
    r"libnotify/": ["src/app/desktop/"],
    r"libsecret/": ["src/app/desktop/"],
    r"gtk/|gdk/|adwaita\.h": ["src/app/ui/", "src/app/main.c", "src/app/linnet-application"],
    r"gdk-pixbuf/|gst/|seccomp\.h|linux/": ["src/sdk/media/probe/"],
    r"TIMCloud": ["src/sdk/public/", "src/sdk/api/", "src/app/bridge/"],
}

report = Report()
for path in tracked("src/*.c", "src/*.h", "src/*.def"):
    name = str(path.relative_to(root()))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = re.match(r'\s*#\s*include\s+[<"]([^>"]+)[>"]', line)
        if not match:
            continue
        header = match.group(1)
        for pattern, folders in ALLOWED.items():
            if re.match(pattern, header) and not any(name.startswith(folder) for folder in folders):
                report.add(path, number, f"{header} does not belong to this layer")
        if header.endswith(".c"):
            report.add(path, number, "a source file is included")
        if '"' in line and "/" in header:
            report.add(path, number, f"{header}: own headers are included by bare name")
report.finish()
