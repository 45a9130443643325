### What went wrong: what happened, that nothing is lost (if so), what to do.

errors-home-locked = Another program has this plan folder open ({ $holder }). Nothing was changed. Close it there, then try again
errors-home-missing = There is no Alongside folder at { $path }. Make one with “along init --name NAME”
errors-disk-full = The disk is full. What you wrote is still on screen but not saved. Make some room, then go on
errors-cannot-write = { $path } cannot be written. Nothing that was saved is lost. Check that you may write there
errors-damaged = { $path } is damaged and was left as it is. Nothing was thrown away. Keep the whole folder, and bring the plan back from another device of the circle
errors-wrong-passphrase = That is not the passphrase of this device. Nothing was changed. Try again
errors-passphrase-needed = This device is locked with a passphrase. Type it, or give it in ALONGSIDE_PASSPHRASE
errors-newer-version = This was made by a newer version of Alongside. Nothing was changed. Update Alongside on this device
