"""The packs that come with the service, on sentences that are in none of their examples."""

import pytest

from buurtsein_moderation.assess import assess

from .given import shipped

FLAGGED = [
    ("stigmatising", "Die Bulgaren in onze straat zijn allemaal onbetrouwbaar"),
    ("stigmatising", "Ik ben geen racist maar dit soort mensen hoort hier niet"),
    ("stigmatising", "Foreigners are always causing trouble around here"),
    ("stigmatising", "Muslims should go back to where they came from"),
    ("quarrel", "Wat een zeurpiet ben jij toch, bemoei je met je eigen tuin"),
    ("quarrel", "Our admin is useless and you are a hypocrite"),
    ("vigilantism", "Zullen we hem met z'n allen opwachten en in elkaar slaan?"),
    ("vigilantism", "Let's teach them a lesson tonight, bring baseball bats"),
    ("vigilantism", "Don't call the police, we deal with it ourselves"),
    ("spam", "Nu 25% korting op een nieuwe keuken, bestel via www.keuken.example"),
    ("spam", "Your parcel could not be delivered, click here to pay"),
    ("irrelevant", "Hartelijk gefeliciteerd met de geboorte!"),
    ("irrelevant", "Does anyone have a ladder I can borrow this weekend?"),
    ("irrelevant", "Hond weggelopen, luistert naar Boef"),
]

PUBLISHED = [
    "De lantaarnpaal voor de supermarkt knippert al een week",
    "Die klote-scooters staan weer midden op de stoep geparkeerd",
    "Getinte man, rond de 25, grijze jas, wit petje, voelt aan de deuren van auto's. Politie gebeld",
    "Mijn dochter werd nageroepen en uitgescholden voor kutmarokkaan, we doen aangifte",
    "Somebody wrote 'go back to your country' on our door, we reported it to the police",
    "The Turkish bakery was burgled last night, the window is smashed",
    "Let op: valse mails van de bank, klik niet op de link en betaal niet",
    "Voorstel: een extra bankje bij de bushalte voor ouderen",
    "Ga niet achter hem aan, laat het aan de politie over",
    "Could we have a zebra crossing near the school?",
]


@pytest.mark.parametrize(("category", "text"), FLAGGED)
def test_what_asks_for_action_is_found(category: str, text: str) -> None:
    """The deciding rule is of the category."""
    deciding = assess(text, shipped()).deciding
    assert deciding is not None
    assert deciding.rule.category == category


@pytest.mark.parametrize("text", PUBLISHED)
def test_good_messages_pass(text: str) -> None:
    """Swearing at things, quoting, warning and describing are all welcome."""
    assert assess(text, shipped()).verdict == "publish"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("urgent", "Er komen vlammen uit het dak van de school"),
        ("urgent", "An old man is unconscious on the square"),
        ("urgent", "Two men are fighting, one of them has a knife"),
        ("suspicious", "Twee jongens gluren bij alle auto's naar binnen"),
        ("suspicious", "My bike was stolen from the shed last night"),
        ("nuisance", "Overal zwerfvuil rond de container"),
        ("nuisance", "Loud music until four every weekend"),
        ("idea", "Voorstel: meer bloembakken in de straat"),
        ("idea", "Could we plant trees along the road?"),
        ("none", "Bedankt allemaal voor het meedenken"),
        ("none", "Kattenkwaad is van alle tijden"),
    ],
)
def test_free_text_gets_its_type(kind: str, text: str) -> None:
    """The reason names a rule, or says that there is none."""
    assessed = assess(text, shipped()).kind
    assert assessed.type == kind
    assert assessed.reason == "no_rule" or f".type.{kind}" in assessed.reason


def test_every_rule_says_something_friendly_in_both_languages() -> None:
    """No message is empty, shouts, or is the same in both languages."""
    for rule in shipped().rules:
        message = getattr(rule, "message", None)
        if message is not None:
            assert message.nl != message.en
            assert "!!" not in message.nl + message.en
