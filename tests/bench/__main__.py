"""``make bench``: measures what the project claims, now, on this machine.

``python -m tests.bench [THEME …]`` measures some themes alone. A figure that cannot be measured
here is absent.
"""

import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from tests.bench import (  # noqa: E402
    attempts,
    badges,
    building,
    bulk,
    commits,
    hostile,
    imports,
    pages,
    pdfs,
    player,
    quizzes,
    sequencing,
    serving,
    start,
)

THEMES = {
    "start": start,
    "commits": commits,
    "imports": imports,
    "pages": pages,
    "player": player,
    "sequencing": sequencing,
    "serving": serving,
    "quizzes": quizzes,
    "attempts": attempts,
    "building": building,
    "badges": badges,
    "pdfs": pdfs,
    "bulk": bulk,
    "hostile": hostile,
}
OUTPUT = ROOT / "build" / "bench.json"


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in THEMES]
    if unknown:
        print(f"Unknown: {', '.join(unknown)}. There are {', '.join(THEMES)}.", file=sys.stderr)
        return 2
    figures: dict[str, float] = {}
    for name in names or THEMES:
        with tempfile.TemporaryDirectory() as folder:
            found = THEMES[name].measure(Path(folder))
        for key, value in found.items():
            print(f"{key:<28} {value:>10}", flush=True)
        figures |= found
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    return 0


sys.exit(main(sys.argv[1:]))
