"""Badges as JSON that the office did not issue like this."""

import json
from random import Random

from forgeries.forger import Forger, forgery


@forgery
def badge_with_something_changed(forger: Forger, random: Random) -> bytes:
    return json.dumps(forger.altered(random)).encode()


@forgery
def badge_with_anothers_id(forger: Forger, random: Random) -> bytes:
    return json.dumps(forger.badge | {"id": forger.other_badge["id"]}).encode()


@forgery
def badge_with_the_proof_of_another(forger: Forger, _random: Random) -> bytes:
    return json.dumps(forger.badge | {"proof": forger.other_badge["proof"]}).encode()


@forgery
def badge_without_a_proof(forger: Forger, random: Random) -> bytes:
    proof = random.choice([[], {}, None, "", 7, [[]]])
    return json.dumps(forger.badge | {"proof": proof}).encode()


@forgery
def badge_with_a_second_proof(forger: Forger, random: Random) -> bytes:
    more = random.choice([{"type": "More"}, forger.badge["proof"][0], {}])
    return json.dumps(forger.badge | {"proof": [*forger.badge["proof"], more]}).encode()


@forgery
def badge_signed_by_a_key_that_is_not_ours(forger: Forger, random: Random) -> bytes:
    """It names our issuer and, half of the time, our key."""
    badge = json.loads(forger.twin.json(forger.certificate))
    if random.randrange(2):
        badge["proof"][0]["verificationMethod"] = forger.badge["proof"][0]["verificationMethod"]
    return json.dumps(badge).encode()


@forgery
def badge_of_another_issuer(forger: Forger, random: Random) -> bytes:
    badge = json.loads(forger.own.json(forger.certificate))
    if random.randrange(2):
        badge["id"] = forger.badge["id"]
    return json.dumps(badge).encode()


@forgery
def badge_whose_key_is_elsewhere(forger: Forger, random: Random) -> bytes:
    proof = forger.badge["proof"][0]
    method = proof["verificationMethod"].partition("#")[2]
    elsewhere = random.choice(
        [
            f"did:key:{method}#{method}",
            f"did:web:evil.example#{method}",
            f"https://evil.example/keys#{method}",
            f"{forger.office.ring.did}#other",
            f"{forger.office.ring.did}:user#{method}",
            ["list"],
        ]
    )
    return json.dumps(
        forger.badge | {"proof": [proof | {"verificationMethod": elsewhere}]}
    ).encode()


@forgery
def badge_that_says_a_thing_twice(forger: Forger, random: Random) -> bytes:
    text = json.dumps(forger.badge)
    twice = random.choice(
        ['"name": "Surgeon", ', '"id": "https://evil.example/", ', '"proof": {}, ']
    )
    return ("{" + twice + text[1:]).encode()


@forgery
def badge_with_a_context_from_elsewhere(forger: Forger, random: Random) -> bytes:
    more = random.choice(
        [
            "https://evil.example/context.json",
            "file:///etc/passwd",
            {"name": "https://evil.example/name"},
            {"@vocab": "https://evil.example/"},
            {"@import": "http://127.0.0.1:6543/"},
        ]
    )
    contexts = forger.badge["@context"]
    return json.dumps(forger.badge | {"@context": [*contexts, more]}).encode()


@forgery
def badge_with_a_graph_that_poisons(forger: Forger, random: Random) -> bytes:
    """Nodes without names, each of which leads to all others: telling them apart takes as many
    tries as there are orders of them."""
    count = random.randrange(8, 12)
    kind = random.randrange(3)
    term = random.choice(["https://example.org/knows", "evidence", "relatedResource"])

    def to(number: int) -> list:
        others = [other for other in range(count) if other != number]
        if kind == 1:
            others = [(number + 1) % count, (number - 1) % count]
        return [{"id": f"_:n{other}"} for other in others]

    nodes = [
        {"id": f"_:n{number}", "type": ["Evidence"], term: to(number)} for number in range(count)
    ]
    return json.dumps(forger.badge | {"evidence": nodes}).encode()


@forgery
def badge_of_very_many_parts(forger: Forger, random: Random) -> bytes:
    tags = [f"tag {number}" for number in range(random.randrange(5000, 15000))]
    badge = json.loads(json.dumps(forger.badge))
    badge["credentialSubject"]["achievement"]["tag"] = tags
    return json.dumps(badge).encode()


@forgery
def badge_nested_deeply(forger: Forger, random: Random) -> bytes:
    deep = random.choice([100, 900, 100_000])
    text = json.dumps(forger.badge)
    return (text[:-1] + ', "more": ' + "[" * deep + "]" * deep + "}").encode()


@forgery
def badge_with_numbers_that_are_none(forger: Forger, random: Random) -> bytes:
    number = random.choice(["1e999", "-1e999", "NaN", "Infinity", "9" * 5000, "1" * 200_000])
    text = json.dumps(forger.badge)
    return (text[:-1] + f', "more": {number}}}').encode()


@forgery
def badge_of_broken_text(forger: Forger, random: Random) -> bytes:
    text = json.dumps(forger.badge | {"name": "X"})
    return random.choice(
        [
            text.encode("utf-16"),
            text.replace('"X"', '"\\ud800"').encode(),
            text.encode()[: random.randrange(1, 900)],
            text.encode() + b"}",
            b"\xff" + text.encode(),
            text.replace('"X"', '"\x00"').encode(),
            ("[" + text + "]").encode(),
        ]
    )


@forgery
def badge_too_large(forger: Forger, random: Random) -> bytes:
    return json.dumps(forger.badge).encode() + b" " * (300_000 + random.randrange(1000))
