"""A closed check-in on paper, and what an agreed version keeps of it."""

from typing import Any

from django.utils import timezone

from evaluation import findings
from evaluation.models import Round
from evaluation.results import Results, read
from partnerships.models import Action
from partnerships.paper import ActionLine, Fact, School, Sentence, day
from toolkits.instruments.definition import Instrument
from toolkits.models import Activity, AgreedVersion
from toolkits.paper import ChecklistPaper, CriterionLine, QuestionPaper

MOST_DIFFERENCES = 4

Levels = dict[str, dict[str, str]]
"""Statement → {"level", "note", "dissent"}."""


def levels_of(round_: Round) -> Levels:
    """The levels recorded so far."""
    return {
        level.statement: {"level": level.level, "note": level.note, "dissent": level.dissent}
        for level in round_.agreed_levels.all()
    }


def agreed_content(round_: Round) -> dict[str, Any]:
    """What a numbered version keeps."""
    return {"results": round_.fixed_results, "levels": levels_of(round_), "words": round_.agreed_words}


def paper_of(round_: Round, version: AgreedVersion | None = None) -> ChecklistPaper:
    """The sheet of a closed check-in: a draft until the group has agreed."""
    instrument = round_.instrument
    results = Results.from_json(version.content["results"]) if version else read(round_)
    levels: Levels = version.content["levels"] if version else levels_of(round_)
    chosen = {key: level["level"] for key, level in levels.items()}
    closed = timezone.localdate(round_.closed_at)
    return ChecklistPaper(
        instrument=instrument,
        school=School.of(round_.setting),
        title=round_.title,
        on=timezone.localdate(version.agreed_at) if version else closed,
        version=version.number if version else 0,
        draft=version is None,
        corner=round_.term.name if round_.term else "",
        facts=_facts(round_, instrument, results, chosen, version),
        answered=results.answered,
        questions=_questions(instrument, results, levels),
        differences=tuple(
            Sentence(text=f"{one.statement.text}: {one.sentence}", sectors=one.sectors)
            for one in findings.differences(instrument, results)[:MOST_DIFFERENCES]
        ),
        most_to_do=tuple(one.statement.text for one in findings.most_to_do(instrument, results, chosen)),
        agreed_words=version.words if version else round_.agreed_words,
        actions=tuple(_action(action) for action in actions_of(round_)),
        small_print=findings.all_words(findings.hidden_words(results)) if results.is_enough else "",
    )


def agreed_pdf(activity: Activity) -> bytes:
    """The sheet of a check-in as it was agreed; before that a draft of how it stands.

    :raises ValueError: it is not closed, or too few answered
    """
    round_ = Round.objects.with_activity().get(activity=activity)
    if round_.results is None or not read(round_).is_enough:
        raise ValueError(f"“{round_.title}” has nothing to print: it is open, or too few answered.")
    version = activity.agreed_versions.order_by("-number").first() if activity.is_agreed else None
    if version and version.pdf:
        return bytes(version.pdf)
    return paper_of(round_, version).pdf().content


def actions_of(round_: Round) -> list[Action]:
    """What is to be done after this check-in."""
    found = round_.setting.actions.from_origin("round", round_.pk)
    return list(found.select_related("owner__user", "owner_partnership__service"))


def _facts(
    round_: Round,
    instrument: Instrument,
    results: Results,
    chosen: dict[str, str],
    version: AgreedVersion | None,
) -> tuple[Fact, ...]:
    names = "without names" if results.is_anonymous else "with names"
    answered = Fact(label="Answered", text=f"{results.answered} of {results.invited}, {names}")
    if version:
        state = Fact(label="State", text="Agreed", stamp="full")
    else:
        state = Fact(
            label="State", text=f"Closed {day(timezone.localdate(round_.closed_at))}", stamp="outline"
        )
    assert instrument.scale is not None
    many = len(instrument.statements)
    levels = [
        Fact(
            label=f"Agreed: {level.text}",
            text=f"{sum(level.key == each for each in chosen.values())} of {many}",
        )
        for level in reversed(instrument.scale.levels)
    ]
    return (answered, *(levels[:3] if chosen else ()), state)


def _questions(instrument: Instrument, results: Results, levels: Levels) -> tuple[QuestionPaper, ...]:
    if not results.is_enough:
        return ()
    headings = instrument.by_group() or ((None, instrument.statements),)
    return tuple(
        QuestionPaper(
            text=group.text if group else instrument.title,
            lines=tuple(
                CriterionLine(
                    text=statement.text,
                    counts=results.statement(statement.key).all_counts,
                    agreed=levels.get(statement.key, {}).get("level", ""),
                    note=_note(levels.get(statement.key, {})),
                )
                for statement in statements
            ),
        )
        for group, statements in headings
    )


def _note(level: dict[str, str]) -> str:
    note, dissent = level.get("note", ""), level.get("dissent", "")
    return " ".join(part for part in (note, f"Seen differently: {dissent}" if dissent else "") if part)


def _action(action: Action) -> ActionLine:
    return ActionLine(what=action.text, who=action.owner_words, when=day(action.due_on), state=action.state)
