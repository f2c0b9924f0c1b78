"""What somebody typed, read out of a request that could not be carried out, to be shown and sent again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.request import RawPostDataException

from config.values import is_uuid

NEVER_SHOWN = re.compile(r"password|passwd|secret|^code$|^otp$|^login$", re.IGNORECASE)
FOR_MACHINES = re.compile(
    r"[a-z0-9_.:-]*", re.ASCII
)  # keys, numbers and ticks; what people type has more in it


@dataclass(frozen=True)
class KeptField:
    name: str
    value: str

    @property
    def label(self) -> str:
        words = re.sub(r"[-_]+|(?<=\D)(?=\d)", " ", self.name).strip()
        return words[:1].upper() + words[1:] or "Text"

    @property
    def is_typed(self) -> bool:
        """Words of a person, to be shown; the rest goes along hidden."""
        return not FOR_MACHINES.fullmatch(self.value) and not is_uuid(self.value)


@dataclass(frozen=True)
class Kept:
    """The fields of a form, in their order, and the names of files that must be chosen again."""

    fields: tuple[KeptField, ...]
    files: tuple[str, ...]
    is_complete: bool  # False if something secret was left out, so that it can't simply be sent again

    @property
    def has_words(self) -> bool:
        return any(field.is_typed for field in self.fields)


def kept_from(request: HttpRequest) -> Kept:
    try:
        post, uploads = request.POST, request.FILES
    except (RawPostDataException, OSError):
        return Kept((), (), is_complete=False)
    fields = tuple(_fields(request))
    files = tuple(str(upload.name) for _, group in uploads.lists() for upload in group)
    secret = any(NEVER_SHOWN.search(name) for name in post)
    return Kept(fields, files, is_complete=not secret and not files)


def _fields(request: HttpRequest) -> Iterator[KeptField]:
    for name, values in request.POST.lists():
        if name != "csrfmiddlewaretoken" and not NEVER_SHOWN.search(name):
            yield from (KeptField(name, str(value)) for value in values)
