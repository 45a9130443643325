### What the learning log, its fields and what somebody says about it are called. See `parts.ftl`.

parts-learning = What we tried, and what we learned
    .short = What we learn
parts-learning-learning = What we tried, and what we learned
parts-learning-tried = What we tried
    .hint = One thing, as it was: where, how often, with whom
parts-learning-on = On
parts-learning-who = Who tried it
parts-learning-learned = What we learned
parts-learning-pleased = What we are pleased about
parts-learning-concerned = What we are concerned about
parts-learning-next = What we do next
    .hint = One thing to try, or to leave
parts-learning-about = What it was for
parts-learning-files = Pictures and recordings
parts-learning-voice-perspectives = How I see it
parts-learning-voice-perspectives-about = About what we tried
parts-learning-voice-perspectives-words = In my words
