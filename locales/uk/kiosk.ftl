# Слова кіоску. Речення — не довші за 12 слів, дія — одна на рядок.

product = Жест

## Покликати перекладача

call-interpreter = Покликати перекладача
call-about-service = Запитати про цю послугу
free-now = { $free ->
    [0] Зараз усі зайняті. Станьте в чергу.
   *[other] Зараз вільні: { $free }. Безоплатно.
}
free-of-charge = Безоплатно. Розмову не записуємо.
call-not-now = Зараз недоступно. Дізнайтеся чому.

## Кнопки

back = Назад
finish = Завершити
change-language = Мова
appearance = Вигляд
ticket = Талон
still-here = Я ще тут

## Початок

attract-title = Тут говорять жестовою мовою
attract-line = Перекладач на екрані. Безоплатно.
attract-signing = Українська жестова мова
attract-signing-line = Торкніться, щоб почати
attract-language = Мова / Language

## Вибір мови

language-title = Мова екрана
language-line = Перекладач говорить українською жестовою мовою. Частина текстів — лише українською.

## Головний екран

home-title = Що вам потрібно?
home-line = Оберіть тему або покличте перекладача.
story-title = Перекладач жестової мови на екрані
story-line = Безоплатно. Без запису.

## Пошук

search-title = Знайти послугу
search-line = Напишіть назву або звичайне слово.
search-examples = Наприклад:
search-example-passport = паспорт
search-example-home = прописка
search-example-bills = субсидія
search-none = Ми такого не знайшли
search-none-line = Змініть слово або запитайте перекладача.
search-guess = Можливо, ви шукаєте це:

## Послуги

services-line = Оберіть послугу або запитайте перекладача.
services-count = { $count ->
    [one] { $count } послуга
    [few] { $count } послуги
   *[many] { $count } послуг
}
services-none = Тут поки немає послуг
services-none-line = Перекладач допоможе запитати в працівника ЦНАП.
needs-review = Дані уточнюємо
services-price-from = від { $amount }
services-price-differs = ціна різна
services-term-choice = строк на вибір
services-signpost = Підкажемо, куди йти

## Послуга

service-needs-review = Дані уточнюємо
service-needs-review-line = Перед оплатою запитайте перекладача чи працівника ЦНАП.
service-fee = Скільки коштує
service-fee-on = Ціна на { $date }
service-fee-unknown = ціну уточніть
service-documents = Що взяти
service-documents-none = Запитайте, які документи потрібні.
service-place = Де
service-provider = Хто надає
service-result = Що ви отримаєте
service-ready = Готово: { $ready } з { $all }
service-ready-line = Торкніться того, що вже маєте.
service-steps-tool = Кроки
service-take = Взяти із собою
service-signpost = Тут цього не оформлюють. Ми підкажемо, куди йти.
service-law = На чому це засновано
service-law-hide = Сховати закони
service-checked = Ми перевірили дані { $date }.
service-unchecked = Ці дані ще ніхто не перевірив.
service-gone = Цієї послуги вже немає
service-gone-line = Поверніться й оберіть іншу.

## Кроки

steps-of = Крок { $number } з { $count }
steps-next = Далі: крок { $number }
steps-done = Готово

## Відео жестовою мовою

clip-play = Дивитися
clip-pause = Пауза
clip-again = Ще раз
clip-slow = Повільно

## Взяти із собою

take-title = Візьміть список із собою
take-camera = Наведіть камеру телефона на код.
take-open = Торкніться посилання на телефоні.
take-keeps = Список відкриється й без інтернету.
take-offline-line = Список може не відкритися. Спробуйте пізніше.
take-print = Надрукувати
take-printing = Друкуємо
take-printing-line = Зачекайте кілька секунд.
take-printed = Надруковано
take-printed-line = Заберіть аркуш із принтера.
take-print-failed = Не вдалося надрукувати
take-print-failed-line = Відскануйте код телефоном або скажіть працівникові ЦНАП.
take-page-kept = Список збережено в телефоні. Він відкриється без інтернету.
take-page-gone-line = Зверніться до працівника ЦНАП.

## Недоступно

unavailable-link = Немає зв’язку
unavailable-link-line = Ми пробуємо з’єднатися знову й знову.
unavailable-staff = Зараз немає перекладачів
unavailable-staff-line = Спробуйте трохи пізніше.
unavailable-closed = Перекладачі зараз не працюють
unavailable-closed-line = Приходьте в робочий час.
unavailable-opens = Знову працюємо { $date } з { $time }.
unavailable-services = Послуги, ціни й документи можна читати й зараз.
unavailable-again = Щойно хтось зможе відповісти, ми скажемо тут.
unavailable-clerk = Покажіть це працівникові
unavailable-clerk-card =
    Я не чую.
    Пишіть мені, будь ласка.
    Потрібен перекладач жестової мови.
unavailable-browse = Переглянути послуги
unavailable-works-again = Перекладачі знову на зв’язку

## Очікування дотику

idle-title = Ви ще тут?
idle-line = Інакше ми зітремо все й почнемо спочатку.
idle-private = Наступна людина нічого з цього не побачить.
idle-seconds = { $seconds ->
    [one] секунда
    [few] секунди
   *[many] секунд
}

## Перевірка камери

framing-show-head = Покажіть обличчя
framing-show-hands = Покажіть руки
framing-show-light = Поверніться до світла
framing-head = Обличчя
framing-hands = Руки
framing-light = Світло
framing-wait = Поворушіть руками
framing-wait-line = Так камера побачить, де ви.
framing-nobody = Будьте перед камерою
framing-nobody-line = Перекладач має бачити вас до пояса.
framing-back = Посуньтеся назад
framing-back-line = Так буде видно голову й руки.
framing-near = Посуньтеся ближче
framing-near-line = Так буде краще видно пальці.
framing-right = Посуньтеся праворуч
framing-left = Посуньтеся ліворуч
framing-middle-line = Так буде видно обидві руки.
framing-dark = Світла замало
framing-dark-line = Посуньтеся туди, де світліше.
framing-bright = Світла забагато
framing-bright-line = Відійдіть від яскравого світла.
framing-behind = Світло позаду вас
framing-behind-line = Поверніться так, щоб світло було спереду.
framing-good = Вас добре видно
framing-good-line = Можна кликати перекладача.
framing-seated = Я сиджу
framing-standing = Я стою
framing-unseen = Камеру вимкнено
framing-unseen-line = Ви писатимете. Перекладач вас не бачитиме.
wishes-open = Побажання
wishes-title = Як вам зручно спілкуватися?
wishes-line = Усе підходить? Торкніться «Готово».
wishes-language = Мова
wishes-ukl = Українська жестова
wishes-rsl = Російська жестова
wishes-ils = Міжнародні жести
wishes-who = Перекладач
wishes-anyone = Не має значення
wishes-woman = Жінка
wishes-man = Чоловік
wishes-note = Ми пошукаємо такого перекладача. Довго чекати не доведеться.
wishes-way = Спосіб спілкування
wishes-sign = Жестовою мовою
wishes-write = Лише текстом
wishes-done = Готово
framing-private = Без запису
framing-who = Вас бачить і чує лише перекладач.
framing-opening = Вмикаємо камеру
framing-drawing = Камери немає. Це малюнок.
framing-drawing-line = Перекладач побачить його замість вас. Ви зможете писати.
framing-file = Це відео з файлу, не камера.
framing-file-line = Перекладач побачить його замість вас.
framing-call = Покликати
framing-call-line = Перекладача жестової мови

## Очікування

waiting-place = Ваше місце в черзі
waiting-next = Ви наступні
waiting-asking = Стаємо в чергу
waiting-ringing = Ми кличемо перекладача
waiting-ringing-line = Дивіться на екран.
waiting-transferred = Вас передають іншому перекладачеві
waiting-transferred-line = Зачекайте тут. Текст розмови ми стерли.
waiting-range = Чекати приблизно { $low }–{ $high } хв
waiting-about = Чекати приблизно { $minutes } хв
waiting-below = Чекати до { $minutes } хв
waiting-unknown = Скільки чекати, ми ще не знаємо.
waiting-waited = Ви чекаєте { $minutes } хв { $seconds } с
waiting-steps = Що буде далі
waiting-step-place = Ми шукаємо вільного перекладача
waiting-step-ring = Перекладач приймає ваш виклик
waiting-step-talk = Розмова почнеться сама
waiting-now = зараз
waiting-done = готово
waiting-leave = Не чекати
waiting-note = Написати працівникові
waiting-note-title = Покажіть екран працівникові
waiting-note-hide = Сховати
waiting-note-empty = Пишіть. Текст буде лише на екрані.
waiting-note-erase = Стерти
waiting-lost = Немає зв’язку
waiting-lost-line = Ми з’єднуємося знову. Зачекайте, будь ласка.

## Розмова

talk-interpreter = Перекладач { $number }
talk-signing = УЖМ
talk-writing = Лише текст
talk-unseen = Камеру вимкнено
talk-good = Зв’язок добрий
talk-halting = Зв’язок слабкий: відео повільне
talk-blurred = Зв’язок слабкий: вас видно нечітко
talk-bell = Перекладач кличе вас
talk-private = Без запису
talk-speaking = Перекладач говорить
talk-quiet = Перекладач мовчить
talk-no-speaker = Динамік не працює. Працівник не чує перекладача.
talk-no-microphone = Мікрофон не працює. Перекладач не чує працівника.
talk-you = Ви
talk-drawing = Малюнок
talk-file = Файл
talk-text-none = Тут буде текст. Торкніться «Писати».
talk-text-type = Пишіть. Перекладач бачить кожну літеру.
talk-write = Писати
talk-hide = Сховати
talk-paper = Документ
paper-hold = Тримайте документ у рамці
paper-hold-line = Хай аркуш займе всю рамку. Потім торкніться «Зняти».
paper-taking = Знімаємо
paper-taking-line = Тримайте документ нерухомо. Це триває 2 секунди.
paper-not-taken = Знімок не вийшов
paper-not-taken-line = Торкніться «Зняти» ще раз.
paper-taken = Усе видно?
paper-taken-line = Цей знімок побачить лише перекладач.
paper-underway = Надсилаємо знімок
paper-underway-line = Документ уже можна опустити.
paper-whole = Перекладач бачить знімок
paper-whole-line = Ми його не зберігаємо.
paper-pointed = Дивіться сюди
paper-pointed-line = Перекладач показує це місце.
paper-damaged = Знімок не дійшов
paper-damaged-line = Торкніться «Ще знімок».
paper-shoot = Зняти
paper-give = Показати
paper-again = Ще знімок
paper-done = Стерти
talk-space = пропуск
talk-end = Завершити
talk-stay = Ні, говорити далі
talk-sure-end = Так, завершити
talk-again = Покликати знову
talk-connecting = З’єднуємо відео
talk-connecting-line = Перекладач уже відповів. Зачекайте кілька секунд.
talk-stalled = Відновлюємо відео: { $seconds } с
talk-stalled-sound = Відео завмерло. Звук є, писати можна.
talk-stalled-line = Відео завмерло, звуку немає. Писати можна.
talk-write-now = Почати писати
talk-write-instead = Поки що пишіть
talk-theirs-slow = Відео повільне. Текст дійде одразу.
talk-own-slow = Вас видно уривками. Текст дійде одразу.
talk-fluent-again = Відео знову плавне
talk-fluent-again-line = Можна говорити жестами.
talk-hold = Пауза
talk-held-line = Обидві камери вимкнено. Вас не видно.
talk-held-for = Перекладач чекає: { $time }
talk-held-clerk = Можете підійти до працівника.
talk-closed = Камеру вимкнено
talk-go-on = Продовжити
talk-gone = Перекладач не на зв’язку
talk-gone-line = Зачекайте або покличте знову. Ви будете перші в черзі.
talk-unlinked = Немає зв’язку із сервером
talk-unlinked-line = Розмова триває. Нічого робити не треба.
talk-no-camera = Перекладач без камери
talk-no-camera-line = Пишіть. Перекладач відповість текстом.

## Кінець розмови

ended-visitor = Розмова закінчилася
ended-visitor-line = Лишилося питання? Покличте знову.
ended-interpreter = Розмова закінчилася
ended-interpreter-line = Її завершили з боку перекладача.
ended-lost = Зв’язок обірвався
ended-lost-line = Ви все зробили правильно. Покличте знову.
ended-closed = Перекладачі вже не працюють
ended-closed-line = Зверніться до працівника ЦНАП.
ended-unavailable = Зараз нікому відповісти
ended-unavailable-line = Покличте трохи пізніше або зверніться до працівника ЦНАП.
ended-wiped = Ми стерли текст розмови
ended-wiped-line = Відео й звук ми не записували.
ended-question = Чи все було зрозуміло?
ended-question-line = Торкніться смайлика. Це анонімно.
ended-question-seen = Чи добре було видно перекладача?
ended-yes = Так
ended-partly = Не все
ended-seen-partly = Не завжди
ended-no = Ні
ended-thanks = Дякуємо. Відповідь анонімна.
ended-left = Ми зітремо решту через { $seconds } с
ended-service = Що робити далі
ended-again = Покликати знову
ended-again-line = Перекладача жестової мови
ended-call = Покликати
ended-services = До списку послуг
ended-done = Готово

# Letters and contrast.
appearance-title = Як вам зручно читати?
appearance-line = Торкніться, щоб увімкнути або вимкнути.
appearance-letters = Великі літери
appearance-contrast = Більший контраст
appearance-sample = Так виглядатиме текст
appearance-done = Готово

# Талон черги.
ticket-title = Введіть номер талона
ticket-line = Ми покажемо, коли вас покличуть.
ticket-example = Наприклад, { $number }
ticket-wait = Чекати на виклик
ticket-yours = Ваш талон
ticket-watch = Ми покличемо вас на цьому екрані.
ticket-now = Зараз обслуговують
ticket-nobody = Ще нікого не покликали.
ticket-at = Вікно { $window }
ticket-change = Інший номер
ticket-lost = Немає зв’язку
ticket-lost-line = Дивіться на табло в залі.
ticket-called = Вас кличуть
ticket-window = Вікно
ticket-seen = Бачу
ticket-done = Готово

# Тривога.
alarm-raid = Повітряна тривога
alarm-raid-line = Негайно йдіть в укриття.
alarm-raid-way = Шлях покажуть знаки «Укриття».
alarm-raid-leave = Вийдіть із зали.
alarm-raid-walk = Ідіть за знаками «Укриття».
alarm-raid-stay = Чекайте там на відбій.
alarm-fire = Пожежа
alarm-fire-line = Негайно виходьте надвір.
alarm-fire-way = Шлях покажуть знаки «Вихід».
alarm-fire-leave = Залиште речі.
alarm-fire-walk = Ідіть за знаками «Вихід».
alarm-fire-stay = Чекайте надворі, далі від дверей.
alarm-lift = Ліфтом не користуйтеся.
alarm-clear = Відбій покажемо на цьому екрані.
alarm-visit = Потім ви продовжите з того самого місця.
alarm-queue = Ми збережемо ваше місце в черзі.
alarm-call = Ваша розмова триває.
alarm-help = Мені потрібна допомога
alarm-help-show = Покажіть це людям поруч
alarm-help-card =
    Я не чую.
    Допоможіть мені вийти, будь ласка.
alarm-help-calling = Ми кличемо перекладача.
alarm-help-call = Перекладач на зв’язку.
alarm-help-nobody = Перекладача зараз немає.
alarm-where = Куди йти
alarm-to-call = До розмови
