/** English as people write to a service: what words and endings the table learns from, beside lexicons and templates. */
export const en = `
the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one you were all her she there would their we him been has when who will no more if out so up said what its about than into them can only other time new some could these two may first then do any like my now over such our man me even most made after also did many off before must well back through years where much your way down should because long each just state those people too mr how little good world make very year still see own work men day get here old both between life being under three never know same last another while us might great go come since against right came take used himself few house use during without again place around however home small found mrs thought went say part once high general upon school every
I will be back next week
I would like to book an appointment for next Monday
can you call me back tomorrow in the afternoon
at half past three, please
I was born in December
the day after tomorrow at noon
two weeks ago, last month, next year, this weekend
a few days ago
it happened yesterday evening
on the first of May
in the morning, in the afternoon, at night, at midnight
it starts at nine o'clock sharp
twenty five thousand and thirty
one hundred and twenty dollars and fifty cents
half a million pounds
the second and the third
my phone number is five five five
my email address is john at gmail dot com
hello, how are you, good morning, good evening, thank you very much, thanks a lot, you're welcome
yes please, no thank you, of course, that's right, that is wrong, I don't think so, I'm not sure, never mind
I don't know what you mean, sorry, could you repeat that
I want to speak to a human being, please
where is my parcel, it should have arrived by now
I have lost my card and need a new one
how much does it cost
what is the weather like today
the bill is too high this month
my internet connection is not working
I would like to cancel my contract
we moved to a new house last week
he told me that she had already paid
they were waiting for us outside
which one do you want
there is something wrong with it
let's meet around quarter to eight
within three hours, until Friday, since Tuesday, between six and seven
due by the end of the month
roughly ten percent of the price
about forty five minutes later
winter, spring, summer, autumn, fall
earlier, later, soon, always, often, sometimes, usually, today, tonight, tomorrow, yesterday
weeks, months, hours, minutes, seconds, decade, century, dozen, pair, couple
birthday, holiday, Christmas, Easter, Thanksgiving, new year's eve
street, road, avenue, square, city, town, country
name, surname, first name, last name, date of birth
north, south, east, west, left, right, up, down
black, white, red, blue, green, yellow
good, bad, big, small, cheap, expensive, early, late, old, young, happy, sad
mother, father, brother, sister, daughter, son, friend, wife, husband
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
twenty one, twenty two, thirty three, forty four, fifty five, sixty six, seventy seven, eighty eight, ninety nine
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth twentieth hundredth thousandth
Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun Jan Feb Aug Sept Oct Dec
dollars, cents, pence, pounds, quid, minus, point, half, quarter
`
