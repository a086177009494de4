"""What feedback says in its own words, in Dutch and English."""

from typing import Final, Literal

from buurtsein_events.values import DigestKind, Involvement, Message, Result, Severity, SignalType

Language = Literal["nl", "en"]

POLICE_CALLED: Final = Message(nl="112 is gebeld.", en="112 has been called.")

_INVOLVED: Final[dict[Involvement, Message]] = {
    "member": Message(nl="u lid bent van de buurtgroep", en="you are a member of the community"),
    "involved": Message(nl="u een betrokken bewoner bent", en="you are an involved resident"),
    "coordinator": Message(nl="u de groep coördineert", en="you coordinate the community"),
}
_REASONS: Final[dict[DigestKind, Message]] = {
    "urgent": Message(nl="het spoed heeft", en="it is urgent"),
    "incident": Message(nl="er nieuws is over meldingen", en="there is news about reports"),
    "trend": Message(nl="er meer meldingen zijn dan gewoonlijk", en="there are more reports than usual"),
    "notice": Message(nl="het over uw eigen melding gaat", en="it is about your own report"),
}

TYPES: Final[dict[SignalType, Message]] = {
    "urgent": Message(nl="spoedmeldingen", en="urgent reports"),
    "suspicious": Message(nl="verdachte situaties", en="suspicious situations"),
    "nuisance": Message(nl="overlast", en="nuisance"),
    "idea": Message(nl="ideeën", en="ideas"),
    "none": Message(nl="berichten", en="messages"),
}
KINDS: Final[dict[DigestKind, Message]] = {
    "urgent": Message(nl="Spoed", en="Urgent"),
    "incident": Message(nl="Meldingen en uitkomsten", en="Reports and outcomes"),
    "trend": Message(nl="Trends", en="Trends"),
    "notice": Message(nl="Over uw melding", en="About your report"),
}
SEVERITIES: Final[dict[Severity, Message]] = {
    "critical": Message(nl="levensgevaar of nu gaande", en="danger to life or happening now"),
    "high": Message(nl="ernstig", en="serious"),
    "normal": Message(nl="gewoon", en="normal"),
    "low": Message(nl="gering", en="minor"),
}
RESULTS: Final[dict[Result, Message]] = {
    "arrested": Message(nl="verdachte aangehouden", en="suspect arrested"),
    "repaired": Message(nl="gerepareerd", en="repaired"),
    "cleaned_up": Message(nl="opgeruimd", en="cleaned up"),
    "resolved": Message(nl="opgelost", en="resolved"),
    "in_progress": Message(nl="in behandeling", en="in progress"),
    "under_investigation": Message(nl="in onderzoek", en="under investigation"),
    "no_violation": Message(nl="geen overtreding", en="no violation"),
}
_NETWORKS: Final = {
    "police": Message(nl="politie", en="police"),
    "fire_brigade": Message(nl="brandweer", en="fire brigade"),
    "municipality": Message(nl="gemeente", en="municipality"),
    "housing_corporation": Message(nl="woningcorporatie", en="housing corporation"),
}
APPEAL: Final = Message(nl="Bezwaar maken:", en="Appeal:")
MORE: Final = Message(nl="En nog {number} andere", en="And {number} more")
NEXT: Final = Message(
    nl="Het volgende bericht komt op zijn vroegst {at}.", en="The next message comes {at} at the earliest."
)
PERIOD: Final = Message(nl="Van {since} tot {until}", en="From {since} to {until}")
REPORTS: Final = Message(nl="{number} meldingen", en="{number} reports")

_TREND: Final = Message(
    nl="Meer {type} in {place}: {count} op {day}, gewoonlijk {usual} per dag.",
    en="More {type} in {place}: {count} on {day}, usually {usual} a day.",
)


def say(message: Message, language: Language) -> str:
    """Return a message in one language."""
    return message.nl if language == "nl" else message.en


def network(name: str, language: Language) -> str:
    """Return what residents call a network; one that is unknown here by its own name."""
    return say(_NETWORKS[name], language) if name in _NETWORKS else name


def why(kind: DigestKind, involvement: Involvement) -> Message:
    """Return why a digest comes to whom."""
    reason = _REASONS[kind]
    if kind == "notice":
        return Message(nl=f"U krijgt dit omdat {reason.nl}.", en=f"You get this because {reason.en}.")
    whom = _INVOLVED[involvement]
    return Message(
        nl=f"U krijgt dit omdat {whom.nl} en {reason.nl}.", en=f"You get this because {whom.en} and {reason.en}."
    )


def trend(language: Language, *, signal_type: SignalType, place: str, count: int, usual: float, day: str) -> str:
    """Return a trend in words."""
    average = f"{usual:.1f}".removesuffix(".0")
    if language == "nl":
        average = average.replace(".", ",")
    return say(_TREND, language).format(
        type=say(TYPES[signal_type], language), place=place, count=count, usual=average, day=day
    )
