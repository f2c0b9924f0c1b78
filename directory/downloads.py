"""The directory as a file: CSV, XLSX or Open Referral JSON. The import reads each back without a change."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from directory import exports
from directory.models import Service
from directory.oruk.exporting import as_document
from partnerships.models import Setting

Write = Callable[[Setting, Iterable[Service], bool], bytes]
"""(the setting, the services with their parts, whether agreements and notes come along)"""


@dataclass(frozen=True)
class Format:
    write: Write
    content_type: str
    ending: str


def _csv(setting: Setting, services: Iterable[Service], with_private: bool) -> bytes:
    return exports.as_csv(exports.table(setting, services, with_private=with_private))


def _xlsx(setting: Setting, services: Iterable[Service], with_private: bool) -> bytes:
    return exports.as_xlsx(exports.table(setting, services, with_private=with_private), setting.called)


def _oruk(setting: Setting, services: Iterable[Service], with_private: bool) -> bytes:
    return as_document(setting, services, with_private=with_private)


FORMATS = {
    "csv": Format(_csv, "text/csv; charset=utf-8", "csv"),
    "xlsx": Format(_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "oruk": Format(_oruk, "application/json", "json"),
}
