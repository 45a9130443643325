### Words of the command line only.

## What was done.

cli-made = This is now { $name }’s device ({ $device })
cli-started = Started “{ $title }” ({ $id })
cli-joined = You are in “{ $title }”
cli-join-words = Read these four words to whoever invited you: { $words }
cli-code = Tell them this code: { $code } (good until { $until }, for one try). They type “along join { $code }”
cli-handed-over = It is { $name }’s plan now
cli-linked = Your other device is one of yours now
cli-confirmed = { $name } is in
cli-declined = They were not let in, and are told so. To come in after all they need a new invitation
cli-knock = { $name } asks to come in ({ $role }), { $when }
cli-no-knocks = Nobody asks to come in just now
cli-no-plans = There is no plan on this device yet. Start one with “along new TITLE”, or join one with a ticket
cli-untitled = a plan without a name
cli-exported = Written to { $path }
cli-serving = Online. Others find this device at: { $addresses }
cli-passphrase-set = From now on this device opens with that passphrase only, or with the 24 words of a plan made here
cli-passphrase-removed = From now on this device opens without a passphrase, for whoever can use this computer in your name
cli-copy = { $when } ({ $number })
cli-no-copies = There is no copy yet. This device makes one a day
cli-put-back = What this device held { $when } is back. { $kept ->
    [yes] What lay there until now is kept beside it as { $file }.
   *[no] Nothing lay there.
 } What you wrote since then comes back from the others, as far as they have it
cli-sheet = The recovery sheet is in { $path }. Print it, put it where you keep your passport, and delete the file. These words are kept nowhere else
cli-restored = You are back in “{ $title }” on this device. Your devices there are now:
cli-device = { $name } ({ $device })
cli-device-here = { $name }, this one ({ $device })
cli-lost = { $name } is removed. What was written there up to now stays; nothing more is sent there, and what is written there from now on is held back. It keeps the copy it has
cli-sheet-used = These words open this device too from now on, should its passphrase be forgotten
cli-resheeted = In the plan, the words of the old sheet are worth nothing from now on. Another device of yours that was told them still opens with them: tell it the new ones there, with “along use-sheet”, or give it a new passphrase
cli-settled = The same on all devices that can be reached: { $names }
cli-history-run = { $name } · { $part } · { $when } · { $count ->
    [one] { $count } edit
   *[other] { $count } edits
}
cli-signed = Signed and kept
cli-kept = { $count ->
    [0] There was nothing to put back
    [one] { $count } edit was put back
   *[other] { $count } edits were put back
}
cli-none-held = Nothing is held back
cli-file = { $name } ({ $kilobytes } KB), at { $field }: { $state ->
    [here] here
    [coming] on its way
    [on-asking] comes when it is asked for
   *[waiting] not here yet
}
cli-no-files = Nothing is attached to this plan
cli-no-such-file = There is no file called “{ $name }” there. List them with: along files PLAN
cli-two-files = More than one file is called “{ $name }”. Name it by the letters of its id instead
cli-which-files = Say which files come by themselves: all or small
cli-verified = Every signature and every rule holds: { $edits ->
    [one] { $edits } edit
   *[other] { $edits } edits
}, { $statements ->
    [one] { $statements } statement
   *[other] { $statements } statements
}, { $signatures ->
    [one] { $signatures } signature
   *[other] { $signatures } signatures
}
cli-not-verified = Something in the part “{ $part }”, said to be by { $name }, is not as it was signed ({ $count ->
    [one] { $count } place
   *[other] { $count } places
}). Nothing was thrown away. Keep the folder, and bring the plan back from another device of the circle
cli-replayed = Replayed { $transactions } transactions with { $merges } merges on { $devices } devices in { $seconds } s. All of them end with exactly the recording’s text ({ $characters } characters); { $edits } edits and { $signatures } signatures were checked again from nothing. Devices started again: { $restarts }

## The demo, as it happens.

cli-demo-begins = Three devices, three programs, one plan, no server. Everything is kept in { $path }
cli-demo-device = { $name }’s device is running (process { $process })
cli-demo-sample = { $name } has started the sample plan “{ $title }”
cli-demo-invited = { $name } ({ $relationship }) was given a ticket: { $ticket }
cli-demo-words = { $name } read out four words, they were the same on both sides, so { $name } is in: { $words }
cli-demo-wrote = { $name } writes in { $part }, { $field }: “{ $words }”
cli-demo-set = { $name } chooses in { $part }, { $field }: { $value }
cli-demo-added = { $name } adds to { $part }: “{ $words }”
cli-demo-with = {"    "}what { $name } wrote is now on the disks of { $names }
cli-demo-not-with-all = What was written has not reached all three devices in time. Nothing is lost. Run the demo again when the computer is less busy
cli-demo-same = All three devices hold exactly the same
cli-demo-differs = The three devices do not hold the same. That is a fault of the program. Their folders are kept
cli-demo-verified = { $name }’s device checked everything again from nothing: { $edits } edits, { $statements } statements, { $signatures } signatures, all of them good
cli-demo-html = The plan as a page to read and print: { $path }
cli-demo-json = The plan for other programs: { $path }

## What was wrongly asked for.

cli-usage = This is not a command as it should be: { $cause }
cli-not-here = This command cannot be given here. Give it as “along …” in a terminal
cli-left-open = A quotation mark or a backslash in this line is left open. Nothing was done
cli-not-text = This line is not text. Nothing was done
cli-bad-address = “{ $address }” is not an address. Write it like 127.0.0.1:4001. Nothing was done
cli-bad-path = This is not the name of a field or list. Write it like about-me.communication or goals/ITEM.status. Nothing was changed
cli-bad-steps = These are not steps of a text. Nothing was changed
cli-bad-upto = Write it like DEVICE:NUMBER. Nothing was changed
cli-bad-extension = A plan can be written as .html or .json. Choose a file name that ends so. Nothing was written
cli-bad-picture = A ticket can be drawn as .png or .svg. Choose a file name that ends so. Nothing was written
cli-bad-time = “{ $text }” is no time to come. Write it like 17:30, 2h, 2027-03-01 or 2027-03-01T17:30. Nothing was done
cli-not-to-hand-over = This plan cannot be handed over from here: only on the device that began it for somebody else, and only once. Nothing was changed
cli-only-guests = Only a guest comes for a visit. Invite them as guest, or without --until. Nothing was done
cli-not-a-pair = “{ $text }” is not FIELD=VALUE. Nothing was changed
cli-one-value = An offer about a field takes one value; one more item takes --add and FIELD=VALUE; one less takes --take-out alone. Nothing was offered
cli-offers = Offers that wait for an answer
cli-offer = { $id }  { $name } offers in { $part }, { $what }: { $words }
cli-no-such-kind = There is no kind of plan “{ $name }”. Kinds are seven-questions, care-act, ndis, ehcp, family-team, carer and coalition
cli-no-such-role = There is no role “{ $name }”. Roles are person, carer, family, supporter, worker, lead, advocate, representative and guest
cli-no-such-part = There is no part “{ $name }”
cli-no-such-edit = “{ $name }” names no edit. “along history PLAN --json” lists them. Nothing was changed
cli-no-such-act = “{ $name }” names nothing they have signed. Give a day, or an id that “along history PLAN --json” shows. Nothing was changed
cli-bad-access = “{ $name }” is not what somebody may do with a part. Say view, suggest or edit; to share nothing there are “unshare” and “refuse”. Nothing was changed
cli-bad-standing = “{ $name }” is not a standing. Say owner, coordinator or member. Nothing was changed
cli-no-such-plan = There is no plan “{ $name }” on this device. “along plans” lists them
cli-two-plans = More than one plan is called “{ $name }”. Use the first letters of its id, which “along plans” shows
cli-no-such-person = There is nobody called “{ $name }” here. Look at the names again
cli-two-people = More than one person is called “{ $name }”. Use the first letters of their id
cli-two-documents = More than one document is called “{ $name }”. Use the first letters of its id, which “along show --json” shows
cli-no-home = This computer does not say where data belongs. Name a folder with --home
cli-no-input = Nothing could be read from standard input. Nothing was done
cli-no-passphrase = No passphrase was given. Nothing was made. Type one, or give it in ALONGSIDE_PASSPHRASE
cli-bad-sheet = A recovery sheet can be written as .html or .txt. Choose a file name that ends so. Nothing was made
cli-file-there = There is a file { $path } already. Nothing was changed. Choose another name
cli-no-such-copy = There is no copy of that number. “along copies” lists them. Nothing was changed
cli-unreadable-file = { $path } cannot be read as text. Nothing was changed. Check the name of the file
cli-unwritable-file = { $path } cannot be written. The plan itself is safe. Choose another place
cli-nobody-typed = Nobody has typed the code yet. Nothing is lost. Call them, and run the command again for a new code
cli-not-confirmed = Nobody has let you in yet. Nothing is lost. Call whoever invited you, and run “along join” again with the same ticket

## Devices that this program starts itself.

cli-no-program = A device could not be started. Nothing is lost. Try again
cli-device-ended = Device { $number } has ended before it should. What it had saved is safe in its folder
cli-device-failed = A device could not do what it was asked: { $cause }

## Recordings.

cli-replay-unreadable = The recording { $path } cannot be read ({ $cause }). Check the name of the file
cli-replay-too-large = The recording { $path } is too large to be replayed
cli-replay-damaged = The recording { $path } is cut short or damaged. Get it again
cli-replay-not-one = { $path } is not a recording of writing
cli-replay-parent = The recording { $path } makes no sense: transaction { $number } names a parent that does not exist or comes later
cli-replay-not-one-line = The recording { $path } cannot be replayed: transaction { $number } does not follow its own writer’s last one
cli-replay-agent = The recording { $path } makes no sense: transaction { $number } is by a writer it does not have
cli-replay-beyond = The recording makes no sense: transaction { $number } changes a place beyond the end of the text
cli-replay-too-many = The recording { $path } cannot be replayed: writer { $number } makes more edits than one device may make in one part
cli-replay-crowd = The recording { $path } has too many writers to be replayed
cli-replay-too-few = This recording has { $agents } writers. Name at least as many devices
cli-replay-differs = Device { $number } does not end with the recording’s text. That is a fault of the program
cli-replay-device = Device { $number } could not go on: { $cause }
cli-replay-silent = The devices have stopped answering. What they had saved is safe in their folders
