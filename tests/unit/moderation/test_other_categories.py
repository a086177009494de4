"""Messages of the four categories beside stigmatising, and what must pass, as people type them in both languages."""

import pytest

from buurtsein_moderation.assess import assess

from .given import rules_alone

IRRELEVANT = [
    ("nl", "Wie is er een blauwe kinderstep kwijt? Staat bij ons in de tuin"),
    ("nl", "mn airpods laten liggen op het bankje in het park, iemand meegenomen??"),
    ("nl", "Trouwring verloren op het strandje, grote emotionele waarde"),
    ("nl", "weet iemand van wie deze schildpad is? liep over de stoep"),
    ("nl", "Kinderfiets 16 inch over, mag weg voor een tientje"),
    ("nl", "De container bij de kerk zit vol en het stinkt. Verder heb ik een kledingkast te koop voor 90 euro"),
    ("nl", "Zo goed als nieuwe wasmachine weg wegens verhuizing, bieden maar"),
    ("nl", "gezocht: steekwagen voor een middagje"),
    ("nl", "wie geeft bijles wiskunde havo 4?"),
    ("nl", "Vrijdagavond kroegquiz in de Vlinder, we hebben nog een teamgenoot nodig"),
    ("nl", "onze leesclub zoekt nieuwe leden"),
    ("nl", "Wie kent een adresje voor lekkere taarten"),
    ("nl", "welke huisarts neemt nog patienten aan?"),
    ("nl", "Beterschap Truus, sterkte met je heup"),
    ("nl", "heb je die goal van Memphis gezien gisteren hahaha"),
    ("nl", "kan ik deze groep verlaten zonder dat iedereen het ziet"),
    ("nl", "Slaap lekker buurtjes"),
    ("nl", "heeft er iemand een pak melk over? winkel is dicht"),
    ("nl", "Wie heeft nog een leuke naam voor een meisje? Moet over 2 weken bevallen haha"),
    ("nl", "mijn oma wordt vandaag 90!!"),
    ("nl", "Hebben jullie ook zo'n zin in de zomer"),
    ("en", "Lost my house keys somewhere between the gym and the bakery"),
    ("en", "Whose bike is this, it's been in our hall for days, blue Batavus"),
    ("en", "Budgie flew out of the window, green, answers to Kiwi"),
    ("en", "two tickets for Saturday's gig going spare, face value"),
    ("en", "The lift is out of order again. By the way I'm selling my desk, 40 euro"),
    ("en", "looking for a dog walker twice a week"),
    ("en", "Who can water my plants in July?"),
    ("en", "what are the opening hours of the pharmacy on Sunday"),
    ("en", "Pub quiz on Friday, we need two more"),
    ("en", "Happy Easter everyone!"),
    ("en", "thanks so much for the flowers, very sweet"),
    ("en", "ignore this, testing"),
    ("en", "Hi all, I'm Sam, just moved in, nice to meet you"),
    ("en", "Get well soon Maria"),
]
QUARREL = [
    ("nl", "Ik ben jullie geklaag spuugzat, ga buiten spelen"),
    ("nl", "Marjan, je bent een leugenaar en dat weet je"),
    ("nl", "Stelletje NSB'ers hier, iedereen verlinkt iedereen"),
    ("nl", "Bemoei je eens met je eigen kinderen ipv met die van mij"),
    ("nl", "Wie denk je wel dat je bent, de burgemeester?"),
    ("nl", "De buren van 12 hebben expres hun afval voor mijn deur gezet, vuile pestkoppen"),
    ("nl", "lekker makkelijk anoniem klagen, kom het dan zeggen als je een vent bent"),
    ("nl", "Volgens mij heb jij een plaat voor je kop"),
    ("nl", "zulke mensen als jij verpesten de hele straat"),
    ("nl", "leer eerst maar eens parkeren voordat je een ander de les leest"),
    ("nl", "moet jij nodig zeggen, jouw hond schijt overal"),
    ("nl", "gast hou op met janken"),
    ("nl", "Zeg Ria, wat dacht je van eerst eens je eigen rommel opruimen"),
    ("nl", "Ach mens, ga breien"),
    ("nl", "Komt weer van de juiste persoon hoor, haha"),
    ("nl", "Zo, mevrouw heeft weer gesproken. Applaus."),
    ("nl", "bek houwe nou"),
    ("nl", "Je hebt wel een heel grote mond voor iemand die zijn kinderen niet onder controle heeft"),
    ("nl", "Dat jij nog durft te praten na wat je gedaan hebt"),
    ("nl", "Ik vind jou de meest irritante persoon in deze hele app"),
    ("en", "You are all a bunch of snitches"),
    ("en", "are you always this dense or is today special"),
    ("en", "the coordinator is a power-tripping joke"),
    ("en", "typical Mr Jansen, always sticking his nose in"),
    ("en", "learn to park before you lecture the rest of us"),
    ("en", "Thanks to you we all got a fine, well done genius"),
    ("en", "what kind of person complains about children laughing, get help"),
    ("en", "give it a rest Peter, nobody wants to hear it"),
    ("en", "You're full of it"),
    ("en", "stop acting like you own the place"),
    ("en", "How about cleaning up your own mess first, Rita"),
    ("en", "number 5 has something to moan about again, surprise surprise"),
    ("en", "that's rich coming from the guy with the barking dog"),
]
VIGILANTISM = [
    ("nl", "Vanavond 22u verzamelen bij de flat, we gaan die gasten een bezoekje brengen"),
    ("nl", "we zetten gewoon zelf een val met een lokfiets en dan krijgt ie klappen"),
    ("nl", "we hebben hem te pakken, zit vastgebonden aan de lantaarnpaal"),
    ("nl", "Hij heet Ricardo de Vries en woont op de Parallelweg 8, ga maar langs"),
    ("nl", "ik gooi zijn naam en foto gewoon op facebook, moet hij maar niet stelen"),
    ("nl", "Ik strooi wel wat glas op dat bankje, zitten ze niet meer"),
    ("nl", "niemand 112 bellen, wij regelen dit"),
    ("nl", "we starten onze eigen ordedienst, honkbalknuppels liggen klaar"),
    ("nl", "Hang die fietsendief op aan het hoogste balkon"),
    ("nl", "ik heb hem een paar klappen verkocht en weggestuurd"),
    ("nl", "gif strooien voor die katten van nr 9"),
    ("nl", "Deze man bestal mij, onthoud dit gezicht en deel het zoveel mogelijk"),
    ("nl", "we houden hem hier tot hij zegt waar mn fiets is"),
    ("nl", "Met een luchtbuks vanaf het balkon ben je zo van die hangjongeren af"),
    ("nl", "suiker in zijn tank, probleem opgelost"),
    ("nl", "zet 'm online met naam en toenaam"),
    ("nl", "Iedereen bij hem aanbellen tot hij bekent"),
    ("nl", "een emmer water over die hangjeugd heen, werkt altijd"),
    ("nl", "die krakers moeten er voor het weekend uit zijn, goedschiks of kwaadschiks"),
    ("nl", "hij zit nu in mijn berging, deur op slot, wie helpt bewaken"),
    ("en", "Meet at 10 at the corner, bring something heavy"),
    ("en", "Here's the guy's plate 12-ABC-3, find out where he lives"),
    ("en", "we've got him tied to the lamppost"),
    ("en", "nobody call 112, we'll deal with this"),
    ("en", "I put nails on the path so the scooters get flats"),
    ("en", "Put his picture on every lamppost"),
    ("en", "own patrol starting tonight, baseball bats welcome"),
    ("en", "call his employer and tell them what he did, here's his linkedin"),
    ("en", "kick the squatters out ourselves"),
    ("en", "he's going to get a brick through his window"),
    ("en", "sugar in his petrol tank, sorted"),
    ("en", "he's in my storage room now, door locked, who helps me guard"),
    ("en", "it's the guy from Oak Lane 44, black Golf, you know what to do"),
]
SPAM = [
    ("nl", "Schilder nodig? Wij schilderen uw kozijnen al vanaf 19 per m2, bel 06-12345678"),
    ("nl", "Ik ben een ervaren nagelstyliste, lente-actie gellak 20 euro, stuur een appje"),
    ("nl", "PostNL: uw pakket wordt vastgehouden, betaal 1,99 inklaringskosten via postnl-track.example"),
    ("nl", "pap ik heb een nieuw nummer, kan je even een rekening voor me betalen?"),
    ("nl", "Kopieer en plak: facebook gaat betaald worden, ik geef geen toestemming"),
    ("nl", "Stem 15 maart lijst 4 voor een schone stad"),
    ("nl", "Hypotheek oversluiten? Onafhankelijk advies, eerste gesprek gratis"),
    ("nl", "Wij zoeken nog bezorgers, 15 euro per uur, solliciteer via de link"),
    ("nl", "Download de app en ontvang 10 euro tegoed met mijn code SAM10"),
    ("nl", "Helderziende Mama Aisha lost al uw liefdesproblemen op, 100% resultaat"),
    ("nl", "Yogastudio Lotus opent zaterdag, gratis proefles, schrijf je in"),
    ("nl", "Kom zaterdag demonstreren tegen het beleid van dit kabinet, neem vlaggen mee"),
    ("nl", "geld nodig? Lening zonder BKR toetsing binnen 24 uur"),
    ("nl", "Glazenwasser Peter heeft nog plek in uw wijk, 12,50 per beurt"),
    ("nl", "Verhuizen? Wij tillen het zware werk, ook in het weekend. Bel Sterk Transport"),
    ("nl", "Bespaar op je energierekening, stap nu over via mij en krijg 150 euro cashback"),
    ("nl", "Uw bank heeft vreemde transacties gezien. Bel direct 0900-555"),
    ("nl", "Er is een boete op uw naam van 89 euro, voldoe deze via cjib-nl.example"),
    ("nl", "Morgen gaat whatsapp data delen met iedereen behalve als je dit bericht doorstuurt"),
    ("nl", "Op 18 maart kies je toch ook voor Leefbaar Nu?"),
    ("en", "Painter available, free estimate, call 06 12345678, all work guaranteed"),
    ("en", "Make 200 a day from your phone, no experience needed, text YES"),
    ("en", "Your bank account will be suspended today, log in at safe-bank.example"),
    ("en", "Send this to 10 people and you will have good luck"),
    ("en", "Vote list 4 on March 15 for a clean city"),
    ("en", "Follow my new youtube channel and hit subscribe"),
    ("en", "You are owed a tax refund of 412 euro, click to receive"),
    ("en", "Perfumes, top brands, 15 euro each, many in stock, delivery possible"),
    ("en", "We are hiring couriers, 15 euro an hour, apply via the link"),
    ("en", "Psychic Mama solves all love problems, 100% results"),
    ("en", "Ladies! New summer dresses at Boutique Elle, come and try"),
    ("en", "I just started my own dog walking business, first week free"),
    ("en", "Your bank noticed strange transactions. Call 0900-555 immediately"),
]
GOOD = [
    ("nl", "Kutlift weer stuk, zit al de derde keer vast"),
    ("nl", "De stomme glasbak zit bomvol en alles ligt ernaast"),
    ("nl", "Let op: phishing sms over een pakketje van PostNL, niet op de link klikken"),
    ("nl", "Ik kreeg net een appje van een onbekend nummer: hoi mam nieuw nummer. Trap er niet in"),
    ("nl", "Woensdag lopen we met de buurtpreventie en de wijkagent een ronde, wie loopt mee?"),
    ("nl", "Ik ga morgen met de jongens op het pleintje praten, rustig, wie gaat er mee"),
    ("nl", "Fiets gestolen bij het station, zwarte Batavus, slot doorgeknipt"),
    ("nl", "kenteken en foto's heb ik aan de politie doorgegeven"),
    ("nl", "Heeft iemand iets gezien vannacht rond 3 uur bij de garageboxen?"),
    ("nl", "De lamp bij de speeltuin doet het weer, dank aan de gemeente!"),
    ("nl", "Vraag voor de coordinator: mag ik mijn moeder toevoegen aan de groep?"),
    ("nl", "Idee: een bankje bij de vijver voor de ouderen"),
    ("nl", "Dank voor de snelle actie, de gemeente heeft het grofvuil vandaag opgehaald"),
    ("nl", "De politie was er snel bij, verdachte is aangehouden. Bedankt voor het melden allemaal"),
    ("nl", "Ga er niet zelf achteraan, bel 112 en onthoud het signalement"),
    ("nl", "Alsjeblieft geen foto's van mensen in deze groep zetten, geef ze aan de politie"),
    ("nl", "Ik heb mijn buurvrouw al 3 dagen niet gezien, gordijnen dicht. Maak me zorgen"),
    ("nl", "Veel sirenes en een helikopter boven de wijk, weet iemand wat er aan de hand is?"),
    ("nl", "Er loopt een man langs de deuren die zegt dat hij van de energiemaatschappij is, contract laten tekenen"),
    ("nl", "Man riep dat hij me in elkaar zou slaan omdat ik er wat van zei. Aangifte gedaan"),
    ("nl", "Mijn autoruit is ingeslagen en mijn tas is weg"),
    ("nl", "Die godvergeten fatbikes scheuren weer over de stoep"),
    ("nl", "Bijeenkomst over veiligheid in het buurthuis, dinsdag 20 uur, iedereen welkom"),
    ("nl", "Wanneer komt de gemeente de kapotte lantaarn maken?"),
    ("nl", "Update: brand is geblust, niemand gewond"),
    ("nl", "Sorry, mijn melding van vanmiddag klopte niet, het was de monteur"),
    ("nl", "mensen, scheld elkaar hier niet uit, we willen allemaal een veilige straat"),
    ("nl", "jongen in elkaar geslagen bij het station door drie anderen, ambulance is er"),
    ("nl", "ruit van het bushokje ingegooid, glas over de stoep"),
    ("nl", "Iemand heeft mijn banden lekgestoken vannacht"),
    ("nl", "De hond van de buren blaft de hele dag, wat kan ik het beste doen?"),
    ("nl", "Wat een teringzooi bij de containers"),
    ("nl", "Collectant zonder legitimatie aan de deur, vroeg om te pinnen"),
    ("nl", "Zouden we met elkaar een AED kunnen aanschaffen? Ik leg 25 euro in"),
    ("nl", "Er hangt een rare lucht in het trappenhuis"),
    ("nl", "Wie weet het nummer van de storingsdienst van de lift?"),
    ("nl", "hoe meld ik een losse stoeptegel?"),
    ("nl", "Heb 112 gebeld, ze zijn onderweg"),
    ("nl", "politie gesproken: ze gaan vaker surveilleren in de steeg"),
    ("nl", "Oplichters bellen namens de bank, hang op en bel zelf je bank"),
    ("en", "the bloody lift is broken again"),
    ("en", "Neighbours upstairs party every night, I asked nicely twice, who can mediate?"),
    ("en", "Beware of a text about a parcel on hold, it's a scam, don't click"),
    ("en", "Got a message 'hi mum new number' from an unknown phone, don't fall for it"),
    ("en", "Patrol with the neighbourhood officer on Wednesday, who joins?"),
    ("en", "My bike was stolen outside the station, lock cut"),
    ("en", "I gave the plate and the pictures to the police"),
    ("en", "Did anyone see something around 3 am near the garages?"),
    ("en", "The lamp by the playground works again, thanks council!"),
    ("en", "Please don't go after him, call 112"),
    ("en", "please don't post pictures of people here, send them to the police"),
    ("en", "Haven't seen my neighbour for three days and the curtains are shut, I'm worried"),
    ("en", "lots of sirens and a helicopter, does anyone know what's going on?"),
    ("en", "A man threatened to beat me up when I said something, I filed a report"),
    ("en", "someone smashed my car window last night"),
    ("en", "Safety meeting in the community centre Tuesday 8pm, everyone welcome"),
    ("en", "how do I report a loose paving stone?"),
    ("en", "Update: fire is out, nobody hurt"),
    ("en", "Teenager beaten up at the station by three others, ambulance is there"),
    ("en", "somebody slashed my tyres last night"),
    ("en", "police told me they will patrol the alley more often"),
    ("en", "I spoke to the boys, they promised to clean up. Went fine"),
    ("en", "stupid seagulls ripped open all the bags again"),
    ("en", "Collector at the door without ID wanted me to pay by card"),
    ("en", "Thanks for the quick response, officers arrested the suspect"),
    ("en", "let's be kind to each other here, name calling doesn't help"),
]


def _categories(language: str, text: str) -> set[str]:
    return {found.rule.category for found in assess(text, rules_alone(), language=language).findings}


@pytest.mark.parametrize(("language", "text"), IRRELEVANT)
def test_what_is_not_about_the_neighbourhood_is_irrelevant(language: str, text: str) -> None:
    """Lost and found, trade, invitations, chat and questions for elsewhere are irrelevant and nothing worse."""
    assert _categories(language, text) == {"irrelevant"}


@pytest.mark.parametrize(("language", "text"), QUARREL)
def test_what_attacks_a_member_or_the_group_is_a_quarrel(language: str, text: str) -> None:
    """Insults, dismissals, reproaches and private disputes are quarrels."""
    assert _categories(language, text) == {"quarrel"}


@pytest.mark.parametrize(("language", "text"), VIGILANTISM)
def test_what_plays_judge_is_vigilantism(language: str, text: str) -> None:
    """Violence, traps, pursuit, holding people, shaming them and keeping the police out are vigilantism."""
    assert _categories(language, text) == {"vigilantism"}


@pytest.mark.parametrize(("language", "text"), SPAM)
def test_what_sells_lures_or_campaigns_is_spam(language: str, text: str) -> None:
    """Advertising, phishing, chain messages, collections and campaigns are spam."""
    assert _categories(language, text) == {"spam"}


@pytest.mark.parametrize(("language", "text"), GOOD)
def test_what_helps_the_neighbourhood_passes(language: str, text: str) -> None:
    """Reports, cursing at things, warnings, calm complaints, news, questions to the coordinator and ideas pass."""
    assert _categories(language, text) == set()


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("Fiets kwijt, rode Gazelle, iemand gezien?", "Fiets gestolen, rode Gazelle, iemand gezien?"),
        ("De lamp is stuk. Caravan te koop, 900 euro", "De lamp is stuk. Er staat een caravan te koop, 900 euro"),
        ("Ik ga achter hem aan", "Ga niet achter hem aan, bel 112"),
        ("Ik zet zijn foto op facebook", "Ik heb zijn foto aan de politie gegeven"),
        ("Ik heb zijn banden lekgestoken", "Iemand heeft mijn banden lekgestoken"),
        ("Klotewijf, jij liegt", "Klotelift, alweer stuk"),
        ("Geen 112 bellen, wij lossen het op", "112 is al gebeld, niet nog een keer bellen"),
        ("Uw bankpas verloopt, verifieer via de link", "Phishing: uw bankpas verloopt, niet op de link klikken"),
    ],
)
def test_one_word_makes_the_difference(bad: str, good: str) -> None:
    """The same subject is flagged or passes by who does what to whom."""
    assert (bool(_categories("nl", bad)), bool(_categories("nl", good))) == (True, False)
