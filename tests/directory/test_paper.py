"""The sheet and the directory on paper."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from directory.booklet.pages import booklet_paper
from directory.models import Offer
from directory.paper.printing import sheet_paper
from partnerships.models import Membership, Setting
from tests.directory.kit import sheet, url
from tests.partnerships.kit import client_of

pytestmark = pytest.mark.django_db


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
            "In school on Monday",
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


def test_withheld_address_is_not_printed(hillside: Setting) -> None:
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
