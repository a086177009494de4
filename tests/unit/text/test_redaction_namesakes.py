"""Animals, makes, streets, saints and ordinary words that are called as people are."""

import pytest

from buurtsein_text.folding import fold
from buurtsein_text.redaction import find

STAYS = """
Onze kat Minoes is sinds gisteren kwijt, cypers met witte sokjes
Minoes is sinds gisteren kwijt, cyperse kat met witte sokjes
Wie heeft onze Bobbie gezien? Bruine labrador, heel lief
Have you seen Luna? Black cat, white paws, very shy
Luna has been gone since Friday, grey tabby, chipped
Teckel Sammie ontsnapt uit de tuin
KAT VERMIST: Tommie, rood, castraat
Lost: Charlie, a small white terrier
Charlie, a small white terrier, ran off in the park
Rex the police dog did great
hond gevonden, op de penning staat Max
cavia Knabbel zoekt een nieuw huis
Simba is terug!! Dank jullie wel, de kat zat in de schuur
Kitten te koop, ze heet Nala
My dog Bailey is looking for a dog walker
Bailey (beagle) is not good with kids
onze papegaai Coco roept de hele dag
Wie past er op onze kat Tijger in de vakantie?
gezocht: oppas voor hond Joep
Poes Saar is gevonden
Er loopt hier een hond los, luistert naar Kees
Max, onze hond, is weer thuis
Sinterklaas komt naar het plein
Koffieochtend in buurthuis De Meent, iedereen welkom
Yogales bij Sportcentrum De Vliegende Hollander
Kerstmarkt bij de Sint Janskerk
concert van Andre Rieu op het Vrijthof
Wie gaat er naar Ajax PSV kijken?
Amber alert gekregen?
Code rood van het KNMI
Feyenoord supporters lopen door de straat
Lego te koop, Playmobil ook
Dyson stofzuiger te koop
Billy kast gratis af te halen
Ik zoek een Ivar kast
Te koop: Brio trein
Philips Hue lampen
De wijkagent komt dinsdag
Harry Potter boeken gratis af te halen
Frozen Elsa jurk maat 110
Nintendo Mario Kart te koop
Barbie huis gratis
Stokke Tripp Trapp te koop
Tupperware party vrijdag
Kruidvat heeft aanbieding
Ben op vakantie, wie geeft planten water
Wie heeft een partytent te leen
Wie weet een goede loodgieter
Piet Hein Eek lamp te koop
Zwarte Piet discussie alstublieft niet hier
Sint en Piet komen zaterdag
Black Friday deals
Happy King's Day
Good Friday closing hours
Mother's Day market on the square
Van Gogh poster te koop
Rituals cadeauset
G-Star jas gevonden maat M
Sleutelbos gevonden met Ajax hanger
Bril gevonden, merk Ray-Ban
Ray-Ban gevonden op het bankje
Michael Kors tas gevonden
Tommy Hilfiger jas kwijt
sleutels gevonden bij de Lidl
Fiets kwijt, merk Sparta, kleur blauw
Bakfiets Babboe gestolen
Urban Arrow gestolen
Gazelle Orange gestolen bij het station
VanMoof gestolen, zwart
Stella fiets weg
Batavus Quip gestolen
Cortina U4 met krat gestolen
Piaggio Zip scooter zonder plaat
Vespa Primavera wit, weggereden richting Zuid
de man droeg een North Face jas
Karl Lagerfeld tas
Hugo Boss trui
Jack & Jones jas
Fred Perry polo
Calvin Klein petje
Paul Smith jas
Canada Goose jas, zwart
man met Louis Vuitton tas
Air Max schoenen
Nike Air Jordan
Ralph Lauren polo
zwarte Lexus, Duits kenteken
Alfa Romeo Giulietta rood
Alfa Giulia
Renault Zoe wit
Dacia Sandero, 2 inzittenden
Citroen Xsara Picasso grijs
VW Touran
Opel Adam zwart
Seat Ibiza, Belgisch
Suzuki Alto rood met deuk
Nissan Leaf
Smart ForTwo
Rolls Royce bruiloft
Mercedes Vito bus, wit, ladder op dak
Iveco Daily
Ford Ka
Rembrandt Park is dirty
Mozart klinkt uit de speakers
Anna Paulownaplein is glad
Piet Heinstraat afgesloten
Pieter Calandlaan donker
Karel Doormanstraat: glas
Marie Curielaan, lantaarn stuk
Pastoor van Arsplein hangjongeren
Martinuskerk wordt beklad
Josephschool ingebroken
Titus Brandsma lyceum ruit ingegooid
Erasmus MC vol
Stichting Lezen en Schrijven
Van der Valk hotel
Dirk van den Broek overvallen
bij de Dirk staat een vreemd busje
Bij Jan Linders is een overval
Leen Bakker winkelwagens op straat
Max is de limiet
Max 2 personen per keer
Jan en alleman parkeert hier
Klaas Vaak is er weer
Jantje Beton collecte
Hans Brinker hotel
Sint Antonius ziekenhuis
Joep Meloen speelt in De Kuip
Let op: Bas is geen woord
Sam's Kledingactie in de straat
Eva Jinek op tv
President Trump on tv
burgemeester Halsema komt langs
koning Willem-Alexander op bezoek
Minister Yesilgoz op bezoek
Moskee Al Fath houdt open dag
Ali B concert
Heilige Maria beeld beklad
God zij dank
Jezus wat een herrie
Jesus Christ that was loud
Mohammed cartoon gedeeld
Kerstman komt
Piet komt met de stoomboot
pieten op het dak
Sinterklaas en zijn Pieten
Good luck everyone
Amen!
Grote Markt is leeg
Nice weather in May
April showers flooded the tunnel
Summer nights are noisy here
The Rose pub is loud
The Crown and Anchor pub is loud
Will you join the patrol?
Frank discussion needed about bins
Chase through the street by police
Hope the light gets fixed
Faith groups help out
Joy riders on Mill Road
Rich people moved in
Drew attention to the leak
Pat on the back for the volunteers
Jack the car up before fixing
Dean Street closed
Kent Road flooded
Austin Mini parked for weeks
Art class on Tuesday
Guy with knife at station
Guy Fawkes night fireworks
Robin in the garden, lovely bird
Olive trees planted
Ivy growing on the wall
Holly bush cut down
Penny for your thoughts
Dawn patrol at 6
Christian school vandalised
Jordan shoes, black hoodie
Stan Smith shoes, white
Doc Martens boots
Leuke naam voor onze nieuwe pup? Wij twijfelen tussen Knoop en Sjors
Sinterklaas zoekt nog iemand die Piet kan spelen
a weekend in Whitby with the family
day trippers from Bradford
Sleutels gevonden op de Brink
Er loopt een koe langs de Waal
mevrouw op leeftijd zoekt hulp
mijn tante in Assen doet dit al jaren
de familie op de hoek is weg
De mevrouw van de hoek heeft het gezien
fridge dumped in Tanner's Lane again
peeping tom behind the changing rooms
woman with a blonde bob and a lanyard
Ga iemand anders lastigvallen
smoke on every floor from 6 up
"""


@pytest.mark.parametrize("text", STAYS.strip().splitlines())
def test_namesakes_of_people_stay(text: str) -> None:
    """A name alone does not make a person."""
    assert find(fold(text)) == ()
