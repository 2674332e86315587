"""Words that report what somebody said, and the tokens of a passage where they stand."""

from __future__ import annotations


def _forms(stems: str) -> dict[str, str]:
    """Every form of each verb, to its past. An entry is a base, or base/third/past/participle/ing."""
    forms: dict[str, str] = {}
    for entry in stems.split():
        if "/" in entry:
            names = entry.split("/")
            past = names[2]
        else:
            base = entry
            if base.endswith("e"):
                names = [base, base + "s", base + "d", base[:-1] + "ing"]
            elif base.endswith("y") and base[-2] not in "aeou":
                names = [base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"]
            else:
                plural = base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s")
                names = [base, plural, base + "ed", base + "ing"]
            past = names[2]
        for name in names:
            forms[name] = past
    return forms


# Verbs whose clause is what was said, with or without marks.
SAY = _forms(
    "say/says/said/said/saying tell/tells/told/told/telling add state announce claim argue warn note explain insist "
    "admit/admits/admitted/admitted/admitting acknowledge confirm deny allege assert suggest report reveal reiterate "
    "declare stress emphasize emphasise maintain contend predict concede complain promise vow pledge testify "
    "write/writes/wrote/written/writing tweet post respond reply remark comment observe recall caution conclude "
    "mention indicate recommend propose estimate affirm aver attest opine lament boast quip joke counter retort "
    "proclaim advise inform remind assure clarify disclose recount speculate theorize hint imply elaborate "
    "underline underscore highlight swear/swears/swore/sworn/swearing repeat signal shout exclaim mutter "
    "interject object protest retweet hypothesize posit postulate forecast/forecasts/forecast/forecast/forecasting "
    "apologize relay agree communicate ask urge demand request order rule charge find/finds/found/found/finding"
)
# Forms of "to be", which make a passive.
BEING = frozenset("be is are was were been being am 's ’s 're ’re".split())
# Of the second list, those that must stand right beside the marks.
BESIDE = frozenset(
    "began continued went put laughed smiled sighed cried greeted spoke answered summed read meant".split()
)
# Of the second list, those that may follow the marks.
AFTER = BESIDE - {"put", "read", "meant"} | {
    "thought", "hoped", "wondered", "believed", "chanted", "sang", "yelled", "screamed", "pleaded", "joked",
    "reflected", "echoed", "voiced", "felt", "quoted", "read", "shot", "fired", "hit", "chimed", "snapped",
}  # fmt: skip
# Verbs that report speech only beside quotation marks.
WITH_MARKS = _forms(
    "call describe dub/dubs/dubbed/dubbed/dubbing label brand thank criticize criticise praise laud hail "
    "continue begin/begins/began/begun/beginning think/thinks/thought/thought/thinking believe hope "
    "feel/feels/felt/felt/feeling express voice condemn denounce accuse "
    "refer/refers/referred/referred/referring dismiss characterize characterise cite reject "
    "laugh smile sigh cry blast slam/slams/slammed/slammed/slamming compare deem welcome slate read/reads/read/read/reading "
    "wonder answer yell scream plead defend attack summarize joke greet reflect "
    "consider mock ridicule decry lambast blame commend applaud "
    "quote chant speak/speaks/spoke/spoken/speaking term sing/sings/sang/sung/singing "
    "deride liken sum/sums/summed/summed/summing "
    "go/goes/went/gone/going put/puts/put/put/putting echo defend fire snap/snaps/snapped/snapped/snapping chime "
    "shoot/shoots/shot/shot/shooting hit/hits/hit/hit/hitting"
)
# They report only as "shot back", "chimed in".
BACK = frozenset("shot shoots fired fires hit hits chimed chimes".split())
# Of the first list, those that report speech in a clause of any shape, and need no "that".
PLAIN = frozenset(
    "said told added stated claimed argued warned noted explained insisted admitted acknowledged confirmed "
    "alleged asserted announced reported declared stressed maintained contended reiterated testified "
    "wrote tweeted replied remarked cautioned recalled conceded denied emphasized emphasised predicted".split()
)
# Clauses after these report a question or a wish: "asked whether", "demanded that".
ASKING = frozenset("asked urged demanded requested ordered recommended proposed".split())
# Only what follows these is said: "Ardley Foods ordered more stock" reports nothing before it.
BEFORE_ONLY = ASKING | {"found", "charged", "ruled"} - {"asked"}
# What speaks only in a manner of speaking: a subject of these verbs must be a person, a body or a document.
SHOWING = frozenset(
    "suggested indicated implied highlighted underlined underscored signaled hinted estimated ruled "
    "charged objected agreed observed recounted reported repeated mentioned countered".split()
)

# Who finds that something is so, and does not only come upon it.
FINDERS = frozenset(
    "court tribunal judge jury justice panel inquiry investigation review audit report commission committee inspector "
    "coroner inquest watchdog regulator ombudsman auditor auditors study survey poll research researchers analysis "
    "paper investigators scientists".split()
)
# What somebody says, where it stands as a noun: "her argument was that".
ARGUMENTS = frozenset(
    "argument claim contention position view complaint warning conclusion assertion allegation explanation "
    "prediction response answer reply message belief".split()
)

# Documents and the like: what they say has an author, or stands for itself.
EVIDENCE = frozenset(
    "study data research evidence analysis figures survey poll results result findings footage video images records "
    "test tests model models numbers statistics experiment experiments trend history experience".split()
)
DOCUMENTS = frozenset(
    "statement report letter study email e-mail tweet post article release document documents filing memo survey poll "
    "review paper note message lawsuit complaint affidavit petition column editorial book blog text bill "
    "indictment ruling judgment judgement order decision verdict communique communiqué advisory notice "
    "speech address interview testimony transcript website page sign placard banner slogan motto caption headline data "
    "research analysis figures findings investigation inquiry audit assessment law act constitution resolution "
    "agreement deal treaty policy guidelines rules reports statements letters emails tweets posts".split()
)
# Documents that somebody issues: the issuer is the speaker where he is named.
UTTERANCES = frozenset(
    "statement letter email e-mail tweet post release memo note message speech address interview testimony "
    "column editorial blog remarks words comments statements letters emails tweets posts comment remark communique "
    "communiqué response reply answer announcement video tweet's argument counter-argument claim contention position view complaint warning conclusion "
    "assertion allegation explanation prediction estimate estimates forecast belief".split()
)


def cue_of(word: str) -> tuple[str, bool] | None:
    """The past of the verb that `word` (lower case) is a form of, and whether it reports without marks too."""
    past = SAY.get(word)
    if past:
        return past, True
    past = WITH_MARKS.get(word)
    if past:
        return past, False
    return None
