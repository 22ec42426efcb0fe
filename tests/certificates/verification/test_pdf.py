"""A PDF is ours octet for octet, or it is not."""

import re

import pytest
from asn1crypto import cms

from certificates.verification import pdf, problems
from certificates.verification.reading import chain_of
from forgeries.pdfs import gap
from office import Office, page


@pytest.fixture(scope="session")
def genuine(prints):
    office, _certificate, forms = prints
    return forms["pdf"], [chain_of(office.ring.current.certificate_pem)]


def test_the_badge_in_it_is_given(prints, genuine):
    _office, _certificate, forms = prints
    assert pdf.attached_to(*genuine) == forms["json"].decode()


def test_one_changed_bit_anywhere_is_found(genuine):
    content, ours = genuine
    first, second = gap(content)
    for at in [*range(0, first, 61), *range(second, len(content), 61)]:
        changed = bytearray(content)
        changed[at] ^= 1
        with pytest.raises(problems.Problem):
            pdf.attached_to(bytes(changed), ours)


def test_a_changed_signature_is_found(genuine):
    content, ours = genuine
    first, second = gap(content)
    figures = bytes.fromhex(content[first + 1 : second - 1].decode())
    length = len(cms.ContentInfo.load(figures).dump())
    for at in range(0, length, 37):
        changed = bytearray(figures)
        changed[at] ^= 1
        with pytest.raises(problems.Problem):
            pdf.attached_to(
                content[: first + 1]
                + bytes(changed).hex().upper().encode()
                + content[second - 1 :],
                ours,
            )


def test_a_signature_that_is_said_to_be_longer_is_another(genuine):
    """The zeros behind it would be a part of it."""
    content, ours = genuine
    first, _second = gap(content)
    length = int(content[first + 5 : first + 9], 16)
    assert content[first + 1 : first + 5] == b"3082"
    longer = b"%04X" % (length + 16)
    with pytest.raises(problems.Problem):
        pdf.attached_to(content[: first + 5] + longer + content[first + 9 :], ours)


def test_the_name_of_the_signer_is_told_from_the_same_in_other_capitals(genuine):
    content, ours = genuine
    issuer = ours[0][0].issuer.dump().hex().upper().encode()
    # Once more after that it stands in what is signed.
    at = content.rindex(issuer, 0, content.rindex(issuer)) + len(issuer) - 2
    other = bytes([int(content[at : at + 2], 16) ^ 0x20]).hex().upper().encode()
    with pytest.raises(problems.Problem):
        pdf.attached_to(content[:at] + other + content[at + 2 :], ours)


@pytest.mark.parametrize(
    "more", [b"\n", b"%%EOF\n", b"\n1 0 obj\n<<>>\nendobj\ntrailer\n<</Root 1 0 R>>\n"]
)
def test_what_stands_after_the_signed_part_was_not_there_when_it_was_issued(genuine, more):
    content, ours = genuine
    with pytest.raises(problems.Altered):
        pdf.attached_to(content + more, ours)


@pytest.mark.parametrize("inside", [b"00>\n1 0 obj<</Evil true>>endobj\n<00", b"(x)", b"zz"])
def test_nothing_but_a_signature_may_stand_between_the_signed_parts(genuine, inside):
    content, ours = genuine
    _first, second = gap(content)
    at = second - 1 - len(inside)
    with pytest.raises(problems.NotOurs):
        pdf.attached_to(content[:at] + inside + content[second - 1 :], ours)


def test_the_signature_is_written_as_we_write_it(genuine):
    """Small letters mean the same, but the file is not the one that was issued."""
    content, ours = genuine
    first, second = gap(content)
    at = next(at for at in range(first, second) if content[at : at + 1].isupper())
    for end in (at + 1, second):
        other = content[:at] + content[at:end].lower() + content[end:]
        with pytest.raises(problems.NotOurs):
            pdf.attached_to(other, ours)


def test_a_signature_after_ours_makes_it_another_file(prints, genuine):
    office, _certificate, _forms = prints
    content, ours = genuine
    with pytest.raises(problems.Altered):
        pdf.attached_to(office.signed(content, "Second", certify=False), ours)


def test_our_badge_under_another_signature_is_not_ours(prints, genuine, tmp_path):
    _office, _certificate, forms = prints
    twin = Office(tmp_path)
    with pytest.raises(problems.NotOurs):
        pdf.attached_to(twin.signed(page(forms["json"].decode())), genuine[1])


def test_without_any_signature_nothing_says_that_it_is_ours(prints, genuine):
    _office, _certificate, forms = prints
    with pytest.raises(problems.NotOurs):
        pdf.attached_to(page(forms["json"].decode()), genuine[1])


@pytest.mark.parametrize("algorithm", ["md5", "sha1"])
def test_weak_digests_count_for_nothing(genuine, algorithm):
    content, ours = genuine

    def weaken(signature):
        signer = signature["content"]["signer_infos"][0]
        signer["digest_algorithm"] = {"algorithm": algorithm}

    with pytest.raises(problems.Altered):
        pdf.attached_to(resigned(content, weaken), ours)


def test_a_signature_that_says_nothing_of_itself_counts_for_nothing(genuine):
    """Without signed attributes a signature of a token could be passed off as one of a file."""
    content, ours = genuine

    def strip(signature):
        del signature["content"]["signer_infos"][0]["signed_attrs"]

    with pytest.raises(problems.Altered):
        pdf.attached_to(resigned(content, strip), ours)


def test_a_signer_named_by_key_alone_is_nobody(genuine):
    content, ours = genuine

    def rename(signature):
        signature["content"]["signer_infos"][0]["sid"] = cms.SignerIdentifier(
            "subject_key_identifier", b"1234"
        )

    with pytest.raises(problems.NotOurs):
        pdf.attached_to(resigned(content, rename), ours)


def test_the_signatures_that_are_looked_at_are_few(genuine):
    content, ours = genuine
    many = content + b"/ByteRange [0 1 2 3]" * 1000
    with pytest.raises(problems.Altered):
        pdf.attached_to(many, ours)
    assert len(list(re.finditer(pdf.BYTE_RANGE, many))) == 1001


def resigned(content: bytes, change) -> bytes:
    """The file with a change made to the structure of its signature."""
    first, second = gap(content)
    signature = cms.ContentInfo.load(bytes.fromhex(content[first + 1 : second - 1].decode()))
    change(signature)
    figures = signature.dump(force=True).hex().upper().encode().ljust(second - first - 2, b"0")
    return content[: first + 1] + figures + content[second - 1 :]
