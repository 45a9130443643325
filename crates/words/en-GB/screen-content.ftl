# What stands between pages: what kind of plan is begun, a group's own words, asking again, offers of files and places.

content-kind = What kind of plan is it?
content-kind-seven-questions = Seven plain questions about a life and the help in it. Good for anybody. You can choose another kind at any time, and no word is lost.
content-kind-care-act = What a care and support plan in England has to hold. You can choose another kind at any time, and no word is lost.
content-kind-ndis = Goals, supports and funding as the NDIS in Australia names them. You can choose another kind at any time, and no word is lost.
content-kind-ehcp = The sections A to K of a plan for a child or young person who needs help to learn. You can choose another kind at any time, and no word is lost.
content-kind-family-team = For a family and everybody who works with them. You can choose another kind at any time, and no word is lost.
content-kind-carer = About you, who look after somebody, and what you need yourself. You can choose another kind at any time, and no word is lost.
content-for-group = Our group’s
content-for-group-why = A plan of several partners: what you want together, what you count, who does what. It is about nobody in particular, so keep people’s names out of it.

content-goals-start = Say what we want

content-heard-for = Write down whether somebody without a device felt heard

content-ask-again = At { $age } a young person is asked again who may see what
content-ask-again-now = It is time to ask
content-ask-again-soon = Soon

content-holds = { $name } has a copy of { $parts }.
content-held = May still have a copy of { $parts }
content-delete-ask = Ask { $name } to delete their copy …
content-delete-how = No device reaches { $name } here any more. Send these words as you usually reach them, or say them.
content-delete-words = Dear { $name }, you are not in the circle of “{ $title }” any more. Please delete the copy you have on your devices, and anything you printed or saved: { $parts }. Would you tell me when it is done? Thank you.
content-delete-copy = Copy these words
content-delete-asked = I have asked
content-delete-on = { $by } asked on { $day }
