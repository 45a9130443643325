# Offers: what somebody would change who may only suggest, and what is answered.

suggest-hint = You can offer changes here. { $name } decides
suggest-change = Offer a change
suggest-change-this = Offer a change: { $what }
suggest-up = Offer to move this up
suggest-up-this = Offer to move up: { $what }
suggest-place-first = as the first
suggest-place-behind = behind “{ $what }”
suggest-take-out = Offer to take this out
suggest-take-out-this = Offer to take out: { $what }
suggest-other-words = Offer other words
suggest-other-words-for = Offer other words: { $what }
suggest-yours = What you offer: { $what }
suggest-more-of = Offer one more: { $what }
suggest-send = Offer this
suggest-send-of = Offer this: { $what }
suggest-why-hint = Why, if you want to say
suggest-take-back = Take it back
suggest-take-back-this = Take back what you offer: { $what }
suggest-decides = { $name } decides

suggest-offers-words = { $name } offers words
suggest-offers-answer = { $name } offers another answer
suggest-offers-more = { $name } offers one more
suggest-offers-place = { $name } offers another place for this
suggest-offers-less = { $name } offers to take this out
suggest-you-offer-words = You offer words
suggest-you-offer-answer = You offer another answer
suggest-you-offer-more = You offer one more
suggest-you-offer-place = You offer another place for this
suggest-you-offer-less = You offer to take this out
suggest-why = Why: { $words }
suggest-nothing = nothing
suggest-heard-gone = instead of “{ $words }”
suggest-heard-come = “{ $words }”

suggest-take = Take it
suggest-take-this = Take what { $name } offers: { $what }
suggest-not-now = Not now, because …
suggest-not-now-this = Not now, to what { $name } offers: { $what }
suggest-copy = Copy the words
suggest-copy-this = Copy the words { $name } offers: { $what }
suggest-after-all = Take it after all
suggest-already = It says so already
suggest-words-changed = These words have changed since, so it does not fit any more. You can copy from it by hand
suggest-answer-changed = This has been answered differently since
suggest-gone = What it is about was taken out

suggest-taken = Offered by { $name }, taken by { $by }
suggest-taken-on = Offered by { $name }, taken by { $by } on { $day }
suggest-not-taken = { $name }’s offer, answered by { $by }: the words stay
suggest-not-taken-by-you = { $name }’s offer, answered by you: your words stay
suggest-earlier = { $count ->
    [one] One offer that was answered
   *[other] { $count } offers that were answered
}
suggest-less = Hide the offers that were answered

suggest-you-offer = { $count ->
    [one] you offer, { $names } writes
   *[other] you offer, { $names } write
}
suggest-beside = Offers
suggest-waiting = { $count ->
    [one] One waits for an answer
   *[other] { $count } wait for an answer
}
suggest-front = Offered to you

suggest-what-changed = Show what changed
suggest-what-changed-in = Show what changed in { $part }
suggest-hide-changed = Hide what changed
suggest-hide-changed-in = Hide what changed in { $part }
suggest-changed-by = { $what } · by { $names }
suggest-came = New: { $what }
suggest-went = Taken out: { $what }
suggest-begun-since = Begun since then
suggest-more-changes = { $count ->
    [one] And one more change
   *[other] And { $count } more changes
}
