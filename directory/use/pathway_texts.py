"""Words of our own to begin a pathway with. Nobody has to use them: a page is made only when somebody saves one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Beginning:
    need: str
    also: str
    lead: str
    at_school: str
    how: str
    meanwhile: str
    urgent: str = ""


BEGINNINGS = (
    Beginning(
        "Bereavement",
        "grief, death, loss, funeral, someone has died",
        "Children grieve in bits: sad now, playing a minute later. You don’t have to find the right words.",
        "Tell us who has died and what your child knows. We tell the people who work with your child, agree on one "
        "adult to go to, and find a quiet place for hard moments.",
        "Most children need time and their own people more than a service. Ask for more if it is still hard after "
        "some months, or at once if somebody died suddenly.",
        "Say “died”, not “went to sleep”.\nAnswer what is asked, and no more.\nKeep bedtimes and school going.\n"
        "Let your child choose something to keep.",
    ),
    Beginning(
        "Sleep",
        "bedtime, tired, nightmares, waking",
        "Tired children learn less and worry more. Most sleep gets better with small changes at home.",
        "Ask how your child is in class, and tell us about the evenings. The school nurse can go through a week of "
        "nights with you.",
        "Write down two weeks of bedtimes and wakings first: everybody you ask will want to know.",
        "The same time to get up every day, also at the weekend.\nScreens off and out of the room an hour before.\n"
        "The same three quiet things each evening.",
    ),
    Beginning(
        "Anxiety",
        "worry, panic, fear, nervous, anxious",
        "Worry is ordinary. It needs help when it stops your child from doing what other children do.",
        "Tell the class teacher or tutor what sets it off. We can agree on a place to go, a person to go to, and "
        "small steps back into what is hard.",
        "Start with the services that you can ask yourself. For more, we write the referral together.",
        "Name it: “that is the worry talking”.\nSmall steps, and praise for trying.\n"
        "Don’t promise that nothing bad will happen.\nDon’t let the worry decide what the family does.",
        "Thoughts of ending their life: ring 111 and choose mental health, or 999.",
    ),
    Beginning(
        "Self-harm",
        "cutting, hurting themselves, self harm, overdose",
        "It is usually a way to cope with feelings that are too much. Staying calm is the first help.",
        "Tell the safeguarding lead today. We listen, keep it as private as we can, and make a plan with you and "
        "your child.",
        "We ring the mental health team together and tell them what has happened. Your GP can refer too.",
        "Listen without asking for promises to stop.\nClean and cover wounds.\n"
        "Put medicines and blades out of reach.\nAsk how they are, not only whether they did it.",
        "A bad wound, or anything swallowed: 999 or the nearest emergency department, even if they seem well.",
    ),
    Beginning(
        "Speech and language",
        "speech, talking, stammer, SALT, communication, language",
        "Children learn to talk at different speeds. Help early makes the most difference.",
        "The class teacher and the special needs co-ordinator see how your child understands and talks in school, and "
        "what helps there.",
        "Have hearing checked first. Then we fill in the referral form with you; some areas have a drop-in.",
        "Talk about what you are both looking at.\nWait: count to ten before you help with a word.\n"
        "Repeat it the right way, don’t correct.\nTen minutes of talk without a screen every day.",
    ),
    Beginning(
        "Attendance",
        "not going to school, school refusal, absence, truancy, missing school",
        "There is always a reason. The sooner we look for it together, the easier the way back.",
        "Ring us on the first day. We meet you and your child, ask what is hard, and change what we can: a soft start, "
        "another door, a person to meet.",
        "If it goes on, we ask the inclusion team and others to one meeting with you, with one plan.",
        "Keep the morning routine, also on days at home.\nNo treats during school hours.\n"
        "Say what your child can do, not only what they missed.",
    ),
    Beginning(
        "Food and money",
        "debt, benefits, food bank, bills, poverty, uniform, money",
        "Many families are short sometimes. Nobody has to explain themselves.",
        "Ask the office quietly about free school meals, uniform, trips and the breakfast club. We can write a "
        "voucher the same day.",
        "Ring an adviser: they look for money you are entitled to, and talk to people you owe.",
        "Open the letters, or bring them to us unopened.\nPay rent and energy first.\n"
        "Never borrow from somebody at the door.",
        "No food or no heating tonight: ring the council’s emergency line or come to the office.",
    ),
    Beginning(
        "Housing",
        "homeless, eviction, damp, overcrowded, moving, rent",
        "Where you live shapes how a child sleeps, learns and feels.",
        "Tell us if you have to move, or if the home makes your child ill. We can write a letter that says how it "
        "affects school.",
        "Ask for advice as soon as a letter comes. The council has to help people who may lose their home within "
        "56 days.",
        "Don’t leave before you have had advice.\nKeep every letter and photograph the damage.\n"
        "Tell us the new address, even for a week.",
        "Nowhere to stay tonight: ring the council’s homelessness team, day or night.",
    ),
    Beginning(
        "Domestic abuse",
        "violence at home, controlling partner, frightened at home, abuse",
        "It is not your fault, and it is not your child’s. You decide what happens next, and when.",
        "Ask for the safeguarding lead and say only that you want to talk in private. We can meet at a time that looks "
        "ordinary, and need not write to you at home.",
        "Ring from a telephone that nobody else looks at; the services below ring back only when you say it is safe. "
        "If a child is at risk we have to tell the council, and we tell you first when that is safe.",
        "Think about whether this page or a leaflet could be found.\nAgree on a word that means “ring for help”.\n"
        "Keep papers and a little money where you can reach them.",
        "In danger now: 999. If you can’t speak, press 55. National Domestic Abuse Helpline: 0808 2000 247.",
    ),
    Beginning(
        "Young carers",
        "caring for a parent, looking after, carer",
        "Some children help a parent or a brother or sister every day. They have a right to help of their own.",
        "Tell us, so that we can be easy about homework, telephones and being late. There is an adult for young "
        "carers at school.",
        "Ask the council for a young carer’s assessment; we can ask with you. The young carers’ project takes calls "
        "from young people themselves.",
        "Ask what they would like to stop doing.\nKeep one afternoon a week free.\n"
        "Write down who else can help in an emergency.",
    ),
    Beginning(
        "Autism assessment",
        "autism, ASD, autistic, neurodiversity, ADHD, assessment",
        "Help does not wait for a diagnosis. What works for your child can start now.",
        "The special needs co-ordinator looks with you at what is hard and what helps, writes it down, and starts it.",
        "We collect what is needed for the referral: your words, ours, and your child’s. Waiting times are long: "
        "ask for the services below meanwhile.",
        "Say what happens next, with pictures if they help.\nOne instruction at a time.\n"
        "A quiet place for when it is too much.\nJoin a parents’ group: you need no diagnosis.",
    ),
    Beginning(
        "Online safety",
        "internet, phone, social media, sexting, cyberbullying, gaming",
        "Children tell an adult sooner when they know that the phone will not just be taken away.",
        "Tell us what was sent or seen, and keep it. Don’t pass pictures on, not even to us: we look at them with "
        "the police if we must.",
        "Report it on the site, and to the police’s online child protection team where an adult is behind it.",
        "Say: you are not in trouble.\nBlock and report, but save the proof first.\n"
        "Phones charge outside the bedroom, also the parents’.",
        "An adult asks a child for pictures or to meet: ring 999 or 101.",
    ),
)
BY_NEED = {each.need: each for each in BEGINNINGS}
