"""The course builder: text sources in, a SCORM 2004 4th Edition or 1.2 package out.

A course is a folder: ``course.toml``, ``sources.toml``, ``glossary.toml``, numbered Markdown parts
(``01-name.md``), ``quiz.gift``, pictures, and a folder for each translation; :mod:`.starting` makes
one that says how all of it is written. Plain Python without HTTP; the pages it makes work in any
learning site, and in none.
"""

from lms.authoring.errors import CourseError, OutputRefused, SourceError
from lms.authoring.package import STANDARDS, Built, build
from lms.authoring.pages import claims
from lms.authoring.starting import start

__all__ = [
    "STANDARDS",
    "Built",
    "CourseError",
    "OutputRefused",
    "SourceError",
    "build",
    "claims",
    "start",
]
