"""Error tags that words alone show. What needs the context or other acts stands in judging.py."""

from rubrics.acts.patterns import compiled
from rubrics.acts.reading import Tag

_PERSON_LABEL = (
    r"(?:unreliable|difficult|lazy|careless|sloppy|slow|selfish|sensitive|oversensitive|childish|"
    r"dramatic|controlling|demanding|aggressive|irresponsible|impossible|stubborn|disorgani[sz]ed|"
    r"chaotic|naive|stupid|thick|incompetent|hysterical|emotional|ungrateful|stingy|paranoid|"
    r"coward\w*|liar|fraud|bully|moaners?|whiners?|waffler|drama queens?|bridezilla|alcoholic|"
    r"unprofessional|weak|rude|arrogant|jealous|negative|cheap|greedy|spoil\w*|entitled|useless|"
    r"hopeless|soft|old|the problem|a problem|a child|a baby|immature|toxic|fussy|clumsy|cold)"
)
#: Where a sentence begins.
_START = r"(?:^|(?<=\n)|(?<=[.!?] ))"
SLIPS = {
    Tag.MINIMISING: compiled(
        r"at least[^.!?]*|could(?:'ve| have)? be(?:en)? (?:a lot |much |far )?worse|"
        r"(?:others|other people|some people|plenty of people|everyone|everybody) (?:have|has|had|"
        r"wait|waits|"
        r"gets|get|does|goes|manages?|are|is)(?: it| had it)?[^.!?]*(?:worse|too|waits|through|"
        r"same)?",
        r"not (?:that|so|such a|really|exactly|a|the) (?:bad|big(?: a)? deal|end of the world|"
        r"serious|hard|"
        r"drama|tragedy|catastrophe|emergency|disaster|rocket science|healthy to)[^.!?]*|no big "
        r"(?:deal|thing)|nobody (?:died|'s died|has died|meant)[^.!?]*",
        r"(?:it's|its|it is|it was|that's|that is|was|is|they're) (?:only|just|merely|literally "
        r"just) (?:a|an|one|two|\d+|fish|words?|cosmetic|money|clothes|how|part|your)\b|"
        r"(?:only|just) (?:a|an|one|two|ten|\d+) (?:\w+ )?(?:day|hour|minute|week|coat|mail|email|"
        r"slide|card|"
        r"fish|joke|word|letter|parcel|box|step|meal|form|night|cup|call|comment|bit)s?[^.!?]*",
        r"over-?reacting|overreaction|making (?:a|too much|such) [^.!?]*(?:fuss|drama|mountain|"
        r"deal|scene|of it)[^.!?]*|"
        r"mountain out of|don't (?:take it (?:so )?(?:personally|to heart)|be so|worry about it|"
        r"make (?:a|such))[^.!?]*",
        r"never (?:killed|hurt) (?:any(?:body|one))|(?:happens|happen) (?:to (?:everyone|everybody|"
        r"us all|all|the best)|all the time)[^.!?]*|"
        r"(?:they|we|you|people|students|kids|everyone) all (?:do|have|get|go)[^.!?]*|comes with "
        r"the job|get over it|"
        r"you'll (?:live|survive|get over|forget|laugh)[^.!?]*|lighten up|(?:a )?storm in a|it'll "
        r"(?:pass|heal|turn up|be fine|sort)[^.!?]*|"
        r"no harm done|same thing, really|is the same on|can take more than",
    ),
    Tag.TOXIC_POSITIVITY: compiled(
        r"(?:look|see|looking) (?:on|at) the (?:bright|positive|good|funny|sunny) side|bright side|"
        r"silver lining|"
        r"everything happens for a reason|(?:stay|be|think|keep) (?:positive|smiling|cheerful|"
        r"happy|strong)|"
        r"(?:chin|cheer|heads?) up|blessing in disguise|good vibes|what doesn't kill|makes? you "
        r"stronger|"
        r"(?:just )?smile|(?:you've|you) got this|look at it (?:this way|as)[^.!?]*|(?:a "
        r")?(?:great|good|wonderful|perfect|lovely) "
        r"(?:chance|opportunity|excuse|exercise|lesson)[^.!?]*|(?:it|things|this|that|it'll)(?:'ll|"
        r" will|'s going to)(?: all)? "
        r"(?:work out|be (?:fine|great|okay|ok|all right|alright|brilliant|lovely)|turn out|get "
        r"better)[^.!?]*|"
        r"(?:relax|enjoy)[^.!?]*|think of (?:it as|all|the)[^.!?]*|you'll (?:be fine|look back|"
        r"love|thank|be stronger|look gorgeous|soon)[^.!?]*|"
        r"(?:so|how) (?:exciting|lucky)[^.!?]*|count your blessings|on the plus side[^.!?]*|"
        r"positive (?:thinking|attitude|energy|mindset)|"
        r"lucky you[^.!?]*|every cloud[^.!?]*|time heals[^.!?]*|growth|new (?:start|beginning|"
        r"chapter)s?[^.!?]*",
    ),
    Tag.DEFENSIVENESS: compiled(
        r"as (?:i|we)(?: have|'ve)? (?:already |just )?(?:said|told|explained|mentioned|"
        r"wrote)[^.!?]*|as (?:already|previously) "
        r"(?:said|written|stated|mentioned|explained|communicated)[^.!?]*|i(?: already|'ve "
        r"already) (?:said|told|explained)[^.!?]*",
        r"(?:i|we)(?:'ve| have)? (?:did|done) (?:everything|nothing wrong|my best|our best|what "
        r"(?:i|we) (?:could|was|were)|all)[^.!?]*|"
        r"nothing wrong[^.!?]*|(?:it|that) (?:wasn't|was not|isn't|is not|'s not) (?:me|my "
        r"(?:fault|job|problem|decision|responsibility)|"
        r"our (?:fault|job|problem)|meant)[^.!?]*|(?:not|wasn't) down to me[^.!?]*|nothing to do "
        r"with (?:me|us|it)[^.!?]*",
        r"i (?:had|have) nothing to do[^.!?]*|i never (?:asked|said|told|meant|promised|"
        r"wanted)[^.!?]*|what was i supposed to[^.!?]*|"
        r"don't (?:talk to|blame|look at|come to|lecture|tell) me[^.!?]*|i(?:'m| am) (?:only|just) "
        r"(?:doing|the)[^.!?]*|"
        r"i(?:'m| am) not (?:your|the one|a|responsible)[^.!?]*|(?:people|others|we|i) (?:had|"
        r"have) to work[^.!?]*|"
        r"i (?:can't|cannot) be (?:responsible|everywhere|blamed)[^.!?]*|in my defen[cs]e[^.!?]*|"
        r"i work (?:hard|as)[^.!?]*",
        r"you (?:said|told|agreed|signed|did|do|were|also|should talk|started|"
        r"yourself)[^.!?]{0,40}(?:too|yourself|as well|yes|so yourself|first)[^.!?]*|"
        r"look at yourself[^.!?]*|you (?:did|do) the same[^.!?]*|and you(?:\?|,)[^.!?]*|why "
        r"did(?:n't)? you[^.!?]*|"
        r"(?:works|worked) (?:perfectly|fine|well|for)[^.!?]*|(?:followed|in line with|according "
        r"to) (?:the )?(?:usual |the )?"
        r"(?:procedure|protocol|training|process|instructions)[^.!?]*|within (?:this |the "
        r")?(?:range|limits|target|norm)[^.!?]*|"
        r"(?:didn't|did not|wasn't|never) mean(?:t)?[^.!?]*|(?:thirty|twenty|ten|fifteen|\d+) "
        r"years[^.!?]*|i assumed[^.!?]*|"
        r"(?:have|did) you (?:even |actually |ever )?(?:checked|check|tried|read|looked)[^.!?]*|"
        r"must have (?:been|missed|misheard|done)[^.!?]*",
    ),
    Tag.HOSTILITY: compiled(
        r"f\*+\w*|(?:are|were) you (?:deaf|blind|serious|for real)|look who's talking|if the shoe "
        r"fits|"
        r"(?:you're|you are|ye're) (?:imagining|just soft|paranoid|passive|vain|slow|useless|"
        r"jealous|"
        r"lying|a (?:fraud|waffler|coward|liar|bully))|have you got nothing|be glad|not my job|"
        r"what (?:more )?do you want(?: on top)?, |do you want (?:me to write|a (?:medal|statue))|"
        r"you want a (?:medal|statue)|at your age|don't be (?:such|so)|(?:so )?easily offended",
        r"(?<!to )(?<!\")calm down|(?<!say )(?<!to )(?<!\")relax(?! and)|chill|lighten up|grow up|"
        r"get a grip|pull yourself together|shut up|be "
        r"quiet|stop (?:whining|moaning|crying|"
        r"complaining|shouting)|don't panic|get over yourself|take a (?:chill|breath) |man up|"
        r"deal with it|tough luck|cry me",
        r"(?:oh|well|aw+),? (?:come on|boo|bravo|congratulations|how (?:sad|"
        r"tragic))[^.!?]*|boo[- ]hoo|"
        r"give me a break|whatever(?:\.|$|!)|(?:not|isn't) my problem[^.!?]*|who cares[^.!?]*|so "
        r"what(?:\?|$)|blah[^.!?]*|yawn|lol[^.!?]*",
        r"(?<!such an )(?<!such a )(?:idiots?|moron|(?:how|are|so|that|be) stupid|pathetic|whiny|"
        r"touchy|long-winded|bullshit|crap|bollocks|"
        r"clown|loser|grandpa|princess|sweetheart|boomers?|"
        r"snowflake|diva|drama|theatre|whin\w+|moan\w+|nose out of joint|waste "
        r"of (?:my )?time|tantrum)",
        r"(?:there's|there is)? ?no need to (?:take that|be|get|raise|shout)[^.!?]*|watch your "
        r"(?:tone|mouth)|take that tone|"
        r"(?:as|since) you(?:'re| are) (?:so|clearly)[^.!?]*|if you (?:don't like it|can't (?:cope|"
        r"handle|take))[^.!?]*|"
        r"then (?:leave|go|quit|don't)[^.!?]*|good luck with that|"
        r"you people[^.!?]*|your lot[^.!?]*|"
        r"what (?:do|did) you expect[^.!?]*|welcome to the[^.!?]*|(?:first world|"
        r"first-world)[^.!?]*|maybe try[^.!?]*|"
        r"(?:some|one) of us (?:have|has|actually)[^.!?]*|happy now|satisfied now|(?:surprise|"
        r"shocker)|deserve(?:d)? it|serves you right|"
        r"laugh\w* at|(?:aren't|isn't|don't) (?:you|we) (?:special|precious)|who do you think you "
        r"are|learn to (?:read|listen|cope|live)|that's your (?:problem|business|marriage|issue)|"
        r"none of our business|whoever can read|like an adult|can read what it costs|open your "
        r"(?:mouth|eyes)[^.!?]*",
    ),
    Tag.THREAT: compiled(
        r"(?:one more|any more|another|if you (?:keep|don't|do not|go on|continue|ever|want|say|"
        r"post|complain|won't|raise|tell|write|make|call))"
        r"[^.!?]{0,80}(?:i'll|i will|we'll|we will|will be|you'll|you're|you are|you can|then|"
        r"hang up|consequences|goes|security|police|report\w*|out|fired|lawyer|cancel)[^.!?]*",
        r"or (?:i'll|i will|we'll|else|i |start looking|you'll|you can|it's)[^.!?]*(?:boxes|hang|"
        r"call|cancel|report|fire|boss|hr|tell|file|warning|job|out|else|police|lawyer|consequence|"
        r"never)[^.!?]*|"
        r"you'll (?:regret|be sorry|see what|find yourself|pay for|hear from (?:our|my) (?:lawyer|"
        r"solicitor))[^.!?]*|there will be consequences[^.!?]*|"
        r"(?:reported to|register\w* with) the (?:credit|police|authorit|immigration)[^.!?]*|i "
        r"know where[^.!?]*|think (?:about|carefully about) your (?:contract|job|future|visa|"
        r"probation)[^.!?]*|"
        r"(?:no-fly|black)[- ]?list[^.!?]*|(?:last|final|written|formal) warning[^.!?]*|(?:your|a) "
        r"(?:contract|probation|visa|reference|review|job|bonus)[^.!?]*(?:depend|renew|remember|"
        r"could|might|end|reflect|up for)\w*[^.!?]*|"
        r"i(?:'ll| will) (?:remember (?:this|that)|make sure you|have you|see to it that you|hang "
        r"up|put the phone|report you|cancel your|call security|go to (?:hr|the boss|your))[^.!?]*|"
        r"be careful[^.!?]*|i'd (?:be careful|watch|think twice)[^.!?]*|watch (?:out|yourself|"
        r"your step|it)[^.!?]*|don't be surprised[^.!?]*",
    ),
    Tag.LABELLING: compiled(
        rf"(?:you(?:'re|r| are| were| have always been|'ve always been)|u r|ur)(?: just| simply| "
        rf"always| being| such| quite| really| clearly| never| too| so| nothing but| frankly| a "
        rf"bit| a little| all| the most| a| an| the| still)*(?: \w+)? {_PERSON_LABEL}[^.!?]*",
        r"you (?:always|never)(?: \w+)? (?:make|need|want|do|listen|find|have|complain|whine|come|"
        r"turn|write|forget|exaggerate)[^.!?]*|"
        r"(?:you|your) (?:lot|people|designers|nurses|engineers|salespeople|night owls|guys|kind|"
        r"type|sort)(?: \w+){0,3} (?:are|always|only|never|is)[^.!?]*|"
        r"(?:you're|you are) (?:the (?:sort|type|kind|most)|such a|nothing but|a typical)[^.!?]*|"
        r"typical (?:\w+)|frankly (?:irresponsible|a bit)[^.!?]*|"
        r"(?:designers|engineers|support|nurses|students|parents|managers|old people|young people|"
        r"women|men|people like you) (?:always|never|double)[^.!?]*|"
        r"you lied[^.!?]*|let's be adults[^.!?]*",
    ),
    Tag.MIND_READING: compiled(
        r"you(?:'re| are)? (?:just|only|simply|clearly|obviously|really just|secretly|deep down|"
        r"perfectly)(?: just| only| simply)? "
        r"(?:want\w*|wanna|doing|after|care\w*|say\w*|bring\w*|trying|looking|using|need\w*|"
        r"hold\w*|fishing|afraid|jealous|scared|angry|like|here|think\w*|don't|knew|know|in "
        r"it)[^.!?]*",
        r"you (?:don't (?:care|really|trust|want|give)|never (?:cared|wanted)|knew (?:what|"
        r"perfectly|exactly|full)|simply don't)[^.!?]*|you're (?:jealous|lying|scared|after|"
        r"enjoying)[^.!?]*|"
        r"(?:i know|we all know|it's obvious|obviously|admit it)[^.!?]{0,30}(?:you|what this "
        r"is)[^.!?]*|you(?:'d| would) (?:never|always)[^.!?]*|what you really[^.!?]*|this is "
        r"(?:really )?about your[^.!?]*",
    ),
    Tag.OVER_PROMISE: compiled(
        r"(?:i|we)(?: can| personally| absolutely)* (?:guarantee|promise|swear)[^.!?]*(?:never|"
        r"always|every|nobody|no one|will|won't|by|again|exactly|100)[^.!?]*|"
        r"(?:will|won't|would) never (?:ever )?happen[^.!?]*|never (?:ever )?(?:again "
        r")?happen[^.!?]*|(?:100|hundred|one hundred) ?(?:%|percent)[^.!?]*|"
        r"guarantee\w*[^.!?]*|you have my word[^.!?]*|(?:they|it|she|he)(?:'ll| will) "
        r"(?:definitely|certainly|always|surely)[^.!?]*|no matter what[^.!?]*|"
        r"(?:for sure|without (?:any )?doubt|absolutely certain)[^.!?]*|nothing (?:will|can) go "
        r"wrong[^.!?]*|never again[^.!?]*",
    ),
    Tag.CAVING: compiled(
        r"(?:whatever|anything) you (?:want|say|like|wish|need)[^.!?]*|(?:have|take|keep) (?:it "
        r")?all(?: of it)?[^.!?]*|"
        r"(?:all|everything)(?:'s| is| of it)? (?:free|yours)[^.!?]*|you win[^.!?]*|i give (?:up|"
        r"in)[^.!?]*|just (?:please )?(?:don't|stop|make it stop|leave)[^.!?]*|"
        r"forget (?:it|my)[^.!?]*|(?:i'll|i will) (?:do|sign|accept|agree to|drop|give you) "
        r"(?:anything|everything|all|it all|whatever)[^.!?]*|"
        r"(?:can't|cannot) (?:do|take) (?:this|it) any ?more[^.!?]*|please don't (?:be|tell|make|"
        r"post|leave|complain|write|go)[^.!?]*|fine,? (?:have|take|you|do)[^.!?]*|i don't care "
        r"any ?more[^.!?]*",
    ),
    Tag.SLUR: compiled(
        r"[a-z]+\*+[a-z]+(?<!ing)",
        r"(?:retard\w*|spaz\w*|spastic|cripple|tranny|fag\w*|dyke|poof\w*|nigg\w*|paki\w*|chink\w*|"
        r"gypp\w*|pikey\w*|"
        r"kike\w*|wog\w*|bitch\w*|slut\w*|whore\w*|psycho|mental case|schizo\w*|mongol|junkie "
        r"scum)",
        r"go (?:back )?(?:home )?to (?:your|where you|whatever) (?:own )?(?:country|came|come|land|"
        r"village)[^.!?]*|"
        r"(?:you|these|those|bloody|damn|filthy|dirty|typical) (?:foreigners|immigrants|arabs|jews|"
        r"muslims|gypsies|poles|romanians|turks|africans|blacks|asians|gays|women|girls|cripples|"
        r"orientals|migrants)[^.!?]*|"
        r"(?:learn|speak) (?:proper |some )?english[^.!?]*|women (?:are|can't|like you|"
        r"always)[^.!?]*|(?:people|your) (?:from (?:your|that|there)|kind)[^.!?]*(?:always|never|"
        r"all|can't|steal|lazy|dirty)[^.!?]*",
    ),
    Tag.MANIPULATION: compiled(
        r"(?:ignore|disregard|forget|override) (?:all |any |the |your |previous |prior |above |"
        r"these |those |every )+(?:\w+ )?(?:instructions?|rubric|rules|prompt|guidelines|criteria|"
        r"tags?)[^.!?]*",
        r"(?:give|award|assign|grant|rate|score|mark|grade) (?:me |this |it |my |the |us |that |"
        r"full |top |a |an |maximum |highest |answer |reply |turn |employee |each |all |as |with |"
        r"at |full )+(?:\d|four|five|full|max\w*|top|highest|perfect|score|marks?|points|"
        r"level)[^.!?]*",
        rf"{_START}(?:note (?:to|for) the |dear )?(?:system|assistant|grader|evaluator|"
        r"scorer|judge|rater|developer|classifier)(?: note| prompt| message)?\s*[:,>][^.!?]*|"
        r"(?:note|message|instruction)s? (?:to|for) (?:the |any )?(?:evaluator|grader|scorer|judge|"
        r"rater|model|ai|assistant|labell?er|system)[^.!?]*|"
        r"as (?:a|an) (?:large )?(?:language model|ai)[^.!?]*|(?:<|\[|\{)+ ?\"?/?(?:system|inst|"
        r"score|im_start|assistant|level|label|acts)\b[^.!?]*",
        r"(?:notice|reflect|explore|validate|steady|partner|own|resolve|candour|bridge|interests|"
        r"fair-way)[ :=-]+(?:level )?[0-5](?:\s*/\s*[45])?(?!\d)[^.!?]*|"
        r"(?:accurate|full|high|maximum) (?:empathy|interpretation|emotional reaction|"
        r"exploration)[^.!?]*(?:score|level|tags?|mechanism|marks?)[^.!?]*|"
        r"(?:emotional reaction|interpretation|exploration)[ :=]+[012]|no error tags?[^.!?]*|"
        r"(?:ignore|skip) the rubric[^.!?]*|"
        r"(?:this|my|the) (?:reply|answer|turn|response|message) (?:shows|demonstrates|meets|"
        r"deserves|should (?:be|get|receive)|is (?:to be )?(?:scored|rated))[^.!?]*|"
        r"(?:you are|act as|pretend to be) (?:now |an? |the )?(?:ai|chatgpt|language model|"
        r"simulation|bot|dan|scorer|grader)[^.!?]*|"
        r"(?:raise|set|increase) (?:my|the) (?:score|level|rating)[^.!?]*|jailbreak|"
        r"system prompt[^.!?]*|stop simulating[^.!?]*|out of character[^.!?]*|error tags?[^.!?]*|"
        r"(?:evaluator|grader|examiner|labell?er|scorer)\s*[:,>][^.!?]*|"
        r"you are now (?:a|an|the) (?:\w+ ){0,2}(?:examiner|evaluator|grader|rater|judge)[^.!?]*|"
        rf"{_START}(?:(?:rate|score)[ :=]+|level ?[:=] ?)[0-5](?=[.!?]|$)",
    ),
}
