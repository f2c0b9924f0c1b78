"""The directory as a booklet: what is in it, and how it is made."""

from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone
from pypdf import PdfReader

from directory.booklet import making as booklet_making
from directory.booklet.making import write_booklet
from directory.booklet.pages import booklet_paper
from directory.booklet.people import people_of
from directory.booklet.wanted import FAMILIES, Wanted
from directory.models import Booklet
from directory.sheet.whereabouts import Person
from directory.tasks import make_booklet
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db
ALL = {"edition": "school", "parts": ["needs", "pathways", "people", "index"]}


@pytest.fixture
def hillside() -> Setting:
    return school(publishes_directory=True)


@pytest.fixture
def no_worker(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def club(setting: Setting, name: str, **values: Any) -> Any:
    return sheet(setting, **{"name": name, "telephone": [], "postcode": "", **values})


def pages_of(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


def make(who: Membership, **fields: Any) -> str:
    address = url("make_booklet", who.setting)
    return words_of(client_of(who).post(address, {**ALL, **fields}, follow=True))


def test_booklet_has_cover_contents_a_page_for_each_and_indexes(hillside: Setting, tmp_path: Path) -> None:
    club(hillside, "Zebra", sector="health", topics=["sleep"], contacts=[Person("Jo Open", "nurse")])
    club(hillside, "Apple", sector="housing", agency="Orchard", topics=["debt", "sleep"])
    sheet(school("riverside"), name="Zanzibar")
    out = tmp_path / "booklet.pdf"
    call_command("render_booklet", setting="hillside", out=out)
    cover, contents, zebra, apple, people, index = pages_of(out.read_bytes())
    assert "Hillside School" in cover
    assert "Worried about a child?" in cover
    by_need, by_sector = contents.split("By sector")
    assert by_need.index("Debt") < by_need.index("Apple") < by_need.index("Sleep") < by_need.index("Zebra")
    assert by_sector.index("Health") < by_sector.index("Zebra") < by_sector.index("Housing")
    assert "Zebra" in zebra
    assert "Apple" in apple
    assert "Jo Open, nurse · Zebra" in people
    assert people.endswith("Page 5 of 6")
    assert "Orchard: Apple" in index
    assert "Zanzibar" not in cover + contents + index


def test_role_that_is_written_twice_is_told_once(hillside: Setting) -> None:
    service = club(hillside, "Zebra", contacts=[Person("Jo Open", "nurse"), Person("Jo Open", "Nurse")])
    (who,) = people_of(hillside, [service], is_public=False)
    assert who.role == "nurse"


def test_booklet_is_tagged_and_has_bookmarks(hillside: Setting) -> None:
    club(hillside, "Zebra")
    reader = PdfReader(BytesIO(booklet_paper(hillside).pdf().content))
    assert "/StructTreeRoot" in reader.root_object
    assert reader.xmp_metadata is not None
    assert "pdfuaid:part" in reader.xmp_metadata.stream.get_data().decode()
    titles = [item.title for item in reader.outline if not isinstance(item, list)]
    assert titles == ["Whom to turn to", "Contents", "Zebra", "Index"]


def test_edition_for_families_holds_nothing_that_is_the_schools_own(hillside: Setting) -> None:
    people = [Person("Jo Open", "manager", True), Person("Tom Hidden", "family worker")]
    club(
        hillside,
        "Harbour",
        visibility="public",
        contacts=people,
        here_contact_name="Ann Inside",
        here_room="Blue room",
        here_notes="Slow",
        cost="free",
    )
    club(hillside, "Inside only", visibility="listed")
    html = booklet_paper(hillside, Wanted(edition=FAMILIES)).pdf().html
    for words in ("Help for your family", "Jo Open", "Family worker", "Free.", "0800 1111", "116 123"):
        assert words in html
    for words in ("Tom Hidden", "Ann Inside", "Blue room", "Slow", "Inside only"):
        assert words not in html
    html = booklet_paper(hillside).pdf().html
    for words in ("Tom Hidden", "Ann Inside", "Inside only"):
        assert words in html
    assert "Slow" not in html


@pytest.mark.parametrize("grade", ["coarse", "refuge"])
@pytest.mark.parametrize("edition", ["school", "families"])
def test_withheld_address_is_in_no_edition(hillside: Setting, grade: str, edition: str) -> None:
    club(
        hillside,
        "Safe",
        visibility="public",
        withheld=grade,
        address_1="9 Secret Row",
        postcode="WX9 9AA",
        council="Wexshire",
    )
    html = booklet_paper(hillside, Wanted(edition=edition)).pdf().html
    assert "Secret Row" not in html
    assert "9AA" not in html


def test_pathways_point_to_the_sheets_of_those_who_help(hillside: Setting) -> None:
    kite, quiet = club(hillside, "Kite", visibility="public"), club(hillside, "Quiet", visibility="listed")
    for need, is_public in (("sleep", True), ("debt", False)):
        pathway = hillside.pathways.create(
            need=need, slug=need, is_public=is_public, at_school=f"Ask about {need}.", meanwhile="Walk."
        )
        pathway.steps.create(service=kite, note="rings back")
        pathway.steps.create(service=quiet)
    html = booklet_paper(hillside).pdf().html
    for words in ("Ask about sleep.", "Ask about debt.", "<b>Kite</b>, rings back", "<b>Quiet</b>"):
        assert words in html
    html = booklet_paper(hillside, Wanted(edition=FAMILIES)).pdf().html
    assert "Ask about sleep." in html
    for words in ("Ask about debt.", "Quiet"):
        assert words not in html


def test_sections_can_be_chosen(hillside: Setting) -> None:
    club(hillside, "Zebra", sector="health", topics=["sleep"])
    club(hillside, "Apple", sector="housing", topics=["debt"])
    names = [entry.name for entry in booklet_paper(hillside, Wanted(sectors=("health",))).entries]
    assert names == ["Zebra"]
    paper = booklet_paper(hillside, Wanted(needs=("debt",), parts=()))
    assert [entry.name for entry in paper.entries] == ["Apple"]
    assert (paper.needs, paper.people, paper.with_index) == ((), (), False)


def test_choice_is_remembered(hillside: Setting, amara: Membership) -> None:
    club(hillside, "Zebra", sector="health", visibility="public")
    club(hillside, "Apple", sector="housing", visibility="public")
    make(amara, edition="families", sectors=["health"], parts=["index"])
    assert hillside.booklets.get().wanted == {
        "edition": "families",
        "sectors": ["health"],
        "needs": [],
        "parts": ["index"],
    }
    form = client_of(amara).get(url("booklet_detail", hillside)).context["form"]
    assert (form["edition"].value(), form["sectors"].value()) == ("families", ["health"])


def test_choice_without_a_service_is_refused(hillside: Setting, amara: Membership) -> None:
    club(hillside, "Zebra", sector="health")
    assert "No service is left" in make(amara, edition="families")
    assert not hillside.booklets.exists()


def test_small_booklet_is_there_at_once(hillside: Setting, amara: Membership) -> None:
    sheet(hillside)
    shown = make(amara)
    address = url("booklet_paper", hillside, hillside.booklets.get().pk)
    assert address in shown
    governor = client_of(member(hillside, Role.GOVERNOR))
    assert "Harbour" in " ".join(pages_of(governor.get(address).content))


@pytest.mark.usefixtures("no_worker")
def test_large_booklet_is_made_in_the_background(hillside: Setting, amara: Membership) -> None:
    for number in range(6):
        club(hillside, f"Club {number}")
    for _ in range(2):
        shown = make(amara)
    assert "6 sheets" in shown
    booklet = hillside.booklets.get()
    assert booklet.state == Booklet.State.WAITING
    make_booklet.call(str(booklet.pk))
    booklet.refresh_from_db()
    assert (booklet.state, booklet.progress, booklet.sheets) == ("ready", 6, 6)
    client = client_of(amara)
    assert "Download the booklet" in words_of(client.get(url("booklet_detail", hillside)))
    headers = {"HX-Request": "true", "HX-Target": "booklet"}
    part = client.get(url("booklet_detail", hillside), headers=headers).content.decode()
    assert part.lstrip().startswith('<div id="booklet"')


@pytest.mark.usefixtures("no_worker")
def test_progress_is_told_while_pages_are_laid_out(
    hillside: Setting, amara: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    for number in range(6):
        club(hillside, f"Club {number}")
    make(amara)
    booklet = hillside.booklets.get()
    monkeypatch.setattr(booklet_making, "TELL_EVERY", 0)
    telling = booklet_making.telling

    def listen(row: Any, sheets: int) -> Any:
        tell = telling(row, sheets)

        def on_page(number: int) -> None:
            tell(number)
            told.append(row.get().progress)

        return on_page

    monkeypatch.setattr(booklet_making, "telling", listen)
    write_booklet(booklet.pk)
    assert told == sorted(told)
    assert {0, 3, 6} <= set(told)
    Booklet.objects.update(state="making", progress=3)
    assert "3 of 6 sheets are laid out" in words_of(client_of(amara).get(url("booklet_detail", hillside)))


@pytest.mark.usefixtures("no_worker")
def test_booklet_that_is_stopped_is_not_made(
    hillside: Setting, amara: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody presses "stop" while the worker lays out its pages."""
    for number in range(6):
        club(hillside, f"Club {number}")
    make(amara)
    booklet = hillside.booklets.get()
    monkeypatch.setattr(booklet_making, "TELL_EVERY", 0)

    def stop_meanwhile(*args: Any) -> Any:
        client_of(amara).post(url("cancel_booklet", hillside, booklet.pk))
        return booklet_paper(*args)

    monkeypatch.setattr(booklet_making, "booklet_paper", stop_meanwhile)
    write_booklet(booklet.pk)
    assert not hillside.booklets.exists()


@pytest.mark.usefixtures("no_worker")
def test_worker_that_died_does_not_block_the_next(hillside: Setting, amara: Membership) -> None:
    for number in range(6):
        club(hillside, f"Club {number}")
    make(amara)
    first = hillside.booklets.get()
    Booklet.objects.update(state="making", done_at=timezone.now() - Booklet.SILENCE)
    shown = words_of(client_of(amara).get(url("booklet_detail", hillside)))
    assert "stopped before it was finished" in shown
    make(amara)
    second = hillside.booklets.get()
    assert second.pk != first.pk
    write_booklet(first.pk)
    write_booklet(second.pk)
    assert hillside.booklets.get().state == "ready"


def test_new_booklet_takes_the_place_of_the_old_one_of_its_edition(
    hillside: Setting, amara: Membership
) -> None:
    club(hillside, "Zebra", visibility="public")
    make(amara)
    make(amara, edition="families")
    make(amara)
    editions = [Wanted.read(each.wanted).edition for each in hillside.booklets.all()]
    assert editions == ["school", "families"]


def test_booklet_that_fails_says_so(
    hillside: Setting, amara: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError("no paper")

    sheet(hillside)
    monkeypatch.setattr(booklet_making, "booklet_paper", fail)
    assert "could not be made" in make(amara)


def test_booklet_of_another_school_does_not_exist(hillside: Setting, amara: Membership) -> None:
    theirs = school("riverside").booklets.create(state=Booklet.State.READY, content=b"Zanzibar")
    client = client_of(amara)
    assert client.get(url("booklet_paper", hillside, theirs.pk)).status_code == 404
    client.post(url("cancel_booklet", hillside, theirs.pk))
    assert Booklet.objects.filter(pk=theirs.pk).exists()
    write_booklet(uuid4())


@pytest.mark.parametrize("kept", [{}, {"edition": "x", "sectors": ["x"], "needs": ["<b>"], "parts": ["x"]}])
def test_any_kept_choice_can_be_read(hillside: Setting, kept: dict[str, Any]) -> None:
    assert Wanted.read(kept).edition == "school"
    assert Wanted.read(kept).sectors == ()
