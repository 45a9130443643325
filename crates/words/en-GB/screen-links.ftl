# Ways out of a plan: a number, an address for mail, a page.
link-ring = Ring
link-open = Open
link-write = Write
link-ring-said = Ring { $what }
link-open-said = Open { $what }
link-write-said = Write to { $what }
link-ask-web = Open { $host } in your browser?
link-ask-ring = Ring { $number } with this computer?
link-ask-write = Write to { $address } with your mail program?
link-web-learns = This leaves Alongside. Whoever runs that page can see that somebody came; nothing of this plan goes there.
link-other-letters = Careful: this name has letters of another alphabet and may look like a name you know. What begins with “xn--” is how it is really written.
link-nobody = This computer has no program for that
