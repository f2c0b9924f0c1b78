"""Every address of the product, out of Django's resolver."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from partnerships.access import Permission


@dataclass(frozen=True)
class Page:
    name: str
    route: str
    view: Any

    @property
    def arguments(self) -> list[str]:
        """The names of what stands in the address, the slug of the setting aside."""
        names = re.findall(r"<(?:\w+:)?(\w+)>", self.route)
        return [name for name in names if not (name == "slug" and self.is_of_setting)]

    @property
    def is_of_setting(self) -> bool:
        return self.route.startswith("s/<slug:slug>/")

    @property
    def permission(self) -> Permission | None:
        return getattr(self.view, "permission", None)

    @property
    def is_public(self) -> bool:
        return bool(getattr(self.view, "public", False))


def pages() -> list[Page]:
    return list(_below(get_resolver(), "", ""))


def _below(resolver: URLResolver, route: str, namespace: str) -> Iterator[Page]:
    for each in resolver.url_patterns:
        longer = route + str(each.pattern).lstrip("^")
        if isinstance(each, URLPattern):
            yield Page(f"{namespace}{each.name}", longer, each.callback)
        else:
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _below(each, longer, inner)
