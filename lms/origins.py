"""Two origins in one process: the site, and the hosts that serve package content (architecture §4).

Each is a Pyramid application of its own. Which one answers is decided by the ``Host`` header
before any view exists, so neither can answer the other's addresses.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
PATH = "/:;,@!$&'()*+=~-._"
"""What may stand in a path as it is (RFC 3986 3.3)."""
LABEL = re.compile(r"[a-z0-9]{8,40}")
LOOPBACK = frozenset({"127.0.0.1", "[::1]", "::1"})
"""The machine itself, as a host and as a client."""


class OriginsMisconfigured(ValueError):
    """The two addresses in the settings cannot keep content apart from the site."""


@dataclass(frozen=True)
class Origins:
    """The site's address and the pattern of the content hosts; ``*`` is a registration's label."""

    site_url: str
    content_url: str

    @classmethod
    def of(cls, site_url: str, content_url: str) -> "Origins":
        """The origins as somebody may write them: with capitals, a closing ``/``, the usual port.

        :raises OriginsMisconfigured: when they are no origins, or not two
        """
        return cls(origin_of("site_url", site_url), origin_of("content_url", content_url))

    def __post_init__(self):
        if self.site_url == self.content_url:
            raise OriginsMisconfigured(
                "tutela.content_url must differ from tutela.site_url: packages are strangers' "
                "code and would act as the person signed in."
            )

    @property
    def isolated(self) -> bool:
        """Whether each registration has a host, and so a browser storage, of its own."""
        return "*" in self.content_url

    @property
    def site_host(self) -> str:
        return urlsplit(self.site_url).netloc

    def is_content_host(self, host: str) -> bool:
        """Whether ``host`` (with port, as in the ``Host`` header) belongs to content."""
        pattern = urlsplit(self.content_url).netloc
        if not self.isolated:
            return host == pattern
        before, _, after = pattern.partition("*")
        if not (host.startswith(before) and host.endswith(after)):
            return False
        label = host[len(before) : len(host) - len(after)]
        return LABEL.fullmatch(label) is not None


def origin_of(name: str, url: str) -> str:
    """An address as browsers say it in ``Host`` and ``Origin`` (RFC 6454 6.1).

    :param name: what the setting is called
    :raises OriginsMisconfigured: when it is none, or more than an origin
    """
    try:
        parts = urlsplit(url.strip().lower())
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    more = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or more:
        raise OriginsMisconfigured(
            f"tutela.{name} must be an address without a path, "
            f"such as https://learn.example.org; it is {url!r}."
        )
    host = _ascii(parts.netloc)
    if port == DEFAULT_PORTS[parts.scheme]:
        host = host.rpartition(":")[0]
    return f"{parts.scheme}://{host}"


def _ascii(host: str) -> str:
    """A host as it is sent (RFC 5890 2.3.2.1): ``bücher.example`` is ``xn--bcher-kva.example``."""

    def sent(label: re.Match) -> str:
        return label[0] if label[0].isascii() else f"xn--{label[0].encode('punycode').decode()}"

    return re.sub(r"[^.:]+", sent, unicodedata.normalize("NFKC", host))


class OriginDispatcher:
    """WSGI application: hands each request to the site or to the content application."""

    def __init__(
        self,
        origins: Origins,
        site,
        content,
        *,
        begin: Callable[[], None],
        close: Callable[[], None],
    ):
        """
        :param begin: begins what takes long to begin, beside, before anybody has to wait for it
        :param close: ends what the applications have begun, before the database is closed
        """
        self.origins = origins
        self.site = site
        self.content = content
        self.begin = begin
        self.close = close

    def __call__(self, environ, start_response):
        sent = environ["wsgi.input"]
        try:
            return self._dispatch(environ, start_response)
        finally:
            # A large body was copied to a temporary file so that the request could be retried.
            if environ["wsgi.input"] is not sent:
                environ["wsgi.input"].close()

    def _dispatch(self, environ, start_response):
        host = environ.get("HTTP_HOST", "").lower()
        if self.origins.is_content_host(host):
            return self.content(environ, start_response)
        if host == self.origins.site_host or environ.get("PATH_INFO") in ("/healthz", "/metrics"):
            return self.site(environ, start_response)
        return self._elsewhere(environ, start_response, host)

    def _elsewhere(self, environ, start_response, host):
        """Loopback by number is sent to the site's name; any other host is told which one it is."""
        site = self.origins.site_url
        if host.rpartition(":")[0] in LOOPBACK or host in LOOPBACK:
            path = quote(environ.get("PATH_INFO", "/").encode("latin-1"), safe=PATH)
            query = environ.get("QUERY_STRING")
            location = f"{site}{path}?{query}" if query else f"{site}{path}"
            start_response("307 Temporary Redirect", [("Location", location)])
            return [b""]
        words = (
            f"This server answers for {site} only. If you run it under another name, "
            "set tutela.site_url in its configuration.\n"
        )
        start_response("421 Misdirected Request", [("Content-Type", "text/plain; charset=utf-8")])
        return [words.encode()]
