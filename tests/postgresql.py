"""A private PostgreSQL from Debian's package: made in a temporary folder, gone afterwards."""

import os
import shutil
import socket
import subprocess
from itertools import count
from pathlib import Path

import psycopg2

POSTGRES_USER = "postgres"


def programs() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``, the newest version installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


class PostgreSQL:
    """A running server on a free port of this machine; databases are made on demand."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.bin = programs()
        self._numbers = count(1)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def _as_postgres(self, *words: str) -> None:
        """PostgreSQL refuses to run as root: then its own user runs it."""
        if os.geteuid() == 0:
            words = ("runuser", "-u", POSTGRES_USER, "--", *words)
        subprocess.run(words, check=True, capture_output=True, cwd="/")

    def start(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self.folder, POSTGRES_USER)
            for parent in self.folder.parents:
                if parent.stat().st_uid == 0 and "pytest" in parent.name:
                    parent.chmod(0o755)
        data = str(self.folder / "data")
        self._as_postgres(
            str(self.bin / "initdb"), "-D", data, "-A", "trust", "-U", "tutela", "-E", "UTF8"
        )
        options = f"-p {self.port} -k {self.folder} -c listen_addresses='' -c max_connections=200"
        self._as_postgres(
            str(self.bin / "pg_ctl"),
            *("-D", data, "-l", str(self.folder / "log"), "-w", "-o", options, "start"),
        )

    def stop(self) -> None:
        data = str(self.folder / "data")
        self._as_postgres(str(self.bin / "pg_ctl"), "-D", data, "-m", "immediate", "stop")

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
        return f"dbname='{name}' user='tutela' host='{self.folder}' port='{self.port}'"
