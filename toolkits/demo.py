"""The demo's sessions, profiles and sheets at Hillside: made by the commands that people's clicks call."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from config.keys import hashed
from partnerships.demo import uid
from partnerships.models import Action, Membership, Setting
from toolkits import commands, demo_sheets, demo_words
from toolkits.commands import sheets as sheet_commands
from toolkits.commands.agreeing import keep_missing_pdfs
from toolkits.demo_words import DemoCard, DemoSession
from toolkits.models import Activity, Card, Contribution, Participant
from toolkits.seats import Seat
from toolkits.stages import Stage

ORDER = 30


def seed_tools() -> None:
    """Each session once: what people did with it in the demo is left alone."""
    setting = Setting.objects.get(slug="hillside")
    people = {
        person.user.email: person for person in setting.memberships.select_related("user", "service__agency")
    }
    for session in demo_words.SESSIONS:
        if not Activity.objects.filter(pk=uid("session", session.title)).exists():
            Seeding(setting, people, session).run()
    for email, answers in demo_sheets.PROFILES.items():
        _seed_sheet(people[email], "practitioner-profile", answers)
    for email, answers in demo_sheets.BENEFITS.items():
        written = timezone.localdate() - timedelta(days=demo_sheets.BENEFITS_WRITTEN_DAYS_AGO)
        _seed_sheet(people[email], "benefits", {**answers, "written_on": written.isoformat()})
    keep_missing_pdfs()


def _seed_sheet(person: Membership, code: str, answers: dict[str, Any]) -> None:
    from toolkits.sheets import prefilled, sheet_of
    from toolkits.versions import current

    if sheet_of(person, code):
        return
    data = {**prefilled(current(code, person.setting).instrument, person), **answers}
    sheet = sheet_commands.save_sheet(person=person, code=code, data=data, by=person)
    Contribution.objects.filter(pk=sheet.pk).update(
        updated_at=timezone.now() - timedelta(days=demo_sheets.PROFILE_DAYS_AGO.get(person.user.email, 30))
    )


@dataclass
class Seeding:
    """One session on its way from its start to the stage where the demo shows it."""

    setting: Setting
    people: dict[str, Membership]
    session: DemoSession

    def run(self) -> None:
        self.activity = self._start()
        self.participants = self._invite()
        self.cards = [self._card(card) for card in self.session.cards]
        if self.session.stage in (Stage.DISCUSS, Stage.AGREED):
            self._move(Stage.DISCUSS)
            self._vote()
            self._act()
            self._word()
        if self.session.stage == Stage.AGREED:
            commands.move_stage(activity=self.activity, to=Stage.AGREED, by=self._runner)
        self._move(self.session.stage)
        self._date()

    @property
    def _runner(self) -> Membership:
        return self.people[self.session.runner]

    def _seat(self, who: str) -> Seat:
        return Seat(self._fresh(), self.people.get(who), self.participants.get(who))

    def _fresh(self) -> Activity:
        return Activity.objects.select_related("setting", "instrument_version").get(pk=self.activity.pk)

    def _start(self) -> Activity:
        made = commands.start_activity(
            setting=self.setting, code="swot", title=self.session.title, by=self._runner, votes_each=3
        )
        made.delete()
        made.pk = uid("session", self.session.title)
        made.save(force_insert=True)
        return made

    def _invite(self) -> dict[str, Participant]:
        members = [self.people[email] for email in (self.session.runner, *self.session.members)]
        commands.invite(activity=self.activity, members=members, by=None)
        self.activity.participants.update(is_told=True)
        found = {}
        for person in self.activity.participants.select_related("membership__user"):
            assert person.membership is not None
            found[person.membership.user.email] = person
        for name, agency, sector in self.session.guests:
            found[name] = Participant.objects.create(
                id=uid("guest", self.session.title, name),
                activity=self.activity,
                guest_name=name,
                agency_name=agency,
                sector=sector,
                key_hash=hashed(f"demo {uid('guest', self.session.title, name)}"),
            )
        return found

    def _card(self, card: DemoCard) -> Card:
        return Card.objects.create(
            id=uid("card", self.session.title, card.text),
            activity=self.activity,
            participant=self.participants[card.by],
            zone=card.zone,
            text=card.text,
        )

    def _move(self, to: Stage) -> None:
        Activity.objects.filter(pk=self.activity.pk).exclude(stage=to).update(stage=to)

    def _vote(self) -> None:
        for card, given in zip(self.cards, self.session.cards, strict=True):
            for who in given.votes:
                commands.give_vote(by=self._seat(who), card_id=card.pk)

    def _act(self) -> None:
        texts = {card.text: card for card in self.cards}
        for action in self.session.actions:
            made = commands.make_action(
                by=self._seat(self.session.runner),
                card_id=texts[action.card].pk,
                text=action.text,
                due_on=timezone.localdate() + timedelta(days=action.due_in),
                owner=self.people.get(action.owner),
                owner_name="" if action.owner in self.people else action.owner,
            )
            Action.objects.filter(pk=made.pk).update(
                id=uid("action", self.session.title, action.text),
                done_on=timezone.localdate() - timedelta(days=action.done_ago) if action.done_ago else None,
                outcome=action.outcome,
            )

    def _word(self) -> None:
        if not self.session.words:
            return
        seat = self._seat(self.session.runner)
        commands.write_agreed(by=seat, words=self.session.words, seen_version=seat.activity.version)
        for who in self.session.agree:
            commands.say_agree(by=self._seat(who), agrees=True)
        for who, because in self.session.differ.items():
            commands.say_agree(by=self._seat(who), agrees=False, because=because)

    def _date(self) -> None:
        """Puts the session some days back, as if it had been held then."""
        then = timezone.now() - timedelta(days=self.session.days_ago)
        Activity.objects.filter(pk=self.activity.pk).update(
            created_at=then,
            stage_changed_at=then,
            join_code=self.session.code,
            join_code_expires_at=timezone.now() + timedelta(hours=12) if self.session.code else None,
        )
        self.activity.agreed_versions.update(id=uid("agreed", self.session.title), agreed_at=then)
