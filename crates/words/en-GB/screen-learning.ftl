# The learning log: what was tried, and what it taught.

learning-lead = Something you tried together, and what it taught you. What did not work teaches as much
learning-empty = What did you try?
learning-more = What else did you try?
learning-open = What did it teach you?
learning-open-this = What did it teach you: { $what }
learning-today = It was today
learning-today-of = It was today: { $what }
