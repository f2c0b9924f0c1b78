"""Pathways: for each need, in school first, who, how, and while you wait; found, printed, read by families."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from directory.models import Pathway, Service
from directory.models.pathways import LINES
from directory.paper.leaflet import Qr
from directory.use import pathways
from directory.use.pathway_texts import BEGINNINGS
from partnerships.access import Role
from partnerships.models import Membership, Setting
from tests.directory.kit import school, sheet, url
from tests.partnerships.kit import client_of, member, opened, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hillside() -> Setting:
    return school(publishes_directory=True, telephone="01632 960140")


@pytest.fixture
def grief(hillside: Setting) -> Pathway:
    return Pathway.objects.create(
        setting=hillside,
        need="Bereavement",
        slug="bereavement",
        also=["grief", "someone has died"],
        at_school="Tell the class teacher.",
        how="Ring them, or ask us to.",
        meanwhile="Keep bedtimes.\nSay “died”.",
        is_public=True,
    )


def add(grief: Pathway, by: Membership, *services: Service) -> None:
    for service in services:
        assert pathways.add_step(pathway=grief, service=service, note="", by=by)


def order(grief: Pathway) -> list[str]:
    return [step.service.name for step in grief.steps.all()]


def pdf_words(content: bytes) -> tuple[int, str]:
    pages = PdfReader(BytesIO(content)).pages
    return len(pages), " ".join(" ".join(page.extract_text() for page in pages).split())


def test_pathway_begins_with_our_words_and_is_kept_when_saved(hillside: Setting, amara: Membership) -> None:
    client = client_of(amara)
    assert "Begin with one" in words_of(client.get(url("pathway_list", hillside)))
    page = client.get(url("add_pathway", hillside) + "?need=Sleep")
    assert "Tired children learn less" in words_of(page) and not Pathway.objects.exists()
    data = {"need": "Sleep", "also": "bedtime, tired", "at_school": "Ask us.", "version": 0}
    page = client.post(url("add_pathway", hillside), data, follow=True)
    assert "Now choose the services" in words_of(page)
    kept = Pathway.objects.get()
    assert (kept.slug, kept.also, kept.version) == ("sleep", ["bedtime", "tired"], 1)
    assert "Sleep" not in [each.need for each in pathways.beginnings_for(hillside)]
    assert "There is a page for this need already" in words_of(
        client.post(url("add_pathway", hillside), data)
    )


def test_our_words_fit_the_form() -> None:
    for each in BEGINNINGS:
        for field in ("lead", "at_school", "how", "meanwhile", "urgent", "need"):
            limit = getattr(Pathway._meta.get_field(field), "max_length", 0)
            assert len(getattr(each, field)) <= limit, (each.need, field)


def test_two_versions_of_a_pathway_are_both_shown(
    hillside: Setting, amara: Membership, grief: Pathway
) -> None:
    client = client_of(amara)
    address = url("edit_pathway", hillside, "bereavement")
    data = {"need": "Bereavement", **opened(client, address)}
    client.post(address, {**data, "how": "Ring."})
    assert "Two versions of this page" in words_of(client.post(address, {**data, "how": "Write."}))
    said = words_of(client.get(url("pathway_changes", hillside, "bereavement")))
    assert "Amara Oduya" in said and "Ring." in said


def test_services_are_chosen_and_ordered_without_dragging(
    hillside: Setting, amara: Membership, grief: Pathway
) -> None:
    first, second = sheet(hillside, name="Harbour"), sheet(hillside, name="Aster")
    client = client_of(amara)
    for service in (first, second):
        client.post(url("add_to_pathway", hillside, "bereavement"), {"service": service.pk, "note": "Ask"})
    step = grief.steps.get(service=second)
    for to, expected in (
        ("up", ["Aster", "Harbour"]),
        ("up", ["Aster", "Harbour"]),
        ("down", ["Harbour", "Aster"]),
    ):
        client.post(url("move_in_pathway", hillside, "bereavement", step.pk), {"to": to})
        assert order(grief) == expected
    client.post(url("take_off_pathway", hillside, "bereavement", step.pk))
    assert order(grief) == ["Harbour"]


def test_history_keeps_what_was_taken_off_the_page(
    hillside: Setting, amara: Membership, grief: Pathway
) -> None:
    harbour, hope = sheet(hillside), sheet(hillside, name="Hope Line")
    add(grief, amara, harbour, hope)
    client = client_of(amara)
    step = grief.steps.get(service=harbour)
    client.post(url("take_off_pathway", hillside, "bereavement", step.pk))
    story = pathways.story_of(grief)
    assert [(each.who, each.what) for each in story if each.is_gone] == [("Amara Oduya", "Harbour")]
    shown = words_of(client.get(url("pathway_changes", hillside, "bereavement")))
    assert re.search(r'· Harbour</span></p> </div> <p class="muted">Taken off', shown)
    add(grief, amara, harbour)
    assert [each.what for each in pathways.story_of(grief) if each.is_new].count("Harbour") == 2


def test_another_schools_service_can_not_be_chosen(
    hillside: Setting, amara: Membership, grief: Pathway
) -> None:
    theirs = sheet(school("riverside"), name="Theirs")
    page = client_of(amara).post(
        url("add_to_pathway", hillside, "bereavement"), {"service": theirs.pk, "note": ""}
    )
    assert "Select a valid choice" in words_of(page) and "Poster, A4" in words_of(page)
    assert order(grief) == []


def test_page_shows_live_state_and_leaves_out_what_is_off_the_list(
    hillside: Setting, amara: Membership, grief: Pathway
) -> None:
    harbour, gone = sheet(hillside, name="Harbour", capacity="open"), sheet(hillside, name="Gone")
    add(grief, amara, harbour, gone)
    hillside.partnerships.filter(service=gone).update(ended_on="2026-01-01")
    shown = words_of(client_of(amara).get(url("pathway_detail", hillside, "bereavement")))
    assert "Can take someone now" in shown and "Gone" not in shown
    for words in ("Tell the class teacher", "Keep bedtimes", "Worried about a child?"):
        assert words in shown


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("bereavement", True),
        ("bearevment help", True),
        ("grief", True),
        ("berea", True),
        ("debt", False),
        ("and", False),
        ("", False),
    ],
)
def test_pathway_is_found_first(
    hillside: Setting, amara: Membership, grief: Pathway, words: str, is_found: bool
) -> None:
    sheet(hillside)
    client = client_of(amara)
    page = words_of(client.get(url("service_list", hillside), {"q": words}))
    assert ("in school first, then who can help" in page) == is_found
    hits = words_of(client.get(f"/s/{hillside.slug}/search/", {"q": words}))
    assert ("Pathways" in hits) == is_found


def test_pathway_is_taken_off_and_put_back(hillside: Setting, amara: Membership, grief: Pathway) -> None:
    client = client_of(amara)
    page = client.post(url("retire_pathway", hillside, "bereavement"), follow=True)
    assert "Put it back" in words_of(page)
    assert client.get(url("pathway_detail", hillside, "bereavement")).status_code == 404
    assert Client().get(url("public_pathway_detail", hillside, "bereavement")).status_code == 404
    page = client.post(url("put_back_pathway", hillside, "bereavement"), follow=True)
    assert "Tell the class teacher" in words_of(page)


def test_families_read_what_is_public_with_public_sheets_alone(
    hillside: Setting, amara: Membership, grief: Pathway
) -> None:
    public = sheet(hillside, name="Harbour", visibility="public")
    add(grief, amara, public, sheet(hillside, name="Private One"))
    response = Client().get(url("public_pathway_detail", hillside, "bereavement"))
    shown = words_of(response)
    assert "Harbour" in shown and "Private One" not in shown and not response.cookies
    assert "What to do about:" in words_of(Client().get(url("public_list", hillside)))
    Pathway.objects.update(is_public=False)
    assert Client().get(url("public_pathway_detail", hillside, "bereavement")).status_code == 404
    assert "What to do about:" not in words_of(Client().get(url("public_list", hillside)))


def test_leaflet_has_two_sides(hillside: Setting, amara: Membership, grief: Pathway) -> None:
    add(grief, amara, sheet(hillside, name="Harbour", waiting_weeks=3, capacity="waiting", cost="free"))
    response = client_of(amara).get(url("pathway_paper", hillside, "bereavement"))
    pages, said = pdf_words(response.content)
    assert pages == 2
    for words in ("Tell us at school first", "Harbour", "Free", "Keep bedtimes", "Ring 999", "01632 960 318"):
        assert words in said
    assert "Amara" not in said


PROSE = (
    "Ask at school first, and tell us how the evenings go; we listen, and we ring with you if you like. " * 40
)


def test_leaflet_filled_to_its_limits_has_two_sides(hillside: Setting, amara: Membership) -> None:
    pathway = Pathway(
        setting=hillside, need="The death of a brother, a sister or somebody close", slug="full"
    )
    for field in ("lead", "at_school", "how", "meanwhile", "urgent"):
        setattr(pathway, field, PROSE[: getattr(Pathway._meta.get_field(field), "max_length", 0)])
    pathway.meanwhile = "\n".join([PROSE[:60]] * LINES)
    pathway.save()
    for number in range(pathways.MOST_SERVICES):
        name = f"Service {number} for children, their families and everybody who looks after them"
        values = {
            "profile": PROSE[:900],
            "referral": PROSE[:3000],
            "not_for": PROSE[:300],
            "cost_note": PROSE[:120],
        }
        add(pathway, amara, sheet(hillside, name=name, postcode="", **values))
    pages, said = pdf_words(client_of(amara).get(url("pathway_paper", hillside, "full")).content)
    assert pages == 2
    assert all(f"Service {number} for children" in said for number in range(pathways.MOST_SERVICES))


def test_part_of_a_pathway_holds_as_many_lines_as_its_leaflet(hillside: Setting, amara: Membership) -> None:
    data = {"need": "Sleep", "meanwhile": "\n".join("One more thing" for _ in range(LINES + 1)), "version": 0}
    page = client_of(amara).post(url("add_pathway", hillside), data)
    assert f"Enter at most {LINES} lines" in words_of(page) and not Pathway.objects.exists()


@pytest.mark.parametrize("query", ["", "?size=a3", "?need=bereavement", "?need=nothing"])
def test_poster_fits_on_one_page(hillside: Setting, amara: Membership, grief: Pathway, query: str) -> None:
    response = client_of(amara).get(url("poster_paper", hillside) + query)
    pages, said = pdf_words(response.content)
    assert pages == 1 and f"/d/{hillside.slug}" in said and "Ring 999" in said


def test_poster_of_a_closed_school_says_what_to_do(grief: Pathway) -> None:
    closed = school("riverside")
    page = client_of(member(closed)).get(url("poster_paper", closed), follow=True)
    assert "opens that page first" in words_of(page) and "Open a page for parents" in words_of(page)


def test_code_is_drawn_with_its_quiet_zone() -> None:
    code = Qr.of("https://joinedup.example/d/hillside/")
    assert code.size >= 29 and code.path.startswith("M4 4h7v1h-7z")


def test_staff_read_and_do_not_write(hillside: Setting, grief: Pathway) -> None:
    shown = words_of(
        client_of(member(hillside, Role.STAFF)).get(url("pathway_detail", hillside, "bereavement"))
    )
    assert "Tell the class teacher" in shown and "Change the words" not in shown


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_many_queries_for_one_service_as_for_three(
    hillside: Setting, amara: Membership, grief: Pathway, count: int, django_assert_num_queries: Any
) -> None:
    add(grief, amara, *(sheet(hillside, name=f"Service {number}", postcode="") for number in range(count)))
    client = client_of(member(hillside, Role.STAFF))
    with django_assert_num_queries(15):
        client.get(url("pathway_detail", hillside, "bereavement"))


def test_families_find_a_pathway_by_their_words(hillside: Setting, grief: Pathway) -> None:
    sheet(hillside, visibility="public")
    found = words_of(Client().get(url("public_list", hillside) + "?q=someone+died"))
    assert "What to do about:" in found
    assert "What to do about:" not in words_of(Client().get(url("public_list", hillside) + "?q=harbour"))


def test_leaflet_about_abuse_warns_that_it_could_be_found(hillside: Setting, amara: Membership) -> None:
    Pathway.objects.create(setting=hillside, need="Domestic abuse", slug="domestic-abuse")
    shown = words_of(client_of(amara).get(url("pathway_detail", hillside, "domestic-abuse")))
    assert "could be found at home" in shown
