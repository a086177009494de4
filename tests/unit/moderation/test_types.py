"""What the shipped packs say that messages report, in both languages."""

import json
from pathlib import Path

import pytest

from buurtsein_events.values import SignalType
from buurtsein_moderation.assess import assess

from .given import rules_alone, shipped

URGENT_NL = [
    "Er komen vlammen uit de schuur van de speeltuinvereniging",
    "Dikke rookwolk boven het winkelcentrum, lijkt uit de keuken van het restaurant te komen",
    "Auto staat te fikken op de Beatrixlaan, 112 gebeld",
    "Vlam in de pan hiernaast, gordijnen branden al",
    "Ik ruik gas in de kelder van ons complex, ik ga naar buiten",
    "Bij het graven is een gasleiding geraakt, het sist enorm",
    "Man ligt bewusteloos naast zijn fiets bij het stationnetje",
    "Mijn overbuurvrouw is van de ladder gevallen en beweegt niet meer",
    "Wie heeft er een AED in de buurt? Nu nodig op het sportveld!",
    "Er drijft iemand in de vijver achter het zwembad",
    "Kind door het ijs gezakt bij de eendenkooi, we proberen een ladder te leggen",
    "Ons zoontje van 4 is weggelopen op de markt, blauwe jas, gele laarsjes",
    "Dementerende mevrouw dwaalt op pantoffels over de provinciale weg",
    "Vechtpartij op het schoolplein, een van hen zwaait met een ketting",
    "Voor de supermarkt wordt een bezorger in elkaar geslagen",
    "Twee mannen bedreigen de kassajuffrouw met een pistool, ze zijn nog binnen",
    "Ik hoor mijn buurvrouw om hulp roepen en er sneuvelt servies",
    "Er wordt nu ingebroken bij nummer zes, ik zie een zaklamp op de overloop",
    "Iemand klimt via de regenpijp op het balkon van mijn bovenbuur",
    "Ze zijn op dit moment een fatbike aan het doorslijpen voor de bibliotheek",
    "Zware aanrijding op de rotonde, een motorrijder ligt bekneld",
    "De gevel van de oude school dreigt in te storten, er vallen stenen naar beneden",
    "Er ligt een handgranaat op de stoep bij de shishalounge",
    "Een jongen staat op de reling van het viaduct en wil springen",
]
URGENT_EN = [
    "Flames coming out of the roof of the old library",
    "There is a fire in the bin store, smoke everywhere in the hallway",
    "Strong smell of gas on the second floor landing",
    "An old man has collapsed outside the chemist and isn't breathing",
    "Where is the nearest defibrillator? My husband needs it now",
    "A toddler fell into the pond near the petting zoo",
    "My grandma with dementia has wandered off in her slippers",
    "Two guys fighting outside the chip shop, one pulled a knife",
    "A girl is being attacked in the underpass, call 112",
    "Someone is breaking into the flat opposite, I can see a torch inside",
    "Man climbing through the window of number nine right now",
    "They are stealing a scooter right now in front of the gym",
    "Cyclist hit by a van on the roundabout, lots of blood",
    "Armed robbery at the petrol station, gunman still inside",
    "The scaffolding at the church is about to collapse",
    "Woman upstairs is screaming for help and things are being smashed",
]
SUSPICIOUS_NL = [
    "Vannacht is mijn bakfiets gestolen uit de gezamenlijke berging",
    "Er is afgelopen weekend ingebroken in de kantine van de voetbalclub",
    "De ruit van onze auto is ingetikt en de navigatie is weg",
    "Mijn vader is gisteren opgelicht door een nepagent aan de telefoon",
    "Pakket was volgens de koerier bezorgd maar is uit het portiek meegenomen",
    "Man met capuchon voelt aan alle portieren op de parkeerplaats",
    "Twee onbekenden gluren door de brievenbussen in de Seringenstraat",
    "Een witte bestelbus zonder kenteken rijdt voor de derde keer stapvoets langs",
    "Iemand maakt foto's van de achteringangen van de woningen",
    "Er loopt een gast met een koevoet tussen de geparkeerde auto's",
    "Vrouw belt aan en zegt dat ze van de thuiszorg is, maar heeft geen pasje",
    "Een man in een grijze auto sprak meisjes aan bij de basisschool",
    "Elke avond worden er zakjes verkocht vanuit een auto bij het park",
    "Sterke hennepgeur uit het leegstaande pand op de hoek",
    "Iemand heeft met een sleutel alle auto's in onze straat bekrast vannacht",
    "Mijn kentekenplaten zijn eraf geschroefd en gestolen",
    "Drie mannen sprongen over de schutting en renden weg toen ik het licht aandeed",
    "Ik werd vanavond gevolgd door een onbekende man vanaf de bushalte",
    "Verdacht: er zit al uren iemand in een auto met draaiende motor bij het plein",
    "Mijn bankpas is geskimd bij de automaat op het marktplein",
]
SUSPICIOUS_EN = [
    "My e-bike was stolen from the storage room last night",
    "Someone broke into our shed over the weekend and took the tools",
    "Car window smashed this morning and my bag is gone",
    "My neighbour was scammed by a man claiming to be from the bank",
    "Man in a dark hoodie trying door handles along the whole street",
    "Two people peering through letterboxes on Tulip Lane",
    "White van without plates has been circling the block for an hour",
    "A guy is taking photos of back doors and noting who is out",
    "Someone with bolt cutters is walking between the bike racks",
    "Woman at the door says she is from the water company, no ID",
    "A man in a silver car was talking to kids near the school gate",
    "Small packets are being handed over from a car behind the garages every night",
    "Strong cannabis smell from the basement and the windows are taped up",
    "Parcel gone from the porch, the driver has a photo of it at my door",
    "Three lads jumped over the fence and ran off when I switched on the light",
    "Suspicious man loitering near the sheds",
]
NUISANCE_NL = [
    "De straatverlichting in de Zwaluwstraat doet het al een week niet",
    "Lift in toren B zit weer vast tussen twee verdiepingen, er zit niemand in",
    "Er ligt een oude koelkast naast de ondergrondse container",
    "De papierbak puilt uit en alles waait door de straat",
    "Hondenpoep op het speelveld, mijn kinderen zaten eronder",
    "Buren boven draaien elke nacht tot 4 uur keiharde muziek",
    "Jongeren hangen in het portiek, blowen en laten troep achter",
    "Scooters scheuren over het fietspad langs de school",
    "Busje staat weer dubbel geparkeerd voor de uitrit",
    "Losse stoeptegel bij de apotheek, mijn moeder struikelde erover",
    "Ratten bij de vijver, ze komen op het brood af",
    "De schommel in de speeltuin is kapot, er hangt een scherp stuk uit",
    "Graffiti op de muur van het buurthuis",
    "Het riool loopt over en het stinkt in de hele straat",
    "Er wordt elke avond in onze steeg geplast door bezoekers van de kroeg",
    "Portiekdeur sluit niet meer en staat de hele nacht open",
    "Het fietspad is spekglad, er is nog niet gestrooid",
    "Verkeersbord is omver gereden en ligt in de berm",
    "De hele week vuurwerk op het plein, mijn hond durft niet meer naar buiten",
    "Auto's rijden hier veel te hard, er geldt 30",
]
NUISANCE_EN = [
    "Street light outside the dentist has been out for a week",
    "The lift in block D is broken again",
    "Someone dumped a mattress next to the container",
    "Bottle bank is overflowing, glass all over the path",
    "Dog mess all over the football field",
    "Upstairs neighbours play loud music until 4 am every night",
    "Teenagers hanging around in our stairwell, smoking weed and leaving litter",
    "Mopeds racing on the cycle path past the school",
    "A van is parked across my driveway again",
    "Loose paving stone near the pharmacy, my mother tripped over it",
    "Rats near the pond",
    "Graffiti on the community centre wall",
    "Sewer is overflowing and the whole street stinks",
    "Front door of the building doesn't lock anymore",
    "Cars drive way too fast here, it is a 30 zone",
    "Pothole in front of the bakery, I nearly fell off my bike",
]
IDEA_NL = [
    "Zou het niet leuk zijn om een boekenkastje bij de bushalte te zetten?",
    "Kunnen we geen zebrapad krijgen bij het verzorgingshuis?",
    "Voorstel: één keer per maand samen het park schoonmaken",
    "Misschien een idee: een spiegel in die onoverzichtelijke bocht",
    "Wat als we de parkeerplaats op zondag als speelstraat gebruiken?",
    "Zullen we een buurtmoestuin beginnen op het braakliggende stuk?",
    "Waarom zetten we geen picknicktafels op het veldje?",
    "Meer bloembakken langs de kade zouden de straat opfleuren",
    "Het zou mooi zijn als de gemeente hier een waterpunt plaatst",
    "Plaats een extra bank bij de bushalte, dan kunnen ouderen even zitten",
    "Maak van het lege postkantoor een buurthuis",
    "Als we nu eens samen een deelauto aanschaffen, scheelt weer parkeerplekken",
    "Ik stel voor dat de wijkagent een spreekuur houdt in de bieb",
    "Kan de gemeente niet een drempel aanleggen bij de speeltuin?",
]
IDEA_EN = [
    "Wouldn't it be nice to have a book swap shelf at the bus stop?",
    "Could we get a zebra crossing near the care home?",
    "Proposal: clean the park together once a month",
    "Maybe an idea: a mirror in that blind bend",
    "What if we closed the street to cars on Sundays so kids can play?",
    "How about a community garden on the empty plot?",
    "Why don't we put picnic tables on the green?",
    "It would be great if the council installed a drinking fountain here",
    "Suggestion: let the officer hold an hour in the library",
    "Let's set up a tool library in the old kiosk",
]
NONE_NL = [
    "Update: de brand is geblust, iedereen is veilig",
    "De lift doet het weer, dank aan de monteur",
    "Loos alarm, het was de barbecue van de buren",
    "Goed nieuws, het meisje is terecht",
    "De politie heeft de inbreker aangehouden",
    "Tip: doe altijd je achterdeur op slot als je in de tuin zit",
    "Weet iemand hoe laat de winkel opengaat?",
    "Vraagje: wie is eigenlijk onze wijkagent?",
    "Bedankt voor alle hulp gisteren met de verhuizing",
    "Wat een prachtige regenboog boven de wijk",
    "Te koop: eettafel met zes stoelen",
    "Sleutels gevonden bij de glasbak, op te halen bij de bakker",
    "Poes Minoes is sinds gisteren weg, wie heeft haar gezien?",
    "Zaterdag buurtborrel, kom gezellig langs",
    "Nu 30% korting op zonnepanelen, bel ons voor een vrijblijvende offerte",
    "Win een iPad, klik op de link https://win.example",
    "Jij bent echt een betweter, zoek een hobby",
    "Die lui horen hier niet, stuur ze terug",
    "Morgen brandoefening in de flat, schrik niet van het alarm",
    "Mijn rookmelder piept om de minuut, welke batterij moet daarin?",
    "De fietsen staan in de brandgang, heeft iemand mijn fietspomp?",
    "Dank jullie wel, wat een fijne buurt is dit",
    "Laten we elkaar niet zo afzeiken in de groep, iedereen bedoelt het goed",
    "Ik ben mijn sjaal kwijt, waarschijnlijk in de bus laten liggen",
]
NONE_EN = [
    "Update: the fire is out and everyone is safe",
    "The lift is working again, thanks to the engineer",
    "False alarm, it was the neighbour's barbecue",
    "Good news, the girl has been found",
    "Police have arrested the burglar",
    "Tip: always lock your back door when you sit in the garden",
    "Does anyone know what time the shop opens?",
    "Quick question: who is our community officer?",
    "Thanks for all the help with the move yesterday",
    "What a beautiful rainbow over the neighbourhood",
    "For sale: dining table with six chairs",
    "Keys found near the bottle bank, ask at the bakery",
    "Our cat Minoes has been missing since yesterday, has anyone seen her?",
    "Street party on Saturday, come along!",
    "Get 30% off solar panels, call us for a free quote",
    "You are such a know-it-all, get a life",
    "Fire drill in the tower tomorrow, don't be alarmed",
    "My smoke alarm keeps chirping, which battery does it take?",
]
HARDER = Path(__file__).parents[2] / "testdata" / "messages-types.jsonl"
MESSAGES = {
    ("nl", "urgent"): URGENT_NL,
    ("en", "urgent"): URGENT_EN,
    ("nl", "suspicious"): SUSPICIOUS_NL,
    ("en", "suspicious"): SUSPICIOUS_EN,
    ("nl", "nuisance"): NUISANCE_NL,
    ("en", "nuisance"): NUISANCE_EN,
    ("nl", "idea"): IDEA_NL,
    ("en", "idea"): IDEA_EN,
    ("nl", "none"): NONE_NL,
    ("en", "none"): NONE_EN,
}


@pytest.mark.parametrize(
    ("language", "kind", "text"),
    [(language, kind, text) for (language, kind), texts in MESSAGES.items() for text in texts],
)
def test_a_message_has_the_type_of_what_it_reports(language: str, kind: SignalType, text: str) -> None:
    """The shipped packs find it in messages that nobody wrote them for."""
    assert assess(text, rules_alone(), language=language).kind.type == kind


def _harder() -> list[tuple[str, str, str]]:
    lines = HARDER.read_text("utf-8").splitlines()
    return [(one["lang"], one["type"], one["text"]) for one in map(json.loads, lines)]


@pytest.mark.parametrize(("language", "kind", "text"), _harder())
def test_a_message_in_few_and_unusual_words_has_its_type_too(language: str, kind: str, text: str) -> None:
    """Typos, half sentences and roundabout ways of saying it."""
    assert assess(text, rules_alone(), language=language).kind.type == kind


@pytest.mark.parametrize(
    "text",
    ["HELP!", "HELP", "help", "Help me!!", "sos", "politie!!", "Politie", "112", "brand", "Brand! Brand!", "Hulp nu",
     "fire", "call the police", "bel 112", "ambulance snel", "Overval!", "inbrekers", "schoten", "mes!", "🆘",
     "heeeelp", "Hilfe!", "au secours", "imdat", "Pożar!", "aiuto", "socorro", "ratunku", "SOS SOS SOS"],
)  # fmt: skip
def test_a_cry_for_help_is_urgent(text: str) -> None:
    """Who sends one word has no time for more; it is neither chat nor held."""
    assessed = assess(text, shipped())
    assert (assessed.kind.type, assessed.verdict) == ("urgent", "publish")


@pytest.mark.parametrize(
    "text",
    ["Help mijn kat is weg", "Wie kan helpen?", "De politie is geweest, dank", "hulp gezocht bij de buurtmoestuin",
     "Help the library raise money", "brandnetels", "Bom dia!", "mesje kwijt", "De brandweer had open dag"],
)  # fmt: skip
def test_a_word_from_a_cry_for_help_alone_makes_nothing_urgent(text: str) -> None:
    """Others around it say what it is about."""
    assert assess(text, shipped()).kind.type != "urgent"
