"""Fills the demo: two invented schools, their people, services, sessions, check-ins and reports."""

from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from partnerships import demo
from partnerships.audit import Actor, acting
from partnerships.models import User
from partnerships.registry import registry


class Command(BaseCommand):
    help = (
        "Loads the demo, always the same. Run again, it restores the accounts and their password and keeps what "
        f"people did in the demo. The password is “{demo.PASSWORD}” unless you give another. Refused in production."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--password", default=demo.PASSWORD, help="for every account of the demo")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                "This is production: the demo would put accounts with a known password into it."
            )
        for _, seed in sorted(registry.demo, key=lambda pair: pair[0]):
            with transaction.atomic(), acting(Actor.USER, demo.COORDINATOR):
                seed()
        with acting(Actor.COMMAND, "seed_demo"):
            restore_passwords(options["password"])
        for email, words in demo.SHOWN:
            self.stdout.write(f"{email}  {words}")
        self.stdout.write(f"Password: {options['password']}")


def restore_passwords(password: str) -> None:
    """One hash for all of them: hashing is slow on purpose."""
    hashed = make_password(password)
    for domain in demo.DOMAINS:
        User.objects.filter(email__endswith=f"@{domain}").update(password=hashed, is_active=True)
