### The cover: who somebody is, and how far the plan has come.

cover-picture-of = Picture of { $name }
cover-step = { $stage }: step { $number } of { $count }
cover-step-none = Nobody has said yet how far this plan has come
cover-stage-finding-out = We listen, and find out what matters and what is hard.
cover-stage-planning = We write down what is wanted and who will do what.
cover-stage-agreeing = Everybody says yes, yes but, or no.
cover-stage-support = The help is there. We write down how it goes.
cover-stage-looking-again = We look at what worked, and change the rest.
cover-details-none = Date of birth, address and numbers are not in this plan. If you want them in it, only people you name will see them.
cover-noticing = When this plan speaks up
cover-noticing-why = It never tells anybody outside, and stops nobody. You can say what is much for you
cover-noticing-week = { $week } things that happened in seven days are many; or { $month } in four weeks, if they are twice as many as before
cover-noticing-serious = One that is called “{ $how }” is enough; or { $agencies } services called in seven days, and nobody follows it up
cover-noticing-needs = An answer that has not come after { $answer } days is late; a need that is nobody’s for { $nobodys } days is talked about
cover-noticing-soon = What is due in { $days } days is soon
cover-details-add = Add my details
cover-details-first = Fill in only what you want. Whoever does not see this card does not have what is on it.
