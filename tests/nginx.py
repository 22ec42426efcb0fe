"""Debian's nginx with ``docs/nginx.conf`` itself in front of a site, on loopback, over TLS.

Only addresses, paths and certificates are put in place of those that the file names.
"""

import os
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
from collections.abc import Mapping
from http.client import HTTPSConnection
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from servers import ROOT, Client, Server

SITE = "https://learn.example.org"
CONTENT = "https://*.example-content.org"
NAMES = ("learn.example.org", "example-content.org")
ADDRESSES = ("127.0.0.1", "127.0.0.2")
PORTS = (443, 80)
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
"""Where it wants folders of its own, which only root may make in Debian's place."""


def program() -> str | None:
    """nginx, when what these tests need is installed."""
    path = f"{os.environ['PATH']}:/usr/sbin"
    return shutil.which("nginx", path=path) if shutil.which("openssl") else None


class Nginx:
    """A running nginx. ``with Nginx(server) as nginx: …``

    :param server: the site behind it, which is told so; it has not started yet
    """

    def __init__(self, server: Server):
        server.set(site_url=SITE, content_url=CONTENT, trusted_proxy="127.0.0.1")
        self.server = server
        # Not below pytest's own folder: that one is closed to the user that nginx runs as.
        self.folder = Path(tempfile.mkdtemp(prefix="nginx-"))
        self.folder.chmod(0o755)

    def __enter__(self) -> "Nginx":
        for name in NAMES:
            self._certify(name)
        # It is given its sockets, as by an nginx that it takes over from: they are open before it
        # starts, and it stays in the foreground, bound to end with this process.
        doors = [socket.create_server((host, 0)) for host in ADDRESSES for _ in PORTS]
        self.tls, self.plain, self._other_tls, self._other_plain = (
            door.getsockname()[1] for door in doors
        )
        conf = self.folder / "nginx.conf"
        conf.write_text(self._adapted((ROOT / "docs/nginx.conf").read_text("utf-8")), "utf-8")
        words = [program(), "-p", self.folder, "-c", conf, "-e", self.folder / "error.log"]
        self._process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", *words],
            env={**os.environ, "NGINX": "".join(f"{door.fileno()};" for door in doors)},
            pass_fds=[door.fileno() for door in doors],
            stderr=subprocess.PIPE,
            text=True,
        )
        for door in doors:
            door.close()
        return self

    def stop(self) -> None:
        """End it, once it has finished with everybody and written down what it had to."""
        self._process.send_signal(signal.SIGQUIT)
        _, said = self._process.communicate()
        assert self._process.returncode == 0, said

    def __exit__(self, *_exc: object) -> None:
        if self._process.returncode is None:
            self.stop()
        shutil.rmtree(self.folder)

    def _adapted(self, text: str) -> str:
        temporary = "\n".join(f"    {name}_temp_path {self.folder}/{name};" for name in TEMPORARY)
        for of_debian, here in (
            ("listen 443", f"listen 127.0.0.1:{self.tls}"),
            ("listen 80", f"listen 127.0.0.1:{self.plain}"),
            ("listen [::]:443", f"listen 127.0.0.2:{self._other_tls}"),
            ("listen [::]:80", f"listen 127.0.0.2:{self._other_plain}"),
            ("127.0.0.1:6543;", f"127.0.0.1:{self.server.port};"),
            ("/etc/nginx/tls", str(self.folder)),
            ("/var/log/nginx", str(self.folder)),
            ("/run/nginx.pid", f"{self.folder}/nginx.pid"),
            ("http {\n", f"http {{\n{temporary}\n"),
        ):
            assert of_debian in text, f"docs/nginx.conf no longer has {of_debian}"
            text = text.replace(of_debian, here)
        return text

    def _certify(self, name: str) -> None:
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt"),
                *("ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", f"/CN={name}"),
                *("-addext", f"subjectAltName=DNS:{name},DNS:*.{name}"),
                *("-keyout", self.folder / f"{name}.key", "-out", self.folder / f"{name}.pem"),
            ],
            check=True,
            capture_output=True,
        )

    def context(self) -> ssl.SSLContext:
        """What a browser knows that trusts the certificates."""
        context = ssl.create_default_context()
        for name in NAMES:
            context.load_verify_locations(self.folder / f"{name}.pem")
        return context

    def log(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")


class Line(HTTPSConnection):
    """A connection to a host by its name, over TLS, to nginx.

    :param client: the address it comes from
    :param told: headers that go with every request
    """

    def __init__(
        self,
        nginx: Nginx,
        host: str,
        client: str = "127.0.0.1",
        told: Mapping[str, str] = MappingProxyType({}),
    ):
        super().__init__(host, timeout=60, context=nginx.context())
        self._place = ("127.0.0.1", nginx.tls)
        self._client = client
        self._told = told

    def connect(self) -> None:
        line = socket.create_connection(self._place, self.timeout, (self._client, 0))
        self.sock = self._context.wrap_socket(line, server_hostname=self.host)

    def endheaders(self, *body, **more) -> None:
        for name, value in self._told.items():
            self.putheader(name, value)
        super().endheaders(*body, **more)


class Visitor(Client):
    """Somebody's browser, without a window, that comes through nginx."""

    scheme = "https"

    def __init__(self, nginx: Nginx, client: str = "127.0.0.1", **told: str):
        """:param told: headers that go with every request, with ``_`` for ``-``"""
        super().__init__(nginx.server)
        self.site = urlsplit(SITE).netloc
        self._nginx = nginx
        self._client = client
        self._told = {name.replace("_", "-"): value for name, value in told.items()}

    def connect(self, host: str) -> Line:
        return Line(self._nginx, host, self._client, self._told)
