### What was signed, as sentences: on screen, on the command line, in the history.
### $day is "On 3 May"; $by is whoever did it, by name or "you".

signed-you = you
signed-someone = someone
signed-everyone = everyone in the circle

## The circle.

signed-found = { $day } { $by } began this plan
signed-found-for = { $day } { $by } began this plan for somebody who was not here yet
signed-invite = { $day } { $by } made a ticket for someone new ({ $role })
signed-join = { $day } { $by } asked to come in
signed-confirm = { $day } { $by } let { $whom } in{ $standing ->
    [owner] , to decide about the plan, too
    [coordinator] , who may let people in, too
   *[other] {""}
}{ $until }
signed-link = { $day } { $by } added one more device: { $device }
signed-stand = { $standing ->
    [owner] { $day } { $by } said that from then on { $whom } may decide about the plan, too
    [coordinator] { $day } { $by } said that from then on { $whom } may let people in, too
   *[other] { $day } { $by } said that from then on { $whom } may no longer let people in
}
signed-remove = { $day } { $by } removed { $whom } from the circle
signed-remove-device = { $of ->
    [you] { $day } { $by } removed a device of yours: { $device }
   *[other] { $day } { $by } removed a device of { $whom }: { $device }
}
signed-hand-over = { $day } { $by } handed the plan over to { $whom }, whose plan it is
signed-leave = { $day } { $by } left the circle
signed-new-words = { $day } { $by } made new recovery words

## Devices.

signed-this-device = this device
signed-first-device = the device they came with
signed-a-device = a device
signed-device-called = “{ $name }”

## Parts.

signed-part = { $day } { $by } began “{ $part }”
signed-voice = { $day } { $by } began to speak in their own name in “{ $part }”
signed-share-edit = { $day } { $by } let { $whom } write in { $count ->
    [one] “{ $part }”
   *[other] { $part }
}{ $why }{ $until }{ $basis }
signed-share-suggest = { $day } { $by } let { $whom } read { $count ->
    [one] “{ $part }”
   *[other] { $part }
} and offer words{ $why }{ $until }{ $basis }
signed-share-view = { $day } { $by } let { $whom } read { $count ->
    [one] “{ $part }”
   *[other] { $part }
}{ $why }{ $until }{ $basis }
signed-unshare = { $day } { $by } stopped sharing “{ $part }” with { $whom }{ $why }
signed-refuse = { $day } { $by } decided not to share “{ $part }” with { $whom }{ $why }{ $basis }
signed-because = , because: { $why }
signed-until = , until { $when }
signed-basis = {" "}({ $basis })
signed-renew = { $day } { $by } began a new chapter in { $part }, after something had changed
signed-keep = { $day } { $by } kept what was there of { $part }
signed-bar = { $day } { $by } shut a harmful edit out of { $part }{ $why }
signed-new-key = { $day } { $by } changed the key of { $part }
signed-unknown = { $day } { $by } did something that this version of the program does not know yet
