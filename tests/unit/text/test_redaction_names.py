"""People's names in Dutch and English messages, in capitals and without any."""

import pytest

from buurtsein_text.folding import fold
from buurtsein_text.redaction import find

HIDDEN = {
    "name": """
Moniek is echt een kletskous, altijd dat gezeik van haar | Moniek
Zeg Bert, ruim je eigen troep eens op | Bert
Wat een sukkel is die Rik zeg | Rik
Roos doet altijd zo moeilijk, niet normaal | Roos
Laat Mark het maar uitzoeken | Mark
tante Bep is gevallen en kan niet opstaan | Bep
Hans en Grietje van de eerste etage zijn bestolen | Hans
opa Jansen dwaalt weer rond | Jansen
de kleine Mees is zoek, 4 jaar, blauwe jas | Mees
Jongetje vermist: Sem, 5 jaar, geel shirt | Sem
Meisje van 6 genaamd Noor kwijt bij de speeltuin | Noor
onze conciërge Wim lost het op | Wim
mevr Ramdin (portiek B) is opgelicht | Ramdin
bij mevrouw Van Es ruikt het naar gas | Van Es
zoon van dhr Pol is de dader | Pol
Die mafkees van een De Groot heeft weer geparkeerd | De Groot
Ik heet Xanthe en ben nieuw hier | Xanthe
Afzender: K. Wouters, telefoon 06-11223344 | K. Wouters
ondertekend, R.J. ter Horst | R.J. ter Horst
De heer en mevrouw Bos zijn overvallen | Bos
Lieve Ank, sterkte! | Ank
Sterkte Annelies! | Annelies
Gefeliciteerd Bram met je diploma | Bram
Beller noemde zich Peter de Jager van de bank | Peter de Jager
Zij zegt dat ze Monica heet | Monica
dader heet waarschijnlijk Jordy | Jordy
He calls himself Big Tony | Tony
the landlord, Mr Singh, won't fix it | Singh
Sgt. Harris came by | Harris
Nobody likes you Phil | Phil
Listen Karen, mind your own business | Karen
Well done Aisha! | Aisha
Signed, Beth | Beth
This is Joe from flat 3B | Joe
I'm Hannah, new here | Hannah
Is that you, Brenda? | Brenda
Jim's van was broken into last night | Jim
Old lady, Doris, missing since 4pm | Doris
Toddler called Alfie wandered off | Alfie
Little Amira fell into the canal | Amira
Email Sue Barker about it | Sue Barker
Poor Mrs Bell got scammed out of 2000 | Bell
Buurman Henk heeft weer de schuur vol | Henk
mijn zoon milan is niet thuisgekomen | milan
Mijn dochter Fleur (9) is op haar fiets aangereden | Fleur
buurvrouw roos van hiernaast doet niet open | roos
dhr. Van der Meulen ligt op de stoep | Van der Meulen
Mw. de Boer van de derde verdieping is vermist | de Boer
meneer jansen op de begane grond ruikt gas | jansen
mevr. Özdemir zegt dat de lift vast zit | Özdemir
de heer P.J. van Leeuwen is opgelicht | P.J. van Leeuwen
fam. Kuiper is op vakantie, let op hun huis | Kuiper
Familie El Amrani heeft wateroverlast | El Amrani
Een ene Kevin belt overal aan | Kevin
Hij heet Djurre en woont hier om de hoek | Djurre
die jongen heet Xhevat geloof ik | Xhevat
Zijn naam is Ricardo Sanches | Ricardo Sanches
Pasje gevonden op naam van T. Wiersma | T. Wiersma
Hoi Anja, heb jij de sleutel? | Anja
hoi anja, heb jij de sleutel | anja
Goedemorgen Karim, is de lamp al gemaakt? | Karim
Beste Wietske, dank voor je bericht | Wietske
Wil iemand dit even aan Gerda vragen? | Gerda
Volgens Priya was het om drie uur | Priya
Sanne van nummer 12 heeft alles gezien | Sanne
Bedankt voor de hulp! Groet, Karin | Karin
Lamp is kapot. mvg Peter | Peter
Lamp is kapot, gr. truus | truus
Het lekt nog steeds. Met vriendelijke groet, J. Bakker | J. Bakker
Groetjes Roos | Roos
Tot morgen, groet Mark | Mark
Ik ben Sanne en ik woon hier net | Sanne
Met Fatima, er staat iemand aan mijn deur | Fatima
Hou eens op Joris met dat gezeur | Joris
Ach Mark, doe niet zo moeilijk | Mark
JIJ OOK ALTIJD KEES HOU OP | KEES
wat ben jij toch een zeur petra | petra
Kees' hond blaft de hele dag | Kees
Anja's schuur is opengebroken | Anja
Henks fiets is gestolen | Henk
Jan-Willem gaat met de wijkagent praten | Jan-Willem
Mohammed en Youssef hebben het afval opgeruimd | Mohammed
Mohammed en Youssef hebben het afval opgeruimd | Youssef
Mijn oma Truus (82) is opgelicht | Truus
oom Jan is gevallen | Jan
Het was Dylan Hoekman uit de straat hierachter | Dylan Hoekman
Ik heb het gemeld bij Sjoerd de Vries | Sjoerd de Vries
De dader is Bart van den Berg | Bart van den Berg
Volgens Van Dongen komt er een nieuwe lift | Van Dongen
Bij de familie van der Heijden is ingebroken | van der Heijden
Er is ingebroken bij Verbruggen | Verbruggen
Call Dave, he has the key | Dave
Ask Priya about the bins | Priya
my neighbour Steve keeps parking there | Steve
our neighbour Mark is away | Mark
My son Oliver was followed home | Oliver
Mrs Thompson fell on the stairs | Thompson
Mr. Okafor on the third floor needs help | Okafor
Ms Kowalska has lost her keys | Kowalska
A man called Trevor is ringing doorbells | Trevor
someone named Zbigniew offered to fix the roof | Zbigniew
His name is Connor Blythe | Connor Blythe
Hi Tanya, can you move your car? | Tanya
Dear Mr Patel, the door is broken | Patel
Thanks, Tom | Tom
Cheers, Will | Will
Regards, Grace | Grace
The light is out again. Kind regards, Mary Jones | Mary Jones
I saw Rose at the gate and she said it was locked | Rose
you are a liar Barbara | Barbara
shut up kevin nobody asked | kevin
Dave's house was broken into | Dave
It was Liam O'Connor who did it | Liam O'Connor
Karen, you need to calm down | Karen
Wie heeft het nummer van Abdirahman? | Abdirahman
Kunnen jullie Samira helpen met de boodschappen? | Samira
Agnieszka heeft haar tas verloren | Agnieszka
De sleutel ligt bij Hatice | Hatice
Iemand heeft Noud geslagen op het plein | Noud
Mijn broertje Jayden is bedreigd | Jayden
huismeester Cor is gebeld | Cor
Wijkagent Peter komt morgen langs | Peter
vraag het aan juf Marloes | Marloes
contact: Willem Jansen | Willem Jansen
Ik spreek namens mevrouw A. de Graaf | A. de Graaf
Ik zag Sjaak bij de containers rommelen | Sjaak
Wij (Ans en Wim) zoeken hulp voor de tuindag | Ans
Wij (Ans en Wim) zoeken hulp voor de tuindag | Wim
Gevonden: portemonnee met rijbewijs van M. el Bakkali | M. el Bakkali
Contactpersoon is mevrouw Schoonderwoerd | Schoonderwoerd
De heer Zwartjes wil de deur niet opendoen | Zwartjes
Mevr. Van 't Hof heeft hulp nodig | Van 't Hof
onze postbode Ahmed is gebeten door een hond | Ahmed
Heeft iemand Lieke gezien? Ze is 7 en draagt een rode jas | Lieke
Vermist: Johanna de Groot (84), dementerend | Johanna de Groot
Missing: Evelyn Hart, 79, blue coat | Evelyn Hart
My mum Margaret got a call from a fake bank | Margaret
Mijn vader Gerrit werd gebeld door een nepagent | Gerrit
Bel Samir even als je de sleutel hebt | Samir
text Yusuf if you can help | Yusuf
Dat heeft Fenna toch al gemeld? | Fenna
kan iemand fatima bellen over de lekkage | fatima
buurman ahmed heeft brand in de keuken | ahmed
hallo henk hier, de lift doet het niet | henk
Henk hier, de lift doet het niet | Henk
Groetjes, Ilse van de overkant | Ilse
Dank jullie wel!¶Marjolein | Marjolein
Alvast bedankt¶Roos de Wit | Roos de Wit
Naam: Tycho Verhoef | Tycho Verhoef
tnv P. Janssens overmaken | P. Janssens
Vooral Youssef en zijn broer Anouar maken herrie | Anouar
de zoon van Bouazza heeft de ruit ingegooid | Bouazza
zusje van Demi is aangevallen | Demi
Ruth says the gate is open | Ruth
Stop it Sharon | Sharon
Who does Nigel think he is | Nigel
Tom, Dick and Harry from upstairs | Tom
Ask for Jenny at the desk | Jenny
neighbour Chloe saw them leave | Chloe
Old Mr Bates needs groceries | Bates
My daughter Summer was followed | Summer
Rachel's bike is gone | Rachel
ik vertrouw die Mustafa voor geen cent | Mustafa
Jij bent een leugenaar Van der Berg | Van der Berg
brand bij Wim en Trees, vlammen uit het dak | Wim
Weet je wat een idee zou zijn, Ab? | Ab
Groet Samir van de Geertesteeg | Samir
Groetjes, Tiny, 1-hoog | Tiny
Gr. Wil en Ria, nr. 7 | Wil
Vermist: Daan, 6 jaar, blauwe laarzen, politie zoekt met honden | Daan
Cor reageert niet en zijn hond blaft | Cor
Die kabouter van Lia weg? Jammer | Lia
hoi ik ben fleur (12) en zoek mijn step | fleur
Dhr. J.W. ten Hag vroeg om hulp | J.W. ten Hag
post voor ene 'J. Brandsema', nooit van gehoord | J. Brandsema
kan iemand die Danny zn muziek zachter zetten | Danny
my kid got bit by your dog Craig and you laughed | Craig
Linda de boomknuffelaar heeft gelijk | Linda
move your car from my bridge Raj | Raj
Trees for sale, ask for Big Mick | Mick
stroomkabel van Piets kippenhok ligt los | Piets
Scheids Veerkamp ligt op de grond | Veerkamp
he is a sixth-former, surname Ashdown | Ashdown
Wil van de kaasboer heeft het gezien | Wil
Constable Whitby sat with her | Whitby
Dan is de koffie klaar. Tiny, 1-hoog | Tiny
Gurpreet Singh Gill lost his wallet | Gurpreet Singh Gill
Van Sleen woont daar niet meer | Van Sleen
Will has the keys of the hall | Will
BRAND BIJ JANSEN, SNEL | JANSEN
    """,
}
"""For each kind messages, and behind the last | what nobody may read; ¶ ends a line."""

CASES = [(kind, *line.rsplit(" | ", 1)) for kind, lines in HIDDEN.items() for line in lines.strip().splitlines()]


@pytest.mark.parametrize(("kind", "text", "private"), CASES)
def test_names_are_hidden(kind: str, text: str, private: str) -> None:
    """By the word lists, or by the words around them."""
    text = text.replace("¶", "\n")
    found = [(one.kind, text[one.start : one.end]) for one in find(fold(text))]
    assert any(kind == of and private in part for of, part in found), found
