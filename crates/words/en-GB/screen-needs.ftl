# What I need help with, the help I get, what could go wrong and why it is worth it, if things go wrong, keeping well.

## Needs.

needs-lead = Say what you need, in your own words. Everybody here sees who has it, and what nobody has yet
needs-more = What do you need help with?
needs-more-of = What does { $name } need help with?
needs-group-nobodys = Nobody has this yet
needs-group-at-risk = This hangs by a thread
needs-group-held = Somebody has this
needs-group-over = No longer needed

## Why nobody has it, or why it hangs by a thread.

needs-why-nobody = Nobody has said yes to this, nobody is doing anything about it, and no help has started
needs-why-owner = { $name } was written down for this, and has not said yes
needs-why-not-ours = Everybody who was asked says it is not theirs: { $names }
needs-why-waiting = Only waiting: { $names } should have answered by now
needs-why-late = The one thing somebody is doing about it is late: { $what }

## Who has it, and what I can say.

needs-has-it = { $name } has this in hand
needs-has-it-written = { $name } has this in hand, as it was written down
needs-does = { $names }: { $what }
needs-support = Help that has started: { $what }
needs-take = I can take this
needs-take-this = I can take this: { $what }
needs-give-back = I cannot do this any more
needs-give-back-this = I cannot do this any more: { $what }
needs-met = It is being met
needs-met-this = It is being met: { $what }
needs-talk = Talk about it
needs-talk-this = Talk about it: { $what }
needs-talk-at = to be talked about on { $day }
needs-talk-question = an open question
needs-see = Say how I see it
needs-see-change = Change how I see it
needs-see-this = How I see it: { $what }
needs-see-done = Done with: { $what }
needs-written-by = written down by { $name }
needs-whose = { $name }’s need
needs-raised-by = raised by { $name }
needs-since = since { $day }
needs-right = My right: { $right }
needs-answers = What services answered
needs-waiting-for = { $days ->
    [one] since { $day }, { $days } day
   *[other] since { $day }, { $days } days
}
needs-appeal = object by { $day }
needs-appeal-over = one could object until { $day }

## Help I get.

needs-supports-lead = Family and friends, what is around the corner, what everyone can have and what is paid for: it all counts
needs-supports-more = Who or what helps you?
needs-supports-week = My week
needs-supports-over = What has ended
needs-supports-for = helps with
needs-supports-chosen = chosen by { $name }
needs-supports-step = { $words }: step { $step } of { $of }
needs-supports-how = How is it for me?
needs-supports-again = How is it for me now?
needs-supports-how-this = How it is for me: { $what }

## Things that could go wrong.

needs-risks-lead = A life without any risk is not much of a life. Begin with why it is worth it
needs-risks-more = What do you want to do that could go wrong?
needs-risks-no-strengths = Nothing is written about what you are good at and who you can count on. That comes before anything that could go wrong
needs-risks-strengths-begin = Write it down
needs-risks-strengths-all = See all of it
needs-risks-no-reason = Nobody has written yet why it is worth it
needs-risks-sure = We are { $sure } of 10 sure that this is right
needs-risks-agrees = agrees
needs-risks-partly = agrees in part
needs-risks-disagrees = does not agree
needs-risks-written = as it was written down
needs-risks-talk = seen differently: worth talking about

## If things go wrong.

needs-contingency-honest = Alongside is no emergency service and calls nobody by itself. If somebody is in danger, ring the emergency number of your country: 999, 112, 000 or 911
needs-contingency-more = What could happen, and what should people do then?
needs-contingency-no-trigger = What sets it off? A plan like this helps when people know when to use it
needs-contingency-agreed = agreed by { $names }
needs-contingency-keeps = { $names } keeps this up to date
needs-contingency-large = Show large
needs-contingency-large-this = Show large: { $what }
needs-contingency-back = Back to all of them

## Keeping well.

needs-well-updated = Last looked at on { $day }
needs-well-honest = This page is yours. Whoever sees it can do more of what helps
needs-well-honest-of = This page is { $name }’s. Whoever sees it can do more of what helps

needs-over-more = All that was said about it
