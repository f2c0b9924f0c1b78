"""External service or agency information sheet: what the directory holds, as one page."""

from toolkits.instruments.definition import Choice, Field, FieldType, Instrument, Kind, Lifecycle, Shelf

INSTRUMENT = Instrument(
    code="agency-sheet",
    version=1,
    kind=Kind.SHEET,
    title="External service or agency information sheet",
    purpose="Tell everyone in school what one service does, for whom, and how to reach it.",
    source="After table 2.4 of R. Cheminais, Effective Multi-Agency Partnerships (Sage, 2009), "
    "from CEDC/ContinYou (2003)",
    layout="agency-sheet",
    lifecycle=Lifecycle.STANDING,
    shelf=Shelf.FRONT,
    minutes=15,
    people="each service, once, and again when something changes",
    fields=(
        Field(key="name", text="Name of organisation", required=True, attribute="name"),
        Field(
            key="profile",
            text="Profile",
            hint="What the service does, and for whom",
            type=FieldType.TEXT,
            attribute="profile",
        ),
        Field(key="address", text="Address", type=FieldType.TEXT, attribute="places"),
        Field(key="contact_person", text="Contact person", attribute="contacts"),
        Field(key="telephone", text="Telephone", type=FieldType.TELEPHONE, attribute="phones.voice"),
        Field(key="fax", text="Fax", type=FieldType.TELEPHONE, attribute="phones.fax"),
        Field(key="email", text="Email", type=FieldType.EMAIL, attribute="email"),
        Field(key="website", text="Website", type=FieldType.WEBSITE, attribute="website"),
        Field(
            key="opening_times",
            text="Opening or contact times",
            type=FieldType.TEXT,
            attribute="opening_times",
        ),
        Field(
            key="offers",
            text="Services offered",
            hint="Tick all that apply",
            type=FieldType.CHOICES,
            choices=(
                Choice(key="one_to_one", text="One-to-one support"),
                Choice(key="group", text="Group support"),
                Choice(key="outreach", text="Outreach"),
                Choice(key="interpretation", text="Interpretation"),
                Choice(key="practical", text="Practical support"),
                Choice(key="advice", text="Advice or information"),
                Choice(key="other", text="Other (say which)", with_text=True),
                Choice(key="particular_group", text="For a particular group (which)", with_text=True),
            ),
            attribute="offers",
        ),
        Field(
            key="referral",
            text="Referral procedures",
            hint="How to refer, step by step",
            type=FieldType.TEXT,
            attribute="referral",
        ),
        Field(key="other", text="Other information", type=FieldType.TEXT, attribute="other_information"),
    ),
)
