"""What the first load of a page costs, as a real browser counts it."""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Weight:
    """:param bytes: that came over the line, packed, headers included; :param hosts: asked"""

    bytes: int
    requests: int
    hosts: frozenset[str]


def weigh(page, address: str) -> Weight:
    """Load an address with nothing kept from before."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.clearBrowserCache")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes, hosts = [], set()
    line.on("Network.requestWillBeSent", lambda e: hosts.add(urlsplit(e["request"]["url"]).netloc))
    line.on("Network.loadingFinished", lambda e: sizes.append(e["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    line.detach()
    return Weight(int(sum(sizes)), len(sizes), frozenset(hosts - {""}))
