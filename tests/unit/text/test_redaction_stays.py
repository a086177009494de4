"""What neighbours may read: public numbers, streets, shops, counts, times, and ordinary words that are names too."""

import pytest

from buurtsein_text.folding import fold
from buurtsein_text.redaction import find

STAYS = """
bel 112 of 0900-8844
Bel anoniem 0800-7000 of 0800 1234567
gemeente is bereikbaar op 14 020
zelfmoordpreventie 113 of 0800-0113
om 14:30 uur op 12-10-2026
van 05-10-2026 14.30 tot laat
€ 1.250,00 schade
lantaarnpaal 123456 is kapot
lantaarnpaal 14 in de Kerkstraat doet het niet
lichtmast nr 22 knippert
melding SIG-123456782
zaaknummer 123456782
ordernummer 0612345678
ref 20331
1013 AB Amsterdam
WhatsApp groep A2-b
rook op 3 hoog
brand op de 3e verdieping
lekkage op 1-hoog bij de lift
garagebox 17 is opengebroken
box nr 7 staat open
buslijn 12 stopt niet meer
bus 14 rijdt door rood
perron 3 is afgesloten
In de Jan van Galenstraat ligt glas
De Rembrandtkade is afgesloten
Overlast bij de Anne Frankschool
Vechtpartij op het Prins Bernhardplein
Op de Johan de Wittlaan is het donker
Sint Jacobsstraat ligt vol afval
Albert Cuypmarkt zonder afvalbakken
de Albert Heijn is overvallen
Bij bakkerij Jansen is ingebroken
Juwelier Yilmaz is beroofd
kapsalon Fatima heeft een kapotte ruit
Café De Zwaan draait te harde muziek
Snackbar Henk is weer open
de Sint Jan luidt te vroeg
zwarte Mercedes met open deur
een grijze Seat Leon rijdt rondjes
rode Opel Corsa, 2 mannen
blauwe Volkswagen Golf met Pools kenteken
mijn kat Biscuit is kwijt
Hond Max is weggelopen
onze hond heet Bella en is vermist
Kater Simba loopt rond in de tuin
Luna, onze poes, is terug
our dog Max ran away
the cat called Milo is missing
Kat gevonden, luistert naar de naam Pip
Politie en GGD zijn ter plaatse
Liander en PostNL waren hier
Will someone call the council?
May I park here on Saturday?
In May and June there are more burglaries
Mark the spot with paint
Grace period for parking is over
Rose bushes were stolen from the square
A rose garden in the park
Iris scan bij de deur
Roos op de stoep gevonden, mooie bloem
Jan 12 is the deadline
Beste buren, let op
Hoi allemaal, vanavond vergadering
Dear neighbours, keep your doors locked
Goedemorgen Overvecht, alles rustig
Groet, het buurtteam
Groeten van de coordinator
2 mannen in de Kerkstraat 3 scooters
in de Kerkstraat 2 mannen gezien
Kerkstraat 14:30 uur afgesloten
op de Kanaalweg 3 auto's opengebroken
huisnummers 12 tot 14
nummers 2 t/m 40 zitten zonder water
lijn 5 en tram 12
op nummer 1 staat veiligheid
de man van 35 liep weg
een jongen van 16 met rugzak
verdachte van 17 jaar aangehouden
parkeerplaats 12 is bezet
container 8 zit vol
30-zone in de straat
fietspad 3 meter breed
2nd floor of Rowan House
in Victoria Park there is a fire
St. James Church is being vandalised
Queen Elizabeth Road is blocked
Two men on King Street at 10 pm
meet at the library at 7
Polish man helped me, thanks
Turkse bakker deelt brood uit
Thanks everyone for helping
ik heb gemeld bij MMA, ref 12345678
trein van 10 uur 15 min 5
WE ZAGEN 2 OM 123 UUR
DE LAMP IS KAPOT EN HET IS DONKER
facebook is weer traag
onze facebook groep: facebook.com/groups/buurt
insta ligt eruit
volg @politie voor nieuws
@allen morgen vergadering
5 euro per maand, 3 keer per week
de tuin op 12 oktober om 10 uur
Mijn zoon is om 3 uur thuis
mijn man wil niet bellen
mevrouw met rollator gevallen
meneer is gevallen op straat
De buurman heeft een hond
Gezocht: oppas voor vrijdag
route 66
Woonzorg en Ymere reageren niet
Geel busje van DHL
flat 3 heeft geen water
blok C. Helaas nog geen monteur
in portiek C. Graag snel oplossen
Kinderen gooien stenen van de brug
kijk op buurtsein.example/agenda
code 1234 op de deur
Zondag Pasen, geen afval
wandeling door het Wilhelminapark
Storm Eunice heeft bomen omgewaaid
bijeenkomst in buurthuis De Kring, Kerkstraat 12
de school aan de Lijsterstraat 8
minister Schouten is op bezoek
Max 30 km per uur hier
Tim Hortons opens soon
Iris in de tuin staat in bloei
Mark deze plek op de kaart
Wil je het even melden bij de gemeente
Bas gitaar te koop, 50 euro
Storm op komst, zet de fietsen binnen
Rob een bank was de opdracht
Will the lamp be repaired?
Grant money is available for a garden
Sue the council, they never listen
Bill for the repair was 300 euro
Joy all around, the lift works
Victor Hugoplein is donker
In de Vincent van Goghstraat brandt geen licht
De Maria Montessorischool is dicht
Dr. Schaepmanlaan: put zonder deksel
Station Eindhoven Strijp-S is vies
Bij Henk's snackbar is een ruit kapot
Tony's Pizza has a broken window
Kapper Ali is overvallen
Restaurant Ali Baba is dicht
hotel Van der Valk heeft geen licht
De Koning Willem I kazerne
wandelclub De Vrije Stap zoekt leden
Koffie bij De Bakkerij om 10 uur
Ik werk bij Philips
Overval bij Bruna op het plein
Nieuwe bankjes bij het Anne de Vriesplantsoen
De kater van gisteren is weg
Dog found near the canal, brown, no collar
Wie mist een rode kater? Hij heet Simba
Bello is weer terecht, lieve hond van de overkant
Our cat Tigger has been missing since Monday
Pip de papegaai is ontsnapt
het konijn van de kinderboerderij is dood
metrolijn 54 rijdt niet
bushalte 3 is vernield
zitbank 4 in het park is kapot
1 op de 3 lampen is kapot
Schade 12.000 euro
tel van 1 tot 10
per 1 januari 2027
12 jan 2026
9 van de 10 keer
3x per week, 24/7 open
18+ feest in de kroeg
A12 afgesloten bij Utrecht
iPhone 15 gestolen uit auto
Peugeot 208 met kapotte ruit
BMW X5 zwart, 3 inzittenden
Fiat 500 rood
VW T5 busje wit
Ford Transit Connect wit, trekhaak
4-hoog lekt het
op de 12e verdieping
5 hoog achter
nr 1 ergernis is hondenpoep
nummer 112 bellen bij nood
bel het nummer 14 020
referentienummer 20331
incident 2026-4411
mijn bestelling 123456782 is gestolen
track en trace 3SABCD123456789
factuur 2026123456
lockers 12 en 14
parkeervak 7
hydrant 33
brug 14 staat open
sluis 2 is gestremd
kruising Kerkstraat 2 auto's op elkaar
op het Marktplein 3 jongeren met vuurwerk
in de Dorpsstraat 20 man op de been
Station Road is closed
Two lads on High Street with 3 dogs
5 Guys is open
meet me at the corner of Oak Lane
Street light 22 is out
lamp post 14 is flickering
I live on the 3rd floor
since 1987 on this street
between 2 and 4 am
about 20 people on the road
the 30 mph road is unsafe
Bus 22 Kerkstraat rijdt niet
Rijksmuseum, Vondelpark, Dam
Groeten uit Zeeland!
Hoi buurtjes, wie heeft een ladder?
Lieve mensen, let op elkaar
Hey guys, watch out
Hi neighbours!
Good morning Woensel
Sorry voor de late reactie
Dank voor alle hulp!
Thanks in advance
Thanks, problem solved
Bedankt, is opgelost
Dag, ik wil iets melden
Beste beheerder, de lift is stuk
Beste gemeente, de lamp is stuk
Geachte heer of mevrouw, de deur is stuk
Meneer in scolobiel gevallen
mevrouw van de thuiszorg is beroofd
een vrouw genaamd in het bericht
app heet Buurtsein
De groep heet Veilig Woensel
The company is called Zonneprins
It's called vandalism
Man called 112 already
Someone called Liander already
Er is een man aangehouden
Turks restaurant uitgebrand
Afrikaanse muziek op het plein
Marokkaanse bakker beroofd
Ik ben Nederlander
I am Dutch and proud
Ik ben Moe van de herrie
DE BUURMAN HEEFT WEER HERRIE
HELP BRAND IN DE FLAT BEL 112
ER LOOPT EEN MAN MET EEN MES OP STRAAT
MIJN FIETS IS GESTOLEN BIJ STATION
SOMEONE IS BREAKING INTO THE SHED
nick my bike again and i will call police
they tried to jimmy the door
ik heb geen adem meer
de trees are falling
tis weer zover, ze maken herrie
ze gaan strax naar huis denk ik
mn zoon wil niet meer naar buiten
mijn vriend is bedreigd
mijn vriendin en ik zagen rook
de buurvrouw van boven is gevallen
buurman heeft mij geholpen
neighbour has a loud dog
wie is de dader
heeft iemand camerabeelden van 14.00 tot 16.00
Aflevering 3 gemist
de kachel staat op storing 47
Ring 999 if you see him
the children in Year 2 painted it
Feyenoord 2 speelt zaterdag
Fiat 500 met kapotte ruit
Maat 43, zwarte sokken
Windows 11 doet het niet
Ambulance 20 min, zei de centrale
At 12 people were still waiting
From 8 Monday the road is shut
mijn account verloopt volgens die mail
verify your account at secure-bank.example
koe op de N34 ter hoogte van de camping, auto's remmen
this driver, mid 30s, has no number plates
Voorstel 12 is aangenomen
Speeltoestel 3, de schommel, is stuk
A shared tool library in the basement of flat 7?
the dog is on the balcony from 7 till 6
bel de Veilig Wonen Shop voor advies
het bestand heet verslag_2024.pdf
Van Vitens kreeg ik een brief
"""


@pytest.mark.parametrize("text", STAYS.strip().splitlines())
def test_what_is_public_stays(text: str) -> None:
    """As it was written."""
    assert find(fold(text)) == ()
