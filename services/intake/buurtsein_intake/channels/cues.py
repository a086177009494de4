"""What the words of a message give away, as far as a friendly question depends on it; pure.

Moderation judges reports; here a wrong guess costs one question too many or too few.
"""

import re
from typing import Final, Literal
from unicodedata import category

from buurtsein_intake.alarm import word_set
from buurtsein_intake.forms import Language

_WORD: Final = re.compile(r"[\w’']+")
_POSTCODE: Final = re.compile(r"\b[1-9][0-9]{3} ?[A-Za-z]{2}\b")
_CLOCK: Final = re.compile(r"\b[0-2]?[0-9](?:[:.][0-5][0-9]| ?(?:uur|u|h|am|pm|o'clock))\b", re.IGNORECASE)

_ENGLISH: Final = word_set(
    "the is are was were there and of in my with this that it has have been on at from someone somebody i you yes they "
    "he she not no his her their a an near please"
)
_DUTCH: Final = word_set(
    "de het een er en van op ik is was met dit dat heeft zijn in mijn bij naar niet geen iemand hij zij ze je ja nee "
    "uit voor aan over loopt staat"
)
_PLACES: Final = word_set(
    "station park plein markt kruispunt rotonde parkeerplaats parkeergarage parkeerterrein speeltuin speelplaats "
    "schoolplein school kerk moskee bibliotheek supermarkt winkelcentrum bushalte tramhalte metrostation brug tunnel "
    "viaduct fietstunnel sportveld buurthuis ziekenhuis flat galerij portiek kelder fietsenkelder fietsenstalling hoek "
    "snelweg strand haven gemeentehuis zwembad begraafplaats "
    "square market crossroads roundabout playground church mosque library supermarket bridge street road avenue lane "
    "corner hospital harbour harbor beach mall stop garage"
)
_PLACE_ENDINGS: Final = (
    "straat", "straatje", "weg", "laan", "plein", "dijk", "kade", "gracht", "dreef", "singel", "steeg", "hof", "park",
    "pad", "markt", "brug", "wal", "plantsoen", "boulevard", "baan", "haven", "burgwal",
)  # fmt: skip
_ONLY_ENDINGS: Final = word_set("straat weg baan pad hof dreef wal haven")
"""Words that end like a street and are none when they stand alone."""
_NO_STREETS: Final = word_set("onderweg terugweg vanweg wegweg halfweg ergens overweg")
_OTHER_TIMES: Final = word_set(
    "gisteren gisteravond gisternacht gistermiddag gisterochtend eergisteren vannacht vanochtend vanmorgen vanmiddag "
    "eerder laatst onlangs afgelopen vorige maandag dinsdag woensdag donderdag vrijdag zaterdag zondag weekend "
    "yesterday earlier recently monday tuesday wednesday thursday friday saturday sunday ago"
)
_LAST: Final = re.compile(r"\b(?:last (?:night|week|weekend|month)|this (?:morning|afternoon))\b", re.IGNORECASE)
_SUSPICIOUS: Final = (
    "verdacht", "inbre", "inbraak", "insluip", "gluur", "babbeltruc", "rondhang", "autodeur", "suspicious", "burglar",
    "prowl", "peeping", "lurking", "onguur", "loer", "dealer", "drugsdeal", "spied", "zakkenroll", "pickpocket",
)  # fmt: skip
_DESCRIBES: Final = (
    "jas", "jack", "broek", "trui", "hoodie", "capuchon", "muts", "rugzak", "tas", "schoen", "joggingpak", "helm",
    "kleding", "baard", "bril", "jaar", "meter", "postuur", "scooter", "fiets", "busje", "auto", "kenteken",
    "zwart", "wit", "grijs", "grijze", "rood", "rode", "blauw", "groen", "geel", "gele", "bruin",
    "coat", "jacket", "trousers", "jeans", "sweater", "bag", "backpack", "shoes", "beard", "hair", "glasses", "years",
    "tall", "black", "white", "grey", "gray", "blue", "green", "yellow", "brown", "bike",
)  # fmt: skip
_STOP: Final = word_set("stop stopall unsubscribe cancel end quit stoppen afmelden uitschrijven opt-out optout")
_START: Final = word_set("start unstop aanmelden")
_IDEA: Final = ("idee", "voorstel", "suggestie", "idea", "proposal", "suggestion")
_ANEW: Final = ("nieuwe melding", "andere melding", "nog een melding", "new report", "another report")
_YES: Final = word_set("ja jawel jazeker jep yep yes yeah zeker inderdaad klopt gedaan done already")
_NO: Final = word_set("nee neen nope no niet not nog")
_GREETINGS: Final = word_set(
    "hoi hallo hey hee hé hai hi hello dag goedemorgen goedemiddag goedenavond goedendag goeiemorgen goeiemiddag "
    "goeienavond moin"
)
_GOOD_DAY: Final = re.compile(
    r"(?:goede|good) (?:morgen|middag|avond|dag|morning|afternoon|evening|day)", re.IGNORECASE
)
_THANKS: Final = word_set(
    "bedankt dank dankje dankjewel dankuwel merci thanks thank thx ok oke oké okay okey top prima"
)
_AROUND: Final = word_set(
    "je jou u wel hartelijk heel erg zeer hoor alvast you very much so a lot iedereen all everyone"
)
_FRIENDLY: Final = frozenset("👋🙂😊😀😃😄☺🙏👍🙋♀♂")
_REPORTING: Final = word_set(
    "meld meldt melden melding meldingen meldinkje doorgeven aangeven aangifte rapporteren klacht klagen tip tippen "
    "report reports reporting complaint complain"
)
_AROUND_REPORTING: Final = word_set(
    "ik wij we me mij ons men wil willen wilde wilden wou zou zouden kan kun kunt kunnen konden mag mogen moet "
    "moeten ga gaan heb hebben is zijn graag iets wat iemand een ’n 'n het ’t 't dit deze de die er hier bij jullie "
    "jij uw via op per met aan over voor naar om te even eens nu snel kort gewoon ook nog weer ander andere anders "
    "nieuw nieuwe doen doe maken maak indienen dien in plaatsen plaats sturen stuur geven geef openen starten "
    "beginnen vertellen hoe waar of en dan mogelijk goed juist juiste nummer plek adres app appje whatsapp telegram "
    "sms bericht chat anoniem probleem problemen incident voorval situatie zaak geval meneer mevrouw beste geachte "
    "alstublieft alsjeblieft aub svp b s v p i i'd i’d i'm i’m id im i'll i’ll my us want wants wanna wish would "
    "like love need can could may might shall should let to it this the an any something anything someone somebody "
    "thing issue issues problem problems incidents situation matter concern file make submit send give put do does "
    "here at on with through by your yours about for please pls how where possible another new other else more "
    "again one just quick quickly now have got am are there right number place anonymously anonymous dear sir madam "
    "tell"
)
"""What people say around these without saying what it is; "dat" and "that" are not here, since content follows."""
_WISHES: Final = _REPORTING | _AROUND_REPORTING | _GREETINGS | _THANKS | _AROUND
_COURTESIES: Final = _GREETINGS | _THANKS | _AROUND
FEW: Final = 4
"""Words of a short answer at most."""


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return _WORD.findall(text.lower())


def language_of(text: str) -> Language | None:
    """Return the language that a text is in, nothing when it doesn't show."""
    words = set(words_of(text))
    dutch, english = len(words & _DUTCH), len(words & _ENGLISH)
    return None if dutch == english else "en" if english > dutch else "nl"


def names_place(text: str) -> bool:
    """Tell whether a text names a place: a street, a landmark or a postcode."""
    return bool(places(text)) or _POSTCODE.search(text) is not None


def places(text: str) -> set[str]:
    """Return the words of a text that name a street or a landmark."""
    words = set(words_of(text)) - _NO_STREETS
    return words & _PLACES | {word for word in words if word.endswith(_PLACE_ENDINGS)} - _ONLY_ENDINGS


def other_time(text: str) -> bool:
    """Tell whether a text speaks of another time than now and does not say at what hour."""
    spoken = not _OTHER_TIMES.isdisjoint(words_of(text)) or _LAST.search(text) is not None
    return spoken and _CLOCK.search(text) is None


def suspicious(text: str) -> bool:
    """Tell whether a text speaks of something suspicious."""
    return any(word.startswith(_SUSPICIOUS) for word in words_of(text))


def described(text: str) -> bool:
    """Tell whether a text describes somebody or a vehicle by at least two features."""
    return len({each for word in words_of(text) for each in _DESCRIBES if word.startswith(each)}) >= 2


def idea(text: str) -> bool:
    """Tell whether a text announces itself as an idea."""
    return any(word.startswith(_IDEA) for word in words_of(text)[:3])


def anew(text: str) -> bool:
    """Tell whether a text says that it is another report."""
    return text.lower().startswith(_ANEW)


def yes_or_no(text: str) -> bool | None:
    """Return what a short answer says, nothing when it is long or says neither."""
    words = words_of(text)
    if not words or len(words) > FEW:
        return None
    return True if words[0] in _YES else False if words[0] in _NO else None


def wishes(text: str) -> bool:
    """Tell whether a text only says that its sender has something to report, and nothing yet of what that is."""
    words = set(words_of(_GOOD_DAY.sub("hallo", text)))
    return bool(words & _REPORTING) and words <= _WISHES and not _pictures(text)


def courtesy(text: str) -> Literal["greeting", "thanks"] | None:
    """Return which courtesy a text is and nothing besides: it reports nothing and asks for nothing."""
    words = set(words_of(_GOOD_DAY.sub("hallo", text)))
    if "?" in text or not words <= _COURTESIES or _pictures(text):
        return None
    return "greeting" if words & _GREETINGS else "thanks" if words & _THANKS else None


def _pictures(text: str) -> bool:
    """Tell whether a text shows something, such as a fire, by an emoji that is not only friendly."""
    return any(category(char) == "So" and char not in _FRIENDLY for char in text)


def opts_out(text: str) -> bool | None:
    """Return whether a message is the word with which people ask for no more messages; false when for them again."""
    word = text.strip(" .!").lower()
    return True if word in _STOP else False if word in _START else None
