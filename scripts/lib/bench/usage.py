# SPDX-License-Identifier: GPL-3.0-or-later
"""What a process uses, as the kernel tells."""

import os
import pathlib
import time


def memory_mib(pid):
    """Proportional set size: what is shared is divided among those who share it."""
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("no Pss")


def threads(pid):
    """(processor time in ns, voluntary context switches) of each living thread."""
    found = {}
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        try:
            run_ns = int((task / "schedstat").read_text(encoding="ascii").split()[0])
            status = (task / "status").read_text(encoding="ascii")
        except (FileNotFoundError, ProcessLookupError):
            continue
        switches = next(int(line.split()[1]) for line in status.splitlines()
                        if line.startswith("voluntary_ctxt_switches"))
        found[task.name] = (run_ns, switches)
    return found


def cpu_ms(pid):
    """Since its start, ended threads included, in steps of the kernel's clock (10 ms)."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


class Interval:
    """What a process uses from here to there."""

    def __init__(self, pid):
        self.pid = pid
        self.at = time.monotonic()
        self.before = threads(pid)

    def end(self):
        """(processor ms a second, wake-ups a second) of the threads that live at the end."""
        seconds = time.monotonic() - self.at
        run_ns = switches = 0
        for name, now in threads(self.pid).items():
            then = self.before.get(name, (0, 0))
            run_ns += now[0] - then[0]
            switches += now[1] - then[1]
        return run_ns / 1e6 / seconds, switches / seconds


def drop_caches():
    """Everything read from now on comes from the disk; False where that is not allowed."""
    os.sync()
    try:
        pathlib.Path("/proc/sys/vm/drop_caches").write_text("3", encoding="ascii")
    except OSError:
        return False
    return True
