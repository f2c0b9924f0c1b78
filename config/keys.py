"""Keys that are proof by themselves: in a link or a cookie. Of each only the hash is kept."""

import hashlib
import secrets

KEY_BYTES = 24


def new_key() -> str:
    return secrets.token_urlsafe(KEY_BYTES)


def hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
