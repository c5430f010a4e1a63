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
call-not-now = Not available now. See why.

## Buttons

back = Back
finish = Finish
change-language = Language
appearance = Appearance
ticket = Ticket
still-here = I am still here

## Start

attract-title = We sign here
attract-line = An interpreter on the screen. No charge.
attract-signing = Ukrainian Sign Language
attract-signing-line = Touch to start
attract-language = Language / Мова

## Choice of language

language-title = Language of the screen
language-line = The interpreter signs Ukrainian Sign Language. Some texts are only in Ukrainian.

## Home

home-title = What do you need?
home-line = Choose a topic or call an interpreter.
story-title = A sign language interpreter on the screen
story-line = No charge. No recording.

## Search

search-title = Find a service
search-line = Type a name or an everyday word.
search-examples = For example:
search-example-passport = passport
search-example-home = address
search-example-bills = subsidy
search-none = We found nothing like this
search-none-line = Change the word or ask an interpreter.
search-guess = Perhaps you mean this:

## Services

services-line = Choose a service or ask an interpreter.
services-count = { $count ->
    [one] { $count } service
   *[other] { $count } services
}
services-none = No services here yet
services-none-line = An interpreter will help you ask a clerk.
needs-review = Being checked
services-price-from = from { $amount }
services-price-differs = prices differ
services-term-choice = term to choose
services-signpost = We show where to go

## Service

service-needs-review = We are still checking this
service-needs-review-line = Ask an interpreter or a clerk before you pay.
service-fee = What it costs
service-fee-on = Price as of { $date }
service-fee-unknown = ask for the price
service-documents = What to bring
service-documents-none = Ask which papers you need.
service-place = Where
service-provider = Who provides it
service-result = What you get
service-ready = Ready: { $ready } of { $all }
service-ready-line = Touch what you already have.
service-steps-tool = Steps
service-take = Take with you
service-signpost = This is not done here. We show where to go.
service-law = What this is based on
service-law-hide = Hide the laws
service-checked = We checked this on { $date }.
service-unchecked = Nobody has checked this yet.
service-gone = This service is no longer here
service-gone-line = Go back and choose another one.

## Steps

steps-of = Step { $number } of { $count }
steps-next = Next: step { $number }
steps-done = Done

## Clips in sign language

clip-play = Play
clip-pause = Pause
clip-again = Again
clip-slow = Slowly

## Take with you

take-title = Take the list with you
take-camera = Point your phone’s camera at the code.
take-open = Tap the link on your phone.
take-keeps = The list opens without internet too.
take-offline-line = The code may not open. Try again later.
take-print = Print
take-printing = Printing
take-printing-line = Please wait a few seconds.
take-printed = Printed
take-printed-line = Take the sheet from the printer.
take-print-failed = Could not print
take-print-failed-line = Scan the code with your phone or tell a clerk.
take-page-kept = The list is kept on your phone. It opens without internet.
take-page-gone-line = Please ask a clerk.

## Unavailable

unavailable-link = No connection
unavailable-link-line = We keep trying to connect.
unavailable-staff = No interpreters right now
unavailable-staff-line = Please try a little later.
unavailable-closed = Interpreters are not working now
unavailable-closed-line = Please come during opening hours.
unavailable-opens = We work again on { $date } from { $time }.
unavailable-services = You can still read services, prices and papers.
unavailable-again = We tell you here as soon as somebody can answer.
unavailable-clerk = Show this to a clerk
unavailable-clerk-card =
    Я не чую.
    Пишіть мені, будь ласка.
    Потрібен перекладач жестової мови.
unavailable-browse = See the services
unavailable-works-again = Interpreters are available again

## Idle

idle-title = Are you still here?
idle-line = Otherwise we erase everything and start again.
idle-private = The next person will see nothing of it.
idle-seconds = { $seconds ->
    [one] second
   *[other] seconds
}

## Framing

framing-show-head = Show your face
framing-show-hands = Show your hands
framing-show-light = Face the light
framing-head = Face
framing-hands = Hands
framing-light = Light
framing-wait = Move your hands
framing-wait-line = This tells the camera where you are.
framing-nobody = Come before the camera
framing-nobody-line = The interpreter should see you to the waist.
framing-back = Take a step back
framing-back-line = Then head and hands are seen.
framing-near = Come closer
framing-near-line = Then your fingers are seen better.
framing-right = Move to the right
framing-left = Move to the left
framing-middle-line = Then both hands are seen.
framing-dark = There is too little light
framing-dark-line = Stand where it is brighter.
framing-bright = There is too much light
framing-bright-line = Move away from the bright light.
framing-behind = The light is behind you
framing-behind-line = Stand so that the light is before you.
framing-good = You are seen well
framing-good-line = You may call the interpreter.
framing-seated = I sit
framing-standing = I stand
framing-unseen = The camera is off
framing-unseen-line = You will write. The interpreter does not see you.
wishes-open = Wishes
wishes-title = How do you like to talk?
wishes-line = Is all well? Touch “Done”.
wishes-language = Language
wishes-ukl = Ukrainian Sign Language
wishes-rsl = Russian Sign Language
wishes-ils = International Sign
wishes-who = Interpreter
wishes-anyone = Anyone
wishes-woman = A woman
wishes-man = A man
wishes-note = We will look for one. You will not wait long for it.
wishes-way = Way
wishes-sign = By signing
wishes-write = By text only
wishes-done = Done
framing-private = Not recorded
framing-who = Only the interpreter sees and hears you.
framing-opening = Turning the camera on
framing-drawing = There is no camera. This is a drawing.
framing-drawing-line = The interpreter sees it instead of you. You can type.
framing-file = This is a video file, not a camera.
framing-file-line = The interpreter sees it instead of you.
framing-call = Call
framing-call-line = A sign language interpreter

## Waiting

waiting-place = Your place in the queue
waiting-next = You are next
waiting-asking = Joining the queue
waiting-ringing = We are calling an interpreter
waiting-ringing-line = Watch the screen.
waiting-transferred = You are being passed to another interpreter
waiting-transferred-line = Wait here. We erased the text.
waiting-range = Wait about { $low }–{ $high } min
waiting-about = Wait about { $minutes } min
waiting-below = Wait up to { $minutes } min
waiting-unknown = We do not know yet how long.
waiting-waited = You have waited { $minutes } min { $seconds } s
waiting-steps = What happens next
waiting-step-place = We look for a free interpreter
waiting-step-ring = An interpreter takes your call
waiting-step-talk = The conversation starts by itself
waiting-now = now
waiting-done = done
waiting-leave = Stop waiting
waiting-note = Write to the clerk
waiting-note-title = Show the screen to the clerk
waiting-note-hide = Hide
waiting-note-empty = Type. The text stays on the screen only.
waiting-note-erase = Erase
waiting-lost = No connection
waiting-lost-line = We are connecting again. Please wait.

## Call

talk-interpreter = Interpreter { $number }
talk-signing = UKL
talk-writing = Text only
talk-unseen = The camera is off
talk-good = Connection good
talk-halting = Weak network: slow video
talk-blurred = Weak network: you are blurred
talk-bell = The interpreter calls you
talk-private = Not recorded
talk-speaking = The interpreter is speaking
talk-quiet = The interpreter is silent
talk-no-speaker = No loudspeaker. The clerk cannot hear the interpreter.
talk-no-microphone = No microphone. The interpreter cannot hear the clerk.
talk-you = You
talk-drawing = Drawing
talk-file = File
talk-text-none = Text appears here. Touch “Type”.
talk-text-type = Type. The interpreter sees every letter.
talk-write = Type
talk-hide = Hide
talk-paper = Document
paper-hold = Hold the paper in the frame
paper-hold-line = Let it fill the frame. Then touch “Take it”.
paper-taking = Taking the picture
paper-taking-line = Hold the paper still. It takes 2 seconds.
paper-not-taken = The picture failed
paper-not-taken-line = Touch “Take it” once more.
paper-taken = Can you read it all?
paper-taken-line = Only the interpreter will see this picture.
paper-underway = Sending the picture
paper-underway-line = You may put the paper down.
paper-whole = The interpreter sees the picture
paper-whole-line = We do not keep it.
paper-pointed = Look here
paper-pointed-line = The interpreter points at this place.
paper-damaged = The picture did not arrive
paper-damaged-line = Touch “Another”.
paper-shoot = Take it
paper-give = Show it
paper-again = Another
paper-done = Erase
talk-space = space
talk-end = End call
talk-stay = No, go on talking
talk-sure-end = Yes, end the call
talk-again = Call again
talk-connecting = Connecting the video
talk-connecting-line = The interpreter has answered. This takes a few seconds.
talk-stalled = Restoring the video: { $seconds } s
talk-stalled-sound = The picture froze. Sound works, you can type.
talk-stalled-line = Picture and sound stopped. You can type.
talk-write-now = Type now
talk-write-instead = Type for now
talk-theirs-slow = The video is slow. Text arrives at once.
talk-own-slow = You are seen in jerks. Text arrives at once.
talk-fluent-again = The video is smooth again
talk-fluent-again-line = You can sign.
talk-hold = Pause
talk-held-line = Both cameras are closed. Nobody sees you.
talk-held-for = The interpreter waits: { $time }
talk-held-clerk = You may go to the clerk.
talk-closed = Camera closed
talk-go-on = Go on
talk-gone = The interpreter is out of reach
talk-gone-line = Wait or call again. You will be first in the queue.
talk-unlinked = The server is out of reach
talk-unlinked-line = The conversation goes on. There is nothing to do.
talk-no-camera = The interpreter has no camera
talk-no-camera-line = Type. The interpreter answers in text.

## Ended

ended-visitor = The conversation is over
ended-visitor-line = One more question? Call again.
ended-interpreter = The conversation is over
ended-interpreter-line = It was ended on the interpreter’s side.
ended-lost = The connection broke
ended-lost-line = You did everything right. Call again.
ended-closed = Interpreters no longer work today
ended-closed-line = Please ask a clerk.
ended-unavailable = There is nobody to answer now
ended-unavailable-line = Call a little later or ask a clerk.
ended-wiped = We erased the text of the conversation
ended-wiped-line = We recorded no picture and no sound.
ended-question = Was everything clear?
ended-question-line = Touch a face. It bears no name.
ended-question-seen = Did you see the interpreter well?
ended-yes = Yes
ended-partly = Not all
ended-seen-partly = Not always
ended-no = No
ended-thanks = Thank you. Your answer bears no name.
ended-left = We erase the rest in { $seconds } s
ended-service = What to do next
ended-again = Call again
ended-again-line = A sign language interpreter
ended-call = Call
ended-services = Services
ended-done = Done

# Letters and contrast.
appearance-title = How would you rather read?
appearance-line = Touch to switch on or off.
appearance-letters = Large letters
appearance-contrast = More contrast
appearance-sample = Text will look like this
appearance-done = Done

# The queue's ticket.
ticket-title = Enter your ticket number
ticket-line = We show you when you are called.
ticket-example = For example, { $number }
ticket-wait = Wait for the call
ticket-yours = Your ticket
ticket-watch = We call you on this screen.
ticket-now = At the windows now
ticket-nobody = Nobody has been called yet.
ticket-at = Window { $window }
ticket-change = Other number
ticket-lost = No connection
ticket-lost-line = Watch the board in the hall.
ticket-called = It is your turn
ticket-window = Window
ticket-seen = I see it
ticket-done = Done

# Alarm.
alarm-raid = Air raid alarm
alarm-raid-line = Go to the shelter now.
alarm-raid-way = Follow the signs «Укриття» (shelter).
alarm-raid-leave = Leave the hall.
alarm-raid-walk = Follow the signs «Укриття».
alarm-raid-stay = Wait there for the all-clear.
alarm-fire = Fire
alarm-fire-line = Leave the building now.
alarm-fire-way = Follow the signs «Вихід» (exit).
alarm-fire-leave = Leave your things.
alarm-fire-walk = Follow the signs «Вихід».
alarm-fire-stay = Wait outside, away from the doors.
alarm-lift = Do not use the lift.
alarm-clear = The all-clear comes on this screen.
alarm-visit = You will go on where you were.
alarm-queue = We keep your place in the queue.
alarm-call = Your conversation goes on.
alarm-help = I need help
alarm-help-show = Show this to people nearby
alarm-help-card =
    Я не чую.
    Допоможіть мені вийти, будь ласка.
alarm-help-calling = We are calling an interpreter.
alarm-help-call = The interpreter is with you.
alarm-help-nobody = There is no interpreter now.
alarm-where = Where to go
alarm-to-call = To the call
