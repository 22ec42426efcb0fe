"""``make conformance``: walks through ADL's cases and prints what came of each.

``python -m tests.conformance [FOLDER] [--browser] [--case ID …]``; the folder holds cases as
``cases.py`` tells. Exit status 1 when one of them did not go as expected.
"""

import argparse
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
warnings.filterwarnings("ignore", "pkg_resources is deprecated", UserWarning)

from browsers import chromium  # noqa: E402
from conformance import chromium as browser  # noqa: E402
from conformance import offline  # noqa: E402
from conformance.cases import CTS, Case, NotUnderstood, case, names  # noqa: E402
from conformance.walk import Walk, walk  # noqa: E402

ROW = "{:<10} {:>8} {:>6} {:>9}  {:<8} {:<8}"

Walker = Callable[[Case], Walk]


def on_the_server(found: Case) -> Walk:
    """On the server's code alone."""
    return walk(found, offline.Learner(found.packages))


@contextmanager
def in_chromium(cases: list[str]) -> Iterator[Walker]:
    """On a site that runs for as long as this lasts."""
    with (
        tempfile.TemporaryDirectory() as folder,
        browser.site(Path(folder), cases) as server,
        chromium() as program,
    ):

        def through(found: Case) -> Walk:
            with browser.learner(program, server, found, Path(folder)) as learner:
                walked = walk(found, learner)
                seen = learner.visitor
                walked.wrong += [*seen.problems, *(f"asked {url}" for url in seen.foreign)]
            return walked

        yield through


def show(name: str, folder: Path, walkers: list[Walker]) -> bool:
    """Print one case; whether it went as expected everywhere."""
    try:
        found = case(name, folder)
    except (NotUnderstood, KeyError) as problem:
        print(ROW.format(name, "", "", "", "unread", "").rstrip())
        print(f"    {problem!s}", flush=True)
        return False
    walks = [_through(found, walker) for walker in walkers]
    results = ["failed" if each.wrong else "passed" for each in walks]
    first, missing = walks[0], [""] * (2 - len(walks))
    counts = (first.launches, first.calls, first.questions)
    print(ROW.format(name, *counts, *results, *missing).rstrip())
    for each in walks:
        for words in each.wrong:
            print(f"    {words}")
    sys.stdout.flush()
    return not any(each.wrong for each in walks)


def _through(found: Case, walker: Walker) -> Walk:
    """Whatever breaks on the way through one case, the others are walked through all the same."""
    try:
        return walker(found)
    except Exception as problem:
        return Walk(wrong=[f"{type(problem).__name__}: {problem}"])


def main(words: list[str]) -> int:
    reader = argparse.ArgumentParser("make conformance", description=__doc__)
    reader.add_argument("folder", nargs="?", type=Path, default=CTS)
    reader.add_argument("--browser", action="store_true", help="in Chromium on a running site too")
    reader.add_argument("--case", action="append", metavar="ID", help="this case alone")
    given = reader.parse_args(words)
    there = names(given.folder)
    cases = given.case or there
    unknown = [name for name in cases if name not in there]
    if unknown or not there:
        print(f"{given.folder} has no {', '.join(unknown) or 'cases'}.", file=sys.stderr)
        return 2
    last = "Chromium" if given.browser else ""
    print(ROW.format("case", "launches", "calls", "questions", "server", last).rstrip())
    if given.browser:
        with in_chromium(cases) as through:
            good = [show(name, given.folder, [on_the_server, through]) for name in cases]
    else:
        good = [show(name, given.folder, [on_the_server]) for name in cases]
    print(f"{sum(good)} of {len(good)} cases went as ADL expects.")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
