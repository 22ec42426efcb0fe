"""How long a package takes from the last byte that was sent until it is stored, and how much
memory; beside it what ``unzip -t`` and a copy of the same file take."""

import shutil
import subprocess
import time
from pathlib import Path

import large
from servers import Client, Server

ROUNDS = 3


def measure(folder: Path) -> dict[str, float]:
    """``import.ratio_1gb``: wall time over that of ``unzip -t`` and ``cp``; ``import.rss_mb_1gb``:
    the most memory of the site with its worker, or of the process that checks, whichever is more;
    ``import.s_50mb_998files``: seconds. The best of three, on a site that works on nothing else."""
    server = Server(folder)
    server.run("init")
    server.add_people("author", role="author")
    server.start()
    author = Client(server)
    author.sign_in("author")
    few = large.write(folder / "1gb.zip", size=10**9, files=60, media=0.9)
    seconds, memory = _best(server, author, few)
    ratio = seconds / min(_by_hand(few) for _ in range(ROUNDS))
    many = large.write(folder / "50mb.zip", size=50 * 10**6, files=998, media=0.7)
    seconds_many, _ = _best(server, author, many)
    author.close()
    server.stop()
    return {
        "import.ratio_1gb": round(ratio, 2),
        "import.rss_mb_1gb": round(memory / 10**6),
        "import.s_50mb_998files": round(seconds_many, 2),
    }


def _best(server: Server, author: Client, path: Path) -> tuple[float, int]:
    """The least seconds, and the most memory."""
    times, peaks = [], []
    for _ in range(ROUNDS):
        sent = time.monotonic()

        def look() -> None:
            peaks.append(server.peak_of_children("scorm.packages.apart"))

        address = large.begin(author, path)
        with path.open("rb") as file:
            offset = 0
            while part := file.read(large.PART):
                sent = time.monotonic()
                large.send_part(author, address, offset, part)
                offset += len(part)
        assert large.wait(author, address, look) == "done"
        times.append(time.monotonic() - sent)
    return min(times), max([*peaks, server.peak_memory()])


def _by_hand(path: Path) -> float:
    began = time.monotonic()
    subprocess.run(["unzip", "-tqq", str(path)], check=True)
    copy = path.with_suffix(".copy")
    shutil.copyfile(path, copy)
    seconds = time.monotonic() - began
    copy.unlink()
    return seconds
