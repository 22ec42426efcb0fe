"""``make fuzz``: throws changed packages and manifests at their reading, for MINUTES each.

``python -m tests.fuzz [--minutes N] [--folder FOLDER] [zip|manifest …]``. An input that brings it
down is kept in the folder; the exit status is then 1.
"""

import argparse
import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from tests.fuzz.seeds import SEEDS  # noqa: E402

MEMORY = 1024
"""MiB: what the process that checks a package may hold (``scorm.packages.apart.MEMORY``)."""
HANGS = 30
"""Seconds after which an input is given up that does not come to an end at all; what ends after
more than two seconds of computing is a fault as well (``target.SECONDS``)."""
LONGEST = 64 * 1024
"""Bytes of an input: nothing new comes of longer ones, only fewer of them."""


def fuzz(name: str, minutes: float, folder: Path) -> bool:
    """Try one target; whether it held."""
    seeds = folder / f"{name}-seeds"
    found = folder / f"{name}-found"
    for each in (seeds, found):
        each.mkdir(parents=True, exist_ok=True)
    for content in SEEDS[name]():
        (seeds / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)
    asked = [
        *(f"-max_total_time={int(minutes * 60)}", f"-timeout={HANGS}", f"-rss_limit_mb={MEMORY}"),
        *(f"-max_len={LONGEST}", f"-artifact_prefix={folder}/{name}-", "-print_final_stats=1"),
        *(str(found), str(seeds)),
    ]
    print(f"{name}: for {minutes:g} minutes", flush=True)
    return (
        subprocess.run(
            [sys.executable, "-m", "tests.fuzz.target", name, *asked], cwd=ROOT
        ).returncode
        == 0
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="|".join(SEEDS), default=list(SEEDS))
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "fuzz")
    asked = parser.parse_args()
    folder = asked.folder.resolve()
    fallen = [name for name in asked.targets if not fuzz(name, asked.minutes, folder)]
    for name in fallen:
        print(
            f"\n{name}: what brought it down is {folder}/{name}-…, the newest. To try it again:\n"
            f"  {sys.executable} -m tests.fuzz.target {name} FILE",
            file=sys.stderr,
        )
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
