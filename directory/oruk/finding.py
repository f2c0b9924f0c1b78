"""The rows that the API answers with: published sheets, narrowed by what is asked for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from math import cos, radians
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import ACos, Cos, Greatest, Least, Radians, Sin
from django.utils import timezone

from directory import search
from directory.models import Agency, OpeningTime, OpenSheet, Place, Postcode, Service
from directory.models.service import ServiceQuerySet
from directory.notices import with_notices
from directory.oruk import version
from directory.oruk.asking import Asked, BadParameter
from directory.oruk.pages import SECONDS, SLOW
from directory.oruk.terms import BY_ID, BY_KEY, TAXONOMIES, TERMS_BY_ID, Taxonomy, Term
from directory.sheet.saving import sort_key

EARTH = 6_371_000.0
"""Radius in metres."""
DEGREE = 111_195.0
"""Metres to a degree of latitude."""
TOPICS = BY_KEY["topics"]
NOT_LOADED = "Postcodes are not loaded on this server, so it can’t search by distance."
NOT_KNOWN = "We don’t know this postcode. Try one close by."


@dataclass(frozen=True)
class Listed:
    """`keys` are those of all that was found, in their order, quickly; `rows` makes rows of some of them, after the
    rule itself of what is published.
    """

    keys: Any
    rows: Callable[[list[UUID]], list[Any]]


def services(asked: Asked, shape: Callable[[ServiceQuerySet], ServiceQuerySet]) -> Listed:
    """`shape` adds what is shown of each."""
    rows = partial(search.in_order, shape(Service.published()))
    if not asked.filters:
        return Listed(
            OpenSheet.today().order_by("sort_name", "service_id").values_list("service_id", flat=True), rows
        )
    found = narrowed(_open(), asked)
    if words := asked.get("search"):
        found = search.matching(found, words).order_by(*search.BEST_FIRST)
    else:
        found = found.order_by("sort_name", "pk")
    return Listed(found.values_list("pk", flat=True), rows)


def _open() -> ServiceQuerySet:
    return Service.objects.filter(open_sheet__until__gte=timezone.localdate())


def narrowed(found: ServiceQuerySet, asked: Asked) -> ServiceQuerySet:
    """Everything but the words; filters are ANDed."""
    lookups = {
        "minimum_age": "min_age__gte",
        "maximum_age": "max_age__lte",
        "organization_id": "agency",
        "modified_after": "updated_at__gte",
    }
    plain = {lookup: asked.get(name) for name, lookup in lookups.items() if asked.get(name) is not None}
    found = found.filter(**plain)
    if times := _times(asked):
        found = found.filter(Exists(OpeningTime.objects.filter(service=OuterRef("pk"), **times)))
    if (pk := asked.get("taxonomy_term_id")) is not None:
        term = term_of(pk)
        found = found.filter(_chosen(term.taxonomy, [term.value])) if term else found.none()
    if (pk := asked.get("taxonomy_id")) is not None:
        found = found.filter(_any_of(BY_ID[pk])) if pk in BY_ID else found.none()
    return found


def _times(asked: Asked) -> dict[str, Any]:
    """Of one and the same row of opening times."""
    times = {"opens__gte": asked.get("start_time"), "closes__lte": asked.get("end_time")}
    times["days__contains"] = [asked.get("day")] if asked.get("day") else None
    return {lookup: value for lookup, value in times.items() if value is not None}


def _chosen(taxonomy: Taxonomy, values: list[str]) -> Q:
    return Q(**{f"{taxonomy.key}__{'overlap' if taxonomy.is_list else 'in'}": values})


def _any_of(taxonomy: Taxonomy) -> Q:
    return _chosen(taxonomy, list(taxonomy.labels)) if taxonomy.choices else ~Q(**{taxonomy.key: []})


# Terms


class Topics:
    """The topics of published sheets, until something changes. In a large directory something always does, and reading
    them all is slow: there they may be a minute old.
    """

    def __init__(self) -> None:
        self._found: dict[UUID, Term] = {}
        self._of = ""
        self._until = 0.0

    def terms(self, *, now: float | None = None) -> dict[UUID, Term]:
        now = monotonic() if now is None else now
        tag = version.current().tag
        if tag != self._of and now >= self._until:
            found = _open().order_by()
            each = found.values_list(models.Func(F("topics"), function="unnest"), flat=True).distinct()
            terms = [TOPICS.term(topic) for topic in sorted(each)]
            self._found = {term.id: term for term in terms}
            self._of = tag
            self._until = now + SECONDS if found.count() >= SLOW else 0.0
        return self._found

    def forget(self) -> None:
        self._of, self._until = "", 0.0


TOPICS_IN_USE = Topics()


def terms(taxonomy_id: UUID | None = None) -> list[Term]:
    found = [term for taxonomy in TAXONOMIES for term in taxonomy.terms]
    found += TOPICS_IN_USE.terms().values()
    return [term for term in found if taxonomy_id in (None, term.taxonomy.id)]


def term_of(pk: UUID) -> Term | None:
    return TERMS_BY_ID.get(pk) or TOPICS_IN_USE.terms().get(pk)


# Parts


def minimal(found: ServiceQuerySet) -> ServiceQuerySet:
    return found.only("pk", "updated_at")


def for_list(found: ServiceQuerySet) -> ServiceQuerySet:
    return with_notices(found.select_related("agency"))


def whole(found: ServiceQuerySet) -> ServiceQuerySet:
    return with_notices(found.with_parts())


# Places


def places(asked: Asked) -> Listed:
    """Of published services; the nearest first where a postcode is given."""
    known: Any = OpenSheet.today().values("service")
    if asked.narrows:
        found = narrowed(_open(), asked)
        if words := asked.get("search"):
            found = search.matching(found, words)
        known = found.order_by().values("pk")
    places = Place.objects.filter(service__in=known)
    if postcode := asked.get("postcode"):
        places = near(places, postcode, asked.get("proximity"))
    else:
        places = places.order_by("service_id", "position", "pk")
    rows = partial(_places_of, is_whole=asked.is_full)
    return Listed(places.values_list("pk", flat=True), rows)


def _places_of(pks: list[UUID], *, is_whole: bool) -> list[Place]:
    return search.in_order(with_services(published_places(), is_whole=is_whole), pks)


def published_places() -> models.QuerySet[Place]:
    return Place.objects.filter(service__in=Service.published().values("pk"))


def near(rows: models.QuerySet[Place], postcode: str, metres: float | None) -> models.QuerySet[Place]:
    """Places that are not withheld, with their distance, the nearest first; within a box before it is worked out."""
    centre = where_is(postcode)
    rows = rows.filter(withheld="", latitude__isnull=False)
    if metres is not None:
        up = metres / DEGREE * 1.01 + 1e-6
        across = up / max(cos(radians(centre.latitude)), 0.01)
        rows = rows.filter(
            latitude__range=(centre.latitude - up, centre.latitude + up),
            longitude__range=(centre.longitude - across, centre.longitude + across),
        )
    rows = rows.annotate(distance=distance_to(centre))
    if metres is not None:
        rows = rows.filter(distance__lte=metres)
    return rows.order_by("distance", "pk")


def where_is(postcode: str) -> Postcode:
    found = Postcode.objects.filter(pk=postcode.replace(" ", "")).first()
    if found is None:
        raise BadParameter("postcode", NOT_KNOWN if Postcode.objects.exists() else NOT_LOADED)
    return found


def distance_to(centre: Postcode) -> Any:
    """Metres along the surface (spherical law of cosines)."""
    latitude, longitude = radians(centre.latitude), radians(centre.longitude)
    cosine = Sin(Radians("latitude")) * Sin(latitude) + Cos(Radians("latitude")) * Cos(latitude) * Cos(
        Radians("longitude") - longitude
    )
    bounded = Least(Greatest(cosine, -1.0), 1.0, output_field=models.FloatField())
    return ACos(bounded) * EARTH


def with_services(rows: models.QuerySet[Place], *, is_whole: bool) -> models.QuerySet[Place]:
    """Each with its service and its agency, and (`is_whole`) all the parts of the service."""
    found = (whole if is_whole else for_list)(Service.objects.all())
    return rows.prefetch_related(Prefetch("service", found))


# Organisations


def agencies(asked: Asked) -> Listed:
    """Those with a published service; of `search` in their name, or nearly."""
    rows = partial(search.in_order, published_agencies())
    if words := sort_key(asked.get("search") or ""):
        alike = Q(sort_name__trigram_word_similar=words) | Q(sort_name__contains=words)
        found = Agency.objects.filter(alike, pk__in=OpenSheet.today().values("agency"))
        return Listed(found.order_by("sort_name", "pk").values_list("pk", flat=True), rows)
    order = ("agency_sort_name", "agency")
    return Listed(OpenSheet.today().order_by(*order).distinct(*order).values_list("agency", flat=True), rows)


def published_agencies() -> models.QuerySet[Agency]:
    return Agency.objects.filter(pk__in=Service.published().values("agency"))


def services_of(found: Iterable[Agency]) -> dict[UUID, list[Service]]:
    """The published services of each, with their parts."""
    rows = whole(Service.published().filter(agency__in=list(found))).order_by("sort_name", "pk")
    by_agency: dict[UUID, list[Service]] = {}
    for service in rows:
        by_agency.setdefault(service.agency_id, []).append(service)
    return by_agency
