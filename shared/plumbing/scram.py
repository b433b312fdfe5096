"""How is a password given to PostgreSQL so that no statement or log ever shows it?"""

import base64
import hashlib
import hmac
import os

ROUNDS = 4096


def verifier(password: str) -> str:
    """What PostgreSQL keeps of a password under SCRAM-SHA-256 (RFC 5803), with a salt of its own."""
    salt = os.urandom(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, ROUNDS)
    stored = hashlib.sha256(_keyed(salted, b"Client Key")).digest()
    return f"SCRAM-SHA-256${ROUNDS}:{_text(salt)}${_text(stored)}:{_text(_keyed(salted, b'Server Key'))}"


def _keyed(key: bytes, word: bytes) -> bytes:
    return hmac.digest(key, word, "sha256")


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
