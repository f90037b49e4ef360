import { say } from '~/words'
import { sayMoment } from '~/words/dates'
import type * as Facts from './facts'
import { Forbidden, NotFound, ProveFirst } from './errors'
import type { PersonViewer, Silence, Viewer } from './viewer'

/* Words. Each is a question about the viewer and what they look at; none of them reads anything. */

type Rule<S = never> = (viewer: Viewer, subject: S) => boolean
type Word<S> = (viewer: PersonViewer, subject: S) => boolean

const person = <S>(word: Word<S>): Rule<S> => (viewer, subject) => viewer.kind === 'person' && word(viewer, subject)
const any = <S>(...rules: Rule<S>[]): Rule<S> => (viewer, subject) => rules.some((rule) => rule(viewer, subject))
const all = <S>(...rules: Rule<S>[]): Rule<S> => (viewer, subject) => rules.every((rule) => rule(viewer, subject))
const not = <S>(rule: Rule<S>): Rule<S> => (viewer, subject) => !rule(viewer, subject)

const anyone: Rule<unknown> = () => true
const system: Rule<unknown> = (viewer) => viewer.kind === 'system'
const signedIn = person<unknown>(() => true)
/** May write anything at all: address confirmed, not suspended from the portal. */
const active = person<unknown>((v) => v.confirmed && !v.suspended)
/** Has just shown who they are: what could lock the owner out is not done from a browser that was left open. */
const proved = person<unknown>((v) => v.proved)
const operator = person<unknown>((v) => v.isOperator && !v.suspended)

const memberOf = person<Facts.InCommunity>((v, s) => v.memberOf.includes(s.communityId) && !v.suspendedIn.includes(s.communityId))
const moderatorOf = person<Facts.InCommunity>((v, s) => (v.moderates.includes(s.communityId) || v.isOperator) && !v.suspended && !v.suspendedIn.includes(s.communityId))
const openToAll: Rule<Facts.InCommunity> = (_, s) => s.access === 'open'
const existenceIsPublic: Rule<Facts.InCommunity> = (_, s) => s.access !== 'invitation'
const belongs = person<Facts.InCommunity>((v, s) => v.memberOf.includes(s.communityId) || v.moderates.includes(s.communityId) || v.isOperator)
const mayRead = any<Facts.InCommunity>(openToAll, belongs, system)
const author = person<Facts.Authored>((v, s) => s.handleId === v.handleId)
const visible: Rule<Facts.Hideable> = (_, s) => !s.hidden
/** Hidden by a check of the portal until a person looks at it, or until it is mended. */
const mendable: Rule<Facts.Mendable> = (_, s) => s.mendable === true
const unlocked: Rule<Facts.Lockable> = (_, s) => !s.locked
const asker = person<Facts.InThread>((v, s) => s.askerHandleId === v.handleId)

const staffOf = person<Facts.OfVendor>((v, s) => v.staffOf.some((seat) => seat.vendorId === s.vendorId) && !v.suspended)
/** Staff of the vendor whose product or room it concerns. */
const staffConcerned = person<Facts.Concerned>((v, s) => v.staffOf.some((seat) => seat.vendorId === s.vendorId) && !v.suspended)
/** No vendor hosts the room, so its moderators speak for it. */
const independentRoom: Rule<{ hosted: boolean }> = (_, s) => !s.hosted
const suggester = person<{ suggestedBy: string }>((v, s) => s.suggestedBy === v.handleId)
/** Who answers for the vendor: its administrators, and whoever owns what nobody else owns. */
const leads = person<Facts.LedFacts>((v, s) => v.staffOf.some((seat) => seat.vendorId === s.vendorId && (seat.role === 'admin' || s.defaultOwnerId === v.personId)) && !v.suspended)
const onTheirPlan: Rule<Facts.StepFacts> = (_, s) => s.side === 'theirs'
const isOnPlan = person<Facts.StepFacts>((v, s) => s.seated.includes(v.personId))
const speaksForCustomer = person<Facts.StepFacts>((v, s) => s.speakers.includes(v.personId))
const saidYes: Rule<Facts.SeatFacts> = (_, s) => s.acceptedAt !== null
const everStaffOf = person<Facts.OfVendor>((v, s) => v.everStaffOf.includes(s.vendorId))
/** Whoever may bind the vendor: not those who only look on or keep order. */
const speaksFor = person<Facts.OfVendor>((v, s) => v.staffOf.some((seat) => seat.vendorId === s.vendorId && seat.role !== 'analyst' && seat.role !== 'moderator') && !v.suspended)
/** Serves the vendor otherwise than by keeping order in its rooms. */
const beyondModeration = person<Facts.OfVendor>((v, s) => v.staffOf.some((seat) => seat.vendorId === s.vendorId && seat.role !== 'moderator') && !v.suspended)
const staffAnywhere = person<unknown>((v) => v.staffOf.length > 0)
/** Nobody judges their own case: who serves a vendor today moderates no recommendation. */
const independentModerator = all<unknown>(person((v) => (v.isPortalModerator || v.isOperator) && !v.suspended), not(staffAnywhere))
/** Whoever serves a vendor has no say in what peers are told of vendors, not as a moderator of the room either. */
const ownTrade = person<Facts.OfPeers>((v, s) => s.isRequest === true && v.staffOf.length > 0 && !v.isOperator)
/** Where a decision belongs: to the room's moderators, to independent ones, or to operators. */
const decidesThere: Rule<Facts.DecisionFacts> = (v, s) =>
  s.subjectKind === 'recommendation' ? independentModerator(v, s) : s.inRoom ? moderatorOf(v, s.inRoom) : operator(v, s)
const whoDecided = person<Facts.DecisionFacts>((v, s) => s.decidedBy === v.personId)
const partyTo = person<Facts.DecisionFacts>((v, s) => s.parties.includes(v.handleId))
/** Whoever flags is never shown to whom it concerns, as a moderator neither. */
const targetOfReporter = person<Facts.AppealFacts>((v, s) => s.standing === 'reporter' && s.targetHandleId === v.handleId)
/** Nor to be found by judging those who flagged. */
const reportedByThem: Rule<Facts.ReporterFacts> = (_, s) => s.onViewer
/** Whom a decision takes something from, or whoever flagged what it leaves as it is. */
const mayContest = person<Facts.ContestableFacts>((v, s) => s.mayContest.includes(v.handleId))
const owner = person<Facts.OfPerson>((v, s) => s.personId === v.personId)
const themselves = person<Facts.OfHandle>((v, s) => s.handleId === v.handleId)
/** The question of a case may have gone to its rightful author since. */
const stillTheirQuestion: Rule<Facts.CaseFacts> = (_, s) => s.askedBy === s.handleId
/** Until the asker has written, a case is an offer. */
const takenUp: Rule<Facts.CaseFacts> = (_, s) => s.continuedAt !== null
/** It came back from a private case, whose asker agreed to these words and to no others. */
const agreed: Rule<{ fromCase: boolean }> = (_, s) => s.fromCase
const claimant = person<Facts.Claimed>((v, s) => s.claimants.includes(v.handleId))
const willing: Rule<Facts.WillingFacts> = (_, s) => s.willing
const askedForReference = person<Facts.ReferenceFacts>((v, s) => s.askedOf === v.handleId)
const asksForReference = person<Facts.ReferenceFacts>((v, s) => s.askedBy === v.handleId)
/** Whoever is to own a record, and whoever does until then or began it. */
const comingOwner = person<Facts.HandOffFacts>((v, s) => s.toId === v.personId)
const handsOver = person<Facts.HandOffFacts>((v, s) => s.fromId === v.personId || s.startedBy === v.personId)
const concernsVendor: Rule<Facts.Concerned> = (_, s) => s.vendorId !== null

/** TABLE 2. Who may do what, and while what holds. */
// prettier-ignore
export const policy = {
  //                            who                                        and only while
  'account.manage':             signedIn,
  'email.change':               all<unknown>(signedIn,                      proved),
  'factor.change':              all<unknown>(signedIn,                      proved),
  'factor.require':             operator,
  'provider.manage':            all<unknown>(operator,                      proved),
  'factor.reset':               system,
  'profile.change':             active,
  'person.block':               all<Facts.OfHandle>(signedIn,               not(themselves)),

  'authorship.ask':             all<Facts.InCommunity>(active, mayRead,      notSuspendedIn()),
  'authorship.decide':          all<Facts.InCommunity & Facts.Claimed>(active, moderatorOf, not(claimant)),
  'authorship.undo':            all<Facts.Claimed>(operator,                not(claimant)),

  'draft.keep':                 signedIn,
  'draft.view':                 owner,
  'file.keep':                  active,

  'vendor.view':                anyone,
  'vendor.claim':               all<Facts.OfVendor>(active,                 not(everStaffOf), not(person((v) => v.isPortalModerator || v.isOperator))),
  'vendor.create':              operator,
  'vendor.manage':              operator,
  'product.create':             operator,
  'category.keep':              operator,
  'ask-form.define':            any<Facts.OfVendor>(staffOf,               operator),
  'staff.appoint':              operator,
  'moderator.appoint':          operator,
  'duty.want':                  all<Facts.InCommunity>(active,              memberOf),
  'duty.answer':                all<Facts.OfPerson>(active,                 owner),
  'duty.end':                   signedIn,
  'operate.view':               operator,

  'community.know':             any<Facts.InCommunity>(existenceIsPublic, belongs, system),
  'community.view':             any<Facts.InCommunity>(existenceIsPublic, belongs, system),
  'community.read':             mayRead,
  'community.create':           operator,
  'community.manage':           operator,
  'community.import':           system,
  'community.join':             all<Facts.InCommunity>(active,              openToAll, notSuspendedIn()),
  'community.ask-to-join':      all<Facts.InCommunity>(active,              (_, s) => s.access === 'request', notSuspendedIn()),
  'community.follow':           all<Facts.InCommunity>(signedIn,            mayRead),
  'community.leave':            all<Facts.InCommunity>(signedIn,            person((v, s) => v.memberOf.includes(s.communityId))),
  'community.invite':           moderatorOf,
  'levels.set':                 moderatorOf,
  'invitation.accept':          all<Facts.InCommunity>(active,              notSuspendedIn()),
  'prospect.say':               all<Facts.InCommunity>(signedIn,            memberOf),
  'membership.decide':          moderatorOf,

  'waiting.view':               all<Facts.InCommunity & Facts.Concerned>(mayRead, any<Facts.InCommunity & Facts.Concerned>(moderatorOf, staffConcerned)),

  'thread.view':                all<Facts.ThreadFacts>(mayRead,             any<Facts.ThreadFacts>(visible, author, moderatorOf)),
  'thread.ask':                 all<Facts.InCommunity>(active, any(memberOf, moderatorOf, openToAll), notSuspendedIn()),
  'thread.follow':              all<Facts.ThreadFacts>(signedIn, mayRead,   visible),
  'thread.claim':               all<Facts.ServedThreadFacts>(active, mayRead, any<Facts.ServedThreadFacts>(moderatorOf, staffConcerned), visible, unlocked, notSuspendedIn()),
  'poll.make':                  all<Facts.ThreadFacts>(active, mayRead,     author, visible, unlocked, notSuspendedIn()),
  'poll.vote':                  all<Facts.ThreadFacts>(active, mayRead,     visible, unlocked, notSuspendedIn()),
  'thread.mute':                all<Facts.InCommunity>(signedIn, mayRead),
  'post.view':                  all<Facts.PostFacts>(mayRead,               any<Facts.PostFacts>(visible, author, moderatorOf)),
  'post.answer':                all<Facts.ThreadFacts>(active, mayRead,     visible, unlocked, notSuspendedIn()),
  'post.comment':               all<Facts.PostFacts>(active, mayRead,       visible, unlocked, notSuspendedIn()),
  'post.edit':                  all<Facts.WordedFacts>(active, mayRead,     author, not(agreed), any<Facts.WordedFacts>(visible, mendable), unlocked, notSuspendedIn()),
  'edit.suggest':               all<Facts.WordedFacts>(active, mayRead,     not(author), not(agreed), visible, unlocked, notSuspendedIn()),
  'edit.view':                  all<Facts.SuggestionFacts>(mayRead,         any<Facts.SuggestionFacts>(suggester, author, moderatorOf)),
  'edit.decide':                all<Facts.SuggestionFacts>(active, mayRead, any<Facts.SuggestionFacts>(author, all<Facts.SuggestionFacts>(moderatorOf, not(ownTrade))), not(suggester), not(agreed), visible, unlocked, notSuspendedIn()),
  'edit.withdraw':              all<Facts.SuggestionFacts>(signedIn,        suggester),
  'post.vote':                  all<Facts.PostFacts>(active, mayRead,       not(author), visible, unlocked, notSuspendedIn()),
  'answer.accept':              all<Facts.PostFacts>(active, mayRead,       asker, visible, notSuspendedIn()),
  'answer.mark':                all<Facts.AnswerFacts>(active, mayRead,     any<Facts.AnswerFacts>(moderatorOf, staffConcerned), not(asker), not(author), visible, notSuspendedIn()),
  'answer.confirm':             all<Facts.AnswerFacts>(active, mayRead,     staffConcerned, not(author), visible, notSuspendedIn()),
  'thread.propose-merge':       all<Facts.ThreadFacts>(active, mayRead,     any<Facts.ThreadFacts>(memberOf, moderatorOf), visible, notSuspendedIn()),
  'thread.merge':               all<Facts.ThreadFacts>(active,              moderatorOf, not(ownTrade)),
  'thread.mark-duplicate':      all<Facts.ThreadFacts>(active, mayRead,     any<Facts.ThreadFacts>(author, moderatorOf), visible, notSuspendedIn()),

  'idea.propose':               all<Facts.InCommunity>(active, any(memberOf, moderatorOf, openToAll), notSuspendedIn()),
  'idea.move':                  all<Facts.IdeaFacts>(active, mayRead,       any<Facts.IdeaFacts>(staffConcerned, all<Facts.IdeaFacts>(moderatorOf, independentRoom)), visible, notSuspendedIn()),
  'idea.vote-on-behalf':        all<Facts.IdeaFacts>(active, mayRead,       staffConcerned, visible, unlocked, notSuspendedIn()),
  'idea.withdraw-vote':         all<Facts.OfHandle>(signedIn,               themselves),
  'idea.read-whys':             any<Facts.IdeaFacts>(staffConcerned, moderatorOf),
  'idea.see-accounts':          all<Facts.IdeaFacts>(active, mayRead,       staffConcerned),
  'credit.choose':              signedIn,

  'device.manage':              signedIn,
  'presence.view':              all<Facts.ThreadFacts>(signedIn, mayRead,   any<Facts.ThreadFacts>(visible, author, moderatorOf)),
  'presence.choose':            signedIn,
  'standing.view-own':          signedIn,
  'ranking.choose':             signedIn,
  'voting-signals.view':        independentModerator,
  'votes.void':                 all<unknown>(operator,                      independentModerator),

  'request.make':               all<Facts.InCommunity & { hosted: boolean }>(active, independentRoom, any(memberOf, moderatorOf, openToAll), notSuspendedIn()),
  'request.make-unnamed':       all<unknown>(active,                        not(staffAnywhere)),
  'vendor.name':                all<Facts.ThreadFacts>(active, mayRead,     not(author), visible, unlocked, notSuspendedIn()),

  'reference.ask':              all<Facts.WillingFacts>(active,             willing, visible, not(author), not(staffAnywhere)),
  'reference.view':             any<Facts.ReferenceFacts>(asksForReference, askedForReference),
  'reference.decide':           all<Facts.ReferenceFacts>(active,           askedForReference),
  'reference.withdraw':         all<Facts.ReferenceFacts>(signedIn,         asksForReference),
  'reference.list':             signedIn,
  'reference.count':            staffOf,

  'case.open':                  all<Facts.ServedThreadFacts>(active, mayRead, concernsVendor, any<Facts.ServedThreadFacts>(all<Facts.ServedThreadFacts>(author, not(staffConcerned)), all<Facts.ServedThreadFacts>(staffConcerned, not(author))), visible, notSuspendedIn()),
  'case.view':                  any<Facts.CaseFacts>(themselves,            staffOf),
  'case.write':                 all<Facts.CaseFacts>(active, stillTheirQuestion, any<Facts.CaseFacts>(all<Facts.CaseFacts>(themselves, notSuspendedIn()), all<Facts.CaseFacts>(staffOf, not(themselves), takenUp))),
  'case.close':                 all<Facts.CaseFacts>(active,                any<Facts.CaseFacts>(all<Facts.CaseFacts>(themselves, stillTheirQuestion, notSuspendedIn()), all<Facts.CaseFacts>(staffOf, not(themselves)))),
  'case.serve':                 all<Facts.CaseFacts>(active,                staffOf, not(themselves)),
  'case.decide-answer':         all<Facts.CaseFacts>(active,                themselves, stillTheirQuestion),
  'case.list':                  staffOf,

  'recommendation.view':        any<Facts.RecommendationFacts>(visible, author, independentModerator),
  'recommendation.write':       all<Facts.OfVendor>(active,                 not(everStaffOf), not(staffAnywhere)),
  'customers.draw':             all<Facts.OfVendor>(active,                 staffOf),
  'invitation.list':            signedIn,
  'recommendation.import':      system,
  'recommendation.edit':        all<Facts.RecommendationFacts>(active,      author, visible),
  'recommendation.confirm':     all<Facts.RecommendationFacts>(active,      author, visible),
  'recommendation.read-versions': any<Facts.RecommendationFacts>(author,    independentModerator),
  'recommendation.withdraw':    all<Facts.RecommendationFacts>(signedIn,    author),
  'recommendation.reply':       all<Facts.RecommendationFacts>(active,      staffOf, visible),
  'recommendation.flag':        all<Facts.RecommendationFacts>(active,      not(author), visible),
  'recommendation.dispute':     all<Facts.RecommendationFacts>(active,      staffOf, visible),
  'dispute.read':               any<Facts.RecommendationFacts>(staffOf, author, independentModerator),
  'dispute.drop':               all<Facts.RecommendationFacts>(active,      staffOf),
  'dispute.prove':              all<Facts.RecommendationFacts>(signedIn,    author),
  'evidence.show':              all<Facts.RecommendationFacts>(active,      author, visible),
  // Of what waits, row-level security leaves out whoever is tied to the vendor.
  'evidence.view':              any<Facts.OfPerson>(owner,                  independentModerator),
  'evidence.decide':            all<Facts.RecommendationFacts>(independentModerator, not(author)),
  'recommendation.report':      all<Facts.RecommendationFacts>(anyone,      visible),
  'recommendation.hide':        all<Facts.RecommendationFacts>(independentModerator, not(author)),
  'recommendation.restore':     all<Facts.RecommendationFacts>(independentModerator, not(author)),

  'content.flag':               all<Facts.PostFacts>(active, mayRead,       not(author), visible),
  'content.report':             all<Facts.PostFacts>(anyone,                openToAll, visible),
  'content.hide':               all<Facts.PostFacts>(moderatorOf,            not(ownTrade)),
  'content.restore':            all<Facts.PostFacts>(moderatorOf,            not(ownTrade)),
  'thread.lock':                all<Facts.ThreadFacts>(moderatorOf,          not(ownTrade)),
  'thread.unlock':              all<Facts.ThreadFacts>(moderatorOf,          not(ownTrade)),
  'member.suspend':             all<Facts.InCommunity>(moderatorOf,         not(staffAnywhere)),
  'person.suspend':             all<unknown>(operator,                      not(staffAnywhere)),
  'reporter.judge':             all<Facts.ReporterFacts>(operator,        not(staffAnywhere), not(themselves), not(reportedByThem)),
  'queue.view':                 moderatorOf,
  'checks.choose':              moderatorOf,
  'recommendation-queue.view':  independentModerator,
  'log.view':                   anyone,
  'decision.read-whole':        decidesThere,
  'appeal.write':               mayContest,
  'appeal.read':                all<Facts.AppealFacts>(decidesThere,        not(targetOfReporter)),
  'appeal.decide':              all<Facts.DecisionFacts>(decidesThere,      not(whoDecided), not(partyTo)),

  'vault.view':                 owner,
  'vault.change':               owner,
  'grant.give':                 owner,
  'grant.revoke':               owner,
  'export.ask':                 all<unknown>(signedIn,                      proved),
  'export.view':                owner,
  'export.fetch':               all<Facts.OfPerson>(owner,                  proved),
  'archive.bring':              signedIn,
  'alerts.choose':              owner,
  'deletion.see':               staffOf,
  'deletion.record':            all<Facts.OfVendor>(active,                 staffOf),
  'grant.ask':                  all<Facts.OfVendor & Facts.OfPerson>(active, staffOf, not(owner)),
  'grant.answer':               owner,
  'erasure.ask':                all<unknown>(signedIn,                      proved),
  'erasure.call-back':          owner,
  'delegate.appoint':           all<unknown>(signedIn,                      proved),
  'delegate.view':              owner,
  'delegate.end':               owner,
  'wish.decide':                signedIn,
  'vault.read-granted':         all<Facts.OfVendor & Facts.OfPerson>(staffOf, not(owner)),

  'terms.prefer':               owner,
  'terms.proffer':              owner,
  'terms.publish':              all<Facts.OfVendor>(active,                 speaksFor),
  'terms.see-offers':           staffOf,

  'customer.attest':            all<Facts.OfVendor>(active,                 speaksFor),
  'attestation.revoke':         any<Facts.OfVendor & Facts.OfPerson>(speaksFor, owner),
  'attestation.show':           owner,

  'calendar.publish':           all<Facts.OfVendor>(active,                 speaksFor),
  'targets.publish':            all<Facts.OfVendor>(active,                 speaksFor),

  'hand-off.view':              staffOf,
  'hand-off.start':             all<Facts.OfVendor>(active,                 staffOf),
  'hand-off.tick':              all<Facts.OfVendor>(active,                 staffOf),
  'hand-off.answer':            all<Facts.HandOffFacts>(active,             staffOf, comingOwner),
  'hand-off.withdraw':          all<Facts.HandOffFacts>(active,             staffOf, any<Facts.HandOffFacts>(handsOver, leads)),
  'hand-off.rule':              all<Facts.OfVendor>(active,                 speaksFor),

  'reach.choose':               owner,
  'relationship.view':          staffOf,
  'relationship.view-own':      themselves,
  'relationship.note':          all<Facts.OfVendor>(active,                 staffOf),
  'relationship.assign-task':   all<Facts.OfVendor>(active,                 staffOf),
  'relationship.contest':       themselves,
  'relationship.confirm-state': any<Facts.OfVendor & Facts.OfHandle>(staffOf, themselves),

  'account.view':               staffOf,
  'account.keep':               all<Facts.OfVendor>(active,                 staffOf),
  'import.view':                staffOf,
  'import.run':                 all<Facts.OfVendor>(active,                 speaksFor),
  'contact.view':               staffOf,
  'contact.keep':               all<Facts.OfVendor>(active,                 staffOf),
  'contact.see-own':            themselves,
  'records.merge':              all<Facts.OfVendor>(active,                 speaksFor),

  'field.view':                 staffOf,
  'field.define':               all<Facts.OfVendor>(active,                 speaksFor),
  // Whoever only keeps order in rooms has no part in the record.
  'audit.view':                 beyondModeration,
  'field.fill':                 all<Facts.OfVendor>(active,                 staffOf),

  'buying.switch':              all<Facts.LedFacts>(active,                 leads),
  'opportunity.view':           staffOf,
  'opportunity.keep':           all<Facts.OfVendor>(active,                 speaksFor),
  'opportunity.end':            all<Facts.OfVendor>(active,                 speaksFor),
  'contract.sign':              all<Facts.OfVendor>(active,                 speaksFor),
  'stage.define':               all<Facts.OfVendor>(active,                 speaksFor),
  'plan.view':                  owner,
  'plan.answer':                all<Facts.OfPerson & Facts.OfVendor>(signedIn, owner, not(staffOf)),
  'outcome.say':                all<Facts.SeatFacts>(active,               owner, saidYes, not(staffOf)),
  'step.view':                  any<Facts.StepFacts>(staffOf,                isOnPlan),
  'step.complete':              all<Facts.StepFacts>(active,                any<Facts.StepFacts>(all<Facts.StepFacts>(onTheirPlan, speaksForCustomer, not(staffOf)), all<Facts.StepFacts>(not(onTheirPlan), speaksFor))),
} satisfies Record<string, Rule<never>>

/** TABLE 3. What a silence takes: to write what others read. To read, vote, flag and contest, and what one owns, it leaves. */
const WRITING: ReadonlySet<Action> = new Set<Action>([
  'profile.change',
  ...(['thread.ask', 'post.answer', 'post.comment', 'post.edit', 'edit.suggest', 'poll.make', 'thread.propose-merge'] as const),
  ...(['idea.propose', 'idea.move', 'request.make', 'request.make-unnamed', 'vendor.name', 'reference.ask'] as const),
  ...(['case.open', 'case.write', 'recommendation.write', 'recommendation.edit', 'recommendation.reply'] as const),
])

/** The silence that stands in the way: of the whole portal, or of the room that it is about; the longest. */
function silenceOn(viewer: Viewer, action: Action, subject: unknown): Silence | null {
  if (viewer.kind !== 'person' || viewer.silences.length === 0 || !WRITING.has(action)) return null
  const room = (subject as Partial<Facts.InCommunity> | null)?.communityId
  return viewer.silences.find(({ communityId }) => communityId === null || communityId === room) ?? null
}

function notSuspendedIn(): Rule<Facts.InCommunity> {
  return person((v, s) => !v.suspendedIn.includes(s.communityId))
}

export type Action = keyof typeof policy
type SubjectOf<A extends Action> = (typeof policy)[A] extends (viewer: Viewer, subject: infer S) => boolean ? S : never

export function can<A extends Action>(viewer: Viewer, action: A, subject: SubjectOf<A>): boolean {
  return silenceOn(viewer, action, subject) === null && (policy[action] as Rule<SubjectOf<A>>)(viewer, subject)
}

/** May, or may again once a silence has ended: the form is there, keeps what is typed as a draft, and says until when. */
export function canInTime<A extends Action>(viewer: Viewer, action: A, subject: SubjectOf<A>): boolean {
  return can(viewer.kind === 'person' ? { ...viewer, silences: [] } : viewer, action, subject)
}

/** Throws Forbidden; `key` is the catalogue key that says why and what can be done. */
export function authorize<A extends Action>(viewer: Viewer, action: A, subject: SubjectOf<A>, key?: string): void {
  if (can(viewer, action, subject)) return
  const silence = silenceOn(viewer, action, subject)
  if (silence && canInTime(viewer, action, subject)) throw silenced(silence)
  if (viewer.kind === 'person' && can({ ...viewer, proved: true }, action, subject)) throw new ProveFirst()
  if (waitsForSecondStep(viewer, action, subject)) throw new Forbidden('secondStepFirst')
  if (viewer.kind === 'person' && !viewer.confirmed) throw new Forbidden('confirmFirst')
  if (viewer.kind === 'person' && viewer.suspended) throw new Forbidden('suspended')
  throw new Forbidden(key ?? 'forbidden')
}

function silenced({ until, rule, communityName }: Silence) {
  const [untilWhen, ground] = [sayMoment(until), say(`moderation.rule.${rule}`)]
  return new Forbidden('silenced', { untilWhen, ground, where: communityName === null ? 'portal' : 'room', room: communityName ?? '' })
}

/** For private things: who may not know of it is told that it is not there. */
export function mustBeFound<A extends Action>(viewer: Viewer, action: A, subject: SubjectOf<A>): void {
  if (can(viewer, action, subject)) return
  throw waitsForSecondStep(viewer, action, subject) ? new Forbidden('secondStepFirst') : new NotFound()
}

/** A role that waits for a second step is none until then; this tells its holder what is missing. */
function waitsForSecondStep<A extends Action>(viewer: Viewer, action: A, subject: SubjectOf<A>): boolean {
  return viewer.kind === 'person' && viewer.rolesWaiting !== null && can({ ...viewer, ...viewer.rolesWaiting }, action, subject)
}
