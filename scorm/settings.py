"""The settings of the add-on, read once into a frozen object."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True)
class ScormSettings:
    """What the host's ini file says under ``scorm.``.

    :param secret: key that signs capabilities
    :param content_url: pattern of the content hosts; ``*`` stands for a registration's label
    :param return_url: site address that leads back into a course, given the label as last segment
    :param renew_url: site address that lets a session go on after it has rested for long, given
        the label and the session as last segments
    :param layout: the template that authors' pages extend
    :param upload_limit: largest package accepted, in bytes
    :param uploads: folder of what is being sent in, best on the disk that has the database's blobs
    :param course_url: site address that makes a course of a package, given its id as the query's
        ``package``; empty where the host has no courses
    """

    secret: str
    content_url: str
    return_url: str
    renew_url: str
    layout: str
    upload_limit: int
    uploads: Path
    course_url: str

    @classmethod
    def from_ini(cls, ini: dict) -> "ScormSettings":
        return cls(
            secret=ini["scorm.secret"],
            content_url=ini["scorm.content_url"],
            return_url=ini["scorm.return_url"],
            renew_url=ini["scorm.renew_url"],
            layout=ini.get("scorm.layout", "scorm:templates/layout.jinja2"),
            upload_limit=int(ini.get("scorm.upload_limit", 8 * 1024**3)),
            uploads=Path(ini["scorm.uploads"]),
            course_url=ini.get("scorm.course_url", ""),
        )

    @property
    def isolated(self) -> bool:
        """Whether each registration has a host of its own, and with it a storage of its own."""
        return "*" in self.content_url

    def content_origin(self, label: str) -> str:
        """The origin that serves the registration with this label, without a trailing slash."""
        return self.content_url.replace("*", label)

    @property
    def content_hosts(self) -> tuple[str, str]:
        """What the content hosts begin and end with, before and after a registration's label."""
        before, _, after = self.content_url.partition("://")[2].partition("*")
        return before, after

    @property
    def site_host(self) -> str:
        """The host of the site, with its port where it has one."""
        return urlsplit(self.return_url).netloc
