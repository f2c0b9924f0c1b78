"""What I bring to the team: benefits over three horizons, each with its measure of success."""

from toolkits.instruments.definition import (
    Choice,
    Column,
    Field,
    FieldType,
    Group,
    Instrument,
    Kind,
    Lifecycle,
    Shelf,
)

COLUMNS = (
    Column(key="benefit", text="Benefit that I will bring"),
    Column(key="measure", text="How we will know"),
    Column(
        key="outcome",
        text="When we look again",
        choices=(
            Choice(key="met", text="met"),
            Choice(key="partly", text="partly"),
            Choice(key="not_yet", text="not yet"),
        ),
        at_review=True,
    ),
    Column(key="evidence", text="What shows it", at_review=True),
)


def _horizon(key: str, text: str) -> Field:
    return Field(key=key, text=text, group=key, type=FieldType.ROWS, rows_min=1, rows_max=4, columns=COLUMNS)


INSTRUMENT = Instrument(
    code="benefits",
    version=1,
    kind=Kind.SHEET,
    title="What I bring to the team",
    purpose="Promise what I will bring, and say beforehand how we will know that it worked.",
    source="After table 2.1 of R. Cheminais, Effective Multi-Agency Partnerships (Sage, 2009)",
    layout="horizons",
    lifecycle=Lifecycle.STANDING,
    shelf=Shelf.FRONT,
    minutes=20,
    people="each practitioner, on their own",
    groups=(
        Group(key="next_month", text="Next month", months=1),
        Group(key="six_months", text="In six months", months=6),
        Group(key="one_year", text="In a year", months=12),
    ),
    fields=(
        Field(key="name", text="Name", required=True),
        Field(key="service", text="Service"),
        Field(key="written_on", text="Date", type=FieldType.DATE, required=True),
        _horizon("next_month", "Next month: benefits, and how we will know"),
        _horizon("six_months", "In six months: benefits, and how we will know"),
        _horizon("one_year", "In a year: benefits, and how we will know"),
    ),
)
