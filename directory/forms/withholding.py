"""Asks before an address that is withheld is kept in text that others read."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django import forms

from config.case_data import Finding
from config.forms import CaseWarning, case_words
from directory.models import Place, Withheld
from directory.sheet.whereabouts import Whereabouts, whereabouts
from partnerships.models import Setting

ADDRESS = "part of an address that is withheld"
LIKE = "like an address, and that of this service is withheld"
STREETS = "Avenue|Close|Court|Crescent|Drive|Gardens|Grove|Hill|Lane|Mews|Place|Road|Row|Square|Street|Terrace|Walk|Way"
LOOKS_LIKE = re.compile(
    rf"\b\d+[a-z]?,?\s+(?:[A-Z][\w’'-]*\s+){{1,3}}(?:{STREETS})\b|(?i:\b[a-z]{{1,2}}\d[a-z\d]?\s*\d[a-z]{{2}}\b)"
)
WORDS = "“{}” is {}. Leave it out, or others read it. Or tick “keep it” and save again"


def address_found(text: str, places: Iterable[Whereabouts]) -> list[Finding]:
    """What in `text` gives away one of the addresses: its street, or its full postcode."""
    spaced = f" {plain(text)} "
    pieces = chain.from_iterable(telling(place) for place in places if place.withheld)
    return [
        Finding(piece, ADDRESS) for piece in dict.fromkeys(pieces) if f" {plain(piece)} " in spaced
    ] + _postcodes(text, places)


def _postcodes(text: str, places: Iterable[Whereabouts]) -> list[Finding]:
    written = re.sub(r"[^a-z0-9]", "", text.lower())
    full = [place.postcode for place in places if place.withheld and " " in place.postcode]
    return [
        Finding(code, ADDRESS) for code in dict.fromkeys(full) if code.replace(" ", "").lower() in written
    ]


def telling(place: Whereabouts) -> Iterable[str]:
    """The lines that lead to the door: "12 Quay Lane", and "Quay Lane" alone."""
    for line in (place.address_1, place.address_2):
        for piece in filter(None, (part.strip() for part in line.split(","))):
            street = re.sub(r"^\S*\d\S*\s+", "", piece)
            if re.search(r"\d", piece) and len(plain(piece)) >= 5:
                yield piece
            if len(street.split()) > 1 and len(plain(street)) >= 6:
                yield street


def plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.lower().replace("’", "").replace("'", "")))


def base_name(name: str) -> str:
    """Of a field in a row, "postcode-2", what it is called there."""
    return name.rpartition("-")[0] or name


def kept_back_by(setting: Setting, **which: Any) -> list[Whereabouts]:
    """The withheld places of the sheets that a school keeps. Nobody else is warned of them: a warning would say that
    somebody guessed the address.
    """
    kept = Place.objects.filter(service__steward=setting, service__retired_at=None, **which)
    places = kept.exclude(withheld=Withheld.NO).select_related("withheld_address")
    return [whereabouts(place, whole=True) for place in places]


def address_like(text: str) -> list[Finding]:
    """What could be any address: asked where this one is not known, or must not be learned."""
    return [Finding(found[0], LIKE) for found in LOOKS_LIKE.finditer(text)]


class WithheldWarning(CaseWarning):
    """`places` are those of which others must not read; every line of text is looked at, but those of the address."""

    address_fields: frozenset[str] = frozenset()
    asks_of_any = False
    """Something is withheld here from the person too, or nobody wrote down what."""

    def __init__(self, *args: Any, places: Sequence[Whereabouts] = (), **kwargs: Any) -> None:
        self.places = places
        super().__init__(*args, **kwargs)

    def kept_back(self) -> Iterable[Whereabouts]:
        return self.places

    def _free_text(self) -> Iterable[str]:
        self._about_children = set(super()._free_text())
        for name, field in self.fields.items():
            is_text = isinstance(field, forms.CharField) and base_name(name) not in self.address_fields
            if name in self._about_children or is_text:
                yield name

    def _findings(self, name: str) -> list[Finding]:
        found = super()._findings(name) if name in self._about_children else []
        value = self.cleaned_data.get(name)
        found += address_found(str(value or ""), list(self.kept_back()))
        if self.asks_of_any and not self.fields[name].widget.is_hidden:
            found += address_like(str(value or ""))
        if any(finding.kind in (ADDRESS, LIKE) for finding in found):
            self.case_tick = "Keep it: it may be read"
        return found

    def ask_about(self, findings: Sequence[Finding]) -> str:
        children = [finding for finding in findings if finding.kind not in (ADDRESS, LIKE)]
        parts = [case_words(children)] if children else []
        for kind in (ADDRESS, LIKE):
            words = "”, “".join(each.words for each in findings if each.kind == kind)
            parts += [WORDS.format(words, kind)] if words else []
        return ". ".join(parts)
