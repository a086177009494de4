"""Addresses, numbers, plates and profiles in Dutch and English messages."""

import pytest

from buurtsein_text.folding import fold
from buurtsein_text.redaction import find

HIDDEN = {
    "phone": """
Bel 0646 123 456 | 0646 123 456
mobiel 06 123 456 78 | 06 123 456 78
06 12 345 678 bellen | 06 12 345 678
tel. 073 - 612 34 56 | 073 - 612 34 56
+31-6-12345678 | +31-6-12345678
belde met nummer 0687 654321 | 0687 654321
app 31612345678 | 31612345678
bel me op 06-12345678 | 06-12345678
bel 06 12 34 56 78 voor info | 06 12 34 56 78
0612345678 is mijn nummer | 0612345678
06.1234.5678 | 06.1234.5678
06/12345678 | 06/12345678
+31 6 12 34 56 78 | +31 6 12 34 56 78
+31(0)6-12345678 | +31(0)6-12345678
0031 612345678 | 0031 612345678
vaste lijn 030 123 45 67 | 030 123 45 67
(020) 123 4567 | (020) 123 4567
0317-123456 | 0317-123456
whatsapp +44 7700 900123 | +44 7700 900123
call 07911 123456 please | 07911 123456
nummer +48 512 345 678 belde | +48 512 345 678
Duits nummer 0049 151 23456789 | 0049 151 23456789
+32 470 12 34 56 | +32 470 12 34 56
bel nul zes een twee drie vier vijf zes zeven acht | nul zes een twee drie vier vijf zes zeven acht
tel:06-1234567x | 06-1234567x
bel Jolanda: 06 - 12 34 56 78 | 06 - 12 34 56 78
tel 06 1 2 3 4 5 6 7 8 | 06 1 2 3 4 5 6 7 8
bereikbaar via 0612 345 678 | 0612 345 678
call +1 (415) 555-0132 | +1 (415) 555-0132
bel (06)12345678 | 12345678
    """,
    "email": """
mail naar karin@voorbeeld.nl | karin@voorbeeld.nl
j.de-vries+buurt@mail.example.org | j.de-vries+buurt@mail.example.org
mail: karin (at) voorbeeld.nl | karin (at) voorbeeld.nl
stuur naar piet at gmail punt com | piet at gmail punt com
write to tom.smith[at]example.com | tom.smith[at]example.com
anna apenstaartje hotmail punt nl | anna apenstaartje hotmail punt nl
reach me: bob at outlook.com | bob at outlook.com
mail me: henk_devries@live.example | henk_devries@live.example
jan(punt)smit(at)gmail(punt)com | jan(punt)smit(at)gmail(punt)com
    """,
    "plate": """
Kenteken van de dader: L-482-VB | L-482-VB
LICENSE PLATE: TK-03-ZZ | TK-03-ZZ
plaatje van scooter: DKB-12-F | DKB-12-F
auto TD 493 X rijdt rond | TD 493 X
zwarte Audi A3 (NK-217-D) | NK-217-D
Frans kenteken AB-123-CD | AB-123-CD
UK plate AB12 CDE | AB12 CDE
Litouws kenteken KLM 482 | KLM 482
kenteken 84-ZPL-2 | 84-ZPL-2
witte bus VT-913-H reed weg | VT-913-H
zwarte golf r-519-dp | r-519-dp
Busje 8KRT42 staat er weer | 8KRT42
grijze seat met kenteken zg318r | zg318r
auto 12 ABC 3 blokkeert de uitrit | 12 ABC 3
kent. 84-zpl-2 | 84-zpl-2
kenteken begint met TX-9 | TX-9
kenteken eindigt op 9-TX | 9-TX
deel van het kenteken: GB-0 | GB-0
Pools kenteken KR 8J421 | KR 8J421
Duits kenteken B-XR 4417 | B-XR 4417
Belgisch kenteken 1-ABC-234 | 1-ABC-234
Roemeens kenteken B 123 XYZ | B 123 XYZ
license plate KT-551-B | KT-551-B
reg LB19 XYZ left the scene | LB19 XYZ
number plate starts with KV | KV
plate ends in 42-K | 42-K
een scooter met plaat D-12-ABC | D-12-ABC
nummerbord is HX-42-FD | HX-42-FD
kenteken iets met ..-NGP-.. | NGP
AUTO MET KENTEKEN TX-913-B | TX-913-B
kenteken 3-xkl-18 gezien | 3-xkl-18
grijze bmw 5kzt81 racet door de straat | 5kzt81
kenteken niet goed gezien, iets met 42-K | 42-K
Kenteken: KR8J421 | KR8J421
kenteken PX 99 LZ | PX 99 LZ
plate number LV-4481, Latvian | LV-4481
Nummerplaat 1-XTP-552 (Belg) | 1-XTP-552
scooter (DZ-712-K) reed door rood | DZ-712-K
blauwe Corsa, laatste cijfers 83-K | 83-K
zwarte Golf, laatste drie KBT | KBT
AJ19 something just drove off | AJ19
twee mannen in een Skoda tegenover de juwelier. Ze hadden een verrekijker. RK-77.. | RK-77
    """,
    "iban": """
Overmaken op NL44 RABO 0123 4567 89 aub | NL44 RABO 0123 4567 89
maak over naar NL91ABNA0417164300 | NL91ABNA0417164300
NL91 ABNA 0417 1643 00 tnv | NL91 ABNA 0417 1643 00
nl12 rabo 0123 4567 89 | nl12 rabo 0123 4567 89
IBAN BE68 5390 0754 7034 | BE68 5390 0754 7034
NL00BANK0123456789 is nep | NL00BANK0123456789
rekeningnummer 1234.56.789 | 1234.56.789
DE89 3704 0044 0532 0130 00 | DE89 3704 0044 0532 0130 00
    """,
    "bsn": """
BSN nummer 012345672 op straat gevonden | 012345672
sofinummer 1234.56.782 | 1234.56.782
mijn BSN is 123456782 | 123456782
bsn: 123456789 | 123456789
burgerservicenummer 111222333 gelekt | 111222333
BSN 1234.56.782 | 1234.56.782
her BSN number 987654321 was shared | 987654321
het nummer 123456782 stond op de brief | 123456782
    """,
    "address": """
tante Bep is gevallen en kan niet opstaan, Lindelaan 3 | Lindelaan 3
Inbraak bij ons op Wilgenpad 6, dader gevlucht | Wilgenpad 6
Van Hogendorpstraat 120 brandt | Hogendorpstraat 120
Brand! Oosterkade 5 rood | Oosterkade 5
wateroverlast Populierendreef 410 | Populierendreef 410
Overlast flat Grubbehoeve, nr 233 | nr 233
we wonen op 45 en horen alles | 45
neighbours at 27 are fighting | 27
the house at number 3 is empty | number 3
live at 61A, please come | 61A
Smoke from Elm Close 14 | 14
address is 5 Mill Lane | 5 Mill Lane
Hij zit op Vechtstraat 8 II | Vechtstraat 8
Kom allemaal naar Rozenstraat 19 vanavond | Rozenstraat 19
het witte huis op nummer 2 | nummer 2
de vrouw van nummer 17 is een heks | nummer 17
huisnr. 34 heeft de brievenbus opengebroken | 34
Inbraak op de Lijsterstraat 14 vannacht | Lijsterstraat 14
hij woont Kanaalweg 7b | Kanaalweg 7b
kerkstraat 12 staat leeg | kerkstraat 12
Jan van Galenstraat 101-2 | Jan van Galenstraat 101-2
Eerste Helmersstraat 33hs | Helmersstraat 33hs
Prinsengracht 263 III | Prinsengracht 263 III
Dorpsplein 5, 1234 AB | Dorpsplein 5, 1234 AB
brand op Seringenlaan nr. 8 | Seringenlaan nr. 8
die van nr 12 gooit afval | nr 12
Nummer 8 zet zijn vuil buiten | Nummer 8
bij nummer 40 staat de deur open | nummer 40
huisnummer 7b ruikt naar gas | huisnummer 7b
de buren van 22 hebben ruzie | 22
de bewoner op 31 doet niet open | 31
hij woont op 17a | 17a
1013 AB 12 | 1013 AB 12
postcode 3562XJ nr 9 | 3562XJ nr 9
he lives at Larixstraat 9 | Larixstraat 9
I know where he lives, 44 Brook Lane | 44 Brook Lane
fire at 12 Oak Street | 12 Oak Street
she lives at number 40 | number 40
the people at no. 14 are away | no. 14
apartment 12b has a leak | apartment 12b
12 High Road was burgled | 12 High Road
Zijn adres is Bickersgracht 4 | Bickersgracht 4
LIJSTERSTRAAT 14 STAAT IN BRAND | LIJSTERSTRAAT 14
adres: Burgemeester Reigerstraat 77 bis | Reigerstraat 77 bis
de overburen van nummer 3 | nummer 3
the guy from number 9 | number 9
the Hendersons at number 9 had a break in | number 9
Het adres is Tulpstraat 4a | Tulpstraat 4a
ambulance bij Weteringschans 88 | Weteringschans 88
overlast van Roerstraat 17-3 | Roerstraat 17-3
Zaagmolenkade 22 B heeft lekkage | Zaagmolenkade 22 B
Fire at 9 Tulip Lane! | 9 Tulip Lane
He's hiding at 221 Station Road | 221 Station Road
die gast op nummer 15 dealt | nummer 15
op nr. 6 wordt geschreeuwd | nr. 6
nr40 heeft een feest | nr40
no. 40 has a party again | no. 40
house 22 is empty, someone is inside | house 22
woont aan de Marconistraat 5 | Marconistraat 5
Bloemgracht 12hs, rook uit het raam | Bloemgracht 12hs
adres: Oude Delft 20 | Oude Delft 20
mijn buurvrouw is gevallen. Hoefslag 8, kom nu | Hoefslag 8
Inbraak gaande Bosrand 31, bewoners zitten boven | Bosrand 31
er komt rook uit het raam, Waterlelie 12 | Waterlelie 12
Boterdiep WZ 6, dat is bekend | Boterdiep WZ 6
smoke alarm at 14 Tanner's Yard | 14 Tanner's Yard
ladder against the wall at 7 The Maltings | 7 The Maltings
tools gone from 22 Castle Dykes last night | 22 Castle Dykes
Please warn your parents. Beryl, flat 6 | flat 6
mevrouw van op 14 bis doet niet open | 14 bis
Kerkstr. 12 is gekraakt | Kerkstr. 12
The student house at 9 has put its bins out | 9
Landlord at 77 changed the locks | 77
Alarm bij 33, al de hele nacht | 33
rook uit de schoorsteen van 21 trekt naar binnen | 21
Smoke alarm going mad in flat 9 | flat 9
someone is inside number 9 right now | number 9
Screaming row at no 3 has turned physical | no 3
Harde muziek bij nr 14 tot half vier | nr 14
Zonnedauw 8 staat blank | Zonnedauw 8
Laan v. Meerdervoort 101 | Laan v. Meerdervoort 101
Jac. P. Thijsseplein 4 lekt gas | P. Thijsseplein 4
iemand thuis bij 33? alarm gaat | 33
    """,
    "profile": """
kan @sandra_vdm even reageren | @sandra_vdm
insta @daan.official | @daan.official
zijn tiktok: daan_xx | daan_xx
facebook.com/profile.php?id=100012345 | facebook.com/profile.php?id=100012345
te vinden op insta onder naam dealer.030 | dealer.030
linkedin van hem: linkedin.com/in/pdejong | linkedin.com/in/pdejong
zijn insta is @kev_020 | @kev_020
check facebook.com/kevin.jansen.93 | facebook.com/kevin.jansen.93
https://www.instagram.com/daan.vd.b/ | https://www.instagram.com/daan.vd.b/
tiktok.com/@rellen_nl | tiktok.com/@rellen_nl
insta: kevin_020 | kevin_020
snap: d4an.xx | d4an.xx
zijn facebook is KevinJ88 | KevinJ88
his insta is bad.boy.22 | bad.boy.22
linkedin.com/in/jan-jansen | linkedin.com/in/jan-jansen
t.me/kevin020 | t.me/kevin020
his handle is @tommy.b | @tommy.b
volg hem op twitter @henk_de_boer | @henk_de_boer
gebruikersnaam verkoper_rick op marktplaats | verkoper_rick
x.com/kevinj | x.com/kevinj
wa.me/31612345678 | wa.me/31612345678
@Petra hou je eens in | Petra
@Kees: dat is niet waar | Kees
he's on instagram as big_tommy | big_tommy
op snapchat heet ie d.boy99 | d.boy99
fb.com/anna.smit.3 | fb.com/anna.smit.3
die gast die als nepbank belt: djayy_020. spam hem | djayy_020
    """,
}
"""For each kind messages, and behind the last | what nobody may read."""

CASES = [(kind, *line.rsplit(" | ", 1)) for kind, lines in HIDDEN.items() for line in lines.strip().splitlines()]


@pytest.mark.parametrize(("kind", "text", "private"), CASES)
def test_what_is_private_is_hidden(kind: str, text: str, private: str) -> None:
    """In full, under its own kind."""
    found = [(one.kind, text[one.start : one.end]) for one in find(fold(text))]
    assert any(kind == of and private in part for of, part in found), found
