"""Who earns certificates on a site: courses on the smallest package, and what is held of them."""

from pathlib import Path

import smallest
from lms.services import awards, courses
from sites import NOW, Site, upload

SLUGS = ("rest", "work")


def add_courses(site: Site, folder: Path, standard: str = "2004") -> None:
    """Two published courses on the smallest package."""
    author = site.signed_in("author")
    upload(author, "a.zip", smallest.write(folder / "a.zip", standard).read_bytes())
    with site.write() as root:
        found = root["site"]
        (package,) = found.packages.values()
        for slug in SLUGS:
            made = courses.create(found.courses, package, title=slug.title(), slug=slug, now=NOW)
            made.published = True


def learn(site, course, username="member", **values):
    """Open the course, and let its package report something."""
    browser = site.signed_in(username)
    page = browser.get(course)
    form = next(form for form in page.forms.values() if form.action.endswith("/launch"))
    content, capability = site.content(form.submit().location)
    content.post_json(f"/{capability}/start", {"session": "-"})
    pairs = [[f"cmi.{name}", value] for name, value in values.items()]
    entry = {"number": 1, "kind": "set", "activity": "i", "values": pairs}
    content.post_json(f"/{capability}/commit", {"entries": [entry]})
    return lambda: content.post_json(
        f"/{capability}/commit", {"entries": [{"number": 2, "kind": "terminate", "activity": "i"}]}
    )


def held(site, slug="rest", username="member"):
    with site.write() as root:
        person = root["site"].people.by_username(username)
        found = awards.held_in(root["site"], person.learner_id, root["site"].courses[slug])
        return [(each.code, each.renews, each.valid_until) for each in found]
