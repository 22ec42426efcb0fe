"""A package that tries all it can, and a stranger's server that must never hear of it.

The package is made here: a real SCO whose page has a function for each attempt. Each says what came
of it: ``reached``, ``refused``, or ``asked`` where content cannot know, and the stranger would.
"""

import json
import socket
import zipfile
from contextlib import suppress
from pathlib import Path
from threading import Thread

from balancer import hang_up
from smallest import MANIFEST_2004, PAGE

ATTACK = Path(__file__).with_suffix(".js")


class Stranger:
    """A server somewhere else: ``heard`` is each request it was sent, ``met`` counts connections.

    Chromium opens one for a frame before it refuses the frame; docs/safety.md says so.
    """

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.met = 0
        self._ear = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.host = "stranger.localhost"
        self.place = f"{self.host}:{self._ear.getsockname()[1]}"
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        with suppress(OSError):  # it is closed
            while True:
                line, _ = self._ear.accept()
                self.met += 1
                Thread(target=self._hear, args=(line,), daemon=True).start()

    def _hear(self, line: socket.socket) -> None:
        with line, suppress(OSError):
            if said := line.recv(300):
                self.heard.append(said.decode("latin-1"))
                line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    def close(self) -> None:
        hang_up(self._ear)
        self._listener.join()
        self._ear.close()


def write(path: Path, targets: dict[str, str]) -> Path:
    """The package as a zip file.

    :param targets: what it goes for: the ``site``, ``away`` (the stranger), an ``other`` content
        host with a capability that was ``stolen`` there, and the ``version`` that this opens
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", MANIFEST_2004.replace("Smallest", "Hostile"))
        archive.writestr("page.html", f'{PAGE}<script src="attack.js"></script>')
        archive.writestr("targets.json", json.dumps(targets))
        archive.writestr("worker.js", "self.addEventListener('fetch', () => {});")
        archive.writestr("taken.js", "window.taken = true;")
        archive.writestr("fake.html", "<p>Sign in here")
        for name in ("picture.png", "style.css", "sound.wav", "font.woff"):
            archive.writestr(name, "")
        archive.write(ATTACK, "attack.js")
    return path
