#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The library exports the TIM functions of its public header and nothing else."""

import pathlib
import re
import subprocess
import sys

library = sys.argv[1]
output = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True).stdout
exported = {line.split()[-1] for line in output.splitlines() if line.strip()}
strange = {name for name in exported if not re.fullmatch(r"TIM\w+|callExperimentalAPI", name)
           and not name.startswith(("__asan", "__ubsan", "__odr_asan", "__lsan", "__sanitizer"))}
header = pathlib.Path(__file__).parents[2] / "src" / "sdk" / "public" / "TIMCloud.h"
declared = set(re.findall(r"\b(TIM\w+|callExperimentalAPI)\s*\(", re.sub(
    r"/\*.*?\*/", "", header.read_text(encoding="utf-8"), flags=re.S)))
declared = {name for name in declared if not name.startswith(("TIM_", "TIMCLOUD"))}
for name in sorted(strange):
    print(f"{library}: exports {name}")
for name in sorted(declared - exported):
    print(f"{header.name}: declares {name}, which the library does not have")
for name in sorted((exported - strange) - declared):
    print(f"{library}: {name} is in no public header")
sys.exit(1 if strange or declared != exported - strange else 0)
