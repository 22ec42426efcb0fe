"""What the page that verifies certificates takes for a thousand hostile uploads, one after another:
the worst answer, and the most memory of the site with the processes that read the files."""

import time
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path

from forgeries import Forger
from office import Office
from servers import Server

COUNT, SEED = 1000, 20261126
HUGE = 100 * 1024 * 1024
HEAD = b'--x\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'


def measure(folder: Path) -> dict[str, float]:
    """``verify.worst_s_1000``: seconds, over connections to the running site;
    ``verify.worst_s_100mb``: of a PDF of 100 MB; ``verify.rss_mb``: megabytes."""
    server = Server(folder)
    # Before a web server that is believed about who asks, so that nobody has to wait.
    server.set(trusted_proxy="127.0.0.1")
    server.run("init")
    forger = Forger(
        Office(folder / "keys", server.url),
        own=Office(folder / "own", "https://evil.example"),
        twin=Office(folder / "twin", server.url),
    )
    server.start()
    made = (content for _name, content in forger.make(SEED, COUNT))
    times, peaks = [], []
    send(server, forger.jwt.encode(), 0)  # the readers begin with the first file
    for number, content in enumerate(made):
        times.append(send(server, content, number))
        with suppress(FileNotFoundError):  # a thread of the site ended while it was looked at
            peaks.append(server.peak_of_children())
    huge = send(server, b"%PDF-1.7\n".ljust(HUGE), 1)
    memory = server.peak_memory() + max(peaks)
    server.stop()
    return {
        "verify.worst_s_1000": round(max(times), 2),
        "verify.worst_s_100mb": round(huge, 2),
        "verify.rss_mb": round(memory / 10**6),
    }


def send(server: Server, content: bytes, number: int) -> float:
    """Seconds until the answer, which accepts nothing."""
    body = HEAD + content + b"\r\n--x--\r\n"
    line = HTTPConnection("127.0.0.1", server.port, timeout=60)
    began = time.monotonic()
    headers = {
        "Host": server.url.partition("://")[2],
        "Content-Type": "multipart/form-data; boundary=x",
        "X-Forwarded-For": f"198.51.{number // 200}.{number % 200}",
    }
    line.request("POST", "/certificates/", body, headers)
    answer = line.getresponse()
    text = answer.read()
    seconds = time.monotonic() - began
    line.close()
    assert answer.status in (404, 413, 422, 503), text
    assert b"This certificate is valid" not in text
    return seconds
