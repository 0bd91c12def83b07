#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls that block a loop, lose bounds, or hide a dependency."""

import re

from lint import Report, root, strip_comments, tracked

FORBIDDEN = [
    (r"\b(?!g_file_)\w+_sync\s*\(", "blocks the loop"),
    (r"\b(g_usleep|usleep|sleep|nanosleep)\s*\(", "sleeps"),
    (r"\bg_main_loop_run\s*\(", "a nested main loop"),
    (r"\bg_main_context_iteration\s*\(", "a nested main loop"),
    (r"\bg_object_set_data(_full)?\s*\(", "g_object_set_data is not a parameter list"),
    (r"\b(strcpy|strcat|sprintf|vsprintf|gets|strtok)\s*\(", "has no bounds"),
    (r"\b(system|popen|g_spawn_command_line_sync)\s*\(", "runs a shell"),
    (r"\bprintf\s*\(", "libraries do not print"),
    (r"\bgoto\b", "goto"),
]
# file → what it may do, and why
EXCEPTIONS = {
    "src/base/im-loop.c": ["g_main_loop_run"],         # the loop itself
    "src/codec/im-describe.c": ["printf"],             # a program
    "src/app/main.c": ["printf"],                      # a program
    "src/app/linnet-application.c": ["printf"],        # --version
}

report = Report()
for path in tracked("src/*.c", "src/*.h"):
    name = str(path.relative_to(root()))
    text = strip_comments(path.read_text(encoding="utf-8"))
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, why in FORBIDDEN:
            match = re.search(pattern, line)
            if match and not any(word in match.group(0) for word in EXCEPTIONS.get(name, [])):
                report.add(path, number, f"{match.group(0).strip()}…: {why}")
report.finish()
