"""Ways of speaking between people who share a trouble, which the act tables do not cover.

The labeller reads what an employee does for a counterpart; here a listener has no order to put
right and no rule to state. These tables add what such talk is made of: sympathy, advice dressed as
a question, one's own story, and comfort that brushes the feeling aside.
"""

from rubrics.acts.lexicon import FEELING
from rubrics.acts.patterns import compiled

_VERY = r"(?:so |really |very |incredibly |such |pretty |quite |all |deeply |just |absolutely |a )*"
_BAD = (
    r"(?:tough|hard|difficult|tricky|unpleasant|upsetting|heartbreaking|devastating|lousy|crap|"
    r"shit\w*|suck\w*|mean|rude|cold|harsh|unreasonable|disgusting|ridiculous|stressful|isolating|"
    r"challenging|isolat\w+|intrusive|lonely|a lot|too much|big (?:shock|loss|blow)|bad|sad|"
    r"immature|not (?:nice|fair|okay|ok|right)|unacceptable|wrong|strange|messy|intense|scary|"
    r"worrying|demoralising|demoralizing|disheartening|uncomfortable|sickening|" + FEELING + ")"
)

#: The feeling or reaction is called legitimate.
LEGITIMATE = compiled(
    r"(?:it|that|this)?(?:'s| is| does| totally| only)* ?(?:completely |totally |perfectly |only |"
    r"entirely |so |very |all |total |complete |perfect |a lot of )*(?:understandable|natural|"
    r"normal to|valid|justified|make(?:s)? (?:\w+ ){0,3}sense|reasonable to)[^.!?]*",
    r"no wonder[^.!?]*|of course (?!not)(?:you|it|that|he|she|they|those)[^.!?]*|"
    r"you(?:'ve| have)? (?:got |had )?every (?:right|reason)[^.!?]*|"
    r"you(?:'re| are) (?:right|allowed|entitled|not (?:wrong|being|overreacting|silly|stupid|weak|"
    r"crazy|mad|alone|imagining|making it))[^.!?]*",
    r"(?:it|that)(?:'s| is|'s really| does)? ?(?:n't|not) (?:\w+ )?(?:petty|silly|stupid|childish|"
    r"daft|your fault|mad|weak|ungrateful|too much|sound)[^.!?]*|"
    r"i (?:don't|do not) think (?:it's|that's|you're|it is) (?:\w+ )?(?:petty|silly|stupid|"
    r"childish|daft|ungrateful|weak|overreacting)[^.!?]*",
    r"(?:any(?:one|body)|a lot of people|most people|many people|i) would (?:also |probably |be |"
    r"feel |have |go |react |not )+[^.!?]*|i'd (?:be|feel) [^.!?]*|"
    r"i (?:can|could) (?:\w+ )?(?:see|understand|imagine|hear|tell) (?:why|how) [^.!?]*",
    r"you (?:really |certainly |definitely )?(?:deserve(?:d)?|didn't deserve|don't deserve|did "
    r"nothing wrong|shouldn't have (?:to|had))[^.!?]*|nobody should[^.!?]*|"
    r"(?:they|he|she) should(?:n't| not)? have [^.!?]*",
    r"(?:it|that) (?:takes|took) (?:guts|courage|strength)[^.!?]*|(?:it|that)(?:'s| is| was) "
    r"(?:very |really |so )*brave[^.!?]*",
)
#: The feeling is named or shared, in general.
SYMPATHY = compiled(
    r"(?:that|it|this|what)? ?(?:'s|is|was|sounds?|seems?|looks?|feels?|must|must be|must have|"
    r"must have been|must feel|must've been|can be|would be|has to be|sounds like) "
    + _VERY
    + _BAD
    + r"[^.!?]*",
    r"you (?:must|sound|seem|look)(?: be| feel| have been)? " + _VERY + r"\w+[^.!?]*",
    r"that(?:'s| is| was| must have| must) (?:\w+ ){0,3}" + _BAD + r"[^.!?]*",
    r"(?:it )?sounds like (?:you|it|that|this)[^.!?]*" + FEELING + r"[^.!?]*",
    r"how " + _BAD,
)
#: Sorry for the other, and stock phrases that ask for nothing and name nothing.
STOCK_SORRY = compiled(
    r"(?:i'm |i am |so |very |really |truly |im )*sorry[^.!?]*",
    r"(?:i )?(?:\w+ )?(?:understand|hear you|get (?:it|that|you)|feel (?:you|for you)|"
    r"can relate)[^.!?]*",
    r"(?:oh |aw+ |ugh|oof|ouch|wow|omg|oh no|oh my|god|damn|yikes)+[^.!?]*|i(?:'m| am) here[^.!?]*",
    r"(?:i |really |so |just )*hop(?:e|ing) (?:you|it|things|that|this|he|she|they)[^.!?]*|take "
    r"(?:good )?care(?! of (?:it|that))[^.!?]*|hang in there|you(?:'re| are) not alone|stay strong|"
    r"(?:sending|big) (?:you )?(?:\w+ )?(?:hugs?|love|strength)|i(?:'m| am) rooting for you|i care|"
    r"fingers crossed|good luck|i wish you[^.!?]*|(?:that|it) sucks|poor you|bless you",
)
_DO = (
    r"(?:talk\w*|speak\w*|ask\w*|tell\w*|try\w*|look\w*|find\w*|get\w*|go|going|mak\w+|set\w*|"
    r"writ\w+|report\w*|contact\w*|call\w*|take|taking|keep\w*|think\w*|consider\w*|start\w*|"
    r"focus\w*|be|being|bring\w*|apply\w*|leav\w+|quit\w*|join\w*|us(?:e|ing)|giv\w+|put\w*|"
    r"let\w*|do|doing|have|having|say\w*|send\w*|check\w*|request\w*|rais\w+|"
    r"change|changing|move|moving|work\w*|show\w*|see\w*|seek\w*|reach\w*|document\w*|address\w*|"
    r"avoid\w*|offer\w*|learn\w*|practi\w+|relax\w*|stop\w*|stand|own|invite|arrang\w+|plan\w*)"
)
_SOFT = (
    r"(?:also |just |always |really |maybe |perhaps |probably |definitely |still |at least |"
    r"simply |try to |first |then |even |possibly |both |go and |not )*"
)
_CHIEF = r"(?:talk|speak|ask|tell|contact|call|report|write|document|look|go|try|make|set|get|find)"
#: What to do, told straight.
TELLING = compiled(
    rf"you(?:'d| had|'ll| will)? (?:really )?(?:should|must|need to|have to|ought to|better|have "
    rf"got to|gotta)(?:n't)? {_SOFT}(?!have (?:been|had)|deserve|be (?:able|proud|treated))"
    r"\w+[^.!?]*",
    rf"(?:^|[.!?,;:\n] ?|and |then |so |but |or |also |first |second |third |finally |and then |"
    rf"please )+(?:just |then |also |maybe |please |simply |always |definitely |well )*"
    rf"(?:don't |do not |never )?(?:{_CHIEF}|start|focus|keep|use|take|put|"
    r"let|send|check|stop|forget|apply|join|bring|own|offer|move|build|document|separate|hold|"
    r"invite|give|leave|quit|stand up|remember to|update|add|plan|practise|practice|be honest|"
    r"prioriti[sz]e|consider|be careful) (?!me\b|him know|mind|that in|back)[^.!?]*",
    rf"(?:my|the best|some|one) (?:advice|suggestion|tip)[^.!?]*|best to {_DO}[^.!?]*|"
    r"i(?:'d| would) (?:strongly |definitely |just |also |probably |really |personally )*"
    r"(?:suggest|recommend|advise)[^.!?]*",
)
#: What to do, offered as a thought, as what one would do, or as a question.
SUGGESTING = compiled(
    rf"you (?:could|can|might|may) {_SOFT}(?:want to |wish to |like to |find it "
    rf"helpful to |consider )?(?!feel|see (?:why|how)|hear|imagine|tell me|be (?:sure|so)){_DO}"
    r"[^.!?]*",
    rf"(?:maybe|perhaps|possibly) (?:you |try |it |a |just |just try |he |she )*{_DO}[^.!?]*",
    r"(?:have|had|did) you (?:ever |already |maybe |also |not )*(?:tr(?:ied|y)(?: to)?|"
    r"consider(?:ed)?|thought (?:about|of)|talk(?:ed)? to|spoken (?:to|with)|speak (?:to|with)|"
    r"ask(?:ed)? (?!yourself)|tell|told|reported|contact\w*|rais\w+|looked (?:into|for)|start\w* "
    r"(?:to look|looking)|mention\w*|discuss\w*|report)[^.!?]*",
    rf"(?:could|can|can't|couldn't) you (?!tell|say|describe|share|explain|imagine|remember)"
    rf"{_SOFT}{_DO}[^.!?]*",
    r"(?:why not|why don't you|how about|what about|what if|is there (?:any way|a way|anyone|"
    r"anybody|someone|somebody|a (?:union|counsel\w+|helpline|policy|diversity))|would it help "
    r"to|wouldn't it be|have you got)[^.!?]*",
    rf"i(?:'d| would) (?:also |just |probably |definitely |maybe )*(?!be |feel |like |love |have "
    rf"been |have thought|want|imagine|say that|hate){_DO}[^.!?]*|if i were you[^.!?]*|"
    r"(?:it|there) (?:might|may|could|would) (?:also )?(?:be|help)[^.!?]* (?:to|if you)[^.!?]*|"
    r"worth (?:a try|\w+ing)[^.!?]*|i (?:think|believe|feel like) (?:you|that you) "
    r"(?:should|could|need)[^.!?]*|try (?:to |not to |and )?\w+[^.!?]*",
)
#: Words that make a sentence about the speaker's own life.
OWN_LIFE = compiled(
    r"i(?:'ve| have)? (?:also |once |actually |always |even |just |never |really |too )*(?:had|"
    r"was|worked|did|went|got|lost|left|stayed|sent|ended|moved|tried|waited|used to|remember|"
    r"managed|felt|started|made|knew|took|met|ate|ran|been (?!worried|thinking|wondering)|"
    r"experienced|gone through|quit|cried|learned|learnt|became|survived|prefer|gave|hid|"
    r"worked)[^.!?]*",
    r"my (?:own )?(?:mum|mom|mother|dad|father|husband|wife|brother|sister|cousin|son|daughter|"
    r"boss(?:es)?|manager|supervisor|aunt|uncle|friend|kids?|girlfriend|boyfriend|ex|partner|old|"
    r"last|first|previous|current|job|company|work|workplace|team|colleagues?|coworkers?|life|"
    r"case|experience|time at|career|flatmate)[^.!?]*",
    r"(?:me too|same here|same thing happened|i know (?:exactly )?(?:the|that) feeling|been "
    r"there|i(?:'m| am) (?:also|quite|going through|in (?:the|a) (?:same|similar))|i can relate|"
    r"happened to me|we (?:just )?(?:had|have|did|were|used to)|our (?:accountant|boss|parties|"
    r"team|office|manager|company)|i don't (?:even )?(?:bother|have)|i've got|if it (?:was|were) "
    r"me|for me it|as for me|i work|i'm shy)[^.!?]*",
)
#: Sentences in which "I" only frames what is said about something else.
FRAMING = compiled(
    r"i (?:really |do |also |just |can |can't |totally |completely |honestly |truly )*(?:think|"
    r"guess|hope|see|wonder|understand|doubt|agree|believe|wish|imagine|get|hear|appreciate|"
    r"suppose|bet|mean|say|notice|promise|don't (?:think|know|see|blame|believe))|i(?:'m| am) "
    r"(?:so |really |very |truly |just )*(?:sure|sorry|glad|here|not sure|afraid|wondering|happy "
    r"(?:to|for)|proud of|rooting|listening|curious|not surprised|sad|shocked)|i(?:'d| would)|"
    r"i(?:'ll| will)|let me|tell me|to me"
)
#: Sentences with "I" that are about the other, or about this talk.
ABOUT_YOU = compiled(
    r"i (?:was|am|'m) (?:just )?(?:wondering|thinking of you|sorry|glad|here|listening|asking)|"
    r"i(?:'ve| have) (?:been )?(?:heard|listening)|i felt (?:that|like) you|"
    r"i (?:was|got|made|did) (?:wrong|that wrong|it wrong|mistaken)|"
    r"i did(?:n't| not) (?:mean|realise|realize|know|want)"
)
#: Comfort that takes the feeling away, and turning from the person.
BRUSHING = compiled(
    r"at least[^.!?]*|(?:could|might) be worse|could have been worse|(?:not|isn't|wasn't) "
    r"(?:that|so|such|really|a) (?:a )?(?:bad|big|deal|serious|end of the world)[^.!?]*|"
    r"no big deal|it's (?:just|only) (?:a|an|one|the) \w+[^.!?]*|i'm sure (?:it|they|he|she|that|"
    r"there|you)[^.!?]*(?:n't|not|fine|mean|nice|reason|soon|forget|great)[^.!?]*",
    r"(?:don't|dont|do not|wouldn't|try not to|stop|shouldn't|no need to) (?:\w+ ){0,2}"
    r"(?:worry|overthink|cry|stress|think (?:about|of) it|think too|take (?:it|this|that|things)|"
    r"be (?:so )?(?:sad|upset|sensitive|hard|silly|mortified)|dwell\w*|whin\w+|"
    r"feel (?:bad|sad|like that))[^.!?]*",
    r"(?:get over|forget (?:about )?it|move on|let it go|shake it off|grow up|toughen up|man up|"
    r"chin up|cheer up|suck it up|brush it off|deal with it|get used to it|calm down|lighten up|"
    r"pull yourself together|never mind)[^.!?]*",
    r"(?:you're|you are|being|sounds? like you're|too) (?:\w+ ){0,3}(?:overthinking|overreacting|"
    r"(?:over|too |so )?sensitive|dramatic|exaggerating|imagining|negative|personally|"
    r"emotional)[^.!?]*",
    r"(?:that's|thats|it's|that is) (?:just |only |simply )?(?:life|how (?:it|things|offices?|"
    r"people|companies|the)|the way (?:it|things)|part of (?:the|every) job|what happens|"
    r"business|normal in)[^.!?]*|life goes on[^.!?]*|such is life|rules are rules[^.!?]*|things "
    r"change[^.!?]*|(?:these days|nowadays) [^.!?]*|everyone (?:has|makes|gets|feels|goes "
    r"through|is)[^.!?]*|everybody (?:has|makes|gets|goes)[^.!?]*|people joke[^.!?]*|we've all "
    r"been there[^.!?]*|(?:it )?happens to (?:everyone|everybody|all of us)[^.!?]*|lots of people "
    r"(?:have|manage)[^.!?]*",
    r"(?:look on|on) the bright side[^.!?]*|(?:everything|it all) happens for a reason[^.!?]*|"
    r"(?:think|stay|be) positive[^.!?]*|(?:good vibes|you've got this|you got this|keep smiling|"
    r"superstar|stepping stone|silver lining|blessing in disguise)[^.!?]*",
    r"(?:be glad|be grateful|you(?:'re| are| should be) (?:lucky|glad|grateful)|(?:people|others|i"
    r"(?:'ve)?)(?: \w+)? (?:with|have|got) (?:real|bigger|worse) problems|real problems|nobody "
    r"(?:cares|is going to)|who cares|(?:must|probably) (?:have|had|there) (?:been )?(?:a|another|"
    r"other) reasons?|there must (?:be|have been)[^.!?]*reasons?|feeling \w+ is a choice|first "
    r"world|oh please|spare me|so what|too bad|boo hoo|whining|hard done by|holding grudges|not "
    r"the right job for you|you have to adapt|best to keep)[^.!?]*",
    r"(?:by the way|anyway|speaking of|that reminds me)[,. ][^.!?]*|did you (?:see|watch) the[^?]*",
    r"(?:maybe|perhaps) (?:she|he|they) (?:was|were|is|are|did|didn't|just|meant|don't|doesn't|"
    r"had)[^.!?]*|(?:he|she|they) probably (?:likes?|just|mean|didn't|don't)[^.!?]*|are you sure "
    r"(?:it|that|you|they|he|she|about)[^.!?]*|have you considered why[^.!?]*",
    r"(?:i (?:understand|get (?:it|that)|know|hear you|see)|that's (?:hard|tough|sad|fair))"
    r"[^.!?]{0,30}[,.] but [^.!?]*",
)
#: An invitation to say more.
INVITING = compiled(
    r"(?:tell|say|share|talk) (?:me |us |a bit |a little |some )*(?:more|about)[^.!?]*",
    r"(?:do you |would you |if you )(?:ever )?(?:want|like|need|feel like)(?: to)? (?:talk|tell|"
    r"say|share|vent)[^.!?]*",
    r"i'd (?:like|love) to hear[^.!?]*|go on|i'm listening|how (?:so|come)|in what way",
)
OPEN_QUESTION = compiled(
    r"(?:what|how|why|which|where|who)(?:'s|'re|'d| is| are| was| were| do| does| did| has| have| "
    r"would| part| bit| about| makes?| made| kind| sort| happened| keeps?| goes| went)?"
)
#: Questions for a datum, which say little about how it is for the person.
DATUM = compiled(
    r"how (?:much|many|long|often|old|far)|when (?:is|was|did|do|does|will)|who (?:is|was)|which "
    r"(?:day|one)|what (?:time|day|date|does the (?:contract|law|policy))"
)
#: Blame put as a question.
ACCUSING = compiled(
    r"why (?:didn't|don't|did|haven't) you|but what about|what did you (?:expect|actually "
    r"achieve)|isn't it|have you considered why"
)
#: Words that give back what they said.
GIVING_BACK = compiled(
    r"so (?:it|you|they|he|she|now|that|even|the|not|this|what|there)(?:'s|'re|'ve|'d)?[^.!?]*|"
    r"(?:it )?(?:sounds?|seems?|looks?|feels?) (?:like|as if|as though)[^.!?]*",
    r"you(?:'re| are|'ve| have|'d| were| had| gave| did| know| put| worked| wanted| lost| tried| "
    r"feel| felt| looked)[^.!?]*|(?:they|he|she)(?:'re|'s| are| is| were| was)[^.!?]* you[^.!?]*|"
    r"(?:not|from|being|having|feeling|knowing|losing|watching|hearing|seeing)[^.!?]* (?:and|"
    r"when|while|after)[^.!?]*",
)
