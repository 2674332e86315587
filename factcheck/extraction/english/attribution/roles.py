"""What a person is, as the text puts it: "ministry spokesman", "a professor at Norland University"."""

from __future__ import annotations

import re

# Honorifics: neither part of a name nor a role.
HONORIFICS = frozenset(
    "mr mr. mrs mrs. ms ms. miss dr dr. sir dame lord lady prof prof. monsignor msgr monsenor monseñor rev rev. hon hon. mx madam mme fr fr. st".split()
)
# Titles that stand before a name with a capital letter, and are a role.
TITLES = frozenset(
    "president vice-president premier chancellor minister prime secretary senator sen. sen governor gov. gov mayor "
    "representative rep. rep congressman congresswoman judge justice king queen prince princess pope cardinal bishop "
    "archbishop general gen. gen colonel col. col captain capt. capt major maj. lieutenant lt. lt sergeant sgt. sgt "
    "sergeant. admiral adm. commander cmdr. inspector superintendent supt. constable sheriff chief officer detective "
    "det. det supt insp insp. const const. cst cst. pc dc ds di dci dcs sr ssgt coun coun. ald ald. mpp mep msp ms sup pte cllr. asst "
    "asst. constables ambassador professor attorney speaker councillor councilor alderman councilman councilwoman assemblyman "
    "assemblywoman director chairman chairwoman chair commissioner deputy marshal coach coroner dean doctor imam rabbi "
    "sheikh ayatollah chairperson treasurer emperor duke duchess baroness baron count countess mp mla cllr "
    "editor correspondent actor actress singer author spokesman spokeswoman spokesperson sister brother father "
    "corporal cpl. private pte. reverend pastor undersecretary solicitor comptroller czar lawmaker leader "
    "solicitor-general attorney-general secretary-general co-leader vice first acting interim former ex-president then-president lead crown".split()
)
_NOUNS = frozenset(
    "spokesman spokeswoman spokesperson president minister secretary director manager chief head leader chairman "
    "chairwoman chair chairperson ceo cfo coo cto founder co-founder owner co-owner executive officer official analyst "
    "economist professor lecturer researcher scientist doctor physician surgeon nurse lawyer attorney solicitor barrister "
    "prosecutor judge justice mayor governor senator congressman congresswoman lawmaker legislator councillor councilor "
    "politician candidate mp mla ambassador diplomat envoy representative delegate activist campaigner advocate organiser "
    "organizer author writer journalist reporter editor correspondent columnist historian critic actor actress singer "
    "musician artist filmmaker producer designer architect engineer developer programmer farmer teacher principal student "
    "resident neighbour neighbor witness eyewitness bystander onlooker survivor source insider critic victim mother father son daughter brother sister wife husband widow "
    "cousin uncle aunt friend partner colleague coach player captain striker goalkeeper midfielder defender athlete driver "
    "pilot soldier veteran general colonel commander sergeant lieutenant detective inspector superintendent constable "
    "sheriff policeman firefighter paramedic priest bishop archbishop pastor imam rabbi pope king queen prince princess "
    "duke expert specialist consultant adviser advisor aide strategist counsel commissioner chancellor premier dean "
    "fellow member volunteer worker employee employer businessman businesswoman entrepreneur investor banker broker "
    "trader retailer shopkeeper tenant landlord passenger customer patient parent grandfather grandmother man woman boy "
    "girl whistleblower defendant suspect plaintiff lord speaker deputy undersecretary administrator coordinator "
    "superintendent supervisor curator librarian epidemiologist virologist biologist physicist chemist geologist "
    "meteorologist seismologist psychologist sociologist anthropologist archaeologist ecologist astronomer astronaut "
    "mathematician statistician scholar academic candidate incumbent nominee treasurer comptroller ombudsman auditor "
    "lobbyist unionist steward referee umpire manager boss creator host presenter broadcaster comedian model dancer chef "
    "cook fisherman miner builder electrician plumber carpenter pharmacist dentist vet veterinarian therapist counsellor "
    "counselor translator interpreter secretary-general attorney-general vice-president negotiator mediator investigator "
    "inspector coroner pathologist clerk bailiff warden governor-general chieftain elder tycoon billionaire "
    "magistrate jurist theologian philosopher dissident refugee migrant protester demonstrator supporter voter "
    "graduate postgraduate undergraduate pupil teenager sculptor painter photographer poet novelist playwright "
    "teammate classmate roommate housemate co-worker coworker colleague goalie forward winger defenceman defenseman "
    "cosplayer attendee visitor fan vendor contributor moderator maintainer".split()
)
_SUFFIX = re.compile(
    r"(?:woman|man|person|ologist|ographer|wright|ician|maker|holder|keeper|worker|leader|seeker|goer|officer)$"
)

BODIES = frozenset(
    "ministry department government administration agency authority authorities council committee commission company "
    "firm corporation bank union party association federation organisation organization group coalition alliance "
    "court tribunal police army military navy force forces university college school hospital institute foundation "
    "charity newspaper magazine broadcaster network station channel outlet office bureau board parliament senate house "
    "congress assembly cabinet union club team league airline manufacturer retailer supplier carmaker watchdog "
    "regulator think-tank thinktank service department embassy consulate campaign city state country county province "
    "city-state nation region municipality centre center society chamber kremlin vatican pentagon prosecution defence "
    "defense opposition militia organisers organizers publisher studio label startup business operator developer "
    "church diocese ngo nonprofit panel taskforce prosecutors sheriff's constabulary brigade unit squad division firefighters fire store shop supermarket chain".split()
)


def is_role(word: str) -> bool:
    """Whether a common noun (lower case, singular) says what a person does or is."""
    return word in _NOUNS or (bool(_SUFFIX.search(word)) and len(word) > 5)
