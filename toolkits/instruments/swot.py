"""SWOT analysis."""

from toolkits.instruments.definition import Instrument, Kind, Shelf, Zone

INSTRUMENT = Instrument(
    code="swot",
    version=1,
    kind=Kind.BOARD,
    title="SWOT analysis",
    purpose="See together what is good in one part of our work, what holds us back, and what to do about it.",
    source="After figure 2.1 of R. Cheminais, Effective Multi-Agency Partnerships (Sage, 2009)",
    layout="quadrants",
    computation="votes",
    shelf=Shelf.FRONT,
    minutes=40,
    people="4 to 20 people",
    heading="The part of partnership working that we look at",
    starters=(
        "Sharing information between agencies",
        "Building services around schools and children’s centres",
        "Skills and effectiveness of the people who work with children",
        "Commissioning from public, private and voluntary providers",
    ),
    zones=(
        Zone(key="strengths", text="Strengths", hint="What is good here already, inside our partnership"),
        Zone(key="weaknesses", text="Weaknesses", hint="What holds us back, inside our partnership"),
        Zone(key="opportunities", text="Opportunities", hint="What outside us could help"),
        Zone(key="threats", text="Threats", hint="What outside us could get in the way"),
    ),
)
