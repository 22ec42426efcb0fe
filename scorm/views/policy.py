"""The headers of all that the content origin sends: what a browser lets strangers' code do.

Content is refused everything but its own host and the hosts that an admin has allowed for its
package (architecture §4); what is left to it all the same is written down in docs/safety.md.
"""

from functools import lru_cache

FEATURES = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "serial",
    "storage-access",
    "usb",
    "xr-spatial-tracking",
)
"""What no part of the player page may use, whoever asks: it would need the person's consent, and
a learner cannot know whom they would give it to."""

ALWAYS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PAGES = {
    "Origin-Agent-Cluster": "?1",
    "X-DNS-Prefetch-Control": "off",
    "Permissions-Policy": ", ".join(("unload=(self)", *(f"{name}=()" for name in FEATURES))),
}
BARE = {**ALWAYS, "Content-Security-Policy": "sandbox"}
"""Of what holds no script, be it a picture or an answer that says no. Content could show it in a
frame and act from there, under that frame's policy: the frame is of no origin, so that it cannot.
"""
PASSIVE = ("image/", "font/")
"""Shown from what came, without another request, which a frame of no origin would be refused."""


def content_headers(hosts: tuple[str, ...], signed: str, kind: str) -> dict[str, str]:
    """Of a file of a package.

    :param hosts: those that an admin has allowed for the package
    :param signed: the capability, below which the browser reports what it refused
    :param kind: its media type: what can neither run nor call anything needs few words, and courses
        are made of hundreds of such files
    """
    if kind == "text/css" or (kind.startswith(PASSIVE) and kind != "image/svg+xml"):
        return BARE
    return reported(content_policy(hosts), signed)


@lru_cache(1024)
def content_policy(hosts: tuple[str, ...]) -> str:
    """Anything on its own host, and nothing elsewhere but those hosts, over HTTPS alone."""
    places = " ".join(("'self'", "data:", "blob:", *(f"https://{host}" for host in hosts)))
    return worded(
        {
            "default-src": places,
            "script-src": f"{places} 'unsafe-inline' 'unsafe-eval'",
            "style-src": f"{places} 'unsafe-inline'",
            "frame-ancestors": "'self'",
            "form-action": "'self'",
            "base-uri": "'self'",
            "object-src": "'self'",
        }
    )


def kept_headers(static: str) -> dict[str, dict[str, str]]:
    """Of what a device has kept, by what it is: the player page; a file of a package that is shown
    or runs; one that can do neither. In place of ``{capability}`` comes that of the request.

    :param static: as for :func:`player_headers`
    """
    return {
        "page": player_headers(static, "{capability}"),
        "content": reported(content_policy(()), "{capability}"),
        "bare": BARE,
    }


def player_headers(static: str, signed: str) -> dict[str, str]:
    """Of the player page, which content shares an origin with: its scripts and styles are the
    player's own files and nothing of a package.

    :param static: the address of the folder that they lie in, without a trailing slash
    """
    directives = {
        "default-src": "'none'",
        "script-src": f"{static}/",
        "style-src": f"{static}/",
        "worker-src": f"{static.partition('/static/')[0]}/keep.js",
        "connect-src": "'self'",
        "img-src": "data:",
        "frame-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    # Pop-ups that content opens keep finding it; whoever opened this page does not.
    opener = {"Cross-Origin-Opener-Policy": "same-origin-allow-popups"}
    return reported(worded(directives), signed) | opener


def hold(event) -> None:
    """Nothing leaves the content origin without a policy (for Pyramid's ``NewResponse``)."""
    headers = event.response.headers
    if "Content-Security-Policy" not in headers:
        headers.update(BARE)


def worded(directives: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def reported(policy: str, signed: str) -> dict[str, str]:
    """The headers of pages and scripts, with a policy whose refusals the browser reports."""
    return {**ALWAYS, **PAGES, "Content-Security-Policy": f"{policy}; report-uri /{signed}/report"}
