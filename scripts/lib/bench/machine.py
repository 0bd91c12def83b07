# SPDX-License-Identifier: GPL-3.0-or-later
"""The machine that is measured on, and a network of its own for everything that is started."""

import ctypes
import fcntl
import os
import pathlib
import platform
import socket
import struct
import subprocess
import sys
import tempfile

BUNDLE = pathlib.Path("/etc/ssl/certs/ca-certificates.crt")
ADDRESS = "10.99.0.1"  # not loopback: without one, names are not resolved
MS_BIND = 4096


def enter_own_network():
    """Runs the program again where every port is free and nothing leads outside; as a root of its own where it is not
    root. False, and nothing has happened, where that cannot be."""
    if os.environ.get("LINNET_BENCH_NETWORK"):
        bring_up_loopback()
        return True
    command = ["unshare", "--net", "--mount"]
    if os.geteuid() != 0:
        command[1:1] = ["--user", "--map-root-user"]
    if subprocess.run([*command, "true"], check=False, capture_output=True).returncode != 0:
        return False
    os.environ["LINNET_BENCH_NETWORK"] = "1"
    os.execvp(command[0], [*command, sys.executable, *sys.argv])


def bring_up_loopback():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        def request(number, name, payload):
            fcntl.ioctl(control, number, struct.pack("16s24s", name, payload))
        request(0x8914, b"lo", struct.pack("h", 1 | 0x40))  # SIOCSIFFLAGS: up, running
        request(0x8916, b"lo:1", struct.pack("hH4s8x", socket.AF_INET, 0, socket.inet_aton(ADDRESS)))


def trust(certificate, folder):
    """From now on, in our own view of the files, the system trusts it."""
    bundle = pathlib.Path(folder) / "ca-certificates.crt"
    known = BUNDLE.read_bytes() if BUNDLE.exists() else b""
    bundle.write_bytes(known + pathlib.Path(certificate).read_bytes())
    if ctypes.CDLL(None, use_errno=True).mount(str(bundle).encode(), str(BUNDLE).encode(), None, MS_BIND, None) != 0:
        raise OSError(ctypes.get_errno(), "the certificate cannot be made trusted")


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
