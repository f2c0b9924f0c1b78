"""How a real school starts: its setting, and an invitation for its first coordinator."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnerships.addresses import read_address
from partnerships.audit import Actor, acting
from partnerships.commands import create_setting
from partnerships.invitations import link_for
from partnerships.models import Setting


class Command(BaseCommand):
    help = "Makes a setting and invites its first coordinator by e-mail; prints the link, too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="as in “Hillside Primary School”")
        parser.add_argument("slug", help="what stands in its addresses, as in “hillside”")
        parser.add_argument("coordinator", help="e-mail address, also as “Amara Oduya <amara@example.org>”")
        parser.add_argument("--kind", choices=Setting.Kind.values, default=Setting.Kind.PRIMARY.value)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            coordinator = read_address(options["coordinator"])
            with acting(Actor.COMMAND, "create_setting"):
                made = create_setting(
                    name=options["name"], slug=options["slug"], kind=options["kind"], coordinator=coordinator
                )
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from None
        except ValueError as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(
            f"{made.setting.name} is ready. {made.invitation.email} is invited to coordinate it:"
        )
        self.stdout.write(link_for(made.invitation))
