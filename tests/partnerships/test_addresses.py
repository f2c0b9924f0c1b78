import pytest

from partnerships.addresses import Address, read_addresses


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("priya@example.org", Address("priya@example.org")),
        ("Priya.Raman@Example.ORG", Address("priya.raman@example.org")),
        ("Priya Raman <priya@example.org>", Address("priya@example.org", "Priya Raman")),
        ('"Raman, Priya" <priya@example.org>', Address("priya@example.org", "Priya Raman")),
        ("Raman, Priya <priya@example.org>", Address("priya@example.org", "Priya Raman")),
        ("<priya@example.org>", Address("priya@example.org")),
        ("mailto:priya@example.org", Address("priya@example.org")),
        ("Priya Raman priya@example.org", Address("priya@example.org", "Priya Raman")),
        ("Priya Raman\tSchool nurse\tpriya@example.org", Address("priya@example.org", "Priya Raman")),
        ("'priya@example.org'", Address("priya@example.org")),
    ],
)
def test_addresses_are_read_as_people_paste_them(typed: str, expected: Address) -> None:
    pasted = read_addresses(typed)
    assert pasted.addresses == [expected]
    assert pasted.unreadable == []


@pytest.mark.parametrize("between", [",", ", ", ";", "; ", "\n", "\r\n", ",\n", "\n\n"])
def test_addresses_may_be_separated_in_every_usual_way(between: str) -> None:
    text = between.join(["a@example.org", "Bo Li <b@example.org>", "c@example.org"])
    assert [address.email for address in read_addresses(text).addresses] == [
        "a@example.org",
        "b@example.org",
        "c@example.org",
    ]


def test_address_given_twice_is_kept_once_with_its_name() -> None:
    pasted = read_addresses("priya@example.org\nPriya Raman <PRIYA@example.org>\npriya@example.org")
    assert pasted.addresses == [Address("priya@example.org", "Priya Raman")]


def test_what_is_no_address_is_listed_with_what_to_do() -> None:
    pasted = read_addresses("good@example.org\nthe head teacher\nx@\n@example.org, also@example.org")
    assert [address.email for address in pasted.addresses] == ["good@example.org", "also@example.org"]
    assert [part.typed for part in pasted.unreadable] == ["the head teacher", "x@", "@example.org"]
    assert {part.problem for part in pasted.unreadable} == {"Enter an e-mail address, like name@example.org"}


def test_markup_in_a_name_stays_text() -> None:
    pasted = read_addresses("<script>alert(1)</script> <a@example.org>")
    assert [address.email for address in pasted.addresses] == ["a@example.org"]
    assert all("<script" not in address.name for address in pasted.addresses)


def test_empty_lines_and_commas_are_nobody() -> None:
    assert read_addresses(" \n,,;\n\t\n") == read_addresses("")
