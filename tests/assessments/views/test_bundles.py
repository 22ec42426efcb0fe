"""What each kind of page loads as one file."""

import gzip
import shutil
import subprocess

import pytest
import rcssmin
from pyramid.config import Configurator
from webtest import TestApp

from assessments.views.bundles import STATIC, STYLES, files, version

NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="node is not installed (Debian: apt install nodejs)")
@pytest.mark.parametrize("name", ["questions.js", "taking.js", "ended.js"])
def test_no_two_modules_use_a_name_for_themselves(name, tmp_path):
    script = tmp_path / "joined.mjs"
    script.write_text(files()[name][1], "utf-8")
    run = subprocess.run(
        [NODE, "--check", str(script)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


@pytest.fixture
def browser():
    """Of a bare application that has the house."""
    config = Configurator(settings={"assessments.secret": "of the tests"})
    config.include("assessments")
    config.add_route("where", "/where/{name}")
    config.add_view(
        lambda request: request.bundle(request.matchdict["name"]),
        route_name="where",
        renderer="string",
    )
    return TestApp(config.make_wsgi_app())


@pytest.fixture
def anew():
    """Forgets what is kept of the files, before and after the test."""
    for kept in (files, version):
        kept.cache_clear()
    yield
    for kept in (files, version):
        kept.cache_clear()


@pytest.mark.parametrize("name", sorted(files()))
def test_a_file_is_where_pages_are_told_and_is_kept_for_a_year(browser, name):
    answer = browser.get(browser.get(f"/where/{name}").text)

    assert (answer.content_type, answer.text) == files()[name]
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_the_address_changes_with_what_is_in_the_files(browser, anew, monkeypatch):
    before = browser.get("/where/bank.css").text
    monkeypatch.setitem(STYLES, "bank", ("bank",))
    for kept in (files, version):
        kept.cache_clear()

    assert browser.get("/where/bank.css").text != before


def test_another_file_is_not_there(browser):
    address = browser.get("/where/bank.css").text
    browser.get(address.replace("bank.css", "bank.py"), status=404)


@pytest.mark.parametrize("kind", sorted(STYLES))
def test_a_style_sheet_has_all_its_sources_in_their_order(kind):
    first, *others = [files()[f"{kind}.css"][1].find(first_rule(name)) for name in STYLES[kind]]
    assert first == 0
    assert others == sorted(others)
    assert -1 not in others


def first_rule(name: str) -> str:
    return rcssmin.cssmin((STATIC / f"{name}.css").read_text("utf-8")).partition("}")[0]


@pytest.mark.parametrize("name", ["questions.js", "taking.js"])
def test_nothing_is_asked_for_afterwards(name):
    assert "import" not in files()[name][1]


@pytest.mark.parametrize("name", ["questions.js", "taking.js"])
def test_every_module_of_questions_is_there(name):
    script = files()[name][1]
    for path in STATIC.glob("*.js"):
        for element in ("put-in-order", "word-gaps", "picture-places", "count-words"):
            if f'customElements.define("{element}"' in path.read_text("utf-8"):
                assert f'"{element}"' in script


def test_scripts_are_small():
    assert len(gzip.compress(files()["taking.js"][1].encode())) <= 12_000
