# What stands on many pages: who reads them, what is said beside them, what is new on them.

pages-with-a-number = Say it with a number, too

## Who reads a page, below its title.

pages-seen-by-me = Only you see this page
pages-seen-by-all = Seen by the whole circle
pages-seen-by = Seen by { $names }
pages-seen-by-some = Seen by { $count } of the { $all } people in the circle

## What is said beside a page or a card.

pages-answer = Answer
pages-answer-this = Answer: { $words }
pages-comment-is-done = Done, this is settled: { $words }
pages-said = That is what I say
pages-said-about = That is what I say about: { $what }
pages-comments-done = { $count ->
    [one] One comment that is settled
   *[other] { $count } comments that are settled
}
pages-comments-done-hide = { $count ->
    [one] Hide the comment that is settled
   *[other] Hide the { $count } comments that are settled
}

## Pages of which a plan shows one area after the other.

pages-area-show = Show
pages-area = { $words } ({ $count })
pages-area-all = Everything
pages-area-none = Under no heading yet

## How much is said on a page, at its head.

pages-comments = { $count ->
    [one] One comment on this page
   *[other] { $count } comments on this page
}
pages-comments-hide = { $count ->
    [one] Hide the comment
   *[other] Hide the comments
}
pages-comment-where = Go to: { $what }
