"""Words that mean the same: the list that we bring, and the one that a setting has made of it.

A line is a group, "speech and language, SALT, SLT"; whoever types one of its words finds the others too.
"""

from functools import lru_cache

from directory.models import Rules
from directory.search.spelling import words_in
from directory.sheet.saving import sort_key

STARTING_LIST = """\
speech, speech and language, speech therapy, speech therapist, SALT, SLT, communication, stammer
CAMHS, CYPMHS, mental health, emotional wellbeing, child and adolescent mental health
MHST, mental health support team
EP, educational psychologist, educational psychology, ed psych
ADHD, ADD, attention deficit, hyperactivity
autism, autistic, ASD, ASC, Asperger, neurodiversity, neurodivergent
dyslexia, dyslexic, SpLD, reading difficulties, specific learning difficulty
dyspraxia, dyspraxic, DCD
OT, occupational therapy, occupational therapist
physio, physiotherapy, physiotherapist
EAL, ESOL, English as an additional language, interpreter, interpreting, interpretation
DV, DA, IDVA, domestic abuse, domestic violence, coercive control
bereavement, bereaved, grief, grieving, loss, death, died, dying
self harm, self injury, cutting
suicide, suicidal, suicide prevention
anxiety, anxious, worry, panic
low mood, depression, depressed
eating disorder, anorexia, bulimia, ARFID
anger, aggression, challenging behaviour, violent
school nurse, school nursing, school health
health visitor, health visiting, HV, 0-19
young carers, young carer
foodbank, food bank, food, hunger, free school meals, FSM
money, debt, benefits, welfare rights, finance, poverty
housing, homeless, homelessness, eviction, rent, temporary accommodation
exclusion, excluded, suspension, permanent exclusion, PEX
attendance, absence, EWO, EWS, education welfare, school refusal, EBSA, emotionally based school avoidance
SEND, SEN, SENCO, SENDCo, special educational needs, SENDIASS, local offer
EHCP, EHC plan, education health and care plan
counselling, counsellor, therapy, therapist, talking therapy, play therapy
art therapy, music therapy, creative therapy
drugs, alcohol, substance misuse, substance use, addiction
vaping, smoking, stop smoking
gangs, county lines, youth violence, knife crime, exploitation, CCE
CSE, sexual exploitation, sexual abuse, ISVA
radicalisation, extremism, Prevent
youth offending, youth justice, YOT, YJS
missing, runaway, running away
looked after, in care, foster care, fostering, kinship, CLA, LAC, virtual school
social worker, social care, children’s services, MASH, front door, safeguarding
early help, family support, TAF, team around the family, Supporting Families
parenting, parenting course, parenting programme, Triple P, Incredible Years
LGBT, LGBTQ, gay, lesbian, transgender, trans, gender identity
asylum, asylum seeker, refugee, migrant, immigration, NRPF
Traveller, Gypsy, Roma, GRT
toileting, continence, bedwetting, wetting, soiling, ERIC
sleep, bedtime
hearing, deaf, hearing impairment, teacher of the deaf
sight, vision, blind, visual impairment, VI
wheelchair, physical disability, mobility
short breaks, respite
childcare, nursery, after school club, breakfast club, wraparound
holiday club, HAF, holiday activities
police, PCSO, safer schools officer
bullying, bullied, cyberbullying
online safety, e-safety, internet safety
teenage pregnancy, young parents, young mums, young dads
sexual health, contraception
diabetes, asthma, epilepsy, medical needs
prison, parent in prison, imprisonment
separation, divorce, family breakdown, contact centre, mediation
baby, babies, perinatal, postnatal, breastfeeding
mentor, mentoring, role model
careers, NEET, apprenticeships, employment
clothes, uniform, school uniform, baby bank
"""

Phrase = tuple[str, ...]
Groups = dict[Phrase, tuple[Phrase, ...]]


def groups_for(rules: Rules | None) -> Groups:
    """Each phrase with those that mean the same, itself first."""
    said = None if rules is None else rules.synonyms
    return groups_of(STARTING_LIST if said is None else said)


@lru_cache(maxsize=256)
def groups_of(text: str) -> Groups:
    found: dict[Phrase, list[Phrase]] = {}
    for line in text.splitlines():
        phrases = [phrase for part in line.split(",") if (phrase := tuple(words_in(sort_key(part))))]
        for phrase in phrases:
            others = found.setdefault(phrase, [phrase])
            others += [each for each in phrases if each not in others]
    return {phrase: tuple(others) for phrase, others in found.items()}
