"""Word classes shared by the detectors."""

from rubrics.acts.patterns import compiled

#: Words for what a person feels, and for what makes one feel it.
FEELING = (
    r"(?:ang(?:ry|er)|furious|livid|fuming|annoy\w*|irritat\w*|frustrat\w*|upset\w*|cross|rage|"
    r"bitter\w*|resent\w*|fed up|sick of|had enough|outrag\w*|indigna\w*|incens\w*|seeth\w*|"
    r"boiling|see(?:ing)? red|galls?|galling|maddening|infuriat\w*|afraid|scar(?:ed|y)|fear\w*|"
    r"fright\w*|terrif\w*|worr(?:y|ies|ied|ying)|anxi\w*|nervous|panic\w*|dread\w*|alarm(?:ed|ing)|"
    r"unsettl\w*|unnerv\w*|nerve-?wracking|sleepless|creepy|sickening|nightmare|sad\w*|heartbr\w*|"
    r"(?:broke|broken|breaks) your heart|your heart stop|griev\w*|grief|in tears|lonely|miserable|"
    r"hurt\w*|st(?:ing|ings|ung)|wound(?:ed|ing)|painful|humiliat\w*|humbling|asham\w*|shame\w*|"
    r"embarrass\w*|degrading|demeaning|undignified|insult(?:ed|ing)|disrespect\w*|belittl\w*|"
    r"slap in|like a slap|a slap|mortif\w*|foolish|grubby|awkward|feel\w* (?:small|used|lost|alone|"
    r"stupid|sick|torn|raw|stuck|trapped|demoted|like)|felt (?:small|used|lost|alone|stupid|sick|"
    r"like)|"
    r"tired|exhaust\w*|worn(?: out| down)|wear(?:y|ing)|drain(?:ed|ing)|stress\w*|overwhelm\w*|"
    r"burn\w* out|knackered|shattered|at the end of your|at breaking point|wits' end|grinds? you|"
    r"stretched|disappoint\w*|let down|gutted|crush(?:ed|ing)|deflat\w*|discourag\w*|hopeless|"
    r"helpless|powerless|betray\w*|cheated|unfair|cruel|rotten|awful|horrible|horrid|hellish|"
    r"dreadful|terrible|rough|shock(?:ed|ing)?|shaken|shaking|uneasy|uncomfortable|unbearable|"
    r"agon\w*|"
    r"left out|overlooked|ignored|invisible|brushed off|dismissed|passed over|unwanted|so alone|"
    r"relie(?:f|ved)|proud|how hard|hard on you|(?:too|so|really|very) hard|heavy|a blow|nasty|"
    r"grim|"
    r"distress\w*|despair\w*|desperate|guilt\w*|confus(?:ed|ing)|ouch|ugh|oof)"
)

#: A time or a trigger that makes a promise checkable.
TIME = (
    r"(?:today|tonight|tomorrow|this (?:morning|afternoon|evening|minute)|"
    r"(?:by|until|before|at|on|from|next|this|every|each) (?:the )?(?:mon|tues|wednes|thurs|fri|"
    r"satur|sun)day\w*|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:by|before|at|till|until) (?:noon|lunch\w*|midnight|end of (?:the )?(?:day|week)|close|"
    r"(?:half )?(?:past )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+))|"
    r"(?:by|until|before) (?:the )?\d+\w*|\d{1,2}[:.]\d\d|\d{1,2} ?(?:am|pm)|"
    r"(?:with)?in (?:the next )?(?:an?|one|two|three|five|ten|\d+) (?:hour|minute|min|day|week)s?|"
    r"(?:every|each) (?:morning|evening|day|week|hour)|as soon as (?!possible)\w+|right now|now|"
    r"next week|this week|straight away|right away|immediately|first thing)"
)

#: Stock empathy: would fit any conversation.
STOCK = compiled(
    r"i (?:do |can |really |truly |fully |completely |totally |absolutely |certainly |quite |so )*"
    r"(?:understand|appreciate|get|hear|see|empathi[sz]e with|sympathi[sz]e with|feel|value|"
    r"validate|"
    r"acknowledge|respect|recogni[sz]e)(?: and (?:\w+ )?(?:understand|hear|appreciate|validate|"
    r"value))?"
    r"(?: (?:that|how|what|why|where))?(?: (?:this|that|it|things|you))?"
    r"(?: (?:must|may|might|can|could|is|are|'re))*(?: (?:be|feel|feels|feeling|going through|"
    r"coming from|saying))?(?: (?:very|really|so|incredibly|extremely|truly|quite|deeply|you|your|"
    r"all|for|of|loud|and|clear|clearly|completely|with|in|this|situation|position|time))*"
    r"(?: (?:frustrat\w+|feelings?|feel|concerns?|upset\w*|anger|disappoint\w*|worry|worries|pain|"
    r"perspective|situation|difficult\w*|position|annoy\w*|stress\w*|emotions?|hard|point|you|"
    r"patience|honesty|openness|challeng\w+|time))+",
    r"i (?:hear|feel|understand|get|see) (?:you|it|that|this)(?: (?:completely|totally|loud and "
    r"clear))?",
    r"i (?:do |totally |completely |fully |really )*(?:understand|sympathi[sz]e|empathi[sz]e)",
    r"(?:that|this|it) (?:must|may|can|could) (?:be|feel|have been) (?:very |so |really |"
    r"incredibly |"
    r"extremely )*(?:frustrating|difficult|hard|stressful|upsetting|annoying|challenging|tough|"
    r"overwhelming)(?: for you)?",
    r"(?:your|all your) (?:feelings?|concerns?|emotions?|safety|experience|satisfaction|voice)"
    r"(?: is| are|'re)(?: (?:completely|totally|so|very|all|absolutely))* "
    r"(?:valid|important|heard|seen|my top priority|our top priority|understood)[^.!?]{0,40}",
    r"(?:we|i) (?:are|'m|am|'re) (?:here|always here) (?:for you|to (?:help|listen|support))",
    r"(?:i|we) (?:truly |really |deeply |do )*(?:care|value|appreciate) (?:about )?(?:you|your "
    r"\w+)",
    r"(?:i|we) (?:can|can only) (?:only )?imagine(?: how)?[^.,!?]{0,40}",
    r"thank(?:s| you) for (?:your (?:patience|understanding|feedback|message|call|time)|"
    r"reaching out|calling|contacting us|sharing)[^.,!?]{0,30}",
    r"(?:our |my )?(?:deepest |sincere |heartfelt )+(?:sympath\w+|condolences|apolog\w+)",
    r"(?:for|about)?(?: ?any| the| this) inconvenience(?: (?:caused|this has caused))?",
)

STOP_STEMS_TEXT = """
a about after again all also am an and any are as at be because been before being but by can could
did do does doing done don't down for from get gets getting give go goes going got had has have he
her here hers him his how i if in into is it its just know let like made make me more most much my
need no not now of off ok okay on one only or other our ours out over own please really right said
say see she should so some sorry still take tell than thank thanks that the their them then there
these they thing things think this those through to today too under until up us very want was way we
well were what when where which while who why will with would yes you your yours yourself
i'm i'll i'd i've it's that's there's you're you've you'll you'd we're we'll we've let's can't
cannot won't didn't doesn't isn't wasn't aren't couldn't wouldn't what's he's she's they're anyone
someone something anything nothing everything everyone nobody even ever never always maybe perhaps
u ur im help understand feel feeling hear mean sure good bad new first happen time lot bit back
"""
