# Kiosknıñ sözleri. Cümlede eñ çoq 12 söz, er satırda bir areket.

product = Zhest

## Tercimannı çağırmaq

call-interpreter = Tercimannı çağırmaq
call-about-service = Bu hızmet aqqında soramaq
free-now = { $free ->
    [0] Şimdi episi meşğul. Nevbetke turuñız.
   *[other] Şimdi boş: { $free }. Parasız.
}
free-of-charge = Parasız. Laqırdını yazıp almaymız.
call-not-now = Şimdi olmay. Sebebini baqıñız.

## Dögmeler

back = Artqa
finish = Bitirmek
change-language = Til
appearance = Körünişi
ticket = Talon
still-here = Men daa mındam

## Başlanğıç

attract-title = Mında işaret tilinde laf etemiz
attract-line = Ekranda terciman. Parasız.
attract-signing = Ukrain işaret tili
attract-signing-line = Başlamaq içün toqunıñız
attract-language = Til / Language

## Til saylavı

language-title = Ekran tili
language-line = Terciman ukrain işaret tilinde laf ete. Bazı metinler tek ukrain tilinde.

## Baş ekran

home-title = Sizge ne kerek?
home-line = Mevzunı saylañız ya da tercimannı çağırıñız.
story-title = Ekranda işaret tili tercimanı
story-line = Parasız. Yazıp almaymız.

## Qıdıruv

search-title = Hızmet tapmaq
search-line = Adını ya da adiy bir söz yazıñız.
search-examples = Meselâ:
search-example-passport = pasport
search-example-home = propiska
search-example-bills = subsidiya
search-none = Böyle şey tapmadıq
search-none-line = Sözni deñiştiriñiz ya da tercimandan sorañız.
search-guess = Belki bunı qıdırasıñız:

## Hızmetler

services-line = Hızmetni saylañız ya da tercimandan sorañız.
services-count = { $count ->
    [one] { $count } hızmet
   *[other] { $count } hızmet
}
services-none = Mında şimdilik hızmet yoq
services-none-line = Terciman hadimden soramağa yardım eter.
needs-review = Malümat teşkerile
services-price-from = eñ az { $amount }
services-price-differs = fiyatlar farqlı
services-term-choice = müddet saylanıla
services-signpost = Qayda barmaq kerek, aytarmız

## Hızmet

service-needs-review = Malümat teşkerile
service-needs-review-line = Tölemezden evel tercimandan ya da hadimden sorañız.
service-fee = Fiyatı
service-fee-on = { $date } kününe fiyat
service-fee-unknown = fiyatını sorañız
service-documents = Ne alıp kelmek kerek
service-documents-none = Angi vesiqalar kerek, sorañız.
service-place = Qayda
service-provider = Hızmetni kim köstere
service-result = Ne alacaqsıñız
service-ready = Azır: { $ready } / { $all }
service-ready-line = Sizde olğan vesiqağa toqunıñız.
service-steps-tool = Adımlar
service-take = Yanıñızğa alıñız
service-signpost = Bu mında yapılmay. Qayda barmaq kerek, aytarmız.
service-law = Qanuniy esas
service-law-hide = Qanunlarnı gizlemek
service-checked = Malümatnı { $date } künü teşkerdik.
service-unchecked = Bu malümatnı daa kimse teşkermedi.
service-gone = Bu hızmet endi yoq
service-gone-line = Artqa qaytıñız ve başqasını saylañız.

## Adımlar

steps-of = Adım { $number } / { $count }
steps-next = Soñra: adım { $number }
steps-done = Azır

## İşaret tilindeki videolar

clip-play = Oynat
clip-pause = Toqtat
clip-again = Bir daa
clip-slow = Yavaş

## Yanıñızğa alıñız

take-title = Cedvelni yanıñızğa alıñız
take-camera = Telefon kamerasını kodğa doğrultıñız.
take-open = Telefonda bağlantığa toqunıñız.
take-keeps = Cedvel internetsiz de açıla.
take-offline-line = Kod açılmaycaq ola bilir. Soñra baqıñız.
take-print = Basıp çıqarmaq
take-printing = Basıla
take-printing-line = Bir qaç saniye bekleñiz.
take-printed = Basıldı
take-printed-line = Kâğıtnı printerden alıñız.
take-print-failed = Basıp olmadı
take-print-failed-line = Kodnı telefonnen skanlañız ya da hadimge aytıñız.
take-page-kept = Cedvel telefonda saqlandı. İnternetsiz açıla.
take-page-gone-line = Hadimge muracaat etiñiz.

## Olmağanda

unavailable-link = Bağlantı yoq
unavailable-link-line = Kene bağlanmağa tırışamız.
unavailable-staff = Şimdi tercimanlar yoq
unavailable-staff-line = Biraz soñra baqıñız.
unavailable-closed = Tercimanlar şimdi çalışmay
unavailable-closed-line = İş vaqtında keliñiz.
unavailable-opens = Kene çalışamız: { $date }, saat { $time }.
unavailable-services = Hızmetler, fiyatlar ve vesiqalarnı oqumaq mümkün.
unavailable-again = Kimdir cevap bere bilgende, mında aytırmız.
unavailable-clerk = Bunı hadimge kösteriñiz
unavailable-clerk-card =
    Я не чую.
    Пишіть мені, будь ласка.
    Потрібен перекладач жестової мови.
unavailable-browse = Hızmetlerge baqmaq
unavailable-works-again = Tercimanlar kene çalışa

## Toqunuv beklegende

idle-title = Siz daa mındasıñızmı?
idle-line = Yoqsa er şeyni silip, baştan başlaymız.
idle-private = Soñraki insan bundan iç bir şey körmez.
idle-seconds = { $seconds ->
    [one] saniye
   *[other] saniye
}

## Kameranı teşkerüv

framing-show-head = Yüzüñizni kösteriñiz
framing-show-hands = Qollarıñıznı kösteriñiz
framing-show-light = Yarıqqa turuñız
framing-head = Yüz
framing-hands = Qollar
framing-light = Yarıq
framing-wait = Qollarıñıznı qıbırdatıñız
framing-wait-line = Böyle kamera qayda turğanıñıznı körer.
framing-nobody = Kamera ögünde turuñız
framing-nobody-line = Terciman sizni belge qadar körmek kerek.
framing-back = Bir adım keri turuñız
framing-back-line = Böyle baş ve qollar körüne.
framing-near = Yaqınca keliñiz
framing-near-line = Böyle parmaqlar yahşı körüne.
framing-right = Oñğa turuñız
framing-left = Solğa turuñız
framing-middle-line = Böyle eki qol da körüne.
framing-dark = Yarıq az
framing-dark-line = Yarıqça yerde turuñız.
framing-bright = Yarıq pek çoq
framing-bright-line = Keskin yarıqtan çetke turuñız.
framing-behind = Yarıq arqañızda
framing-behind-line = Yarıq ögüñizde olsun.
framing-good = Siz yahşı körünesiz
framing-good-line = Tercimannı çağırmaq mümkün.
framing-seated = Men otıram
framing-standing = Men turam
framing-unseen = Kamera söndürildi
framing-unseen-line = Siz yazarsıñız. Terciman sizni körmey.
wishes-open = İstekler
wishes-title = Sizge nasıl laf etmek qolay?
wishes-line = Er şey uyamı? «Azır»ğa toqunıñız.
wishes-language = Til
wishes-ukl = Ukrain işaret tili
wishes-rsl = Rus işaret tili
wishes-ils = International Sign
wishes-who = Terciman
wishes-anyone = Farqı yoq
wishes-woman = Qadın
wishes-man = Erkek
wishes-note = Öyle tercimannı qıdırırmız. Çoq beklemezsiñiz.
wishes-way = Usul
wishes-sign = İşaretlernen
wishes-write = Tek metinnen
wishes-done = Azır
framing-private = Yazıp almaymız
framing-who = Sizni tek terciman köre ve eşite.
framing-opening = Kameranı açamız
framing-drawing = Kamera yoq. Bu resimdir.
framing-drawing-line = Terciman siziñ yeriñizge onı körer. Siz yazıp olursıñız.
framing-file = Bu kamera degil, fayldan videodır.
framing-file-line = Terciman siziñ yeriñizge onı körer.
framing-call = Çağırmaq
framing-call-line = İşaret tili tercimanını

## Beklev

waiting-place = Nevbetteki yeriñiz
waiting-next = Soñraki nevbet siziñki
waiting-asking = Nevbetke turamız
waiting-ringing = Tercimannı çağıramız
waiting-ringing-line = Ekranğa baqıñız.
waiting-transferred = Sizni başqa tercimanğa beremiz
waiting-transferred-line = Mında bekleñiz. Laf metni silindi.
waiting-range = Taqriben { $low }–{ $high } daqqa bekleñiz
waiting-about = Taqriben { $minutes } daqqa bekleñiz
waiting-below = Eñ çoq { $minutes } daqqa bekleñiz
waiting-unknown = Ne qadar beklemek kerek, daa bilmeymiz.
waiting-waited = Siz { $minutes } daq. { $seconds } san. bekleysiñiz
waiting-steps = Soñra ne olacaq
waiting-step-place = Boş terciman qıdıramız
waiting-step-ring = Terciman çağıruvıñıznı qabul ete
waiting-step-talk = Laqırdı özü başlanır
waiting-now = şimdi
waiting-done = azır
waiting-leave = Beklememek
waiting-note = Hadimge yazmaq
waiting-note-title = Ekrannı hadimge kösteriñiz
waiting-note-hide = Gizle
waiting-note-empty = Yazıñız. Metin tek ekranda qalır.
waiting-note-erase = Sil
waiting-lost = Bağlantı yoq
waiting-lost-line = Kene bağlanamız. Bekleñiz, lütfen.

## Laqırdı

talk-interpreter = Terciman { $number }
talk-signing = UKL
talk-writing = Tek metin
talk-unseen = Kamera söndürildi
talk-good = Bağ yahşı
talk-halting = Ağ zayıf: video yavaş
talk-blurred = Ağ zayıf: siz bulanıq körünesiz
talk-bell = Terciman diqqatıñıznı rica ete
talk-private = Yazıp almaymız
talk-speaking = Terciman laf ete
talk-quiet = Terciman susa
talk-no-speaker = Dinamik çalışmay. Hadim tercimannı eşitmey.
talk-no-microphone = Mikrofon çalışmay. Terciman hadimni eşitmey.
talk-you = Siz
talk-drawing = Resim
talk-file = Fayl
talk-text-none = Metin mında olacaq. Toqunıñız: «Yazmaq».
talk-text-type = Yazıñız. Terciman er arifni köre.
talk-write = Yazmaq
talk-hide = Gizlemek
talk-paper = Vesiqa
paper-hold = Vesiqanı çerçivede tutuñız
paper-hold-line = Çerçiveni toldursın. Soñra «Çıqar»ğa toqunıñız.
paper-taking = Resimni çıqaramız
paper-taking-line = Vesiqanı doğru tutuñız. Bu 2 saniye.
paper-not-taken = Resim olmadı
paper-not-taken-line = «Çıqar»ğa bir daa toqunıñız.
paper-taken = Er şey körüneme?
paper-taken-line = Bu resimni tek terciman körecek.
paper-underway = Resimni yollaymız
paper-underway-line = Vesiqanı endi qoymaq mümkün.
paper-whole = Terciman resimni köre
paper-whole-line = Biz onı saqlamaymız.
paper-pointed = Mında baqıñız
paper-pointed-line = Terciman bu yerni köstere.
paper-damaged = Resim yetip kelmedi
paper-damaged-line = «Daa bir»ge toqunıñız.
paper-shoot = Çıqar
paper-give = Köster
paper-again = Daa bir
paper-done = Sil
talk-space = boşluq
talk-end = Bitirmek
talk-stay = Yoq, laf etmek
talk-sure-end = Ebet, bitirmek
talk-again = Kene çağırmaq
talk-connecting = Videonı bağlaymız
talk-connecting-line = Terciman cevap bere. Bu bir qaç saniye.
talk-stalled = Videonı qaytaramız: { $seconds } s
talk-stalled-sound = Resim toqtadı. Ses bar, yazmaq mümkün.
talk-stalled-line = Resim ve ses toqtadı. Yazmaq mümkün.
talk-write-now = Şimdi yazmaq
talk-write-instead = Şimdilik yazıñız
talk-theirs-slow = Video yavaş. Metin birden kele.
talk-own-slow = Siz kesik körünesiz. Metin birden kele.
talk-fluent-again = Video kene tez
talk-fluent-again-line = İşaretlernen qonuşmaq mümkün.
talk-hold = Toqtav
talk-held-line = Eki kamera da qapalı. Sizni kimse körmey.
talk-held-for = Terciman bekley: { $time }
talk-held-clerk = Hadimniñ yanına barmaq mümkün.
talk-closed = Kamera qapalı
talk-go-on = Devam etmek
talk-gone = Tercimannen bağlantı yoq
talk-gone-line = Bekleñiz ya da kene çağırıñız. Nevbette birinci olursıñız.
talk-unlinked = Servernen bağlantı yoq
talk-unlinked-line = Laqırdı devam ete. İç bir şey yapmaq kerekmey.
talk-no-camera = Tercimannıñ kamerası yoq
talk-no-camera-line = Yazıñız. Terciman metinnen cevap berir.

## Laqırdınıñ soñu

ended-visitor = Laqırdı bitti
ended-visitor-line = Daa sualiñiz barmı? Kene çağırıñız.
ended-interpreter = Laqırdı bitti
ended-interpreter-line = Onı terciman tarafı bitirdi.
ended-lost = Bağlantı üzüldi
ended-lost-line = Siz er şeyni doğru yaptıñız. Kene çağırıñız.
ended-closed = Tercimanlar endi çalışmay
ended-closed-line = Hadimge muracaat etiñiz.
ended-unavailable = Şimdi cevap berecek kimse yoq
ended-unavailable-line = Biraz soñra çağırıñız ya da hadimge muracaat etiñiz.
ended-wiped = Laqırdınıñ metnini sildik
ended-wiped-line = Video ve sesni yazıp almadıq.
ended-question = Er şey añlaşıldımı?
ended-question-line = Yüzge toqunıñız. Bu adsız.
ended-question-seen = Terciman yahşı körüngenmi?
ended-yes = Ebet
ended-partly = Er şey degil
ended-seen-partly = Er vaqıt degil
ended-no = Yoq
ended-thanks = Sağ oluñız. Cevap adsızdır.
ended-left = Qalğanını { $seconds } s soñ silermiz
ended-service = Endi ne yapmalı
ended-again = Kene çağırmaq
ended-again-line = İşaret tili tercimanını
ended-call = Çağırmaq
ended-services = Hızmetlerge
ended-done = Azır

# Letters and contrast.
appearance-title = Nasıl oqumaq qolay?
appearance-line = Açmaq ya da qapatmaq içün toqunıñız.
appearance-letters = Büyük ariflер
appearance-contrast = Küçlü kontrast
appearance-sample = Metin böyle körünecek
appearance-done = Azır

# Nevbet talonı.
ticket-title = Talon nomerini yazıñız
ticket-line = Sizni çağırğanda kösterirmiz.
ticket-example = Meselâ, { $number }
ticket-wait = Çağıruvnı beklemek
ticket-yours = Sizniñ talonıñız
ticket-watch = Sizni bu ekranda çağırırmız.
ticket-now = Şimdi pencereler yanında
ticket-nobody = Daa kimseni çağırmadılar.
ticket-at = { $window }-nci pencere
ticket-change = Başqa nomer
ticket-lost = Bağ yoq
ticket-lost-line = Zaldaki tablağa baqıñız.
ticket-called = Sizni çağıralar
ticket-window = Pencere
ticket-seen = Körem
ticket-done = Azır

# Telüke.
alarm-raid = Ava telükesi
alarm-raid-line = Şimdi sığınaqqa barıñız.
alarm-raid-way = Yolnı «Укриття» (sığınaq) işaretleri kösterir.
alarm-raid-leave = Zaldan çıqıñız.
alarm-raid-walk = «Укриття» işaretleri boyunca barıñız.
alarm-raid-stay = Anda telükeniñ soñunı bekleñiz.
alarm-fire = Yanğın
alarm-fire-line = Şimdi tışarığa çıqıñız.
alarm-fire-way = Yolnı «Вихід» (çıqış) işaretleri kösterir.
alarm-fire-leave = Şeyleriñizni qaldırıñız.
alarm-fire-walk = «Вихід» işaretleri boyunca barıñız.
alarm-fire-stay = Tışarıda, qapılardan uzaqta bekleñiz.
alarm-lift = Lift qullanmañız.
alarm-clear = Telükeniñ soñunı bu ekranda kösterirmiz.
alarm-visit = Soñra şu yerden devam etersiñiz.
alarm-queue = Nevbetteki yeriñizni saqlaymız.
alarm-call = Laqırdıñız devam ete.
alarm-help = Maña yardım kerek
alarm-help-show = Bunı yanıñızdaki insanlarğa kösteriñiz
alarm-help-card =
    Я не чую.
    Допоможіть мені вийти, будь ласка.
alarm-help-calling = Biz tercimannı çağıramız.
alarm-help-call = Terciman sizniñ ileñiz.
alarm-help-nobody = Şimdi terciman yoq.
alarm-where = Qayda barmaq
alarm-to-call = Laqırdığa
