### Words of the window only.

## The first screen and the list of plans.

app-home-promise = A plan you write together. It stays with you, on your own devices.
app-home-plans = My plans
app-home-open = Open
app-home-open-plan = Open { $title }
app-home-start = Start a plan
app-home-start-why = A plan about me. Others come in when I ask them.
app-home-start-do = Start
app-home-join = Join a plan
app-home-join-why = Someone gave you a ticket: a long line of letters.
app-home-join-do = Join
app-home-look = Look round
app-home-look-why = A made-up plan to try things in. Nothing you do there can go wrong.
app-home-look-do = Look round
app-home-name = What should people call you?
app-home-name-first = First say what people should call you
app-home-no-server = No account. No server.
app-home-title = What is the plan called?
app-home-title-why = Everyone in the circle will see this name. It can be changed later
app-home-ticket = The ticket
app-home-ticket-why = Paste the whole ticket. It works once, for you.
app-home-relationship = What are you to the person?
app-home-relationship-hint = Sister, neighbour, social worker …
app-home-knock = Knock
app-home-knocking = Knocking
app-home-knocking-first = Looking for the device that made the ticket. It must be switched on …
app-home-knocking-words = Read these four words to the person who invited you, over the phone or face to face:
app-home-knocking-why = They type them in, and then you are in. So nobody else can come in with your ticket.
app-home-waiting = One moment …
app-opening = Opening your plans …

## Pages.

app-front = Front page
app-people = People
app-history = History
app-settings = How it looks
app-pages = All pages
app-my-plan = my plan · { $people }
app-here-with-you = here with you
app-you-too = { $name } (you)
app-change = Change
app-undo = Undo
app-redo = Redo
app-change-this = Change: { $what }
app-by = by { $day }
app-gone = The part of this program that keeps and sends your plan has stopped. What was saved is safe. Close the window and open it again

app-good-morning = Good morning, { $name }
app-good-afternoon = Good afternoon, { $name }
app-good-evening = Good evening, { $name }
app-front-about-empty = Say a few things about you, in your own words
app-front-about-start = Begin
app-front-about-more = Read it all
app-front-goals-empty = What would make a good year?
app-front-goals-start = Say what I want
app-front-goals-more = See them all
app-front-actions-empty = Nothing is agreed yet
app-front-actions-start = Say who will do what
app-front-actions-more = See it all
app-front-coming-up = Coming up
app-front-new = New since you opened it
app-front-new-in = { $name } wrote in { $part }
app-front-no-day = no day yet

app-about-you-write = you write here
app-about-write = written by { $names }
app-about-you-read = you read here
app-beside = Beside this part
app-beside-who = Who sees this
app-beside-changed = New since you opened it

app-goals-empty = What else would make a good year?
app-goals-important = important { $number } of 10
app-goals-first = What comes first: { $steps }
app-goals-levels = How we will know
app-goals-levels-why = Say in your own words what each step is like. The middle one is what you hope for
app-goals-remove = Take it off my list
app-actions-empty = What else will happen?
app-actions-ended = Done and answered
app-actions-remove = Take it off the list
app-actions-with = { $names }, with { $with }

app-field-not-a-date = That is no day. Write it like 2027-03-01
app-field-too-long = That is too long for one line
app-field-date-hint = 2027-03-01
app-field-someone-else = Someone else
app-field-name = A name

## The circle.

app-invite = Invite someone
app-invite-as = What will they be?
app-invite-make = Make a ticket
app-invite-making = Making the ticket …
app-invite-writes = They will write { $writes }.
app-invite-sees = They will see { $sees }.
app-invite-writes-sees = They will write { $writes }, and see { $sees }.
app-invite-nothing = They will see who is in the circle, and no part of the plan.
app-invite-hand-over = Send this ticket to them, by message or on paper. It works for one person. Nobody comes in before you have let them in.
app-invite-ticket = The ticket ({ $role })
app-invite-copy = Copy the ticket
app-invite-copied = copied
app-invite-day = It works for one day, while this device is on.
app-knock = { $name } asks to come in
app-knock-how = Ask { $name } for the four words on their screen, over the phone or face to face, and type them here. If they cannot read them to you, it is somebody else.
app-knock-words = The four words { $name } reads out
app-knock-let-in = Let { $name } in
app-good-to-know = Good to know
app-people-copies = When you share, the other person gets their own copy. You can stop sending new things. You cannot take back what they already have.
app-standing-protected = the person whose plan it is
app-standing-owner = holds the plan
app-standing-coordinator = lets people in
app-standing-member = belongs
app-devices-count = { $count ->
    [one] { $count } device
   *[other] { $count } devices
}
app-this-device = this device
app-connected-now = connected now
app-seen = seen { $when }
app-never-seen = not here yet

## The line at the bottom.

app-saved-here = Saved here
app-saving = Saving …
app-not-saved = Not saved. It stays on screen and is tried again
app-saved-with = with { $names }
app-my-other-device = your other device
app-catching-up = { $name } is getting the rest
app-not-seen-since = { $name } last here { $when }
app-not-here-yet = { $name } has not been here yet
app-only-here = only on this device so far
app-linked = { $count ->
    [one] connected to { $count } device, no server
   *[other] connected to { $count } devices, no server
}
app-linked-short = { $count ->
    [one] with { $count } device
   *[other] with { $count } devices
}
app-alone = working on its own

## History.

app-history-reading = Reading …
app-history-whose = Who wrote where
app-history-latest = Written last
app-history-circle = How the circle came together
app-history-edits = { $count ->
    [one] { $name } { $count } time
   *[other] { $name } { $count } times
}
app-history-wrote = { $count ->
    [one] { $name } wrote in { $part }
   *[other] { $name } wrote in { $part }, { $count } times
}
app-history-began = { $name } began this plan on { $when }
app-history-let-in = { $host } let { $name } in on { $when }
app-history-device = Names show whose device wrote something, not who was typing.

## How it looks.

app-look = Light or dark
app-look-desktop = As my computer
app-look-light = Light
app-look-dark = Dark
app-look-high-light = Black on white
app-look-high-dark = White on black
app-zoom = Size of everything
app-zoom-smaller = Smaller
app-zoom-larger = Larger
app-zoom-percent = { $percent } %
app-zoom-keys = Also with Ctrl and plus or minus; Ctrl and 0 for the usual size

## Demo.

app-demo-strip = Demo: { $device }
app-demo-device = { $name }’s device

## Opening a home.

app-passphrase = Passphrase of this device
app-passphrase-open = Open
app-try-again = Try again
app-no-home = This computer does not say where data belongs. Say it with --home DIR
app-no-display = No window can be opened here. Use “along”, or “alongside demo --headless”
app-demo-no-window = A window could not be started. Nothing was lost
app-demo-begun = The three windows open now. The first is yours; the other two write by themselves for a minute, until you type in them
app-demo-kept = The three devices are kept in { $path }
app-no-program = This program cannot find its own file to start it again
app-front-circle-alone = Nobody else is in your circle yet
app-front-circle-here = { $names } here with you now
