### What went wrong: what happened, that nothing is lost (if so), what to do. Keys begin with `errors-`, or with the
### crate whose error it is: `store-`, `node-`, `circle-`, `plan-`, `sync-`.

## The folder of this device, and opening it.

store-in-use = { $program } (process { $pid }) has this folder open. Nothing was changed. Close it there, then try again
store-nothing = There is no Alongside device in this folder yet. Make one with “along init --name NAME”, or choose another folder
store-already-there = There is an Alongside device in this folder already. Nothing was changed. Use it, or choose another folder
store-data-missing = The file with your plans is missing from this folder, while its keys are there. Put alongside.redb back, or start again in an empty folder and join your plans from another device
store-data-damaged = The file with your plans is damaged. It was left as it is. Keep the whole folder, and bring the plans back from its copies or from another device of the circle
store-other-key = The file with your plans and the keys beside it do not belong together. Nothing was changed. Put back the files that were made together
store-key-missing = Both key files are missing from this folder, so the plans in it cannot be read. Nothing was changed. Put key.1 or key.2 back
store-key-damaged = Both key files in this folder are damaged, so the plans in it cannot be read. Nothing was changed. Put a good key.1 or key.2 back
store-open-key-missing = The file key.open is missing from this folder, so the plans in it cannot be read. Nothing was changed. Put it back
store-open-key-damaged = The file key.open is damaged or belongs to another device. Nothing was changed. Put the right one back
store-passphrase-needed = This device is locked with a passphrase. Type it, or give it in ALONGSIDE_PASSPHRASE
node-keyring-unusable = The keyring of this computer is not there, is locked, or did not answer. Nothing was changed
node-keyring-entry-stays = This device asks for its passphrase again. Its entry in the keyring of this computer could not be taken away; it opens nothing any more
store-wrong-passphrase = That is not the passphrase of this device. Nothing was changed. Try again
store-wrong-words = These are the words of no plan that was made or joined on this device. Nothing was changed. Look at the name on the sheet, and try the words of another plan
store-key-weak = Somebody has altered a key file so that the passphrase is easier to guess. Nothing was opened. Put the right key files back
store-newer = This folder was written by a newer version of Alongside. Nothing was changed. Update Alongside on this computer
store-full = The disk is full. What was saved before is safe. Make some room, then try again
store-read-only = This folder cannot be written to. What was saved before is safe. Check that you may write there, then try again
store-failed = The computer could not read or write the folder ({ $cause }). What was saved before is safe. Check the disk, then try again
store-write-failed = The computer could not write to the folder ({ $cause }). What was saved before is safe. Check the disk, then open Alongside again
store-stopped = Saving has stopped after an earlier problem with the disk. What was saved before is safe. Close Alongside and open it again
store-too-large = This is larger than a plan can keep, so it was not saved. Everything else is safe. Make it shorter, or split it
store-record-damaged = Something kept in this folder was altered after it was written, so it is not used. Keep the folder, and bring the plan back from another device of the circle

## The device, and what was asked of it.

node-damaged = What is kept in this folder does not fit together, so it was left as it is. Keep the whole folder, and bring the plans back from another device of the circle
node-system = This computer could not give Alongside what it needs to run. Nothing was changed. Close other programs, then try again
node-listen = Alongside cannot listen at that address. Nothing is lost. Choose another address or port
node-busy = Too much is going on just now. Nothing is lost. Try again in a moment
node-stopped = This device has stopped. What was saved is safe. Open Alongside again
node-late = No answer came in time. Nothing is lost. Try again when the other device is near
node-no-such-plan = There is no such plan on this device. Look at the list of plans
node-no-such-document = There is no such part on this device, or it is not shared with you
node-not-a-member = This device is not in the circle of this plan. Ask someone in the circle for an invitation
node-not-allowed = The circle of this plan does not let you do this. Ask the person whose plan it is, or their main contact
node-malformed = This cannot be written down like that. Nothing was changed. Make it shorter or simpler
node-not-ours = This edit does not belong to this device, so it was not signed. What was saved is safe. Open the plan again
node-door = The other devices would refuse this edit, so it was not sent. What was saved is safe. Make the change smaller
node-broken = An edit before this one was refused, so this one waits too. What was saved is safe. Open the plan again
node-not-saved = This could not be saved on this computer. What was saved before is safe. Check the disk, then open Alongside again
node-disk-full = The disk is full. What was saved before is safe. Make some room, then try again
node-too-long = This is too long. Nothing was changed. Make it shorter
node-cannot-listen = Alongside cannot listen at that address. Nothing is lost. Choose another address or port
node-ticket-of-another-version = This ticket was made by another version of Alongside. Update both devices, then ask for a new ticket
node-nameless = These words were written down for somebody who was never here. Say first what people should call you, then come with the words again (on the command line: restore --name NAME)
node-declined = You were not let in. Talk to whoever invited you; they can make a new ticket
node-no-invitation = There is no such invitation any more. Ask for a new ticket
node-offline = This device is offline. Nothing is lost. Go online, then try again
node-ticket-damaged = This ticket cannot be read: a letter is missing or wrong. Copy it again, all of it
node-ticket-expired = This ticket is too old. Ask for a new one
node-ticket-used = Somebody already came in with this ticket. Ask for a new one
node-ticket-of-another-plan = The device that answered knows nothing of this invitation. Ask for a new ticket
node-already-in = This device is in that plan already
node-nobody-there = Nobody of that plan could be reached. Nothing is lost. Try again when one of their devices is on
node-not-me = The device that answered may not let anybody in. Try again when the device that made the ticket is on
node-crowded = Too many people are asking to come in just now. Try again in a few minutes
node-broke = The other device did not answer as it should. Nothing is lost. Check that both have the newest Alongside, then try again
node-no-such-knock = Nobody of that name is asking to come in
node-not-a-code = This is neither a ticket nor a code. A code is a number and two words, like 7-apple-river
node-not-a-code-word = One of these words is in no code. Ask for them again, letter by letter
node-wrong-code = This is not the code that is shown, and nobody was let in. Ask for the new code: each is good for one try
node-meddled = The device that answered does not know this code, so it was told nothing. Ask for a new code, or for a ticket
node-nobody-shows = No device near here shows this code. Check that both are on the same network, or ask for a ticket
node-codes-rest = There were too many codes or wrong tries lately, so codes rest for a while. Use a ticket or its picture instead
node-linked-by-it = This device was linked by that one and would go with it. Remove that one alone, or come back with the 24 words on another device first
node-unknown-words = The device that answered does not know these words. Nothing was changed. Check that they are of this plan and that no newer sheet was made since
node-wrong-words = These are not the words that the other person sees, so nobody was let in. Read the words to each other again
node-no-such-person = Nobody of that name is in the circle now. Nothing was changed. Look at the list of people
node-no-such-device = No such device is in the circle now. Nothing was changed. Look at the list of people and their devices
node-no-such-act = They did no such thing in this circle. Nothing was changed. Look at what they did
node-lost-side = These words come from an old copy that was opened again, or were shut out, so they stay held back. Nothing was changed. Read them, and write down again what is missing
node-no-key = The key for this part is not on this device yet. It comes from somebody who has it, as soon as both of you are connected
node-nothing-held = Nothing of theirs is held back there. Nothing was changed

## What was typed or asked for.

errors-no-such-plan = There is no such plan on this device. Look at the list of plans
errors-no-such-part = There is no such part in this plan, or it is not shared with you
errors-not-yours-to-begin = Nobody has begun this part, or it is not shared with you, and only whoever decides about the plan begins it. You can ask for it on the page “Parts of this plan”, or with “along add PLAN cover-voice.wanted part=PART”
errors-may-not-offer = You can read this part, but not offer changes to it. Whoever decides about it can let you
errors-no-such-offer = There is no such offer, or whoever made it has taken it back
errors-too-many-offers = Many of your proposals here wait for an answer. Ask for answers first, or take some back
errors-says-so = It says so already
errors-offer-rewritten = What is offered was changed while you read it. Nothing was changed. Read it again
errors-offer-changed = These words were changed after the offer was made, so it does not fit any more. Nothing was changed. You can copy from it by hand
errors-not-open-yet = This part is not open yet. Nothing is lost. Try again in a moment
errors-part-unreadable = This part cannot be read on this device. Nothing was thrown away. Ask another device of the circle for it
errors-part-stopped = Somebody’s change to this part cannot be shown on this device. What was there before is shown, and nothing is lost. You can write here again when an owner has set that change aside
errors-no-name = A name is needed
errors-no-such-sample = There is no such sample plan. There are “adult”, “family” and “coalition”
errors-not-a-name = This cannot be used as a name. Use letters that can be seen
errors-no-dice = This computer could not give Alongside what it needs to make something new. Nothing is lost. Try again later
errors-not-held = This device is not waiting for anything
errors-apart = You are not in the circle of this plan any more. The copy you have is yours and stays as it is, but nothing more can be written in it
errors-ended = This part is not shared with you any more. The copy you have stays as it is, but nothing more can be written in it
errors-no-such-device = There is no such device in this circle
errors-not-writing = You may read this part but not write in it. Ask the person whose plan it is
errors-no-such-field = There is no such field. “along show PLAN PART --json” lists them
errors-no-such-item = There is no such item. Somebody may have removed it
errors-beyond-the-end = This place is beyond the end of the text. Nothing was changed
errors-bad-date = This is not a date. Write it like 2027-03-01. Nothing was changed
errors-bad-money = This is not an amount of money. Write it like 16640.00. Nothing was changed
errors-bad-moment = This is not a date and time. Write it like 2026-10-14T16:40+01:00. Nothing was changed
errors-bad-quantity = This is not a number with at most two decimals. Write it like 13 or 13.5. Nothing was changed
errors-bad-file = This is not a file that can be attached. Nothing was changed
errors-too-large = This file is larger than 16 MB, which is too large to share. A smaller picture or a shorter recording fits. Nothing was changed
errors-bad-choice = This is not one of the choices here. Nothing was changed
errors-bad-scale = This is not a number on the scale. Nothing was changed
errors-bad-yes-no = Answer yes or no. Nothing was changed
errors-bad-person = There is nobody of that name in the circle. Nothing was changed
errors-bad-item = This is not the id of an item. Nothing was changed
errors-too-long = This is too long for one line. Nothing was changed
errors-too-much = These are more words than one text can take: about 100 pages. Nothing was changed. Attach long papers as files instead
errors-bad-kind = This kind of value does not fit here. Nothing was changed
errors-words-count = There are { $found } words here, and a sheet has { $wanted }. Nothing was changed. Type them all, in their order
errors-words-unknown = Word { $place }, “{ $word }”, is not one of the words that stand on sheets. Nothing was changed. Look at its letters again
errors-words-checksum = These words do not belong together: one differs from the sheet, or two have changed places. Nothing was changed. Compare them with the sheet again
