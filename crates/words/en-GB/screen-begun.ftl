# Who begins a part: one that was begun more than once, and one that nobody has begun yet.

begun-twice = This part was begun on two devices that had not met. Everything written on both is here; who sees which is decided for each.
begun-twice-by = { $names } began this part while they were apart. Everything all of them wrote is here; who sees which is decided for each.

begun-front = Somebody asks
begun-front-missing = { $name } would like to write in “{ $part }”. It has not been begun yet.
begun-front-closed = { $name } would like to write in “{ $part }”. It is not shared with them.
begun-begin = Begin it
begun-begin-this = Begin { $part }, as { $name } asks
begun-not-now = Not now
begun-not-now-this = Not now: { $part }, for { $name }

begun-missing = { $name } has not begun this part, or has not shared it with you.
begun-ask-for = You can ask for
begun-ask-for-why = Somebody like you usually writes here. Whose plan it is begins a part, and decides who sees it; they are told that you ask
begun-ask = Ask for it
begun-ask-this = Ask { $name } for { $part }
begun-asked = You asked for it on { $day }
begun-said-not-now = { $name } said: not now
begun-take-back = Take it back
begun-take-back-this = Do not ask for { $part } any more

begun-keep = Keep this
begun-keep-this = Keep this: { $what }
