"""English noun and verb forms, by rule and a short list: all that figures need of a lemmatizer."""

from __future__ import annotations

from functools import lru_cache

_SINGULAR = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "feet": "foot",
    "teeth": "tooth",
    "mice": "mouse",
    "geese": "goose",
    "oxen": "ox",
    "lives": "life",
    "wives": "wife",
    "knives": "knife",
    "wolves": "wolf",
    "leaves": "leaf",
    "shelves": "shelf",
    "halves": "half",
    "calves": "calf",
    "loaves": "loaf",
    "thieves": "thief",
    "hooves": "hoof",
    "selves": "self",
    "criteria": "criterion",
    "phenomena": "phenomenon",
    "crises": "crisis",
    "analyses": "analysis",
    "bases": "base",
    "theses": "thesis",
    "hypotheses": "hypothesis",
    "diagnoses": "diagnosis",
    "oases": "oasis",
    "axes": "axe",
    "indices": "index",
    "appendices": "appendix",
    "vertices": "vertex",
    "fungi": "fungus",
    "nuclei": "nucleus",
    "alumni": "alumnus",
    "stimuli": "stimulus",
    "cacti": "cactus",
    "bacteria": "bacterium",
    "media": "media",
    "data": "data",
    "movies": "movie",
    "cookies": "cookie",
    "zombies": "zombie",
    "calories": "calorie",
    "rookies": "rookie",
    "ties": "tie",
    "pies": "pie",
    "lies": "lie",
    "dies": "die",
    "species": "species",
    "series": "series",
    "buses": "bus",
    "gases": "gas",
    "viruses": "virus",
    "bonuses": "bonus",
    "campuses": "campus",
    "statuses": "status",
    "censuses": "census",
    "aliases": "alias",
    "canvases": "canvas",
    "lenses": "lens",
    "shoes": "shoe",
    "canoes": "canoe",
    "toes": "toe",
    "horses": "horse",
    "houses": "house",
    "warehouses": "warehouse",
    "nurses": "nurse",
    "courses": "course",
    "causes": "cause",
    "cases": "case",
    "phases": "phase",
    "licenses": "license",
    "licences": "licence",
    "premises": "premises",
    "headquarters": "headquarters",
    "troops": "troop",
    "clothes": "clothes",
    "caches": "cache",
    "aches": "ache",
    "headaches": "headache",
    "avalanches": "avalanche",
    "quizzes": "quiz",
    "personnel": "personnel",
    "measles": "measles",
    "rabies": "rabies",
    "diabetes": "diabetes",
    "means": "means",
    "dominoes": "domino",
    "potatoes": "potato",
    "lbs": "lb",
}
_SAME = ("ss", "us", "is", "ics", "news", "ous")


@lru_cache(maxsize=20_000)
def singular(noun: str) -> str:
    """The singular of an English noun; what already looks singular comes back as it is."""
    low = noun.lower()
    found = _SINGULAR.get(low)
    if found is None:
        for plural in ("men", "women", "people", "children"):
            if low.endswith(plural) and len(low) > len(plural) + 2:
                found = low[: -len(plural)] + _SINGULAR[plural]
                break
    if found is not None:
        if noun[0].isupper():
            return noun[0] + found[1:] if found[0].lower() == low[0] else found.capitalize()
        return found
    if len(low) < 4 or not low.endswith("s") or low.endswith(_SAME):
        return noun
    if low.endswith("ies") and len(low) > 4:
        return noun[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return noun[:-2]
    if low.endswith("'s") or low.endswith("’s"):
        return noun
    return noun[:-1]


_IRREGULAR = {
    "rose": "rise", "risen": "rise", "rising": "rise", "fell": "fall", "fallen": "fall", "grew": "grow", "grown": "grow",
    "lost": "lose", "losing": "lose", "shed": "shed", "shedding": "shed", "cut": "cut", "cutting": "cut", "slid": "slide",
    "sliding": "slide", "sank": "sink", "sunk": "sink", "shrank": "shrink", "shrunk": "shrink", "went": "go", "gone": "go",
    "goes": "go", "came": "come", "coming": "come", "took": "take", "taken": "take", "taking": "take", "gave": "give",
    "given": "give", "made": "make", "making": "make", "brought": "bring", "drove": "drive", "driven": "drive",
    "swelled": "swell", "swollen": "swell", "leapt": "leap", "leaped": "leap", "put": "put", "putting": "put", "hit": "hit",
    "hitting": "hit", "beat": "beat", "paid": "pay", "sold": "sell", "bought": "buy", "spent": "spend", "cost": "cost",
    "had": "have", "has": "have", "having": "have", "was": "be", "were": "be", "is": "be", "are": "be", "been": "be",
    "being": "be", "am": "be", "'s": "be", "’s": "be", "did": "do", "done": "do", "does": "do", "stood": "stand", "held": "hold",
    "kept": "keep", "led": "lead", "left": "leave", "said": "say", "saw": "see", "seen": "see", "set": "set", "setting": "set",
    "won": "win", "winning": "win", "ran": "run", "running": "run", "slipped": "slip", "slipping": "slip", "dropped": "drop",
    "dropping": "drop", "dipped": "dip", "dipping": "dip", "trimmed": "trim", "trimming": "trim", "topped": "top",
    "topping": "top", "stemmed": "stem", "spun": "spin", "got": "get", "gotten": "get", "getting": "get", "shot": "shoot",
    "crept": "creep", "creeping": "creep", "bounced": "bounce", "bouncing": "bounce", "retook": "retake", "built": "build",
    "sent": "send", "lent": "lend", "withdrew": "withdraw", "withdrawn": "withdraw", "drew": "draw", "drawn": "draw",
    "dying": "die", "tying": "tie", "lying": "lie", "shrinking": "shrink", "falling": "fall", "selling": "sell",
    "swelling": "swell", "spelling": "spell", "killing": "kill", "pulling": "pull", "adding": "add", "passing": "pass",
    "told": "tell", "thought": "think", "wrote": "write", "written": "write", "meant": "mean", "felt": "feel", "knew": "know",
}  # fmt: skip
_DROP_E = frozenset(
    "increase decrease decline reduce raise surge rise lose ease plunge tumble lose shave expire slice slash hike"
    " double triple treble quadruple halve dwindle advance improve reduce lose axe erase eliminate close exceed narrow plummet"
    " escalate accelerate decelerate depreciate appreciate deflate inflate hire fire create edge settle nudge subside deteriorate"
    " revise produce receive include charge balloon announce propose value estimate continue secure require range average"
    " diminish lose mobilize remove release save slide dive multiply consume measure generate curtail restore"
    " achieve acquire advertise advise allocate anticipate argue arrive associate assume attribute authorise authorize base behave"
    " believe blame calculate capture care cause celebrate chase choose circulate cite collide combine commence commute compare"
    " compensate compete complete comprise conceive conclude contribute cope criticise criticize cure damage dance date decide declare"
    " dedicate define delete demonstrate deprive describe deserve determine displace dispute distribute divide dominate donate drive"
    " emerge emigrate encourage engage ensure escape evacuate examine execute experience explore expose face figure finance fine force"
    " foresee give grade guide handle have hope hospitalise hospitalize ignore impose indicate influence injure inquire inscribe insure"
    " introduce invade investigate invite invoke involve issue judge leave license like live locate manage merge migrate mine move name"
    " negotiate nominate note notice oblige observe operate oppose organise organize participate perceive persuade phone picture place"
    " pledge pose postpone praise prepare prescribe preserve preside price promise promote prosecute prove provide purchase pursue queue"
    " quote race rate receive recognise recognize refute relocate replace rescue reserve reside resume ride rule schedule score sentence"
    " serve shape share smoke solve stake state stipulate store strike subscribe sue suppose survive tackle terminate trace trade"
    " translate type unite urge use vaccinate voice vote wipe".split()
)


@lru_cache(maxsize=20_000)
def verb(form: str) -> str:
    """The base form of an English verb, in lower case."""
    low = form.lower()
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    for ending, cut in (("ied", 3), ("ies", 3)):
        if low.endswith(ending) and len(low) > 4:
            return low[:-cut] + "y"
    for ending in ("ed", "ing"):
        if low.endswith(ending) and len(low) > len(ending) + 2:
            stem = low[: -len(ending)]
            if stem + "e" in _DROP_E or (
                ending == "ed" and stem in ("agre", "disagre", "fre", "guarante", "ti", "di")
            ):
                return stem + "e"
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] in "bdgkmnprt":
                return stem[:-1]
            return stem
    if low.endswith(("sses", "shes", "ches", "xes", "zes", "oes")):
        return low[:-2] if low[:-1] not in _DROP_E else low[:-1]
    if low.endswith("s") and not low.endswith("ss") and len(low) > 3:
        return low[:-1]
    return low
