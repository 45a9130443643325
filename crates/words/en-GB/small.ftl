# The pages that are lists of small things.
small-review = look again by { $day }
small-dated = { $day }
small-since = since { $day }
small-until = until { $day }
small-by = by { $name }

small-papers-lead = What else there is about you, and where it lies. The papers themselves can stay where they are.
small-papers-lead-of = What else there is about { $name }, and where it lies. The papers themselves can stay where they are.
small-papers-more = Is there a letter, a form or another plan people should know of?

small-equipment-by = { $name } looks after it
small-equipment-more = What helps, or would help?

small-medicines-lead = For talking about, so that everybody has the same list. It is no prescription.
small-medicines-more = What do you take?
small-medicines-more-of = What does { $name } take?
small-medicines-past = No longer taken
small-medicines-checked = checked { $day }
small-medicines-old = last checked { $day }
small-medicines-unchecked = not checked yet

small-capacity-lead = About one decision at one time, never about a whole life. Only the people named for it see this page.
small-capacity-more = Which decision was talked about?
small-capacity-helped = { $name } helped to decide

small-resources-lead = What there is around here, how to get it, and when somebody last made sure.
small-resources-more = Which place or service should others know of?
small-resources-checked = last checked { $day }
small-resources-unchecked = nobody checked this yet
small-resources-cost = cost: { $cost }
small-resources-waiting = waiting time: { $time }

small-shared-lead = What was agreed in words. Who has which part is under “Who sees what”, signed.
small-shared-agreements-more = What was agreed about sharing?
small-shared-records-more = Was something shown, printed or told outside the circle?
small-shared-withdrawn = taken back { $day }
small-shared-over = ended { $day }
small-shared-yes = { $name } said yes
small-shared-with = with { $name }
small-shared-honest = When you share, the other person gets their own copy. You can stop sending new things. You cannot take back what they already have.

small-carer-lead = You count too. This page is yours: nobody else sees it until you share it.
small-carer-begin = Do you care for someone? Begin your own page
small-carer-of = { $name }’s own page
small-carer-for = cares for { $name }
small-carer-share = Decide who sees it

small-apart-lead = For what only some people should see. Each has a name and readers of its own.
small-apart-more = Is there something only some people should see?
small-apart-name = What it is called
small-apart-name-first = Say first what it is called
small-apart-begin = Put it apart
small-apart-you = you
small-apart-readers = { $count ->
    [one] Only { $names } can see this
   *[other] { $names } can see this
}
small-apart-share = Decide who sees it

small-mine-lead = Nothing here ever leaves this device, not even for your other devices. Nobody has a spare of it.
