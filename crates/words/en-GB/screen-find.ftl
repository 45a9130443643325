### Looking for words.

find-title = Find
find-words = Words to look for
find-hint = a word, a name, a day
find-empty = Write a word, and you see every place where it stands, in all plans on this device.
find-nothing = “{ $words }” is nowhere in { $plans }.
find-not-here = Parts that are not shared with you are not on this device, so they are not looked through.
find-more = { $count ->
    [one] It is in one more place. Another word beside it makes them fewer.
   *[other] It is in { $count } more places. Another word beside it makes them fewer.
}
find-show-more = { $count ->
    [one] Show the other place
   *[other] Show more of { $count } other places
}
find-reading = Still reading the plans on this device…
find-said-by = said by { $name }
find-nothing-here = “{ $words }” is nowhere in what this device may see.
