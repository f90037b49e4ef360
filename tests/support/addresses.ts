import { paths } from '~/app/paths'

/** Who stands at the door: everybody of the demo world whose answer can differ, and two who came today. */
export const ROLES = ['visitor', 'unconfirmed', 'suspended', 'amina', 'jun', 'dara', 'joost', 'bo', 'olu'] as const
export type Role = (typeof ROLES)[number]
export type DemoRole = Exclude<Role, 'unconfirmed' | 'suspended'>

/** A status, the way to sign in, or another page of the site. */
export type Answer = number | 'sign-in' | 'elsewhere'
export type Expected = Partial<Record<Role, Answer>> & { others: Answer }

/** What of the demo world is only known once it lives. */
export type World = {
  open: Place
  request: Place
  invited: Place
  /** An answer that waits for Bo, and a recommendation that does. */
  flaggedPost: string
  flaggedRecommendation: string
  ofJun: string
  unreplied: string
  grant: string
  record: string
  /** A company that Tern Works keeps, and that it belongs to another. */
  account: string
  place: string
  /** Somebody whom Tern Works knows by itself, and an address of theirs. */
  contact: string
  contactKey: string
  /** Where they work, and the part they have in what is decided there. */
  work: string
  part: string
  /** What it keeps beside the portal’s fields. */
  field: string
  /** A word that it explains, and a system in its register. */
  term: string
  system: string
  /** Whom Tern Works keeps by the address of Jun. */
  kept: string
  /** Two records of Tern Works that may be one. */
  pair: string
  /** What it may sell to a company for which Amina speaks, what is to be done there next, and a stage. */
  opportunity: string
  import: string
  /** One for Dara to answer, and one that she hands over. */
  handOff: string
  handedOver: string
  accountTask: string
  step: string
  stage: string
  task: string
  contest: string
  decision: string
  /** Joost’s question, hidden by Bo; another, about which he appeals. */
  ofJoost: string
  appeal: string
  /** An edit that Jun suggests to Amina’s open question. */
  suggestion: string
  /** What Amina continues with Dara’s vendor alone: her open question. */
  case: string
  /** A file in a question that everybody may read, and one in the room that invites. */
  file: string
  invitedFile: string
  waitingRequest: string
  invitation: string
  /** A line of Amina's inbox. */
  notice: string
  /** What Jun asks peers in a room of no vendor. */
  peerRequest: number
  /** That Amina asks Jun, who is willing, to be a reference. */
  reference: string
  /** What Amina proposed in the open room, still open. */
  idea: number
  /** An author who came with the import of Thunderbird support. */
  imported: string
  suspended: string
  confirmation: string
  reset: string
}
/** A thread, its opening and one answer; where nobody has answered, the opening again. */
export type Place = { number: number; opening: string; answer: string }
export type Sample = { at: (world: World) => string; expect: Expected }

export const expectedOf = (expected: Expected, role: Role): Answer => expected[role] ?? expected.others

export const everyone = (answer: Answer = 200): Expected => ({ others: answer })
/** Whoever is signed in. */
export const people: Expected = { visitor: 'sign-in', others: 200 }
/** These; others are told that they may not. */
export const allowed = (...roles: Role[]): Expected => ({ visitor: 'sign-in', others: 403, ...answered(roles) })
/** These; for others it is not there, signed in or not. */
export const known = (...roles: Role[]): Expected => ({ others: 404, ...answered(roles) })
/** These; a person does not find it, and a visitor is asked to sign in whether it is there or not. */
const own = (...roles: Role[]): Expected => ({ visitor: 'sign-in', others: 404, ...answered(roles) })
const answered = (roles: Role[], answer: Answer = 200) =>
  Object.fromEntries(roles.map((role) => [role, answer])) as Partial<Record<Role, Answer>>
/** Among those to whom it is known, only these may. */
export const among = (inside: Role[], ...may: Role[]): Expected => ({ others: 404, ...answered(inside, 403), ...answered(may) })
/** The address of a button leads back to the page it stands on, for whoever may know of that. */
const back = (expected: Expected): Expected =>
  Object.fromEntries(Object.entries(expected).map(([role, answer]) => [role, answer === 200 ? 'elsewhere' : answer])) as Expected

/** Confirmed and not suspended. */
export const ACTIVE: Role[] = ['amina', 'jun', 'dara', 'joost', 'bo', 'olu']
const MODERATORS: Role[] = ['bo', 'olu']
/** Members and moderators of the room that lets people in by request, and of the one that invites. */
export const IN_REQUEST: Role[] = ['amina', 'bo', 'olu']
export const IN_INVITED: Role[] = ['dara', 'bo', 'olu']

const OPEN = 'tern-mail'
const REQUEST = 'moving-a-small-office'
const INVITED = 'tern-mail-testers'
const NOBODY = '01900000-0000-7000-8000-000000000000'

const at = (address: string, expect: Expected): Sample => ({ at: () => address, expect })
const of = (address: (world: World) => string, expect: Expected): Sample => ({ at: address, expect })

/** The page about a thing in each of the three kinds of room. */
const inRooms = (address: (place: Place, slug: string) => string, open: Expected, request: Expected, invited: Expected): Sample[] => [
  of((world) => address(world.open, OPEN), open),
  of((world) => address(world.request, REQUEST), request),
  of((world) => address(world.invited, INVITED), invited),
]
const inEachRoom = (address: (slug: string) => string): Sample[] => [
  at(address(OPEN), everyone()),
  at(address(REQUEST), known(...IN_REQUEST)),
  at(address(INVITED), known(...IN_INVITED)),
]
const read = [everyone(), known(...IN_REQUEST), known(...IN_INVITED)] as const
const ofRead = [back(read[0]), back(read[1]), back(read[2])] as const
const without = (roles: Role[], ...not: Role[]) => roles.filter((role) => !not.includes(role))

/** The asker knows of the case, and may not do what its staff do. */
const forCaseStaff: Expected = { ...own('dara'), amina: 403 }

/** Every address that can be asked for, and what everybody is answered: docs/permissions.md, tried from outside. */
export const addresses: Record<string, Sample[]> = {
  '': [at(paths.home(), everyone())],
  method: [at(paths.method(), everyone())],

  'sign-up': [at(paths.signUp(), { visitor: 200, others: 'elsewhere' })],
  'sign-in': [at(paths.signIn(), { visitor: 200, others: 'elsewhere' })],
  'sign-in/second-step': [at(paths.secondStep(), { visitor: 200, others: 'elsewhere' })],
  'sign-in/passkey': [at(paths.passkeySignIn(), { visitor: 200, others: 'elsewhere' })],
  'sign-in/with/:id': [at(paths.goToProvider(NOBODY), everyone(404))],
  'sign-in/returned': [at('/sign-in/returned?code=x&state=y', everyone(400))],
  'sign-in/new-here': [at(paths.newHere(), everyone('elsewhere'))],
  'sign-in/bind': [at(paths.bindProvider(), back(people))],
  'passkeys/:kind/challenge': [at(paths.passkeyChallenge('sign-in'), everyone('elsewhere'))],
  'sign-out': [at(paths.signOut(), everyone('elsewhere'))],
  'confirm-email': [at(paths.confirmEmailAgain(), people)],
  'confirm-email/:token': [
    of((world) => paths.confirmEmail(world.confirmation), everyone()),
    at(paths.confirmEmail('no-such-link'), everyone()),
  ],
  'forgot-password': [at(paths.forgotPassword(), everyone())],
  'reset-password/:token': [
    of((world) => paths.resetPassword(world.reset), everyone()),
    at(paths.resetPassword('no-such-link'), everyone()),
  ],
  welcome: [at(paths.welcome(), people)],
  'welcome/products': [at(paths.welcomeStep('products'), people)],
  'welcome/mail': [at(paths.welcomeStep('mail'), people)],
  'welcome/vendors': [at(paths.welcomeStep('vendors'), people)],
  'welcome/:name/skip': [at(paths.skipWelcomeStep('mail'), everyone('elsewhere'))],
  'change-email/:token': [at(paths.confirmEmailChange('no-such-link'), everyone())],
  'undo-email/:token': [at(paths.undoEmailChange('no-such-link'), everyone())],
  'not-me/:token': [at(paths.notMe('no-such-link'), everyone())],
  'me/account/email': [at(paths.changeEmail(), people)],
  'me/account': [at(paths.account(), people)],
  'me/profile': [at(paths.profile(), allowed(...ACTIVE))],
  'me/account/other-sessions': [at(paths.otherSessions(), everyone('elsewhere'))],
  'me/account/password': [at(paths.changePassword(), people)],
  'me/account/second-step': [at(paths.setUpSecondStep(), people)],
  'me/account/second-step/end': [at(paths.endSecondStep(), everyone('elsewhere'))],
  'me/account/passkeys/new': [at(paths.newPasskey(), people)],
  'me/account/passkeys/:id': [at(paths.passkey(NOBODY), own())],
  'me/account/passkeys/:id/removal': [at(paths.removePasskey(NOBODY), everyone('elsewhere'))],
  'me/account/providers/:id/removal': [at(paths.unbindProvider(NOBODY), everyone('elsewhere'))],
  'me/account/recovery-codes': [at(paths.recoveryCodes(), people)],
  'me/account/proof': [at(paths.prove(), people)],
  'people/:handle': [
    at(paths.person('amina'), everyone()),
    at(paths.person('mateo'), everyone()),
    at(paths.person('no-such-person'), everyone(404)),
  ],
  'me/blocked': [at(paths.blocked(), people)],
  'people/:handle/block': [at(paths.block('mateo'), everyone('elsewhere'))],
  'people/:handle/block/end': [at(paths.unblock('mateo'), everyone('elsewhere'))],
  'imported/:id': [of((world) => paths.imported(world.imported), everyone()), at(paths.imported(NOBODY), everyone(404))],
  'imported/:id/this-was-me': [
    of((world) => paths.thisWasMe(world.imported), allowed(...ACTIVE)),
    at(paths.thisWasMe(NOBODY), everyone(404)),
  ],
  'imported/:id/this-was-me/withdrawal': [of((world) => paths.withdrawAuthorship(world.imported), everyone('elsewhere'))],
  'c/:slug/authors': [
    at(paths.authorship(OPEN), known(...MODERATORS)),
    at(paths.authorship(REQUEST), known(...MODERATORS)),
    at(paths.authorship(INVITED), known(...MODERATORS)),
  ],
  'authorship/:id/acceptance': [at(paths.acceptAuthorship(NOBODY), everyone('elsewhere'))],
  'authorship/:id/refusal': [at(paths.refuseAuthorship(NOBODY), everyone('elsewhere'))],
  'authorship/:id/undo': [at(paths.undoAuthorship(NOBODY), everyone('elsewhere'))],
  theme: [at(paths.theme(), everyone('elsewhere'))],

  search: [
    at(paths.search(), everyone()),
    at(paths.search('filter export missing'), everyone()),
    at(`${paths.search('forget')}&community=${REQUEST}`, everyone()),
  ],
  'me/notifications': [at(paths.notifications(), people)],
  'me/notifications/settings': [at(paths.notificationSettings(), people)],
  'me/account/address': [at(paths.checkAddress(), everyone('elsewhere'))],
  'address-works/:token': [at(paths.addressWorks('no-such-link'), everyone(404))],
  'unsubscribe/:token': [at(paths.unsubscribe('no-such-link'), everyone(404))],
  'unsubscribe/:token/undo': [at(paths.subscribeAgain('no-such-link'), everyone('elsewhere'))],
  'me/notifications/:id': [of((world) => paths.notice(world.notice), back(own('amina'))), at(paths.notice(NOBODY), own())],
  'me/notifications/unread': [at(paths.unread(), everyone())],
  missed: [at(paths.missed(['community:01900000-0000-7000-8000-000000000000@0']), everyone()), at('/missed', everyone(422))],

  'me/following': [at(paths.following(), people)],
  'me/drafts': [at(paths.drafts(), people)],
  'me/drafts/:kind/:id': [
    of((world) => paths.draft('edit', world.open.opening), people),
    of((world) => paths.draft('answer', world.invited.opening), people),
    at(paths.draft('answer', 'not-an-id'), own()),
    at(paths.draft('novel', NOBODY), own()),
  ],
  'me/drafts/:kind/:id/autosave': [at(paths.saveDraft('answer', NOBODY), everyone('elsewhere'))],
  'drafts/:id/discarding': [at(paths.discardDraft(NOBODY), everyone('elsewhere'))],
  'drafts/:id/discarding/undo': [at(paths.restoreDraft(NOBODY), everyone('elsewhere'))],
  'drafts/:id/choice': [at(paths.chooseDraft(NOBODY), everyone('elsewhere'))],

  communities: [at(paths.communities(), everyone())],
  'c/:slug': [
    at(paths.community(OPEN), everyone()),
    at(paths.community(REQUEST), everyone()),
    at(paths.community(INVITED), known(...IN_INVITED)),
    at(paths.community('no-such-room'), everyone(404)),
    at('/c/%E0%A4%A', everyone(404)),
  ],
  'c/:slug/membership': [
    at(paths.joinCommunity(OPEN), people),
    at(paths.joinCommunity(REQUEST), people),
    at(paths.joinCommunity(INVITED), own(...IN_INVITED)),
  ],
  'c/:slug/following': [at(paths.followRoom(OPEN), everyone('elsewhere')), at(paths.followRoom(INVITED), everyone('elsewhere'))],
  'c/:slug/following/end': [at(paths.unfollowRoom(OPEN), everyone('elsewhere'))],
  'c/:slug/membership/end': [
    at(paths.leaveCommunity(OPEN), everyone('elsewhere')),
    at(paths.leaveCommunity(INVITED), everyone('elsewhere')),
  ],
  'c/:slug/membership/withdrawal': [at(`/c/${REQUEST}/membership/withdrawal`, everyone('elsewhere'))],
  'c/:slug/membership/considering': [at(`/c/${OPEN}/membership/considering`, everyone('elsewhere'))],
  'c/:slug/requests': [
    at(paths.membershipRequests(OPEN), known(...MODERATORS)),
    at(paths.membershipRequests(REQUEST), known(...MODERATORS)),
    at(paths.membershipRequests(INVITED), known(...MODERATORS)),
  ],
  'c/:slug/requests/:requestId': [of((world) => paths.membershipRequest(REQUEST, world.waitingRequest), everyone('elsewhere'))],
  'c/:slug/invitations': [
    at(paths.invitations(OPEN), known(...MODERATORS)),
    at(paths.invitations(REQUEST), known(...MODERATORS)),
    at(paths.invitations(INVITED), known(...MODERATORS)),
  ],
  'invitations/:token': [
    of((world) => paths.invitation(world.invitation), everyone()),
    at(paths.invitation('no-such-link'), everyone(404)),
  ],

  ask: [at(paths.askAnywhere(), everyone())],
  'search/quick': [at(paths.quickSearch('folder'), everyone())],
  'c/:slug/similar': [
    at(paths.similar(OPEN, 'folder comes back'), everyone()),
    at(paths.similar(INVITED, 'folder comes back'), everyone()),
  ],
  'c/:slug/ask/product': [
    at(paths.chooseProduct(OPEN), { ...allowed(...ACTIVE), visitor: 200 }),
    at(paths.chooseProduct(REQUEST), allowed(...IN_REQUEST)),
    at(paths.chooseProduct(INVITED), known(...IN_INVITED)),
  ],
  'vendors/:slug/products/:name/ask-form': [
    at(paths.askForm('tern-works', 'tern-calendar'), allowed('dara', 'olu')),
    at(paths.askForm('tern-works', 'no-such-product'), everyone(404)),
  ],
  'c/:slug/ask/answers': [
    at(paths.checkFirst(OPEN), { ...allowed(...ACTIVE), visitor: 200 }),
    at(paths.checkFirst(REQUEST), allowed(...IN_REQUEST)),
    at(paths.checkFirst(INVITED), known(...IN_INVITED)),
  ],
  'c/:slug/ask': [
    at(paths.ask(OPEN), { ...allowed(...ACTIVE), visitor: 200 }),
    at(paths.ask(REQUEST), allowed(...IN_REQUEST)),
    at(paths.ask(INVITED), known(...IN_INVITED)),
  ],
  'c/:slug/:number/:title?': [
    ...inRooms((place, slug) => paths.thread(slug, place.number), ...read),
    // The address of one post leads to its thread, whether it is there or not; the thread then says which.
    of((world) => `${paths.thread(INVITED, world.invited.number)}?post=${world.invited.opening}`, everyone('elsewhere')),
    of((world) => `${paths.thread(OPEN, world.open.number)}?post=${world.invited.opening}`, everyone('elsewhere')),
    of((world) => paths.thread(OPEN, world.invited.number, 'what-is-it'), everyone(404)),
    at(paths.thread(OPEN, 99_999_999), everyone(404)),
  ],
  'threads/:number/answer-found': inRooms((place) => paths.answerFound(place.number), ...ofRead),
  'threads/:number/following': inRooms((place) => paths.followThread(place.number), ...ofRead),
  'threads/:number/following/end': inRooms((place) => paths.unfollowThread(place.number), ...ofRead),
  'threads/:number/mute': inRooms((place) => paths.muteThread(place.number), ...ofRead),
  'threads/:number/mute/end': inRooms((place) => paths.unmuteThread(place.number), ...ofRead),
  'files/:id/:size?': [
    of((world) => paths.file(world.file), everyone()),
    of((world) => paths.file(world.file, true), everyone(404)),
    of((world) => `${paths.file(world.file)}/960`, everyone(404)),
    of((world) => paths.file(world.invitedFile), known(...IN_INVITED)),
    of((world) => paths.file(world.invitedFile, true), everyone(404)),
    at(paths.file(NOBODY), everyone(404)),
    at(paths.file('not-an-id'), everyone(404)),
  ],
  'attachments/:kind/:id': [at(paths.uploadFile('answer', NOBODY), everyone('elsewhere'))],
  'attachments/:id/removal': [at(paths.removeFile(NOBODY), everyone('elsewhere'))],
  'threads/:number/poll': inRooms(
    (place) => paths.poll(place.number),
    allowed('amina'),
    among(IN_REQUEST, 'amina'),
    among(IN_INVITED, 'dara'),
  ),
  'threads/:number/poll/vote': inRooms((place) => paths.voteInPoll(place.number), ...ofRead),
  'mentionable/:kind/:id': [
    ...inRooms(
      (place) => paths.mentionable('comment', place.opening),
      { visitor: 404, others: 200 },
      known(...IN_REQUEST),
      known(...IN_INVITED),
    ),
    at(paths.mentionable('answer', NOBODY), everyone(404)),
    at(paths.mentionable('answer', 'not-an-id'), everyone(404)),
  ],
  'preview/:kind/:id': [at(paths.preview('answer', NOBODY), everyone('elsewhere'))],
  'posts/:postId/edit': [
    ...inRooms((place) => paths.editPost(place.opening), allowed('amina'), among(IN_REQUEST, 'amina'), among(IN_INVITED, 'dara')),
    at(paths.editPost(NOBODY), everyone(404)),
  ],
  'posts/:postId/history': inRooms((place) => paths.postHistory(place.opening), ...read),
  'posts/:postId/history/restoration': inRooms((place) => paths.restoreVersion(place.opening), ...ofRead),
  'posts/:postId/suggestion': [
    ...inRooms(
      (place) => paths.suggestEdit(place.opening),
      allowed(...without(ACTIVE, 'amina')),
      among(IN_REQUEST, 'bo', 'olu'),
      among(IN_INVITED, 'bo', 'olu'),
    ),
    at(paths.suggestEdit(NOBODY), everyone(404)),
  ],
  'suggestions/:id': [
    of((world) => paths.suggestion(world.suggestion), known('amina', 'jun', 'bo', 'olu')),
    at(paths.suggestion(NOBODY), everyone(404)),
  ],
  'suggestions/:id/acceptance': [of((world) => paths.acceptSuggestion(world.suggestion), back(known('amina', 'jun', 'bo', 'olu')))],
  'suggestions/:id/withdrawal': [of((world) => paths.withdrawSuggestion(world.suggestion), back(known('amina', 'jun', 'bo', 'olu')))],
  'threads/:number/duplicate': [
    of((world) => paths.duplicate(world.open.number), allowed('amina', 'bo', 'olu')),
    of((world) => paths.duplicate(world.request.number), among(IN_REQUEST, 'amina', 'bo', 'olu')),
    of((world) => paths.duplicate(world.invited.number), among(IN_INVITED, 'dara', 'bo', 'olu')),
  ],
  'threads/:number/duplicate/end': inRooms((place) => paths.endDuplicate(place.number), ...ofRead),
  'threads/:number/merge': [
    of((world) => paths.merge(world.open.number), allowed('amina', 'jun', 'dara', 'bo', 'olu')),
    of((world) => paths.merge(world.request.number), known(...IN_REQUEST)),
    of((world) => paths.merge(world.invited.number), known(...IN_INVITED)),
  ],
  'threads/:number/merge/confirmation': inRooms((place) => paths.confirmMerge(place.number), ...ofRead),
  'threads/:number/merge/refusal': inRooms((place) => paths.declineMerge(place.number), ...ofRead),
  'merges/:id/undo': [at(paths.undoMerge(NOBODY), everyone('elsewhere'))],
  'c/:slug/waiting': [
    at(paths.waiting(OPEN), allowed('dara', ...MODERATORS)),
    at(paths.waiting(OPEN, 'vendor'), allowed('dara', ...MODERATORS)),
    at(paths.waiting(REQUEST), allowed(...MODERATORS)),
    at(paths.waiting(INVITED), known('dara', ...MODERATORS)),
    at(paths.waiting('no-such-room'), everyone(404)),
  ],
  'threads/:number/claim': inRooms((place) => paths.claimThread(place.number), ...ofRead),
  'threads/:number/claim/end': inRooms((place) => paths.releaseThread(place.number), ...ofRead),
  'c/:slug/merges': [
    at(paths.merges(OPEN), known(...MODERATORS)),
    at(paths.merges(REQUEST), known(...MODERATORS)),
    at(paths.merges(INVITED), known(...MODERATORS)),
  ],
  'posts/:postId/comments': inRooms((place) => paths.commentOn(place.opening), ...read),
  'posts/:postId/vote': inRooms((place) => paths.vote(place.opening), ...ofRead),
  'posts/:postId/acceptance': inRooms((place) => paths.acceptance(place.opening), ...ofRead),
  'posts/:postId/acceptance/undo': inRooms((place) => paths.undoAcceptance(place.opening), ...ofRead),
  'posts/:postId/solution': inRooms((place) => paths.solution(place.answer), ...ofRead),
  'posts/:postId/solution/undo': inRooms((place) => paths.undoSolution(place.answer), ...ofRead),
  'posts/:postId/confirmation': inRooms((place) => paths.confirmation(place.answer), ...ofRead),
  'posts/:postId/confirmation/undo': inRooms((place) => paths.undoConfirmation(place.answer), ...ofRead),

  'c/:slug/levels': inEachRoom(paths.levels),
  'c/:slug/ideas': [
    at(paths.ideas(OPEN), everyone()),
    at(paths.ideas(OPEN, 'top'), everyone()),
    at(paths.ideasThatAre(OPEN, 'shipped'), everyone()),
    at(paths.ideas(REQUEST), known(...IN_REQUEST)),
    at(paths.ideas(INVITED), known(...IN_INVITED)),
  ],
  'c/:slug/ideas/new': [
    at(paths.proposeIdea(OPEN), { ...allowed(...ACTIVE), visitor: 200 }),
    at(paths.proposeIdea(REQUEST), allowed(...IN_REQUEST)),
    at(paths.proposeIdea(INVITED), known(...IN_INVITED)),
  ],
  'c/:slug/ideas/new/similar': [
    at(paths.checkIdea(OPEN), { ...allowed(...ACTIVE), visitor: 200 }),
    at(paths.checkIdea(REQUEST), allowed(...IN_REQUEST)),
    at(paths.checkIdea(INVITED), known(...IN_INVITED)),
  ],
  'c/:slug/ideas/similar': [
    at(paths.similarIdeas(OPEN, 'export my filters'), everyone()),
    at(paths.similarIdeas(INVITED, 'export my filters'), everyone()),
  ],
  'c/:slug/roadmap': inEachRoom(paths.roadmap),
  'c/:slug/changelog': inEachRoom(paths.changelog),
  'c/:slug/contributors': inEachRoom(paths.contributors),
  'threads/:number/presence': inRooms(
    ({ number }) => paths.presence(number),
    people,
    { ...known(...IN_REQUEST) },
    { ...known(...IN_INVITED) },
  ),
  'me/devices': [at(paths.addDevice(), { visitor: 'sign-in', others: 'elsewhere' })],
  'me/devices/:id/removal': [at(paths.removeDevice(NOBODY), { visitor: 'sign-in', others: 'elsewhere' })],
  'me/being-seen': [at(paths.beingSeen(), people)],
  'me/standing': [at(paths.standing(), people)],
  'me/ranking': [at(paths.ranking(), { visitor: 'sign-in', others: 'elsewhere' })],
  'c/:slug/leaders': [...inEachRoom((slug) => paths.leaders(slug)), ...inEachRoom((slug) => paths.leaders(slug, 'all'))],
  'operate/votes': [at(paths.votingReport(), allowed('bo', 'olu'))],
  'operate/votes/look': [at(paths.lookForArranged(), everyone('elsewhere'))],
  'operate/votes/void': [at(paths.voidVotes(), allowed('olu'))],
  'operate/votes/count-again': [at(paths.countVotesAgain(), allowed('olu'))],
  'me/credit': [at(paths.credit(), { visitor: 'sign-in', others: 'elsewhere' })],
  'threads/:number/idea-vote': [
    of((world) => paths.voteForIdea(world.idea), everyone()),
    of((world) => paths.voteForIdea(world.open.number), everyone(404)),
    of((world) => paths.voteForIdea(world.invited.number), everyone(404)),
  ],
  'threads/:number/idea-vote/end': [of((world) => paths.endIdeaVote(world.idea), everyone('elsewhere'))],
  'threads/:number/status': [
    of((world) => paths.moveIdea(world.idea), allowed('dara')),
    of((world) => paths.moveIdea(world.open.number), everyone(404)),
  ],
  'threads/:number/on-behalf': [
    of((world) => paths.voteOnBehalf(world.idea), allowed('dara')),
    of((world) => `${paths.voteOnBehalf(world.idea)}?find=nobody-is-called-so`, allowed('dara')),
  ],
  'threads/:number/on-behalf/end': [of((world) => paths.withdrawVote(world.idea), everyone('elsewhere'))],
  'threads/:number/wanted-by': [of((world) => paths.wantedBy(world.idea), allowed('dara'))],

  'robots.txt': [at(paths.robots(), everyone())],
  'sitemap.xml': [at(paths.sitemap(), everyone())],
  'sitemaps/:name': [
    at(paths.sitemap('pages.xml'), everyone()),
    at(paths.sitemap('threads-1.xml'), everyone()),
    at(paths.sitemap('no-such-file'), everyone(404)),
  ],
  'feed.atom': [at(paths.portalFeed(), everyone())],
  'c/:slug/feed.atom': [
    at(paths.communityFeed(OPEN), everyone()),
    at(paths.communityFeed(REQUEST), everyone(404)),
    at(paths.communityFeed(INVITED), everyone(404)),
  ],
  'pictures/threads/:number': [
    ...inRooms((place) => paths.threadPicture(place.number), everyone(), everyone(404), everyone(404)),
    at(paths.threadPicture(99_999_999), everyone(404)),
  ],
  'c/:slug/:number/feed.atom': inRooms((place, slug) => paths.threadFeed(slug, place.number), everyone(), everyone(404), everyone(404)),

  asked: [
    at(paths.asked(), everyone()),
    at(paths.asked({ size: '11-50', industry: 'health', after: NOBODY }), everyone()),
    at('/asked?size=x&after=y', everyone()),
  ],
  'c/:slug/ask-peers': [
    at(paths.askPeers('self-hosted-mail'), { ...allowed(...ACTIVE), visitor: 200 }),
    at(paths.askPeers(REQUEST), allowed(...IN_REQUEST)),
    at(paths.askPeers(OPEN), allowed()),
    at(paths.askPeers(INVITED), among(IN_INVITED)),
  ],
  'recommendations/:id/reference': [
    of((world) => paths.askReference(world.ofJun), allowed(...without(ACTIVE, 'jun', 'dara', 'joost'))),
    of((world) => paths.askReference(world.unreplied), allowed()),
    at(paths.askReference(NOBODY), everyone(404)),
  ],
  'me/references': [at(paths.references(), people)],
  'references/:id/acceptance': [
    of((world) => paths.acceptReference(world.reference), { ...own('jun'), amina: 403 }),
    at(paths.acceptReference(NOBODY), own()),
  ],
  'references/:id/refusal': [at(paths.declineReference(NOBODY), everyone('elsewhere'))],
  'references/:id/withdrawal': [of((world) => paths.withdrawReference(world.reference), everyone('elsewhere'))],
  'threads/:number/named': [
    of((world) => paths.nameVendor(world.peerRequest), allowed(...without(ACTIVE, 'jun'))),
    of((world) => paths.nameVendor(world.open.number), everyone(404)),
    at(paths.nameVendor(99_999_999), everyone(404)),
  ],

  'threads/:number/case': [
    of((world) => paths.openCase(world.open.number), { ...allowed(), amina: 'elsewhere', dara: 'elsewhere' }),
    of((world) => paths.openCase(world.request.number), { ...own(), ...Object.fromEntries(IN_REQUEST.map((role) => [role, 403])) }),
    of((world) => paths.openCase(world.invited.number), { ...own(), ...Object.fromEntries(IN_INVITED.map((role) => [role, 403])) }),
    at(paths.openCase(99_999_999), own()),
  ],
  'cases/:id': [of((world) => paths.caseOf(world.case), own('amina', 'dara')), at(paths.caseOf(NOBODY), own())],
  'cases/:id/notes': [of((world) => paths.noteOnCase(world.case), forCaseStaff)],
  'cases/:id/taking': [of((world) => paths.takeCase(world.case), back(own('amina', 'dara')))],
  'cases/:id/taking/end': [of((world) => paths.letGoOfCase(world.case), back(own('amina', 'dara')))],
  'cases/:id/closing': [of((world) => paths.closeCase(world.case), back(own('amina', 'dara')))],
  'cases/:id/closing/undo': [of((world) => paths.reopenCase(world.case), back(own('amina', 'dara')))],
  'cases/:id/answer': [of((world) => paths.answerBack(world.case), forCaseStaff)],
  'cases/:id/answer/withdrawal': [of((world) => paths.withdrawAnswerBack(world.case), back(own('amina', 'dara')))],
  'cases/:id/answer/publication': [of((world) => paths.publishAnswerBack(world.case), back(own('amina', 'dara')))],
  'cases/:id/answer/refusal': [of((world) => paths.declineAnswerBack(world.case), back(own('amina', 'dara')))],
  'cases/:id/idea': [of((world) => paths.linkCase(world.case), forCaseStaff)],
  'vendors/:vendor/cases': [
    at(paths.casesOf('tern-works'), allowed('dara')),
    at(paths.casesOf('tern-works', 'closed'), allowed('dara')),
    at(paths.casesOf('halyard'), allowed('joost')),
    at(paths.casesOf('no-such-vendor'), own()),
  ],
  'me/cases': [at(paths.myCases(), people)],

  'vendors/:slug/recommend': [
    at(paths.recommend('tern-works'), allowed(...without(ACTIVE, 'dara', 'joost'))),
    at(paths.recommend('halyard'), allowed(...without(ACTIVE, 'joost', 'dara'))),
    at(paths.recommend('no-such-vendor'), everyone(404)),
  ],
  'vendors/:slug/asked': [at(paths.draws('tern-works'), everyone()), at(paths.draws('no-such-vendor'), everyone(404))],
  'draws/:id/end': [at(paths.endDraw(NOBODY), everyone('elsewhere'))],
  'me/invitations': [at(paths.myInvitations(), people)],
  'vendors/:slug/quoted': [at(paths.quoted('tern-works'), everyone()), at(paths.quoted('no-such-vendor'), everyone(404))],
  'recommendations/:id': [
    of((world) => paths.recommendation(world.ofJun), everyone()),
    of((world) => paths.recommendation(world.flaggedRecommendation), everyone()),
    at(paths.recommendation(NOBODY), everyone(404)),
  ],
  'recommendations/:id/edit': [of((world) => paths.editRecommendation(world.ofJun), allowed('jun'))],
  'recommendations/:id/withdrawal': [of((world) => paths.withdrawRecommendation(world.ofJun), everyone('elsewhere'))],
  'recommendations/:id/confirmation': [of((world) => paths.confirmRecommendation(world.ofJun), everyone('elsewhere'))],
  'recommendations/:id/versions': [
    of((world) => paths.recommendationVersions(world.ofJun), everyone()),
    at(paths.recommendationVersions(NOBODY), everyone(404)),
  ],
  'recommendations/:id/reply/edit': [
    of((world) => paths.editReply(world.flaggedRecommendation), allowed('dara')),
    at(paths.editReply(NOBODY), everyone(404)),
  ],
  'recommendations/:id/dispute': [
    of((world) => paths.dispute(world.ofJun), allowed('jun', 'dara', 'bo', 'olu')),
    of((world) => paths.dispute(world.unreplied), allowed('dara', 'bo', 'olu')),
    at(paths.dispute(NOBODY), everyone(404)),
  ],
  'recommendations/:id/dispute/undo': [of((world) => paths.dropDispute(world.ofJun), everyone('elsewhere'))],
  'recommendations/:id/evidence': [of((world) => paths.showEvidence(world.ofJun), allowed('jun')), at(paths.showEvidence(NOBODY), own())],
  'recommendations/:id/evidence/decision': [of((world) => paths.decideEvidence(world.ofJun), allowed('bo', 'olu'))],
  'recommendations/:id/proof': [of((world) => paths.proveUse(world.ofJun), allowed('jun'))],
  'recommendations/:id/reply': [of((world) => paths.replyToRecommendation(world.unreplied), allowed('dara'))],

  'report/:kind/:id': [
    of((world) => paths.report('post', world.open.opening), everyone()),
    of((world) => paths.report('recommendation', world.ofJun), everyone()),
    at(paths.report('post', NOBODY), everyone(404)),
  ],
  'reports/:token': [at(paths.reportReceipt('no-such-link'), everyone(404))],
  'reports/:token/confirmation': [at(paths.confirmReport('no-such-link'), everyone(404))],
  'flags/:kind/:id': [
    ...inRooms(
      (place) => paths.flag('post', place.opening),
      allowed(...without(ACTIVE, 'amina')),
      among(IN_REQUEST, 'bo', 'olu'),
      among(IN_INVITED, 'bo', 'olu'),
    ),
    of((world) => paths.flag('recommendation', world.ofJun), allowed(...without(ACTIVE, 'jun'))),
    at('/flags/person/amina', everyone(404)),
  ],
  'c/:slug/moderation': [
    at(paths.communityQueue(OPEN), allowed(...MODERATORS)),
    at(paths.communityQueue(REQUEST), allowed(...MODERATORS)),
    at(paths.communityQueue(INVITED), among(IN_INVITED, ...MODERATORS)),
  ],
  'c/:slug/checks': [
    at(paths.checks(OPEN), allowed(...MODERATORS)),
    at(paths.checks(REQUEST), allowed(...MODERATORS)),
    at(paths.checks(INVITED), among(IN_INVITED, ...MODERATORS)),
  ],
  moderation: [at(paths.recommendationQueue(), allowed(...MODERATORS))],
  'moderation/transparency': [
    at(paths.transparency(), everyone()),
    at(paths.transparency(2999), everyone(404)),
    at('/moderation/transparency?year=x', everyone(404)),
  ],
  'moderation/log': [
    at(paths.moderationLog(), everyone()),
    at(`${paths.moderationLog()}?community=${OPEN}`, everyone()),
    at(`${paths.moderationLog()}?act=hide&rule=advertising&month=2026-11`, everyone()),
  ],
  'moderation/log/:id': [of((world) => paths.decision(world.decision), everyone()), at(paths.decision(NOBODY), everyone(404))],
  'moderation/log/:id/appeal': [of((world) => paths.appeal(world.ofJoost), known('joost')), at(paths.appeal(NOBODY), everyone(404))],
  'moderation/log/:id/appeal-by-mail': [
    of((world) => paths.askForAppealLink(world.ofJoost), everyone()),
    at(paths.askForAppealLink(NOBODY), everyone(404)),
  ],
  'appeal/:token': [at(paths.appealByLink('no-such-link'), everyone(404))],
  'appeals/:id': [of((world) => paths.appealItem(world.appeal), known(...MODERATORS)), at(paths.appealItem(NOBODY), everyone(404))],
  'moderation/reporters/:handle': [at(paths.reporter('mateo'), allowed('olu'))],
  'moderation/people/:handle': [
    of((world) => paths.suspend(world.suspended), allowed('olu')),
    of((world) => paths.suspend(world.suspended, OPEN), allowed(...MODERATORS)),
    of((world) => paths.suspend(world.suspended, INVITED), among(IN_INVITED, ...MODERATORS)),
  ],
  'moderation/by/:handle': [
    at(paths.decideTogether('mateo'), allowed(...MODERATORS)),
    at(paths.decideTogether('mateo', OPEN), allowed(...MODERATORS)),
    at(paths.decideTogether('mateo', INVITED), among(IN_INVITED, ...MODERATORS)),
  ],
  'moderation/together/:id': [at(paths.decidedTogether(NOBODY), everyone(404))],
  'moderation/together/:id/undo': [at(paths.undoTogether(NOBODY), everyone('elsewhere'))],
  'moderation/:kind/:id/claim': [of((world) => paths.claimItem('post', world.flaggedPost), everyone('elsewhere'))],
  'moderation/:kind/:id/claim/undo': [of((world) => paths.releaseItem('post', world.flaggedPost), everyone('elsewhere'))],
  'moderation/:kind/:id/notes': [
    of((world) => paths.noteOnItem('post', world.flaggedPost), allowed(...MODERATORS)),
    of((world) => paths.noteOnItem('post', world.invited.opening), among(IN_INVITED, ...MODERATORS)),
    of((world) => paths.noteOnItem('recommendation', world.flaggedRecommendation), allowed(...MODERATORS)),
  ],
  'moderation/:kind/:id': [
    of((world) => paths.decide('post', world.flaggedPost), allowed(...MODERATORS)),
    of((world) => paths.decide('post', world.invited.opening), among(IN_INVITED, ...MODERATORS)),
    of((world) => paths.decide('recommendation', world.flaggedRecommendation), allowed(...MODERATORS)),
  ],

  vendors: [
    at(paths.vendors(), everyone()),
    at(paths.vendors({ search: 'tern' }), everyone()),
    at(paths.vendors({ category: 'mail-clients', search: 'tern' }), everyone()),
    at(paths.vendors({ category: 'no such category' }), everyone()),
    at('/vendors?category=%00', everyone(404)),
    at(paths.vendors({ search: 'no such name', after: NOBODY }), everyone()),
  ],
  'vendors/:slug/claim': [
    at(paths.claimVendor('wren'), allowed(...without(ACTIVE, 'bo', 'olu'))),
    at(paths.claimVendor('no-such-vendor'), everyone(404)),
  ],
  'vendors/:slug/claim/proof': [
    at(paths.proveClaim('wren'), allowed(...without(ACTIVE, 'bo', 'olu'))),
    at(paths.proveClaim('no-such-vendor'), everyone(404)),
  ],
  compare: [
    at(paths.compare(), everyone()),
    at(paths.compare(['tern-works', 'halyard']), everyone()),
    at(paths.compare(['tern-works'], 'led'), everyone()),
    at('/compare?vendor=no-such-vendor&vendor=%01&q=%01', everyone()),
    at('/compare?vendor=%00', everyone(404)),
  ],
  'vendors/:slug': [
    at(paths.vendor('tern-works'), everyone()),
    at(paths.vendor('ledgerly'), everyone()),
    at(paths.vendor('marlow', { size: '11-50', industry: 'health', role: 'runs', about: 'inbox' }), everyone()),
    at(paths.vendor('marlow', { size: 'x', about: '%' }), everyone()),
    at(paths.vendor('no-such-vendor'), everyone(404)),
  ],

  '.well-known/jwks.json': [at('/.well-known/jwks.json', everyone()), at('/.well-known/jwks.json?kid=no-such-key', everyone())],
  '.well-known/gpc.json': [at('/.well-known/gpc.json', everyone())],
  '.well-known/myterms.json': [at('/.well-known/myterms.json', everyone())],
  'me/attestations': [at(paths.attestations(), people)],
  'me/attestations/:id/show': [at(paths.showAttestation(NOBODY), everyone('elsewhere'))],
  'me/attestations/:id/hide': [at(paths.hideAttestation(NOBODY), everyone('elsewhere'))],
  'me/attestations/:id/file': [at(paths.attestationFile(NOBODY), own())],
  'attestations/:id/revocation': [at(paths.revokeAttestation(NOBODY), everyone('elsewhere'))],
  'relationships/:id/attestation': [at(paths.attest(NOBODY), everyone('elsewhere'))],
  'status/:number': [at(paths.statusList(0), everyone()), at('/status/x', everyone(404))],
  verify: [at(paths.verify(), everyone())],
  'grants/:grantId/receipt': [at(paths.receipt(NOBODY), everyone(404))],
  'grants/:grantId/receipt/kantara': [at(paths.kantaraReceipt(NOBODY), own())],
  'me/terms': [at(paths.terms(), people)],
  'me/erasure': [at(paths.erasure(), people)],
  'me/erasure/call-back': [at(paths.callBackErasure(), everyone('elsewhere'))],
  'erased/:token': [at(paths.erased('no-such-link'), everyone(404))],
  'erased/:token/statement': [at(paths.erasedStatement('no-such-link'), everyone(404))],
  'erasures/:id': [at(paths.acknowledgeErasure(NOBODY), everyone('elsewhere'))],
  'me/relationships/:vendor/why': [at(paths.askWhy('tern-works'), everyone('elsewhere'))],
  'relationships/:id/passed-on': [of((world) => paths.passOn(world.record), { ...own('dara') }), at(paths.passOn(NOBODY), own())],
  'corrections/:id': [at(paths.recordCorrected(NOBODY), everyone('elsewhere'))],
  'me/objection': [at(paths.objection(), everyone('elsewhere'))],
  'me/terms/:vendor': [at(paths.termsWith('tern-works'), people), at(paths.termsWith('no-such-vendor'), own())],
  'me/terms/:vendor/offer': [at(paths.offerTerms('tern-works'), everyone('elsewhere'))],
  'me/terms/:vendor/answer': [at(paths.answerCounter('tern-works'), everyone('elsewhere'))],
  'me/terms/:vendor/end': [at(paths.endAgreement('tern-works'), everyone('elsewhere'))],
  'me/terms/:vendor/as-elsewhere': [at(paths.termsAsElsewhere('tern-works'), everyone('elsewhere'))],
  'agreements/:id': [at(paths.agreementFile(NOBODY), everyone(404))],
  'vendors/:slug/terms': [at(paths.vendorTerms('tern-works'), everyone()), at(paths.vendorTerms('no-such-vendor'), everyone(404))],
  'vendors/:slug/terms/edit': [at(paths.publishTerms('tern-works'), allowed('dara')), at(paths.publishTerms('no-such-vendor'), own())],
  'vendors/:slug/hours': [at(paths.hours('tern-works'), everyone()), at(paths.hours('no-such-vendor'), everyone(404))],
  'vendors/:slug/hours/promise': [
    at(paths.publishTargets('tern-works'), allowed('dara')),
    at(paths.publishTargets('no-such-vendor'), own()),
  ],
  'vendors/:slug/hours/edit': [at(paths.publishHours('tern-works'), allowed('dara')), at(paths.publishHours('no-such-vendor'), own())],
  'vendors/:slug/.well-known/myterms.json': [
    at(paths.vendorTermsFile('tern-works'), everyone()),
    at(paths.vendorTermsFile('no-such-vendor'), everyone(404)),
  ],
  'vendors/:vendor/offers': [at(paths.offersTo('tern-works'), own('dara'))],
  'vendors/:vendor/offers/:id': [at(paths.answerOffer('tern-works', NOBODY), everyone('elsewhere'))],

  'me/vault': [at(paths.vault(), people)],
  'me/export': [at(paths.exportAll(), people)],
  'me/export/:id': [at(paths.fetchExport(NOBODY), own())],
  'me/import': [at(paths.bringAlong(), people)],
  'me/import/:id': [at(paths.broughtAlong(NOBODY), own())],
  'me/import/:id/undo': [at(paths.undoBrought(NOBODY), everyone('elsewhere'))],
  'me/vault/new': [at(paths.ownField(), people)],
  'me/vault/:key': [at(paths.attribute('role'), people), at(paths.attribute('phone'), people), at(paths.attribute('no-such-field'), own())],
  'me/requests/:id': [at(paths.askedOfMe(NOBODY), own())],
  'me/vault/:key/may-ask': [at(paths.mayAskAgain('role'), everyone('elsewhere'))],
  'me/vault/:key/earlier': [at(paths.forgetEarlier('role'), everyone('elsewhere'))],
  'me/vault/:key/confirmation': [at(paths.confirmAttribute('role'), everyone('elsewhere'))],
  'me/vault/:key/removal': [at(paths.removeAttribute('role'), everyone('elsewhere'))],
  'me/moderation': [at(paths.duties(), people)],
  'me/moderation/offers/:id': [at(paths.answerDuty(NOBODY), { visitor: 'sign-in', others: 'elsewhere' })],
  'me/moderation/portal/end': [at(paths.stepDownPortal(), { visitor: 'sign-in', others: 'elsewhere' })],
  'c/:slug/duty': [at(paths.offerHelp('tern-mail'), { visitor: 'sign-in', others: 'elsewhere' })],
  'c/:slug/duty/end': [at(paths.stepDown('tern-mail'), { visitor: 'sign-in', others: 'elsewhere' })],
  'me/delegates': [at(paths.delegates(), people)],
  'me/delegates/new': [at(paths.newDelegate(), people)],
  'me/delegates/:id/end': [at(paths.endDelegate(NOBODY), { visitor: 'sign-in', others: 'elsewhere' })],
  'me/wishes/:id/confirmation': [at(paths.confirmWish(NOBODY), { visitor: 'sign-in', others: 'elsewhere' })],
  'me/wishes/:id/refusal': [at(paths.declineWish(NOBODY), { visitor: 'sign-in', others: 'elsewhere' })],
  'me/grants/new': [at(paths.newGrant(), people), at(paths.newGrant('halyard'), people)],
  'me/grants/:grantId': [of((world) => paths.grant(world.grant), own('amina')), at(paths.grant(NOBODY), own())],
  'me/grants/:grantId/revocation': [of((world) => paths.revokeGrant(world.grant), everyone('elsewhere'))],
  'me/grants/:grantId/ending.json': [at(paths.endingFile(NOBODY), own())],
  'me/grants/:grantId/reads-since.json': [at(paths.readsSince(NOBODY), own())],
  'me/readings/:id/proof.json': [at(paths.accessProof(NOBODY), own())],
  'me/alerts': [at(paths.alerts(), people)],
  'me/readings': [at(paths.readings(), people)],
  'me/seen-as/:name': [at(paths.seenAs('public'), people), at(paths.seenAs('member'), people)],
  'me/seen-by/:vendor': [at(paths.seenBy('tern-works'), people), at(paths.seenBy('no-such-vendor'), own())],

  'me/relationships': [at(paths.myRelationships(), people)],
  'me/relationships/:vendor': [at(paths.myRelationship('tern-works'), own('amina', 'jun'))],
  'me/relationships/:vendor/contests': [at(paths.contest('tern-works'), own('amina', 'jun'))],
  'me/relationships/:vendor/states': [at(paths.confirmState('tern-works'), everyone('elsewhere'))],
  'vendors/:vendor/people': [at(paths.relationships('tern-works'), allowed('dara')), at(paths.relationships('halyard'), allowed('joost'))],
  'relationships/:id': [
    of((world) => paths.relationship(world.record), own('dara')),
    of((world) => `${paths.relationship(world.record)}?purpose=answer`, own('dara')),
    at(paths.relationship(NOBODY), own()),
  ],
  'relationships/:id/meetings': [of((world) => paths.logMeeting(world.record), own('dara'))],
  'relationships/:id/notes': [of((world) => paths.addNote(world.record), own('dara'))],
  'vendors/:slug/imports': [at(paths.imports('tern-works'), allowed('dara')), at(paths.imports('halyard'), allowed('joost'))],
  'vendors/:slug/imports/new': [at(paths.newImport('tern-works'), allowed('dara')), at(paths.newImport('no-such-vendor'), own())],
  'imports/:id': [of((world) => paths.importOf(world.import), own('dara')), at(paths.importOf(NOBODY), own())],
  'imports/:id/files': [of((world) => paths.importFiles(world.import), own('dara'))],
  'imports/:id/bring': [of((world) => paths.bringImport(world.import), everyone('elsewhere'))],
  'imports/:id/undo': [of((world) => paths.undoImport(world.import), own('dara'))],
  'me/reach': [at(paths.howOften(), people)],
  'relationships/:id/hand-off': [of((world) => paths.handOverRecord(world.record), own('dara'))],
  'accounts/:id/hand-off': [of((world) => paths.handOverAccount(world.account), own('dara'))],
  'vendors/:slug/hand-offs': [at(paths.handOffs('tern-works'), allowed('dara')), at(paths.handOffs('halyard'), allowed('joost'))],
  'vendors/:slug/hand-offs/on/:trigger': [
    at(paths.handOffRule('tern-works', 'first-contract'), allowed('dara')),
    at(paths.handOffRule('tern-works', 'never'), own()),
  ],
  'hand-offs/:id': [of((world) => paths.handOff(world.handOff), own('dara')), at(paths.handOff(NOBODY), own())],
  'hand-offs/:id/acceptance': [of((world) => paths.acceptHandOff(world.handOff), everyone('elsewhere'))],
  'hand-offs/:id/return': [of((world) => paths.returnHandOff(world.handOff), own('dara'))],
  'hand-offs/:id/withdrawal': [of((world) => paths.withdrawHandOff(world.handedOver), own('dara'))],
  'hand-offs/:id/steps/:step': [of((world) => paths.handOffStep(world.handOff, 1), everyone('elsewhere'))],
  'relationships/:id/requests': [of((world) => paths.askForFields(world.record), own('dara'))],
  'vendors/:vendor/owed': [at(paths.owed('tern-works'), allowed('dara')), at(paths.owed('no-such-vendor'), own())],
  'relationships/:id/deletions/:grantId': [of((world) => paths.recordDeletion(world.record, NOBODY), own())],
  'relationships/:id/tasks': [of((world) => paths.addTask(world.record), own('dara'))],
  'relationships/:id/tasks/:task/done': [of((world) => paths.taskDone(world.record, world.task), everyone('elsewhere'))],
  'relationships/:id/states': [of((world) => paths.proposeState(world.record), own('dara'))],
  'relationships/:id/contests/:contest': [of((world) => paths.answerContest(world.record, world.contest), own('dara'))],

  'vendors/:slug/accounts': [at(paths.accounts('tern-works'), allowed('dara')), at(paths.accounts('halyard'), allowed('joost'))],
  'vendors/:slug/accounts/new': [at(paths.newAccount('tern-works'), allowed('dara'))],
  'accounts/:id': [of((world) => paths.accountPage(world.account), own('dara')), at(paths.accountPage(NOBODY), own())],
  'accounts/:id/edit': [of((world) => paths.changeAccount(world.account), own('dara'))],
  'accounts/:id/health': [of((world) => paths.accountHealth(world.account), own('dara')), at(paths.accountHealth(NOBODY), own())],
  'vendors/:slug/health': [at(paths.vendorHealth('tern-works'), allowed('dara')), at(paths.vendorHealth('halyard'), allowed('joost'))],
  'accounts/:id/tasks': [of((world) => paths.accountTasks(world.account), own('dara'))],
  'accounts/:id/tasks/:task/done': [of((world) => paths.accountTaskDone(world.account, world.accountTask), everyone('elsewhere'))],
  'accounts/:id/brief': [of((world) => paths.accountBrief(world.account), own('dara')), at(paths.accountBrief(NOBODY), own())],
  'accounts/:id/places': [of((world) => paths.placeAccount(world.account), own('dara'))],
  'accounts/:id/places/:key/end': [of((world) => paths.endPlace(world.account, world.place), everyone('elsewhere'))],
  'vendors/:slug/contacts': [at(paths.contacts('tern-works'), allowed('dara')), at(paths.contacts('halyard'), allowed('joost'))],
  'vendors/:slug/contacts/new': [at(paths.newContact('tern-works'), allowed('dara'))],
  'vendors/:slug/contacts/:id': [
    of((world) => paths.contactPage('tern-works', world.contact), own('dara')),
    of((world) => paths.contactPage('halyard', world.contact), own()),
    at(paths.contactPage('tern-works', NOBODY), own()),
  ],
  'vendors/:slug/contacts/:id/keys': [of((world) => paths.addKey('tern-works', world.contact), own('dara'))],
  'vendors/:slug/contacts/:id/keys/:key/removal': [
    of((world) => paths.removeKey('tern-works', world.contact, world.contactKey), everyone('elsewhere')),
  ],
  'vendors/:slug/contacts/:id/work': [of((world) => paths.keepWork('tern-works', world.contact), own('dara'))],
  'vendors/:slug/contacts/:id/work/:key/end': [
    of((world) => paths.endWork('tern-works', world.contact, world.work), own('dara')),
    of((world) => paths.endWork('tern-works', world.contact, NOBODY), own()),
  ],
  'vendors/:slug/contacts/:id/consents': [of((world) => paths.sayConsents('tern-works', world.contact), own('dara'))],
  'accounts/:id/parts': [of((world) => paths.namePart(world.account), own('dara'))],
  'accounts/:id/parts/:key/end': [of((world) => paths.endPart(world.account, world.part), everyone('elsewhere'))],
  'vendors/:slug/contacts/:id/same': [of((world) => paths.layBeside('tern-works', world.contact), own('dara'))],
  'vendors/:slug/duplicates': [
    at(paths.recordDuplicates('tern-works'), allowed('dara')),
    at(paths.recordDuplicates('halyard'), allowed('joost')),
  ],
  'vendors/:slug/duplicates/:id': [
    of((world) => paths.duplicatePair('tern-works', world.pair), own('dara')),
    of((world) => paths.duplicatePair('halyard', world.pair), own()),
  ],
  'vendors/:slug/duplicates/:id/refusal': [of((world) => paths.refusePair('tern-works', world.pair), own('dara'))],
  'vendors/:slug/merges': [at(paths.recordMerges('tern-works'), allowed('dara'))],
  'vendors/:slug/merges/:id/undo': [at(paths.unmerge('tern-works', NOBODY), everyone('elsewhere'))],
  'me/kept': [at(paths.myKept(), people)],
  'me/kept/:id/corrections': [
    of((world) => paths.correctKept(world.kept), own('jun')),
    of((world) => paths.correctKept(world.contact), own()),
  ],
  'me/kept/:id/link': [of((world) => paths.thisIsMe(world.kept), everyone('elsewhere'))],
  'me/kept/:id/link/end': [of((world) => paths.endThisIsMe(world.kept), everyone('elsewhere'))],
  'vendors/:slug/contacts/:id/deletion': [of((world) => paths.deleteContact('tern-works', world.contact), everyone('elsewhere'))],

  'vendors/:slug/audit': [
    at(paths.audit('tern-works'), allowed('dara')),
    at(paths.audit('tern-works', { kind: 'account', person: '@amina' }), allowed('dara')),
    at(paths.audit('halyard'), allowed('joost')),
  ],
  'me/relationships/:vendor/changes': [at(paths.myChanges('tern-works'), own('amina', 'jun'))],
  'vendors/:slug/glossary': [at(paths.glossary('tern-works'), allowed('dara')), at(paths.glossary('halyard'), allowed('joost'))],
  'vendors/:slug/glossary/:key': [
    of((world) => paths.term('tern-works', world.term), allowed('dara')),
    of((world) => paths.term('halyard', world.term), { ...allowed(), joost: 404 }),
  ],
  'vendors/:slug/register': [at(paths.register('tern-works'), allowed('dara')), at(paths.register('halyard'), allowed('joost'))],
  'vendors/:slug/register/stewards': [at(paths.nameSteward('tern-works'), allowed('dara'))],
  'vendors/:slug/register/new': [at(paths.newIntegration('tern-works'), allowed('dara'))],
  'vendors/:slug/register/:key/edit': [
    of((world) => paths.changeIntegration('tern-works', world.system), allowed('dara')),
    of((world) => paths.changeIntegration('halyard', world.system), { ...allowed(), joost: 404 }),
  ],
  'vendors/:slug/register/:key/worked': [of((world) => paths.integrationWorked('tern-works', world.system), everyone('elsewhere'))],
  'vendors/:slug/register/:key/end': [of((world) => paths.endIntegration('tern-works', world.system), everyone('elsewhere'))],
  'vendors/:slug/fields': [at(paths.fields('tern-works'), allowed('dara')), at(paths.fields('halyard'), allowed('joost'))],
  'vendors/:slug/fields/new': [at(paths.newField('tern-works'), allowed('dara'))],
  'fields/:id': [of((world) => paths.field(world.field), own('dara')), at(paths.field(NOBODY), own())],
  'fields/:id/edit': [of((world) => paths.changeField(world.field), own('dara'))],
  'fields/:id/retirement': [of((world) => paths.retireField(world.field), everyone('elsewhere'))],
  'fields/:id/retirement/undo': [of((world) => paths.bringBackField(world.field), everyone('elsewhere'))],
  'fields/:id/:kind/:key': [
    of((world) => paths.fieldValue(world.field, 'account', world.account), own('dara')),
    of((world) => paths.fieldValue(world.field, 'relationship', world.record), own()),
  ],
  'fields/:id/:kind/:key/earlier': [of((world) => paths.earlierValue(world.field, 'account', world.account), everyone('elsewhere'))],

  'vendors/:slug/buying': [at(paths.buying('tern-works'), allowed('dara')), at(paths.buying('halyard'), allowed('joost'))],
  'vendors/:slug/stages': [at(paths.stages('tern-works'), own('dara')), at(paths.stages('halyard'), own())],
  'vendors/:slug/stages/:id/retirement': [of((world) => paths.retireStage('tern-works', world.stage), everyone('elsewhere'))],
  'vendors/:slug/opportunities': [at(paths.opportunities('tern-works'), own('dara')), at(paths.opportunities('halyard'), own())],
  'accounts/:id/opportunities/new': [of((world) => paths.openOpportunity(world.account), own('dara'))],
  'opportunities/:id': [of((world) => paths.opportunity(world.opportunity), own('dara')), at(paths.opportunity(NOBODY), own())],
  'opportunities/:id/days': [of((world) => paths.moveDate(world.opportunity), own('dara'))],
  'opportunities/:id/steps': [of((world) => paths.addStep(world.opportunity), own('dara'))],
  'opportunities/:id/people': [of((world) => paths.inviteToPlan(world.opportunity), own('dara'))],
  'opportunities/:id/outcome': [of((world) => paths.endOpportunity(world.opportunity), own('dara'))],
  'opportunities/:id/contract': [of((world) => paths.signContract(world.opportunity), own('dara'))],
  'steps/:id': [of((world) => paths.step(world.step), own('amina', 'dara')), at(paths.step(NOBODY), own())],
  'me/plans': [at(paths.myPlans(), people)],
  'me/plans/:id': [of((world) => paths.myPlan(world.opportunity), own('amina')), at(paths.myPlan(NOBODY), own())],
  'me/plans/:id/answer': [of((world) => paths.answerPlan(world.opportunity), everyone('elsewhere'))],
  'me/plans/:id/outcome': [of((world) => paths.sayOutcome(world.opportunity), own('amina'))],

  operate: [at(paths.operate(), allowed('olu'))],
  'operate/vendors/new': [at(paths.newVendor(), allowed('olu'))],
  'operate/vendors/:slug': [at(paths.operateVendor('tern-works'), allowed('olu'))],
  'operate/vendors/:slug/products': [at('/operate/vendors/tern-works/products', allowed('olu'))],
  'operate/vendors/:slug/products/:name/categories': [
    at(paths.sortProduct('tern-works', 'tern-mail'), allowed('olu')),
    at(paths.sortProduct('tern-works', 'no-such-product'), { ...allowed(), olu: 404 }),
  ],
  'operate/categories': [at(paths.operateCategories(), allowed('olu'))],
  'operate/categories/:slug/removal': [at(paths.removeCategory('no-such-category'), everyone('elsewhere'))],
  'operate/vendors/:slug/staff': [at('/operate/vendors/tern-works/staff', allowed('olu'))],
  'operate/vendors/:slug/staff/end': [at('/operate/vendors/tern-works/staff/end', everyone('elsewhere'))],
  'operate/vendors/:slug/owner': [at('/operate/vendors/tern-works/owner', everyone('elsewhere'))],
  'operate/communities/new': [at(paths.newCommunity(), allowed('olu'))],
  'operate/communities/:slug': [
    at(paths.operateCommunity(OPEN), allowed('olu')),
    at(paths.operateCommunity(INVITED), allowed('olu')),
    at(paths.operateCommunity('no-such-room'), { ...allowed(), olu: 404 }),
  ],
  'operate/communities/:slug/moderators': [at(`/operate/communities/${OPEN}/moderators`, allowed('olu'))],
  'operate/communities/:slug/moderators/end': [at(`/operate/communities/${OPEN}/moderators/end`, everyone('elsewhere'))],
  'operate/second-step': [at(paths.operateSecondStep(), allowed('olu'))],
  'operate/second-step/end': [at(paths.endOperateSecondStep(), everyone('elsewhere'))],
  'operate/sign-in': [at(paths.operateProviders(), allowed('olu'))],
  'operate/sign-in/:id/end': [at(paths.endProvider(NOBODY), everyone('elsewhere'))],
  'operate/moderators': [at(paths.operateModerators(), allowed('olu'))],
  'operate/moderators/end': [at('/operate/moderators/end', everyone('elsewhere'))],

  'dev/sign-in-as': [at(paths.devSignInAs(), everyone())],
  'dev/mailbox': [at(paths.devMailbox(), everyone())],
  'dev/events': [at(paths.devEvents(), everyone())],
  'dev/words': [at(paths.devWords(), everyone())],
  'dev/kit': [at('/dev/kit', everyone())],

  '*': [at('/no-such-page', everyone(404)), at('/no/such/page', everyone(404))],
}
