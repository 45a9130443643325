# Days that come, a template's chapters, cards of roles: what checks see and no page of its own shows.

checks-object = Object to what { $agency } answered: { $what }
checks-ask-again = Ask { $agency } again: { $what }
checks-objected = One could object until { $day }
checks-review = Look at the whole plan again
checks-look-again = Look at it again: { $what }
checks-overdue = since { $day }
checks-show = Show
checks-show-this = Show: { $what }

checks-chapters = The chapters of this kind of plan
checks-chapter-go = Go to { $part }
checks-chapter-go-area = Go to { $part }: { $chapter }
checks-chapter-begin = Not begun yet: { $part }

checks-role-card = Could be clearer: { $questions }

checks-severity = How serious it was at worst, week by week
checks-severity-week = Week of { $day }: { $how }
checks-severity-none = nothing written down

checks-core-group = A core group usually meets within ten working days, by { $day }
checks-core-group-plan = Plan the core group by { $day }
checks-light-check = A short look is usual after six to eight weeks, by { $day }
checks-light-check-plan = Plan the short look by { $day }

checks-changed = something has changed
checks-same = nothing has changed

checks-few = fewer than 5
checks-few-short = < 5
