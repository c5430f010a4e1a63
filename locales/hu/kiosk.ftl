# A kioszk szavai. Legfeljebb 12 szavas mondatok, soronként egy teendő.

product = Zhest

## Tolmács hívása

call-interpreter = Tolmács hívása
call-about-service = Kérdés erről a szolgáltatásról
free-now = { $free ->
    [0] Most mindenki foglalt. Álljon be a sorba.
   *[other] Szabad tolmácsok: { $free }. Ingyenes.
}
free-of-charge = Ingyenes. A beszélgetést nem rögzítjük.
call-not-now = Most nem elérhető. Nézze meg, miért.

## Gombok

back = Vissza
finish = Befejezés
change-language = Nyelv
appearance = Megjelenés
ticket = Sorszám
still-here = Még itt vagyok

## Kezdet

attract-title = Itt jelelünk
attract-line = Tolmács a képernyőn. Ingyenes.
attract-signing = Ukrán jelnyelv
attract-signing-line = Érintse meg a kezdéshez
attract-language = Nyelv / Language

## Nyelvválasztás

language-title = A képernyő nyelve
language-line = A tolmács ukrán jelnyelven jelel. Néhány szöveg csak ukránul olvasható.

## Főképernyő

home-title = Mire van szüksége?
home-line = Válasszon témát, vagy hívjon tolmácsot.
story-title = Jelnyelvi tolmács a képernyőn
story-line = Ingyenes. Nem rögzítjük.

## Keresés

search-title = Szolgáltatás keresése
search-line = Írja be a nevét vagy egy hétköznapi szót.
search-examples = Például:
search-example-passport = útlevél
search-example-home = lakcím
search-example-bills = támogatás
search-none = Nem találtunk ilyet
search-none-line = Írjon más szót, vagy kérdezze a tolmácsot.
search-guess = Talán ezt keresi:

## Szolgáltatások

services-line = Válasszon szolgáltatást, vagy kérdezze a tolmácsot.
services-count = { $count ->
    [one] { $count } szolgáltatás
   *[other] { $count } szolgáltatás
}
services-none = Itt még nincs szolgáltatás
services-none-line = A tolmács segít megkérdezni az ügyintézőt.
needs-review = Ellenőrzés alatt
services-price-from = legalább { $amount }
services-price-differs = többféle ár
services-term-choice = választható határidő
services-signpost = Megmutatjuk, hová menjen

## Szolgáltatás

service-needs-review = Az adatokat ellenőrizzük
service-needs-review-line = Fizetés előtt kérdezze a tolmácsot vagy az ügyintézőt.
service-fee = Mennyibe kerül
service-fee-on = Az ár napja: { $date }
service-fee-unknown = kérdezze meg az árat
service-documents = Mit hozzon magával
service-documents-none = Kérdezze meg, milyen iratok kellenek.
service-place = Hol
service-provider = Ki nyújtja
service-result = Mit kap
service-ready = Kész: { $ready } / { $all }
service-ready-line = Érintse meg, ami már megvan.
service-steps-tool = Lépések
service-take = Vigye magával
service-signpost = Ezt itt nem intézik. Megmutatjuk, hová menjen.
service-law = Jogi alap
service-law-hide = Jogszabályok elrejtése
service-checked = Az adatokat ellenőriztük: { $date }
service-unchecked = Ezeket az adatokat még senki sem ellenőrizte.
service-gone = Ez a szolgáltatás már nincs itt
service-gone-line = Menjen vissza, és válasszon másikat.

## Lépések

steps-of = { $number }. lépés, összesen { $count }
steps-next = Tovább: { $number }. lépés
steps-done = Kész

## Jelnyelvi videók

clip-play = Lejátszás
clip-pause = Szünet
clip-again = Újra
clip-slow = Lassan

## Vigye magával

take-title = Vigye magával a listát
take-camera = Irányítsa a telefon kameráját a kódra.
take-open = Koppintson a hivatkozásra a telefonon.
take-keeps = A lista internet nélkül is megnyílik.
take-offline-line = A kód talán nem nyílik meg. Próbálja később.
take-print = Nyomtatás
take-printing = Nyomtatunk
take-printing-line = Várjon néhány másodpercet.
take-printed = Kinyomtattuk
take-printed-line = Vegye el a lapot a nyomtatóból.
take-print-failed = Nem sikerült nyomtatni
take-print-failed-line = Olvassa be a kódot telefonnal, vagy szóljon az ügyintézőnek.
take-page-kept = A lista a telefonján maradt. Internet nélkül is megnyílik.
take-page-gone-line = Forduljon az ügyintézőhöz.

## Nem elérhető

unavailable-link = Nincs kapcsolat
unavailable-link-line = Folyamatosan próbálunk kapcsolódni.
unavailable-staff = Most nincs tolmács
unavailable-staff-line = Próbálja meg kicsit később.
unavailable-closed = A tolmácsok most nem dolgoznak
unavailable-closed-line = Jöjjön munkaidőben.
unavailable-opens = Újra dolgozunk: { $date } { $time }
unavailable-services = A szolgáltatások, árak és iratok továbbra is olvashatók.
unavailable-again = Itt szólunk, amint valaki válaszolni tud.
unavailable-clerk = Mutassa meg az ügyintézőnek
unavailable-clerk-card =
    Я не чую.
    Пишіть мені, будь ласка.
    Потрібен перекладач жестової мови.
unavailable-browse = Ügyek listája
unavailable-works-again = A tolmácsok újra elérhetők

## Várakozás érintésre

idle-title = Itt van még?
idle-line = Különben mindent törlünk, és elölről kezdjük.
idle-private = A következő ember semmit sem lát belőle.
idle-seconds = { $seconds ->
    [one] másodperc
   *[other] másodperc
}

## A kamera ellenőrzése

framing-show-head = Mutassa az arcát
framing-show-hands = Mutassa a kezét
framing-show-light = Álljon fénybe
framing-head = Arc
framing-hands = Kezek
framing-light = Fény
framing-wait = Mozgassa a kezét
framing-wait-line = Így látja a kamera, hol áll.
framing-nobody = Álljon a kamera elé
framing-nobody-line = A tolmács derékig lássa önt.
framing-back = Lépjen hátra egyet
framing-back-line = Így látszik a feje és a keze.
framing-near = Jöjjön közelebb
framing-near-line = Így jobban látszanak az ujjai.
framing-right = Menjen jobbra
framing-left = Menjen balra
framing-middle-line = Így mindkét keze látszik.
framing-dark = Kevés a fény
framing-dark-line = Álljon világosabb helyre.
framing-bright = Túl sok a fény
framing-bright-line = Menjen arrébb az erős fénytől.
framing-behind = A fény ön mögött van
framing-behind-line = Álljon úgy, hogy a fény elölről jöjjön.
framing-good = Jól látszik
framing-good-line = Hívhatja a tolmácsot.
framing-seated = Ülök
framing-standing = Állok
framing-unseen = A kamera ki van kapcsolva
framing-unseen-line = Ön írni fog. A tolmács nem látja önt.
wishes-open = Kívánságok
wishes-title = Hogyan kényelmes beszélgetni?
wishes-line = Minden jó így? Érintse meg: „Kész”.
wishes-language = Nyelv
wishes-ukl = Ukrán jelnyelv
wishes-rsl = Orosz jelnyelv
wishes-ils = International Sign
wishes-who = Tolmács
wishes-anyone = Mindegy
wishes-woman = Nő
wishes-man = Férfi
wishes-note = Keresünk ilyen tolmácsot. Nem kell soká várni.
wishes-way = Mód
wishes-sign = Jelelve
wishes-write = Csak írásban
wishes-done = Kész
framing-private = Nem rögzítjük
framing-who = Csak a tolmács látja és hallja Önt.
framing-opening = Bekapcsoljuk a kamerát
framing-drawing = Nincs kamera. Ez egy rajz.
framing-drawing-line = A tolmács ezt látja Ön helyett. Ön tud írni.
framing-file = Ez fájlból lejátszott videó, nem kamera.
framing-file-line = A tolmács ezt látja Ön helyett.
framing-call = Hívás
framing-call-line = Jelnyelvi tolmács

## Várakozás

waiting-place = Az Ön helye a sorban
waiting-next = Ön következik
waiting-asking = Beállunk a sorba
waiting-ringing = Hívjuk a tolmácsot
waiting-ringing-line = Nézze a képernyőt.
waiting-transferred = Átadjuk egy másik tolmácsnak
waiting-transferred-line = Várjon itt. A szöveget töröltük.
waiting-range = Várakozás körülbelül { $low }–{ $high } perc
waiting-about = Várakozás körülbelül { $minutes } perc
waiting-below = Várakozás legfeljebb { $minutes } perc
waiting-unknown = Még nem tudjuk, meddig kell várni.
waiting-waited = Eddigi várakozás: { $minutes } p { $seconds } mp
waiting-steps = Mi történik ezután
waiting-step-place = Szabad tolmácsot keresünk
waiting-step-ring = A tolmács fogadja a hívást
waiting-step-talk = A beszélgetés magától elindul
waiting-now = most
waiting-done = kész
waiting-leave = Nem várok
waiting-note = Írás az ügyintézőnek
waiting-note-title = Mutassa a képernyőt az ügyintézőnek
waiting-note-hide = Elrejtés
waiting-note-empty = Írjon. A szöveg csak a képernyőn marad.
waiting-note-erase = Törlés
waiting-lost = Nincs kapcsolat
waiting-lost-line = Újra kapcsolódunk. Kérjük, várjon.

## Beszélgetés

talk-interpreter = { $number }. tolmács
talk-signing = UKL
talk-writing = Csak írás
talk-unseen = A kamera ki van kapcsolva
talk-good = A kapcsolat jó
talk-halting = Gyenge hálózat: lassú kép
talk-blurred = Gyenge hálózat: ön homályos
talk-bell = A tolmács a figyelmét kéri
talk-private = Nem rögzítjük
talk-speaking = A tolmács beszél
talk-quiet = A tolmács hallgat
talk-no-speaker = A hangszóró nem működik. Az ügyintéző nem hallja a tolmácsot.
talk-no-microphone = A mikrofon nem működik. A tolmács nem hallja az ügyintézőt.
talk-you = Ön
talk-drawing = Rajz
talk-file = Fájl
talk-text-none = Itt jelenik meg a szöveg. Érintse meg: „Írás”.
talk-text-type = Írjon. A tolmács minden betűt lát.
talk-write = Írás
talk-hide = Elrejtés
talk-paper = Irat
paper-hold = Tartsa az iratot a keretbe
paper-hold-line = Töltse ki a keretet. Aztán érintse meg: „Fénykép”.
paper-taking = Fényképezünk
paper-taking-line = Tartsa egyenesen az iratot. 2 másodperc.
paper-not-taken = A kép nem sikerült
paper-not-taken-line = Érintse meg újra: „Fénykép”.
paper-taken = Minden látszik?
paper-taken-line = Ezt a képet csak a tolmács látja.
paper-underway = Küldjük a képet
paper-underway-line = Az iratot már leteheti.
paper-whole = A tolmács látja a képet
paper-whole-line = Nem őrizzük meg.
paper-pointed = Ide nézzen
paper-pointed-line = A tolmács erre a helyre mutat.
paper-damaged = A kép nem érkezett meg
paper-damaged-line = Érintse meg: „Új kép”.
paper-shoot = Fénykép
paper-give = Mutatás
paper-again = Új kép
paper-done = Törlés
talk-space = szóköz
talk-end = Befejezés
talk-stay = Nem, folytatom
talk-sure-end = Igen, befejezem
talk-again = Újrahívás
talk-connecting = Kapcsoljuk a videót
talk-connecting-line = A tolmács már válaszol. Ez néhány másodperc.
talk-stalled = A videó visszatér: { $seconds } mp
talk-stalled-sound = A kép megállt. A hang szól, írni lehet.
talk-stalled-line = A kép és a hang megállt. Írni lehet.
talk-write-now = Írás most
talk-write-instead = Egyelőre írjon
talk-theirs-slow = A kép lassú. A szöveg azonnal megjön.
talk-own-slow = Ön szaggatottan látszik. A szöveg megjön.
talk-fluent-again = A kép ismét folyamatos
talk-fluent-again-line = Jelelhet.
talk-hold = Szünet
talk-held-line = Mindkét kamera zárva. Önt nem látják.
talk-held-for = A tolmács vár: { $time }
talk-held-clerk = Odamehet az ügyintézőhöz.
talk-closed = Kamera zárva
talk-go-on = Folytatás
talk-gone = A tolmács nem elérhető
talk-gone-line = Várjon, vagy hívja újra. Ön lesz az első a sorban.
talk-unlinked = A szerver nem elérhető
talk-unlinked-line = A beszélgetés folytatódik. Nincs teendője.
talk-no-camera = A tolmácsnak nincs kamerája
talk-no-camera-line = Írjon. A tolmács szöveggel válaszol.

## A beszélgetés vége

ended-visitor = A beszélgetés véget ért
ended-visitor-line = Van még kérdése? Hívja újra.
ended-interpreter = A beszélgetés véget ért
ended-interpreter-line = A tolmács oldalán fejezték be.
ended-lost = A kapcsolat megszakadt
ended-lost-line = Ön mindent jól csinált. Hívja újra.
ended-closed = A tolmácsok már nem dolgoznak
ended-closed-line = Forduljon az ügyintézőhöz.
ended-unavailable = Most senki sem tud válaszolni
ended-unavailable-line = Hívja kicsit később, vagy forduljon az ügyintézőhöz.
ended-wiped = Töröltük a beszélgetés szövegét
ended-wiped-line = Képet és hangot nem rögzítettünk.
ended-question = Minden érthető volt?
ended-question-line = Érintsen meg egy arcot. Név nélkül.
ended-question-seen = Jól látta a tolmácsot?
ended-yes = Igen
ended-partly = Nem minden
ended-seen-partly = Nem mindig
ended-no = Nem
ended-thanks = Köszönjük. A válasz név nélküli.
ended-left = A többit { $seconds } mp múlva töröljük
ended-service = Mi a teendő
ended-again = Újrahívás
ended-again-line = Jelnyelvi tolmács
ended-call = Hívás
ended-services = Ügyek
ended-done = Kész

# Letters and contrast.
appearance-title = Hogyan olvas kényelmesebben?
appearance-line = Érintse meg a be- vagy kikapcsoláshoz.
appearance-letters = Nagy betűk
appearance-contrast = Erősebb kontraszt
appearance-sample = Így fog kinézni a szöveg
appearance-done = Kész

# A sorszám.
ticket-title = Írja be a sorszámát
ticket-line = Megmutatjuk, amikor hívják.
ticket-example = Például { $number }
ticket-wait = Várok a hívásra
ticket-yours = Az Ön sorszáma
ticket-watch = Ezen a képernyőn hívjuk.
ticket-now = Most az ablakoknál
ticket-nobody = Még senkit sem hívtak.
ticket-at = { $window }. ablak
ticket-change = Más szám
ticket-lost = Nincs kapcsolat
ticket-lost-line = Nézze a táblát a teremben.
ticket-called = Önt hívják
ticket-window = Ablak
ticket-seen = Látom
ticket-done = Kész

# Riasztás.
alarm-raid = Légiriadó
alarm-raid-line = Menjen most az óvóhelyre.
alarm-raid-way = Kövesse az «Укриття» (óvóhely) táblákat.
alarm-raid-leave = Hagyja el a termet.
alarm-raid-walk = Kövesse az «Укриття» táblákat.
alarm-raid-stay = Várja ott a riadó végét.
alarm-fire = Tűz
alarm-fire-line = Hagyja el most az épületet.
alarm-fire-way = Kövesse a «Вихід» (kijárat) táblákat.
alarm-fire-leave = Hagyja itt a holmiját.
alarm-fire-walk = Kövesse a «Вихід» táblákat.
alarm-fire-stay = Várjon kint, távol az ajtóktól.
alarm-lift = Ne használja a liftet.
alarm-clear = A riadó végét ezen a képernyőn mutatjuk.
alarm-visit = Utána ugyanonnan folytathatja.
alarm-queue = Megtartjuk a helyét a sorban.
alarm-call = A beszélgetés folytatódik.
alarm-help = Segítségre van szükségem
alarm-help-show = Mutassa meg a közelben lévőknek
alarm-help-card =
    Я не чую.
    Допоможіть мені вийти, будь ласка.
alarm-help-calling = Hívjuk a tolmácsot.
alarm-help-call = A tolmács vonalban van.
alarm-help-nobody = Most nincs tolmács.
alarm-where = Merre menjek
alarm-to-call = A beszélgetéshez
