# SPDX-License-Identifier: GPL-3.0-or-later
"""A network and a view of the files of one's own: every port is free, nothing leads outside, and what the system trusts
can be changed."""

import ctypes
import fcntl
import os
import pathlib
import socket
import struct
import subprocess
import sys

NOT_LOOPBACK = "10.77.0.1"  # an address there that is not loopback
BUNDLE = pathlib.Path("/etc/ssl/certs/ca-certificates.crt")
MS_BIND = 4096
ENTERED = "LINNET_OWN_NAMESPACE"


def enter():
    """Runs this program again in there; as a root of its own where it is not root. Returns: True in there; False, and
    nothing has happened, where that cannot be."""
    if os.environ.get(ENTERED):
        _bring_up_network()
        return True
    command = ["unshare", "--net", "--mount"]
    if os.geteuid() != 0:
        command[1:1] = ["--user", "--map-root-user"]
    if subprocess.run([*command, "true"], check=False, capture_output=True).returncode != 0:
        return False
    os.environ[ENTERED] = "1"
    os.execvp(command[0], [*command, sys.executable, *sys.argv])


def _bring_up_network():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        def request(number, name, payload):
            fcntl.ioctl(control, number, struct.pack("16s24s", name, payload))
        request(0x8914, b"lo", struct.pack("h", 1 | 0x40))  # SIOCSIFFLAGS: up, running
        # SIOCSIFADDR; without an address that is not loopback, names are not resolved
        request(0x8916, b"lo:1", struct.pack("hH4s8x", socket.AF_INET, 0, socket.inet_aton(NOT_LOOPBACK)))


def trust(certificate, folder):
    """From now on the system trusts it, in there. folder: where a file may be kept as long as it is trusted"""
    bundle = pathlib.Path(folder) / "ca-certificates.crt"
    bundle.write_bytes(BUNDLE.read_bytes() + pathlib.Path(certificate).read_bytes())
    if ctypes.CDLL(None, use_errno=True).mount(str(bundle).encode(), str(BUNDLE).encode(), None, MS_BIND, None) != 0:
        raise OSError(ctypes.get_errno(), "the certificate cannot be made trusted")
