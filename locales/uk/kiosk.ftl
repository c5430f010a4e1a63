# Слова кіоску. Речення — не довші за 12 слів, дія — одна на рядок.

product = Жест

## Покликати перекладача

call-interpreter = Покликати перекладача
call-about-service = Запитати про цю послугу
free-now = { $free ->
    [0] Зараз усі зайняті. Можна стати в чергу.
   *[other] Зараз вільні: { $free }. Безоплатно.
}
free-of-charge = Безоплатно. Розмову не записуємо.
call-not-now = Зараз недоступно. Торкніться, щоб дізнатися чому.

## Кнопки

back = Назад
finish = Завершити
change-language = Мова
to-start = На початок
still-here = Я ще тут

## Початок

attract-title = Тут говорять жестовою мовою
attract-line = Перекладач жестової мови — на екрані, безоплатно.
attract-signing = Українська жестова мова
attract-signing-line = Торкніться, щоб почати
attract-languages = Мова екрана

## Головний екран

home-title = Що вам потрібно?
home-line = Оберіть тему або покличте перекладача.
home-private = Розмову не записуємо

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

## Послуга

service-needs-review = Дані уточнюємо
service-needs-review-line = Перед оплатою запитайте перекладача чи працівника ЦНАП.
service-fee = Скільки коштує
service-fee-on = Ціна на { $date }
service-fee-unknown = ціну уточніть
service-term = Строк
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
unavailable-opens = Знову працюємо { $date } о { $time }.
unavailable-services = Послуги, ціни й документи можна читати далі.
unavailable-clerk = Покажіть це працівникові
unavailable-clerk-card = Я не чую. Пишіть мені, будь ласка. Потрібен перекладач жестової мови.
unavailable-browse = Дивитися послуги
unavailable-works-again = Перекладачі знову на зв’язку

## Очікування дотику

idle-title = Ви ще тут?
idle-line = Інакше ми зітремо все й почнемо спочатку.
idle-seconds = { $seconds ->
    [one] секунда
    [few] секунди
   *[many] секунд
}
