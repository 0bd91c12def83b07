# SPDX-License-Identifier: GPL-3.0-or-later
"""Real XMPP servers as child processes: Debian's Prosody and ejabberd, unmodified, on free loopback ports, with their
configuration from server/ and their data in a folder of their own. Nothing is left behind: they end with us.

    with servers.Prosody() as server:
        server.register("alice", "secret")
        print(server.ws_url)
"""

import base64
import contextlib
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import secrets
import shutil
import signal
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import time

import process

CONFIGURATIONS = pathlib.Path(__file__).resolve().parents[2] / "server"
START_SECONDS = 60
JOIN_SECONDS = 30
ATTEMPTS = 3


class ServerError(Exception):
    """The server does not start, or does not do what it is asked."""


class Server:
    """What both kinds have in common. domain: what stands after the @ of an address."""

    name = None
    domain = "localhost"
    ws_path = None

    def __init__(self, folder=None, websocket=True, only_plain=False, resume_seconds=300, https_port=None,
                 upload_port=None):
        self.folder = pathlib.Path(folder) if folder else None
        self.temporary = folder is None
        self.websocket = websocket
        self.only_plain = only_plain
        self.resume_seconds = resume_seconds
        self.wanted_https_port = https_port
        self.upload_port = upload_port      # where files are said to be, when something stands before the server
        self.c2s_port = self.http_port = self.https_port = None
        self.process = None

    # For each kind

    def prepare(self):
        """Writes the configuration."""
        raise NotImplementedError

    def command(self):
        """(argv, environment)"""
        raise NotImplementedError

    def register(self, user, password, domain=None):
        raise NotImplementedError

    # Addresses

    @property
    def ws_url(self):
        return f"ws://127.0.0.1:{self.http_port}{self.ws_path}"

    @property
    def wss_url(self):
        return f"wss://localhost:{self.https_port}{self.ws_path}"

    @property
    def certificate(self):
        return self.folder / "certs" / "localhost.crt"

    @property
    def certificate_sha256(self):
        der = ssl.PEM_cert_to_DER_cert(self.certificate.read_text(encoding="ascii"))
        return hashlib.sha256(der).hexdigest()

    def address(self, user):
        return f"{user}@{self.domain}"

    @property
    def ports(self):
        return (self.c2s_port, self.http_port, self.https_port)

    @property
    def log_file(self):
        return self.folder / f"{self.name}.log"

    # Running

    def start(self, folder=None):
        """Ready when it returns. Called again after stop() or kill() it comes back on the same ports and data."""
        if folder is not None:
            self.folder = pathlib.Path(folder)
            self.temporary = False
        if self.folder is None:
            self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"linnet-{self.name}-"))
        for sub in ("certs", "data", "www", "upload"):
            (self.folder / sub).mkdir(parents=True, exist_ok=True)
        if not self.certificate.exists():
            make_certificate(self.folder / "certs")
        again = self.c2s_port is not None
        for attempt in range(ATTEMPTS):
            if not again:
                self.c2s_port, self.http_port, self.https_port = process.free_ports(3)
                self.https_port = self.wanted_https_port or self.https_port
            self.prepare()
            if self._launch():
                return self
            if again:
                break
        self.c2s_port = None
        raise ServerError(f"{self.name} does not start:\n{self.last_words()}")

    def _launch(self):
        argv, environment = self.command()
        with open(self.folder / "output.log", "ab") as output:
            self.process = process.start(argv, environment, stdout=output, stderr=output,
                                         cwd=self.folder / "data")
        waiting = set(self.ports)

        def is_up():
            if self.process.poll() is not None:
                return True
            waiting.difference_update([port for port in list(waiting) if process.is_listening(port)])
            return not waiting
        process.wait_for(is_up, START_SECONDS, f"{self.name} to listen")
        return not waiting

    def last_words(self):
        """The end of what it wrote, for a message."""
        text = ""
        for path in (self.folder / "output.log", self.log_file):
            if path.exists():
                text += path.read_text(encoding="utf-8", errors="replace")[-3000:]
        return text

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def stop(self):
        """Ends it as an operator would, and removes a temporary folder."""
        self.shut_down()
        if self.temporary and self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def shut_down(self, seconds=20):
        """SIGTERM; the data stays."""
        process.end(self.process, seconds)

    def kill(self):
        """SIGKILL; the data stays as it is."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def restart(self):
        self.shut_down()
        self.start()

    def freeze(self):
        """It keeps its connections and says nothing any more."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()


class Prosody(Server):
    """plugins: a folder of Prosody modules, plugin: the one of them to load."""

    name = "prosody"
    ws_path = "/xmpp-websocket"

    def __init__(self, folder=None, storage="internal", authentication="internal_hashed", plugins=None, plugin=None,
                 domain="localhost", **options):
        super().__init__(folder, **options)
        self.storage = storage
        self.authentication = authentication
        self.plugins = plugins
        self.plugin = plugin
        self.domain = domain

    @property
    def configuration(self):
        return CONFIGURATIONS / "prosody" / "prosody.cfg.lua"

    def environment(self):
        values = {
            "LINNET_SERVER_DIR": self.folder, "LINNET_DOMAIN": self.domain, "LINNET_C2S_PORT": self.c2s_port,
            "LINNET_HTTP_PORT": self.http_port, "LINNET_HTTPS_PORT": self.https_port,
            "LINNET_STORAGE": self.storage, "LINNET_AUTH": self.authentication,
            "LINNET_RESUME_SECONDS": self.resume_seconds, "LINNET_UPLOAD_PORT": self.upload_port or self.http_port,
        }
        if not self.websocket:
            values["LINNET_NO_WEBSOCKET"] = "1"
        if self.only_plain:
            values["LINNET_ONLY_PLAIN"] = "1"
        if self.plugin:
            values.update(LINNET_PLUGINS=self.plugins, LINNET_PLUGIN=self.plugin)
        return {**os.environ, **{key: str(value) for key, value in values.items()}}

    def prepare(self):
        links = [("urn:xmpp:alt-connections:websocket", self.ws_url)] if self.websocket else []
        write_host_meta(self.folder / "www", links)

    def command(self):
        return ["prosody", "--config", self.configuration, "-F"], self.environment()

    def register(self, user, password, domain=None):
        """Works while it runs and while it does not."""
        done = subprocess.run(["prosodyctl", "--config", str(self.configuration), "register", user,
                               domain or self.domain, password], env=self.environment(), capture_output=True,
                              text=True, check=False)
        if done.returncode != 0:
            raise ServerError(f"{user} cannot be registered: {done.stdout}{done.stderr}")


class Ejabberd(Server):
    """Without Erlang's distribution, so without epmd and cookies. The host jwt.localhost takes tokens. storage: sql
    (SQLite, of this node) or mnesia (Erlang's own, which nodes can share)."""

    name = "ejabberd"
    ws_path = "/ws"
    jwt_domain = "jwt.localhost"
    jwt_secret = b"a secret that only the tests share"

    in_mnesia = {"auth_method: [sql]": "auth_method: [internal]", "auth_method: [jwt, sql]":
                 "auth_method: [jwt, internal]", "default_db: sql": "default_db: mnesia"}

    def __init__(self, folder=None, max_sessions=10, max_auth_failures=None, storage="sql", **options):
        super().__init__(folder, **options)
        self.storage = storage
        self.max_sessions = max_sessions
        self.max_auth_failures = max_auth_failures

    def prepare(self):
        database = self.folder / "ejabberd.sqlite"
        if not database.exists():
            schema = pathlib.Path("/usr/share/ejabberd/sql/lite.new.sql").read_text(encoding="utf-8")
            with sqlite3.connect(database) as connection:
                connection.executescript(schema)
            connection.close()
        key = {"kty": "oct", "k": to_base64url(self.jwt_secret)}
        (self.folder / "jwt.jwk").write_text(json.dumps(key), encoding="ascii")
        text = (CONFIGURATIONS / "ejabberd" / "ejabberd.yml.in").read_text(encoding="utf-8")
        fail2ban = f"  mod_fail2ban: {{ c2s_max_auth_failures: {self.max_auth_failures} }}"
        values = {
            "DIR": self.folder, "C2S_PORT": self.c2s_port, "HTTP_PORT": self.http_port,
            "HTTPS_PORT": self.https_port, "UPLOAD_PORT": self.upload_port or self.http_port, "MAX_SESSIONS": self.max_sessions,
            "RESUME_SECONDS": self.resume_seconds,
            "HTTP_WS": "/ws: ejabberd_http_ws\n      " if self.websocket else "",
            "FAIL2BAN": fail2ban if self.max_auth_failures else "",
            "MECHANISMS": 'disable_sasl_mechanisms: ["SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512", '
                          '"SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-512-PLUS", "DIGEST-MD5", '
                          '"X-OAUTH2"]' if self.only_plain else "",
        }
        for key, value in values.items():
            text = text.replace(f"@{key}@", str(value))
        for line, other in self.in_mnesia.items() if self.storage == "mnesia" else ():
            text = text.replace(line, other)
        (self.folder / "ejabberd.yml").write_text(text, encoding="utf-8")

    def environment(self):
        return {
            **os.environ, "EJABBERD_CONFIG_PATH": str(self.folder / "ejabberd.yml"),
            "EJABBERD_LOG_PATH": str(self.log_file), "ERL_CRASH_DUMP": str(self.folder / "crash.dump"),
            "ERL_LIBS": "/usr/lib/x86_64-linux-gnu" if os.path.isdir("/usr/lib/x86_64-linux-gnu") else "/usr/lib",
            "ERL_MAX_PORTS": "4096", "ERL_MAX_ETS_TABLES": "1400", "HOME": str(self.folder),
        }

    def command(self):
        spool = self.folder / "spool"
        spool.mkdir(exist_ok=True)
        argv = ["erl", "+K", "true", "+P", "250000", "+sbwt", "none", "+sbwtdcpu", "none", "+sbwtdio", "none",
                "-mnesia", "dir", f'"{spool}"', "-s", "ejabberd", "-noinput"]
        return argv, self.environment()

    def api(self, command, **arguments):
        """One command of ejabberd's HTTP interface."""
        connection = http.client.HTTPConnection("127.0.0.1", self.http_port, timeout=20)
        try:
            connection.request("POST", f"/api/{command}", json.dumps(arguments),
                               {"Content-Type": "application/json", "Host": f"localhost:{self.http_port}"})
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        if answer.status != 200:
            raise ServerError(f"{command}: {answer.status} {text}")
        return json.loads(text)

    def register(self, user, password, domain=None):
        self.api("register", user=user, host=domain or self.domain, password=password)

    def token(self, user, seconds, domain=None):
        """A signed token (JWT, HS256) for an account of jwt.localhost, valid for so many seconds from now."""
        header = {"alg": "HS256", "typ": "JWT"}
        now = int(time.time())
        claims = {"jid": f"{user}@{domain or self.jwt_domain}", "iat": now, "exp": now + int(seconds)}
        parts = ".".join(to_base64url(json.dumps(part).encode()) for part in (header, claims))
        signature = hmac.new(self.jwt_secret, parts.encode(), hashlib.sha256).digest()
        return f"{parts}.{to_base64url(signature)}"


class EjabberdNode(Ejabberd):
    """One of several that find each other by the epmd on that port, and trust each other by the cookie."""

    def __init__(self, node, epmd_port, cookie, **options):
        super().__init__(storage="mnesia", **options)
        self.node = f"{node}@127.0.0.1"
        self.epmd_port = epmd_port
        self.cookie = cookie

    def environment(self):
        return {**super().environment(), "ERL_EPMD_PORT": str(self.epmd_port), "ERL_EPMD_ADDRESS": "127.0.0.1"}

    def _distributed(self, name):
        return ["-name", name, "-setcookie", self.cookie, "-start_epmd", "false",
                "-kernel", "inet_dist_use_interface", "{127,0,0,1}"]

    def command(self):
        argv, environment = super().command()
        return [argv[0], *self._distributed(self.node), *argv[1:]], environment

    def control(self, *arguments):
        """One command of ejabberdctl; what it printed."""
        argv = ["erl", *self._distributed(f"control-{os.getpid()}-{time.monotonic_ns()}@127.0.0.1"), "-hidden",
                "-noinput", "-s", "ejabberd_ctl", "-extra", self.node, "--no-timeout", *arguments]
        done = subprocess.run(argv, env=self.environment(), capture_output=True, text=True, check=False,
                              timeout=JOIN_SECONDS)
        if done.returncode != 0:
            raise ServerError(f"{' '.join(arguments)}: {done.returncode} {done.stdout}{done.stderr}")
        return done.stdout


class EjabberdCluster:
    """Two nodes of one server: accounts, archives and sessions are shared. Each can be killed and started again."""

    domain = Ejabberd.domain
    ws_path = Ejabberd.ws_path

    def __init__(self, **options):
        self.options = options
        self.epmd = None
        self.nodes = []

    def start(self):
        """Both nodes are there and know of each other when it returns."""
        for attempt in range(ATTEMPTS):
            try:
                self._start_nodes()
                break
            except BaseException as error:
                self.stop()
                # A node that joins restarts inside; at times its parts do so in the wrong order.
                trouble = (ServerError, process.Timeout, subprocess.TimeoutExpired)
                if not isinstance(error, trouble) or attempt == ATTEMPTS - 1:
                    raise
        return self

    def _start_nodes(self):
        (port,) = process.free_ports(1)
        self.epmd = process.start(["epmd", "-port", port, "-address", "127.0.0.1"])
        process.wait_for(lambda: process.is_listening(port), START_SECONDS, "epmd to listen")
        cookie = secrets.token_hex(16)
        self.nodes = [EjabberdNode(f"linnet{number}", port, cookie, **self.options) for number in (1, 2)]
        for node in self.nodes:
            node.start()
        self.nodes[1].control("join_cluster", self.nodes[0].node)
        process.wait_for(self.is_whole, JOIN_SECONDS, "the nodes to find each other")

    def is_whole(self):
        """Both nodes take clients and know of each other."""
        def knows_all(node):
            with contextlib.suppress(ServerError, subprocess.TimeoutExpired):
                known = {line.strip("'") for line in node.control("list_cluster").split()}
                return known == {one.node for one in self.nodes}
            return False
        return all(node.is_running() and process.is_listening(node.http_port) and knows_all(node)
                   for node in self.nodes)

    def mend(self):
        """Starts again what was killed."""
        dead = [node for node in self.nodes if not node.is_running()]
        for node in dead:
            node.start()
        if dead:
            process.wait_for(self.is_whole, START_SECONDS, "the nodes to find each other again")

    def register(self, user, password):
        self.nodes[0].register(user, password)

    def address(self, user):
        return f"{user}@{self.domain}"

    def stop(self):
        for node in self.nodes:
            node.stop()
        process.end(self.epmd)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()


KINDS = {"prosody": Prosody, "ejabberd": Ejabberd}


def make_certificate(folder):
    """A certificate for localhost that nobody has signed."""
    key, certificate = folder / "localhost.key", folder / "localhost.crt"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "3650", "-keyout", str(key), "-out", str(certificate), "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost,DNS:*.localhost,IP:127.0.0.1"],
                   check=True, capture_output=True)
    (folder / "localhost.pem").write_text(key.read_text(encoding="ascii") + certificate.read_text(encoding="ascii"),
                                          encoding="ascii")


def write_host_meta(folder, links):
    """XEP-0156 as static files."""
    rows = "".join(f'<Link rel="{rel}" href="{href}"/>' for rel, href in links)
    xrd = f'<?xml version="1.0"?><XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">{rows}</XRD>\n'
    (folder / "host-meta").write_text(xrd, encoding="utf-8")
    (folder / "host-meta.json").write_text(json.dumps({"links": [{"rel": rel, "href": href} for rel, href in links]}),
                                           encoding="utf-8")


def to_base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def main():
    """servers.py prosody|ejabberd [FOLDER]: one server with three accounts, until Ctrl+C."""
    if len(sys.argv) not in (2, 3) or sys.argv[1] not in KINDS:
        sys.exit(f"usage: servers.py {'|'.join(KINDS)} [FOLDER]")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with KINDS[sys.argv[1]](*sys.argv[2:]) as server:
        for user in ("alice", "bob", "carol"):
            with contextlib.suppress(ServerError):    # a folder that is used again knows them
                server.register(user, user)
        print(f"{server.name} in {server.folder}\nWebSocket  {server.ws_url}\n           {server.wss_url}\n"
              f"TCP        127.0.0.1:{server.c2s_port}\naccounts   alice, bob, carol; each password is the name",
              flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()


if __name__ == "__main__":
    main()
