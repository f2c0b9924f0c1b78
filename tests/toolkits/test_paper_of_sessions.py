"""Sessions and sheets on paper: drafts, what was agreed, and the command that writes them."""

import uuid
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from tests.toolkits.conftest import Room
from toolkits import commands
from toolkits.agreed import agreed_paper, draft_paper
from toolkits.commands.agreeing import keep_pdf
from toolkits.commands.sheets import save_sheet
from toolkits.models import AgreedVersion
from toolkits.stages import Stage

pytestmark = pytest.mark.django_db
MakeRoom = Callable[..., Room]


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def settled(room: Room) -> AgreedVersion:
    card = room.card(room.nurse, "Three forms for one family", "weaknesses")
    commands.give_vote(by=room.seat(room.guest), card_id=card.pk)
    seat = room.seat(room.runner)
    commands.write_agreed(by=seat, words="We try one form", seen_version=seat.activity.version)
    commands.say_agree(by=room.seat(room.nurse), agrees=True)
    commands.say_agree(by=room.seat(room.guest), agrees=False, because="After the summer")
    commands.move_stage(activity=room.activity, to=Stage.AGREED, by=room.runner)
    return AgreedVersion.objects.select_related("activity__setting").get()


def test_draft_says_so_in_its_facts_and_its_foot(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    room.card(room.nurse, "Three forms for one family")
    seat = room.seat(room.guest)
    text = text_of(draft_paper(seat.activity, seat.viewer).pdf().content)
    assert "Draft: “Talk”" in text
    assert text.count("Draft") >= 2
    assert "Three forms for one family" in text


def test_draft_on_your_own_says_whose_cards_it_holds(make_room: MakeRoom) -> None:
    room = make_room(Stage.INDIVIDUAL)
    room.card(room.nurse, "Of the nurse")
    seat = room.seat(room.runner)
    html = draft_paper(seat.activity, seat.viewer).pdf().html
    assert "only your own cards" in html
    assert "Of the nurse" not in html


def test_agreed_paper_names_who_agrees_and_who_does_not(make_room: MakeRoom) -> None:
    room = make_room(Stage.DISCUSS)
    text = text_of(agreed_paper(settled(room)).pdf().content)
    for words in (
        "We try one form",
        "Leila Haddad, Harbour: After the summer",
        "Priya Raman",
        "1 vote",
        "version 1",
    ):
        assert words in text
    assert "Draft" not in text


def test_command_writes_the_kept_bytes(make_room: MakeRoom, tmp_path: Path) -> None:
    room, out = make_room(Stage.DISCUSS), tmp_path / "session.pdf"
    version = settled(room)
    keep_pdf(version)
    call_command("render_activity", str(room.activity.pk), out=out, stdout=StringIO())
    version.refresh_from_db()
    assert out.read_bytes() == bytes(version.pdf or b"")


def test_command_writes_a_draft_before_that(make_room: MakeRoom, tmp_path: Path) -> None:
    room, out = make_room(Stage.DISCUSS), tmp_path / "session.pdf"
    room.card(room.nurse, "Three forms")
    call_command("render_activity", str(room.activity.pk), out=out, stdout=StringIO())
    assert "Three forms" in text_of(out.read_bytes())


def test_command_writes_a_sheet(make_room: MakeRoom, tmp_path: Path) -> None:
    room, out = make_room(Stage.DRAFT), tmp_path / "profile.pdf"
    data = {"name": "Priya Raman", "role": ["Health checks"]}
    sheet = save_sheet(person=room.nurse, code="practitioner-profile", data=data, by=room.nurse)
    call_command("render_activity", str(sheet.pk), out=out, stdout=StringIO())
    assert "Health checks" in text_of(out.read_bytes())


@pytest.mark.parametrize(
    ("pk", "words"), [("made-up", "is no id"), (str(uuid.UUID(int=1)), "There is no session")]
)
def test_command_says_what_it_can_not_find(db: None, tmp_path: Path, pk: str, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("render_activity", pk, out=tmp_path / "x.pdf")


def test_command_says_where_it_can_not_write(make_room: MakeRoom, tmp_path: Path) -> None:
    room = make_room(Stage.DISCUSS)
    with pytest.raises(CommandError, match="can’t be written"):
        call_command("render_activity", str(room.activity.pk), out=tmp_path / "no" / "x.pdf")
