"""Money: which currency a sign or word stands for, and sums written in two parts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# canonical | prefixes and signs | words | codes
_TABLE = """
US dollar|US$,U.S.$,USD$,US $,U.S. $|us dollar,u.s. dollar,american dollar,united states dollar,greenback|USD
Canadian dollar|C$,CA$,CAD$,CDN$,Can$,c $,C $,CAD $,cad$|canadian dollar|CAD
Australian dollar|A$,AU$,AUD$,A $,AUD $|australian dollar,aussie dollar|AUD
New Zealand dollar|NZ$,NZD$,NZ $|new zealand dollar|NZD
Hong Kong dollar|HK$,HKD$,HK $|hong kong dollar|HKD
Singapore dollar|S$,SG$,S $|singapore dollar|SGD
New Taiwan dollar|NT$,NT $|taiwan dollar,new taiwan dollar|TWD
Zimbabwe dollar|Z$|zimbabwe dollar,zimbabwean dollar|ZWL
Jamaican dollar|J$|jamaican dollar|JMD
Namibian dollar|N$|namibian dollar|NAD
Fijian dollar|FJ$|fijian dollar|FJD
Brazilian real|R$|brazilian real,reais,brazilian reais|BRL
Mexican peso|Mex$,MX$,MXN$|mexican peso|MXN
euro|€,EUR €|euro|EUR
pound sterling|£,GBP£,UK£|pound sterling,british pound,sterling,quid,pounds sterling|GBP
Irish pound|IR£,IR £|irish pound,punt|IEP
Egyptian pound|E£,EGP£|egyptian pound|EGP
Lebanese pound|LL|lebanese pound|LBP
Syrian pound||syrian pound|SYP
Sudanese pound||sudanese pound|SDG
Turkish lira|₺|turkish lira,turkish liras,lira,liras|TRY
Italian lira||italian lira,italian lire,lire|ITL
Japanese yen|¥,￥,JP¥|japanese yen,yen|JPY
Chinese yuan|CN¥,RMB¥,元|chinese yuan,yuan,renminbi,rmb,chinese renminbi|CNY,RMB
Indian rupee|₹,Rs.,Rs,INR|indian rupee|INR
Sri Lankan rupee|ரூ|sri lankan rupee|LKR
Pakistani rupee||pakistani rupee|PKR
Nepalese rupee||nepalese rupee|NPR
rupee||rupee|
Indonesian rupiah|Rp|indonesian rupiah,rupiah|IDR
Russian ruble|₽|russian rouble,russian ruble,rouble,ruble|RUB
Ukrainian hryvnia|₴|ukrainian hryvnia,hryvnia,hryvnias,hryvnya|UAH
Belarusian ruble||belarusian ruble,belarusian rouble|BYN
Swiss franc|Fr.,SFr,CHF|swiss franc|CHF
French franc|FF|french franc|FRF
Belgian franc||belgian franc|BEF
CFA franc||cfa franc|XAF,XOF
franc||franc|
Deutsche mark|DM|deutsche mark,deutschemark,german mark,d-mark,deutschmark,mark|DEM
Finnish markka||finnish markka,markka|FIM
Dutch guilder||dutch guilder,netherlands guilder,guilder|NLG
Swedish krona||swedish krona,swedish kronor,kronor|SEK
Norwegian krone||norwegian krone,norwegian kroner|NOK
Danish krone||danish krone,danish kroner|DKK
Icelandic krona||icelandic krona,icelandic kronur|ISK
krone||krone,kroner,krona,crown|
Czech koruna||czech koruna,koruna,korunas,czech crown|CZK
Polish zloty|zł|polish zloty,zloty,zlotys,zlotych,złoty,złotys,złotych,polish złoty|PLN
Hungarian forint||hungarian forint,forint|HUF
Romanian leu||romanian leu,romanian lei|RON
Bulgarian lev||bulgarian lev,bulgarian leva|BGN
Croatian kuna||croatian kuna,kuna|HRK
Serbian dinar||serbian dinar|RSD
Kuwaiti dinar||kuwaiti dinar|KWD
Iraqi dinar||iraqi dinar|IQD
Jordanian dinar||jordanian dinar|JOD
Algerian dinar||algerian dinar|DZD
dinar||dinar|
Iranian rial||iranian rial,rial|IRR
Omani rial||omani rial|OMR
Yemeni rial||yemeni rial|YER
Saudi riyal||saudi riyal,riyal,saudi rial|SAR
Qatari riyal||qatari riyal,qatari rial|QAR
UAE dirham||uae dirham,emirati dirham|AED
Moroccan dirham||moroccan dirham|MAD
dirham||dirham|
Israeli shekel|₪|israeli shekel,new shekel,shekel|ILS,NIS
South Korean won|₩|south korean won,korean won|KRW
Thai baht|฿|thai baht,baht|THB
Philippine peso|₱,PhP|philippine peso,filipino peso|PHP
Argentine peso|AR$|argentine peso,argentinian peso|ARS
Chilean peso|CLP$|chilean peso|CLP
Colombian peso|COP$|colombian peso|COP
Cuban peso||cuban peso|CUP
peso||peso|
Peruvian sol||peruvian sol,peruvian soles|PEN
Venezuelan bolivar||venezuelan bolivar,bolivar,bolivars,bolivares|VEF
South African rand||south african rand,rand|ZAR
Nigerian naira|₦|nigerian naira,naira|NGN
Kenyan shilling|KSh,Sh|kenyan shilling|KES
Ugandan shilling|USh|ugandan shilling|UGX
shilling||shilling|
Ghanaian cedi|GH₵|ghanaian cedi,cedi|GHS
Malaysian ringgit|RM|malaysian ringgit,ringgit|MYR
Vietnamese dong|₫|vietnamese dong,dong|VND
Lao kip|₭|lao kip,kip|LAK
Cambodian riel|៛|cambodian riel|KHR
Mongolian tugrik|₮|mongolian tugrik,tugrik|MNT
Bangladeshi taka|৳|bangladeshi taka,taka|BDT
Burmese kyat||burmese kyat,kyat|MMK
Kazakhstani tenge|₸|kazakhstani tenge,kazakh tenge,tenge|KZT
Georgian lari|₾|georgian lari,lari|GEL
Armenian dram|֏|armenian dram|AMD
Azerbaijani manat|₼|azerbaijani manat|AZN
Afghan afghani|؋|afghan afghani,afghani|AFN
Ethiopian birr||ethiopian birr,birr|ETB
bitcoin|₿|bitcoin,bitcoins|BTC
ether||ether|ETH
cent|¢|cent,us cent|
euro cent||euro cent,eurocent|
penny||penny,pence,pennies,new pence|
dollar||dollar,buck|
pound||pound|
Spanish peseta||spanish peseta,peseta|ESP
Portuguese escudo||portuguese escudo,escudo|PTE
Greek drachma||greek drachma,drachma,drachmas|GRD
Austrian schilling||austrian schilling|ATS
special drawing right||special drawing right|SDR
"""

MINOR = {"cent": 100, "penny": 100, "euro cent": 100}
_SIGNS: dict[str, str] = {"$": "dollar"}
_WORDS: dict[str, str] = {}
_CODES: dict[str, str] = {}
for _line in _TABLE.strip().splitlines():
    _name, _signs, _names, _codes = _line.split("|")
    for _sign in filter(None, _signs.split(",")):
        _SIGNS[_sign] = _name
    for _word in filter(None, _names.split(",")):
        _WORDS[_word] = _name
        _WORDS.setdefault(_word if _word.endswith("s") else _word + "s", _name)
        if " " in _word:
            _head, _, _tail = _word.rpartition(" ")
            _WORDS.setdefault(_word + "s", _name)
    for _code in filter(None, _codes.split(",")):
        _CODES[_code] = _name

NAMES = frozenset(_SIGNS.values()) | frozenset(_WORDS.values()) | frozenset(_CODES.values())
# Words that are more often something else; they are money only after a number written with a scale or digits.
_DOUBTFUL = frozenset(
    "crown crowns mark marks real won sol buck quid dong kip punt ether rand sterling lev pound pounds".split()
)


def _alternatives(keys: Iterable[str]) -> str:
    return "|".join(re.escape(k).replace(r"\ ", r"\s+") for k in sorted(keys, key=len, reverse=True))


_BEFORE = re.compile(
    rf"(?:(?<![\w$£€])(?P<sign>{_alternatives(_SIGNS)})|(?<!\w)(?P<mega>M)?(?P<code>{_alternatives(_CODES)}))[\s\u00a0]?$"
)
_AFTER_SIGN = re.compile(
    rf"[\s\u00a0]?(?P<sign>{_alternatives(s for s in _SIGNS if not (s[-1].isalpha() and s.isascii()) and s[-1] not in '.')})(?![\w])"
)
_AFTER_CODE = re.compile(
    rf"[\s\u00a0-]?(?P<mega>M)?(?P<code>{_alternatives(_CODES)})(?!\w)(?:\s+(?P<scale>million|billion|trillion|bn|m)\b)?",
    re.I,
)
_AFTER_WORD = re.compile(rf"(?:[\s\u00a0]+|[-‐‑–])(?P<word>{_alternatives(_WORDS)})(?![\w])", re.I)
_PENCE = re.compile(r"\s?(?P<word>p|c|¢)(?![\w.]\w)(?!\.m)(?!\w)")
_SCALE = {"million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12}


@dataclass(slots=True)
class Money:
    """A currency beside a number: where the whole now starts and ends, and a factor ("75 USD million")."""

    name: str
    start: int
    end: int
    factor: int = 1
    sign: bool = False


def around(text: str, start: int, end: int, left: int, right: int, *, scaled: bool) -> Money | None:
    """The currency before or after the number text[start:end], if there is one."""
    window = text[max(left, start - 10) : start]
    match = _BEFORE.search(window)
    if match:
        begin = start - (len(window) - match.start())
        name = _SIGNS[match.group("sign")] if match.group("sign") else _CODES[match.group("code")]
        factor = 10**6 if match.group("mega") else 1
        stop = end
        following = _AFTER_CODE.match(text, end, right) or _AFTER_WORD.match(text, end, right)
        if following and match.group("sign") == "$":
            named = following.groupdict().get("code")
            other = _CODES.get(named.upper()) if named else _WORDS.get(_spaced(following.group("word")))
            if other and ("dollar" in other or "peso" in other):
                name = other if other != "dollar" else name
                stop = following.end() if named else end
        return Money(name, begin, stop, factor, sign=True)
    match = _AFTER_WORD.match(text, end, right)
    if match:
        word = _spaced(match.group("word"))
        name = _WORDS[word]
        if word in _DOUBTFUL and not _is_money(text, match, word, scaled=scaled):
            return None
        return Money(name, start, match.end())
    match = _AFTER_CODE.match(text, end, right)
    if match and (
        match.group("code").isupper()
        or match.group("code") in ("usd", "eur", "gbp", "cad", "aud", "inr", "btc")
    ):
        factor = (10**6 if match.group("mega") else 1) * _SCALE.get((match.group("scale") or "").lower(), 1)
        return Money(_CODES[match.group("code").upper()], start, match.end(), factor)
    match = _AFTER_SIGN.match(text, end, right)
    if (match and not re.match(r"\s?\d", text[match.end() : match.end() + 2])) or (
        match and match.group("sign") == "$" and text[match.end() : match.end() + 1] == " "
    ):
        return Money(_SIGNS[match.group("sign")], start, match.end())
    match = _PENCE.match(text, end, right)
    if match and text[end - 1].isdigit() and match.group("word") != "c":
        return Money("penny" if match.group("word") == "p" else "cent", start, match.end())
    return None


def _spaced(word: str) -> str:
    return re.sub(r"\s+", " ", word.lower())


_WEIGHT_NEAR = re.compile(
    r"\b(?:weigh\w*|weight|heavi\w+|overweight|lost|lose|losing|gained|body|baby|dumbbell|lift\w*|bench|thrust|carr(?:y|ied)|"
    r"cocaine|heroin|marijuana|cannabis|meth\w*|drugs?|explosives?|flour|sugar|meat|beef|fish|trash|garbage|rice|food|"
    r"payload|cargo|pressure|steel|waste|plastic|bomb|dynamite|TNT|gunpowder|fertili[sz]er)\b",
    re.I,
)
_MONEY_NEAR = re.compile(
    r"\b(?:pay|paid|pays|paying|cost\w*|price\w*|worth|spen[dt]\w*|earn\w*|salary|wages?|fined?|fund\w*|profits?|loss(?:es)?|sales|"
    r"revenues?|budget|grant|tax\w*|debts?|loan\w*|invest\w*|deal|bid|fee|bill|sterling|charged|raised|income|cash|money|prize|donat\w*|"
    r"compensation|damages|rent\w*|wealth|turnover|saving\w*|British|UK|Britain|London|bank)\b",
    re.I,
)


def _is_money(text: str, match: re.Match[str], word: str, *, scaled: bool) -> bool:
    near = text[max(0, match.start() - 70) : match.end() + 50]
    following = text[match.end() : match.end() + 24]
    if word in ("pound", "pounds"):
        if match.group().startswith("-"):
            return bool(_MONEY_NEAR.search(near)) and not _WEIGHT_NEAR.search(near)
        if re.match(
            r"\s+of\s+(?!(?:public|taxpayer|government|fund|debt|invest|cash|money|damage|sav))", following
        ):
            return scaled
        if _WEIGHT_NEAR.search(near):
            return scaled and bool(_MONEY_NEAR.search(near))
        return scaled or bool(_MONEY_NEAR.search(near))
    if word in ("mark", "marks"):
        return scaled or (
            bool(re.match(r"\s*(?:$|[,.;)]|a\b|from\b|to\b)", following))
            and "." in text[match.start() - 6 : match.start()]
        )
    if word in ("won", "rand", "crown", "crowns", "dong", "kip", "real", "lev", "sol"):
        return scaled or (
            bool(_MONEY_NEAR.search(near))
            and not re.match(r"\s+(?:the|a|an|by|in|on|against|at|two|three)\b", following)
        )
    if word in ("buck", "bucks"):
        return not re.match(r"\s+(?:and|were)\b", following)
    return True


_CENTS = re.compile(r"(?:\s+and)?\s+(?P<n>\d{1,2})\s+(?:cents?|pence|p)\b", re.I)
_BARE_PART = re.compile(r"\s+(?:and\s+)?(?P<n>\d{2})(?=\s*(?:$|[.!?]))")
