/**
 * What is guessed first, without what stands around it: `Sunshine2024!` is `sunshine`. Written down from what every published list of
 * broken passwords begins with, and from the words of this product.
 */
export const COMMON_PASSWORDS = new Set(
  `password passwort passw0rd p@ssword p@ssw0rd p@$$w0rd pa55word passphrase passcode mypassword yourpassword newpassword oldpassword
  thepassword nopassword password! passwordpassword letmein letmeinnow letmein! openup opensesame sesame welcome welcome! welcomeback
  welcomehome hello hellohello helloworld goodmorning goodnight goodbye changeme changethis changeit changemenow temporary temppass
  temppassword defaultpassword default secret secrets topsecret mysecret private confidential master masterkey masterpassword admin
  administrator adminadmin adminpassword root rootroot superuser superadmin sysadmin system manager operator guest guestguest user
  username useruser login loginlogin signin signmein test testtest testing tester test1test testpassword demo demodemo example sample
  qwerty qwertyqwerty qwertyu qwertyui qwertyuio qwertyuiop qwertyuiop[] qwertz qwertzuiop qwerty12345 azerty azertyuiop asdf asdfasdf
  asdfg asdfgh asdfghj asdfghjk asdfghjkl asdfghjkl; zxcv zxcvbn zxcvbnm qazwsx qazwsxedc qazwsxedcrfv 1qaz2wsx 1qaz2wsx3edc 1qaz@wsx
  1q2w3e 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3 q1w2e3r4 q1w2e3r4t5 qwe123 qweasd qweasdzxc qweqwe qweqweqwe qwer1234 asd123 zaq12wsx
  zaq1xsw2 zaq1zaq1 1234qwer 12qwaszx abcd abcde abcdef abcdefg abcdefgh abcdefghi abcdefghij abcdefghijk abcabc abcabcabc abcd1234 abc123
  a1b2c3 a1b2c3d4 a1b2c3d4e5 aa123456 aa12345678 a123456789 a1234567890 1234567 12345678 123456789 1234567890 12345678900 12345678910
  0123456789 01234567890 0987654321 9876543210 987654321 87654321 7654321 654321 123454321 1234554321 12344321 123123123 1231231234
  123321123 123321123321 112233 11223344 1122334455 112233445566 1020304050 102030405060 1029384756 147258369 1472583690 147852369
  159357 159753 159951 246813579 2468101214 258456 321321321 3141592653 3141592654 3.14159265 31415926535 2718281828 1618033988 741852963
  7418529630 789456123 7894561230 789789789 951753 963852741 9638527410 999888777 1111122222 1212121212 1234512345 1234561234 123456654321
  0000000000 00000000000 000000000000 1111111111 11111111111 111111111111 2222222222 5555555555 6666666666 7777777777 8888888888 9999999999
  iloveyou iloveyou! iloveu iloveme iloveyousomuch iloveyouforever ilovejesus ilovegod ilovemyself ilovemydog ilovemycat ilovemom ilovemymom
  iloveyoubaby loveyou lovelove loveme lovers lover lovely loveyou2 love foreverlove truelove trustno trustno1 trustme nothing whatever
  something anything everything everybody nobody noname unknown secretword sunshine sunshines sunflower sunset sunrise moonlight moonshine
  starlight stardust starwars startrek stargate starlight! superstar rockstar rainbow rainbows butterfly butterflies dragonfly dragon dragons
  dragonball dragonballz monkey monkeys monkeymonkey princess princesses prince queen king kingking angel angels angelangel devil devils
  baby babygirl babyboy babyblue baby123 cutie cutiepie sweetie sweetheart sweetpea honey honeybee honeybunny cupcake cookie cookies cookiemonster
  chocolate chocolates vanilla strawberry blueberry raspberry blackberry cherry banana bananas orange oranges apple apples applepie pineapple
  pumpkin pickles peanut peanuts popcorn pepper peppers ginger cinnamon coffee coffeecoffee cheese cheesecake cheeseburger pizza pizzapizza
  football football! footballer soccer soccer! baseball basketball volleyball softball hockey hockeyhockey golf golfer golfing tennis swimming
  running runner skater skateboard snowboard surfer surfing fishing hunting hunter cowboys steelers packers eagles lakers yankees redsox
  liverpool liverpoolfc chelsea chelseafc arsenal arsenalfc manchester manchesterunited manutd barcelona realmadrid juventus bayern everton
  rangers celtic tottenham spurs superman batman spiderman ironman wolverine hulk deadpool captain captainamerica avengers superheroes supergirl
  wonderwoman joker robin naruto narutouzumaki sasuke pokemon pikachu charizard digimon mario luigi zelda sonic tetris minecraft fortnite roblox
  warcraft worldofwarcraft starcraft diablo halo callofduty counterstrike assassin assassins gandalf frodo hobbit lordoftherings harrypotter
  hogwarts dumbledore voldemort hermione matrix terminator godfather scarface titanic avatar blink182 metallica nirvana slipknot ironmaiden
  linkinpark greenday eminem beatles thebeatles elvis elvispresley bobmarley marley tupac rockandroll rocknroll guitar guitars drummer drums
  piano violin music musical musicmusic dancer dancing dance ballet michael michaela michelle michaeljordan michaeljackson jordan jordan23
  jessica jennifer jonathan joshua matthew andrew daniel danielle anthony christopher christian christina christine alexander alexandra
  alexandre alexis nicholas nicole nicolas samantha samuel stephanie stephen steven robert roberto richard ricardo charlie charlotte charles
  william thomas patrick patricia victoria victor vanessa veronica elizabeth isabella gabriel gabriela fernando francisco eduardo antonio
  alejandro alejandra rebecca natasha natalie melissa amanda ashley brandon brittany hannah heather jasmine justin lauren maggie martin
  morgan olivia oliver sophie sophia summer winter autumn spring january february march april june july august september october november
  december monday tuesday wednesday thursday friday saturday sunday birthday happybirthday happy happyhappy happyday happiness smile smiley
  smiling lucky luckyone luckyyou luckycharm blessed blessing jesus jesuschrist jesusislord jesuslovesme jesus4ever christ christmas
  merrychristmas heaven heavenly faith faithful hope grace amazinggrace church prayer bible genesis freedom liberty justice peace peacelove
  peaceful victory winner champion champions legend legendary power powerful strong stronger fighter warrior ninja samurai soldier marine
  military airforce army navy police firefighter fireman doctor nurse teacher student school highschool college university computer computers
  computer1 internet network laptop windows macintosh microsoft google googlegoogle facebook instagram twitter youtube linkedin whatsapp amazon
  netflix yahoo hotmail gmail outlook android iphone samsung nokia motorola blackberry1 playstation nintendo xbox xbox360 mercedes ferrari
  porsche lamborghini mustang corvette camaro chevrolet chevy harley harleydavidson yamaha honda toyota subaru nissan volkswagen audi bmw
  jaguar tiger tigers lion lions leopard panther panthers wolf wolves bear bears buster bailey buddy rocky max shadow shadows midnight phoenix
  falcon eagle hawk raven snoopy garfield mickey mickeymouse minnie minniemouse donald donaldduck tinkerbell tweety tweetybird scooby scoobydoo
  winniethepooh hellokitty kitty kittycat kitten kittens puppy puppies doggie mydog mycat goldfish dolphin dolphins elephant penguin penguins
  turtle flower flowers rosebud roses blossom purple purplerain yellow green greenday1 blue bluesky black blackcat white silver golden gold
  diamond diamonds crystal emerald platinum thunder lightning hurricane tornado blizzard volcano ocean mountain river paradise america american
  canada england london newyork newyorkcity losangeles california florida texas chicago boston dallas hawaii australia sydney melbourne germany
  deutschland berlin france paris italy italia espana spain madrid portugal brasil brazil argentina mexico colombia india indonesia pakistan
  philippines russia china japan tokyo korea thailand fuckyou fuckyou! fuckoff fuckme fucker motherfucker asshole bastard bitch bullshit
  shithead sexy sexygirl sexybitch sexyboy sex hardcore pussy playboy playgirl money moneymoney millionaire billionaire bitcoin bitcoins
  business company office family myfamily familyfirst friends friendship bestfriend bestfriends forever foreverandever always together married
  mother mommy mom daddy father papa mama mamapapa brother sister grandma grandpa children daughter correcthorse correcthorsebatterystaple
  horsebatterystaple thisismypassword thisisapassword thisisit ihavenoidea idontknow idontcare dontforget rememberme remember forgetmenot
  forgetful mypasswordis notmypassword incorrect wrongpassword invalid security secure securepassword strongpassword longpassword
  verysecret supersecret supersecure accessgranted access allowme enter enterenter entry openit unlock unlocked keepout goaway parley
  parleyparley customer customers community communities vendor vendors recommendation relationship`.split(/\s+/),
)
