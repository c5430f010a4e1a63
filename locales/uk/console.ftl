### Робоче місце перекладача жестової мови.

## Загальне

you = Ви
visitor = Людина
wait = Чекайте
interpreter = Перекладач { $number }
no-recording = Без запису
link-down = Немає зв’язку. Під’єднуємося знову
language-uk = Українська
language-en = English
signing-ukl = УЖМ
signing-rsl = Російська жестова мова
signing-ils = Міжнародні жести
writes-only = Лише текст, без камери
text-only-picture = Людина без камери. Пишіть їй.
title-ringing = Виклик · Жест

fault-version = Сторінка застаріла. Оновіть її
fault-too-fast = Забагато дій за раз. Зачекайте хвилину
fault-internal = Сервер не зміг це зробити. Спробуйте ще раз
fault-unavailable = Зараз це недоступно

## Вхід

login-lead = Робоче місце перекладача жестової мови
login-name = Логін
login-password = Пароль
login-submit = Увійти
login-help = Забули пароль? Зверніться до адміністратора.
login-bad = Логін або пароль не підходить. Перевірте розкладку клавіатури.
login-slow = Забагато спроб. Зачекайте пів хвилини.

## Перевірка пристроїв

check-title = Вас видно й чутно?
check-lead = Станьте так, щоб видно було руки й обличчя. Світло має падати спереду.
check-asking = Чекаємо на дозвіл браузера
check-camera-good = Камера працює
check-camera-bad = Камери немає
check-microphone-good = Мікрофон працює
check-microphone-bad = Мікрофона немає
check-light-wait = Перевіряємо світло
check-light-good = Світло добре
check-light-dark = Обличчя темне. Увімкніть лампу спереду.
check-light-bright = Забагато світла. Відсуньте лампу.
check-light-behind = Світло позаду вас. Увімкніть лампу спереду.
check-network-good = Зв’язок із сервером є
check-network-wait = Під’єднуємося до сервера
check-trouble-camera-refused = Браузер не дозволив доступу до камери. Натисніть значок камери в адресному рядку й дозвольте. Потім натисніть «Перевірити ще раз».
check-trouble-camera-missing = Браузер не знайшов камери. Під’єднайте її й натисніть «Перевірити ще раз».
check-trouble-camera-busy = Камеру зайняла інша програма. Закрийте її й натисніть «Перевірити ще раз».
check-trouble-microphone-refused = Браузер не дозволив доступу до мікрофона. Натисніть значок мікрофона в адресному рядку й дозвольте. Потім натисніть «Перевірити ще раз».
check-trouble-microphone-missing = Браузер не знайшов мікрофона. Під’єднайте його й натисніть «Перевірити ще раз».
check-trouble-microphone-busy = Мікрофон зайняла інша програма. Закрийте її й натисніть «Перевірити ще раз».
check-pick-camera = Камера
check-pick-microphone = Мікрофон
check-done = Усе добре, далі
check-without-camera = Працювати лише голосом і текстом
check-again = Перевірити ще раз

## Між викликами

status-available = Готово до викликів
status-break = Перерва
status-offline = Не на зміні
status-call = Розмова
status-offer = Виклик
status-wrap-up = Підсумок
go-available = Готово до викликів
go-break = Перерва
go-offline = Завершити зміну
idle-title-available = Чекаємо на виклик
idle-title-break = Перерва
idle-title-offline = Ви не на зміні
idle-lead-available = Екран блимне, і прийде сповіщення. Вкладку можна згорнути.
idle-lead-break = Виклики не надходять. Камеру вимкнено. Поверніться, коли відпочинете.
idle-lead-offline = Виклики не надходять. Камеру вимкнено. Почніть зміну, коли будете готові.
idle-lead-missed = Ви пропустили кілька викликів. Ми поставили перерву. Поверніться, коли будете готові.
gone-missed = Виклик перейшов до іншого перекладача.
gone-taken = Виклик уже взяли або скасували.
gone-cancelled = Людина не дочекалася й пішла.
gone-ended = Розмова закінчилася.
gone-lost = Зв’язок із людиною обірвався.
pool-title = Зараз
pool-waiting = У черзі
pool-available = Вільні перекладачі
settings-title = Налаштування
settings-sound-on = Виклик звучить
settings-sound-off = Виклик без звуку
settings-keys-on = Клавіші натискають кнопки
settings-keys-off = Клавіші не натискають кнопок
settings-devices = Перевірити камеру
settings-log-out = Вийти

## Виклик

offer-title = Вас кличуть
offer-language = Мова
offer-waited = Людина чекає
offer-left = { $seconds } с
offer-answer = Відповісти
offer-decline = Відхилити
offer-why = Чому відхиляєте?
offer-back = Не відхиляти
decline-unwell = Мені потрібна перерва
decline-conflict = Я знаю цю людину
decline-topic = Я не знаю цієї теми
decline-technical = Технічна проблема

## Послуга

service-none = Людина не обрала теми
service-none-lead = Запитайте, що їй потрібно.
service-loading = Шукаємо послугу
service-missing = Опису послуги немає. Запитайте людину.
service-review = Дані уточнюємо
service-fee-unknown = Сума невідома
service-documents = Документи
service-place = Де
service-provider = Надає

## Розмова

mute = Мікрофон
unmute = Вас не чути
curtain = Шторка
uncurtain = Шторка закрита
curtain-for-visitor = Перекладач ненадовго закрив камеру
camera-lost-for-visitor = Камера перекладача вимкнулася
curtain-closed = Шторка закрита. Людина бачить напис замість вас.
hold = Пауза
go-on = Продовжити
held-title = Пауза
held-line = Обидві камери вимкнено. Вас не видно й не чутно.
held-strip = Пауза. Людина може відійти. Текст працює.
held-asked = Вас уже не видно й не чутно. Кіоск ще не відповів.
held-own = Камеру вимкнено
hangup = Завершити
hangup-question = Завершити розмову?
hangup-confirm = Так, завершити
hangup-back = Ні
transfer = Передати
transfer-question = Передати розмову колезі?
transfer-confirm = Так, передати
transfer-asked = Шукаємо вільного колегу…
transfer-refused = Зараз немає вільного колеги. Залишайтеся на зв’язку.
transfer-failed = Не вдалося передати. Спробуйте ще раз.
transfer-seen = Зрозуміло
text-title = Текст наживо
text-empty = Тут буде видно кожну літеру.
text-input = Пишіть: видно кожну літеру
quality = { $fps } кадр/с · { $delay } мс
quality-frames = { $fps } кадр/с
trouble-connecting = Під’єднуємо камеру людини
trouble-broken = Зв’язок перервався. Відновлюємо його.
trouble-stalled = Відео зупинилося. Пишіть текстом.
trouble-slow = Відео людини повільне. Пишіть: текст приходить одразу.
trouble-slow-there = Людина бачить вас уривками. Пишіть: текст приходить одразу.
trouble-link = Сервер недоступний. Розмова триває.
trouble-visitor-link = Кіоск утратив зв’язок із сервером. Розмова триває.
camera-none = Без відео: голос і текст
trouble-camera = Ваша камера від’єдналася. Під’єднайте її знову.
trouble-muffled = Браузер чекає. Натисніть будь-яку клавішу, щоб чути.
trouble-air-raid = У ЦНАП повітряна тривога. Скажіть людині, щоб ішла в укриття.
trouble-fire = У ЦНАП пожежа. Скажіть людині, щоб вийшла надвір.
trouble-none = Зв’язок добрий
visitor-calls = Людина просить уваги.
paper-title = Документ людини
paper-coming = Людина надсилає документ: { $share } %
paper-point = Клацніть, щоб показати місце
paper-nearer = Збільшити
paper-farther = Зменшити
paper-close = Прибрати
voice-visitor = ЦНАП
voice-own = Ви

## Після розмови

wrap-up-title = Розмова закінчилася
wrap-up-question = Чим закінчилося?
wrap-up-done = Готово
wrap-up-left = Ще { $seconds } с без викликів
wrap-up-kept = Запам’ятали. Скажемо серверу, щойно буде зв’язок.
ended-visitor = Людина завершила розмову.
ended-interpreter = Ви завершили розмову.
ended-transferred = Ви передали розмову колезі.
ended-lost = Зв’язок із людиною обірвався.
ended-closed = Служба закінчила роботу.
outcome-resolved = Питання вирішили
outcome-follow-up = Потрібен ще один візит
outcome-visitor-left = Людина пішла раніше
outcome-technical = Завадила техніка
outcome-mistake = Помилковий виклик

## Інша сторінка

replaced-title = Ви працюєте в іншій вкладці
replaced-lead = Виклики приходять туди. Тут нічого не відбувається.
replaced-take-over = Працювати тут
