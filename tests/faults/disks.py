# SPDX-License-Identifier: GPL-3.0-or-later
"""Small disks that fill up, fail and come back."""

import contextlib
import errno
import os
import pathlib
import subprocess
import sys
import tempfile

SKIPPED = 77
BLOCK = 4096


def in_own_mounts():
    """Runs this program again where its mounts are its own: they end with it, however it ends. Returns there; ends
    with 77 where that cannot be done."""
    if os.environ.get("LINNET_OWN_MOUNTS"):
        return
    command = ["unshare", "--mount", "--propagation", "private"]
    if os.geteuid() != 0 or subprocess.run([*command, "true"], check=False, capture_output=True).returncode != 0:
        print("a small disk cannot be mounted here: that takes root")
        sys.exit(SKIPPED)
    os.environ["LINNET_OWN_MOUNTS"] = "1"
    os.execvp(command[0], [*command, sys.executable, *sys.argv])


class Disk:
    """A file system of its own with so many bytes, at folder."""

    def __init__(self, size=4 * 1024 * 1024):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="linnet-disk-"))
        self.ballast = self.folder / "ballast"
        self._mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs")

    def _mount(self, *arguments):
        subprocess.run(["mount", *arguments, str(self.folder)], check=True, capture_output=True)

    def free(self):
        """Bytes."""
        status = os.statvfs(self.folder)
        return status.f_bavail * status.f_frsize

    def fill(self, leave=0):
        """With something else, but for so many bytes."""
        with open(self.ballast, "ab", buffering=0) as file:
            while self.free() > leave:
                try:
                    file.write(bytes(min(BLOCK * 16, self.free() - leave)))
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise
                    return

    def make_room(self):
        self.ballast.unlink()

    def make_read_only(self):
        """Only while nobody has a file open for writing."""
        self._mount("-o", "remount,ro")

    def make_writable(self):
        self._mount("-o", "remount,rw")

    def end(self):
        subprocess.run(["umount", "--lazy", str(self.folder)], check=False, capture_output=True)
        with contextlib.suppress(OSError):
            self.folder.rmdir()


def database(folder):
    """The one database below it."""
    found = list(pathlib.Path(folder).glob("*/im.db"))
    assert len(found) == 1, found
    return found[0]


def garble(path, begin=0.3, end=0.7):
    """Overwrites what lies between these shares of the file, as a dying disk would."""
    size = path.stat().st_size
    first = int(size * begin) // BLOCK * BLOCK
    last = max(int(size * end) // BLOCK * BLOCK, first + BLOCK)
    with open(path, "r+b") as file:
        file.seek(first)
        file.write(os.urandom(min(last, size) - first))
