"""Verbs and nouns of change, and which way they move."""

from __future__ import annotations

UP = "increase"


DOWN = "decrease"


# Verbs whose subject moves by the figure ("prices rose 3 percent").
MOVES = dict.fromkeys(
    "rise grow increase climb jump surge soar gain advance rebound expand swell accelerate leap rocket skyrocket spike strengthen "
    "appreciate widen balloon escalate mushroom edge firm rally recover multiply snowball intensify inch lengthen deepen improve "
    "creep bounce shoot burgeon inflate spiral".split(),
    UP,
) | dict.fromkeys(
    "fall drop decline slip slide sink tumble plunge plummet shrink decrease dip ease contract dwindle weaken depreciate narrow crash "
    "collapse retreat subside tank slump slow diminish deteriorate worsen dive lessen shorten abate recede nosedive drain dry soften "
    "decelerate deflate sag skid wane shrivel lag cool erode".split(),
    DOWN,
)


# Verbs whose object moves ("the bank cut rates by half a point", "the firm raised its stake to 5 percent").
DOES = dict.fromkeys(
    "raise lift boost increase hike expand up grow extend strengthen enlarge widen upgrade accelerate push double triple".split(),
    UP,
) | dict.fromkeys(
    "cut reduce slash lower trim shave curb decrease shorten curtail downgrade halve slim dock scale narrow tighten diminish knock deduct cap".split(),
    DOWN,
)


# Verbs with what was won or lost as their object ("shed 900 jobs").
GAINS = dict.fromkeys("gain net add hire recruit regain accrue create".split(), UP) | dict.fromkeys(
    "lose shed axe eliminate cut scrap erase forfeit wipe slash reduce close trim remove subtract dismiss".split(),
    DOWN,
)


NOUNS = dict.fromkeys(
    "increase rise growth gain jump surge climb upturn uptick hike boost expansion raise spike leap improvement rebound advance upsurge "
    "appreciation acceleration explosion upswing escalation increment bump recovery".split(),
    UP,
) | dict.fromkeys(
    "decrease drop fall decline cut reduction loss slump plunge dip slide tumble downturn contraction collapse shrinkage plummet crash "
    "slowdown cutback depreciation downswing erosion discount shortening pullback retreat markdown writedown devaluation".split(),
    DOWN,
)


BRINGS = frozenset("bring take push drive send carry get".split())


CLOSES = frozenset("close end finish settle stand trade be open".split())


LOST_NOT = frozenset(
    "game match set final election battle war bet time life son daughter child brother sister friend soldier person man woman member of "
    "parent leg arm hand eye case appeal fight race series race point vote round civilian troop passenger game-winner colleague "
    "year day hour minute month week relative".split()
)


ADDED_NOT = frozenset("game match year day hour minute person life".split())
