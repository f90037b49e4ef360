/** The front page and the page of the method. */
export const home = {
  'home.title': 'Customers and vendors, at one table',
  'home.lede':
    'Ask people who use the thing. Read recommendations with their reasons and their doubts. Keep your own data, and decide sentence by sentence who may read it.',
  'home.genre':
    '<b>This is not a pipeline CRM.</b> If you need to push leads through a funnel, take another one. Parley is for customers who want straight answers, and for businesses that grow by being trusted.',
  'home.join': 'Join',
  'home.join.how': 'An e-\u2060mail address, a handle and a password. Until you say otherwise, a vendor sees your handle and nothing else.',
  'home.signIn': 'I have an account',
  'home.yours': 'Your communities',
  'home.yours.none': 'You have joined no community yet. Join one below, and its questions are yours to ask and answer.',

  'home.table.member': 'Amina reads',
  'home.table.record': 'one record',
  'home.table.vendor': 'Tern Works reads',
  'home.table.1.day': '3 Nov',
  'home.table.1.member': 'I let Tern Works read my role and team size, for support, until 1 March.',
  'home.table.1.vendor': 'Role and team size: readable. For support only. Ends 1 March.',
  'home.table.2.day': '9 Nov',
  'home.table.2.member': 'Dara read my team size once, to answer a question of mine.',
  'home.table.2.vendor': 'Dara opened one field. The reading is on her record.',
  'home.table.3.day': '12 Nov',
  'home.table.3.member': 'I keep my budget to myself.',
  'home.table.3.vendor': 'Budget: not shared.',
  'home.table.4.day': '17 Nov',
  'home.table.4.member': 'They wrote that I am a customer. I confirmed it.',
  'home.table.4.vendor': 'Customer, confirmed by both. We cannot say so alone.',
  'home.table.caption':
    'An example: a relationship record, as both sides see it. The person can open, contest and take along every line of their own.',

  'home.question': 'A question worth reading',
  'home.question.solved': 'Solved',
  'home.question.where': 'in <place>{community}</place>, {day}',
  'home.question.accepted': 'Accepted by {name}',
  'home.question.read': '{others, plural, =0 {Read the answer} one {Read the answer and one more} other {Read the answer and # more}}',
  'home.question.none': 'No question is solved yet',
  'home.question.none.why': 'The best solved question stands here, with the answer that its asker accepted. Ask the first one.',
  'home.recommendation': 'A recommendation worth reading',
  'home.recommendation.good': 'What is good',
  'home.recommendation.notGood': 'What is not',
  'home.recommendation.replied': '{vendor} has replied once, in public.',
  'home.recommendation.none': 'Nobody has recommended or warned yet',
  'home.recommendation.none.why':
    'What somebody says of a product stands here with three disclosures: what they are to the vendor, what they got for it, and who asked them. Look at the vendors and write the first.',

  'home.communities': 'Communities',
  'home.communities.all': 'All communities',
  'home.vendors': 'Vendors',
  'home.vendors.all': 'All vendors',
  'home.honest': 'Nobody judges their own case',
  'home.honest.lede':
    'Vendors cannot hide, edit or demote what you write about them. They may answer once and dispute it in the open. Independent moderators decide, and every decision says why.',
  'home.honest.log': 'The public log',
  'home.honest.flagged': 'recommendations flagged in the last {days} days',
  'home.honest.left': 'stayed as they were',
  'home.honest.removed': 'were removed, each with its reasons',
  'home.honest.newest': 'Decided lately',
  'home.honest.none': 'Nothing has been decided yet. When it is, the rule and the reasons stand here for everybody.',

  'method.title': 'Method',
  'method.parts': 'On this page',
  'method.lede': 'How seats, grants, recommendations and moderation work here, in plain words.',
  'method.seats': 'Seats',
  'method.seats.1': 'Beside every name stands a seat. It is computed from records and never chosen, so nobody can dress up.',
  'method.seats.2':
    'Member: somebody with an account. Prospect: somebody who says, in that community, that they are considering the product. It is their own word, and they can take it back.',
  'method.seats.3': 'Customer and partner: only where the person and the vendor have both confirmed it. One side alone is not enough.',
  'method.seats.4':
    'Vendor staff: named by the operator, from one day to another. When it ends, everything it opened closes at that moment.',
  'method.seats.5': 'Moderator and operator: they run the rooms and the portal. An eight-sided portrait marks them as independent.',
  'method.grants': 'Your data and your grants',
  'method.grants.1':
    'What you keep in your vault is yours. A vendor reads nothing of it until you say one sentence: who, which fields, what for, until when.',
  'method.grants.2':
    'The database itself refuses everything else. When you take a grant back, or when its day comes, reading ends everywhere at once.',
  'method.grants.3': 'Each reading leaves a line that you can see: who, which field, when, and under which grant.',
  'method.grants.4':
    'What a vendor holds about you, you can open and contest. Internal notes stay theirs, and you see that there are some.',
  'method.recommendations': 'Recommendations',
  'method.recommendations.1':
    'Each one says what its author is to the vendor, whether they got anything for it, and who asked for it. Nobody writes about a vendor they work or have worked for.',
  'method.recommendations.2':
    'Nobody writes about a vendor if they sell here themselves either. What a partner wrote is labelled and not counted, and so is what turns out to come from somebody with a tie.',
  'method.recommendations.3': 'A vendor answers each once, in public. It cannot hide, edit or remove what is written about it.',
  'method.recommendations.4':
    'One that is unnamed says the day, and not the hour. How large the organisation of its author is, and what evidence there is, it says only where at least five customers of the vendor are confirmed by both sides. A name can be taken back at any time.',
  'method.score': 'How the score is counted',
  'method.score.1':
    'A score is a mean in which newer, better proven and less arranged recommendations weigh more. It is shown with the range in which it likely lies, nine times in ten, and with how many have spoken.',
  'method.score.2':
    'The weights are the same for every vendor. Nobody can buy, set or hide them: this page prints the values that the score is computed with, and each recommendation says what it counts and why.',
  'method.score.3':
    'Below the two bounds there is no number. Few voices stay near what the whole portal says, so that nobody leads by being new.',
  'method.score.source': 'How it came to be written',
  'method.score.evidence': 'What shows that its author has used the product',
  'method.score.rest': 'The other numbers',
  'method.score.halfLife': 'Months after which a recommendation counts half',
  'method.score.prior': 'Voices of the whole portal that are heard first',
  'method.score.fewest': 'Recommendations that a score needs',
  'method.score.organisations': 'Organisations that they must come from',
  'method.score.cut': 'Recommendations that each part of it needs: a dimension, a quarter, a source, a kind of evidence',
  'method.score.fewestForPrior': 'Recommendations in the portal before it expects its own spread; until then, all five are expected alike',
  'method.score.z': 'Half the width of the range, in standard deviations',
  'method.score.formula':
    'Score = (C·m + Σ w·r) / (C + Σ w). C are the voices of the whole portal and m is their mean, weighed anew each night. For each recommendation r is its verdict from 1 to 5, and its weight w is source × evidence × recency. Age is counted in whole months since it was written, or since its author last said that it is still true.',
  'method.score.interval':
    'The range is that of a mean of five levels under a Dirichlet prior (Evan Miller, “Ranking Items With Star Ratings”, 2014).',
  'method.score.unknown':
    'The organisation is known to the portal alone: by the organisation that signs its author in, by a confirmed address of its own domain, or by what the author says. Where it is unknown, all such recommendations together count as one organisation, unless an independent moderator has seen a document.',
  'method.score.ties':
    'Whoever an author is tied to is found from dated employment, confirmed addresses and the organisation in their vault while they share it with anybody, before it is published and again each night. What is found later is marked, its author is told, and it counts no more. Which tie it is, only its author and independent moderators are told.',
  'method.score.changes': 'What has changed',
  'method.score.change': 'Version {version}, {day}: {what}',
  'method.score.change.1': 'The first weights.',
  'method.moderation': 'Moderation',
  'method.moderation.1':
    'Every decision names its rule and its reasons. Its author and whoever it concerns can read them, and it stands in the public log.',
  'method.moderation.2':
    'Recommendations are decided by independent moderators alone: people whom no vendor pays today. The portal lets nobody be both.',
  'method.moderation.3':
    'A community has its own moderators for its questions and answers. A decision is never erased: if it was wrong, a second one restores what the first took down.',
  'method.times': 'Response times',
  'method.times.1':
    'The first answer counts from the moment of the question to the first answer that anybody gave, in the open communities that the vendor hosts, over the last half year. We show the middle one, and only from five answers on.',
  'method.log': 'Read the public log',
} as const
