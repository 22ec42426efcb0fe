from datetime import UTC, datetime, timedelta

import pytest

from lms.resources.people import People, Person
from lms.services import sessions

NOW = datetime(2027, 3, 31, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ANDROID = (
    "Mozilla/5.0 (Linux; Android 7.0; SM-G930F) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/119.0.0.0 Mobile Safari/537.36"
)


@pytest.fixture
def person():
    return Person("0011223344556677", "ab", "mina", NOW)


@pytest.fixture
def people(person):
    people = People()
    people.add(person)
    return people


def opened(person, now=NOW, *, shared=False):
    return sessions.open_session(person, now=now, shared_computer=shared, user_agent=ANDROID)


def test_the_cookie_leads_to_the_person(people, person):
    found = sessions.find(people, opened(person), NOW)
    assert found.person is person
    assert found.session.browser == "Chrome on Android"


def test_the_database_holds_no_secret(person):
    secret = opened(person).partition(".")[2]
    assert secret not in str(dict(person.sessions))
    assert len(secret) == 43


def test_every_sign_in_has_a_secret_of_its_own(person):
    assert opened(person) != opened(person)


@pytest.mark.parametrize(
    "cookie", [None, "", "x", "0011223344556677.short", "ffffffffffffffff." + "a" * 43]
)
def test_what_is_no_cookie_of_ours_leads_to_nobody(people, person, cookie):
    opened(person)
    assert sessions.find(people, cookie, NOW) is None


def test_another_persons_id_with_my_secret_leads_to_nobody(people, person):
    other = Person("8899aabbccddeeff", "cd", "sam", NOW)
    people.add(other)
    secret = opened(person).partition(".")[2]
    assert sessions.find(people, f"{other.id}.{secret}", NOW) is None


@pytest.mark.parametrize(
    ("shared", "lifetime"), [(False, timedelta(days=30)), (True, timedelta(hours=12))]
)
def test_a_session_ends_by_itself(people, person, shared, lifetime):
    cookie = opened(person, shared=shared)
    assert sessions.find(people, cookie, NOW + lifetime - MINUTE)
    assert sessions.find(people, cookie, NOW + lifetime) is None


def test_a_closed_account_has_no_sessions(people, person):
    cookie = opened(person)
    person.closed = True
    assert sessions.find(people, cookie, NOW) is None


def test_use_is_noted_at_most_every_five_minutes(people, person):
    session = sessions.find(people, opened(person), NOW).session
    sessions.touch(session, NOW + 4 * MINUTE)
    assert session.last_seen == NOW
    sessions.touch(session, NOW + 5 * MINUTE)
    assert session.last_seen == NOW + 5 * MINUTE


def test_sessions_are_listed_the_last_used_first_without_the_ended(person):
    opened(person, NOW - timedelta(days=31))
    opened(person, NOW)
    opened(person, NOW + MINUTE)
    listed = sessions.listed(person, NOW + MINUTE)
    assert [session.created for _key, session in listed] == [NOW + MINUTE, NOW]


def test_one_session_can_be_ended(people, person):
    cookie = opened(person)
    key = sessions.find(people, cookie, NOW).key
    assert sessions.end(person, key)
    assert not sessions.end(person, key)
    assert sessions.find(people, cookie, NOW) is None


def test_all_other_sessions_can_be_ended(people, person):
    mine, other = opened(person), opened(person)
    key = sessions.find(people, mine, NOW).key
    assert sessions.end_others(person, key) == 1
    assert sessions.find(people, mine, NOW)
    assert sessions.find(people, other, NOW) is None


def test_ended_sessions_are_cleared_away_at_the_next_sign_in(person):
    opened(person, NOW - timedelta(days=31))
    opened(person, NOW)
    assert len(person.sessions) == 1


def test_a_person_keeps_no_more_than_fifty_sessions(people, person):
    first = opened(person, NOW)
    for number in range(sessions.MOST):
        opened(person, NOW + number * MINUTE + MINUTE)
    assert len(person.sessions) == sessions.MOST
    assert sessions.find(people, first, NOW) is None


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (ANDROID, "Chrome on Android"),
        (
            "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Firefox on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/120 Safari/537.36 Edg/120", "Edge on Linux"),
        ("curl/8.0", "Browser"),
        (None, "Browser"),
    ],
)
def test_a_browser_is_named_as_people_name_it(user_agent, words):
    assert sessions.browser_words(user_agent) == words
