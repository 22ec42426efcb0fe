"""An award is issued to five thousand who have earned it, while others ask for pages."""

import random
import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from certificates import awarding
from lms.services import courses, passphrases, people
from servers import PASSPHRASE, Client, Server
from sites import QUICK

LEARNERS = 5_000
VISITORS = 16
EVERY = 0.25
"""Seconds from one page of a visitor to the next, on average."""
PAGES = ("/", "/courses/", "/courses/listening/", "/learning/", "/certificates/")


def measure(folder: Path) -> dict[str, float]:
    """``bulk.p99_ms_5000`` of every page asked for from the preview on, ``bulk.worst_ms_5000`` the
    slowest of them; ``bulk.begin_ms_5000`` until the admin is sent to the batch; ``bulk.per_s``
    certificates."""
    server = Server(folder)
    server.run("init")
    with server.writing() as site:
        award = furnish(site)
    server.start()
    admin = Client(server)
    admin.sign_in("admin")
    visitors = [signed_in(server, f"learner{number}") for number in range(VISITORS)]
    over = Event()
    with ThreadPoolExecutor(VISITORS) as pool:
        asking = [
            pool.submit(ask, visitor, over, random.Random(number))
            for number, visitor in enumerate(visitors)
        ]
        began = time.perf_counter()
        page = admin.get(f"/certificates/awards/{award}/issue")
        ticket = re.search(r'name="ticket" value="([^"]+)"', page).group(1)
        pressed = time.perf_counter()
        answer = admin.post(f"/certificates/awards/{award}/issue", which="all", ticket=ticket)
        begin = time.perf_counter() - pressed
        batch = answer.headers["Location"].partition(admin.site)[2]
        while '"over": true' not in admin.get(f"{batch}state"):
            time.sleep(0.5)
        seconds = time.perf_counter() - began
        over.set()
        times = sorted(each for asked in asking for each in asked.result())
    server.kill()
    with server.writing() as site:
        refuse_losses(site)
    return {
        "bulk.p50_ms_5000": round(1000 * times[len(times) // 2], 1),
        "bulk.p99_ms_5000": round(1000 * times[int(len(times) * 0.99)], 1),
        "bulk.worst_ms_5000": round(1000 * times[-1], 1),
        "bulk.begin_ms_5000": round(1000 * begin, 1),
        "bulk.requests_5000": len(times),
        "bulk.per_s": round(LEARNERS / seconds),
    }


def furnish(site) -> str:
    """A course that five thousand have completed, and its award, which an admin issues; its id."""
    now = datetime.now(UTC)
    course = courses.create(site.courses, None, title="Listening", slug="listening", now=now)
    course.published = True
    for award in list(site.certificates.awards.of_subject("course/listening")):
        awarding.retire(award, now)
    made = awarding.create(
        site.certificates.awards,
        subject="course/listening",
        title="Listening",
        now=now,
        random=random.Random(5).randbytes,
    )
    made.automatic = False
    passphrases._HASHER = QUICK
    for number in range(LEARNERS):
        person = people.add(
            site.people, username=f"learner{number}", passphrase=PASSPHRASE, role="member", now=now
        )
        courses.enrol(course, person, now).completed = now
    people.add(site.people, username="admin", passphrase=PASSPHRASE, role="admin", now=now)
    return made.__name__


def signed_in(server: Server, name: str) -> Client:
    client = Client(server)
    client.sign_in(name)
    return client


def ask(client: Client, over: Event, chance: random.Random) -> list[float]:
    """Ask for pages as a visitor does, until it is over; how long each took, in seconds."""
    times = []
    while not over.wait(chance.uniform(0, 2 * EVERY)):
        began = time.perf_counter()
        client.get(chance.choice(PAGES))
        times.append(time.perf_counter() - began)
    return times


def refuse_losses(site) -> None:
    """After the plug was pulled, everybody has one certificate.

    :raises SystemExit: when somebody has none, or two
    """
    holders = [each.learner_id for each in site.certificates.values()]
    if len(holders) != LEARNERS or len(set(holders)) != LEARNERS:
        raise SystemExit(f"{len(holders)} certificates of {len(set(holders))} people.")
