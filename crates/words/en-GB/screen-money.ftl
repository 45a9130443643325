### Money, meetings, decisions, who decides what, who agrees.

## Amounts.

money-in-gbp = £{ $amount }
money-in-eur = €{ $amount }
money-in-aud = A${ $amount }
money-in-nzd = NZ${ $amount }
money-in-usd = US${ $amount }
money-in-cad = C${ $amount }
money-less-than-nothing = −{ $amount }
money-thousands = ,

## Money.

money-add-line = Add a line
money-add-payment = Add a receipt
money-add-source = Add where money comes from
money-empty = What money is there for your support? Begin with where it comes from
money-empty-of = What money is there for { $name }’s support? Begin with where it comes from
money-lines-empty = What is the money for? Write down the first thing
money-payments-empty = Has anything been paid? Write down the first receipt
money-available = For the year
money-available-time = For all that time
money-planned = Planned
money-not-planned = Not planned yet
# "£298.00 a week from the council and £22.00 from me, 52 weeks"
money-source = { $amount }{ $per ->
        [week] {" "}a week
        [four-weeks] {" "}every four weeks
        [month] {" "}a month
        [year] {" "}a year
       *[once] {""}
    }{ $from ->
        [council] {" "}from the council
        [health] {" "}from the health service
        [ndis] {" "}from the NDIS
        [school] {" "}from the school
        [own] {" "}of my own
        [grant] {" "}from a grant
       *[other] {""}
    }{ $mine ->
        [none] {""}
       *[some] {" "}and { $mine } from me
    }{ $span ->
        [year] { $per ->
            [week] , 52 weeks
            [four-weeks] , 13 times a year
            [month] , 12 months
           *[other] {""}
        }
       *[time] {""}
    }
money-spent = spent { $amount }
money-meant = planned, not spent { $amount }
money-free = free { $amount }
money-beyond = more than there is { $amount }
money-gone = { $gone } % of the { $span ->
        [year] year
       *[time] time
    } has gone, { $spent } % of the money is spent
money-share = { $spent } % of the money is spent
money-even = If it were spent evenly, it would be { $amount } by now
money-just-in-case = { $amount } of what is planned is kept just in case
money-view = Show
money-view-lines = What it is for
money-view-wishes = By what I want
money-view-spent = Money spent
money-view-sources = Where it comes from
money-head-what = What for
money-head-helps = Helps with
money-head-chosen = Chosen by
money-head-now = Now
money-head-year = A year
money-head-on = On
money-head-payee = To whom
money-head-line = From which line
money-head-amount = How much
money-line-row = { $what }: { $amount }
money-line-change = Change: { $what }, { $amount }
money-line-look = Look at: { $what }, { $amount }
money-line-sum = That is { $amount } a year. { $spent } of it is spent so far.
money-lines-sum = Planned { $amount }
money-payment-row = { $payee }, { $day }: { $amount }
money-payment-change = Change: { $payee }, { $day }, { $amount }
money-payments-sum = Spent so far { $amount }
money-payments-keep = Keep the paper receipts too. This is not an accounting tool
money-no-amount = no amount yet
money-no-payee = Somebody
money-no-day = no day yet
money-of-no-line = for no line yet
money-untied = not tied yet
money-untied-head = Not tied to anything you want yet
money-untied-why = Money is there to help with something. Open a line and say which wish or need it helps
money-shared = { $amount } helps with more than one thing and is counted with each of them
money-whole = The money as a whole
money-fact = { $what }: { $value }
money-source-year = { $amount } a year
money-weeks = A year is counted as 52 weeks
money-notice-too-much = More is planned than there is: { $amount } too much
money-notice-overspent = More is spent than there is: { $amount } too much
money-notice-untied-one = { $what } { $amount } is not tied to anything you want yet
money-notice-untied = { $count } lines, { $amount } together, are not tied to anything you want yet
money-notice-no-line = { $count ->
    [one] { $count } payment belongs to no line yet
   *[other] { $count } payments belong to no line yet
}

## Counts of a group.

money-count-nobody = nobody
money-count-few = fewer than { $few }
money-count-missing = { $names } has not counted for { $time }: that is blank, not nought
money-count-orphans = Nobody has said yet what { $names } should change

## Decisions and open questions.

money-add-question = Add a question
money-questions-empty = Is there something to decide, or to think about? Write the question down
money-questions-open = Not decided yet
money-questions-open-why = A question may stay open. It needs no answer, only a day to look at it again
money-questions-decided = Decided
money-no-review = no day yet to look at it again
money-review-now = It is time to look at this again: { $day }
money-review-on = Look at it again on { $day }
money-decided-by-on = Decided by { $name } on { $day }
money-decided-by = Decided by { $name }
money-decided-on = Decided on { $day }
money-options = What could be done
money-positions = Where people stand
money-prefers = would choose: { $what }
money-take-position = Say where I stand
money-take-position-on = Say where I stand: { $what }
money-change-position = Change where I stand
money-said = I have said it
money-doubts = Doubts that stay
money-doubt = I have a doubt
money-doubt-on = I have a doubt: { $what }
money-do-nothing = Do nothing for now
money-do-nothing-why = Doing nothing is a choice too, and has its good and not so good sides
money-add-do-nothing = Add “do nothing for now”
money-written-by = written down by { $name }

## Who decides what.

money-deciding-why = { $name } decides, unless { $name } has said yes to somebody else deciding
money-deciding-empty = What is to be decided, and who decides it?
money-decides = { $name } decides
money-helps = { $count ->
    [one] { $names } helps
   *[other] { $names } help
}
money-proposed = Proposed: { $name } has not answered yet
money-refused = { $name } said no to this
money-speaks-since = since { $day }
money-agreed-by = { $name } said yes to this
money-agreed-on = Agreed on { $day }
money-final-say-note = If somebody other than { $name } is to have the final say, it stays proposed until { $name } says yes
money-representatives-why = What is written here is what people say. The program does not check papers
money-add-representative = Add somebody
money-paper-seen = The paper was seen
money-paper-not-seen = Nobody has seen the paper yet

## Who agrees.

money-ask-all = Ask everybody
money-agreement-why = Does the plan say what we want and will do? Everybody answers for themselves: yes, yes but, or no
money-agreement-empty = Ask everybody whether they agree to the plan as it is now
money-version-name = Our plan on { $day }
money-asked-by = Asked by { $name }
money-not-answered = not answered yet
money-nothing-changed = Nothing has changed since
money-changed-since = Changed since then:
money-write-down = Write down somebody’s answer
money-write-down-for = Write down somebody’s answer: { $what }
money-not-legal = This is not a legal signature. It shows what was asked, and who said what to it

## Whose voice is missing.

money-silent = Nothing is written down here of what { $names } { $count ->
        [one] thinks
       *[other] think
    }
money-only-workers = Only people who work for a service, or who began this plan for somebody else, have written in: { $parts }
money-whose-voice = Whose voice is missing?

## Meetings.

money-plan-meeting = Plan a meeting
money-which-kind = What kind of meeting?
money-kind-circle = Your own people, about every two months
money-kind-review = Is the plan still right? Once or twice a year
money-kind-light-check = A short look six to eight weeks after something new
money-kind-family-team = Everybody around the family, every six to twelve weeks
money-kind-case-conference = When people worry about somebody’s safety; a core group follows within ten working days
money-kind-case-review = Looking again after a conference, within three months and then six
money-kind-core-group = The few who do the work after a conference, every four to six weeks
money-kind-strategy = What has to be found out, and who does it
money-kind-coalition = Partners of a group
money-topic-well = What is going well
money-topic-not-well = What is not going well
money-topic-wants = What I want, and how far we are
money-topic-promises = What we promised last time
money-topic-money = The money
money-topic-worries = What worries us, and why it may be worth it
money-topic-safe = Is everybody safe?
money-topic-who = Who will do what until next time
money-meetings-empty = When do people next sit down together with you?
money-coming-up = Coming up
money-have-been = Already held
money-more-meetings = Show earlier ones too
money-all-meetings = All meetings
money-look = Open
money-look-at = Open: { $what }
money-review-next = We look at the plan again on { $day }
money-review-past = It is time to look at the plan again: that was meant for { $day }
money-review-none = There is no day yet to look at the plan again
money-review-change = Change: when we look at the plan again
money-sees-to-it = { $name } sees to it
money-nothing-about = Nothing about me without me: how will { $name } have their say?
money-nothing-about-me = Nothing about me without me: how will I have my say?
money-ask-to-come = Ask { $name } to come
money-ask-circle = Ask everybody in the circle to come
money-asked-to-come = asked to come
money-needs = needs: { $what }
money-no-day-yet = No day and place yet
money-leads = { $name } leads it
money-writes-down = { $name } writes it down
money-called-by = called by { $name }
money-stage = This meeting
money-stage-agenda = What to talk about
money-stage-before = Before
money-stage-room = In the room
money-stage-after = After
money-stage-how = How was it
money-agenda-empty = What do you want to talk about?
money-usual-topics = Begin with what is usually talked about
money-from-person = from { $name }
money-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
money-before-why = What each of us thinks before we meet, in our own words. Nobody has to agree
money-write-views = Write what I think
money-nothing-said-yet = has not written anything yet
money-since = Since we last met, on { $day }
money-since-ever = Until now
money-happened = { $count ->
    [0] Nothing that happened is written down
    [one] One thing that happened is written down
   *[other] { $count } things that happened are written down
}
money-trend = { $now } in the last four weeks, { $before } in the four before
money-no-promises = Nobody has promised anything
money-promises = Promises: { $kept } kept, { $changed } changed, { $missed } not kept, { $open } still to come
money-promise-kept = kept
money-promise-changed = changed
money-promise-not-kept = not kept
money-promise-open = to come
money-check = { $spent } of { $available } is spent, { $share } %
money-check-gone = { $gone } % of the time has gone
money-counts-only = Counted is only what people wrote here
money-matrix = What is working and what is not, as each of us sees it
money-matrix-empty = People may see the same thing differently. Both stay
money-matrix-add = Add something to look at
money-seen-differently = seen differently
money-my-view = Say how I see it
money-see-it-so = Say how I see it: { $what }
money-say-something = Add: { $what }
money-worth-talking = worth talking about
money-next-time = Next time: { $day }
money-usually-again = People usually meet again after { $from } to { $to } weeks: by { $day }
money-choose-day = Choose { $day }
money-see-differently = I see it differently
money-write-down-views = Write down what somebody without a device thinks
money-write-down-dissent = Write down how somebody else sees it
money-heard-why = Everybody answers for themselves, and everybody sees it
money-talked-most = says { $name } talked most
money-answer-four = Answer the four questions
money-change-answers = Change my answers
money-of-ten = { $step } of 10

money-how-decided = How we came to it
