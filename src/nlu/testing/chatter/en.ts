/** Everyday sentences in English that answer no question; what may be taken from one stands behind `>`. */
export const chatter = `
hello, is anybody there?
good morning, how are you today
I have been waiting for twenty minutes
nobody answers the phone
your website is down again
I already told your colleague everything
why do you need to know that
can you hear me
what was the question again
I did not understand the second one
could you speak a bit slower
my internet has been slow since last winter
I pay too much for this
the bill is twice as high as usual
it says error 404 on my screen
I tried it three times and it failed
there are two of them in the box
one of my neighbours has the same problem
I have lived on the fifth floor for 10 years
my daughter is 12 and my son is 9
we were four at dinner
the shop in Oxford was closed
I am calling from Manchester
we moved from Leeds to Bristol
is your office in London open
the train to Edinburgh was late
New York is bigger than Boston
I like Paris in spring
the road to Cambridge is blocked
do you have a branch in Birmingham
how much does it cost
that is too expensive
is there a cheaper plan
I don't want to buy anything
my card does not work
the machine swallowed my card
why was I charged a fee
I lost my keys and my wallet
my password has expired
it asks me for a code that I never got
the code you sent does not work
I cannot log in
where do I find my customer number
I don't have my policy at hand
the meter is in the cellar
it is behind the door on the left
turn right after the second traffic light
the parcel never arrived
the driver left it with a neighbour
it was delivered to the wrong house
the box was open and half empty
two of the five glasses were broken
I want to speak to a real person
let me talk to your manager
this is the third time I call
you never call back
nobody has called me
I can't believe it
that is not what I said
you got it wrong
you have misunderstood me
never mind, it doesn't matter
thanks a million
thank you very much, you are very kind
have a nice day
see you soon
what a mess
this is ridiculous
I am really disappointed
I am sick of this
I'm tired and I want to go home
I'm not sure about that
I'm in a hurry
I'm on the train
I'm at work
I am a customer like any other
I am looking for information
this is urgent
it is raining here
it's very hot in here
this is the worst service ever
it's a joke
is it possible to change the plan
how long does it take
how does it work
when do you open
when will the technician come
at what time do you close
what day is it
what time is it
how old do I have to be
how far is it to the station
how many points do I have
who am I speaking to
who is in charge
what is your name
what's my name in your system
how is my name written
is this call recorded
are you a robot
are you human
do you speak Italian
do you understand me
can I pay in instalments
can I have a refund
may I ask you something
march on, soldier
I may be late
we may or may not come
the sun is shining
I sat down and waited
give me a second
wait a minute
just a moment please
one moment, I have to look for it
hold on a sec
in a second
second, I want my money back
first of all I want to complain
for the last time, no
once and for all
I have one more question
another thing
one thing at a time
that one is better
the red one please
both are fine
neither of them works
half of it is missing
a quarter of the customers complain
ninety percent of the time it works
it works 50 % of the time
my score is 7 out of 10
a rating greater than 3
I won 3 games in a row
I ran 5 k this morning
the dog weighs 20 kilos
the room is 30 square metres
it is 25 degrees outside
I need version 10.2 of the program
we watched channel 4
bus 42 was late
platform 9 is over there
gate 12 is closed
flight BA 283 was delayed
room 101 is dirty
chapter 5 is boring
page 12 of the manual
the top 10 hits
the number one in the charts
apartment 4 is empty
I have 2 cars and 3 cats
three nights were enough
a four night stay would be fine
it took 5 to 10 minutes
the offer is for 12 months
from 2009 to 2018 I lived abroad
I have been a customer since 2015
the world cup in 2030 will be fun
under warranty
the button is under the screen
on behalf of everybody, thank you
I name my cats after singers
I don't know that name
the name appears twice
you can call me later
call me when you know more
I will call you back
my number has changed
fitness at 6.40 was full > time
mail me the form
send it by email
my mail is full
write to me
at home or at work
the dot in the middle
let me see
let me think about it
okay, what now
so what
and then what
I guess so
I suppose
that would be great
sounds good to me
I agree with you
I don't agree
no, that is not true
yes but I have a question
maybe later
not now
not yet
I changed my mind
forget it
anything else
nothing else
that's all
it costs a bit more
that makes no sense to me
a million thanks
I would not pay a penny
the real problem is the price
Apple Pay does not work on my phone
Google Maps shows the wrong street
Black Friday was chaos
I saw it on Facebook
Happy Birthday to you
I read it in the Daily Mail
I flew with British Airways
we stayed at the Grand Hotel
I was born to be wild
I paid 20 pounds too much > money
I was there yesterday > date
I'll come tomorrow > date
see you on Friday > date
see you on Monday at 5 > date time date-time
the shop closes at 6 pm > time
I called at 9:30 and nobody answered > time
`
