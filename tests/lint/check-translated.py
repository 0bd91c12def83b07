#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Chinese is complete: every string of the sources is in zh_CN.po, translated and not fuzzy."""

import pathlib
import re
import subprocess
import sys
import tempfile

from lint import root

base = root()
with tempfile.TemporaryDirectory() as folder:
    template = pathlib.Path(folder) / "linnet.pot"
    merged = pathlib.Path(folder) / "zh_CN.po"
    subprocess.run(["xgettext", "--from-code=UTF-8", "--directory", str(base), "--files-from",
                    str(base / "po" / "POTFILES"), "--output", str(template),
                    "--keyword=_", "--keyword=N_", "--keyword=C_:1c,2", "--keyword=NC_:1c,2",
                    "--keyword=ngettext:1,2", "--keyword=g_dngettext:2,3", "--keyword=g_dpgettext2:2c,3"],
                   check=True)
    subprocess.run(["msgmerge", "--quiet", "--no-fuzzy-matching", "-o", str(merged),
                    str(base / "po" / "zh_CN.po"), str(template)], check=True)
    result = subprocess.run(["msgfmt", "--statistics", "-o", "/dev/null", str(merged)],
                            capture_output=True, text=True, check=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
    print(result.stderr.strip())
    if re.search(r"fuzzy|untranslated", result.stderr):
        listing = subprocess.run(["msgattrib", "--untranslated", "--no-obsolete", str(merged)],
                                 capture_output=True, text=True, check=True).stdout
        print(listing[:4000])
        sys.exit(1)
