"""A new course to begin with: small, complete, and with comments that say how it is written."""

import re
import shutil
from pathlib import Path

from lms.authoring.errors import OutputRefused
from lms.authoring.folder import COURSE

STARTER = Path(__file__).parent / "starter"
IDENTIFIER = "course.example"


def start(directory: Path) -> list[str]:
    """Write the files of a new course into a folder, which is made when it is not there.

    :returns: their names, relative to the folder
    :raises OutputRefused: when the folder has something in it, or cannot be written to
    """
    try:
        if directory.is_dir() and any(directory.iterdir()):
            raise OutputRefused(directory, "the folder is not empty")
        shutil.copytree(STARTER, directory, dirs_exist_ok=True, copy_function=shutil.copyfile)
        name = "-".join(re.findall(r"[a-z0-9]+", directory.resolve().name.lower())) or "new"
        course = directory / COURSE
        text = course.read_text("utf-8").replace(IDENTIFIER, f"course.{name}", 1)
        course.write_text(text, "utf-8")
    except OSError as wrong:
        raise OutputRefused(directory, wrong.strerror or "writing failed") from None
    return sorted(str(path.relative_to(STARTER)) for path in STARTER.rglob("*") if path.is_file())
