# The kiosk's words. Sentences of at most 12 words, one action a line.

product = Zhest

## Call an interpreter

call-interpreter = Call an interpreter
call-about-service = Ask about this service
free-now = { $free ->
    [0] All are busy now. You can queue.
   *[other] Free now: { $free }. No charge.
}
free-of-charge = No charge. We do not record.
call-not-now = Not available now. Touch to see why.

## Buttons

back = Back
finish = Finish
change-language = Language
to-start = To the start
still-here = I am still here

## Start

attract-title = Sign language is spoken here
attract-line = A sign language interpreter on the screen, free of charge.
attract-signing = Ukrainian Sign Language
attract-signing-line = Touch to start
attract-languages = Language of the screen

## Home

home-title = What do you need?
home-line = Choose a topic or call an interpreter.
home-private = We do not record

## Services

services-line = Choose a service or ask an interpreter.
services-count = { $count ->
    [one] { $count } service
   *[other] { $count } services
}
services-none = No services here yet
services-none-line = An interpreter will help you ask a clerk.
needs-review = Being checked

## Service

service-needs-review = We are still checking this
service-needs-review-line = Ask an interpreter or a clerk before you pay.
service-fee = What it costs
service-fee-on = Price as of { $date }
service-fee-unknown = ask for the price
service-term = How long
service-documents = What to bring
service-documents-none = Ask which papers you need.
service-place = Where
service-provider = Who provides it
service-result = What you get
service-steps = What to do
service-signpost = This is not done here. We show where to go.
service-law = What this is based on
service-law-hide = Hide the laws
service-checked = We checked this on { $date }.
service-unchecked = Nobody has checked this yet.
service-gone = This service is no longer here
service-gone-line = Go back and choose another one.

## Unavailable

unavailable-link = No connection
unavailable-link-line = We keep trying to connect.
unavailable-staff = No interpreters right now
unavailable-staff-line = Please try a little later.
unavailable-closed = Interpreters are not working now
unavailable-closed-line = Please come during opening hours.
unavailable-opens = We work again on { $date } at { $time }.
unavailable-services = You can still read services, prices and papers.
unavailable-clerk = Show this to a clerk
unavailable-clerk-card = Я не чую. Пишіть мені, будь ласка. Потрібен перекладач жестової мови.
unavailable-browse = See the services
unavailable-works-again = Interpreters are available again

## Idle

idle-title = Are you still here?
idle-line = Otherwise we erase everything and start again.
idle-seconds = { $seconds ->
    [one] second
   *[other] seconds
}
