"""A capability opens one registration's data on its content host, and nothing of the site."""

import secrets
from random import Random
from urllib.parse import urlsplit

import pytest
from pyramid.httpexceptions import WSGIHTTPException
from webtest import TestApp

import smallest
from assessments.attempts.start import start
from assessments.bank import categories, items
from certificates import awarding, batches, designing
from certificates.designs import Design
from lms.services import courses, outbox, topics
from quizzes import add_quiz
from sites import NOW, upload
from tests.assessments.examples import TRUTH

PUBLIC = {
    ("Site", ""),
    ("Site", "healthz"),
    ("Site", "language"),
    ("Site", "metrics"),
    ("Site", "sign-in"),
    ("Site", "sign-out"),
    ("Site", "signed-out"),
    ("Certificates", ""),
    ("Certificate", ""),
    ("Certificate", "art.png"),
    ("Certificate", "card.png"),
    ("Certificate", "name"),
    ("Certificate", "status.json"),
    ("StatusList", "revocation"),
    ("StatusList", "suspension"),
    ("UnknownCode", ""),
}
"""Views that anybody may see; a view that is added and belongs here has to be added here."""
ROUTES = {"assessments.bundle", "certificates.did"}
"""Addresses outside of the tree; those of the issuer's keys are for strangers' programs."""


@pytest.fixture
def launch(site, tmp_path):
    """A launched course: the content host, its capability, and the course's certificate."""
    author = site.signed_in("author")
    path = smallest.write(tmp_path / "smallest.zip", "2004")
    package = upload(author, "smallest.zip", path.read_bytes()).request.path
    with site.write() as root:
        found = root["site"]
        course = courses.create(
            found.courses,
            next(iter(found.packages.values())),
            title="Smallest",
            slug="smallest",
            now=NOW,
        )
        course.published = True
    member = site.signed_in("member")
    page = member.get("/courses/smallest")
    form = next(form for form in page.forms.values() if "launch" in form.action)
    address = form.submit().location
    content, capability = site.content(address)
    view = content.post_json(f"/{capability}/start", {"session": "-"}).json
    entry = {
        "number": 1,
        "kind": "set",
        "activity": view["delivery"]["activity"],
        "values": [["cmi.completion_status", "completed"], ["cmi.success_status", "passed"]],
    }
    content.post_json(f"/{capability}/commit", {"entries": [entry]})
    certificate = member.get("/courses/smallest").html.find("a", string="Certificate")["href"]
    host = content.extra_environ["HTTP_HOST"]
    return {"host": host, "capability": capability, "package": package, "certificate": certificate}


def views_of(app):
    """Every view of a Pyramid application: its context's name, its own, its method, its route."""
    for found in app.registry.introspector.get_category("views"):
        view = found["introspectable"]
        context = view["context"]
        if isinstance(context, type) and issubclass(context, Exception | WSGIHTTPException):
            continue
        if getattr(context, "__name__", "").startswith("I"):
            continue  # an interface: the views of exceptions
        method = view["request_methods"] or "GET"
        method = method if isinstance(method, str) else method[0]
        name = getattr(context, "__name__", None)
        yield name, view["name"], method, view["route_name"]


def addresses(site, launch):
    """An address of each context."""
    with site.write() as root:
        person = root["site"].people.by_username("admin").id
        (package_import,) = root["site"].packages.imports.values()
        job = outbox.ask(root["site"].outbox, "import", "nothing", NOW)
        topic = topics.add(root["site"].topics, "Care")
        given = root["site"].certificates.awards
        (award,) = given.of_subject("course/smallest")
        path = awarding.create(
            given, subject="", title="Ready", now=NOW, random=secrets.token_bytes
        )
        code = urlsplit(launch["certificate"]).path.strip("/").rpartition("/")[2]
        batch = batches.begin(root["site"].certificates, "zip", [code], by=person, now=NOW)
        bank = root["site"].bank
        category = categories.make(bank, "Care")
        item = items.add(bank, category, TRUTH, {}, now=NOW, by="")
        quiz = add_quiz(root["site"], [TRUTH])
        attempt = start(bank, quiz, "somebody", (), NOW, random=Random(1))
        template = designing.make(
            root["site"].certificates, "Ours", Design(), {}, NOW, Random(1).randbytes
        ).__name__
    return {
        "Site": "/",
        "Admin": "/admin/",
        "Learning": "/learning/",
        "Courses": "/courses/",
        "CourseAwards": "/courses/smallest/certificates/",
        "CourseAward": f"/courses/smallest/certificates/{award.__name__}/",
        "Awards": "/certificates/awards/",
        "Award": f"/certificates/awards/{path.__name__}/",
        "Course": "/courses/smallest/",
        "Packages": "/packages/",
        "ScormPackage": launch["package"].rstrip("/") + "/",
        "Imports": "/packages/imports/",
        "PackageImport": f"/packages/imports/{package_import.__name__}/",
        "Outbox": "/admin/work/",
        "Job": f"/admin/work/{job.__name__}/",
        "Topics": "/admin/topics/",
        "Topic": f"/admin/topics/{topic.id}/",
        "Bank": "/bank/",
        "Category": f"/bank/{category.__name__}/",
        "Item": f"/bank/{category.__name__}/{item.__name__}/",
        "People": "/admin/people/",
        "Person": f"/admin/people/{person}/",
        "Certificates": "/certificates/",
        "Listing": "/certificates/all/",
        "Portfolio": "/certificates/mine/",
        "StatusList": "/certificates/status/1/",
        "Batches": "/certificates/batches/",
        "Batch": f"/certificates/batches/{batch.__name__}/",
        "Certificate": f"/certificates/{code}/",
        "UnknownCode": "/certificates/AAAA-BBBB/",
        "Templates": "/certificates/templates/",
        "IncludedTemplate": "/certificates/templates/band/",
        "Template": f"/certificates/templates/{template}/",
        "TemplateVersion": f"/certificates/templates/{template}/1/",
        "Quizzes": "/quizzes/",
        "Quiz": f"/quizzes/{quiz.__name__}/",
        "Attempt": f"/quizzes/{quiz.__name__}/{attempt.__name__}/",
    }


def test_no_view_of_the_site_opens_to_a_capability(site, launch):
    capability = launch["capability"]
    known = addresses(site, launch)
    bearer = TestApp(
        site.app,
        extra_environ={
            "HTTP_HOST": "localhost:6543",
            "HTTP_AUTHORIZATION": f"Bearer {capability}",
        },
    )
    token = bearer.get("/sign-in").forms[0]["csrf_token"].value
    bearer.set_cookie("tutela-sign-in", capability)
    walked = set()
    for context, name, method, route in views_of(site.app.site):
        if route is not None:
            known_route = route.startswith("__static") or route in ROUTES
            assert known_route, f"A route that this test does not know: {route}"
            continue
        address = known[context] + name
        walked.add((context, name))
        if (context, name) in PUBLIC:
            continue
        for path in (address, f"{address}?capability={capability}", f"/{capability}{address}"):
            ask = getattr(bearer, method.lower())
            if method in ("GET", "HEAD", "OPTIONS"):
                answer = ask(path, expect_errors=True)
            else:  # with a good token against forged forms, which a stranger gets too
                answer = ask(path, headers={"X-CSRF-Token": token}, expect_errors=True)
            refused = answer.status_int in (403, 404, 405) or (
                answer.status_int in (302, 303) and "/sign-in" in answer.location
            )
            assert refused, f"{method} {path}: {answer.status}"
    assert walked >= PUBLIC, "A view that is listed as public is gone."
    assert len(walked) > 30


def test_the_content_origin_answers_no_address_of_the_site_and_sets_no_cookie(site, launch):
    content = TestApp(site.app, extra_environ={"HTTP_HOST": launch["host"]})
    known = addresses(site, launch)
    for context, name, _method, route in views_of(site.app.site):
        if route is None and (context, name) not in {("Site", "")}:
            for path in (known[context] + name, f"/{launch['capability']}{known[context]}{name}"):
                answer = content.get(path, expect_errors=True)
                assert answer.status_int in (403, 404), f"{path}: {answer.status}"
                assert "Set-Cookie" not in answer.headers


def test_the_site_answers_no_address_of_the_content_origin(site, launch):
    browser = site.browser()
    for path in ("play", "start", "commit"):
        address = f"/{launch['capability']}/{path}"
        assert browser.get(address, expect_errors=True).status_int == 404
        assert browser.post(address, "{}", expect_errors=True).status_int in (400, 403, 404)


def test_every_answer_of_the_content_origin_is_without_a_cookie(site, launch):
    content = TestApp(site.app, extra_environ={"HTTP_HOST": launch["host"]})
    capability = launch["capability"]
    for path in ("/", f"/{capability}/play", f"/{capability}/none", "/static/player/x/player.js"):
        assert "Set-Cookie" not in content.get(path, expect_errors=True).headers
