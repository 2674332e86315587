"""First names and words that say whether a person is a man or a woman: "m", "f", or None where they do not."""

from __future__ import annotations

_MEN = frozenset(
    "aaron abdul abdullah abraham adam adrian ahmad ahmed alan albert alejandro alex alexander alexei alfred ali allan "
    "allen alonso amir anders andre andrei andrew andy angelo anthony antonio antony ari arjun arnold arthur asif "
    "austin barack barry bashar ben benjamin benny bernard bernie bill billy bob bobby boris brad bradley brandon "
    "brendan brett brian bruce bryan bryce calvin cameron carl carlos cedric cesar chad charles charlie chris christian "
    "christopher chuck clarence claude claudio clayton cliff clifford clint clive cody colin connor conor craig curtis "
    "cyril dale damian damien dan daniel danny darrell darren dave david dean dennis derek desmond diego dick dmitri "
    "dmitry dominic don donald doug douglas duncan dustin dwayne dylan earl eddie edgar eduardo edward edwin eli elliott "
    "elijah emilio emmanuel enrique eric erik ernest ernesto ethan eugene evan farouk felix fernando fidel finn floyd "
    "francesco francis francisco franco frank franklin fred frederick gabriel gareth garrett gary gavin geoff geoffrey "
    "george gerald gerard gerry gilbert giovanni giuseppe glen glenn gordon graham grant greg gregory guillermo gustavo "
    "guy hamid hank hans harold harry harvey hassan hector henri henry herbert hosni howard hugh hugo hussein ian "
    "ibrahim igor imran isaac ismail ivan jack jackson jacob jacques jake jamal james jared jason javier jay jean-claude "
    "jeff jeffrey jeremy jerome jerry jesse jesus jim jimmy joaquin joe joel joey johan johann john johnny jon jonathan "
    "jonas jordan jorge jose joseph josh joshua juan julian julio justin kamal karim karl keith ken kenneth kent kevin "
    "kofi kurt kyle lance larry lars laurence lawrence lee leo leon leonard leonardo leroy leslie lester lewis liam "
    "lionel lloyd logan lorenzo louis luca lucas luigi luis luke malcolm manuel marc marcel marco marcus mario mark "
    "marshall martin marvin mason mathew matt matthew maurice max maxime michael michel miguel mikael mike mikhail milton "
    "mitch mitt mohamed mohammad mohammed muhammad mustafa nasser nate nathan nathaniel neil nelson nicholas nick nicolas "
    "nigel noah noel norman oleg oliver omar oscar osama otto owen pablo paolo pascal patrick paul pavel pedro perry "
    "pete peter petr phil philip philippe phillip pierre prakash rafael rahul raj rajesh ralph ramon randall randy raul "
    "ray raymond recep reggie rex ricardo richard rick ricky rob robert roberto robin rod rodney rodrigo roger roland "
    "rolf roman ron ronald ronnie rory ross roy ruben rudy rupert russell ryan salman salvador sam samuel sanjay santiago "
    "saul scott sean sebastian serge sergei sergey sergio seth shane shaun shawn sidney simon spencer stanley stefan "
    "stephen steve steven stewart stuart sunil suresh syed tariq taylor ted terrence terry theodore theo thomas tim "
    "timothy tobias toby todd tom tommy tony travis trevor tyler umberto vernon victor vijay vikram vincent vinod "
    "vladimir volodymyr wade walter warren wayne wesley wilfred will william willie winston wolfgang xavier yasser yuri "
    "yusuf zachary zack narendra xi benedict emmerson hossein hasan mahmoud fayez khalifa abiy cyrus erdogan jair "
    "viktor jens tedros antonio tayyip scotty josep mateusz jarosław pawel andrzej nikos kyriakos alexis giorgos "
    "mitchell marty gabe gus jamie keir nicolás andrés rené josé jesús raúl martín sébastien françois émile "
    "søren jörg günter jürgen björn håkon lukasz piotr tomasz mehmet mustapha kemal ahmet".split()
)
_WOMEN = frozenset(
    "abigail ada adele adriana agnes aisha alana alexandra alexandria alice alicia alison allison alyssa amanda amber "
    "amelia amina amy ana anastasia andrea angela angelina angie anita ann anna annabel anne annette annie antonia april "
    "ariana ashley astrid audrey barbara beatrice becky belinda bernadette beth bethany betsy betty beverly bianca "
    "bonnie brenda brianna bridget brittany brooke camilla candace carla carly carmen carol carole caroline carolyn "
    "carrie cassandra catherine cathy cecilia celeste celia charlene charlotte chelsea cheryl chloe christina christine "
    "chrystia cindy claire clara claudia colleen condoleezza connie constance courtney crystal cynthia daisy dana "
    "danielle daphne dawn deborah debra deirdre delia denise diana diane dianne dina dolores donna dora doris dorothy "
    "edith eileen elaine eleanor elena elisabeth elise eliza elizabeth ella ellen eloise elsa emily emma erica erika "
    "erin esther eva eve evelyn faith farah fatima felicia fiona flora florence frances francesca gabriela gabrielle "
    "gail gemma georgia georgina geraldine gillian gina giulia gladys gloria grace greta gretchen gwen gwendolyn hannah "
    "harriet hazel heather heidi helen helena henrietta hilary hillary holly hope ida ilhan imelda ingrid irene irina "
    "iris isabel isabella isabelle ivanka jacinda jackie jacqueline jan jane janet janice jasmine jean jeanne jennifer "
    "jenny jessica jill joan joanna joanne jocelyn jodie jody josephine joy joyce juanita judith judy julia juliana julie "
    "juliet june justine kamala karen kate katherine kathleen kathryn kathy katie katrina kay kayla kelly kelsey kerry "
    "kim kimberly kirsten kirstjen kristen kristin kristina lara latoya laura lauren laurie leah leanne leila lena leslie "
    "leticia lillian lily linda lindsay lindsey lisa lois lola loretta lori lorraine louisa louise lucia lucy luisa lydia "
    "lynn lynne mabel madeleine madison malala mandy marcia margaret margarita maria marian mariana marie marilyn "
    "marina marion marjorie marlene marsha martha mary maryam maureen maxine maya megan meghan melania melanie melinda "
    "melissa mercedes meredith mia michaela michele michelle mildred miranda miriam moira molly monica mona nadia nadine "
    "nancy naomi natalia natalie natasha nellie nicola nicole nikki nina noor nora norma olga olivia opal pamela patricia "
    "patsy patty paula pauline peggy penelope penny petra phoebe phyllis polly priya priti rachel raquel rebecca regina "
    "renata renee rhonda rita roberta rosa rosalind rose rosemary rosie roxanne ruby ruth sabrina sadia sally samantha "
    "sandra sandy sara sarah sasha selena shannon sharon sheila shelley sherry shirley sinead siobhan sonia sonya sophia "
    "sophie stacey stacy stella stephanie sue susan susanna suzanne svetlana sylvia tabitha tamara tania tanya tara "
    "tatiana teresa tess thelma theresa tiffany tina toni tracey tracy tricia tulsi ursula valentina valerie vanessa "
    "vera veronica vicky victoria viola violet virginia vivian wanda wendy whitney winifred yasmin yolanda yvette yvonne "
    "zainab zara zoe zuzana sahle-work sanna erna mette hatice jeanine cori rashida ayanna nicola marielle jody "
    "chrystia kathy naheed anja katalin mariya nasrin shinzō carrie marlène agnès zoé gretel".split()
)

_BOTH = (_MEN & _WOMEN) | {
    "alex",
    "leslie",
    "kim",
    "robin",
    "taylor",
    "jordan",
    "lee",
    "sasha",
    "jean",
    "jan",
    "terry",
    "jamie",
    "kelly",
    "kerry",
    "dana",
    "jackie",
    "jody",
    "nicola",
    "andrea",
    "sandy",
    "shinzō",
}

TITLES = {
    "mr": "m", "mr.": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "duke": "m", "pope": "m", "father": "m",
    "brother": "m", "baron": "m", "earl": "m", "cardinal": "m", "monsignor": "m", "imam": "m", "sheikh": "m",
    "ms": "f", "ms.": "f", "mrs": "f", "mrs.": "f", "miss": "f", "dame": "f", "lady": "f", "queen": "f",
    "princess": "f", "duchess": "f", "baroness": "f", "sister": "f", "mother": "f", "madam": "f", "mme": "f",
}  # fmt: skip

_WORDS = {
    **dict.fromkeys(
        "man boy father son brother husband uncle grandfather nephew king prince actor spokesman chairman policeman "
        "businessman congressman councilman gentleman salesman fisherman fireman cameraman sportsman widower fiancé "
        "boyfriend stepfather grandson assemblyman alderman waiter bishop archbishop priest pope he him his himself".split(),
        "m",
    ),
    **dict.fromkeys(
        "woman girl mother daughter sister wife aunt grandmother niece queen princess actress spokeswoman chairwoman "
        "policewoman businesswoman congresswoman councilwoman widow fiancée girlfriend stepmother granddaughter "
        "assemblywoman alderwoman waitress nun midwife heroine saleswoman hostess she her hers herself".split(),
        "f",
    ),
}


def of_first_name(name: str) -> str | None:
    word = name.lower()
    if word in _BOTH:
        return None
    if word in _MEN:
        return "m"
    if word in _WOMEN:
        return "f"
    if "-" in word:
        return of_first_name(word.split("-")[0])
    return None


def is_first_name(word: str) -> bool:
    word = word.lower()
    return word in _MEN or word in _WOMEN


def of_word(word: str) -> str | None:
    """What a noun, pronoun or title says of its person."""
    word = word.lower()
    return _WORDS.get(word) or TITLES.get(word)
