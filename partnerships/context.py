"""What every page's frame needs: the way around, and whom to ring about a child."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from partnerships.access import Permission
from partnerships.models import Action, Membership


@dataclass(frozen=True)
class Place:
    """An entry of the rail and the dock."""

    name: str
    icon: str
    url_name: str
    permission: Permission
    section: str  # the part of the path after /s/<slug>/ that it stands for
    in_dock: bool = False


PLACES = (
    Place("Home", "home", "partnerships:setting_home", Permission.SETTING_VIEW, "", in_dock=True),
    Place(
        "Directory",
        "directory",
        "directory:service_list",
        Permission.DIRECTORY_READ,
        "directory",
        in_dock=True,
    ),
    Place("People", "people", "partnerships:person_list", Permission.PEOPLE_READ, "people"),
    Place("Tools", "tools", "toolkits:tool_list", Permission.ACTIVITY_TAKE_PART, "tools", in_dock=True),
    Place("Check-ins", "check-ins", "evaluation:round_list", Permission.ROUND_ANSWER, "check-ins"),
    Place("Actions", "actions", "partnerships:action_list", Permission.ACTION_OWN, "actions", in_dock=True),
    Place("Reports", "reports", "evaluation:report_list", Permission.REPORT_READ, "reports"),
)
DOCK_PLACES = 5  # the last of them is More


def shell(request: HttpRequest) -> dict[str, Any]:
    """`nav` for the rail and `dock` for phones, both empty outside a setting; `frame` is the base of error pages.

    `has_logo`: the head of what is printed can show one.
    """
    membership = getattr(request, "membership", None)
    if membership is None:
        return {"nav": [], "dock": [], "has_logo": False, "frame": "base_public.html"}
    nav = _nav(request.path, membership)
    dock = nav if len(nav) < DOCK_PLACES else [entry for entry in nav if entry["in_dock"]]
    elsewhere = not any(entry["is_current"] for entry in dock)
    has_logo = getattr(membership, "setting_has_logo", False)
    return {
        "nav": nav,
        "dock": dock,
        "more_is_current": elsewhere,
        "has_logo": has_logo,
        "frame": "base.html",
    }


def _nav(path: str, membership: Membership) -> list[dict[str, Any]]:
    slug = membership.setting.slug
    section = path.removeprefix(f"/s/{slug}/").split("/")[0]
    return [
        {
            "name": place.name,
            "icon": place.icon,
            "url": reverse(place.url_name, args=[slug]),
            "is_current": place.section == section,
            "in_dock": place.in_dock,
            "count": _open_actions(membership) if place.section == "actions" else 0,
        }
        for place in PLACES
        if membership.may(place.permission)
    ]


def _open_actions(membership: Membership) -> int:
    return Action.objects.of(membership).open().count()
