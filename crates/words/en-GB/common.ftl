### Words used everywhere: buttons, people, times, what state things are in.

common-product = Alongside
common-cancel = Cancel
common-close = Close
common-numbers = In numbers
common-numbers-hide = Hide the numbers
common-done = Done
common-back = Back
common-add = Add
common-yes = Yes
common-no = No
common-remove = Take away
common-typed-today = today
common-typed-tomorrow = tomorrow
common-typed-yesterday = yesterday
common-typed-at = at
common-typed-am = am
common-typed-pm = pm
common-you = You
common-someone = Someone
common-nobody = Nobody yet

# What one person says about a part, as a heading: "Goals: what Ben says".
common-part-said-by = { $part }: what { $name } says
# One of several documents of a part: "Diary and incidents: 2026-4".
common-part-called = { $part }: { $name }

common-people-count = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
common-changes-from = { $count ->
    [one] { $count } change from { $name }
   *[other] { $count } changes from { $name }
}
common-and = { $first } and { $second }
common-comma = { $first }, { $second }
common-plan-of = { $name }’s plan
common-also-said = { $name } answered at the same time:
common-written-out = Written out on { $when }
common-nothing-written = Nothing is written here yet
common-from-newer = This part is from a newer version of Alongside. It is kept, and reaches everybody who may see it. Update Alongside to read it
common-no-words-yet = Without words so far
common-elsewhere = in a part that is not shared with you
common-circle = The circle

## Roles: what somebody is in the life of the person whose plan it is.

common-role-person = The person whose plan it is
common-role-carer = Carer (family or friend, not paid)
common-role-family = Family
common-role-supporter = Paid supporter
common-role-worker = Worker
common-role-lead = My main contact
common-role-advocate = Someone who speaks up with me
common-role-representative = Someone who can decide by law
common-role-guest = Guest for a visit

## What somebody may do with a part.

common-access-edit = writes
common-access-suggest = offers words
common-access-view = sees
common-access-nothing = not shared

## The circle.

common-everyone = Everyone in the circle
common-standing-protected = the person whose plan it is
common-standing-owner = holds the plan
common-standing-coordinator = lets people in
common-standing-member = belongs
common-former-left = left on { $day }
common-former-removed = removed by { $by } on { $day }
common-former-fell = whoever let them in was removed
common-held-former = { $count ->
    [one] { $count } edit by { $name } in { $part } arrived after { $name } had gone. It is kept, and shown to nobody unless asked for.
   *[other] { $count } edits by { $name } in { $part } arrived after { $name } had gone. They are kept, and shown to nobody unless asked for.
}
common-held-member = { $count ->
    [one] { $count } edit by { $name } in { $part } does not count just now. It is kept.
   *[other] { $count } edits by { $name } in { $part } do not count just now. They are kept.
}

## Times.

common-a-computer = a computer
common-just-now = just now
common-minutes-ago = { $count ->
    [one] { $count } minute ago
   *[other] { $count } minutes ago
}
common-today-at = today at { $time }
common-yesterday-at = yesterday at { $time }
common-on-day = on { $day }
common-day-at = { $day } at { $time }
common-on-date = On { $day }
common-about = about { $day }, { $time }
common-date = { $day } { $month } { $year }
common-date-this-year = { $day } { $month }
common-monday = Monday
common-tuesday = Tuesday
common-wednesday = Wednesday
common-thursday = Thursday
common-friday = Friday
common-saturday = Saturday
common-sunday = Sunday
## How people say which days of the week, several ways with commas between.
common-week-all = every day, each day, daily
common-week-work = weekdays, working days
common-week-end = weekend
common-week-to = to, until, till, -
common-january = January
common-february = February
common-march = March
common-april = April
common-may = May
common-june = June
common-july = July
common-august = August
common-september = September
common-october = October
common-november = November
common-december = December

## The recovery sheet, on paper and on the screen.

common-sheet = Recovery sheet
common-sheet-whose = These are the words of { $name }, for “{ $title }”
common-sheet-day = Made on { $day }
common-sheet-for = With these 24 words, in this order, you can come back: onto a new device when the old one is lost or broken, or into this one when its passphrase is forgotten. Choose “I have my 24 words” in Alongside and type them in
common-sheet-keep = Keep this sheet where you keep your passport, and not in the bag with the computer. Whoever has these words can speak in your name in this plan, so show them to nobody. Nobody from Alongside will ever ask for them
common-sheet-lost = Nobody else has these words, and they cannot be made again. If the sheet is lost, nothing happens at once: your devices go on as before. But if your last device is lost as well, the others can only start a new plan with you, from what they hold. If the sheet may have been seen, make a new one with it at once; the old words are worth nothing then
common-sheet-them = the person this plan is for
common-another-device = another device
common-first-device = the first device
