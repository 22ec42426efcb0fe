"""One target under atheris: ``python -m tests.fuzz.target zip [options of libFuzzer …]``.

A file instead of options tries that input again.
"""

import sys
import time
import warnings
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
warnings.simplefilter("error")

with atheris.instrument_imports(include=["scorm.packages", "scorm.sequencing.prerequisites"]):
    from tests.fuzz.held import TARGETS

SECONDS = 2.0
"""Of computing for one input: however busy the machine is."""


def main() -> None:
    name, *options = sys.argv[1:]
    held = TARGETS[name]

    def one_input(content: bytes) -> None:
        begun = time.process_time()
        held(content)
        if (taken := time.process_time() - begun) > SECONDS:
            raise AssertionError(f"It took {taken:.1f} s of computing.")

    atheris.Setup([sys.argv[0], *options], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
