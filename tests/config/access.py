"""What the access matrix needs to know about this app's URLs (tests/access_samples.py explains the names)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.access_samples import Sample

SAMPLES: "dict[str, Sample]" = {
    "outbox_mail": lambda world: {"name": "20260309T080000000000Z-sample"},
    "account_reset_password_from_key": lambda world: {"uidb36": "1", "key": "no-such-key"},
}
ROLES: dict[str, dict[str, int]] = {}
SIGNED_IN: set[str] = {"account_change_password", "account_set_password", "account_logout"}
PUBLIC: set[str] = {
    "account_login",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
GUEST: set[str] = set()
