"""A private PostgreSQL from Debian's package: made for one test run, gone with it.

It listens on a socket in a folder of its own and on no network port, so whoever can open the
folder may connect, and nobody else.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections import deque
from itertools import count
from pathlib import Path
from threading import Thread

import psycopg2

USER = "postgres"
DATABASE = """
%import relstorage
<zodb main>
  cache-size 20000
  pool-size 64
  large-record-size 4MB
  <relstorage>
    keep-history false
    blob-dir {blob_dir}
    shared-blob-dir true
    <postgresql>
      driver psycopg2
      dsn {dsn}
    </postgresql>
  </relstorage>
</zodb>
"""


def programs() -> Path | None:
    """The folder of ``initdb`` and ``postgres``, of the newest version installed."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    return found[-1].parent if found else None


def relstorage_conf(dsn: str, blob_dir: Path) -> str:
    """The text of a ``zodb.conf`` for a database; processes that share it share ``blob_dir``."""
    return DATABASE.format(dsn=dsn, blob_dir=blob_dir)


class PostgreSQL:
    """A running server; databases are made on demand. ``with PostgreSQL() as server: …``

    :raises FileNotFoundError: when Debian's package ``postgresql`` is not installed
    """

    def __init__(self) -> None:
        folder = programs()
        if folder is None:
            raise FileNotFoundError("Debian's postgresql is missing: apt install postgresql")
        self._programs = folder
        self._numbers = count(1)
        # Not below pytest's own folder: that one is closed to the user that runs PostgreSQL.
        self.folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
        self._data = self.folder / "data"
        self._log: deque[str] = deque(maxlen=50)

    def __enter__(self) -> "PostgreSQL":
        if os.geteuid() == 0:
            shutil.chown(self.folder, USER)
        self._run(
            "initdb", "-D", self._data, "-A", "trust", "-U", "tutela", "-E", "UTF8", "--no-locale"
        )
        self._start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._server.send_signal(signal.SIGINT)  # without waiting for those who are connected
        self._server.wait()
        self._reader.join()
        self._server.stderr.close()
        shutil.rmtree(self.folder)

    def _start(self) -> None:
        """Start it in the foreground, bound to end with this process however that ends."""
        self._server = subprocess.Popen(
            self._words(
                *("postgres", "-D", self._data, "-k", self.folder),
                *("-c", "listen_addresses=", "-c", "max_connections=200"),
            ),
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder,
        )
        for line in self._server.stderr:
            self._log.append(line)
            if "ready to accept connections" in line:
                break
        else:
            raise RuntimeError("PostgreSQL did not start:\n" + "".join(self._log))
        self._reader = Thread(target=self._log.extend, args=(self._server.stderr,), daemon=True)
        self._reader.start()

    def _run(self, program: str, *words: str | Path) -> None:
        subprocess.run(
            self._words(program, *words), check=True, capture_output=True, cwd=self.folder
        )

    def _words(self, program: str, *words: str | Path) -> list[str | Path]:
        """The command; PostgreSQL refuses to run as root, so its own user runs it then."""
        who = ["--reuid", USER, "--regid", USER, "--clear-groups"] if os.geteuid() == 0 else []
        return ["setpriv", *who, "--pdeathsig", "QUIT", self._programs / program, *words]

    def database(self) -> str:
        """The data source name of a new, empty database."""
        name = f"site{next(self._numbers)}"
        line = psycopg2.connect(self._dsn("postgres"))
        line.autocommit = True
        with line.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
        line.close()
        return self._dsn(name)

    def _dsn(self, name: str) -> str:
        return f"dbname='{name}' user='tutela' host='{self.folder}'"
