"""Checklist for building the multi-agency team: nine questions, 26 criteria."""

from toolkits.instruments.definition import Choice, Group, Instrument, Kind, Level, Scale, Shelf, Statement

IN_PLACE = Scale(
    key="in-place",
    levels=(
        Level(key="not_in_place", text="not in place", value=0),
        Level(key="partly", text="partly", value=1),
        Level(key="in_place", text="in place", value=2),
    ),
    outside=(Choice(key="dont_know", text="don’t know"),),
)

COMMISSIONING = "Commissioning: deciding what help is needed, choosing who gives it, and paying for it."

INSTRUMENT = Instrument(
    code="team-building",
    version=1,
    kind=Kind.CHECKLIST,
    title="Building the multi-agency team",
    purpose="Find out which foundations of a strong team are in place, and where people see it differently.",
    source="After the Department of Health’s partnership checklist (2002), figure 2.4 of R. Cheminais, "
    "Effective Multi-Agency Partnerships (Sage, 2009)",
    layout="criteria",
    computation="levels",
    shelf=Shelf.FRONT,
    minutes=15,
    people="everyone in the team, each on their own",
    groups=(
        Group(key="values", text="Values and aspirations", hint="Do we want the same?"),
        Group(key="priorities", text="Priorities for change", hint="Do we know what has to change?"),
        Group(key="new_options", text="Willingness to try new options", hint="Are we open to new ways?"),
        Group(key="boundaries", text="Boundaries", hint="Do our areas fit together?"),
        Group(key="responsibilities", text="Who is responsible for what", hint="Is it clear who does what?"),
        Group(key="resources", text="Resources", hint="Can we rely on what each puts in?"),
        Group(key="leadership", text="Leadership", hint="Do the people who lead stand behind it?"),
        Group(key="capacity", text="Capacity", hint="Is there somebody to do the work?"),
        Group(key="trust", text="Trust", hint="Can we rely on each other?"),
    ),
    statements=(
        Statement(
            key="shared_vision",
            text="A common vision is written down, and everyone reads it the same way",
            group="values",
        ),
        Statement(key="vision_made_by_all", text="Everyone with a stake helped to make it", group="values"),
        Statement(
            key="needs_agreed",
            text="We agree where services meet needs and wishes now, and where they fail",
            group="priorities",
        ),
        Statement(key="changes_agreed", text="We agree the changes that we want", group="priorities"),
        Statement(
            key="links_to_plans",
            text="Links to other plans carry those changes into everyday work",
            group="priorities",
        ),
        Statement(
            key="outcome_measures",
            text="We have measures that would show a benefit to children",
            group="priorities",
        ),
        Statement(
            key="open_to_scrutiny",
            text="Partners open their own practice to scrutiny, also in reviews led by families and young people",
            group="new_options",
        ),
        Statement(
            key="new_ideas", text="Our planning welcomes new ideas and sensible risk", group="new_options"
        ),
        Statement(
            key="shared_lines",
            text="Our resources are laid out along the same area lines, so that we can share them",
            group="boundaries",
            hint="Lines: council wards, health areas, catchments.",
        ),
        Statement(
            key="neighbours_settled",
            text="It is plain and settled where our work ends and a neighbouring service’s begins",
            group="boundaries",
        ),
        Statement(
            key="commissioning_sits",
            text="It is clear who does the commissioning",
            group="responsibilities",
            hint=COMMISSIONING,
        ),
        Statement(
            key="commissioning_meaning",
            text="Commissioning means the same to all of us",
            group="responsibilities",
        ),
        Statement(
            key="planning_allocated",
            text="Planning around the child, care management and assessment are understood, "
            "and each has somebody to do it",
            group="responsibilities",
        ),
        Statement(
            key="commissioners_providers",
            text="Those who commission and those who provide both accept how they relate",
            group="responsibilities",
        ),
        Statement(
            key="families_in_decisions",
            text="The part that families and young people have in decisions is clear and accepted",
            group="responsibilities",
        ),
        Statement(
            key="declared_resources",
            text="Each partner trusts that the resources others declare are the real ones",
            group="resources",
        ),
        Statement(key="money_settled", text="Past disputes about money are settled", group="resources"),
        Statement(
            key="accounts_track", text="Our accounts can track what each partner commits", group="resources"
        ),
        Statement(
            key="leaders_committed",
            text="Key senior people understand the partnership and are committed to it",
            group="leadership",
        ),
        Statement(
            key="leaders_make_time", text="Senior officers make time and room for it", group="leadership"
        ),
        Statement(
            key="practitioners_committed",
            text="Key practitioners are committed to working across professions",
            group="leadership",
        ),
        Statement(
            key="clear_brief",
            text="Somebody has a clear brief to move the partnership on",
            group="capacity",
        ),
        Statement(key="everyones_job", text="Partnership is part of everyone’s job", group="capacity"),
        Statement(
            key="willing_at_all_levels",
            text="People at all levels are able and willing to work together",
            group="trust",
        ),
        Statement(
            key="difficulties_dealt_with",
            text="There is a way to deal with difficult relationships",
            group="trust",
        ),
        Statement(
            key="time_to_know",
            text="We make time to get to know each other, and what each of us wants to reach",
            group="trust",
        ),
    ),
    scale=IN_PLACE,
)
