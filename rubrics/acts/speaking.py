"""Speaking for oneself and for both: views, requests, limits, criteria, concessions, positions."""

from rubrics.acts.patterns import compiled
from rubrics.acts.reading import Act

SPEAKING = {
    Act.OWN_VIEW: compiled(
        r"for (?:me|us)(?:,)? (?!to )[^.!?]*|(?:my|our) (?:side|view|concern|worry|fear|problem|"
        r"part of it|"
        r"constraint|interest|reason)(?: of it)?(?: is|:)[^.!?]*",
        r"(?:what|why) (?:matters|worries|i (?:need|fear|care)|it matters)[^.!?]* (?:to me|is|"
        r"me)[^.!?]*",
        r"i (?:felt|feel|was|got) (?:\w+ )?(?:left out|hurt|overlooked|embarrassed|uneasy|torn|"
        r"stung|"
        r"worried|afraid|scared|small|alone|angry|frustrated|ignored|pushed|caught|under)[^.!?]*",
        r"i(?:'m| am) (?:worried|afraid|scared|torn|uneasy|under pressure|responsible)[^.!?]*",
        r"(?:i|we) need (?:it|her|him|that|the|this|to|them|a|\w+day)[^.!?]*(?:because|since|or|"
        r"to|for|so)[^.!?]*",
        r"i want [^.!?]*(?:because|before|so that|as)[^.!?]*|i(?:'d| would) (?:like|rather|"
        r"hate)[^.!?]*",
        r"if i don't[^.!?]*|otherwise (?:i|we)[^.!?]*|(?:that|which)(?:'s| is) what (?:drives|"
        r"wins|scares|keeps)[^.!?]*",
    ),
    Act.OBSERVE: compiled(
        r"(?:in|during|at|on|over) (?:the )?(?:last|past|yesterday's|monday|tuesday|wednesday|"
        r"thursday|"
        r"friday|this week's)[^.!?,]*,? (?:i|you|we|the|it)[^.!?]*",
        r"(?:i|we) (?:noticed|saw|read|heard|counted|found|deleted|cut|skipped|corrected|"
        r"measured)(?: that)? [^.!?]*",
        r"(?:on|since|last|this|yesterday) ?(?:monday|tuesday|wednesday|thursday|friday|week|month|"
        r"morning)?[^.!?,]{0,20} you (?:read|said|sent|wrote|came|left|were|had|missed)[^.!?]*",
        r"what i (?:saw|said|did|heard) (?:was|is)[^.!?]*|you (?:said|wrote) (?:\"|')[^.!?]*",
    ),
    Act.REQUEST: compiled(
        r"please (?!be|know|rest|accept|forgive|don't|call|use|note|be advised|accept|take all|"
        r"fill|contact|consult|"
        r"consider)\w+[^.!?]*",
        r"(?:could|can|would|will) you (?:please |maybe |just )?(?!tell me|say more|live|imagine|"
        r"describe|not)"
        r"(?:\w+)[^.!?]*\?",
        r"(?:i|we) need you to[^.!?]*|i(?:'d| would) (?:ask|like|want) you to[^.!?]*|i(?:'m| am) "
        r"asking (?:you|for|that)[^.!?]*|"
        r"my (?:request|ask)[^.!?]*|next time[^.!?]*|what i(?:'d| would)? ask[^.!?]*|i ask (?:you|"
        r"that|only)[^.!?]*|"
        r"kindly (?:tell|submit|send|let)[^.!?]*|send me[^.!?]*|write (?:me|it)[^.!?]*|i need the "
        r"\w+ left out[^.!?]*",
    ),
    Act.CHANNEL: compiled(
        r"by (?:phone|voice|video)(?: or in (?:writing|person))?|in (?:person|private)|face to "
        r"face|"
        r"(?:rather|better|easier) (?:talk|speak|call|say|ring)[^.!?]*(?:than|type|write|"
        r"chat)?[^.!?]*",
        r"(?:just )?the two of us|the (?:three|four) of us|(?:between|only) (?:you and me|us two)|"
        r"away from (?:the|everyone)|somewhere (?:quiet|private)|over (?:a )?(?:coffee|tea|lunch)|"
        r"(?:go|take|have) a walk|shut the door|close the door|not in (?:the )?(?:chat|channel|"
        r"public|front)",
        r"take (?:your|all the) time|no (?:rush|hurry)|whenever you(?:'re| are| feel| like)[^.!?]*|"
        r"in your (?:own )?"
        r"(?:time|language)|as long as you need|(?:ten|five|fifteen|20|10|15) "
        r"minutes[^.!?]*(?:talk|call|voice)?",
        r"(?:with|bring|invite|ask|include)(?: in)? \w+ (?:in the room|at the table|as well|to "
        r"join)|"
        r"i(?:'m| am) (?:not|writing this)[^.!?]*(?:annoyed|angry|cross|tone)|my tone|"
        r"(?:call|ring) (?:you|me) (?:instead|rather)|(?:jump|hop) on a call|pick up the phone",
    ),
    Act.STANDARD: compiled(
        r"(?:let|use|take|go by|look at|check) (?:the |a |an )?(?:\w+ ){0,3}(?:list|log|record|"
        r"numbers|data|"
        r"criteria|scale|calendar|rota|figures|measure\w*|risk)[^.!?]*(?:decide\w*|settle\w*|"
        r"tell)?[^.!?]*",
        r"(?:decides|settles it|whoever|whichever)[^.!?]*(?:first|more|most|goes|gets|"
        r"needs)[^.!?]*",
        r"(?:take turns|turn by turn|alternate|rotate|in turns|draw lots|coin|first (?:come|name)|"
        r"half and half|"
        r"fifty[- ]fifty|split (?:it|the)|every (?:other|second) \w+|in rotation)[^.!?]*",
        r"(?:neutral|independent|third (?:party|person)|outside|mediator|someone (?:neither|"
        r"neutral|we both))[^.!?]*",
        r"if (?:it|that|this|we) (?:doesn't|don't|fails?|still|can't|slips?)[^.!?]*(?:we|then|"
        r"review|back)[^.!?]*",
        r"(?:review|revisit|look again|check again)[^.!?]*(?:in|after|on|every) [^.!?]*|trial "
        r"(?:of|for|period)|"
        r"for (?:two|three|four|six|2|3|4|6) weeks[^.!?]*|the same (?:rule|for both)[^.!?]*|rule "
        r"(?:for|that) both[^.!?]*|"
        r"(?:a fair|one) (?:rule|way)[^.!?]*|line by line",
    ),
    Act.CONCEDE: compiled(
        r"i(?:'ll| will| can| could|'d| would)(?: also| then| gladly)? (?:give (?:up|you(?! my| a "
        r"hundred))|drop|"
        r"trade|swap|"
        r"let (?:you|go)(?! know)|take (?:the|your|over|on|two|one|it off)|do (?:your|the|two)|"
        r"lend|leave "
        r"(?:you|it)|cover (?:your|for|"
        r"the)|move (?:mine|my|our)|wait|step back|accept|live with|come (?:down|in|half)|pay "
        r"(?:half|the)|"
        r"skip|shift|stay (?:late|longer)|hand over|share)[^.!?]*",
        r"you (?:can |could |may )?(?:have|get|keep|take) (?:the|my|our|first|it|her|him|two|"
        r"all)[^.!?]*|"
        r"in (?:return|exchange)[^.!?]*|(?:and|then) you (?:give|take|get|let|do|cover)[^.!?]*",
        r"(?:i|we) (?:give up|give you|let go|drop|take the|pay half|swap)[^.!?]*|meet (?:you "
        r")?(?:in the middle|halfway)|"
        r"if you[^.!?]{3,60},? (?:then )?(?:i|we)(?:'ll| will| can| take| give| do)[^.!?]*|for my "
        r"part[^.!?]*|"
        r"mine can (?:wait|move)|as an exception|free of charge|at no c(?:ost|harge)|i'll log it "
        r"as",
    ),
    Act.POSITION: compiled(
        r"(?:that's|that is|thats|and that's) (?:final|that|the end|how it is|just how|"
        r"all)(?=[.,!]|$)|"
        r"end of (?:story|discussion)|full stop|final (?:answer|word|offer)|no discussion|"
        r"nothing (?:further |more |else )?to (?:discuss|talk about|add)|take it or leave it",
        r"(?:she|he|it|that|this|lena)(?:'s| is| was)? (?:on |in )?my (?:project|team|kitchen|line|"
        r"machine|client|case|room|call|decision|area)|my kitchen, my|within my rights|"
        r"(?:i|we)(?:'m| am|'re| are) (?:not (?:giving|moving|changing|opening|signing|budging|"
        r"discussing)|entitled|keeping|in charge|the (?:boss|manager|lead|senior))",
        r"(?:the )?(?:decision|exclusion|charge) stands|(?:it )?stays (?:as it is|where it is|"
        r"exactly)|"
        r"my (?:answer|decision) (?:is|stays)|(?:i|we) (?:refuse|insist|demand|have decided|"
        r"don't negotiate)|it's (?:been )?(?:decided|agreed|settled) and|no\. (?:she|he|it|we|i) |"
        r"my (?:deadline|project|team|client|order) (?:is|comes|goes|matters)[^.!?]*"
        r"(?:more|first|before)|(?:she|he) (?:moves|stays)(?! (?:with you|home))",
    ),
    Act.BOUNDARY: compiled(
        r"i(?:'m| am) (?:happy|glad|willing|ready|here) to (?:help|talk|listen|work|sort)[^.!?]* "
        r"(?:and|but|if|once|when)"
        r"[^.!?]*(?:need|without|insult\w*|respect\w*|tone|names|drop|shout\w*|swear\w*|"
        r"language)[^.!?]*",
        r"(?:without|drop|leave|keep|stop|no) (?:the |out the |any |more )?(?:insults?|shouting|"
        r"swearing|name-?calling|"
        r"names|abuse|personal (?:remarks|attacks)|swear ?words)[^.!?]*",
        r"(?:i (?:can't|cannot|won't|will not|am not able to|don't|can not)|i'm not able to) (?:do "
        r"(?:insults|that|this)|promise|go (?:that|further|higher)|"
        r"talk|speak|continue|take|discuss|offer|give|share|work|stay|agree|be spoken|accept|"
        r"let)[^.!?]*",
        r"(?:not (?:ok|okay|alright|all right)|isn't (?:ok|okay)) (?:with|for|to)[^.!?]*|"
        r"(?:i|we) (?:have|need) to (?:leave|stop|go|be (?:off|home|out))[^.!?]*|after (?:five|six|"
        r"hours)[^.!?]*i[^.!?]*|"
        r"i'm (?:stopping|pausing|off at|out at)[^.!?]*|let's (?:pause|take a (?:break|"
        r"pause))[^.!?]*|"
        r"i(?:'d| would)? (?:ask|need|want)[^.!?]*(?:insult|name|tone|respect|shout|swear|civil|"
        r"language)\w*[^.!?]*|"
        r"names left out|a limit|my limit|where i stop|that line",
    ),
}
