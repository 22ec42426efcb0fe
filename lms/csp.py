"""The headers of every answer of the site: what a page may load, and what may be kept of it.

Nothing comes from another host, no script or style stands in a page (architecture §7). Forms may
lead to the content origin, because launching a course is a form whose answer redirects there.
"""

import hashlib
from pathlib import Path

from pyramid.events import NewResponse
from pyramid.static import QueryStringConstantCacheBuster

STATIC = Path(__file__).parent / "static"
YEAR = 365 * 24 * 3600
FEATURES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "microphone",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
)


def policy(content_url: str) -> str:
    """The Content-Security-Policy.

    :param content_url: pattern of the content hosts, such as ``http://*.localhost:6543``
    """
    directives = {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": f"'self' {content_url}",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def headers(origins) -> dict[str, str]:
    """What every answer says, whatever it holds.

    The referrer stays within the site rather than nowhere: with ``no-referrer`` some browsers
    send forms with ``Origin: null``, which the defence against forged forms must refuse.
    """
    said = {
        "Content-Security-Policy": policy(origins.content_url),
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in FEATURES),
    }
    if origins.site_url.startswith("https:"):
        said["Strict-Transport-Security"] = f"max-age={YEAR}"
    return said


def content_hash(folder: Path) -> str:
    """A short hash of every file in a folder: a new one when any of them changes."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def includeme(config):
    """Reads ``registry["settings"]``; ``request.static_url`` gets the content hash."""
    said = headers(config.registry["settings"].origins)

    def finish(event):
        response = event.response
        for name, value in said.items():
            response.headers.setdefault(name, value)
        if "Cache-Control" not in response.headers:
            private = "tutela-sign-in" in event.request.environ.get("HTTP_COOKIE", "")
            response.headers["Cache-Control"] = "no-store" if private else "private, no-cache"

    config.add_subscriber(finish, NewResponse)
    config.add_cache_buster(
        "lms:static/", QueryStringConstantCacheBuster(content_hash(STATIC), param="v")
    )
