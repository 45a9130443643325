### Pictures, recordings and papers that are attached.

# Why a file is not attached, shown or saved. Nothing else has changed then.
files-too-large = This file is larger than 16 MB, so it was not attached. A shorter recording, a smaller picture or fewer pages will fit
files-empty = There is nothing in this file, so it was not attached
files-not-read = This file cannot be read, so it was not attached. Look whether it is still there, and whether it is yours
files-other-kind = Alongside takes pictures (PNG, JPEG, WebP), recordings (MP3, M4A, Ogg, WAV and others) and papers (PDF, text, documents). This file is none of them, so it was not attached
files-not-a-picture = This is not a picture that can be shown. It was left as it is
files-too-many-dots = This picture is far larger than any screen or sheet of paper, so it was not opened. Make it smaller first
files-no-taster = Pictures cannot be looked at safely on this computer, so it was not opened
files-no-room = There is no room left for files on this device. Take some away that are not needed any more
files-not-here = This file is not on this device yet. It comes when somebody who has it is connected
files-is-there = There is a file with this name already. Nothing was written over it. Choose another name or folder
files-not-written = The copy could not be written there. Choose another folder

# In a field.
files-attach = Attach a file…
files-attach-to = Attach a file to { $field }…
files-place = Where the file is
files-place-hint = Drop a file here, or write where it lies, with its folder
files-attach-this = Attach
files-draw = Draw…
files-draw-for = Draw for { $field }…
files-sheet = A sheet to draw on, with the mouse, a finger or a pen. A picture can be attached instead
files-drawing-shows = What it shows
files-drawing = Drawing
files-keep-drawing = Keep the drawing
files-pen = Pen: { $name }
files-pen-dark = dark
files-pen-blue = blue
files-pen-green = green
files-pen-red = red
files-pen-violet = violet
files-last-line = Take the last line back
files-open = Open
files-open-named = Open { $name }
files-save = Save a copy
files-save-named = Save a copy of { $name }
files-saved = A copy goes to { $path }
files-detach = Take out
files-detach-named = Take out { $name }
files-coming = On its way from { $name }’s device: { $percent }%
files-on-asking = Large ({ $size }): it comes when you ask for it
files-fetch = Fetch it
files-fetch-named = Fetch { $name }
files-waiting = Not here yet. It comes when somebody who has it is connected
files-kilobytes = { $number } KB
files-megabytes = { $number } MB
