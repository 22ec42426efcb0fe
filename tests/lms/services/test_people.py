from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.resources.people import People, SignInSession
from lms.services import passphrases, people
from lms.services.people import LastAdmin, PersonRefused

NOW = datetime(2027, 3, 31, 9, 0, tzinfo=UTC)
GOOD = "four quiet green lamps"
OTHER = "seven slow brown boats"
QUICK = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA"


@pytest.fixture
def everybody():
    return People()


@pytest.fixture
def quick(monkeypatch):
    """Hashing that takes no time, where the hash does not matter."""
    monkeypatch.setattr(passphrases, "hashed", lambda _passphrase: QUICK)


def add(everybody, username="mina", **options):
    given = {"passphrase": GOOD, "role": "member", "now": NOW} | options
    return people.add(everybody, username=username, **given)


def test_a_person_is_added_with_random_ids_and_a_hash(everybody):
    person = add(everybody, centre="nairobi")
    assert everybody.by_username("mina") is person
    assert len(person.id) == 16
    assert len(person.learner_id) == 32
    assert person.centre == "nairobi"
    assert GOOD not in person.passphrase_hash


def test_without_a_display_name_the_username_is_shown(everybody, quick):
    assert add(everybody, display_name=None).display_name == "mina"


@pytest.mark.parametrize("username", ["", "m", "with space", "a/b", "x" * 65, "t\tab", "<b>"])
def test_what_is_no_username_is_refused(everybody, quick, username):
    with pytest.raises(PersonRefused, match="2 to 64"):
        add(everybody, username)


@pytest.mark.parametrize("username", ["Mina", "MINA", " mina "])
def test_a_username_is_given_once(everybody, quick, username):
    add(everybody)
    with pytest.raises(PersonRefused, match="already"):
        add(everybody, username)


def test_an_unknown_role_is_refused(everybody, quick):
    with pytest.raises(PersonRefused, match="member, author, admin"):
        add(everybody, role="king")


def test_an_easy_passphrase_is_refused(everybody):
    with pytest.raises(PersonRefused, match="too short"):
        add(everybody, passphrase="short")


@given(st.text(max_size=300))
def test_a_tidy_name_is_one_short_line_and_stays_as_it_is(name):
    tidy = people.tidy_name(name)
    assert len(tidy) <= people.LONGEST_NAME
    assert "\n" not in tidy
    assert people.tidy_name(tidy) == tidy


def test_a_tidy_name_loses_what_could_turn_the_page_around():
    assert people.tidy_name("Mina\u202e  \x00 \n Said") == "Mina Said"


def test_the_right_passphrase_opens_the_account(everybody):
    person = add(everybody)
    assert people.authenticate(everybody, "MINA", GOOD, NOW) is person


def test_a_wrong_passphrase_an_unknown_name_and_a_closed_account_all_fail_alike(
    everybody, monkeypatch
):
    add(everybody, "boss", role="admin")
    add(everybody)
    closed = add(everybody, "gone")
    people.close(everybody, closed)
    checks = []
    check = passphrases.matches
    monkeypatch.setattr(passphrases, "matches", lambda *a: checks.append(a) or check(*a))
    for username in ("mina", "nobody", "gone"):
        passphrase = GOOD if username == "gone" else OTHER
        assert people.authenticate(everybody, username, passphrase, NOW) is None
    assert len(checks) == 3


def test_signing_in_renews_a_hash_of_older_parameters(everybody, monkeypatch):
    person = add(everybody)
    before = person.passphrase_hash
    monkeypatch.setattr(passphrases, "is_outdated", lambda _kept: True)
    people.authenticate(everybody, "mina", GOOD, NOW)
    assert person.passphrase_hash != before


def test_a_temporary_passphrase_ends(everybody):
    add(everybody, temporary=True)
    day = timedelta(days=1)
    late = NOW + people.TEMPORARY_DAYS * day
    assert people.authenticate(everybody, "mina", GOOD, late) is not None
    assert people.authenticate(everybody, "mina", GOOD, late + day) is None


def test_a_person_changes_the_passphrase(everybody):
    person = add(everybody, temporary=True)
    people.change_passphrase(person, GOOD, OTHER)
    assert people.authenticate(everybody, "mina", OTHER, NOW + timedelta(days=400)) is person
    assert people.authenticate(everybody, "mina", GOOD, NOW) is None


def test_changing_the_passphrase_asks_for_the_current_one(everybody):
    with pytest.raises(PersonRefused, match="current"):
        people.change_passphrase(add(everybody), OTHER, OTHER)


def test_the_new_passphrase_differs_from_the_current_one(everybody):
    with pytest.raises(PersonRefused, match="the same"):
        people.change_passphrase(add(everybody), GOOD, GOOD)


def test_a_reset_gives_a_temporary_passphrase_and_ends_every_sign_in(everybody):
    person = add(everybody)
    person.sessions["key"] = SignInSession(NOW, NOW, False, "Firefox")
    made = people.reset_passphrase(person, NOW)
    assert people.authenticate(everybody, "mina", made, NOW) is person
    assert person.temporary_until is not None
    assert not person.sessions


def test_the_last_admin_can_neither_be_demoted_nor_closed(everybody, quick):
    boss = add(everybody, "boss", role="admin")
    with pytest.raises(LastAdmin):
        people.change_role(everybody, boss, "author")
    with pytest.raises(LastAdmin):
        people.close(everybody, boss)
    assert boss.role == "admin"
    assert not boss.closed


def test_one_of_two_admins_can_go(everybody, quick):
    boss, second = add(everybody, "boss", role="admin"), add(everybody, role="admin")
    people.change_role(everybody, boss, "member")
    assert everybody.admins == (second.id,)


def test_a_closed_admin_does_not_count_until_opened_again(everybody, quick):
    boss, second = add(everybody, "boss", role="admin"), add(everybody, role="admin")
    people.close(everybody, second)
    with pytest.raises(LastAdmin):
        people.close(everybody, boss)
    people.reopen(everybody, second)
    assert set(everybody.admins) == {boss.id, second.id}


def test_a_closed_member_made_admin_is_no_admin_yet(everybody, quick):
    add(everybody, "boss", role="admin")
    member = add(everybody)
    people.close(everybody, member)
    people.change_role(everybody, member, "admin")
    assert member.id not in everybody.admins


def test_people_are_listed_by_username_a_page_at_a_time(everybody, quick):
    for number in range(7):
        add(everybody, f"person{number}")
    first, further = people.page_of_people(everybody, size=5)
    rest, end = people.page_of_people(everybody, first=further, size=5)
    assert [p.username for p in first + rest] == [f"person{n}" for n in range(7)]
    assert end is None


def test_part_of_a_username_finds_somebody_in_any_case(everybody, quick):
    for username in ("mina", "amina", "sam"):
        add(everybody, username)
    found, _end = people.page_of_people(everybody, search="MIN")
    assert [person.username for person in found] == ["amina", "mina"]


def test_people_are_found_by_name_each_once_or_the_reason_is_told(everybody, quick):
    mina = add(everybody)
    sam = add(everybody, "sam")
    assert people.all_named(everybody, ["sam", " MINA ", "", "mina"]) == [sam, mina]
    with pytest.raises(PersonRefused, match="do not exist: nobody, none"):
        people.all_named(everybody, ["nobody", "mina", "none"])
    with pytest.raises(PersonRefused, match="no username"):
        people.all_named(everybody, [" "])
    people.close(everybody, sam)
    with pytest.raises(PersonRefused, match="closed: sam"):
        people.all_named(everybody, ["mina", "sam"])
