import type { TalkWords } from '../source.ts'

export const talk: TalkWords = {
  yes:
    "that would work|that should work|that'll work|works for me|works|let's do that|let us do that|i will|i would|i'm in|count me in|for sure|absolutely yes|totally|that's fine|that is fine|it's fine|that's it|that is it|i approve|approved|done|deal|spot on|" +
    'i think so|i guess so|i believe so|i suppose so|yes|yeah|yep|yup|yea|ya|ye|aye|yes please|sure|of course|certainly|absolutely|definitely|indeed|exactly|correct|right|true|ok|okay|k|fine|' +
    'agree|agreed|i agree|i do|i am|it is|it does|that is right|thats right|thats correct|that is correct|that works|sounds good|sounds great|' +
    'looks good|perfect|great|good|go ahead|please do|affirmative|alright|all right|no problem|why not|you got it|you bet|i confirm|confirm|confirmed|' +
    'uh huh|mm hm|mhm|y|not bad|not a problem|not an issue|no problems|no objection|no worries|hell yes|👍|👌|✅|✔|🆗|👏|💯|🙂|😀',
  no:
    "that doesn't work|that won't work|doesn't work|won't work|not for me|i won't|i will not|i don't agree|i do not agree|i refuse|nay|not this|not that|it's not right|it's not correct|it is not ok|not fine|none|i can't|i cannot|i'd rather not|" +
    'no|nope|nah|na|naw|no thanks|no thank you|no way|not really|not quite|not right|not correct|not ok|not okay|not at all|not exactly|not true|' +
    'not good|not yet|incorrect|wrong|false|disagree|i disagree|never|negative|by no means|' +
    "i don't|i don't think so|i do not|it isn't|it is not|it's not|that's not|that isn't|that is not|it's wrong|don't|do not|i wouldn't|nothing|n|not in the least|not in the slightest|obviously not|clearly not|surely not|naturally not|probably not|i'm afraid not|i am afraid not|afraid not|i guess not|i think not|i hope not|guess not|preferably not|rather not|under no circumstances|on no account|out of the question|absolutely no|definitely no|hell no|👎|❌|✖|🚫|🙅",
  undecided:
    "not sure|not so sure|not really sure|not quite sure|not entirely sure|not certain|not completely sure|not too sure|not 100 % sure|i don't know|don't know|i do not know|do not know|i don't really know|i don't remember|don't remember|i do not remember|i can't remember|i can't say|i cannot say|i can't tell|i don't understand|i do not understand|no idea|no clue|wouldn't know|i wouldn't know|maybe not sure",
  plain: 'yes yeah yep yup no nope',
  polite:
    'please|thanks|thank you|ok|okay|can you|could you|can i|could i|i want to|i would like to|id like to|i need to|let me|lets|now|hey|hi|uh|um|just|sorry|for me|well|so|then|again please|i need|i want|to',
  commands: {
    help: "help|help me|some help|what can i say|what should i say|what do i say|what do i do|what does that mean|what do you mean|i don't understand|you help me|i am confused|explain",
    repeat:
      "repeat|repeat that|repeat it|repeat the question|say again|say that again|say it again|again|pardon|pardon me|come again|what did you say|what was that|what was the question|i didn't hear|i didn't hear you|i didn't catch that|one more time|what",
    'start-over':
      "start over|restart|start again|let us start again|let's start again|let's start over|start from scratch|begin again|start from the beginning|from the beginning|from the start|reset|start all over|redo everything",
    'go-back':
      'back|go back|previous|previous question|undo|go to the previous question|step back|one step back|go back one step',
    operator:
      'operator|agent|human|a human|person|a person|real person|a real person|representative|a representative|customer service|support|an agent|an operator|' +
      'speak to an operator|speak to an agent|speak to a human|speak to a person|speak to someone|speak with an operator|speak with a human|speak with someone|' +
      'talk to an operator|talk to an agent|talk to a human|talk to a person|talk to someone|talk to a real person|connect me to an operator|transfer me|human being',
    cancel:
      "cancel|cancel that|cancel it|cancel everything|stop|quit|exit|never mind|nevermind|abort|forget it|forget about it|leave me alone|i don't want to continue|end",
    'what-did-i-say':
      'what did i say|what have i said|what did i tell you|what did i say so far|what have i told you|what do you have so far|what do you have|summary|summarize|recap|show me what i said',
    skip: "skip|skip it|skip this|skip that|skip this one|skip this question|pass|next|next question|i don't have one|i don't have it|i'd rather not say|rather not say|prefer not to say|i prefer not to say",
  },
  cues: {
    name: "my name is|my full name is|the name is|name is|my name's|name's|my names|i go by|i go by the name of|they call me|everyone calls me|my name|full name|the full name is|call me|i am called|name|the name",
    selfName: "i am|i'm|im|this is|it is|it's|here is|speaking is|that is",
    holder:
      'under the name of|under the name|under name|in the name of|in name of|by the name of|on behalf of|made out to|booked in as|registered to',
    under: 'under|listed under|booked under|registered under',
    nameBehind: 'speaking|here|is my name|is the name|calling|is calling|on the line|on the phone',
    booking:
      'booking|bookings|booked|book|reservation|reservations|reserved|reserve|table|appointment|appointments|room|party|lunch|dinner|meeting',
    firstName:
      'name|name is|first name|first name is|my first name is|the first name is|given name|given name is|christian name|forename|forename is',
    lastName:
      'last name|last name is|my last name is|the last name is|surname|surname is|my surname is|the surname is|family name|family name is|second name|second name is|my second name is',
    birth:
      'born|born on|born in|born the|i was born|birthday|birthday is|date of birth|date of birth is|birth date|birthdate|dob',
    date: 'date|date is|the date is',
    phone:
      'phone|phone is|phone number|phone number is|telephone|telephone number|telephone is|mobile|mobile is|mobile number|cell|cell phone|my number is|number is|call me at|call me on|call|reach me at|reach me on|text me at|tel',
    email: 'email|e mail|email is|mail|email address',
    number: 'number',
    code: 'code|number|id',
    day: 'day|the day|day is',
    month: 'month|the month|month is',
    year: 'year|the year|year is',
  },
  chatter:
    'good morning|good evening|good afternoon|how are you|thank you|thanks a lot|i see|got it|one moment|hold on|wait a minute|hello there|hi there|who are you|' +
    'no idea|not sure|excuse me|good bye|see you|why not|of course|happy birthday|merry christmas|nice day|very good|sounds good',
  as: {
    filler:
      'um uh er erm hmm hm mm ah oh well ok okay so please thanks hi hello hey actually sorry just like sure right then its it that thats is yes yeah no nope was',
    common:
      'max maximum min minimum total tops altogether monthly weekly yearly annually roughly approximately exactly only precisely somewhat flat even straight net gross circa everything overall tax taxes vat included ' +
      'a an the i me my mine you your yours he him his she her hers it its we us our they them their this that these those ' +
      'is are am was were be been being do does did doing done have has had having can could will would shall should must might ' +
      'not dont didnt doesnt isnt cant couldnt wont wouldnt no nope nah yes yeah yep yup ok okay sure fine right correct wrong true false ' +
      'what why how when where who which whose whom and or but if because so as of at by for with about against between into through ' +
      'during before after above below to from up down in out on off over under again further then once here there all any both each ' +
      'few more most other some such only own same than too very just now want wanted need needs know think thought mean meant say said ' +
      'says tell told ask asked asking give gave get got getting go going gone come came call called calling called write wrote send sent make made ' +
      'see look find use like help please thanks thank hello hi hey bye sorry good bad great nice really maybe perhaps ' +
      'name names first last surname family middle email mail phone number telephone mobile address date birth born birthday code ' +
      'later today thing things something anything nothing everything someone anyone nobody question questions answer problem issue ' +
      'asdf qwerty asd asdfgh sdf dfg blah bla lol idk dunno whatever nevermind never always still already yet ' +
      'also however instead actually speaking speak spell spelled spelling repeat skip cancel stop start back operator agent human person ' +
      'let lets got im ive id ill youre hes shes theyre weve don didn doesn isn aren wasn weren won wouldn couldn shouldn hasn haven ll ve re ' +
      'well um uh er erm hmm hm mm ah oh perfect exactly indeed absolutely definitely certainly course alright agreed ' +
      'hang wait hold moment minute try trying tried work working works money pay order book appointment cat dog car house home',
    title: 'mr mrs ms miss mister dr doctor prof professor sir madam',
    particle: 'de del della di da van von der den dos du la le el bin ibn st san santa mac',
    question: 'what why how when where who which whose whom',
    copula: 'is are s',
    not: 'not',
    only: 'only',
    self: 'i im am',
    firstName:
      'james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark steven paul andrew ' +
      'joshua kenneth kevin brian george edward peter adam alan alex ben benjamin jack jacob oliver harry simon stephen luke max sam samuel ' +
      'mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily donna ' +
      'michelle carol amanda melissa deborah stephanie rebecca laura helen anna anne emma olivia sophie sophia grace lucy kate alice jane ' +
      'will mark hope grace rose april june may jan mario luigi marco luca paolo giovanni giuseppe antonio francesco maria giulia chiara ana juan jose carlos pedro hans karl pierre jean',
  },
}
