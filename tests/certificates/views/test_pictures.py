"""What other sites show for a link to a certificate: its title and who issued it, and no name."""

import io

import pytest
from PIL import Image

OG = ("og:title", "og:description", "og:image", "og:url", "og:type")


def tags(answer) -> dict[str, str]:
    return {tag.get("property") or tag.get("name"): tag["content"] for tag in _metas(answer)}


def _metas(answer):
    return [tag for tag in answer.html.head.find_all("meta") if tag.get("content")]


def test_a_link_has_a_card_with_title_issuer_and_date(site):
    said = tags(site.get(site.page))
    address = f"https://learn.example.org{site.page}"
    assert {name: said[name] for name in OG} == {
        "og:title": "Listening well",
        "og:description": "Tutela · 24 November 2026",
        "og:image": f"{address}/card.png",
        "og:url": address,
        "og:type": "website",
    }
    assert site.get(site.page).headers["X-Robots-Tag"] == "noindex, nofollow"


def test_a_title_is_text_and_not_markup_there_too(make_site, site):
    hostile = make_site(snapshot={**site.snapshot, "title": '"><script>alert(1)</script>'})
    answer = hostile.get(hostile.page)
    assert answer.html.find("script") is None
    assert tags(answer)["og:title"] == '"><script>alert(1)</script>'


@pytest.mark.parametrize(("name", "size"), [("card", (1200, 630)), ("art", (512, 512))])
def test_card_and_drawing_are_for_everybody_and_may_be_kept_for_an_hour(site, name, size):
    answer = site.get(f"{site.page}/{name}.png")
    assert Image.open(io.BytesIO(answer.body)).size == size
    assert answer.content_type == "image/png"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("name", ["card", "art"])
def test_pictures_are_the_same_for_two_certificates_of_a_course(make_site, site, name):
    """So neither code nor holder are on them."""
    other = make_site()
    with other.transaction() as tree:
        tree["awards"][other.code].learner_id = "somebody else"
        tree["awards"][other.code].kept_name = "Ana"
    assert site.get(f"{site.page}/{name}.png").body == other.get(f"{other.page}/{name}.png").body


@pytest.mark.parametrize("code", ["0000000000000000000000000x", "x"])
def test_a_code_that_is_unknown_has_no_card(site, code):
    site.get(f"/awards/{code}/card.png", status=404)


def test_who_tries_codes_out_gets_no_card(site):
    for number in range(60):
        site.get(f"/awards/?code={number}", status=404)
    site.get(f"{site.page}/card.png", status=429)
