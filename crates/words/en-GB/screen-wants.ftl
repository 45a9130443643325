### Strengths, wishes, actions and my day: what their pages say, and what the checks notice in them.

## What I'm good at, who I can count on.

wants-strengths-first = Begin with what is good. A plan that starts with strengths reads differently
wants-strengths-more = What are you good at? Who can you count on?
wants-strengths-skills = What I can do
wants-strengths-people = Who I can count on
wants-strengths-places = Places that are good for me
wants-strengths-things = Things that help me
wants-strengths-ask-skill = What are you good at?
wants-strengths-ask-person = Who can you count on?
wants-strengths-ask-place = Which places are good for you?
wants-strengths-ask-thing = Which things help you?
wants-strength-of = about { $name }
wants-says-so = says so
wants-said-by = said by { $name }

## What I want.

wants-goals-ended = Reached, and let go
wants-goal-now = where we are now
wants-goal-where = Where are we now?
wants-goal-how-near = How near is it?
wants-goal-how-near-ten = How near is it, of 10?
wants-of-ten = { $number } of 10
wants-worth-talking = worth talking about
wants-goal-next = Next: { $what }. { $who }
wants-goal-next-by = Next: { $what }. { $who }, by { $day }
wants-goal-idle = Nobody is doing anything for this yet
wants-goal-barriers = What gets in the way, and what would help
wants-goal-would-help = Would help: { $what }
wants-goal-reasons = Why each of us thinks so
wants-goal-seen = How each of us sees it
wants-goal-outcome-why = The difference in life, not what was done. “I know three people at the pool”, not “went swimming”
wants-goal-for-others = For those who have no device here. Everybody else says it in their own name
wants-read = Read more
wants-read-said = Read what each of us says
wants-more-of = More about: { $what }
wants-less-of = Less about: { $what }
wants-say = Say how I see it
wants-say-this = Say how I see: { $what }
wants-say-heading = As I see it
wants-say-why = It stands under your name. Nobody else can change it
wants-say-see = In my own words
wants-say-done = Done saying how I see: { $what }
wants-number-show = Show a number
wants-number-hide = Hide the number
wants-number = How near to what was hoped
wants-number-of = { $count ->
    [one] { $number }, over { $count } wish
   *[other] { $number }, over { $count } wishes
}
wants-number-why = 50 means: as hoped, all in all. It weighs each wish by how important it is (goal attainment scaling). Each person’s scores are reckoned alone. The words above say more.

## Who will do what.

wants-view = Show
wants-view-list = As a list
wants-view-people = By person
wants-actions-asked = Waits for my answer
wants-actions-open = What else is to be done
wants-actions-count = { $count ->
    [one] { $count } thing to do
   *[other] { $count } things to do
}
wants-actions-above = Together with somebody: it stands further up
wants-for-wish = For “{ $wish }”
wants-specific = { $clear ->
    [0] none of { $all } says who, by when, and how we will know
    [1] 1 of { $all } says who, by when, and how we will know
   *[other] { $clear } of { $all } say who, by when, and how we will know
}
wants-both-answers = Both were said at the same time. Choose one when you have talked
wants-you-are-asked = You are asked to do this
wants-yes = I will do it
wants-yes-this = I will do it: { $what }
wants-no = Not me
wants-no-this = Not me: { $what }
wants-later = Ask me later
wants-later-this = Ask me later: { $what }
wants-can-do = I can do this
wants-can-do-this = I can do this: { $what }
wants-did = I did it
wants-did-this = I did it: { $what }
wants-changed = It changed …
wants-changed-this = It changed: { $what }
wants-did-not = It did not happen …
wants-did-not-this = It did not happen: { $what }
wants-answer-again = Change my answer
wants-answer-again-this = Change my answer: { $what }
wants-answer-mine = Under my name
wants-answer-done = Done answering: { $what }
wants-take-offer = Yes, { $name } does it
wants-take-offer-this = { $offer }: { $what }
wants-offers = I can do it
wants-not-answered = has not answered yet
wants-said-yes = I will do it
wants-said-yes-for = I will do it, by { $day }
wants-said-no = not me
wants-said-later = ask me later

## What the checks see in actions.

wants-ask-who = Who will do it?
wants-ask-who-word = Who will do it? “{ $word }” is nobody in particular.
wants-ask-when = By when?
wants-ask-when-word = By when? “{ $word }” is no day.
wants-ask-what = What will actually happen? “{ $word }” leaves that open.
wants-ask-how = How will you know?
wants-waits-going = Waits for “{ $what }”, which is under way
wants-waits-nobody = Waits for “{ $what }”. Nobody has said yes to that yet
wants-waits-late = Waits for “{ $what }”, whose day has passed
wants-waits-never = Waits for “{ $what }”, which will not happen. What now?
wants-waits-elsewhere = Waits for something in a part you don’t have
wants-waits-ring = These wait for each other, so none can begin: { $names }
wants-promise-kept = Promise kept
wants-promise-late = { $count ->
    [one] Promise kept, { $count } day late
   *[other] Promise kept, { $count } days late
}
wants-promise-changed = Promise changed
wants-promise-changed-to = Promise changed to { $day }
wants-promise-not-done = Not done
wants-promise-not-kept = Its day has passed. How did it go?
wants-promise-because = { $what }. “{ $reason }”
wants-tally-kept = { $count ->
    [one] { $count } promise kept
   *[other] { $count } promises kept
}
wants-tally-changed = { $count } changed
wants-tally-not-kept = { $count } not kept
wants-tally-open = { $count ->
    [one] { $count } promise still to come
   *[other] { $count } promises still to come
}

## My day.

wants-day = My day
wants-day-today = Today, { $day }. Only you see this page
wants-day-nothing = Nothing waits for you today.
wants-day-late = Its day has passed
wants-day-now = Today
wants-day-soon = In the next seven days
wants-day-later = Later
wants-day-some-day = Without a day
wants-day-beside = beside { $names }
wants-day-show = Show
wants-day-show-this = Show: { $what }
wants-day-mine = For myself
wants-day-mine-why = Small things to remember. They stay on this device, and nobody else sees them
wants-day-done = Done
wants-day-about = For which plan
wants-day-note = What do you want to remember?
wants-day-note-hint = Ring the pool, bring the blue folder …
wants-day-add = Add for myself
