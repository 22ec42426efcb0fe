"""``tutela`` on a disk whose every fsync takes 8 ms more: ``python -m tests.bench.slow_disk``."""

import os
import sys
import time
from pathlib import Path

from ZODB.FileStorage import FileStorage

SLOWER = 0.008
fsync = os.fsync


def slow_fsync(handle: int) -> None:
    fsync(handle)
    time.sleep(SLOWER)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    FileStorage.fsync = slow_fsync
    from lms.command import main

    sys.exit(main())
