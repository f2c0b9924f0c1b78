"""Numbers and lists as people say them."""

from partnerships.templatetags.joined_up import number_word


def counted(count: int, noun: str) -> str:
    """As in "one check-in", "14 actions"; nothing for none."""
    if not count:
        return ""
    return f"{number_word(count)} {noun}{'' if count == 1 else 's'}"
