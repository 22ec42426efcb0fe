"""A package's report on its page, and the copies of it to download."""

import json
import zipfile
from datetime import UTC, datetime

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from webtest import TestApp

import smallest
from bare import authors_app
from scorm.packages.archive import Limits
from scorm.resources import Packages, Registrations
from scorm.services import import_package

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
JUNK = (
    "${n} file was left out that a computer put into the zip by itself.",
    "${n} files were left out that a computer put into the zip by itself.",
)


def write(path, title, *members):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("imsmanifest.xml", smallest.MANIFEST_12.replace("Smallest", title))
        archive.writestr("page.html", "<p>Hello<script>parent.API; // a.exe</script>")
        for member in members:
            archive.writestr(member, "x")
    return path


@pytest.fixture
def stored(database, tmp_path):
    """The id of a package with an older version without faults and a newer one with some, and
    their hashes."""
    good = write(tmp_path / "good.zip", "Course &lt;b&gt;")
    bad = write(
        tmp_path / "bad.zip", "Course &lt;b&gt;", ".DS_Store", "Thumbs.db", "a.exe", "page.HTML"
    )
    packages = Packages()
    with database.transaction() as connection:
        connection.root()["packages"] = packages
        connection.root()["registrations"] = Registrations()
        made = []
        for path in (good, bad):
            with path.open("rb") as source:
                package, _report = import_package(
                    packages, source, owner="amal", limits=Limits(), now=NOW
                )
            made.append(package)
        made[1].versions = (*made[0].versions, *made[1].versions)
        made[1].current = made[1].newest
        return made[1].__name__, [version.sha256 for version in made[1].versions]


@pytest.fixture
def browser(database, stored):
    return TestApp(authors_app(database))


def test_the_page_groups_findings_by_gravity_and_counts_them(browser, stored):
    page = browser.get(f"/{stored[0]}/").html
    tally = [link.text for link in page.find("ul", class_="tally").find_all("a")]
    assert tally == ["2 warnings", "1 note"]
    assert [found.text for found in page.find_all("h3")] == tally
    for link in page.find("ul", class_="tally").find_all("a"):
        assert page.find(id=link["href"].removeprefix("#")).text == link.text


def test_the_page_says_gravity_in_words(browser, stored):
    page = browser.get(f"/{stored[0]}/").html
    said = [found.text for found in page.select(".findings strong")]
    assert said == ["Warning", "Warning", "Note"]


def test_the_page_leads_to_both_copies(browser, stored):
    page = browser.get(f"/{stored[0]}/")
    for name, kind in (("report.html", "text/html"), ("report.json", "application/json")):
        answer = browser.get(page.html.find("a", href=lambda href, name=name: name in href)["href"])
        assert answer.content_type == kind
        assert answer.content_disposition == (
            f'attachment; filename="report-{stored[0]}-{stored[1][1][:12]}.{name[7:]}"'
        )


def test_the_copy_says_all_that_was_found(browser, stored):
    page = browser.get(f"/{stored[0]}/report.html").html
    assert page.h1.text == "Report on Course <b>"
    facts = {term.text: term.find_next("dd").text for term in page.find_all("dt")}
    assert facts == {
        "Checked": "2026-11-24 09:00 UTC",
        "Standard": "SCORM 1.2",
        "Size": facts["Size"],
        "Parts that can be opened": "1",
        "Version": stored[1][1][:12],
    }
    assert facts["Size"].endswith("kB")
    assert [found.text for found in page.find_all("h2")] == ["2 warnings", "1 note"]
    lines = page.main.find_all("li")
    (program,) = (line.get_text(" ", strip=True) for line in lines if "a.exe" in line.text)
    assert program == (
        "Warning a.exe is a program; browsers do not run it. Leave it out of the package. "
        "a.exe · Rule file-executable"
    )


def test_the_copy_needs_no_other_file(browser, stored):
    page = browser.get(f"/{stored[0]}/report.html").html
    assert page.find_all(["link", "script", "img"]) == []
    assert page.find_all(href=True) == []


def test_json_is_the_report_with_the_package_and_its_version(browser, stored, database):
    found = browser.get(f"/{stored[0]}/report.json").json
    assert (found.pop("package"), found.pop("version")) == (stored[0], stored[1][1])
    with database.transaction() as connection:
        version = connection.root()["packages"][stored[0]].newest
        assert found["bytes"] == json.loads(str(version.report))["bytes"]
    assert (found["title"], found["standard"], found["items"]) == ("Course <b>", "1.2", 1)
    assert [(each["severity"], each["rule"]) for each in found["findings"]] == [
        ("warning", "name-case"),
        ("warning", "file-executable"),
        ("note", "junk"),
    ]
    assert found["findings"][1]["message"] == "a.exe is a program; browsers do not run it."


def test_an_older_version_has_its_own_report(browser, stored):
    address = f"/{stored[0]}/report"
    old = stored[1][0]
    for asked in (old, old[:12], old[:12].upper()):
        assert browser.get(f"{address}.json?version={asked}").json["version"] == old
    page = browser.get(f"{address}.html?version={old[:12]}")
    assert "The check found nothing to mend." in page.text
    assert page.html.find("h2") is None


@pytest.mark.parametrize("asked", ["zz", "0" * 64])
def test_a_version_that_is_not_there_has_no_report(browser, stored, asked):
    browser.get(f"/{stored[0]}/report.json?version={asked}", status=404)
    browser.get(f"/{stored[0]}/report.html?version={asked}", status=404)


def test_an_empty_version_is_the_current_one(browser, stored):
    assert browser.get(f"/{stored[0]}/report.json?version=").json["version"] == stored[1][1]


def test_page_and_copy_are_in_the_language_of_the_request(database, stored, tmp_path):
    catalogue = Catalog(locale="ar")
    catalogue.add(JUNK, ("", "", "أُهمل ملفان.", "أُهملت ${n} ملفات.", "", ""))
    catalogue.add("Warning", "تنبيه")
    folder = tmp_path / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "tutela.mo").open("wb") as file:
        write_mo(file, catalogue)
    browser = TestApp(authors_app(database, tmp_path, "ar"))
    copy = browser.get(f"/{stored[0]}/report.html")
    assert (copy.html.html["lang"], copy.html.html["dir"]) == ("ar", "rtl")
    for page in (copy, browser.get(f"/{stored[0]}/")):
        assert "أُهمل ملفان." in page.text
        assert [found.text for found in page.html.find_all("strong")][:2] == ["تنبيه"] * 2
