"""Messages in other languages are held for a coordinator, and their emergencies reach the police."""

import pytest

from buurtsein_events.reports import MemberNotice
from buurtsein_events.topics import MEMBER_NOTICES
from buurtsein_moderation.assess import assess

from .given import NOON, emitted, event, moderation, report, shipped

FOREIGN = {
    "German": "Jemand hat gestern unsere Katze gesehen, sie ist seit Sonntag weg.",
    "French": "Les poubelles débordent encore dans notre rue.",
    "Spanish": "Los vecinos hacen mucho ruido por la noche",
    "Portuguese": "O lixo está na rua desde ontem",
    "Italian": "Il lampione davanti a casa mia è rotto",
    "Turkish": "Evimizin önünde üç gündür yabancı bir araba duruyor",
    "Polish": "Przed domem od trzech dni stoi obcy samochód.",
    "Romanian": "Vecinii fac gălăgie toată noaptea",
    "Indonesian": "Lampu jalan sudah mati dan sangat gelap",
    "Papiamento": "Hende ta tira sushi riba kaya tur dia",
    "Moroccan": "Lwlad kaydiro sda3 f lil bzaf",
    "Somali": "Waxaan arkay laba nin oo gaariga taagan",
    "Arabic": "هناك سيارة غريبة أمام المنزل منذ ثلاثة أيام",
    "Ukrainian": "Вже тиждень на нашій вулиці розбитий ліхтар",
    "Chinese": "我家门口停着一辆陌生的车",
    "in no list": "Vaikai garsiai triukšmauja kiekvieną naktį",
}

EMERGENCIES = [
    "Es brennt in der Küche, schnell!",
    "Il y a un homme avec un couteau dans la rue",
    "Hay un incendio en la casa de los vecinos",
    "Há um homem com uma faca na rua",
    "C'è un uomo con una pistola in strada",
    "Komşunun evinde yangın var",
    "Pożar u sąsiadów, proszę o pomoc",
    "Un bărbat cu un cuțit este pe stradă",
    "Kayn wahd b lmous f zan9a daba",
    "رجل يحمل سكينا في الشارع",
    "Помогите, в доме пожар",
    "救命",
]

DUTCH = [
    "Der stiet al dagen in frjemde auto foar de doar by de buorlju",
    "It is hjir o sa tsjuster, de lantearne is stikken",
    "Ge moet oe eige nie zo aanstellen, da hek is al jaren kapot",
    "Ich höb det neet gedaon, doe kins mich gelaive",
    "Doar stiet al n heeln tied n auto veur de deure",
    "Ewa bro, die matties zijn weer bezig bij de osso, wollah",
    "Mi mattie is gister gepakt door skotoe, faja man",
    "ff chillen op t pleintje vnv, tog",
    "Bonjour allemaal! Wie gaat er mee naar de markt?",
    "Te koop: Märklin trein, nog in de doos",
    "Gracias voor alles, amigos",
    "Mevrouw Yılmaz en Łukasz hebben de straat geveegd",
    "Restaurant 你好 is open",
    "kapot lamp steeg donker",
]


@pytest.mark.parametrize("language", FOREIGN)
def test_a_message_in_another_language_is_held_for_a_coordinator(language: str) -> None:
    """With a reason of its own; what rules on Dutch or English make of its words does not matter."""
    assessed = assess(FOREIGN[language], shipped())
    assert (assessed.verdict, [found.rule.id for found in assessed.findings]) == ("hold", ["other.language"])


@pytest.mark.parametrize("text", EMERGENCIES)
def test_an_emergency_in_another_language_is_urgent(text: str) -> None:
    """The police get it at once, while a coordinator looks before neighbours read it."""
    assessed = assess(text, shipped())
    assert (assessed.kind.type, assessed.verdict) == ("urgent", "hold")


@pytest.mark.parametrize("language", [language for language in FOREIGN if language != "Indonesian"])
def test_what_is_no_emergency_in_another_language_is_not_urgent(language: str) -> None:
    """Words of one language may mean something else in another."""
    assert assess(FOREIGN[language], shipped()).kind.type == "none"


@pytest.mark.parametrize("text", DUTCH)
def test_frisian_dialects_street_language_and_loans_are_dutch(text: str) -> None:
    """So are misspelt and clipped messages."""
    assert "other.language" not in {found.rule.id for found in assess(text, shipped()).findings}


def test_the_author_of_a_message_in_another_language_gets_a_note() -> None:
    """No strike: nobody did anything wrong."""
    notice = emitted(moderation().decide(event(report(FOREIGN["Polish"])), {}, NOON), MEMBER_NOTICES)
    assert notice is not None
    assert isinstance(notice.data, MemberNotice)
    assert (notice.data.step, notice.data.strikes, notice.data.rule) == ("note", 0, "other.language")
