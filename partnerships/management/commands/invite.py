"""Invites somebody to a setting from the command line."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnerships.access import Role
from partnerships.addresses import read_address
from partnerships.audit import Actor, acting
from partnerships.commands import invite_people
from partnerships.commands.invitations import Offer
from partnerships.invitations import link_for
from partnerships.models import Setting
from partnerships.sectors import Sector


class Command(BaseCommand):
    help = "Invites somebody by e-mail; prints the link, too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("setting", help="the slug, as in “hillside”")
        parser.add_argument("email", help="also as “Priya Raman <priya@example.org>”")
        parser.add_argument(
            "--role", action="append", choices=Role.values, help="may be given more than once"
        )
        parser.add_argument("--sector", choices=Sector.values, default=Sector.EDUCATION.value)

    def handle(self, *args: Any, **options: Any) -> None:
        setting = Setting.objects.filter(slug=options["setting"]).first()
        if setting is None:
            raise CommandError(f"There is no setting “{options['setting']}”. Make it with create_setting.")
        try:
            address = read_address(options["email"])
        except ValueError as problem:
            raise CommandError(str(problem)) from None
        offer = Offer(roles=options["role"] or [Role.PRACTITIONER.value], sector=options["sector"])
        with acting(Actor.COMMAND, "invite"):
            made = invite_people(setting=setting, addresses=[address], offer=offer, by=None)
        if not made:
            raise CommandError(f"{address.email} is here already, or has an invitation that waits.")
        self.stdout.write(f"{address.email} is invited to {setting.name}:")
        self.stdout.write(link_for(made[0]))
