# Cuvintele chioșcului. Propoziții de cel mult 12 cuvinte, o acțiune pe rând.

product = Zhest

## Chemarea interpretului

call-interpreter = Chemați un interpret
call-about-service = Întrebați despre acest serviciu
free-now = { $free ->
    [0] Acum toți sunt ocupați. Așezați-vă la rând.
   *[other] Liberi acum: { $free }. Gratuit.
}
free-of-charge = Gratuit. Nu înregistrăm convorbirea.
call-not-now = Indisponibil acum. Aflați de ce.

## Butoane

back = Înapoi
finish = Încheiați
change-language = Limba
appearance = Aspect
ticket = Bon
still-here = Sunt încă aici

## Început

attract-title = Aici vorbim prin semne
attract-line = Un interpret pe ecran. Gratuit.
attract-signing = Limba semnelor ucraineană
attract-signing-line = Atingeți pentru a începe
attract-language = Limba / Language

## Alegerea limbii

language-title = Limba ecranului
language-line = Interpretul folosește limba semnelor ucraineană. Unele texte sunt numai în ucraineană.

## Ecranul principal

home-title = De ce aveți nevoie?
home-line = Alegeți o temă sau chemați un interpret.
story-title = Interpret în limbaj mimico-gestual pe ecran
story-line = Gratuit. Fără înregistrare.

## Căutare

search-title = Găsiți un serviciu
search-line = Scrieți numele sau un cuvânt obișnuit.
search-examples = De exemplu:
search-example-passport = pașaport
search-example-home = domiciliu
search-example-bills = subvenție
search-none = Nu am găsit așa ceva
search-none-line = Schimbați cuvântul sau întrebați interpretul.
search-guess = Poate căutați aceasta:

## Servicii

services-line = Alegeți un serviciu sau întrebați interpretul.
services-count = { $count ->
    [one] { $count } serviciu
    [few] { $count } servicii
   *[other] { $count } de servicii
}
services-none = Aici nu sunt încă servicii
services-none-line = Interpretul vă ajută să întrebați un funcționar.
needs-review = Verificăm datele
services-price-from = de la { $amount }
services-price-differs = prețuri diferite
services-term-choice = termen la alegere
services-signpost = Vă spunem unde să mergeți

## Serviciu

service-needs-review = Verificăm datele
service-needs-review-line = Înainte de plată întrebați interpretul sau un funcționar.
service-fee = Cât costă
service-fee-on = Preț la data de { $date }
service-fee-unknown = întrebați prețul
service-documents = Ce să aduceți
service-documents-none = Întrebați ce acte sunt necesare.
service-place = Unde
service-provider = Cine oferă serviciul
service-result = Ce primiți
service-ready = Gata: { $ready } din { $all }
service-ready-line = Atingeți ce aveți deja.
service-steps-tool = Pași
service-take = Luați cu dvs.
service-signpost = Aici nu se face. Vă spunem unde să mergeți.
service-law = Temeiul legal
service-law-hide = Ascundeți legile
service-checked = Am verificat datele la { $date }.
service-unchecked = Nimeni nu a verificat încă aceste date.
service-gone = Acest serviciu nu mai există
service-gone-line = Întoarceți-vă și alegeți altul.

## Pași

steps-of = Pasul { $number } din { $count }
steps-next = Mai departe: pasul { $number }
steps-done = Gata

## Clipuri în limbajul semnelor

clip-play = Redă
clip-pause = Pauză
clip-again = Din nou
clip-slow = Încet

## De luat cu dvs.

take-title = Luați lista cu dvs.
take-camera = Îndreptați camera telefonului spre cod.
take-open = Atingeți linkul de pe telefon.
take-keeps = Lista se deschide și fără internet.
take-offline-line = Codul poate să nu se deschidă. Încercați mai târziu.
take-print = Tipăriți
take-printing = Se tipărește
take-printing-line = Așteptați câteva secunde.
take-printed = S-a tipărit
take-printed-line = Luați foaia din imprimantă.
take-print-failed = Nu s-a putut tipări
take-print-failed-line = Scanați codul cu telefonul sau spuneți unui funcționar.
take-page-kept = Lista este păstrată în telefon. Se deschide fără internet.
take-page-gone-line = Adresați-vă unui funcționar.

## Indisponibil

unavailable-link = Nu există conexiune
unavailable-link-line = Încercăm mereu să ne conectăm.
unavailable-staff = Acum nu sunt interpreți
unavailable-staff-line = Încercați puțin mai târziu.
unavailable-closed = Interpreții nu lucrează acum
unavailable-closed-line = Veniți în timpul programului.
unavailable-opens = Lucrăm din nou la { $date }, de la { $time }.
unavailable-services = Puteți citi în continuare despre servicii, prețuri și acte.
unavailable-again = Vă anunțăm aici când cineva poate răspunde.
unavailable-clerk = Arătați aceasta funcționarului
unavailable-clerk-card =
    Я не чую.
    Пишіть мені, будь ласка.
    Потрібен перекладач жестової мови.
unavailable-browse = Vedeți serviciile
unavailable-works-again = Interpreții sunt din nou disponibili

## Așteptarea unei atingeri

idle-title = Mai sunteți aici?
idle-line = Altfel ștergem tot și începem din nou.
idle-private = Următoarea persoană nu va vedea nimic.
idle-seconds = { $seconds ->
    [one] secundă
    [few] secunde
   *[other] de secunde
}

## Verificarea camerei

framing-show-head = Arătați fața
framing-show-hands = Arătați mâinile
framing-show-light = Stați spre lumină
framing-head = Fața
framing-hands = Mâinile
framing-light = Lumina
framing-wait = Mișcați mâinile
framing-wait-line = Așa vede camera unde stați.
framing-nobody = Stați în fața camerei
framing-nobody-line = Interpretul trebuie să vă vadă până la talie.
framing-back = Dați-vă un pas înapoi
framing-back-line = Așa se văd capul și mâinile.
framing-near = Apropiați-vă
framing-near-line = Așa se văd mai bine degetele.
framing-right = Mutați-vă la dreapta
framing-left = Mutați-vă la stânga
framing-middle-line = Așa se văd ambele mâini.
framing-dark = Este prea puțină lumină
framing-dark-line = Stați unde este mai luminos.
framing-bright = Este prea multă lumină
framing-bright-line = Îndepărtați-vă de lumina puternică.
framing-behind = Lumina este în spate
framing-behind-line = Stați cu lumina în față.
framing-good = Vă vedeți bine
framing-good-line = Puteți chema interpretul.
framing-seated = Stau jos
framing-standing = Stau în picioare
framing-unseen = Camera este oprită
framing-unseen-line = Veți scrie. Interpretul nu vă vede.
wishes-open = Dorințe
wishes-title = Cum vă este comod să vorbiți?
wishes-line = Totul este bine? Atingeți „Gata”.
wishes-language = Limba
wishes-ukl = Limba semnelor ucraineană
wishes-rsl = Limba semnelor rusă
wishes-ils = International Sign
wishes-who = Interpretul
wishes-anyone = Oricine
wishes-woman = Femeie
wishes-man = Bărbat
wishes-note = Vom căuta un astfel de interpret. Nu veți aștepta mult.
wishes-way = Modul
wishes-sign = Prin semne
wishes-write = Doar prin text
wishes-done = Gata
framing-private = Fără înregistrare
framing-who = Vă vede și vă aude numai interpretul.
framing-opening = Pornim camera
framing-drawing = Nu există cameră. Acesta este un desen.
framing-drawing-line = Interpretul îl vede în locul dumneavoastră. Puteți scrie.
framing-file = Este un film dintr-un fișier, nu camera.
framing-file-line = Interpretul îl vede în locul dumneavoastră.
framing-call = Chemați
framing-call-line = Un interpret în limbaj mimico-gestual

## Așteptare

waiting-place = Locul dumneavoastră la rând
waiting-next = Urmează rândul dumneavoastră
waiting-asking = Vă așezăm la rând
waiting-ringing = Chemăm un interpret
waiting-ringing-line = Priviți ecranul.
waiting-transferred = Vă transferăm la alt interpret
waiting-transferred-line = Așteptați aici. Am șters textul discuției.
waiting-range = Așteptați aproximativ { $low }–{ $high } min
waiting-about = Așteptați aproximativ { $minutes } min
waiting-below = Așteptați cel mult { $minutes } min
waiting-unknown = Nu știm încă cât durează.
waiting-waited = Așteptați de { $minutes } min { $seconds } s
waiting-steps = Ce urmează
waiting-step-place = Căutăm un interpret liber
waiting-step-ring = Interpretul preia apelul
waiting-step-talk = Convorbirea începe singură
waiting-now = acum
waiting-done = gata
waiting-leave = Nu mai aștept
waiting-note = Scrieți funcționarului
waiting-note-title = Arătați ecranul funcționarului
waiting-note-hide = Ascunde
waiting-note-empty = Scrieți. Textul rămâne doar pe ecran.
waiting-note-erase = Ștergeți
waiting-lost = Nu există conexiune
waiting-lost-line = Ne conectăm din nou. Așteptați, vă rugăm.

## Convorbire

talk-interpreter = Interpret { $number }
talk-signing = UKL
talk-writing = Doar text
talk-unseen = Camera este oprită
talk-good = Legătură bună
talk-halting = Rețea slabă: imagine lentă
talk-blurred = Rețea slabă: vă vedeți neclar
talk-bell = Interpretul vă cere atenția
talk-private = Fără înregistrare
talk-speaking = Interpretul vorbește
talk-quiet = Interpretul tace
talk-no-speaker = Difuzorul nu merge. Funcționarul nu aude interpretul.
talk-no-microphone = Microfonul nu merge. Interpretul nu aude funcționarul.
talk-you = Dvs.
talk-drawing = Desen
talk-file = Fișier
talk-text-none = Aici apare textul. Atingeți „Scrieți”.
talk-text-type = Scrieți. Interpretul vede fiecare literă.
talk-write = Scrieți
talk-hide = Ascundeți
talk-paper = Document
paper-hold = Țineți documentul în cadru
paper-hold-line = Să umple cadrul. Apoi atingeți „Fotografiați”.
paper-taking = Facem fotografia
paper-taking-line = Țineți documentul nemișcat. Durează 2 secunde.
paper-not-taken = Fotografia nu a reușit
paper-not-taken-line = Atingeți „Fotografiați” încă o dată.
paper-taken = Se vede totul?
paper-taken-line = Fotografia o va vedea doar interpretul.
paper-underway = Trimitem fotografia
paper-underway-line = Puteți lăsa documentul jos.
paper-whole = Interpretul vede fotografia
paper-whole-line = Nu o păstrăm.
paper-pointed = Priviți aici
paper-pointed-line = Interpretul arată acest loc.
paper-damaged = Fotografia nu a ajuns
paper-damaged-line = Atingeți „Încă una”.
paper-shoot = Fotografiați
paper-give = Arătați
paper-again = Încă una
paper-done = Ștergeți
talk-space = spațiu
talk-end = Încheiați
talk-stay = Nu, vorbesc mai departe
talk-sure-end = Da, închei
talk-again = Chemați din nou
talk-connecting = Conectăm imaginea
talk-connecting-line = Interpretul răspunde deja. Durează câteva secunde.
talk-stalled = Restabilim imaginea: { $seconds } s
talk-stalled-sound = Imaginea s-a oprit. Sunetul merge, puteți scrie.
talk-stalled-line = Imaginea și sunetul s-au oprit. Puteți scrie.
talk-write-now = Scrieți acum
talk-write-instead = Deocamdată scrieți
talk-theirs-slow = Imaginea e lentă. Textul ajunge imediat.
talk-own-slow = Apăreți sacadat. Textul ajunge imediat.
talk-fluent-again = Imaginea este din nou fluidă
talk-fluent-again-line = Puteți vorbi în semne.
talk-hold = Pauză
talk-held-line = Ambele camere sunt închise. Nu sunteți văzut.
talk-held-for = Interpretul așteaptă: { $time }
talk-held-clerk = Puteți merge la funcționar.
talk-closed = Camera închisă
talk-go-on = Continuați
talk-gone = Interpretul nu este conectat
talk-gone-line = Așteptați sau chemați din nou. Veți avea primul loc la rând.
talk-unlinked = Serverul nu răspunde
talk-unlinked-line = Convorbirea continuă. Nu trebuie să faceți nimic.
talk-no-camera = Interpretul nu are cameră
talk-no-camera-line = Scrieți. Interpretul răspunde în scris.

## Sfârșitul convorbirii

ended-visitor = Convorbirea s-a încheiat
ended-visitor-line = Mai aveți o întrebare? Chemați din nou.
ended-interpreter = Convorbirea s-a încheiat
ended-interpreter-line = A fost încheiată de interpret.
ended-lost = Conexiunea s-a întrerupt
ended-lost-line = Ați făcut totul corect. Chemați din nou.
ended-closed = Interpreții nu mai lucrează acum
ended-closed-line = Adresați-vă unui funcționar.
ended-unavailable = Acum nu poate răspunde nimeni
ended-unavailable-line = Chemați puțin mai târziu sau adresați-vă unui funcționar.
ended-wiped = Am șters textul convorbirii
ended-wiped-line = Nu am înregistrat imaginea și sunetul.
ended-question = A fost totul clar?
ended-question-line = Atingeți o față. Este fără nume.
ended-question-seen = Ați văzut bine interpretul?
ended-yes = Da
ended-partly = Nu tot
ended-seen-partly = Nu mereu
ended-no = Nu
ended-thanks = Mulțumim. Răspunsul este fără nume.
ended-left = Restul se șterge în { $seconds } s
ended-service = Ce urmează
ended-again = Chemați din nou
ended-again-line = Un interpret în limbaj mimico-gestual
ended-call = Chemați
ended-services = La servicii
ended-done = Gata

# Letters and contrast.
appearance-title = Cum vă este mai ușor să citiți?
appearance-line = Atingeți pentru a porni sau a opri.
appearance-letters = Litere mari
appearance-contrast = Contrast mai mare
appearance-sample = Așa va arăta textul
appearance-done = Gata

# Bonul de ordine.
ticket-title = Introduceți numărul bonului
ticket-line = Vă arătăm când sunteți chemat la ghișeu.
ticket-example = De exemplu, { $number }
ticket-wait = Așteptați chemarea
ticket-yours = Bonul dumneavoastră
ticket-watch = Vă chemăm pe acest ecran.
ticket-now = Acum la ghișee
ticket-nobody = Încă nu a fost chemat nimeni.
ticket-at = Ghișeul { $window }
ticket-change = Alt număr
ticket-lost = Nu există conexiune
ticket-lost-line = Priviți panoul din sală.
ticket-called = Este rândul dumneavoastră
ticket-window = Ghișeul
ticket-seen = Văd
ticket-done = Gata

# Alarmă.
alarm-raid = Alarmă aeriană
alarm-raid-line = Mergeți acum la adăpost.
alarm-raid-way = Urmați semnele «Укриття» (adăpost).
alarm-raid-leave = Ieșiți din sală.
alarm-raid-walk = Urmați semnele «Укриття».
alarm-raid-stay = Așteptați acolo încetarea alarmei.
alarm-fire = Incendiu
alarm-fire-line = Ieșiți acum afară.
alarm-fire-way = Urmați semnele «Вихід» (ieșire).
alarm-fire-leave = Lăsați lucrurile.
alarm-fire-walk = Urmați semnele «Вихід».
alarm-fire-stay = Așteptați afară, departe de uși.
alarm-lift = Nu folosiți liftul.
alarm-clear = Încetarea alarmei apare pe acest ecran.
alarm-visit = Apoi continuați de unde ați rămas.
alarm-queue = Vă păstrăm locul la rând.
alarm-call = Convorbirea continuă.
alarm-help = Am nevoie de ajutor
alarm-help-show = Arătați aceasta oamenilor din jur
alarm-help-card =
    Я не чую.
    Допоможіть мені вийти, будь ласка.
alarm-help-calling = Chemăm un interpret.
alarm-help-call = Interpretul este cu dumneavoastră.
alarm-help-nobody = Acum nu este niciun interpret.
alarm-where = Unde mergeți
alarm-to-call = La convorbire
