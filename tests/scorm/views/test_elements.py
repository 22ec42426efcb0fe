"""The page that explains every element: complete, true to the tables, small, for authors."""

import gzip
import re

import pytest

import smallest
from scorm.cmi.explained import STANDARDS, explanation
from scorm.cmi.tables import table
from sites import FILESTORAGE, Site, upload

ACCESS = {"ro": "read", "wo": "write", "rw": "read, write"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    site = Site(folder, FILESTORAGE.format(data=folder))
    yield site
    site.close()


@pytest.fixture(scope="module", params=STANDARDS)
def page(request, site):
    """The page of one standard: the standard, the answer."""
    author = site.signed_in("author")
    return request.param, author.get(f"/packages/elements?standard={request.param}")


def text(tag) -> str:
    return tag.get_text(" ", strip=True)


def rows(html, heading: str) -> dict:
    """The rows of the table under a heading, by id, in order."""
    found = html.find(id=heading).find_next("table").find("tbody").find_all("tr")
    return {row["id"]: row for row in found}


def cells(row) -> dict[str, str]:
    return {cell.get("data-label", ""): text(cell) for cell in row.find_all("td")}


def test_every_element_of_the_table_has_its_row_and_nothing_else_has(page):
    standard, answer = page
    found = rows(answer.html, "elements")
    assert list(found) == list(table(standard).elements)
    for name, row in found.items():
        shown = row.find("th").get_text("", strip=True)
        assert shown.removesuffix(".{target=ID}") == name


def test_each_row_says_what_the_table_says(page):
    standard, answer = page
    for name, row in rows(answer.html, "elements").items():
        rules = table(standard).elements[name]
        said = cells(row)
        assert said["Access"] == ACCESS[rules["access"]], name
        for word in rules.get("values", []):
            assert (word or "empty") in said["Value"], name
        for needed in rules.get("needs", []):
            assert f"Set {needed} first" in said["Value"], name
        counted = {"spm", "max"} if rules.get("type") == "string" else {"spm"}
        for limit in counted & set(rules):
            assert str(rules[limit]) in said["How much"], name
        if rules.get("type") in ("real", "decimal", "integer"):
            for end in {"min", "max"} & set(rules):
                assert str(rules[end]) in said["Value"], name
        codes = next(each for each in explanation(standard).elements if each.name == name)
        shown = [int(code) for code in re.findall(r"\d{3}", said["Error codes"])]
        assert shown == [*codes.get, *codes.set], name


def test_the_page_says_what_editions_have_not_in_common(site):
    html = site.signed_in("author").get("/packages/elements").html
    found = rows(html, "elements")
    late = {name for name, row in found.items() if "Since the 4th Edition" in text(row)}
    marked = {name for name, rules in table("2004").elements.items() if "edition" in rules}
    assert late == marked | {"adl.nav.request"}
    assert "2nd Edition: 4000" in text(found["cmi.suspend_data"])


def test_every_type_answer_format_and_error_code_is_on_the_page(page):
    standard, answer = page
    rules = table(standard)
    types = {element["type"] for element in rules.elements.values() if "type" in element}
    assert set(rows(answer.html, "types")) == {f"type-{name}" for name in types}
    kinds = rules.elements["cmi.interactions.n.type"]["values"]
    assert list(rows(answer.html, "answers")) == [f"answer-{kind}" for kind in kinds]
    for kind, limits in rules.interactions.items():
        said = cells(rows(answer.html, "answers")[f"answer-{kind}"])["How much"]
        for limit in {"patterns", "items", "response_items", "item", "spm"} & set(limits):
            assert str(limits[limit]) in said, kind
    errors = rows(answer.html, "errors")
    assert list(errors) == [f"error-{code}" for code in rules.errors]
    for code, words in rules.errors.items():
        assert cells(errors[f"error-{code}"])["The standard’s words"] == words


def test_an_answer_of_which_there_is_one_alone_is_said_to_be(site):
    html = site.signed_in("author").get("/packages/elements").html
    alone = {
        name.removeprefix("answer-")
        for name, row in rows(html, "answers").items()
        if "no more" in text(row)
    }
    assert alone == {name for name, each in table("2004").interactions.items() if "single" in each}


def test_each_link_within_the_page_leads_somewhere(page):
    _standard, answer = page
    ids = [tag["id"] for tag in answer.html.find_all(id=True)]
    assert len(ids) == len(set(ids))
    within = {a["href"][1:] for a in answer.html.find_all("a", href=re.compile("^#"))}
    assert within <= set(ids)
    assert {"types", "answers", "errors"} <= within


def test_headings_follow_each_other_and_tables_have_headers(page):
    _standard, answer = page
    main = answer.html.find("main")
    levels = [int(tag.name[1]) for tag in main.find_all(re.compile("^h[1-6]$"))]
    assert levels == [1, 2, 2, 2, 2]
    for found in main.find_all("table"):
        columns = found.find("thead").find_all("th")
        assert {column["scope"] for column in columns} == {"col"}
        for row in found.find("tbody").find_all("tr"):
            assert row.find("th")["scope"] == "row"
            assert len(row.find_all(["th", "td"])) == len(columns)
            assert row.find_all("td")[0].get_text(strip=True)


def test_what_is_not_translated_is_marked_as_english_and_reads_from_left_to_right(page):
    standard, answer = page
    found = rows(answer.html, "elements")
    for element in explanation(standard).elements:
        said = found[element.name].find("span", lang="en")
        assert text(said).startswith(element.what)
        assert said["dir"] == "ltr"
    assert {code.get("dir") for code in answer.html.find("main").find_all("code")} == {"ltr"}


def test_the_page_is_small(page):
    assert len(gzip.compress(page[1].body)) <= 15_000


def test_it_is_for_authors_and_admins(site):
    for username in ("author", "admin"):
        assert site.signed_in(username).get("/packages/elements").status_int == 200
    site.signed_in("member").get("/packages/elements", status=403)
    assert "/sign-in" in site.browser().get("/packages/elements", status=303).location


@pytest.mark.parametrize("standard", STANDARDS)
def test_the_list_and_each_package_lead_to_it(site, tmp_path, standard):
    author = site.signed_in("author")
    page = author.get("/packages/")
    link = page.html.find("main").find("a", href=re.compile("/elements$"))
    assert author.get(link["href"]).status_int == 200
    path = smallest.write(tmp_path / "smallest.zip", standard)
    package = upload(author, "smallest.zip", path.read_bytes())
    link = package.html.find("main").find("a", href=re.compile("/elements"))
    assert text(author.get(link["href"]).html.find("h1")) == f"Elements of SCORM {standard}"


def test_a_standard_that_does_not_exist_is_read_as_the_newest(site):
    author = site.signed_in("author")
    html = author.get("/packages/elements?standard=1.3").html
    assert text(html.find("h1")) == "Elements of SCORM 2004"
    older = author.get(html.find("a", string="Elements of SCORM 1.2")["href"])
    assert text(older.html.find("h1")) == "Elements of SCORM 1.2"
    author.get("/packages/elements?standard=%ff", status=400)
