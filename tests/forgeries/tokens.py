"""Badges as tokens that the office did not sign."""

import base64
import hmac
import json
from random import Random

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from forgeries.forger import Forger, forgery


def part(value: object) -> str:
    octets = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def parts(token: str) -> tuple[dict, dict, str]:
    header, claims, signature = token.split(".")

    def read(text: str) -> dict:
        return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))

    return read(header), read(claims), signature


@forgery
def token_of_no_algorithm(forger: Forger, random: Random) -> bytes:
    header, claims, signature = parts(forger.jwt)
    header["alg"] = random.choice(["none", "None", "NONE", "", None])
    return f"{part(header)}.{part(claims)}.{random.choice(['', signature])}".encode()


@forgery
def token_signed_with_our_public_key_as_a_secret(forger: Forger, random: Random) -> bytes:
    header, claims, _signature = parts(forger.jwt)
    name = random.choice(["sha256", "sha384", "sha512"])
    header["alg"] = f"HS{name[3:]}"
    keys = forger.office.ring.current
    secret = random.choice([keys.p256_public_pem, keys.ed25519_public_pem, keys.certificate_pem])
    signed = f"{part(header)}.{part(claims)}"
    return f"{signed}.{part(hmac.new(secret, signed.encode(), name).digest())}".encode()


@forgery
def token_that_brings_its_own_key(forger: Forger, random: Random) -> bytes:
    header, claims, _signature = parts(forger.jwt)
    twin = forger.twin.ring.current
    header["jwk"] = twin.jwk
    if random.randrange(2):
        del header["kid"]
    key = load_pem_private_key(twin.p256_pem, None)
    more = {name: value for name, value in header.items() if name not in ("alg", "typ")}
    return jwt.encode(claims, key, algorithm="ES256", headers=more).encode()


@forgery
def token_whose_key_is_elsewhere(forger: Forger, random: Random) -> bytes:
    header, claims, _signature = parts(forger.jwt)
    header["kid"] = random.choice(
        ["https://evil.example/key", "did:web:evil.example#k", "../../etc/passwd", 7, None, ["k"]]
    )
    header["jku"] = header["x5u"] = "https://evil.example/keys"
    signed = f"{part(header)}.{part(claims)}"
    key = generate_private_key(SECP256R1())
    signature = jwt.algorithms.ECAlgorithm(jwt.algorithms.ECAlgorithm.SHA256).sign(
        signed.encode(), key
    )
    return f"{signed}.{part(signature)}".encode()


@forgery
def token_with_something_changed(forger: Forger, random: Random) -> bytes:
    header, claims, signature = parts(forger.jwt)
    name = random.choice(["id", "name", "validFrom", "jti", "sub", "nbf"])
    claims[name] = random.choice(["changed", forger.other_badge["id"], 0])
    return f"{part(header)}.{part(claims)}.{signature}".encode()


@forgery
def token_with_the_signature_of_another(forger: Forger, random: Random) -> bytes:
    header, claims, _signature = forger.jwt.split(".")
    other = forger.other_jwt.split(".")[2]
    nothing = part(bytes(64))
    return f"{header}.{claims}.{random.choice([other, nothing, '', other[:40]])}".encode()


@forgery
def token_of_another_issuer(forger: Forger, random: Random) -> bytes:
    office = random.choice([forger.own, forger.twin])
    return office.jwt(forger.certificate).encode()


@forgery
def token_of_another_algorithm(forger: Forger, random: Random) -> bytes:
    header, claims, signature = parts(forger.jwt)
    header["alg"] = random.choice(["ES384", "RS256", "EdDSA", "PS256", "ES256K", 7, ["ES256"]])
    return f"{part(header)}.{part(claims)}.{signature}".encode()


@forgery
def token_of_nonsense(_forger: Forger, random: Random) -> bytes:
    header = random.choice(
        [{"alg": "ES256", "crit": ["b64"], "b64": False}, [], 7, b"\xff\xfe", {"zip": "DEF"}, "x"]
    )
    body = random.choice([b"{" * 5000, b"[" * 90_000, random.randbytes(50), b'{"iss":1e999}'])
    return f"{part(header)}.{part(body)}.{part(random.randbytes(64))}".encode()
