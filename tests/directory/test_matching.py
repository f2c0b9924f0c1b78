"""Which row is which service, in lists that share what usually tells services apart."""

from dataclasses import replace

import pytest

from directory.imports.matching import MANY, Index, Traits, match

HALL = Traits("harbour", "WX4 2QL", frozenset({"01632960318"}), "example.org/harbour")


@pytest.mark.parametrize("shared", ["postcode", "phones", "website", "all"])
def test_services_that_share_a_council_s_number_website_or_postcode_stay_apart(shared: str) -> None:
    """However many there are, each is found again by its name, and a new one is nobody's."""
    apart = [
        Traits(f"service {at}", f"WX{at % 9} {at % 8}QL", frozenset({f"{at}"}), f"{at}") for at in range(200)
    ]
    names = ("postcode", "phones", "website") if shared == "all" else (shared,)
    known = [replace(each, **{name: getattr(HALL, name) for name in names}) for each in apart]
    assert match(known, known) == list(range(200))
    assert match([replace(known[0], name="something new")], known) == [None]


@pytest.mark.parametrize(("many", "found"), [(MANY, True), (MANY + 1, False)])
def test_what_too_many_share_proposes_nobody(many: int, found: bool) -> None:
    index = Index(
        Traits(f"service {at}", website="example.org", phones=frozenset({"1"})) for at in range(many)
    )
    row = Traits("another", website="example.org", phones=frozenset({"1"}))
    assert bool(list(index.alike(row))) is found


def test_branch_is_found_by_its_postcode_among_many_of_one_name() -> None:
    branches = [replace(HALL, postcode=f"WX{at} 2QL", phones=frozenset({f"{at}"})) for at in range(MANY * 2)]
    index = Index(branches)
    assert index.same(Traits("harbour", "WX77 2QL")) == 77
    assert index.same(Traits("harbour", phones=frozenset({"78"}))) == 78
    assert index.same(Traits("harbour", "WX1 9ZZ")) is None
