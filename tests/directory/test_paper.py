"""The sheet and the directory on paper."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from directory.booklet import booklet_paper
from directory.models import Booklet, Offer, Service
from directory.printing import sheet_paper
from directory.tasks import make_booklet
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, member, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hillside() -> Setting:
    return school()


@pytest.fixture
def amara(hillside: Setting) -> Membership:
    return member(hillside, name="Amara Oduya")


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_sheet_prints_every_field(hillside: Setting, amara: Membership) -> None:
    service = sheet(
        hillside,
        referral="Talk first.\nThen ring.",
        fax=[("01632 960 319", "")],
        telephone=[("01632 960 318", "mornings")],
        opening_times="9 to 5",
        other_information="Step-free",
        offers=["group"],
        here_days=["MO"],
        here_contact_name="Tom Whitlock",
    )
    response = client_of(amara).get(url("service_paper", hillside, service.pk))
    assert response["Content-Type"] == "application/pdf"
    text = text_of(response.content)
    for words in (
        *(
            "Harbour",
            "Talk first.",
            "Then ring.",
            "12 Quay Lane, Wexcombe, WX4 2QL",
            "01632 960 318 (mornings)",
        ),
        *(
            "01632 960 319",
            "hello@harbour.example.org",
            "9 to 5",
            "Step-free",
            "in school on Monday",
            "Tom Whitlock",
        ),
        *("Hillside School", "Voluntary and community"),
    ):
        assert words in text


def test_sheet_declares_itself_accessible(hillside: Setting) -> None:
    paper = sheet_paper(sheet(hillside), hillside, None)
    reader = PdfReader(BytesIO(paper.pdf().content))
    assert reader.metadata is not None
    assert reader.metadata.title == "Harbour"
    assert reader.xmp_metadata is not None
    assert "pdfuaid:part" in reader.xmp_metadata.stream.get_data().decode()
    assert "/StructTreeRoot" in reader.root_object


def test_all_eight_offers_stand_on_paper_with_their_words(hillside: Setting) -> None:
    service = sheet(hillside, offers=["other"], offer_other="memory boxes")
    offers = sheet_paper(service, hillside, None).offers
    assert len(offers) == len(Offer)
    assert [(line.text, line.offered) for line in offers if "Other" in line.text] == [
        ("Other: memory boxes", True)
    ]


def test_withheld_address_is_not_printed(hillside: Setting, tmp_path: Path) -> None:
    service = sheet(hillside, withheld="coarse", address_1="9 Secret Row", postcode="WX9 9AA")
    html = sheet_paper(service, hillside, None).pdf().html
    assert "Secret Row" not in html
    assert "Withheld" in html
    assert "Secret Row" not in booklet_paper(hillside).pdf().html


def test_markup_and_addresses_in_a_sheet_are_text_on_paper(
    hillside: Setting, caplog: pytest.LogCaptureFixture
) -> None:
    service = sheet(
        hillside,
        name='<img src="file:///etc/passwd">',
        profile='<script src="http://example.org/x.js"></script><link rel=attachment href="file:///etc/passwd">',
        website="https://example.org/<b>",
    )
    pdf = sheet_paper(service, hillside, None).pdf()
    assert "&lt;img src=" in pdf.html
    assert "<script" not in pdf.html
    assert b"root:" not in pdf.content
    assert [record for record in caplog.records if record.levelname in {"ERROR", "WARNING"}] == []


def test_booklet_has_contents_a_page_for_each_and_an_index(hillside: Setting, tmp_path: Path) -> None:
    sheet(hillside, name="Zebra", sector="health", telephone=[], postcode="")
    sheet(hillside, name="Apple", sector="housing", agency="Orchard", telephone=[], postcode="")
    sheet(school("riverside"), name="Zanzibar")
    out = tmp_path / "booklet.pdf"
    call_command("render_booklet", setting="hillside", out=out)
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(out).pages]
    assert "Contents" in pages[0]
    assert pages[0].index("Health") < pages[0].index("Zebra") < pages[0].index("Housing")
    assert "Zebra" in pages[1]
    assert "Apple" in pages[2]
    assert "Orchard: Apple" in pages[3]
    assert "Zanzibar" not in " ".join(pages)
    assert [item.title for item in PdfReader(out).outline if not isinstance(item, list)][1:3] == [
        "Zebra",
        "Apple",
    ]


def test_small_booklet_is_there_at_once(hillside: Setting, amara: Membership) -> None:
    sheet(hillside)
    client = client_of(amara)
    shown = words_of(client.post(url("make_booklet", hillside), follow=True))
    booklet = hillside.booklets.get()
    address = url("booklet_paper", hillside, booklet.pk)
    assert address in shown
    governor = client_of(member(hillside, Role.GOVERNOR))
    assert "Harbour" in text_of(governor.get(address).content)


def test_large_booklet_is_made_in_the_background(hillside: Setting, amara: Membership, settings: Any) -> None:
    for number in range(6):
        sheet(hillside, name=f"Club {number}", telephone=[], postcode="")
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    client = client_of(amara)
    for _ in range(2):
        shown = words_of(client.post(url("make_booklet", hillside), follow=True))
    assert "6 sheets" in shown
    booklet = hillside.booklets.get()
    assert booklet.state == Booklet.State.WAITING
    make_booklet.call(str(booklet.pk))
    assert "Download the booklet" in words_of(client.get(url("booklet_detail", hillside)))
    headers = {"HX-Request": "true", "HX-Target": "booklet"}
    part = client.get(url("booklet_detail", hillside), headers=headers).content.decode()
    assert part.lstrip().startswith('<div id="booklet"')


def test_booklet_that_fails_says_so(
    hillside: Setting, amara: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(setting: Setting) -> None:
        raise RuntimeError("no paper")

    sheet(hillside)
    monkeypatch.setattr("directory.tasks.booklet_paper", fail)
    shown = words_of(client_of(amara).post(url("make_booklet", hillside), follow=True))
    assert "could not be made" in shown


def test_booklet_of_another_school_does_not_exist(hillside: Setting, amara: Membership) -> None:
    theirs = school("riverside").booklets.create(state=Booklet.State.READY, content=b"Zanzibar")
    assert client_of(amara).get(url("booklet_paper", hillside, theirs.pk)).status_code == 404
    assert Service.visible_to(hillside).count() == 0
