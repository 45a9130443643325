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
app-home-join-why = Someone gave you a code (a number and two words), or a ticket.
app-home-join-do = Join
app-home-look = Look round
app-home-look-why = A made-up plan to try things in. Nothing you do there can go wrong.
app-home-look-do = Look round
app-home-name = What should people call you?
app-home-name-first = First say what people should call you
app-home-no-server = No account. No server.
app-home-title = What is the plan called?
app-home-title-why = Everyone in the circle will see this name. It can be changed later
app-home-ticket = The code or the ticket
app-home-for = Whose plan is it?
app-home-for-me = Mine
app-home-for-another = Somebody else’s
app-home-about = Who is it about?
app-home-about-why = You begin it for them, and hold it until you hand it over. With it come 24 words of theirs: whoever joins with those is the person it is about.
app-home-ticket-why = Type the code, like 7-apple-river. Or paste the whole ticket, or drop its file here. It works once, for you.
app-home-relationship = What are you to the person?
app-home-relationship-hint = Sister, neighbour, social worker …
app-home-knock = Knock
app-home-knocking = Knocking
app-home-knocking-first = Looking for the device that invited you. It must be switched on …
app-home-knocking-words = Read these four words to the person who invited you, over the phone or face to face:
app-home-knocking-why = They type them in, and then you are in. So nobody else can come in with your ticket.
app-home-waiting = One moment …
app-opening = Opening your plans …

## Pages.

app-front = Front page
app-one-page-begin = What should somebody new know about you first?
app-one-page-updated = Last looked at on { $day }
app-one-page-said-by = { $name } says so
app-front-nobodys-all = See all needs
app-front-nobodys-long = Nobody has had it for { $weeks } weeks. Would it help to call people together?
app-front-nobodys-more = { $count } more
app-parts = Parts of this plan
app-group-who = Who it is about
app-group-plan = The plan
app-group-together = Deciding together
app-group-daily = Day by day
app-group-close = Not for everybody
app-parts-template = How the plan is laid out
app-parts-template-why = This only changes the order and what is asked for. No word is lost, and you can change it back.
app-parts-found = { $there } of { $all } things are there
app-parts-there = { $what }
app-parts-missing = { $what }: not yet
app-parts-elsewhere = { $what }: in a part you don’t have
app-parts-newer = From a newer version
app-parts-newer-why = Somebody wrote this with a newer Alongside. It is kept here as it is, and reaches everybody who may see it. Update Alongside on this computer to read it.
app-card-whole = Read all
app-card-whole-of = Read all: { $what }
app-card-less = Read less
app-card-less-of = Read less: { $what }
app-card-newer = There is more here, from a newer version of Alongside. It is kept
app-parts-offered = What else could be in it
app-parts-offered-why = Nothing here is needed for a good plan. Add what helps.
app-parts-begin = Begin
app-parts-begin-this = Begin { $part }
app-people = People
app-history = History
app-settings = Settings
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
app-front-about-empty-of = What { $name } says about themselves comes here, in their own words
app-front-about-start = Begin
app-front-about-more = Read it all
app-front-goals-empty = What would make a good year?
app-front-goals-start = Say what I want
app-front-goals-more = See them all
app-front-actions-empty = Nothing is agreed yet
app-front-actions-start = Say who will do what
app-front-actions-more = See it all
app-front-coming-up = Coming up
app-front-new = New since you last looked
app-front-new-in = { $name } wrote in { $part }
app-front-no-day = no day yet

app-about-you-write = you write here
app-about-write = written by { $names }
app-about-you-read = you read here
app-beside = Beside this part
app-beside-who = Who sees this
app-beside-changed = New since you last looked

app-goals-empty = What would make a good year?
app-goals-important = important { $number } of 10
app-goals-first = What comes first: { $steps }
app-goals-levels = How we will know
app-goals-levels-why = Say in your own words what each step is like. The middle one is what you hope for
app-actions-empty = What is to be done, and by whom?
app-actions-ended = Done and answered
app-actions-with = { $names }, with { $with }

app-field-not-a-date = That is not a day. Write it like 1 March 2027
app-field-not-a-moment = That is not a day and a time. Write it like 1 March 2027 at 16:40
app-field-not-money = That is not an amount. Write it like 298.50
app-field-not-a-number = That is not a number. Write it like 13 or 1.5
app-field-too-long = That is too long for one line
app-field-not-kept = “{ $typed }” is not in the plan yet; it waits in its field. { $why }
app-field-not-a-name = That cannot be a name. Write one name, without a comma
app-field-date-hint = for example 1 March
app-field-moment-hint = for example 1 March at 16:40
app-field-money-hint = for example 298.50
app-field-more = More to fill in
app-field-choose = Choose…
app-field-look-for = Look for
app-field-elsewhere = in a part you don’t have
app-card-remove = Take away
app-row-add = Add to { $what }
app-row-remove = Take away { $what }
app-row-up = Up
app-row-up-this = Move { $what } up
app-field-someone-else = Someone else
app-field-name = A name

## The circle.

app-invite = Invite someone
app-invite-as = What will they be?
app-invite-code = Show a short code
app-invite-visit = How long is the visit?
app-invite-visit-hour = One hour
app-invite-visit-day = Until the end of today
app-invite-visit-why = After that, your devices send them nothing more, and their device forgets what it was lent.
app-visit-over = Your visit to a plan is over. What was lent to this device is no longer on it.
app-visit-over-not-gone = Your visit to a plan is over. What was lent could not all be taken off this device’s disk. It is tried again when Alongside starts.
app-visit-till = for a visit until { $when }
app-visit-stays = Your visit ended { $when }. Nobody else has what you wrote here yet. Once they have it, or after a week, this device forgets the plan.
app-visit-until = You are here for a visit, until { $when }. Then this device forgets what it was lent.
app-invite-second-lead = Those who let people in cannot remove each other: only an owner can remove the first.
app-invite-picture = The ticket as a picture for a camera
app-code-how = In the same room, or on the phone: tell them this code. They choose “Join a plan” and type it.
app-code-wrong = Somebody typed a wrong code. Nobody came in, and that code no longer works.
app-code-soon = A new code comes in a moment …
app-code-taken = The code is right. They are coming in …
app-code-left = { $count ->
    [one] It is good for one try, for about { $count } minute.
   *[other] It is good for one try, for about { $count } minutes.
}
app-devices-add = Add another device of mine
app-devices-how = On your other device choose “Join a plan” and type this code. It will be yours like this one, and see what you may see.
app-devices-added = Your other device is one of yours now
app-invite-make = Make a ticket
app-invite-making = Making the ticket …
app-invite-writes = They will write { $writes }.
app-invite-sees = They will see { $sees }.
app-invite-writes-sees = They will write { $writes }, and see { $sees }.
app-invite-nothing = They will see who is in the circle, and no part of the plan.
app-invite-hand-over = Send this ticket to them, by message or on paper. It works for one person. Nobody comes in before you have let them in.
app-invite-ticket = The ticket ({ $role })
app-invite-copy = Copy the ticket
app-invite-copied = copied, for a minute
app-invite-day = It works for one day, while this device is on.
app-knock = { $name } asks to come in
app-knock-how = Ask { $name } for the four words on their screen, over the phone or face to face, and type them here. If they cannot read them to you, it is somebody else.
app-knock-words = The four words { $name } reads out
app-knock-let-in = Let { $name } in
app-knock-decline = Do not let { $name } in
app-knock-decline-why = They are told that they were not let in. To come in after all they need a new invitation from you.
app-good-to-know = Good to know
app-people-copies = When you share, the other person gets their own copy. You can stop sending new things. You cannot take back what they already have.
app-people-pictures = Nobody can stop somebody from taking a picture of the screen, or from printing a page.
app-people-hidden = Words that were taken out are not shown any more. Earlier versions stay with everybody who has them.
app-people-records = People who work for somebody may have to keep records of their own.
app-more = More
app-less = Less
app-more-about = More about { $name }
app-less-about = Less about { $name }
app-alike = This name looks like { $other }’s. Make sure who it is before you go on
app-pattern-of = The pattern of { $name }
app-pattern-why = A name can be copied, this pattern cannot. It is the same on every device of the circle.
app-person-protected = It is { $name }’s plan. Nobody can remove { $name } or take a device away from { $name }.
app-person-protected-me = It is your plan. You decide who belongs and who sees what, and nobody can take that from you.
app-person-owner = { $name } decides about the plan: who belongs, and who sees what.
app-person-owner-me = You decide about the plan: who belongs, and who sees what.
app-person-coordinator = { $name } may let people in.
app-person-coordinator-me = You may let people in.
app-person-member = { $name } belongs to the circle.
app-person-member-me = You belong to the circle.
app-person-writes = Writes in { $parts }
app-person-offers = Offers words for { $parts }
app-person-sees = Sees { $parts }
app-person-writes-many = Writes in { $count } parts
app-person-offers-many = Offers words for { $count } parts
app-person-sees-many = Sees { $count } parts
app-person-nothing = No part of the plan is shared here.
app-person-since = In the circle since { $when }, let in by { $host }.
app-person-founded = Began this plan on { $when }.
app-person-safe = It is { $name }’s plan, so nobody else can change this.
app-person-senior = { $name } was here before you, so you cannot remove { $name }. Who was here first stays.
app-person-senior-owner = { $name } was here before you. Only somebody who decides about the plan can remove { $name }.
app-person-stand = Change what they may do here …
app-person-remove = Remove { $name } …
app-person-remove-do = Remove { $name }
app-person-hand-over = Hand the plan over to { $name } …
app-device-first = First device
app-device-called = “{ $name }”
app-device-linked = added on { $day } with: { $by }
app-device-gone = a device that is no longer here
app-device-remove = Lost? Remove it …
app-device-above = A device cannot remove the one it was added with. If that one is lost, come back with your 24 words on a new device: they can.
app-stand = What may { $name } do here?
app-stand-which = From now on
app-stand-order = It is signed, and everyone in the circle can read it. Who was here first keeps the last word: nobody can lower somebody who came before them.
app-stand-do = Sign it
app-remove = Remove { $name } from the circle?
app-remove-copy = { $name } keeps the copy that is already there. It cannot be taken back.
app-remove-after = Nothing written from now on reaches { $name }. What { $name } wrote until now stays, under the same name.
app-remove-late = What arrives from { $name } later is held back. You can read it when you ask for it, and put it back.
app-remove-back = It cannot be undone. To have { $name } here again, somebody lets { $name } in again.
app-lost-which = Remove this device: { $device }?
app-lost = { $name } stays in the circle, with the other devices there are.
app-lost-mine = You stay in the circle, with your other devices.
app-lost-copy = Whoever has the device keeps the copy on it. Nothing written from now on reaches it.
app-lost-last = { $name } stays in the circle, but has no other device. To write here again, somebody lets { $name } in again.
app-lost-linked = Added with it, and going with it: { $linked }.
app-lost-back = It cannot be undone. If it turns up, add it again.
app-lost-do = Remove the device
app-hand-over = Hand the plan over to { $name }?
app-hand-over-means = From then on it is { $name }’s plan. { $name } decides who belongs and who sees what, and nobody can take that away.
app-hand-over-for-good = This is for good. You stay in the circle, and decide as you did, until { $name } changes that.
app-hand-over-do = Hand it over
app-leave = Leave this plan?
app-leave-alone = Nobody else here decides about the plan. When you are gone, nobody can let people in or change who sees what.
app-leave-means = You need not say why. The others see that you left, and when.
app-leave-copy = The copy on your devices stays yours. What you wrote stays, under your name. Nothing written from now on reaches you.
app-leave-back = It cannot be undone. To come back, somebody lets you in again.
app-leave-do = Leave
app-former = Who was here before
app-held = Words that wait
app-held-old-copy = This happens when somebody’s rights changed while they were writing, or when an old copy was opened again. Nothing is lost.
app-held-read = Show the words
app-held-back = Put these words back
app-held-words = What { $name } wrote
app-held-took-away = Only took words away
app-devices-count = { $count ->
    [one] { $count } device
   *[other] { $count } devices
}
app-this-device = this device
app-connected-now = connected now
app-seen = seen { $when }
app-never-seen = not here yet

app-part-ended = The part “{ $part }” is not shared with you any more. The copy you have stays as it is
app-gone-left = You left this plan on { $day }
app-gone-removed = { $by } removed you from this plan on { $day }
app-gone-device-mine = You removed this device from the plan on { $day }
app-gone-device = { $by } removed this device from the plan on { $day }
app-gone-fell = You do not belong to this plan any more
app-gone-copy = This is your copy, as it was then. It stays with you and can be read here. Nothing new comes, and nothing you would write here reaches the others.

## My page.

app-mine = My page
app-mine-devices = My devices
app-mine-devices-why = Each device has a key of its own, and a full copy of what you may see. Remove a lost one from another of yours.
app-mine-leave = Leaving
app-mine-leave-why = You can go at any time, without saying why.
app-mine-leave-do = Leave this plan …

## Who sees what.

app-sharing = Who sees what
app-sharing-in-circle = In the circle
app-sharing-press = Press a word in the table to change it
app-sharing-offers = offers
app-sharing-nothing = –
app-sharing-which = { $part }: { $which }
app-quarter-first = January to March { $year }
app-quarter-second = April to June { $year }
app-quarter-third = July to September { $year }
app-quarter-fourth = October to December { $year }
app-sharing-everyone-why = unless they have something of their own
app-sharing-until = until { $day }
app-sharing-cell = { $part }, { $name }: { $access }
app-sharing-read-only = Only those who decide about the plan can change this table. Everyone sees it.
app-sharing-agreed = What was agreed
app-sharing-none = Nothing was decided so far.
app-sharing-more = { $count } more
app-sharing-signed = Every change of this table is signed. Whoever may read a part can read here who shared it, with whom and why.
app-sharing-decide = { $part } and { $name }
app-sharing-decide-everyone = { $part } and everyone in the circle
app-sharing-may = From now on
app-sharing-as-everyone = As everyone ({ $access })
app-sharing-why = Why
app-sharing-why-hint = for example: So that you know what helps me
app-sharing-basis = On what basis
app-sharing-basis-hint = for example: I said yes
app-sharing-basis-yes = I said yes
app-sharing-basis-together = We agreed it together
app-sharing-basis-law = The law asks for it
app-sharing-basis-safe = To keep somebody safe
app-sharing-end = Until which day
app-sharing-end-hint = a day, or nothing for no end
app-sharing-end-none = No end
app-sharing-end-month = One month
app-sharing-end-quarter = Three months
app-sharing-end-year = One year
app-sharing-end-past = That day is over. Choose one that is still to come
app-sharing-effect-same = What { $name } may do stays as it is. Your reason is written down.
app-sharing-effect-given = { $name } gets a copy of { $part } and keeps it. You can stop sending new things later, but not take it back.
app-sharing-effect-given-everyone = Everyone in the circle who was given nothing in particular gets a copy of { $part } and keeps it.
app-sharing-effect-less = { $name } can still read { $part }. What { $name } wrote there until now stays.
app-sharing-effect-taken = { $name } keeps the copy of { $part } that is already there. Nothing written from now on reaches { $name }.
app-sharing-effect-taken-everyone = Whoever has a copy of { $part } keeps it. Nothing written from now on reaches those who were given nothing in particular.
app-sharing-effect-refused = It is written down that { $part } is not shared with { $name }, and why.
app-sharing-effect-as-everyone = { $name } has from now on what everyone has.
app-sharing-sign = Sign it
app-said-at = at about { $time }
app-said-when = signed at about { $time } with { $device }
app-said-void = no longer holds

## The line at the bottom.

app-saved-here = Saved here
app-saving = Saving …
app-not-saved = Not saved. It stays on screen and is tried again
app-saved-with = with { $names }
app-my-other-device = your other device
app-catching-up = { $name } is getting the rest
app-not-seen-since = { $name } last here { $when }
app-not-here-yet = { $count ->
    [one] { $names } has not been here yet
   *[other] { $names } have not been here yet
}
app-and-more = { $count } more
app-only-here = only on this device so far
app-own-copy = your own copy; nothing new comes
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
app-history-latest = What happened, the latest first
app-history-more = Show earlier
app-history-edits = { $count ->
    [one] { $name } { $count } time
   *[other] { $name } { $count } times
}
app-history-wrote = { $count ->
    [one] { $name } wrote in { $part }
   *[other] { $name } wrote in { $part }, { $count } times
}
app-history-device = Names show whose device wrote something, not who was typing.

## Settings.

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
app-files = Pictures, recordings and papers
app-files-all = Fetch everything
app-files-small = Fetch large ones only when I ask
app-files-why = Large means more than 1 MB, like most recordings. This helps where data costs money. Words always come at once
app-zoom-keys = Also with Ctrl and plus or minus; Ctrl and 0 for the usual size

## Demo.

app-demo-strip = Demo: { $device }
app-demo-device = { $name }’s device

## Opening a home.

app-passphrase = Passphrase of this device
app-passphrase-open = Open
app-try-again = Try again
app-no-such-page = there is no such page
app-no-such-look = there is no such look: it is light, dark, high-light, high-dark or desktop
app-no-home = This computer does not say where data belongs. Say it with --home DIR
app-no-display = No window can be opened here. Use “along”, or “alongside demo --headless”
app-demo-no-window = A window could not be started. Nothing was lost
app-demo-begun = The three windows open now. The first is yours; the other two write by themselves for a minute, until you type in them
app-demo-kept = The three devices are kept in { $path }
app-no-program = This program cannot find its own file to start it again
app-front-circle-alone = Nobody else is in your circle yet
app-front-circle-here = { $names } here with you now

## The recovery sheet, and coming back with it.

app-sheet-written = I have written them down
app-sheet-print = Make a page to print
app-sheet-without = Go on without them
app-sheet-once = These words are shown this once. They are kept nowhere.
app-sheet-file = The page is in { $path }. Open it, print it, and come back here: the file is taken away when you say that you have the words. Whoever has the file has the words.
app-sheet-no-file = The page could not be written. Copy the words by hand.
app-sheet-have = You said that you have written down the 24 words of this plan. With them you can come back if all your devices are lost, and remove a lost one from anywhere.
app-sheet-have-not = The 24 words of this plan were never written down, as far as this device knows, and they cannot be shown again. Without them, whoever holds your first device is you in this plan; and if all your devices are lost, the others can only start a new plan with you, from what they hold.
app-sheet-renew = Make a new sheet …
app-sheet-renew-why = If somebody may have seen your sheet, make a new one with it. In the plan the old words are worth nothing then. Another device of yours that was told them still opens with them, until it is told the new ones there.
app-sheet-hold = Use my sheet on this device …
app-sheet-hold-why = If you forget the passphrase of this device, the words of your sheet can set a new one. A device that you started or joined the plan with knows them already; one that you linked later has to be told once.
app-sheet-hold-do = Let these words open this device
app-sheet-renew-do = Make new words
app-words = Your 24 words, in their order
app-back = I have my 24 words
app-back-why = Type the words from your recovery sheet. Alongside looks for a device of your circle on this network, shows it that the words are yours, and this device becomes one more of yours.
app-back-device = What to call this device
app-back-device-hint = the laptop in the kitchen
app-back-at = Where one of their devices is, if it is not on this network
app-back-at-why = Leave it empty if somebody of your circle is on this network now.
app-back-no-address = This is not an address. Write it like 192.168.1.20:4001, or leave it empty.
app-back-do = Bring me back
app-returned = You are back
app-returned-which = Everything you may see comes to this device now. These are your other devices. Which of them have you lost?
app-returned-alone = Everything you may see comes to this device now.
app-returned-lost = I have lost this one
app-returned-lost-which = I have lost { $name }
app-returned-keeps = A device that you remove is sent nothing more, nor are the devices that it linked, and what is written on it from now on is held back. What it already holds stays on it.
app-returned-done = Go on
app-stopped-by = It is from { $names }.
app-stopped-aside-why = You decide about this plan. Set aside, the change and what builds on it count on no device any more; everybody can read that you did it.
app-stopped-aside = Set the change aside
app-stopped-because = it cannot be shown
app-stopped-words = Your words that cannot be shown in their place for now

## What opens this device.

app-passphrase-is = This device opens with your passphrase. What it holds is sealed without it.
app-passphrase-is-not = Whoever can use this computer in your name can open this device. With a passphrase they cannot.
app-passphrase-set = Set a passphrase …
app-passphrase-change = Change it …
app-passphrase-remove = Take it away …
app-passphrase-remove-do = Take it away
app-passphrase-present = The passphrase until now
app-passphrase-new = The new passphrase
app-passphrase-again = The same once more
app-passphrase-do = From now on, this one
app-passphrase-do-first = Set this passphrase
app-passphrase-is-set = Set. From now on this device asks for it
app-passphrase-removed = Taken away. This device opens without a passphrase
app-passphrase-changed = Changed
app-passphrase-empty = Type a passphrase
app-passphrase-differs = The two are not the same
app-keyring = Open without the passphrase on this computer
app-keyring-why = Then whoever is logged in to this computer in your name can open this device. A key for it lies in the computer’s keyring. The passphrase and your 24 words still open it, too.
app-keyring-waits = The computer is asked …
app-passphrase-lost-why = If you forget it, the 24 words of a plan that was started or joined on this device set a new one. Without them nobody can open it, not even us.
app-passphrase-forgotten = I have forgotten it
app-passphrase-reset = Set it and open
app-passphrase-reset-why = Type the 24 words of a plan that was started or joined on this device, and choose a new passphrase.
app-lock = Lock when nobody does anything for
app-lock-never = never
app-lock-after = { $minutes } minutes
app-lock-now = Lock now
app-closed-passphrase = This device is locked. Type your passphrase to open it
app-locked = Locked. Nothing of your plans is on this screen or goes over the network until you open it again
app-copies-why = This device keeps copies of what it holds. One can take the place of what is damaged, which is kept beside it. What you wrote since then comes back from the others, as far as they have it.
app-copies-back = Go back to { $when }
app-comment = Say something about this
app-comment-on = Say something about: { $what }
app-comment-of = { $name } says:

## A page on paper.

app-print = Print this page
app-print-whole = Print the whole plan
app-printed = It is in { $path }, ready to print. Whoever has this file or the paper can read it, and it stays there until you delete it
app-not-printed = The page could not be written. Nothing in the plan has changed

## One sentence a row.

app-easy = Easy Read
app-easy-end = The whole page
app-easy-long = This is a long sentence. Two short ones are easier to read
