"""What the access matrix needs to know about this app's URLs (tests/access_samples.py explains the names)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.access_samples import Sample

SAMPLES: "dict[str, Sample]" = {}
ROLES: dict[str, dict[str, int]] = {}
SIGNED_IN: set[str] = set()
PUBLIC: set[str] = set()
GUEST: set[str] = set()
