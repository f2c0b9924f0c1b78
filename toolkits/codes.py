"""Codes by which guests join: short, read out and typed without mistakes."""

import secrets

ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
"""No sign that looks or sounds like another: 0 O, 1 I L, 2 Z, 5 S, 8 B."""
LENGTH = 6


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def spaced(code: str) -> str:
    """As it is shown: "K4T 9PM"."""
    return f"{code[:3]} {code[3:]}".strip()


def normal(typed: str) -> str:
    """What was typed, as it is stored: capitals, without spaces, dots or dashes."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def is_code(code: str) -> bool:
    return len(code) == LENGTH and set(code) <= set(ALPHABET)
