### What was signed, as sentences: on screen, on the command line, in the history.
### $day is "On 3 May"; $by is whoever did it, by name or "you".

said-you = you
said-someone = someone
said-everyone = everyone in the circle

## The circle.

said-found = { $day } { $by } began this plan
said-found-for = { $day } { $by } began this plan for somebody who was not here yet
said-invite = { $day } { $by } made a ticket for someone new ({ $role })
said-join = { $day } { $by } asked to come in
said-confirm = { $day } { $by } let { $whom } in{ $standing ->
    [owner] , to decide about the plan, too
    [coordinator] , who may let people in, too
   *[other] {""}
}{ $until }
said-link = { $day } { $by } added one more device: { $device }
said-stand = { $standing ->
    [owner] { $day } { $by } said that from then on { $whom } may decide about the plan, too
    [coordinator] { $day } { $by } said that from then on { $whom } may let people in, too
   *[other] { $day } { $by } said that from then on { $whom } may no longer let people in
}
said-remove = { $day } { $by } removed { $whom } from the circle
said-remove-device = { $of ->
    [you] { $day } { $by } removed a device of yours: { $device }
   *[other] { $day } { $by } removed a device of { $whom }: { $device }
}
said-hand-over = { $day } { $by } handed the plan over to { $whom }, whose plan it is
said-leave = { $day } { $by } left the circle
said-new-words = { $day } { $by } made new recovery words

## Devices.

said-this-device = this device
said-first-device = the device they came with
said-a-device = a device
said-device-called = “{ $name }”

## Parts.

said-part = { $day } { $by } began the part { $part }
said-voice = { $day } { $by } began to say something in their own name about { $part }
said-share-edit = { $day } { $by } gave { $whom } the part { $part }, to write in{ $why }{ $until }{ $basis }
said-share-suggest = { $day } { $by } gave { $whom } the part { $part }, to read and to offer words{ $why }{ $until }{ $basis }
said-share-view = { $day } { $by } gave { $whom } the part { $part }, to read{ $why }{ $until }{ $basis }
said-unshare = { $day } { $by } stopped sharing the part { $part } with { $whom }{ $why }
said-refuse = { $day } { $by } decided not to share the part { $part } with { $whom }{ $why }{ $basis }
said-because = , because: { $why }
said-until = , until { $when }
said-basis = {" "}({ $basis })
said-renew = { $day } { $by } began a new chapter in { $part }, after something had changed
said-keep = { $day } { $by } kept what was there of { $part }
said-bar = { $day } { $by } shut a harmful edit out of { $part }{ $why }
said-new-key = { $day } { $by } changed the key of { $part }
said-unknown = { $day } { $by } did something that this version of the program does not know yet
