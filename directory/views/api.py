"""The Open Referral UK 3.0 API: each view returns what is sent as JSON; directory.oruk.answers does the rest."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse

from directory.models import Agency, Service
from directory.oruk import asking, finding, openapi, writing
from directory.oruk.answers import Lines, Moved, api_view
from directory.oruk.asking import Asked
from directory.oruk.finding import Listed
from directory.oruk.pages import COUNTS, page_of, rows_of
from directory.oruk.terms import BY_ID, TAXONOMIES

CHUNK = 500
Write = Callable[[Iterable[Any]], Iterable[dict[str, Any]]]
PROFILE = "https://docs.openreferraluk.org/en/latest/"


@api_view
def api_start(request: HttpRequest) -> Any:
    address = f"{settings.SITE_URL}{reverse('directory:api_openapi')}"
    return {"version": "HSDS-UK-3.0", "profile": PROFILE, "openapi_url": address}


@api_view
def api_openapi(request: HttpRequest) -> Any:
    return openapi.document()


@api_view
def api_nothing(request: HttpRequest, path: str) -> Any:
    """No address of ours; one with a stroke at its end is meant without."""
    address, mark, query = request.get_full_path().partition("?")
    if address.endswith("/"):
        raise Moved(f"{address.rstrip('/')}{mark}{query}")
    raise Http404


def _paged(listed: Listed, asked: Asked, kind: str, write: Write) -> Any:
    """One page of what was found; or all of it, line by line."""
    if asked.get("format") == "ndjson":
        return Lines(each for pks in _pieces(listed.keys.iterator(CHUNK)) for each in write(listed.rows(pks)))
    shape = {
        "total": COUNTS.of(listed.keys, (kind, asked.filters)),
        "number": asked.page,
        "per_page": asked.per_page,
    }
    pks = list(rows_of(listed.keys, **shape))
    return page_of(list(write(listed.rows(pks))), **shape)


def _pieces(keys: Iterator[UUID]) -> Iterator[list[UUID]]:
    while pks := list(islice(keys, CHUNK)):
        yield pks


def _paged_list(found: list[dict[str, Any]], asked: Asked) -> Any:
    shape = {"total": len(found), "number": asked.page, "per_page": asked.per_page}
    return page_of(rows_of(found, **shape), **shape)


def _each(write: Callable[..., dict[str, Any]], **named: Any) -> Write:
    return lambda rows: (write(row, **named) for row in rows)


@api_view
def api_services(request: HttpRequest) -> Any:
    asked = asking.read(request.GET, asking.SERVICES)
    shape, write = finding.for_list, writing.listed_json
    if asked.is_minimal:
        shape, write = finding.minimal, writing.minimal_json
    elif asked.is_full:
        shape, write = finding.whole, writing.service_json
    return _paged(finding.services(asked, shape), asked, "services", _each(write))


@api_view
def api_service(request: HttpRequest, pk: UUID) -> Any:
    service = finding.whole(Service.published()).filter(pk=pk).first()
    if service is not None:
        return writing.service_json(service)
    joined = Service.published().filter(merged_from=pk).values_list("pk", flat=True).first()
    if joined is None:
        raise Http404
    raise Moved(reverse("directory:api_service", args=[joined]))


@api_view
def api_at_locations(request: HttpRequest) -> Any:
    asked = asking.read(request.GET, asking.AT_LOCATIONS)
    write = _each(writing.at_location_json, is_whole=asked.is_full)
    return _paged(finding.places(asked), asked, "places", write)


@api_view
def api_at_location(request: HttpRequest, pk: UUID) -> Any:
    place = finding.with_services(finding.published_places(), is_whole=True).filter(pk=pk).first()
    if place is None:
        raise Http404
    return writing.at_location_json(place, is_whole=True)


@api_view
def api_organizations(request: HttpRequest) -> Any:
    asked = asking.read_organizations(request.GET)
    write = _whole_agencies if asked.is_full else _each(writing.organization_json)
    return _paged(finding.agencies(asked), asked, "organizations", write)


def _whole_agencies(found: Iterable[Agency]) -> Iterator[dict[str, Any]]:
    rows = iter(found)
    while agencies := list(islice(rows, asking.MOST_WHOLE)):
        services = finding.services_of(agencies)
        yield from (writing.whole_organization(agency, services.get(agency.pk, [])) for agency in agencies)


@api_view
def api_organization(request: HttpRequest, pk: UUID) -> Any:
    found = list(_whole_agencies(finding.published_agencies().filter(pk=pk)))
    if not found:
        raise Http404
    return found[0]


@api_view
def api_taxonomies(request: HttpRequest) -> Any:
    asked = asking.read(request.GET, asking.PAGING)
    return _paged_list([taxonomy.as_json() for taxonomy in TAXONOMIES], asked)


@api_view
def api_taxonomy(request: HttpRequest, pk: UUID) -> Any:
    if pk not in BY_ID:
        raise Http404
    return {**BY_ID[pk].as_json(), "taxonomy_terms": [term.as_json() for term in finding.terms(pk)]}


@api_view
def api_terms(request: HttpRequest) -> Any:
    asked = asking.read(request.GET, asking.TERMS)
    return _paged_list([term.as_json() for term in finding.terms(asked.get("taxonomy_id"))], asked)


@api_view
def api_term(request: HttpRequest, pk: UUID) -> Any:
    term = finding.term_of(pk)
    if term is None:
        raise Http404
    return term.as_json()
