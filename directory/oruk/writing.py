"""A service in Open Referral UK 3.0: minimal, as a line of a list, and whole. A field without a value is left out."""

from django.utils.encoding import iri_to_uri

from directory import notices
from directory.freshness import waiting_words, weeks_words
from directory.models import Agency, Cost, Notice, Offer, Place, Service
from directory.oruk import pieces
from directory.oruk.pieces import Json, told
from directory.oruk.terms import named_id
from partnerships.sectors import Sector


def minimal_json(service: Service) -> Json:
    """What a system needs that looks for changes only."""
    return {"id": str(service.pk), "modified_date": service.updated_at.isoformat()}


def service_json(service: Service) -> Json:
    """All of it. Uses what with_parts and with_notices fetched."""
    return listed_json(service) | told(
        organization_id=str(service.agency_id),
        schedules=[pieces.schedule_json(row) for row in service.opening_times.all()],
        service_at_locations=[pieces.place_json(place) for place in service.places.all()],
        phones=pieces.phones_of(service),
        contacts=pieces.contacts_of(service),
        languages=pieces.languages_of(service),
        cost_options=pieces.costs_of(service),
        attributes=pieces.attributes_of(service),
        additional_urls=_more_urls(service),
        translations=pieces.translations_of(service),
    )


def listed_json(service: Service) -> Json:
    """As a list has it: the service's own fields and its organisation, no lists. Needs the agency and notices."""
    return brief_service(service) | {"organization": organization_json(service.agency)}


def brief_service(service: Service) -> Json:
    current = notices.notices_of(service)
    return told(
        id=str(service.pk),
        name=service.name,
        description="\n\n".join(filter(None, [service.profile, service.other_information])),
        url=iri_to_uri(service.website),
        email=service.email,
        status=status_of(current),
        minimum_age=service.min_age,
        maximum_age=service.max_age,
        alert=alert_words(current),
        application_process=service.referral,
        eligibility_description=_who(service),
        interpretation_services=_interpretation(service),
        fees_description=_fees(service),
        wait_time=wait_time(service, current),
        assured_date=service.confirmed_on.isoformat() if service.confirmed_on else None,
        assurer_email=_assurer(service),
        last_modified=service.updated_at.isoformat(),
    )


def organization_json(agency: Agency) -> Json:
    return told(
        id=str(agency.pk),
        name=agency.name,
        description=agency.description or _kind_of(agency),
        email=agency.email,
        website=iri_to_uri(agency.website),
    )


def _kind_of(agency: Agency) -> str:
    """The standard asks for a description; where nobody wrote one, what kind of organisation it is."""
    kind = f"{Agency.Status(agency.status).label} organisation" if agency.status else "Organisation"
    return f"{kind}. Sector: {Sector(agency.sector).label}."


def at_location_json(place: Place, *, is_whole: bool) -> Json:
    """A line of /service_at_locations, or (`is_whole`) one of them with its location's lists and the whole service."""
    service = service_json(place.service) if is_whole else listed_json(place.service)
    service.pop("service_at_locations", None)
    location = pieces.location_json(place) if is_whole else pieces.brief_location(place)
    return pieces.place_json(place) | {"location": location, "service": service}


# Now


def status_of(found: list[Notice]) -> str:
    if any(notice.kind == Notice.Kind.ENDED and not notice.is_ahead for notice in found):
        return "defunct"
    is_closed = any(notice.kind == Notice.Kind.CLOSED for notice in found)
    return "temporarily closed" if is_closed else "active"


def alert_words(found: list[Notice]) -> str:
    lines = [(notices.notice_words(each), each.words) for each in found]
    return ". ".join(": ".join(dict.fromkeys(filter(None, line))) for line in lines)


def wait_time(service: Service, found: list[Notice]) -> str:
    """In words; "" when it is not known, or was said too long ago."""
    waiting = next((each for each in found if each.kind == Notice.Kind.WAITING), None)
    return weeks_words(waiting.weeks) if waiting else waiting_words(service)


# Words


def _who(service: Service) -> str:
    parts = [("For", service.who_for), ("Not for", service.not_for)]
    return "\n".join(f"{label}: {words}" for label, words in parts if words)


def _interpretation(service: Service) -> str:
    if service.language_note:
        return service.language_note
    return str(Offer.INTERPRETATION.label) if Offer.INTERPRETATION in service.offers else ""


def _fees(service: Service) -> str:
    label = "" if service.cost == Cost.UNKNOWN else str(Cost(service.cost).label)
    return ": ".join(filter(None, [label, service.cost_note]))


def _assurer(service: Service) -> str:
    """Where whoever assures the sheet is reached, never a person's own address nor the one that we ask at."""
    is_assured = service.confirmed_on and pieces.is_role_mailbox(service.email)
    return service.email if is_assured else ""


def _more_urls(service: Service) -> list[Json]:
    if not service.referral_link:
        return []
    return [
        {
            "id": str(named_id("referral_link", service.pk)),
            "label": "Form to refer with",
            "url": iri_to_uri(service.referral_link),
        }
    ]


def whole_organization(agency: Agency, services: list[Service]) -> Json:
    """With all that it offers."""
    written = [service_json(service) for service in services]
    for each in written:
        del each["organization"]
    return organization_json(agency) | told(services=written)
