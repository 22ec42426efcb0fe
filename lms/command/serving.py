"""``tutela serve``: both applications under waitress, and an ear for commands."""

import contextlib
import gc
import logging
import re
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import waitress
import ZODB
from zc.lockfile import LockError

from lms import application, idle
from lms.command import running, tasks
from lms.command.bodies import Doorkeeper, channel_class
from lms.evolution import STEPS, refuse_if_behind
from lms.settings import Settings, SettingsError
from lms.worker import Worker, beside
from lms.zodb import open_database

THREADS = 64
"""At work or waiting for the disk: so many commits can share a transaction."""
CONNECTIONS = 4000
"""Open at once: a browser keeps up to six to each host while it is on a page, and its next
request waits for ever when there is no room for it."""
HEADERS = 1024 * 1024
"""Bytes of a request's headers: all cookies that browsers keep for a domain. Content could set them
for every content host, and none may refuse to answer for that."""
BACKLOG = 1024
"""Connections that wait to be taken."""
OWN_FILES = 200
"""Files that the database and the process itself keep open, with room to spare."""


def serve(ini: dict, arguments) -> int:
    """Serve until interrupted; the exit status.

    :raises lms.command.tasks.Refused: when the data or the port are somebody else's
    """
    from lms.command.arguments import parser

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    # Otherwise a line for every request that waits for a thread, which is every second one at noon.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    if arguments.port:
        ini = with_port(ini, arguments.port)
    settings = Settings.from_ini(ini)
    with contextlib.ExitStack() as opened:
        door = opened.enter_context(bound(ini.get("tutela.listen", "")))
        database = opened.enter_context(contextlib.closing(held(settings)))
        if arguments.demo:
            tasks.carry_out(database, settings, parser().parse_args(["init"]), None)
            print(tasks.carry_out(database, settings, parser().parse_args(["demo"]), None).words)  # noqa: T201
        worker = beside(database, settings)
        wake = worker.worker.wake if worker else idle
        site = application(settings, database, ini, wake)
        opened.callback(site.close)
        site.begin()
        if worker is not None:
            worker.start()
            opened.callback(worker.close)
        elif not arguments.no_worker:
            opened.enter_context(worker_process(arguments))
        server = waitress.create_server(
            site,
            sockets=[door],
            threads=THREADS,
            connection_limit=most_connections(),
            asyncore_use_poll=True,  # select() knows no more than 1024 connections
            backlog=BACKLOG,
            ident=None,
            **proxy(settings.trusted_proxy),
            max_request_header_size=HEADERS,
            max_request_body_size=settings.upload_limit + 1024 * 1024,
        )
        server.channel_class = channel_class(Doorkeeper(database, settings).longest)
        opened.callback(server.close)
        listener = running.Listener(database, settings, parser())
        listener.start()
        opened.callback(listener.close)
        signal.signal(signal.SIGTERM, stop)
        spare_the_collector()
        print(f"Tutela is at {settings.origins.site_url}", flush=True)  # noqa: T201
        server.run()
    return 0


@contextlib.contextmanager
def worker_process(arguments) -> Iterator[None]:
    """A worker in a process of its own, for as long as this one lives: it reads from a pipe whose
    other end goes with this process, however that ends."""
    words = [sys.executable, "-m", "lms.command", "work", "--beside", "--config", arguments.config]
    if arguments.data:
        words += ["--data", arguments.data]
    with subprocess.Popen(  # noqa: S603 (our own command)
        words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as process:
        try:
            yield
        finally:
            assert process.stdin is not None
            process.stdin.close()


def work(ini: dict, arguments) -> int:
    """``tutela work``: do what the outbox holds until interrupted; the exit status.

    :raises lms.command.tasks.Refused: when the site's own process does it
    """
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    settings = Settings.from_ini(ini)
    with contextlib.closing(held(settings)) as database:
        if beside(database, settings) is not None:
            raise tasks.Refused(
                "The data are in files, which the site's own process works on. "
                "Start the site with 'tutela serve'; it does this too."
            )
        with database.transaction() as connection:
            refuse_if_behind(connection.root(), STEPS)
        worker = Worker(database, settings, alone=False)
        signal.signal(signal.SIGTERM, lambda _signal, _frame: worker.close())
        signal.signal(signal.SIGINT, lambda _signal, _frame: worker.close())
        if arguments.beside:
            threading.Thread(target=close_with_input, args=(worker,), daemon=True).start()
        print("The worker looks for work.", flush=True)  # noqa: T201
        worker.run()
    return 0


def close_with_input(worker: Worker) -> None:
    """End the worker when whoever began it is gone."""
    sys.stdin.buffer.read()
    worker.close()


def spare_the_collector() -> None:
    """What is loaded by now stays for good: looking through it for garbage again and again would
    cost a tenth of every commit. Of what is new little is looked through at once, for everybody
    waits meanwhile: 20 000 objects took up to 200 ms on a busy machine of two cores."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 20, 20)


def bound(listen: str) -> socket.socket:
    """A socket at the address, whose visitors wait until somebody serves them.

    :param listen: ``host:port``; an address of IPv6 stands in brackets
    :raises lms.settings.SettingsError: when it is no such address
    :raises lms.command.tasks.Refused: when it cannot be had
    """
    host, separator, port = listen.strip().rpartition(":")
    if not separator or not port.isdecimal() or not 0 < int(port) < 65536:
        raise SettingsError(
            f"tutela.listen must be a host and a port, such as 127.0.0.1:6543; it is {listen!r}."
        )
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, int(port)), family=family, backlog=BACKLOG)
    except OSError as error:
        raise tasks.Refused(
            f"The site cannot listen on {listen} ({error.strerror}). Stop what is there, or choose "
            "another port with --port."
        )


def held(settings: Settings) -> ZODB.DB:
    """The site's database.

    :raises lms.command.tasks.Refused: when it is in files, which serve one process at a time, and
        another one has them
    """
    try:
        return open_database(settings.zodb_conf, settings.data)
    except LockError:
        raise tasks.Refused(
            f"Another process holds the data in {settings.data}, perhaps a site that runs already. "
            "Stop it first, or name another folder with --data."
        )


def proxy(address: str) -> dict:
    """Whom to believe about the client's address and scheme: the web server alone, or nobody."""
    if not address:
        return {"clear_untrusted_proxy_headers": True}
    return {
        "trusted_proxy": address,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        "clear_untrusted_proxy_headers": True,
    }


def most_connections() -> int:
    """How many connections may be open at once, within what the system lets this process open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + OWN_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        wanted = soft
    return wanted - OWN_FILES


def stop(_signal, _frame) -> None:
    """Asked to end (by systemd, or by whoever stops the machine): as an interruption from the
    keyboard, so that the database is closed with its index written."""
    raise KeyboardInterrupt


def with_port(ini: dict, port: int) -> dict:
    """The same settings on another port: it changes in the addresses that name this machine."""
    changed = dict(ini)
    host = ini["tutela.listen"].rpartition(":")[0]
    changed["tutela.listen"] = f"{host}:{port}"
    for name in ("tutela.site_url", "tutela.content_url"):
        parts = urlsplit(ini[name])
        bare = re.sub(r":\d+$", "", parts.netloc)
        if bare.split(".")[-1] == "localhost":
            changed[name] = f"{parts.scheme}://{bare}:{port}"
    return changed
