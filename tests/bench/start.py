"""How long the site takes to answer when it is started a second time."""

import time
from pathlib import Path

from servers import Client, Server


def measure(folder: Path) -> dict[str, float]:
    """``start.s``: seconds from the command to the first answer."""
    server = Server(folder)
    server.run("init")
    server.run("demo")
    began = time.monotonic()
    server.start()
    visitor = Client(server)
    visitor.get("/sign-in")
    seconds = time.monotonic() - began
    visitor.close()
    server.stop()
    return {"start.s": round(seconds, 2)}
