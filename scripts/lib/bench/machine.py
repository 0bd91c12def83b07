# SPDX-License-Identifier: GPL-3.0-or-later
"""The machine that is measured on."""

import os
import pathlib
import platform
import tempfile


def memory_folder():
    """A folder for a server's data, removed at the end: in memory where that can be, since no disk is measured."""
    return tempfile.TemporaryDirectory(prefix="linnet-bench-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)


def describe():
    """One line: processor, cores, memory, system."""
    cpu = next((line.partition(":")[2].strip() for line in
                pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
                if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2 ** 30
    release = platform.freedesktop_os_release()
    return (f"{cpu}, {os.cpu_count()} processors, {memory:.0f} GiB, {release['PRETTY_NAME']}, "
            f"Linux {platform.release()}")
