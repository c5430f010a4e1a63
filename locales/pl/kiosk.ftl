# Słowa kiosku. Zdania do 12 słów, jedna czynność w wierszu.

product = Zhest

## Połączenie z tłumaczem

call-interpreter = Połącz z tłumaczem
call-about-service = Zapytaj o tę usługę
free-now = { $free ->
    [0] Teraz wszyscy są zajęci. Stań w kolejce.
   *[other] Wolni tłumacze: { $free }. Bezpłatnie.
}
free-of-charge = Bezpłatnie. Nie nagrywamy rozmowy.
call-not-now = Teraz niedostępne. Sprawdź dlaczego.

## Przyciski

back = Wstecz
finish = Zakończ
change-language = Język
appearance = Wygląd
ticket = Bilet
still-here = Nadal tu jestem

## Początek

attract-title = Mówimy tu w języku migowym
attract-line = Tłumacz na ekranie. Bezpłatnie.
attract-signing = Ukraiński język migowy
attract-signing-line = Dotknij, aby zacząć
attract-language = Język / Language

## Wybór języka

language-title = Język ekranu
language-line = Tłumacz miga w ukraińskim języku migowym. Część tekstów jest tylko po ukraińsku.

## Ekran główny

home-title = Czego potrzebujesz?
home-line = Wybierz temat albo połącz się z tłumaczem.
story-title = Tłumacz języka migowego na ekranie
story-line = Bezpłatnie. Bez nagrywania.

## Szukanie

search-title = Znajdź usługę
search-line = Wpisz nazwę albo zwykłe słowo.
search-examples = Na przykład:
search-example-passport = paszport
search-example-home = meldunek
search-example-bills = dopłata
search-none = Nic takiego nie ma
search-none-line = Zmień słowo albo zapytaj tłumacza.
search-guess = Może chodzi o to:

## Usługi

services-line = Wybierz usługę albo zapytaj tłumacza.
services-count = { $count ->
    [one] { $count } usługa
    [few] { $count } usługi
   *[many] { $count } usług
}
services-none = Nie ma tu jeszcze usług
services-none-line = Tłumacz pomoże zapytać pracownika urzędu.
needs-review = Sprawdzamy dane
services-price-from = od { $amount }
services-price-differs = różne ceny
services-term-choice = termin do wyboru
services-signpost = Powiemy, dokąd pójść

## Usługa

service-needs-review = Sprawdzamy dane
service-needs-review-line = Przed zapłatą zapytaj tłumacza albo pracownika urzędu.
service-fee = Ile to kosztuje
service-fee-on = Cena na dzień { $date }
service-fee-unknown = zapytaj o cenę
service-documents = Co zabrać
service-documents-none = Zapytaj, jakie dokumenty są potrzebne.
service-place = Gdzie
service-provider = Kto to załatwia
service-result = Co otrzymasz
service-ready = Gotowe: { $ready } z { $all }
service-ready-line = Dotknij tego, co już masz.
service-steps-tool = Kroki
service-take = Zabierz ze sobą
service-signpost = Tego tu nie załatwisz. Powiemy, dokąd pójść.
service-law = Podstawa prawna
service-law-hide = Ukryj przepisy
service-checked = Sprawdziliśmy dane { $date }.
service-unchecked = Nikt jeszcze nie sprawdził tych danych.
service-gone = Tej usługi już nie ma
service-gone-line = Wróć i wybierz inną.

## Kroki

steps-of = Krok { $number } z { $count }
steps-next = Dalej: krok { $number }
steps-done = Gotowe

## Filmy w języku migowym

clip-play = Odtwórz
clip-pause = Pauza
clip-again = Jeszcze raz
clip-slow = Wolno

## Zabierz ze sobą

take-title = Zabierz listę ze sobą
take-camera = Skieruj aparat telefonu na kod.
take-open = Dotknij linku w telefonie.
take-keeps = Lista otworzy się także bez internetu.
take-offline-line = Kod może się nie otworzyć. Spróbuj później.
take-print = Wydrukuj
take-printing = Drukujemy
take-printing-line = Poczekaj kilka sekund.
take-printed = Wydrukowano
take-printed-line = Zabierz kartkę z drukarki.
take-print-failed = Nie udało się wydrukować
take-print-failed-line = Zeskanuj kod telefonem albo powiedz pracownikowi urzędu.
take-page-kept = Lista jest zapisana w telefonie. Otworzy się bez internetu.
take-page-gone-line = Zwróć się do pracownika urzędu.

## Niedostępne

unavailable-link = Brak połączenia
unavailable-link-line = Cały czas próbujemy się połączyć.
unavailable-staff = Teraz nie ma tłumaczy
unavailable-staff-line = Spróbuj trochę później.
unavailable-closed = Tłumacze teraz nie pracują
unavailable-closed-line = Przyjdź w godzinach pracy.
unavailable-opens = Znów pracujemy { $date } od { $time }.
unavailable-services = Usługi, ceny i dokumenty możesz czytać dalej.
unavailable-again = Powiemy tutaj, gdy tylko ktoś będzie mógł odpowiedzieć.
unavailable-clerk = Pokaż to pracownikowi
unavailable-clerk-card =
    Я не чую.
    Пишіть мені, будь ласка.
    Потрібен перекладач жестової мови.
unavailable-browse = Zobacz usługi
unavailable-works-again = Tłumacze są znów dostępni

## Oczekiwanie na dotyk

idle-title = Czy nadal tu jesteś?
idle-line = Inaczej wszystko usuniemy i zaczniemy od nowa.
idle-private = Następna osoba nic z tego nie zobaczy.
idle-seconds = { $seconds ->
    [one] sekunda
    [few] sekundy
   *[many] sekund
}

## Sprawdzenie kamery

framing-show-head = Pokaż twarz
framing-show-hands = Pokaż ręce
framing-show-light = Stań do światła
framing-head = Twarz
framing-hands = Ręce
framing-light = Światło
framing-wait = Porusz rękami
framing-wait-line = Tak kamera zobaczy, gdzie stoisz.
framing-nobody = Stań przed kamerą
framing-nobody-line = Tłumacz powinien widzieć cię do pasa.
framing-back = Cofnij się o krok
framing-back-line = Wtedy widać głowę i ręce.
framing-near = Podejdź bliżej
framing-near-line = Wtedy lepiej widać palce.
framing-right = Przesuń się w prawo
framing-left = Przesuń się w lewo
framing-middle-line = Wtedy widać obie ręce.
framing-dark = Jest za mało światła
framing-dark-line = Stań tam, gdzie jest jaśniej.
framing-bright = Jest za dużo światła
framing-bright-line = Odsuń się od jasnego światła.
framing-behind = Światło jest za tobą
framing-behind-line = Stań tak, aby światło było z przodu.
framing-good = Dobrze cię widać
framing-good-line = Można wezwać tłumacza.
framing-seated = Siedzę
framing-standing = Stoję
framing-unseen = Kamera jest wyłączona
framing-unseen-line = Będziesz pisać. Tłumacz cię nie widzi.
wishes-open = Życzenia
wishes-title = Jak wygodnie rozmawiać?
wishes-line = Wszystko pasuje? Dotknij „Gotowe”.
wishes-language = Język
wishes-ukl = Ukraiński migowy
wishes-rsl = Rosyjski migowy
wishes-ils = International Sign
wishes-who = Tłumacz
wishes-anyone = Wszystko jedno
wishes-woman = Kobieta
wishes-man = Mężczyzna
wishes-note = Poszukamy takiej osoby. Nie potrwa to długo.
wishes-way = Sposób
wishes-sign = Migając
wishes-write = Tylko tekstem
wishes-done = Gotowe
framing-private = Bez nagrywania
framing-who = Widzi cię i słyszy tylko tłumacz.
framing-opening = Włączamy kamerę
framing-drawing = Nie ma kamery. To jest rysunek.
framing-drawing-line = Tłumacz zobaczy go zamiast ciebie. Możesz pisać.
framing-file = To film z pliku, nie kamera.
framing-file-line = Tłumacz zobaczy go zamiast ciebie.
framing-call = Połącz
framing-call-line = Z tłumaczem języka migowego

## Oczekiwanie

waiting-place = Twoje miejsce w kolejce
waiting-next = Teraz twoja kolej
waiting-asking = Stajemy w kolejce
waiting-ringing = Wzywamy tłumacza
waiting-ringing-line = Patrz na ekran.
waiting-transferred = Przekazujemy cię innemu tłumaczowi
waiting-transferred-line = Czekaj tutaj. Tekst rozmowy usunęliśmy.
waiting-range = Czekanie około { $low }–{ $high } min
waiting-about = Czekanie około { $minutes } min
waiting-below = Czekanie do { $minutes } min
waiting-unknown = Nie wiemy jeszcze, ile to potrwa.
waiting-waited = Czekasz { $minutes } min { $seconds } s
waiting-steps = Co będzie dalej
waiting-step-place = Szukamy wolnego tłumacza
waiting-step-ring = Tłumacz przyjmuje połączenie
waiting-step-talk = Rozmowa zacznie się sama
waiting-now = teraz
waiting-done = gotowe
waiting-leave = Nie czekaj
waiting-note = Napisz do urzędnika
waiting-note-title = Pokaż ekran urzędnikowi
waiting-note-hide = Ukryj
waiting-note-empty = Pisz. Tekst zostaje tylko na ekranie.
waiting-note-erase = Usuń
waiting-lost = Brak połączenia
waiting-lost-line = Łączymy się ponownie. Proszę czekać.

## Rozmowa

talk-interpreter = Tłumacz { $number }
talk-signing = UKL
talk-writing = Tylko tekst
talk-unseen = Kamera jest wyłączona
talk-good = Łączność dobra
talk-halting = Słaba sieć: obraz zwalnia
talk-blurred = Słaba sieć: widać cię niewyraźnie
talk-bell = Tłumacz prosi o uwagę
talk-private = Bez nagrywania
talk-speaking = Tłumacz mówi
talk-quiet = Tłumacz milczy
talk-no-speaker = Głośnik nie działa. Pracownik nie słyszy tłumacza.
talk-no-microphone = Mikrofon nie działa. Tłumacz nie słyszy pracownika.
talk-you = Ty
talk-drawing = Rysunek
talk-file = Plik
talk-text-none = Tu będzie tekst. Dotknij „Pisz”.
talk-text-type = Pisz. Tłumacz widzi każdą literę.
talk-write = Pisz
talk-hide = Ukryj
talk-paper = Dokument
paper-hold = Trzymaj dokument w ramce
paper-hold-line = Niech wypełni ramkę. Potem dotknij „Zrób zdjęcie”.
paper-taking = Robimy zdjęcie
paper-taking-line = Trzymaj dokument równo. To 2 sekundy.
paper-not-taken = Zdjęcie się nie udało
paper-not-taken-line = Dotknij „Zrób zdjęcie” jeszcze raz.
paper-taken = Czy wszystko widać?
paper-taken-line = To zdjęcie zobaczy tylko tłumacz.
paper-underway = Wysyłamy zdjęcie
paper-underway-line = Możesz już odłożyć dokument.
paper-whole = Tłumacz widzi zdjęcie
paper-whole-line = Nie zapisujemy go.
paper-pointed = Spójrz tutaj
paper-pointed-line = Tłumacz pokazuje to miejsce.
paper-damaged = Zdjęcie nie dotarło
paper-damaged-line = Dotknij „Jeszcze raz”.
paper-shoot = Zrób zdjęcie
paper-give = Pokaż
paper-again = Jeszcze raz
paper-done = Usuń
talk-space = spacja
talk-end = Zakończ
talk-stay = Nie, rozmawiać dalej
talk-sure-end = Tak, zakończyć
talk-again = Połącz ponownie
talk-connecting = Łączymy wideo
talk-connecting-line = Tłumacz już odpowiada. To potrwa kilka sekund.
talk-stalled = Przywracamy wideo: { $seconds } s
talk-stalled-sound = Obraz stanął. Dźwięk działa, możesz pisać.
talk-stalled-line = Obraz i dźwięk stanęły. Możesz pisać.
talk-write-now = Pisz teraz
talk-write-instead = Na razie pisz
talk-theirs-slow = Obraz jest wolny. Tekst dotrze od razu.
talk-own-slow = Twój obraz skacze. Tekst dotrze od razu.
talk-fluent-again = Obraz znów jest płynny
talk-fluent-again-line = Możesz migać.
talk-hold = Pauza
talk-held-line = Obie kamery są zamknięte. Nie widać cię.
talk-held-for = Tłumacz czeka: { $time }
talk-held-clerk = Możesz podejść do pracownika.
talk-closed = Kamera zamknięta
talk-go-on = Kontynuuj
talk-gone = Nie ma połączenia z tłumaczem
talk-gone-line = Poczekaj albo połącz ponownie. Będziesz na początku kolejki.
talk-unlinked = Nie ma połączenia z serwerem
talk-unlinked-line = Rozmowa trwa. Nic nie musisz robić.
talk-no-camera = Tłumacz nie ma kamery
talk-no-camera-line = Pisz. Tłumacz odpowie tekstem.

## Koniec rozmowy

ended-visitor = Rozmowa zakończona
ended-visitor-line = Masz jeszcze pytanie? Połącz się ponownie.
ended-interpreter = Rozmowa zakończona
ended-interpreter-line = Zakończono ją po stronie tłumacza.
ended-lost = Połączenie zostało przerwane
ended-lost-line = To nie twoja wina. Połącz się ponownie.
ended-closed = Tłumacze już nie pracują
ended-closed-line = Zwróć się do pracownika urzędu.
ended-unavailable = Teraz nikt nie może odpowiedzieć
ended-unavailable-line = Połącz się trochę później albo zapytaj pracownika urzędu.
ended-wiped = Usunęliśmy tekst rozmowy
ended-wiped-line = Nie nagrywaliśmy obrazu ani dźwięku.
ended-question = Czy wszystko było jasne?
ended-question-line = Dotknij twarzy. To anonimowe.
ended-question-seen = Czy dobrze było widać tłumacza?
ended-yes = Tak
ended-partly = Nie wszystko
ended-seen-partly = Nie zawsze
ended-no = Nie
ended-thanks = Dziękujemy. Odpowiedź jest bez imienia.
ended-left = Resztę usuniemy za { $seconds } s
ended-service = Co robić dalej
ended-again = Połącz ponownie
ended-again-line = Z tłumaczem języka migowego
ended-call = Połącz
ended-services = Do usług
ended-done = Gotowe

# Letters and contrast.
appearance-title = Jak wygodniej czytać?
appearance-line = Dotknij, aby włączyć lub wyłączyć.
appearance-letters = Duże litery
appearance-contrast = Większy kontrast
appearance-sample = Tak będzie wyglądał tekst
appearance-done = Gotowe

# Bilet kolejki.
ticket-title = Wpisz numer biletu
ticket-line = Pokażemy, kiedy cię wezwą.
ticket-example = Na przykład { $number }
ticket-wait = Czekaj na wezwanie
ticket-yours = Twój bilet
ticket-watch = Wezwiemy cię na tym ekranie.
ticket-now = Teraz przy okienkach
ticket-nobody = Nikogo jeszcze nie wezwano.
ticket-at = Okienko { $window }
ticket-change = Inny numer
ticket-lost = Brak połączenia
ticket-lost-line = Patrz na tablicę w sali.
ticket-called = Teraz twoja kolej
ticket-window = Okienko
ticket-seen = Widzę
ticket-done = Gotowe

# Alarm.
alarm-raid = Alarm lotniczy
alarm-raid-line = Idź teraz do schronu.
alarm-raid-way = Drogę pokażą znaki «Укриття» (schron).
alarm-raid-leave = Wyjdź z sali.
alarm-raid-walk = Idź za znakami «Укриття».
alarm-raid-stay = Czekaj tam na odwołanie alarmu.
alarm-fire = Pożar
alarm-fire-line = Wyjdź teraz na zewnątrz.
alarm-fire-way = Drogę pokażą znaki «Вихід» (wyjście).
alarm-fire-leave = Zostaw swoje rzeczy.
alarm-fire-walk = Idź za znakami «Вихід».
alarm-fire-stay = Czekaj na zewnątrz, z dala od drzwi.
alarm-lift = Nie używaj windy.
alarm-clear = Odwołanie alarmu pokażemy na tym ekranie.
alarm-visit = Potem zaczniesz od tego samego miejsca.
alarm-queue = Trzymamy twoje miejsce w kolejce.
alarm-call = Twoja rozmowa trwa.
alarm-help = Potrzebuję pomocy
alarm-help-show = Pokaż to ludziom obok
alarm-help-card =
    Я не чую.
    Допоможіть мені вийти, будь ласка.
alarm-help-calling = Wzywamy tłumacza.
alarm-help-call = Tłumacz jest na linii.
alarm-help-nobody = Teraz nie ma tłumacza.
alarm-where = Dokąd iść
alarm-to-call = Do rozmowy
