"""What networks write in an outcome reaches everybody without what is private in it."""

import pytest

from buurtsein_events.values import Involvement
from buurtsein_feedback.cadence import INVOLVEMENTS
from buurtsein_feedback.news import PATIENCE
from tests.unit.feedback.making import HOUR, MONDAY, World, outcome, signal

NAMED = "Met dank aan mevrouw De Wit is de fiets terug. "


def told(text: str, *, early: bool = False) -> dict[Involvement, str]:
    """Return what each involvement is told of an outcome with this text, which may come before its signal."""
    world = World()
    world.start(MONDAY)
    events = [outcome(text=text), signal()] if early else [signal(), outcome(text=text)]
    for number, data in enumerate(events):
        world.read(data, MONDAY + number * HOUR)
    world.ticks(MONDAY + PATIENCE)
    items = [(each.involvement, item) for each in world.sent for item in each.items]
    return {involvement: item.text for involvement, item in items if item.network == "police"}


@pytest.mark.parametrize(
    ("text", "private", "instead"),
    [
        ("Met dank aan mevrouw De Wit is de fiets terug.", "De Wit", "[naam]"),
        ("Wijkagent Karin Postma heeft met de jongens gesproken.", "Karin Postma", "[naam]"),
        ("Heeft u iets gezien? Bel 06-12345678.", "06-12345678", "[telefoonnummer]"),
        ("De bestelauto met kenteken 84-ZPL-2 is weggesleept.", "84-ZPL-2", "[kenteken]"),
        ("Op Kerkstraat 12 is een hennepkwekerij opgeruimd.", "Kerkstraat 12", "[adres]"),
        ("We called at 12 Church Street and spoke to the owner.", "12 Church Street", "[adres]"),
        ("Mail het bureau via j.devries@wijk.example.", "j.devries@wijk.example", "[e-mailadres]"),
        ("Dank, groet,\nJeroen", "Jeroen", "[naam]"),
    ],
)
def test_what_is_private_in_an_outcome_is_hidden_from_everybody(text: str, private: str, instead: str) -> None:
    """Names, numbers, plates and addresses, as in what residents write."""
    found = told(text)
    assert found == dict.fromkeys(INVOLVEMENTS, " ".join(text.replace(private, instead).split()))


@pytest.mark.parametrize(
    "text",
    [
        "De witte bestelauto is om 14.30 uur in de Kerkstraat weggesleept.",
        "Lantaarnpaal 14 hoek Ivoordreef en Gambiadreef brandt weer sinds 17 oktober.",
        "Twee verdachten van 17 en 19 jaar aangehouden na drie meldingen, bel 112 of 0900-8844.",
        "The blue Volkswagen on Church Street was towed at 9 pm.",
    ],
)
def test_what_neighbours_may_know_of_an_outcome_stays(text: str) -> None:
    """Streets, times, colours of vehicles, ages and public numbers."""
    assert told(text) == dict.fromkeys(INVOLVEMENTS, text)


def test_what_is_private_is_hidden_of_an_outcome_that_came_before_its_signal() -> None:
    """It waits as it came, and is told like any other."""
    assert told(NAMED, early=True) == dict.fromkeys(INVOLVEMENTS, "Met dank aan mevrouw [naam] is de fiets terug.")


def test_what_is_private_is_hidden_of_an_outcome_without_a_signal() -> None:
    """The coordinator is told of it, when no signal comes."""
    world = World()
    world.start(MONDAY)
    world.read(outcome(text=NAMED), MONDAY)
    world.ticks(MONDAY + PATIENCE + 2 * HOUR)
    (digest,) = world.to("coordinator")
    assert digest.items[0].text == "Met dank aan mevrouw [naam] is de fiets terug."


def test_a_long_outcome_is_cut_after_its_private_parts_are_hidden() -> None:
    """Half a number would not be seen as one."""
    assert told("x" * 185 + " 06 12 34 56 78 bellen")["member"] == "x" * 185 + "…"
