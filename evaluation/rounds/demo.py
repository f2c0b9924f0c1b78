"""The demo's check-ins at Hillside: made by the commands that people's clicks call, with days before today."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone

from evaluation import anonymity
from evaluation.answering import Place, send_named
from evaluation.closing import agree_round, close_round
from evaluation.models import Round
from evaluation.rounds import demo_words as words
from evaluation.rounds.commands import open_round, record_levels
from evaluation.rounds.demo_words import DemoRound
from partnerships.demo import uid
from partnerships.models import Membership, Setting
from toolkits.checklist import Answers
from toolkits.commands import invite, move_stage
from toolkits.instruments import instrument
from toolkits.models import Activity, Participant
from toolkits.stages import Stage
from toolkits.versions import current

ORDER = 40
CODE = "team-building"
DAYS_OPEN = 14
DAYS_TO_TALK = 12


def seed_rounds() -> None:
    """Each check-in once: what people did with it in the demo is left alone."""
    setting = Setting.objects.get(slug="hillside")
    by = setting.memberships.get(user__email="coordinator@demo.example")
    for demo in words.ROUNDS:
        if not Round.objects.filter(pk=uid("round", demo.name)).exists():
            Seeding(setting, by, demo).run()


@dataclass
class Seeding:
    """One check-in on its way to where the demo shows it."""

    setting: Setting
    by: Membership
    demo: DemoRound

    def run(self) -> None:
        self.chance = Random(self.demo.name)  # noqa: S311 - the same answers each time
        self.round = self._start()
        self._invite()
        self.round = open_round(round_=self.round, by=self.by, today=self.round.opens_on)
        self._answer()
        opened = Round.objects.filter(pk=self.round.pk)
        opened.update(opened_at=self._moment(self.round.opens_on))
        self.round.refresh_from_db()
        if not self.demo.is_open:
            self._close()

    def _start(self) -> Round:
        closes = self._last_day()
        opens = closes - timedelta(days=DAYS_OPEN)
        term = self.setting.term_on(closes)
        activity = Activity.objects.create(
            id=uid("round activity", self.demo.name),
            setting=self.setting,
            instrument_version=current(CODE, self.setting),
            title=f"{self.demo.title} {term.name}" if self.demo.is_anonymous and term else self.demo.title,
            is_anonymous=self.demo.is_anonymous,
            facilitator=self.by,
            votes_each=0,
        )
        return Round.objects.create(
            id=uid("round", self.demo.name),
            setting=self.setting,
            activity=activity,
            term=term,
            opens_on=opens,
            closes_on=closes,
            words=self.demo.why,
            minimum=self.setting.small_group,
            created_by=self.by,
        )

    def _last_day(self) -> date:
        """Three weeks into one of the last half terms, else a few days from now or ago."""
        today = timezone.localdate()
        if self.demo.terms_ago:
            over = self.setting.terms.filter(ends__lt=today).order_by("-starts")
            starts: date = over[self.demo.terms_ago].starts
            return starts + timedelta(days=21)
        return today + timedelta(days=6) if self.demo.is_open else today - timedelta(days=4)

    def _invite(self) -> None:
        members = [one for one in self.setting.memberships.current() if one.roles != ["governor"]]
        if not self.demo.is_anonymous:
            members = [one for one in members if one.user.email in words.WEEKLY]
        invite(activity=self.round.activity, members=members, by=self.by)
        for name, agency, sector in words.ON_PAPER if self.demo.is_anonymous else ():
            Participant.objects.create(
                id=uid("participant", self.demo.name, name),
                activity=self.round.activity,
                guest_name=name,
                agency_name=agency,
                sector=sector,
                is_invited=True,
            )

    def _answer(self) -> None:
        people = list(self.round.activity.participants.with_people().in_order())
        people = [person for person in people if self._takes_part(person)]
        self.unsure = {
            key: self.chance.sample(range(len(people)), min(many, len(people) // 3))
            for key, many in words.UNSURE.items()
        }
        self.writers = {
            key: self.chance.sample(range(len(people)), min(2, len(people))) for key in words.WRITTEN
        }
        for place, person in enumerate(people):
            answers = self._answers(person, place)
            if self.demo.is_anonymous:
                key = anonymity.new_key()
                anonymity.take(round_=self.round, participant=person, answers=answers, key=key)
            else:
                send_named(place=Place(self.round, person), answers=answers, seen_version=None)

    def _some(self, people: list[Participant], many: int) -> list[int]:
        return self.chance.sample(range(len(people)), many)

    def _takes_part(self, person: Participant) -> bool:
        if person.membership and not self.demo.is_anonymous:
            return person.membership.user.email in words.ANSWERED_WEEKLY
        return person.name not in words.MISSED

    def _answers(self, person: Participant, place: int) -> Answers:
        found: Answers = {}
        for statement in instrument(CODE).statements:
            key = statement.key
            level = "dont_know" if place in self.unsure.get(key, ()) else self._level(key, person)
            found[key] = {"level": level, "evidence": self._evidence(key, place)}
        return found

    def _level(self, key: str, person: Participant) -> str:
        usual = words.USUAL[key]
        centre = float(usual.get(person.sector, usual["all"])) + self.demo.steps * words.GROWN.get(key, 0)
        value = round(self.chance.gauss(centre, 0.42))
        return words.LEVELS[min(2, max(0, value))]

    def _evidence(self, key: str, place: int) -> str:
        texts = words.WRITTEN.get(key, [])
        writers = self.writers.get(key, [])
        return texts[writers.index(place)] if place in writers and writers.index(place) < len(texts) else ""

    def _close(self) -> None:
        closed_at = self._moment(self.round.closes_on, hour=23)
        close_round(round_=self.round, by=None, at=closed_at)
        if not self.demo.shared:
            return
        move_stage(activity=self.round.activity, to=Stage.DISCUSS, by=self.by)
        Round.objects.filter(pk=self.round.pk).update(shared_at=closed_at + timedelta(days=2))
        levels = {
            key: {"level": level, "note": note, "dissent": dissent}
            for key, (level, note, dissent) in self.demo.agreed.items()
        }
        record_levels(round_=self.round, levels=levels, words=self.demo.words, by=self.by, seen_version=None)
        agree_round(round_=self.round, by=self.by, at=closed_at + timedelta(days=DAYS_TO_TALK))

    def _moment(self, day: date, hour: int = 9) -> datetime:
        moment = datetime.fromisoformat(f"{day}T{hour:02}:30")
        return timezone.make_aware(moment)
