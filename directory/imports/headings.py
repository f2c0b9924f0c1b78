"""The headings that schools write over their columns, for each of ours. Our own list; add to it freely.

A heading is compared without capitals, accents and punctuation, so that "E-mail:" is "email".
"""

import re
import unicodedata

from directory.imports.numbered import LIKE

HEADINGS_TEXT = """
id: joined up number
name: service name, name of service, service, services, name of organisation or service, name of the
    service, team, name, project, project name, group name, name of group, title, club, scheme, provision,
    team name
agency: organisation, organisation name, name of organisation, agency, agency name, name of agency,
    provider, company, provider name, parent organisation, run by, provided by, delivered by, trust,
    employer, charity, lead organisation, host organisation, external agency, partner, partner agency,
    partner organisation, establishment, institution, school name, establishment name, practice name,
    surgery, who, external service, organisation or agency, agency or organisation, agency or service,
    service or agency, organisation or service, service or organisation, service provider, organization,
    organization name, organisation it belongs to, name of provider
sector: sector, sectors, type of service, service type, category, type of organisation, type of agency,
    agency type, organisation type, area of work, field
status: status, public private or voluntary, statutory or voluntary, type, funding, kind of organisation
profile: profile, description, service description, about, about the service, what they do, what it does,
    what we do, summary, overview, details, service details, purpose, remit, role of service, support
    offered, type of support, description of service, what is it, information about the service, blurb,
    focus, brief description, aims, service offered, what does it do
place_name: place name, building, building name, site, venue, location name, base name, place, name of the
    place
address: address, full address, postal address, address 1, address line 1, address1, street, street address,
    where, location, where they are, office address, contact address, based at, mailing address
address_2: address 2, address line 2, address2, address 3, address line 3, address3, district, locality,
    address 4, address line 4, second line of the address, area
city: town, city, town or city, town city, city town, post town, posttown, village
county: county, county name
postcode: postcode, post code, post codes, zip, zip code, postal code, pcode
withheld: address withheld, withheld, address is withheld, confidential address, hide address, address
    confidential
contact_person: contact person, contact, contact name, named contact, key contact, main contact, lead, lead
    name, worker, person, lead contact, who to ask, practitioner, name of contact, contact persons,
    contacts, staff, staff name, key worker, manager, co ordinator, coordinator, point of contact, named
    person, who to contact, contact full name, professional, lead professional, lead person, lead worker
contact_first: first name, forename, given name, contact first name, firstname, christian name
contact_last: last name, surname, family name, contact last name, contact surname, lastname
contact_role: role, job title, position, post, contact role, job role, contact title, role of contact,
    designation, contact job title
contact_public: public may see the name, contact consents, consent to publish name, name may be published
contact_details: contact details, contact information, contact info, how to contact, contact us, get in
    touch, how to get in touch, contact number and email, telephone and email, phone and email, tel email
telephone: telephone, tel, phone, telephone number, phone number, tel no, tel number, telephone no, phone
    no, contact number, contact telephone, contact no, contact phone, landline, mobile, mobile number, mob,
    number, office number, ring, main telephone, switchboard, helpline, telephone 1, telephone 2, phone 1,
    phone 2, work phone, tele, telephones, telephone numbers, mobile phone, mobile no, call, phones, direct
    line, general enquiries, work mobile, office telephone, tel 1, tel 2
text: text, text number, sms, text messages, number for text messages, text line, textphone, minicom
fax: fax, fax number, fax no, facsimile, telefax
email: email, email address, e mail, e mail address, mail, contact email, email contact, referral email,
    emails, email 1, email 2, secure email, general email, office email, email addresses
website: website, web site, web, url, web address, website address, link, homepage, home page, web page,
    webpage, site url, weblink, internet, websites, links, website url
opening_times: opening times, opening hours, opening or contact times, open, hours, when open, contact
    times, office hours, times open, hours of opening, opening, operating hours, availability, days and
    times open, opening days, open times, best time to call, when
offers: services offered, offers, what is offered, offer, type of help, support types, kinds of support,
    what they offer, provision offered
offer_other: other services offered, other offers, other which, other offer which, other service offered
    which
offer_group: for a particular group which, particular group, target group, client group, user group
referral: referral procedures, referral, referrals, how to refer, referral procedure, referral process,
    referral route, refer, referral criteria, how to access, referral info, referral information,
    making a referral, referral method, how do we refer, referral pathway, thresholds,
    criteria
other: other information, other info, additional information, further information, more information,
    additional info, other, other details, extra information, info, information, anything else
place_kind: kind of place, place type, type of place, location type, type of venue
council: council area, council, local authority, la, district council, borough
latitude: latitude, lat
longitude: longitude, lon, long, lng
access: access at the place, accessibility, disabled access, wheelchair access, building access, facilities,
    accessible, access
access_note: getting there and getting in, getting there, directions, how to get there, travel, transport,
    access notes
capacity_note: about places, places, vacancies, number of places
waiting_weeks: weeks to wait, wait in weeks, waiting weeks, waiting time weeks, weeks wait, average wait weeks
waiting_on: waiting time said on, waiting time as of, waiting time updated
topics: helps with, needs, need, topics, topic, issues, issue, support areas, problems, theme, themes, needs met,
    presenting needs, tags, keywords
who_for: who it is for, who for, for whom, who is it for, eligibility, eligible, eligibility criteria, target
    audience, audience, who can use it, who is it aimed at, aimed at, who we help, beneficiaries
not_for: who it is not for, not for, exclusions, exclusion criteria, who is it not for, not suitable for,
    ineligible
ages: age range, ages, age, age group, age groups, ages served, age of children, age range served, years
min_age: from age, minimum age, lowest age, lowest admission age, min age, age from, lower age, youngest
max_age: to age, maximum age, highest age, highest admission age, max age, age to, upper age, oldest
levels: level of need, levels of need, level, levels, tier, tiers, threshold, threshold level, need level,
    continuum of need, windscreen level
need_areas: needs served, needs served send, send areas, send area, send needs, areas of need, area of need,
    broad areas of need, sen type, type of need, send
referrers: who may refer, who can refer, who refers, referral from, referrals from, accepts referrals from,
    referrals accepted from, referrer, referrers, open to referrals from
referral_link: form to refer with, referral form, referral link, link to referral form, referral form link,
    referral url, online referral
cost: cost, costs, charge, charges, fee, fees, price, prices, cost to family, cost to the family, free or paid,
    is it free
cost_note: about the cost, cost details, cost notes, charging details
languages: languages, language, languages spoken, language spoken, community languages
language_note: about languages, language notes
ask_email: where to ask if the sheet is right, update contact email, email for updates
capacity: can take someone, capacity, taking referrals, accepting referrals, taking new referrals, list
    open, spaces, open to referrals
waiting_time: waiting time, wait, waiting list, wait time, waiting times, how long is the wait, current
    wait, first appointment
confirmed_on: confirmed on, last checked, date checked, checked, last confirmed, last updated, date updated,
    updated, last reviewed, date of last check, verified, date it was last checked, checked on
confirmed_by: confirmed by, checked by, updated by, verified by, reviewed by, who checked it
confirmed_how: confirmed how, how confirmed, how it was checked
days: days in school, day in school, days, day, in school on, visits, visits on, visiting days, visit days, days
    visiting, when in school, days on site, day of visit
times: times in school, time in school, times, time, visiting times, visit time
room: room, room number, room used, where in school, location in school, base in school
local_contact: our contact, link person, link worker, contact here, contact at school, contact in school,
    school link, worker for our school, our link worker, local contact, school contact, allocated worker
local_telephone: our contact telephone, link worker telephone, local contact telephone, contact here
    telephone
local_email: our contact email, link worker email, local contact email, contact here email
degree: degree of partnership, degree, level of partnership
agreement: agreement, service level agreement, sla, partnership agreement, contract
notes: notes, note, comments, comment, our notes, internal notes, remarks, feedback, notes that only we see
offers_one_to_one: one to one support, one to one, 1 1, 1 to 1, 1 2 1, 121, individual support, individual,
    1 1 support, 1 to 1 support, one 2 one
offers_group: group support, group, groups, group work, groupwork, support group
offers_outreach: outreach, outreach support, home visits, home visit, home visiting
offers_interpretation: interpretation, interpreting, interpreter, translation, interpreters
offers_practical: practical support, practical, practical help, food bank, equipment
offers_advice: advice and information, advice, advice or information, information and advice, signposting,
    guidance, advice information, information advice and guidance, iag
offers_particular_group: for a particular group, gender specific, ethnic specific, gender ethnic specific,
    gender or ethnic specific
"""

KEYWORDS: tuple[tuple[str, str], ...] = (
    ("email", "email"),
    ("fax", "fax"),
    ("postcode", "postcode"),
    ("website", "website"),
    ("telephone", "telephone"),
    ("phone", "telephone"),
    ("tel", "telephone"),
    ("mobile", "telephone"),
    ("referral", "referral"),
    ("refer", "referral"),
    ("opening", "opening_times"),
    ("address", "address"),
    ("sector", "sector"),
    ("description", "profile"),
    ("contact", "contact_person"),
    ("organisation", "agency"),
    ("agency", "agency"),
    ("provider", "agency"),
    ("service", "name"),
)
"""For a heading that nobody thought of: the first of these words in it decides."""

_LIST = re.compile(r"^(\w+): (.*(?:\n    .*)*)", re.MULTILINE)


def plain(heading: str) -> str:
    """A heading as it is compared: "Tel. No. (main)" is "tel no main"."""
    text = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode().lower()
    text = re.sub(r"\be-\s?mail", "email", text).replace("&", " and ")
    return re.sub(r"[^a-z0-9]+", " ", text).strip()


BY_HEADING: dict[str, str] = {
    **{plain(heading): key for key, listed in _LIST.findall(HEADINGS_TEXT) for heading in listed.split(",")},
    **{plain(heading): key for key, (heading, _) in LIKE.items()},
    **{plain(heading): "" for heading in ("Other places", "Contacts in full", "In other languages")},
}
"""Our exports once had three columns to read only, which say nothing here."""
