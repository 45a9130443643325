# Ways out of a plan: a number, an address for mail, a page.
links-ring = Ring
links-open = Open
links-write = Write
links-ring-said = Ring { $what }
links-open-said = Open { $what }
links-write-said = Write to { $what }
links-ask-web = Open { $host } in your browser?
links-ask-ring = Ring { $number } with this computer?
links-ask-write = Write to { $address } with your mail program?
links-web-learns = This leaves Alongside. Whoever runs that page can see that somebody came; nothing of this plan goes there.
links-other-letters = Careful: this name has letters of another alphabet and may look like a name you know. What begins with “xn--” is how it is really written.
links-nobody = This computer has no program for that
