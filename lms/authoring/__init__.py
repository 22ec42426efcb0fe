"""The course builder: text sources in, a SCORM 2004 4th Edition or 1.2 package out.

A course is a folder: ``course.toml``, numbered Markdown parts (``01-name.md``) and ``quiz.gift``.
Plain Python without HTTP; the pages it makes work in any learning site, and in none.
"""

from lms.authoring.errors import CourseError, OutputRefused, SourceError
from lms.authoring.package import Built, build

__all__ = ["Built", "CourseError", "OutputRefused", "SourceError", "build"]
