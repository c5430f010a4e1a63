### The sign language interpreter's workplace.

## Everywhere

you = You
visitor = Visitor
wait = Wait
interpreter = Interpreter { $number }
no-recording = Not recorded
link-down = No connection. Reconnecting
language-uk = Українська
language-en = English
signing-ukl = Ukrainian Sign Language
signing-rsl = Russian Sign Language
signing-ils = International Sign
writes-only = Text only, no camera
text-only-picture = The visitor shows no picture. Write to them.
title-ringing = Call · Жест

fault-version = This page is out of date. Reload it
fault-too-fast = Too many actions at once. Wait a minute
fault-internal = The server could not do that. Try again
fault-unavailable = Not available now

## Login

login-lead = The sign language interpreter’s workplace
login-name = Login
login-password = Password
login-submit = Log in
login-help = Forgot the password? Ask your administrator.
login-bad = Login or password is not right. Check the keyboard layout.
login-slow = Too many tries. Wait half a minute.

## Device check

check-title = Can you be seen and heard?
check-lead = Stand so that hands and face are seen. Light should come from the front.
check-asking = Waiting for the browser’s permission
check-camera-good = The camera works
check-camera-bad = There is no camera
check-microphone-good = The microphone works
check-microphone-bad = There is no microphone
check-light-wait = Looking at the light
check-light-good = The light is good
check-light-dark = Your face is dark. Light a lamp in front of you.
check-light-bright = Too much light. Move the lamp away.
check-light-behind = The light is behind you. Light a lamp in front of you.
check-network-good = The server is in reach
check-network-wait = Connecting to the server
check-trouble-camera-refused = The browser refused the camera. Press the camera icon in the address bar and allow it. Then press “Check again”.
check-trouble-camera-missing = The browser found no camera. Plug one in and press “Check again”.
check-trouble-camera-busy = Another program uses the camera. Close it and press “Check again”.
check-trouble-microphone-refused = The browser refused the microphone. Press the microphone icon in the address bar and allow it. Then press “Check again”.
check-trouble-microphone-missing = The browser found no microphone. Plug one in and press “Check again”.
check-trouble-microphone-busy = Another program uses the microphone. Close it and press “Check again”.
check-pick-camera = Camera
check-pick-microphone = Microphone
check-done = All is well, go on
check-without-camera = Work by voice and text only
check-again = Check again

## Between calls

status-available = Ready for calls
status-break = Break
status-offline = Off duty
status-offer = Call
status-wrap-up = Wrap-up
status-call = Conversation
go-available = Ready for calls
go-break = Break
go-offline = End the shift
idle-title-available = Waiting for a call
idle-title-break = Break
idle-title-offline = You are off duty
idle-lead-available = The screen flashes and a notification comes. You may minimise this tab.
idle-lead-break = No calls come. The camera is off. Return when you have rested.
idle-lead-offline = No calls come. The camera is off. Begin the shift when you are ready.
idle-lead-missed = You missed several calls. We put you on a break. Return when you are ready.
gone-missed = The call went to another interpreter.
gone-taken = The call was taken or cancelled already.
gone-cancelled = The visitor gave up waiting and left.
gone-ended = The conversation is over.
gone-lost = The connection to the visitor was lost.
pool-title = Now
pool-waiting = Visitors waiting
pool-available = Free interpreters
settings-title = Settings
settings-sound-on = A call rings aloud
settings-sound-off = A call rings silently
settings-keys-on = Keys press buttons
settings-keys-off = Keys press no buttons
settings-devices = Check the camera
settings-log-out = Log out

## Incoming

offer-title = A visitor calls
offer-language = Language
offer-waited = The visitor has waited
offer-left = { $seconds } s
offer-answer = Answer
offer-decline = Decline
offer-why = Why do you decline?
offer-back = Do not decline
decline-unwell = I need a break
decline-conflict = I know this person
decline-topic = I do not know this topic
decline-technical = Technical trouble

## Service

service-none = The visitor chose no topic
service-none-lead = Ask what they need.
service-loading = Looking for the service
service-missing = There is no description. Ask the visitor.
service-review = Being confirmed
service-fee-unknown = Sum unknown
service-documents = Documents
service-place = Where
service-provider = Provided by

## Conversation

mute = Microphone
unmute = You are muted
curtain = Curtain
uncurtain = Curtain is closed
curtain-for-visitor = The interpreter has covered the camera
camera-lost-for-visitor = The interpreter’s camera has stopped
curtain-closed = The curtain is closed. The visitor sees a sign instead of you.
hold = Pause
go-on = Go on
held-title = Pause
held-line = Both cameras are closed. Nobody sees or hears you.
held-strip = Pause. The visitor may step away. Text works.
held-asked = You are not seen or heard. The kiosk has not answered yet.
held-own = Camera closed
hangup = Hang up
hangup-question = End the conversation?
hangup-confirm = Yes, end it
hangup-back = No
transfer = Pass on
transfer-question = Pass the visitor to a colleague?
transfer-confirm = Yes, pass on
transfer-asked = Looking for a free colleague…
transfer-refused = No colleague is free now. Please stay in the call.
transfer-failed = Could not pass the visitor on. Try again.
transfer-seen = OK
text-title = Live text
text-empty = Every letter will be seen here.
text-input = Write: every letter is seen
quality = { $fps } fps · { $delay } ms
quality-frames = { $fps } fps
trouble-connecting = Connecting the visitor’s camera
trouble-broken = The connection broke. It is being restored.
trouble-stalled = The picture stands still. Write instead.
trouble-slow = The visitor’s video is slow. Type: text arrives at once.
trouble-slow-there = The visitor sees you in jerks. Type: text arrives at once.
trouble-link = The server is out of reach. The conversation goes on.
trouble-visitor-link = The kiosk lost the server. The conversation goes on.
camera-none = Voice and text only, no picture
trouble-camera = Your camera was unplugged. Plug it in again.
trouble-muffled = The browser waits. Press any key to hear.
trouble-air-raid = Air raid alarm in the hall. Tell the visitor to take shelter.
trouble-fire = Fire in the hall. Tell the visitor to go outside.
trouble-none = The connection is good
visitor-calls = The visitor asks for attention.
paper-title = The visitor’s document
paper-coming = A document is coming: { $share } %
paper-point = Click to show a place
paper-nearer = Nearer
paper-farther = Farther
paper-close = Put away
voice-visitor = ЦНАП
voice-own = You

## Wrap-up

wrap-up-title = The conversation is over
wrap-up-question = How did it end?
wrap-up-done = Done
wrap-up-left = { $seconds } s more without calls
wrap-up-kept = Kept. The server will be told as soon as it is back.
ended-visitor = The visitor ended the conversation.
ended-interpreter = You ended the conversation.
ended-transferred = You passed the visitor to a colleague.
ended-lost = The connection to the visitor was lost.
ended-closed = The service has closed.
outcome-resolved = The matter is resolved
outcome-follow-up = Another visit is needed
outcome-visitor-left = The visitor left early
outcome-technical = Technical trouble
outcome-mistake = A mistaken call

## Another page

replaced-title = You work in another tab
replaced-lead = Calls come there. Nothing happens here.
replaced-take-over = Work here
