"""``tutela serve``: both applications under waitress, and an ear for commands."""

import logging
import re
from urllib.parse import urlsplit

import waitress

from lms import application
from lms.command import running, tasks
from lms.settings import Settings
from lms.zodb import open_database

THREADS = 16


def serve(ini: dict, arguments) -> int:
    """Serve until interrupted; the exit status."""
    from lms.command import parser

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    if arguments.port:
        ini = with_port(ini, arguments.port)
    settings = Settings.from_ini(ini)
    database = open_database(settings.zodb_conf, settings.data)
    try:
        if arguments.demo:
            tasks.carry_out(database, settings, parser().parse_args(["init"]), None)
            print(tasks.carry_out(database, settings, parser().parse_args(["demo"]), None).words)  # noqa: T201
        app = application(settings, database, ini)
        listener = running.Listener(database, settings, parser())
        listener.start()
        host, _, port = ini["tutela.listen"].rpartition(":")
        print(f"Tutela is at {settings.origins.site_url}", flush=True)  # noqa: T201
        try:
            waitress.serve(
                app,
                host=host,
                port=int(port),
                threads=THREADS,
                ident=None,
                clear_untrusted_proxy_headers=True,
                max_request_body_size=settings.upload_limit + 1024 * 1024,
                _quiet=True,
            )
        finally:
            listener.close()
    finally:
        database.close()
    return 0


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
