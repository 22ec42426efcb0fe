"""Templates as admins make them: versions that never change, and what is shared between them."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

import images
from certificates import designing, pictures
from certificates.designing import TemplateRefused
from certificates.designs import Design, DesignRefused, Signatory, Words, design_of
from certificates.resources import Award, Certificates
from certificates.resources.template import INCLUDED_IDS, digest_of

QUIET = Design()
NOW = datetime(2026, 11, 26, tzinfo=UTC)
SEAL = pictures.cleaned(images.png(), "seal")
OTHER = pictures.cleaned(images.png(colour=(90, 10, 10, 255)), "seal")


@pytest.fixture
def certificates():
    return Certificates()


@pytest.fixture
def make(certificates):
    """Makes templates with ids of their own."""
    numbers = count(1)

    def made(name="Ours", design=QUIET, found=None):
        return designing.make(
            certificates, name, design, found or {}, NOW, lambda n: next(numbers).to_bytes(n, "big")
        )

    return made


def test_a_new_template_has_one_version(certificates, make):
    template = make("  Our  own ")
    assert template.__name__ == "0000000000000001"
    assert certificates.templates[template.__name__] is template
    assert (template.name, template.current.number, template.created) == ("Our own", 1, NOW)
    assert Design.from_plain(template.current.design) == Design()
    assert template["1"].__parent__ is template


def test_it_begins_with_an_included_one_or_with_another(certificates, make):
    assert designing.base_of(certificates, "band")[0].layout == "band"
    template = make(design=Design(seal="seal"), found={"seal": SEAL})
    assert designing.base_of(certificates, template.__name__) == (
        Design(seal="seal"),
        {"seal": SEAL},
    )
    with pytest.raises(TemplateRefused, match="Choose a template"):
        designing.base_of(certificates, "nothing")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (" ", "Give the template a name"),
        ("x" * 101, "at most 100"),
        ("a\u202eb", "cannot be shown"),
        ("ours", "Another template has this name"),
        ("QUIET", "Another template has this name"),
    ],
)
def test_a_name_that_cannot_be_is_refused(certificates, make, name, words):
    make("Ours")
    with pytest.raises(TemplateRefused, match=words):
        make(name)
    assert len(list(certificates.templates.values())) == 1


def test_a_design_that_cannot_be_printed_makes_no_template(certificates, make):
    with pytest.raises(DesignRefused):
        make(design=Design(ink="#ffffff"))
    assert list(certificates.templates.values()) == []


def test_saving_adds_a_version_and_leaves_the_earlier_one(make):
    template = make()
    made = designing.save(template, Design(layout="frame"), {}, NOW)
    assert (made.number, template.current) == (2, made)
    assert Design.from_plain(template["1"].design).layout == "quiet"


def test_saving_what_is_there_makes_no_version(make):
    template = make(design=Design(seal="seal"), found={"seal": SEAL})
    assert designing.save(template, Design(seal="seal"), {"seal": SEAL}, NOW) is None
    assert template.current.number == 1
    assert designing.save(template, Design(seal="seal"), {"seal": OTHER}, NOW).number == 2


def test_a_design_that_cannot_be_printed_is_not_saved(make):
    template = make()
    with pytest.raises(DesignRefused):
        designing.save(template, Design(ink="#ffffff"), {}, NOW)
    assert template.current.number == 1


def test_a_picture_is_stored_once_in_however_many_versions_it_is(make):
    template = make(design=Design(seal="seal"), found={"seal": SEAL})
    made = designing.save(template, Design("frame", seal="seal"), {"seal": SEAL}, NOW)
    assert made.pictures["seal"] is template["1"].pictures["seal"]


def test_a_picture_that_the_design_leaves_out_is_not_kept(make):
    template = make()
    assert designing.save(template, Design("band"), {"seal": SEAL}, NOW).images == {}


def test_an_earlier_version_used_again_is_a_new_version(make):
    template = make(design=Design(seal="seal"), found={"seal": SEAL})
    designing.save(template, Design("band"), {}, NOW)
    made = designing.use_again(template, 1, NOW)
    assert (made.number, made.images) == (3, {"seal": SEAL})
    assert made.design == template["1"].design
    assert designing.use_again(template, 1, NOW) is None


def test_a_certificate_keeps_the_version_it_was_issued_with(certificates, make):
    template = make()
    snapshot = {
        "template": template.__name__,
        "template_version": template.current.number,
    }
    designing.save(template, Design("frame"), {}, NOW)
    designing.retire(template, NOW)
    assert design_of(certificates, snapshot)[0].layout == "quiet"
    assert template.current.number == 2


def test_a_picture_waits_for_the_next_version(make):
    template = make()
    digest = designing.keep_picture(template, images.polyglot(), "seal", NOW)
    assert designing.find_picture(template, digest) == SEAL
    designing.save(template, Design(seal="seal"), {"seal": SEAL}, NOW)
    assert len(template.unsaved) == 0
    assert designing.find_picture(template, digest) == SEAL
    assert designing.keep_picture(template, images.png(), "seal", NOW) == digest
    assert len(template.unsaved) == 0


def test_a_picture_of_another_template_is_not_found(make):
    theirs, ours = make("Theirs"), make("Ours")
    digest = designing.keep_picture(theirs, images.png(), "seal", NOW)
    assert designing.find_picture(ours, digest) is None


def test_only_so_many_pictures_wait_and_the_oldest_gives_way(make):
    template = make()
    digests = [
        designing.keep_picture(
            template, images.png(colour=(n, 0, 0, 255)), "seal", NOW + timedelta(seconds=n)
        )
        for n in range(designing.MOST_UNSAVED + 1)
    ]
    assert set(template.unsaved) == set(digests[1:])


def test_a_template_gets_another_name(certificates, make):
    template = make("Ours")
    assert designing.rename(certificates, template, "ours") is True
    assert designing.rename(certificates, template, "ours ") is False
    assert template.name == "ours"


def test_the_choice_has_the_included_ones_and_those_that_are_not_retired(certificates, make):
    old, new = make("Zebra"), make("ant")
    assert designing.choices(certificates) == [
        ("quiet", "Quiet"),
        ("frame", "Frame"),
        ("band", "Band"),
        (new.__name__, "ant"),
        (old.__name__, "Zebra"),
    ]
    designing.retire(old, NOW)
    designing.retire(old, NOW + timedelta(days=1))
    assert old.retired == NOW
    assert [name for _id, name in designing.choices(certificates)][3:] == ["ant"]
    assert designing.choices(certificates, chosen=old.__name__)[-1][1] == "Zebra"
    assert designing.in_order(certificates) == [new, old]
    designing.bring_back(old)
    assert len(designing.choices(certificates)) == 5


def test_which_awards_use_a_template(certificates):
    for key, title, template, retired in [
        ("1", "Zeal", "band", None),
        ("2", "Old", "band", NOW),
        ("3", "other", "quiet", None),
        ("4", "able", "band", None),
    ]:
        award = Award(key, subject="course/x", kind="achievement", created=NOW)
        award.title, award.template, award.retired = title, template, retired
        certificates.awards.add(award)
    found = designing.uses(certificates, "band")
    assert [award.title for award in found] == ["able", "Zeal", "Old"]


def test_what_differs_between_two_versions_is_told(make):
    template = make(design=Design(seal="seal"), found={"seal": SEAL})
    after = Design(
        layout="band",
        seal="seal",
        words={"fr": Words("Bravo")},
        signatories=(Signatory("Ana", image="signature-1"),),
    )
    second = designing.save(template, after, {"seal": OTHER, "signature-1": SEAL}, NOW)
    assert designing.differences(template["1"], second) == [
        "layout",
        "signatories",
        "words",
        "seal",
    ]
    third = designing.save(template, after, {"seal": OTHER, "signature-1": OTHER}, NOW)
    assert designing.differences(second, third) == ["signatories"]


@pytest.mark.parametrize("number", ["0", "2", "x", "-1", "1 ", "٣", "9999999"])
def test_only_its_own_versions_lie_under_a_template(make, number):
    with pytest.raises(KeyError):
        make()[number]


def test_the_included_ones_have_addresses_and_nothing_stored(certificates):
    assert tuple(designing.INCLUDED) == INCLUDED_IDS == tuple(designing.INCLUDED_NAMES)
    for key in INCLUDED_IDS:
        found = certificates.templates[key]
        assert (found.__name__, found.__parent__) == (key, certificates.templates)
        assert key not in certificates.templates
        assert certificates.templates.get(key) is None


def test_a_picture_has_the_name_of_its_content(make):
    template = make(design=Design(seal="seal"), found={"seal": SEAL})
    assert template.current.pictures["seal"].digest == digest_of(SEAL)
