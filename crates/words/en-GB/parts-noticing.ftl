### What stands on the cover about when a plan says something by itself. See `parts.ftl`.

parts-cover-notice-week = How many things in seven days are many
parts-cover-notice-month = How many in four weeks are many
parts-cover-notice-severity = From how serious on one is enough, of 3
parts-cover-notice-agencies = How many services in seven days are many
parts-cover-notice-answer = After how many days an answer is late
parts-cover-notice-nobodys = After how many days a need that is nobody’s is talked about
parts-cover-notice-soon = How many days ahead are soon
parts-cover-notice-vague = Words that promise too little
    .hint = Beside the usual ones, with commas between
parts-cover-notice-fine = Words that are clear enough here
    .hint = Words the plan need not ask about, with commas between
