# Diary and what happened.
happened-title = Diary and what happened
happened-add-incident = Something happened
happened-add-contact = A contact
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
happened-many-agencies = { $names } were called within seven days, and nobody follows it up.
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
happened-weeks-now = { $count } this week. Over the last four weeks: { $mean } a week.
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
