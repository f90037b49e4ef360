import { paths } from '~/app/paths'
import {
  ACTIVE,
  allowed,
  among,
  everyone,
  IN_INVITED,
  IN_REQUEST,
  known,
  people,
  type DemoRole,
  type Expected,
  type Role,
  type World,
} from '../../support/addresses'
import { NOBODY } from './seats'

/** `line` and `text` are typed, and shown again when they cannot be taken; a `secret` is typed and never shown again. */
export type Kind = 'line' | 'text' | 'secret' | 'day' | 'choice' | 'list' | 'hidden'
export type FormField = { kind: Kind; right: string | string[]; optional?: true }
export type Form = {
  route: string
  at: (world: World) => string
  /** Somebody who may send it. */
  as: DemoRole
  fields: Record<string, FormField>
  /** Who may (200), and what everybody else is answered. */
  may: Expected
  /** The same form about something that is private, or is not there at all: nobody learns which. */
  unseen?: { by: DemoRole; hidden: (world: World) => string; missing: string }
}

const line = (right: string): FormField => ({ kind: 'line', right })
const text = (right: string): FormField => ({ kind: 'text', right })
const secret = (right = 'a table between two seats'): FormField => ({ kind: 'secret', right })
const choice = (right: string): FormField => ({ kind: 'choice', right })
const hidden = (right: string): FormField => ({ kind: 'hidden', right })
const optional = (field: FormField): FormField => ({ ...field, optional: true })

const inAYear = () => new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10)
const WORDS = 'These are words enough for whatever is asked here.'
const next = optional(hidden('/'))
const decision = { rule: choice('none'), facts: text(WORDS), seen: optional(hidden('')) }
const verdict = {
  headline: line('It does what it says, and says what it does'),
  useCase: text(WORDS),
  whatIsGood: text(WORDS),
  whatIsNot: text(WORDS),
  forWhom: optional(text(WORDS)),
  verdict: choice('4'),
  ease: optional(choice('4')),
  support: optional(choice('4')),
  value: optional(choice('4')),
  timeUsed: choice('1-to-3-years'),
  chooseAgain: choice('yes'),
  relation: choice('customer'),
  incentive: choice('none'),
  invitedBy: choice('nobody'),
}
const room = {
  name: line('Somewhere else'),
  summary: line('A room that nobody needs yet.'),
  rules: optional(text('Be kind.')),
  access: choice('open'),
  joinQuestion: optional(line('Why here?')),
  hostVendorId: optional(choice('')),
  productId: optional(choice('')),
  responseTargetHours: optional(line('8')),
}
const active = allowed(...ACTIVE)
const but = (...not: Role[]) => allowed(...ACTIVE.filter((role) => !not.includes(role)))
const moderators = allowed('bo', 'olu')
const operator = allowed('olu')
const OPEN = 'tern-mail'
const REQUEST = 'moving-a-small-office'
const INVITED = 'tern-mail-testers'
const unseenPost = (address: (id: string) => string, by: DemoRole = 'jun') => ({
  by,
  hidden: (world: World) => address(world.invited.opening),
  missing: address(NOBODY),
})
const unseenRoom = (address: (slug: string) => string, by: DemoRole = 'jun') => ({
  by,
  hidden: () => address(INVITED),
  missing: address('tern-mail-nowhere'),
})
const unseenRecord = (address: (id: string) => string) => ({
  by: 'joost' as const,
  hidden: (world: World) => address(world.record),
  missing: address(NOBODY),
})

const TOPICS = ['answers', 'solved', 'comments', 'followed', 'reminders', 'recommendations', 'relationships', 'rooms', 'decisions', 'other']

/** Every form of the portal. */
export const forms: Form[] = [
  {
    route: 'sign-up',
    at: () => paths.signUp(),
    as: 'visitor',
    may: everyone(),
    fields: { email: line('somebody@people.example'), handle: line('no'), displayName: optional(line('Somebody')), password: secret() },
  },
  {
    route: 'sign-in',
    at: () => paths.signIn(),
    as: 'visitor',
    may: everyone(),
    fields: { email: line('nobody@people.example'), password: secret() },
  },
  {
    route: 'sign-in/second-step',
    at: () => paths.secondStep(),
    as: 'visitor',
    may: everyone(),
    fields: { code: secret('000000'), next },
  },
  { route: 'sign-out', at: () => paths.signOut(), as: 'visitor', may: everyone(), fields: { next } },
  { route: 'confirm-email', at: () => paths.confirmEmailAgain(), as: 'amina', may: people, fields: { next } },
  { route: 'confirm-email/:token', at: () => paths.confirmEmail('no-such-link'), as: 'visitor', may: everyone(), fields: { next } },
  {
    route: 'forgot-password',
    at: () => paths.forgotPassword(),
    as: 'visitor',
    may: everyone(),
    fields: { email: line('nobody@people.example') },
  },
  {
    route: 'reset-password/:token',
    at: (world) => paths.resetPassword(world.reset),
    as: 'visitor',
    may: everyone(),
    fields: { password: secret('short') },
  },
  {
    route: 'me/profile',
    at: () => paths.profile(),
    as: 'jun',
    may: active,
    fields: { displayName: line('Jun'), about: optional(text('Runs the mail of *one* school.')) },
  },
  { route: 'me/account/other-sessions', at: () => paths.otherSessions(), as: 'jun', may: people, fields: { next } },
  {
    route: 'me/account/password',
    at: () => paths.changePassword(),
    as: 'jun',
    may: people,
    fields: { currentPassword: secret('not the one I have'), password: secret() },
  },
  { route: 'me/account/second-step', at: () => paths.setUpSecondStep(), as: 'jun', may: people, fields: { code: secret('000000') } },
  { route: 'me/account/second-step/end', at: () => paths.endSecondStep(), as: 'jun', may: people, fields: { next } },
  { route: 'me/account/recovery-codes', at: () => paths.recoveryCodes(), as: 'jun', may: people, fields: { next } },
  {
    route: 'me/account/proof',
    at: () => paths.prove(),
    as: 'jun',
    may: people,
    fields: { password: secret('not the one I have'), next },
  },
  { route: 'theme', at: () => paths.theme(), as: 'visitor', may: everyone(), fields: { theme: optional(choice('dark')), next } },
  { route: 'me/notifications', at: () => paths.notifications(), as: 'jun', may: people, fields: { next } },
  {
    route: 'me/notifications/settings',
    at: () => paths.notificationSettings(),
    as: 'jun',
    may: people,
    fields: {
      mode: choice('chosen'),
      digest: choice('never'),
      timeZone: choice('UTC'),
      quietFrom: optional(choice('')),
      quietUntil: optional(choice('')),
      ...Object.fromEntries(TOPICS.map((topic) => [topic, optional({ kind: 'list', right: ['inbox', 'mail'] })])),
    },
  },
  { route: 'me/account/address', at: () => paths.checkAddress(), as: 'jun', may: people, fields: { next } },
  { route: 'address-works/:token', at: () => paths.addressWorks('no-such-link'), as: 'visitor', may: everyone(404), fields: {} },
  { route: 'unsubscribe/:token', at: () => paths.unsubscribe('no-such-link'), as: 'visitor', may: everyone(404), fields: {} },
  { route: 'unsubscribe/:token/undo', at: () => paths.subscribeAgain('no-such-link'), as: 'visitor', may: everyone(404), fields: {} },
  {
    route: 'me/notifications/:id',
    at: (world) => paths.notice(world.notice),
    as: 'amina',
    may: { visitor: 'sign-in', amina: 200, others: 404 },
    fields: { next },
    unseen: { by: 'jun', hidden: (world) => paths.notice(world.notice), missing: paths.notice(NOBODY) },
  },

  {
    route: 'c/:slug/membership',
    at: () => paths.joinCommunity(REQUEST),
    as: 'jun',
    may: active,
    fields: { answer: text(WORDS) },
    unseen: unseenRoom(paths.joinCommunity),
  },
  {
    route: 'c/:slug/membership/end',
    at: () => paths.leaveCommunity(OPEN),
    as: 'jun',
    may: allowed('amina', 'jun', 'dara'),
    fields: {},
    unseen: unseenRoom(paths.leaveCommunity),
  },
  {
    route: 'c/:slug/membership/withdrawal',
    at: () => `/c/${REQUEST}/membership/withdrawal`,
    as: 'jun',
    may: people,
    fields: {},
    unseen: unseenRoom((slug) => `/c/${slug}/membership/withdrawal`),
  },
  {
    route: 'c/:slug/membership/considering',
    at: () => `/c/${OPEN}/membership/considering`,
    as: 'jun',
    may: allowed('amina', 'jun', 'dara'),
    fields: { considering: choice('yes') },
    unseen: unseenRoom((slug) => `/c/${slug}/membership/considering`),
  },
  {
    route: 'c/:slug/requests/:requestId',
    at: (world) => paths.membershipRequest(REQUEST, world.waitingRequest),
    as: 'bo',
    may: moderators,
    fields: { answer: choice('accept') },
    unseen: unseenRoom((slug) => paths.membershipRequest(slug, NOBODY)),
  },
  {
    route: 'c/:slug/invitations',
    at: () => paths.invitations(OPEN),
    as: 'bo',
    may: moderators,
    fields: { email: line('guest@people.example') },
    unseen: unseenRoom(paths.invitations),
  },
  {
    route: 'c/:slug/invitations',
    at: () => paths.invitations(INVITED),
    as: 'bo',
    may: { ...among(IN_INVITED, 'bo', 'olu'), visitor: 'sign-in' },
    fields: { email: line('guest@people.example') },
  },
  { route: 'invitations/:token', at: (world) => paths.invitation(world.invitation), as: 'jun', may: active, fields: {} },

  {
    route: 'c/:slug/ask',
    at: () => paths.ask(OPEN),
    as: 'jun',
    may: active,
    fields: { title: line(WORDS), body: text(WORDS), tags: optional(line('folders')), product: optional(choice('')) },
    unseen: unseenRoom(paths.ask),
  },
  {
    route: 'c/:slug/ask',
    at: () => paths.ask(REQUEST),
    as: 'amina',
    may: allowed(...IN_REQUEST),
    fields: { title: line(WORDS), body: text(WORDS) },
  },
  {
    route: 'c/:slug/:number/:title?',
    at: (world) => paths.thread(OPEN, world.open.number),
    as: 'jun',
    may: active,
    fields: { body: text(WORDS) },
    unseen: { by: 'jun', hidden: (world) => paths.thread(INVITED, world.invited.number), missing: paths.thread(INVITED, 99_999_999) },
  },
  {
    route: 'c/:slug/:number/:title?',
    at: (world) => paths.thread(REQUEST, world.request.number),
    as: 'amina',
    may: known(...IN_REQUEST),
    fields: { body: text(WORDS) },
  },
  {
    route: 'c/:slug/ask/answers',
    at: () => paths.checkFirst(OPEN),
    as: 'visitor',
    may: { ...allowed(...ACTIVE), visitor: 200 },
    fields: { title: line(WORDS), body: optional(text(WORDS)), tags: optional(line('folders')), product: optional(choice('')) },
    unseen: unseenRoom(paths.checkFirst),
  },
  {
    route: 'threads/:number/answer-found',
    at: (world) => paths.answerFound(world.open.number),
    as: 'visitor',
    may: everyone(),
    fields: { room: optional(hidden(OPEN)) },
    unseen: { by: 'jun', hidden: (world) => paths.answerFound(world.invited.number), missing: paths.answerFound(99_999_999) },
  },
  {
    route: 'threads/:number/following',
    at: (world) => paths.followThread(world.open.number),
    as: 'jun',
    may: people,
    fields: { next },
    unseen: { by: 'jun', hidden: (world) => paths.followThread(world.invited.number), missing: paths.followThread(99_999_999) },
  },
  {
    route: 'threads/:number/following/end',
    at: (world) => paths.unfollowThread(world.open.number),
    as: 'jun',
    may: people,
    fields: { next },
    unseen: { by: 'jun', hidden: (world) => paths.unfollowThread(world.invited.number), missing: paths.unfollowThread(99_999_999) },
  },
  {
    route: 'threads/:number/claim',
    at: (world) => paths.claimThread(world.open.number),
    as: 'dara',
    may: allowed('dara', 'bo', 'olu'),
    fields: { seen: optional(hidden('')), next },
    unseen: { by: 'joost', hidden: (world) => paths.claimThread(world.invited.number), missing: paths.claimThread(99_999_999) },
  },
  {
    route: 'threads/:number/claim/end',
    at: (world) => paths.releaseThread(world.open.number),
    as: 'dara',
    may: allowed('dara', 'bo', 'olu'),
    fields: { next },
    unseen: { by: 'joost', hidden: (world) => paths.releaseThread(world.invited.number), missing: paths.releaseThread(99_999_999) },
  },
  {
    route: 'posts/:postId/edit',
    at: (world) => paths.editPost(world.open.opening),
    as: 'amina',
    may: allowed('amina'),
    fields: {
      title: line(WORDS),
      body: text(WORDS),
      tags: optional(line('folders')),
      reason: optional(line('A typing error')),
      version: optional(hidden('0')),
    },
    unseen: unseenPost(paths.editPost),
  },
  {
    route: 'posts/:postId/edit',
    at: (world) => paths.editPost(world.invited.opening),
    as: 'dara',
    may: among(IN_INVITED, 'dara'),
    fields: { title: line(WORDS), body: text(WORDS) },
  },
  {
    route: 'posts/:postId/history/restoration',
    at: (world) => paths.restoreVersion(world.open.opening),
    as: 'amina',
    may: allowed('amina'),
    fields: { version: hidden('99999') },
    unseen: unseenPost(paths.restoreVersion),
  },
  {
    route: 'posts/:postId/suggestion',
    at: (world) => paths.suggestEdit(world.open.opening),
    as: 'jun',
    may: but('amina'),
    fields: { title: line(WORDS), body: text(WORDS), reason: line('Clearer words'), version: optional(hidden('0')) },
    unseen: unseenPost(paths.suggestEdit, 'jun'),
  },
  {
    route: 'suggestions/:id',
    at: (world) => paths.suggestion(world.suggestion),
    as: 'amina',
    may: { ...known('amina', 'bo', 'olu'), jun: 403 },
    fields: { answer: text(WORDS) },
    unseen: { by: 'dara', hidden: (world) => paths.suggestion(world.suggestion), missing: paths.suggestion(NOBODY) },
  },
  {
    route: 'suggestions/:id/acceptance',
    at: (world) => paths.acceptSuggestion(world.suggestion),
    as: 'amina',
    may: { ...known('amina', 'bo', 'olu'), jun: 403 },
    fields: { next },
    unseen: { by: 'dara', hidden: (world) => paths.acceptSuggestion(world.suggestion), missing: paths.acceptSuggestion(NOBODY) },
  },
  {
    route: 'suggestions/:id/withdrawal',
    at: (world) => paths.withdrawSuggestion(world.suggestion),
    as: 'jun',
    may: { ...known('jun'), amina: 403, bo: 403, olu: 403 },
    fields: { next },
    unseen: { by: 'dara', hidden: (world) => paths.withdrawSuggestion(world.suggestion), missing: paths.withdrawSuggestion(NOBODY) },
  },
  {
    route: 'threads/:number/duplicate',
    at: (world) => paths.duplicate(world.open.number),
    as: 'amina',
    may: allowed('amina', 'bo', 'olu'),
    fields: { of: line('99999999') },
    unseen: { by: 'jun', hidden: (world) => paths.duplicate(world.invited.number), missing: paths.duplicate(99_999_999) },
  },
  {
    route: 'threads/:number/duplicate/end',
    at: (world) => paths.endDuplicate(world.open.number),
    as: 'amina',
    may: allowed('amina', 'bo', 'olu'),
    fields: { next },
    unseen: { by: 'jun', hidden: (world) => paths.endDuplicate(world.invited.number), missing: paths.endDuplicate(99_999_999) },
  },
  {
    route: 'threads/:number/merge',
    at: (world) => paths.merge(world.open.number),
    as: 'jun',
    may: allowed('amina', 'jun', 'dara', 'bo', 'olu'),
    fields: { questions: text('99999999'), note: optional(text(WORDS)) },
    unseen: { by: 'jun', hidden: (world) => paths.merge(world.invited.number), missing: paths.merge(99_999_999) },
  },
  {
    route: 'threads/:number/merge/confirmation',
    at: (world) => paths.confirmMerge(world.open.number),
    as: 'bo',
    may: moderators,
    fields: { next },
    unseen: { by: 'jun', hidden: (world) => paths.confirmMerge(world.invited.number), missing: paths.confirmMerge(99_999_999) },
  },
  {
    route: 'threads/:number/merge/refusal',
    at: (world) => paths.declineMerge(world.open.number),
    as: 'bo',
    may: moderators,
    fields: { next },
    unseen: { by: 'jun', hidden: (world) => paths.declineMerge(world.invited.number), missing: paths.declineMerge(99_999_999) },
  },
  { route: 'merges/:id/undo', at: () => paths.undoMerge(NOBODY), as: 'bo', may: everyone(404), fields: { next } },
  {
    route: 'posts/:postId/comments',
    at: (world) => paths.commentOn(world.open.opening),
    as: 'jun',
    may: active,
    fields: { body: text(WORDS) },
    unseen: unseenPost(paths.commentOn),
  },
  {
    route: 'posts/:postId/vote',
    at: (world) => paths.vote(world.open.opening),
    as: 'jun',
    may: but('amina'),
    fields: { value: choice('1'), next },
    unseen: unseenPost(paths.vote),
  },
  {
    route: 'posts/:postId/vote',
    at: (world) => paths.vote(world.request.opening),
    as: 'bo',
    may: among(IN_REQUEST, 'bo', 'olu'),
    fields: { value: choice('1') },
  },
  {
    route: 'posts/:postId/acceptance',
    at: (world) => paths.acceptance(world.open.answer),
    as: 'amina',
    may: allowed('amina'),
    fields: { next },
    unseen: unseenPost(paths.acceptance),
  },
  {
    route: 'posts/:postId/acceptance/undo',
    at: (world) => paths.undoAcceptance(world.open.answer),
    as: 'amina',
    may: allowed('amina'),
    fields: { next },
    unseen: unseenPost(paths.undoAcceptance),
  },
  {
    route: 'posts/:postId/solution',
    at: (world) => paths.solution(world.open.answer),
    as: 'bo',
    may: allowed('bo', 'olu', 'dara'),
    fields: { next },
    unseen: unseenPost(paths.solution),
  },
  {
    route: 'posts/:postId/solution/undo',
    at: (world) => paths.undoSolution(world.open.answer),
    as: 'bo',
    may: allowed('bo', 'olu', 'dara'),
    fields: { next },
    unseen: unseenPost(paths.undoSolution),
  },
  {
    route: 'posts/:postId/confirmation',
    at: (world) => paths.confirmation(world.open.answer),
    as: 'dara',
    may: allowed('dara'),
    fields: { next },
    unseen: unseenPost(paths.confirmation),
  },
  {
    route: 'posts/:postId/confirmation/undo',
    at: (world) => paths.undoConfirmation(world.open.answer),
    as: 'dara',
    may: allowed('dara'),
    fields: { next },
    unseen: unseenPost(paths.undoConfirmation),
  },

  {
    route: 'vendors/:slug/recommend',
    at: () => paths.recommend('tern-works'),
    as: 'bo',
    may: but('dara'),
    fields: { product: choice('tern-pocket'), ...verdict },
  },
  {
    route: 'recommendations/:id/edit',
    at: (world) => paths.editRecommendation(world.ofJun),
    as: 'jun',
    may: allowed('jun'),
    fields: verdict,
  },
  {
    route: 'recommendations/:id/withdrawal',
    at: (world) => paths.withdrawRecommendation(world.ofJun),
    as: 'jun',
    may: allowed('jun'),
    fields: { next },
  },
  {
    route: 'recommendations/:id/reply',
    at: (world) => paths.replyToRecommendation(world.unreplied),
    as: 'dara',
    may: allowed('dara'),
    fields: { body: text(WORDS) },
  },

  {
    route: 'flags/:kind/:id',
    at: (world) => paths.flag('post', world.open.opening),
    as: 'jun',
    may: but('amina'),
    fields: { reason: choice('other'), note: optional(text(WORDS)) },
    unseen: unseenPost((id) => paths.flag('post', id)),
  },
  {
    route: 'moderation/:kind/:id',
    at: (world) => paths.decide('post', world.flaggedPost),
    as: 'bo',
    may: moderators,
    fields: { act: choice('hide'), ...decision },
    unseen: unseenPost((id) => paths.decide('post', id)),
  },
  {
    route: 'moderation/:kind/:id',
    at: (world) => paths.decide('recommendation', world.flaggedRecommendation),
    as: 'bo',
    may: moderators,
    fields: { act: choice('hide'), ...decision },
  },
  {
    route: 'moderation/people/:handle',
    at: () => paths.suspend('mateo'),
    as: 'olu',
    may: operator,
    fields: { act: choice('suspend'), days: optional(choice('7')), ...decision },
  },
  {
    route: 'moderation/people/:handle',
    at: () => paths.suspend('mateo', OPEN),
    as: 'bo',
    may: moderators,
    fields: { act: choice('suspend'), ...decision },
    unseen: unseenRoom((slug) => paths.suspend('mateo', slug)),
  },

  { route: 'me/vault/:key', at: () => paths.attribute('phone'), as: 'amina', may: people, fields: { value: text('+49 30 5550 142') } },
  { route: 'me/vault/:key/removal', at: () => paths.removeAttribute('phone'), as: 'jun', may: people, fields: {} },
  {
    route: 'me/grants/new',
    at: () => paths.newGrant(),
    as: 'amina',
    may: people,
    fields: {
      vendor: choice('ledgerly'),
      attributes: { kind: 'list', right: ['role'] },
      purpose: choice('offer'),
      until: { kind: 'day', right: inAYear() },
    },
  },
  {
    route: 'me/grants/:grantId/revocation',
    at: (world) => paths.revokeGrant(world.grant),
    as: 'amina',
    may: { ...known('amina'), visitor: 'sign-in' },
    fields: {},
    unseen: { by: 'jun', hidden: (world) => paths.revokeGrant(world.grant), missing: paths.revokeGrant(NOBODY) },
  },

  {
    route: 'me/relationships/:vendor/contests',
    at: () => paths.contest('tern-works'),
    as: 'amina',
    may: { ...known('amina', 'jun'), visitor: 'sign-in' },
    fields: { about: line('What we use'), body: text(WORDS) },
  },
  {
    route: 'me/relationships/:vendor/states',
    at: () => paths.confirmState('tern-works'),
    as: 'amina',
    may: { ...known('amina', 'jun'), visitor: 'sign-in' },
    fields: { stateId: hidden(NOBODY), answer: choice('confirm') },
  },
  {
    route: 'relationships/:id/notes',
    at: (world) => paths.addNote(world.record),
    as: 'dara',
    may: { ...known('dara'), visitor: 'sign-in' },
    fields: { body: text(WORDS) },
    unseen: unseenRecord(paths.addNote),
  },
  {
    route: 'relationships/:id/owner',
    at: (world) => paths.nameOwner(world.record),
    as: 'dara',
    may: { ...known('dara'), visitor: 'sign-in' },
    fields: { owner: choice('dara') },
    unseen: unseenRecord(paths.nameOwner),
  },
  {
    route: 'relationships/:id/tasks',
    at: (world) => paths.addTask(world.record),
    as: 'dara',
    may: { ...known('dara'), visitor: 'sign-in' },
    fields: { what: line('Ask again'), owner: choice('dara'), due: { kind: 'day', right: inAYear() } },
    unseen: unseenRecord(paths.addTask),
  },
  {
    route: 'relationships/:id/tasks/:task/done',
    at: (world) => paths.taskDone(world.record, world.task),
    as: 'dara',
    may: { ...known('dara'), visitor: 'sign-in' },
    fields: {},
    unseen: unseenRecord((id) => paths.taskDone(id, NOBODY)),
  },
  {
    route: 'relationships/:id/states',
    at: (world) => paths.proposeState(world.record),
    as: 'dara',
    may: { ...known('dara'), visitor: 'sign-in' },
    fields: { state: choice('partner') },
    unseen: unseenRecord(paths.proposeState),
  },
  {
    route: 'relationships/:id/contests/:contest',
    at: (world) => paths.answerContest(world.record, world.contest),
    as: 'dara',
    may: { ...known('dara'), visitor: 'sign-in' },
    fields: { answer: text(WORDS) },
    unseen: unseenRecord((id) => paths.answerContest(id, NOBODY)),
  },

  {
    route: 'operate/vendors/new',
    at: () => paths.newVendor(),
    as: 'olu',
    may: operator,
    fields: {
      name: line('Someone & Co'),
      slug: line('someone-and-co'),
      summary: line(WORDS),
      website: optional(line('https://someone.example')),
    },
  },
  {
    route: 'operate/vendors/:slug',
    at: () => paths.operateVendor('ledgerly'),
    as: 'olu',
    may: operator,
    fields: { name: line('Ledgerly'), summary: line(WORDS), website: optional(line('https://ledgerly.example')) },
  },
  {
    route: 'operate/vendors/:slug/products',
    at: () => '/operate/vendors/ledgerly/products',
    as: 'olu',
    may: operator,
    fields: { productName: line('Ledgerly Two'), productSlug: line('ledgerly-two'), productSummary: line(WORDS) },
  },
  {
    route: 'operate/vendors/:slug/staff',
    at: () => '/operate/vendors/ledgerly/staff',
    as: 'olu',
    may: operator,
    fields: { handle: line('henk'), role: choice('support'), askAbout: optional(line('Invoices')) },
  },
  {
    route: 'operate/vendors/:slug/staff/end',
    at: () => '/operate/vendors/ledgerly/staff/end',
    as: 'olu',
    may: operator,
    fields: { handle: hidden('ravi') },
  },
  {
    route: 'operate/vendors/:slug/owner',
    at: () => '/operate/vendors/ledgerly/owner',
    as: 'olu',
    may: operator,
    fields: { handle: hidden('ravi') },
  },
  {
    route: 'operate/communities/new',
    at: () => paths.newCommunity(),
    as: 'olu',
    may: operator,
    fields: { slug: line('somewhere-else'), ...room },
  },
  { route: 'operate/communities/:slug', at: () => paths.operateCommunity('self-hosted-mail'), as: 'olu', may: operator, fields: room },
  {
    route: 'operate/communities/:slug/moderators',
    at: () => '/operate/communities/self-hosted-mail/moderators',
    as: 'olu',
    may: operator,
    fields: { handle: line('henk') },
  },
  {
    route: 'operate/communities/:slug/moderators/end',
    at: () => '/operate/communities/self-hosted-mail/moderators/end',
    as: 'olu',
    may: operator,
    fields: { handle: hidden('bo') },
  },
  { route: 'operate/second-step', at: () => paths.operateSecondStep(), as: 'olu', may: operator, fields: { next } },
  { route: 'operate/second-step/end', at: () => paths.endOperateSecondStep(), as: 'olu', may: operator, fields: { next } },
  { route: 'operate/moderators', at: () => paths.operateModerators(), as: 'olu', may: operator, fields: { handle: line('henk') } },
  { route: 'operate/moderators/end', at: () => '/operate/moderators/end', as: 'olu', may: operator, fields: { handle: hidden('bo') } },

  {
    route: 'dev/sign-in-as',
    at: () => paths.devSignInAs(),
    as: 'visitor',
    may: everyone(),
    fields: { handle: hidden('nobody-of-this-name') },
  },
]

/** A body that says everything rightly. */
export const rightly = ({ fields }: Form): Record<string, string | string[]> =>
  Object.fromEntries(Object.entries(fields).map(([name, { right }]) => [name, right]))
