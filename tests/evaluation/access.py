"""What the access matrix needs to know about this app's URLs (tests/access_samples.py explains the names)."""

from typing import TYPE_CHECKING

from tests.evaluation.report_access import REPORT_ROLES, REPORT_SAMPLES
from tests.evaluation.round_access import ROUND_SAMPLES

if TYPE_CHECKING:
    from tests.access_samples import Sample

SAMPLES: "dict[str, Sample]" = {**REPORT_SAMPLES, **ROUND_SAMPLES}
ROLES: dict[str, dict[str, int]] = {**REPORT_ROLES}
SIGNED_IN: set[str] = set()
PUBLIC: set[str] = set()
GUEST: set[str] = set()
