# Diary and what happened.
happened-title = Diary and what happened
happened-add-incident = Something happened
happened-add-contact = Somebody was contacted
happened-add-diary = Write in the diary
happened-empty = Nothing is written here yet. A good day counts as much as a bad one.

happened-days = Mon Tue Wed Thu Fri Sat Sun
happened-near-miss = near miss
happened-low = low
happened-moderate = moderate
happened-serious = serious
happened-severity = How serious was it?
happened-no-day = no day yet

happened-many-in-a-week = { $count } in seven days.
happened-more-than-before = { $now ->
    [4] Four
    [5] Five
    [6] Six
    [7] Seven
    [8] Eight
    [9] Nine
    [10] Ten
   *[other] { $now }
} in four weeks, { $before ->
    [0] none
    [1] one
    [2] two
    [3] three
    [4] four
    [5] five
   *[other] { $before }
} in the four before.
happened-was-serious = Something serious happened in the last four weeks.
happened-many-agencies = { $names } were called within seven days, and nobody has said yes to following it up.
happened-nobodys-need = For { $weeks } weeks nobody has had this: { $what }.
happened-call-together = Would it help to call people together?
happened-call = Call a meeting
happened-not-now = Not now
happened-meeting = Talking about what happened

happened-when = When it happens
happened-when-all = { $count ->
    [one] { $count } event by day and hour
   *[other] { $count } events by day and hour
}
happened-cell = { $day ->
    [0] Monday
    [1] Tuesday
    [2] Wednesday
    [3] Thursday
    [4] Friday
    [5] Saturday
   *[other] Sunday
} between { $from } and { $to }{ $count ->
    [0] { "" }
   *[other] : { $count }
}
happened-stands-out = { $count } on { $day ->
    [0] Mondays
    [1] Tuesdays
    [2] Wednesdays
    [3] Thursdays
    [4] Fridays
    [5] Saturdays
   *[other] Sundays
} between { $from } and { $to }{ $there ->
    [0] { "" }
   *[other] : { $place }
}.
happened-only-here = Counts only what people wrote here.

happened-one-after-another = One after another
happened-told = { $count ->
    [one] told by one
   *[other] told by { $count }
}
happened-more = Show { $count } more
happened-told-by = { $name } told this
happened-owner = { $name } follows it up
happened-away = Put away
happened-own = In people’s own words
happened-own-add = Tell it in my own words
happened-own-mine = In my own words, { $day }
happened-own-of = In { $name }’s own words, { $day }
happened-diary-of = { $name }, { $day }
happened-small-win = small win
happened-same-asked = { $name } wrote down something close to it, { $day }. Is it the same event?
happened-same = It is the same event
happened-not-same = Not the same event
happened-other-quarter = This day belongs to another quarter of the year, which others may read.
happened-move = Move it there

happened-weeks = Week by week
happened-week = Week of { $day }: { $count }, { $mean } a week over four weeks
happened-week-counts = { $count }; { $mean } a week over four weeks
happened-weeks-now = { $count ->
    [0] None this week; { $four } in the last four weeks
   *[other] { $count } this week; { $four } in the last four weeks
}
happened-weeks-line = The dashed line is the average of four weeks.
happened-how = How serious it was
happened-before = Named most before it
happened-before-none = No word was named twice yet.
happened-before-line = { $word } · { $count } times

happened-agencies = Who was contacted
happened-agencies-none = Nobody yet.
happened-agency = { $name } · { $count ->
    [one] once
   *[other] { $count } times
}
happened-revolving = Week of { $day }: { $names }
happened-revolving-why = So many in one week can mean that people are sent round in a circle.
happened-not-answered = no answer

happened-strip = What came after what
happened-strip-why = The last twelve weeks. Whether one thing led to another is for you to say.
happened-strip-happened = What happened
happened-strip-contact = Contacts
happened-strip-decision = Decisions
happened-strip-change = New in the plan
happened-strip-none = nothing

# My circle.
happened-circle-empty = Who is in your life? Begin with whoever is closest
happened-circle-how = How to show it
happened-circle-drawn = Drawn
happened-circle-list = As a list
happened-circle-said = The people around { $name }, the closest inside
happened-circle-press = Press a face to see who it is, what they do and how to reach them.
happened-circle-nowhere = Not on a ring yet: { $names }
happened-circle-before = No longer in this circle: { $names }
happened-circle-no-ring = Not on a ring yet
happened-circle-no-longer = No longer in this circle
happened-circle-do-not = Please do not contact { $name }.
happened-circle-no-lead = Nobody is the main contact yet. Open somebody’s card to say who it is.
happened-circle-no-authority = Nothing is written about what they may arrange.
happened-circle-deputy = { $name } stands in for them.
happened-circle-no-deputy = Nobody stands in for them yet.
happened-circle-emergency = If it cannot wait
happened-circle-no-emergency = Nobody is named here yet.
happened-circle-no-number = no number yet
happened-circle-not-a-service = This is not an emergency service and does not alert anyone by itself.
happened-thanks = Thanks
happened-thanks-to = { $from } to { $name }
happened-thanks-say = Say thanks
happened-thank = Say thanks to { $name }

# How it goes for me.
happened-communication-more = What do I do that means something?
happened-week-empty = What would a good week look like?
happened-working-empty = What is going well, and what is not? Everybody says so for themselves.
happened-working-more = What I find
happened-working-for = Write down what somebody else finds
happened-private-note = Everybody who has this part reads it all the same. What only few may see belongs under “Kept apart”
happened-working-me-too = How I find it
happened-seen-differently = seen differently
happened-written-for = written down for them
happened-outlooks = How each of us sees things
happened-outlooks-empty = What is going well, what worries you, what needs to happen? Each answer stands for itself.
happened-outlooks-more = How I see things
happened-of-ten = { $rating } of 10
happened-feelings = How we feel
happened-feelings-today = How I feel today

# Stories, pictures and papers.
happened-evidence-more = Is there a story, a picture, a recording or a letter that says it better?
happened-balance = Whose voice this plan rests on
happened-balance-own = { $name }’s own: { $count }
happened-balance-family = family and friends: { $count }
happened-balance-worker = workers: { $count }
happened-balance-unknown = Nobody said whose voice { $count ->
    [one] 1 of them is.
   *[other] { $count } of them are.
}
happened-balance-missing = Nothing here is in { $name }’s own voice yet.
happened-take-out = Please take this out
happened-asked-out = { $name } asks to take this out: { $title }
happened-leave-in = Leave it in after all
happened-take-it-out = Take it out
happened-taken-honest = Taking it out hides it. Who has a copy of this plan keeps what they have.
happened-based-on = Based on
