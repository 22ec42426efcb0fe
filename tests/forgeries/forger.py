"""Who forges, and of what: two genuine certificates of an office."""

import json
from collections.abc import Callable, Iterator
from random import Random

from office import Office

Maker = Callable[["Forger", Random], bytes]
MAKERS: dict[str, Maker] = {}


def forgery(maker: Maker) -> Maker:
    """Registers a kind of forgery by its function's name."""
    MAKERS[maker.__name__.replace("_", " ")] = maker
    return maker


class Forger:
    """Somebody with two certificates of an office, and an office of their own with the same name.

    :param office: the genuine one; :param own: the forger's, with keys and a did of their own
    :param twin: the forger's too, which claims the genuine one's address and so its did
    """

    NUMBERS = (101, 102)

    def __init__(self, office: Office, own: Office, twin: Office):
        self.office, self.own, self.twin = office, own, twin
        self.certificate, self.other = (office.issue(number) for number in self.NUMBERS)
        genuine, other = office.forms(self.certificate), office.forms(self.other)
        self.pdf, self.jwt = genuine["pdf"], genuine["jwt"].decode()
        self.badge, self.other_badge = json.loads(genuine["json"]), json.loads(other["json"])
        self.other_jwt = other["jwt"].decode()
        for forger in (own, twin):
            forger.issue(101)

    def make(self, seed: int, count: int) -> Iterator[tuple[str, bytes]]:
        """So many of them, each kind in its turn."""
        names = list(MAKERS)
        for number in range(count):
            name = names[number % len(names)]
            yield name, MAKERS[name](self, Random(seed * 1_000_003 + number))

    def altered(self, random: Random) -> dict:
        """The genuine badge with one thing in it changed."""
        badge = json.loads(json.dumps(self.badge))
        subject, achievement = badge["credentialSubject"], badge["credentialSubject"]["achievement"]
        change = random.randrange(8)
        if change == 0:
            badge["name"] += " and more"
        elif change == 1:
            achievement["name"] = f"Another award {random.random()}"
        elif change == 2:
            badge["id"] = self.other_badge["id"]
        elif change == 3:
            badge["validUntil"] = "2999-01-01T00:00:00Z"
        elif change == 4:
            badge["credentialStatus"]["statusListIndex"] = str(random.randrange(131072))
        elif change == 5:
            subject["creditsEarned"] = random.randrange(2, 1000)
        elif change == 6:
            subject["name"] = "Somebody Else"
        else:
            badge["validFrom"] = "2001-01-01T00:00:00Z"
        return badge
