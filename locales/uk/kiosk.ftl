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
service-steps = Що робити
service-signpost = Тут цього не оформлюють. Ми підкажемо, куди йти.
service-law = На чому це засновано
service-law-hide = Сховати закони
service-checked = Ми перевірили дані { $date }.
service-unchecked = Ці дані ще ніхто не перевірив.
service-gone = Цієї послуги вже немає
service-gone-line = Поверніться й оберіть іншу.

## Недоступно

unavailable-link = Немає зв’язку
unavailable-link-line = Ми пробуємо з’єднатися знову й знову.
unavailable-staff = Зараз немає перекладачів
unavailable-staff-line = Спробуйте трохи пізніше.
unavailable-closed = Перекладачі зараз не працюють
unavailable-closed-line = Приходьте в робочий час.
unavailable-opens = Знову працюємо { $date } з { $time }.
unavailable-services = Послуги, ціни й документи можна читати далі.
unavailable-again = Щойно хтось зможе відповісти, ми скажемо тут.
unavailable-clerk = Покажіть це працівникові
unavailable-clerk-card =
    Я не чую.
    Пишіть мені, будь ласка.
    Потрібен перекладач жестової мови.
unavailable-browse = Дивитися послуги
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

framing-title = Перевірте, як вас видно
framing-line = Від голови до пояса, сидячи або стоячи.
framing-head = Видно обличчя
framing-hands = Видно обидві руки
framing-light = Світло спереду
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
waiting-ringing = Ми викликаємо перекладача
waiting-ringing-line = Дивіться на екран.
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
waiting-lost = Зв’язку немає
waiting-lost-line = Ми з’єднуємося знову. Зачекайте, будь ласка.

## Розмова

talk-interpreter = Перекладач { $number }
talk-signing = УЖМ
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
talk-space = пропуск
talk-end = Завершити
talk-stay = Ні, говорити далі
talk-sure-end = Так, завершити
talk-again = Покликати знову
talk-connecting = З’єднуємо відео
talk-connecting-line = Перекладач уже відповідає. Це кілька секунд.
talk-stalled = Відео зупинилося
talk-stalled-line = Ми відновлюємо зв’язок. Зачекайте.
talk-gone = Перекладач не на зв’язку
talk-gone-line = Зачекайте або покличте знову. Ви будете перші в черзі.
talk-unlinked = Сервер не на зв’язку
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
ended-again = Покликати знову
ended-again-line = Перекладача жестової мови
ended-call = Покликати
ended-services = До послуг
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
ticket-now = Зараз біля вікон
ticket-nobody = Ще нікого не покликали.
ticket-at = Вікно { $window }
ticket-change = Інший номер
ticket-lost = Зв’язку немає
ticket-lost-line = Дивіться на табло в залі.
ticket-called = Вас кличуть
ticket-window = Вікно
ticket-seen = Бачу
ticket-done = Готово

# Тривога.
alarm-raid = Повітряна тривога
alarm-raid-line = Ідіть в укриття зараз.
alarm-raid-way = Шлях покажуть знаки «Укриття».
alarm-raid-leave = Вийдіть із зали.
alarm-raid-walk = Ідіть за знаками «Укриття».
alarm-raid-stay = Чекайте там на відбій.
alarm-fire = Пожежа
alarm-fire-line = Виходьте надвір зараз.
alarm-fire-way = Шлях покажуть знаки «Вихід».
alarm-fire-leave = Залиште речі.
alarm-fire-walk = Ідіть за знаками «Вихід».
alarm-fire-stay = Чекайте надворі, далі від дверей.
alarm-lift = Ліфтом не користуйтеся.
alarm-clear = Відбій покажемо на цьому екрані.
alarm-visit = Потім ви почнете з того самого місця.
alarm-queue = Ми тримаємо ваше місце в черзі.
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
