"""Numbers beside streets, neighbours and plates that are times, ages, floors, ranks and counts."""

import pytest

from buurtsein_text.folding import fold
from buurtsein_text.redaction import find

STAYS = """
Ter hoogte van de Kerkstraat staat een auto dubbel geparkeerd
Wat een herrie, om 3 uur 's nachts nog
De bewoners van de flat klagen
Er zijn 4 woningen ontruimd
Woningbouw komt morgen
de lift in blok 3 is stuk
Portiek 4: licht is kapot
Ingang 12 van het ziekenhuis
Kamer 12 in het buurthuis
Op de hoek van de Larixstraat en de Cederlaan
Parkeerverbod van 8 tot 18 uur op de Kade
de man droeg een shirt met nummer 10
shirt nummer 14 van Ajax
Zij is nummer 3 die het meldt
dit is al nummer 5 deze week
fiets nummer 2 dit jaar gestolen
derde keer deze maand, nummer 3
in top 10 van slechtste wijken
de buren van beneden
familie van mij zag het ook
de mensen van 2 hoog
die van boven en die van 3 hoog
die van 16 hangen hier rond
bewoners van 55 plus
woont er op 1 km afstand
we wonen hier al 12 jaar
Buurvrouw van 80 gevallen
mensen van 65 en ouder
buren op 10 meter afstand
families at 7 pm gather here
neighbours at 9 am start drilling
people of 60 years
one of 3 lamps is out
those in 2 cars drove off
guys at 3 in the night
Meeting at 19:30 in room 4
house 2 doors down has noise
house prices up 10 percent
number one problem is litter
3 men with number plates covered
plate of food left on the street
license plate unknown
kenteken onbekend, Audi A4 grijs
kenteken niet gezien, het was een witte VW T5
kenteken doorgegeven aan politie om 14:20
nummerbord afgeplakt, 2 inzittenden
reg was covered with mud
zonder kenteken, zwarte scooter
account gehackt, let op
mijn facebook is gehackt
zijn instagram is prive
mail de gemeente via het formulier
site: www.gemeente.example
zie https://buurt.example/nieuws/2026
look at the bridge, it is broken
Bel gerust de wijkagent
bel 0900 1844 voor huiselijk geweld
Code oranje, wind 9
glas op fietspad 200 meter voor de brug
Wilgenpad ligt vol bladeren
Vondelstraat afgesloten tot 3 uur
Marktstraat 4 dagen dicht
Spoorlaan 2e deel afgesloten
op de Ringbaan 50 km rijden
Parkweg 1 rijstrook dicht
ruzie in de Hoofdstraat 5 man met messen
in de Beukenlaan 1 persoon gewond
in de Beukenlaan 12 fietsen gestolen
bij halte Mozartlaan 2 mannen
"""


@pytest.mark.parametrize("text", STAYS.strip().splitlines())
def test_counts_times_and_ages_stay(text: str) -> None:
    """Only a house number is private."""
    assert find(fold(text)) == ()
