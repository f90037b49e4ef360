import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { interactions, outbox } from '~/db/schema'
import { now } from './platform/clock'
import type { PersonViewer, Viewer } from './viewer'

const id = z.uuid()
const count = z.number().int()
const thread = { communityId: id, threadId: id }
const post = { ...thread, postId: id }
/** The vendor whose product or room it concerns, if any: what its relationship record may show. */
const concerns = { vendorId: id.nullable() }

/** The asker and the vendor of a private case. */
const inCase = { caseId: id, threadId: id, standsInId: id.optional(), vendorId: id, handleId: id }

/** A record on its way from one owner to another: an account’s, or a relationship’s. */
const handedOver = { vendorId: id, handOffId: id, accountId: id.nullable(), relationshipId: id.nullable(), handleId: id.nullable() }

/** What one person offers one vendor. */
const aboutTerms = { negotiationId: id, personId: id.nullable(), handleId: id, vendorId: id }

/** TABLE 3. Everything that can happen, and the ids it carries. Never words that people wrote, never vault values. */
// prettier-ignore
export const events = {
  'person.signed-up':          z.object({ personId: id }),
  'person.forgotten':         z.object({ personId: id }),
  'erasure.asked':            z.object({ personId: id, erasureId: id }),
  'erasure.called-back':      z.object({ personId: id, erasureId: id }),
  'erasure.acknowledged':     z.object({ erasureId: id, vendorId: id }),
  'person.erased':            z.object({ personId: id, erasureId: id, threadIds: z.array(id), communityIds: z.array(id) }),
  'email.confirmed':           z.object({ personId: id }),
  'email.changed':             z.object({ personId: id }),
  'email.change-undone':       z.object({ personId: id }),
  'browser.met':               z.object({ personId: id }),
  'browser.disowned':          z.object({ personId: id }),
  'person.blocked':            z.object({ personId: id }),
  'person.unblocked':          z.object({ personId: id }),
  'products.kept-in-mind':     z.object({ personId: id }),
  'welcome.passed':            z.object({ personId: id, stepKind: z.enum(['products', 'mail', 'vendors']) }),
  'profile.changed':          z.object({ personId: id }),
  'session.started':           z.object({ personId: id }),
  'session.ended':             z.object({ personId: id, all: z.boolean() }),
  'password.changed':          z.object({ personId: id }),
  'factor.added':              z.object({ personId: id, factorKind: z.enum(['app', 'passkey']) }),
  'factor.removed':            z.object({ personId: id, factorKind: z.enum(['app', 'passkey', 'all']) }),
  'provider.kept':             z.object({ providerId: id }),
  'provider.ended':            z.object({ providerId: id }),
  'provider.bound':            z.object({ personId: id, providerId: id }),
  'provider.unbound':          z.object({ personId: id, providerId: id }),
  'passkey.renamed':           z.object({ personId: id }),
  'factor.required':           z.object({}),
  'factor.unrequired':         z.object({}),
  'recovery-codes.made':       z.object({ personId: id }),
  'recovery-code.used':        z.object({ personId: id }),

  'vendor.created':            z.object({ vendorId: id }),
  'vendor.claimed':            z.object({ vendorId: id, personId: id, wayKind: z.enum(['record', 'mail']) }),
  'vendor.changed':            z.object({ vendorId: id }),
  'product.created':           z.object({ vendorId: id, productId: id }),
  'category.kept':             z.object({ categoryId: id }),
  'category.removed':          z.object({ categoryId: id }),
  'product.sorted':            z.object({ vendorId: id, productId: id }),
  'ask-form.defined':          z.object({ vendorId: id, productId: id }),
  'staff.appointed':           z.object({ vendorId: id, personId: id }),
  'staff.dismissed':           z.object({ vendorId: id, personId: id }),
  'moderator.appointed':       z.object({ communityId: id.nullable(), personId: id }),
  'duty.offered':             z.object({ communityId: id.nullable(), personId: id }),
  'duty.declined':            z.object({ communityId: id.nullable(), personId: id }),
  'moderator.dismissed':       z.object({ communityId: id.nullable(), personId: id }),
  'operator.appointed':        z.object({ personId: id }),

  'community.created':         z.object({ communityId: id }),
  'community.changed':         z.object({ communityId: id }),
  'community.imported':        z.object({ communityId: id, runId: id, threads: count, posts: count }),
  'community.joined':          z.object({ communityId: id, personId: id, ...concerns }),
  'community.left':            z.object({ communityId: id, personId: id, ...concerns }),
  'community.followed':        z.object({ communityId: id, tagId: id.nullable(), ...concerns }),
  'community.unfollowed':      z.object({ communityId: id, tagId: id.nullable(), ...concerns }),
  'prospect.said':             z.object({ communityId: id, personId: id, ...concerns }),
  'prospect.unsaid':           z.object({ communityId: id, personId: id, ...concerns }),
  'membership.requested':      z.object({ communityId: id, requestId: id }),
  'membership.withdrawn':      z.object({ communityId: id, requestId: id }),
  'membership.decided':        z.object({ communityId: id, requestId: id, personId: id, accepted: z.boolean() }),
  'community.invited':         z.object({ communityId: id, invitationId: id }),

  'authorship.asked':          z.object({ communityId: id, requestId: id }),
  'authorship.withdrawn':      z.object({ communityId: id, requestId: id }),
  'authorship.decided':        z.object({ communityId: id, requestId: id, importedId: id, personId: id, handleId: id, accepted: z.boolean() }),
  'authorship.undone':         z.object({ communityId: id, requestId: id, importedId: id, personId: id, handleId: id }),

  'question.asked':            z.object({ ...post, ...concerns }),
  'question.answered':         z.object({ ...post, ...concerns, publisherId: id.optional() }),
  'post.commented':            z.object({ ...post, parentId: id, ...concerns }),
  'person.mentioned':          z.object({ ...post, handleIds: z.array(id), ...concerns }),
  'post.held':                 z.object({ ...post, ...concerns, decisionId: id }),
  'post.edited':               z.object({ ...post, ...concerns }),
  'edit.suggested':            z.object({ ...post, suggestionId: id, ...concerns }),
  'edit.withdrawn':            z.object({ ...post, suggestionId: id, ...concerns }),
  'edit.accepted':             z.object({ ...post, suggestionId: id, ...concerns }),
  'edit.refused':              z.object({ ...post, suggestionId: id, ...concerns }),
  'post.voted':                z.object({ ...post, value: count, ...concerns }),
  'answer.accepted':           z.object({ ...post, ...concerns }),
  'answer.unaccepted':         z.object({ ...post, ...concerns }),
  'answer.marked':             z.object({ ...post, ...concerns }),
  'answer.unmarked':           z.object({ ...post, ...concerns }),
  'answer.confirmed':          z.object({ ...post, ...concerns }),
  'answer.unconfirmed':        z.object({ ...post, ...concerns }),
  'asker.reminded':            z.object({ ...post, ...concerns, reminderKind: z.enum(['3-days', '7-days', '30-days']) }),
  'thread.merge-proposed':     z.object({ ...thread, intoThreadId: id, mergeId: id, ...concerns }),
  'thread.merge-declined':     z.object({ ...thread, intoThreadId: id, mergeId: id, ...concerns }),
  'thread.merged':             z.object({ ...post, intoThreadId: id, mergeId: id, ...concerns }),
  'thread.unmerged':           z.object({ ...post, intoThreadId: id, mergeId: id, ...concerns }),
  'thread.marked-duplicate':   z.object({ ...post, ofThreadId: id, ...concerns }),
  'thread.unmarked-duplicate': z.object({ ...post, ofThreadId: id, ...concerns }),
  'question.deflected':        z.object({ ...thread, ...concerns }),
  'thread.claimed':            z.object({ ...thread, ...concerns }),
  'thread.released':           z.object({ ...thread, ...concerns }),
  'thread.muted':             z.object({ ...thread, ...concerns }),
  'thread.unmuted':           z.object({ ...thread, ...concerns }),
  'poll.made':                z.object({ communityId: id, threadId: id, vendorId: id.nullable() }),
  'poll.voted':               z.object({ communityId: id, threadId: id, vendorId: id.nullable() }),
  'thread.followed':           z.object({ ...thread, ...concerns }),
  'thread.unfollowed':         z.object({ ...thread, ...concerns }),

  'idea.proposed':             z.object({ ...post, ...concerns }),
  'idea.replied':              z.object({ ...post, ...concerns }),
  'idea.why-given':            z.object({ ...post, ...concerns }),
  'idea.moved':                z.object({ ...post, ...concerns, stepId: id, statusKind: z.enum(['open', 'under-review', 'planned', 'started', 'shipped', 'declined']) }),
  'idea.voted-on-behalf':      z.object({ ...post, vendorId: id, handleId: id, relationshipId: id }),
  'idea.vote-withdrawn':       z.object({ ...post, vendorId: id, handleId: id, relationshipId: id }),
  'credit.chosen':             z.object({ handleId: id, all: z.boolean() }),

  'request.made':              z.object(post),
  'vendor.named':              z.object({ ...post, namedVendorId: id.nullable() }),

  'reference.asked':           z.object({ referenceId: id, recommendationId: id, handleId: id }),
  'reference.accepted':        z.object({ referenceId: id, recommendationId: id, handleId: id }),
  'reference.declined':        z.object({ referenceId: id, recommendationId: id, handleId: id }),
  'reference.withdrawn':       z.object({ referenceId: id, recommendationId: id }),

  'case.opened':               z.object(inCase),
  'case.continued':            z.object({ ...inCase, messageId: id }),
  'case.messaged':             z.object({ ...inCase, messageId: id }),
  'case.noted':                z.object(inCase),
  'case.taken':                z.object(inCase),
  'case.let-go':               z.object(inCase),
  'case.closed':               z.object({ ...inCase, answerId: id.optional() }),
  'case.reopened':             z.object(inCase),
  'case.answer-proposed':      z.object(inCase),
  'case.answer-withdrawn':     z.object(inCase),
  'case.answer-declined':      z.object(inCase),
  'case.answer-published':     z.object({ ...inCase, postId: id }),
  'case.linked':               z.object({ ...inCase, ideaThreadId: id }),

  'device.added':              z.object({ personId: id }),
  'device.removed':            z.object({ personId: id }),
  'presence.chosen':           z.object({ personId: id, all: z.boolean() }),
  'ranking.chosen':            z.object({ handleId: id, all: z.boolean() }),
  'trust.changed':             z.object({ personId: id, value: count }),
  'votes.voided':              z.object({ voidId: id, handleIds: z.array(id) }),
  'votes.counted-again':       z.object({ voidId: id, handleIds: z.array(id) }),

  'recommendation.written':    z.object({ recommendationId: id, vendorId: id, productId: id, signedKind: z.enum(['handle', 'unnamed']) }),
  'recommendation.edited':     z.object({ recommendationId: id, vendorId: id, productId: id, signedKind: z.enum(['handle', 'unnamed']) }),
  'recommendation.withdrawn':  z.object({ recommendationId: id, vendorId: id, productId: id, signedKind: z.enum(['handle', 'unnamed']) }),
  'recommendation.replied':    z.object({ recommendationId: id, vendorId: id, productId: id, signedKind: z.enum(['handle', 'unnamed']) }),
  'recommendation.reply-edited':    z.object({ recommendationId: id, vendorId: id, productId: id, signedKind: z.enum(['handle', 'unnamed']) }),
  'recommendation.confirmed':  z.object({ recommendationId: id, vendorId: id, productId: id, signedKind: z.enum(['handle', 'unnamed']) }),
  'recommendation.asked-again': z.object({ recommendationId: id, vendorId: id, productId: id }),
  'recommendation.tie-found': z.object({ recommendationId: id, vendorId: id, productId: id, tieKind: z.enum(['employer', 'former-employer', 'address', 'competitor', 'partner']) }),
  'recommendation.disputed':   z.object({ disputeId: id, recommendationId: id, vendorId: id, productId: id }),
  'dispute.answered':          z.object({ disputeId: id, recommendationId: id, vendorId: id, productId: id }),
  'dispute.ended':             z.object({ disputeId: id, recommendationId: id, vendorId: id, productId: id, decisionId: id.nullable(), outcomeKind: z.enum(['upheld', 'declined', 'dropped']) }),
  'customers.drawn':           z.object({ drawId: id, vendorId: id, productId: id }),
  'draw.ended':                z.object({ drawId: id, vendorId: id, productId: id }),
  'evidence.shown':            z.object({ recommendationId: id }),
  'evidence.decided':          z.object({ recommendationId: id, vendorId: id, productId: id, outcomeKind: z.enum(['accepted', 'declined', 'expired']) }),
  'recommendation.imported':   z.object({ recommendations: count, vendors: count, products: count }),

  'checks.chosen':             z.object({ communityId: id }),
  'content.flagged':           z.object({ flagId: id, subjectKind: z.string(), subjectId: id, communityId: id.nullable(), vendorId: id.nullable() }),
  'content.decided':           z.object({ decisionId: id, act: z.string(), subjectKind: z.string(), subjectId: id, communityId: id.nullable(), vendorId: id.nullable(), threadId: id.nullable() }),
  'flags.settled':             z.object({ decisionId: id, subjectKind: z.string(), subjectId: id, communityId: id.nullable(), vendorId: id.nullable() }),
  'item.claimed':              z.object({ subjectKind: z.string(), subjectId: id, communityId: id.nullable(), vendorId: id.nullable() }),
  'item.released':             z.object({ subjectKind: z.string(), subjectId: id, communityId: id.nullable(), vendorId: id.nullable() }),
  'item.noted':                z.object({ subjectKind: z.string(), subjectId: id, communityId: id.nullable(), vendorId: id.nullable() }),
  'batch.decided':             z.object({ batchId: id, handleId: id, communityId: id.nullable(), value: count }),
  'batch.undone':              z.object({ batchId: id, handleId: id, communityId: id.nullable(), value: count }),
  'person.warned':             z.object({ decisionId: id, personId: id, communityId: id.nullable() }),
  'person.unwarned':           z.object({ decisionId: id, personId: id, communityId: id.nullable() }),
  'person.silenced':           z.object({ decisionId: id, personId: id, communityId: id.nullable() }),
  'person.unsilenced':         z.object({ decisionId: id, personId: id, communityId: id.nullable() }),
  'person.suspended':          z.object({ decisionId: id, personId: id, communityId: id.nullable() }),
  'person.unsuspended':        z.object({ decisionId: id, personId: id, communityId: id.nullable() }),
  'reporter.warned':           z.object({ decisionId: id, personId: id }),
  'reporter.discounted':       z.object({ decisionId: id, personId: id }),
  'reporter.trusted':          z.object({ decisionId: id, personId: id }),
  'reporter.cleared':          z.object({ decisionId: id, personId: id }),
  'appeal.written':            z.object({ appealId: id, decisionId: id, subjectKind: z.string(), communityId: id.nullable(), vendorId: id.nullable() }),
  'appeal.decided':            z.object({ appealId: id, decisionId: id, subjectKind: z.string(), communityId: id.nullable(), vendorId: id.nullable(), outcomeKind: z.enum(['upheld', 'overturned']) }),
  'moderation.refused':        z.object({ subjectKind: z.string(), subjectId: id, vendorId: id.nullable() }),

  'terms.preferred':           z.object({ personId: id, vendorId: id.nullable() }),
  'objection.said':            z.object({ personId: id, accepted: z.boolean() }),
  'terms.published':           z.object({ vendorId: id, policyId: id }),
  'terms.proffered':           z.object(aboutTerms),
  'terms.countered':           z.object(aboutTerms),
  'terms.waiting':             z.object(aboutTerms),
  'terms.accepted':            z.object(aboutTerms),
  'terms.refused':             z.object(aboutTerms),
  'terms.expired':             z.object(aboutTerms),
  'terms.ended':               z.object(aboutTerms),

  'customer.attested':         z.object({ attestationId: id, personId: id, handleId: id, vendorId: id }),
  'attestation.revoked':       z.object({ attestationId: id, personId: id, handleId: id, vendorId: id }),
  'attestation.shown':         z.object({ attestationId: id, communityId: id, personId: id }),
  'attestation.hidden':        z.object({ attestationId: id, communityId: id, personId: id }),

  'vault.changed':             z.object({ personId: id, keys: z.array(z.string()) }),
  'vault.confirmed':           z.object({ personId: id, keys: z.array(z.string()) }),
  'vault.grown-old':           z.object({ personId: id }),
  'grant.given':               z.object({ grantId: id, personId: id, handleId: id, vendorId: id, purpose: z.string(), attributes: count }),
  'grant.asked':               z.object({ requestId: id, personId: id, handleId: id, vendorId: id, purpose: z.string(), consentKind: z.literal('ConsentRequested'), attributes: count }),
  'grant.answered':            z.object({ requestId: id, personId: id, handleId: id, vendorId: id, purpose: z.string(), consentKind: z.enum(['ConsentGiven', 'ConsentRefused', 'ConsentDeferred']), attributes: count }),
  'grant.revoked':             z.object({ grantId: id, personId: id, handleId: id, vendorId: id, purpose: z.string() }),
  'grant.expired':             z.object({ grantId: id, personId: id, handleId: id, vendorId: id, purpose: z.string() }),
  'field.corrected':           z.object({ correctionId: id, personId: id, handleId: id, vendorId: id }),
  'correction.recorded':       z.object({ correctionId: id, personId: id, handleId: id, vendorId: id }),
  'deletion.recorded':         z.object({ grantId: id, personId: id, handleId: id, vendorId: id }),
  'vault.read':                z.object({ grantId: id, personId: id, handleId: id, vendorId: id, attributes: count, readKind: z.enum(['first', 'first-sensitive', 'sensitive', 'usual']).optional() }),
  'vault.read-often':          z.object({ personId: id, handleId: id, vendorId: id }),
  'alerts.chosen':             z.object({ personId: id }),
  'reading.alerted':           z.object({ personId: id, handleId: id, vendorId: id, reasonKind: z.enum(['first', 'sensitive', 'often', 'refused']) }),
  'vault.refused':             z.object({ personId: id, handleId: id, vendorId: id, purpose: z.string() }),

  'export.asked':              z.object({ personId: id, exportId: id }),
  'export.made':               z.object({ personId: id, exportId: id }),
  'export.fetched':            z.object({ personId: id, exportId: id }),
  'archive.brought':           z.object({ personId: id, archiveId: id }),
  'archive.taken':             z.object({ personId: id, archiveId: id, attributes: count }),
  'archive.undone':            z.object({ personId: id, archiveId: id, attributes: count }),
  'delegate.appointed':        z.object({ personId: id, delegateId: id }),
  'delegate.ended':            z.object({ personId: id, delegateId: id }),
  'wish.made':                 z.object({ personId: id, delegateId: id, wishId: id }),
  'wish.decided':              z.object({ personId: id, delegateId: id, wishId: id, outcomeKind: z.enum(['confirmed', 'declined']) }),

  'calendar.published':        z.object({ vendorId: id, calendarId: id }),
  'targets.published':         z.object({ vendorId: id, targetsId: id }),
  'clock.warned':              z.object({ vendorId: id, caseId: id, clockId: id }),
  'clock.missed':              z.object({ vendorId: id, caseId: id, clockId: id }),
  'relationship.noted':        z.object({ relationshipId: id, vendorId: id, handleId: id }),
  // As it was until a record changed hands by being accepted.
  'relationship.owner-named':  z.object({ relationshipId: id, vendorId: id, handleId: id }),
  'meeting.logged':            z.object({ relationshipId: id, vendorId: id, handleId: id, meetingId: id }),
  'task.assigned':             z.object({ relationshipId: id, vendorId: id, handleId: id, taskId: id }),
  'task.done':                 z.object({ relationshipId: id, vendorId: id, handleId: id, taskId: id }),
  'field.passed-on':           z.object({ relationshipId: id, vendorId: id, handleId: id, passedId: id }),
  'relationship.contested':    z.object({ relationshipId: id, vendorId: id, handleId: id, contestId: id }),
  'field.questioned':          z.object({ relationshipId: id, vendorId: id, handleId: id, contestId: id }),
  'relationship.answered':     z.object({ relationshipId: id, vendorId: id, handleId: id, contestId: id }),
  'relationship.state-proposed':  z.object({ relationshipId: id, vendorId: id, handleId: id, stateId: id }),
  'relationship.state-confirmed': z.object({ relationshipId: id, vendorId: id, handleId: id, stateId: id }),
  'relationship.state-ended':     z.object({ relationshipId: id, vendorId: id, handleId: id, stateId: id }),

  'level.reached':             z.object({ communityId: id, handleId: id }),
  'level.fell':                z.object({ communityId: id, handleId: id }),
  'levels.set':                z.object({ communityId: id }),

  'account.kept':              z.object({ accountId: id, organizationId: id, vendorId: id }),
  'account.changed':           z.object({ accountId: id, organizationId: id, vendorId: id }),
  'account.task-added':        z.object({ vendorId: id, accountId: id, taskId: id }),
  'account.task-asked':        z.object({ vendorId: id, accountId: id, taskId: id }),
  'account.task-done':         z.object({ vendorId: id, accountId: id, taskId: id }),
  'contact.kept':              z.object({ contactId: id, vendorId: id }),
  'contact.key-added':         z.object({ contactId: id, vendorId: id }),
  'contact.key-removed':       z.object({ contactId: id, vendorId: id }),
  'contact.work-kept':         z.object({ contactId: id, organizationId: id, vendorId: id }),
  'contact.work-ended':        z.object({ contactId: id, organizationId: id, vendorId: id }),
  'contact.consents-said':     z.object({ contactId: id, vendorId: id }),
  'account.part-named':        z.object({ accountId: id, contactId: id, vendorId: id }),
  'account.part-ended':        z.object({ accountId: id, contactId: id, vendorId: id }),
  'contact.deleted':           z.object({ contactId: id, vendorId: id }),
  'contact.corrected':         z.object({ contactId: id, vendorId: id }),
  'contact.linked':            z.object({ contactId: id, vendorId: id, handleId: id }),
  'contact.unlinked':          z.object({ contactId: id, vendorId: id, handleId: id }),
  'contact.merged':            z.object({ contactId: id, otherId: id, mergeId: id, vendorId: id }),
  'contact.unmerged':          z.object({ contactId: id, otherId: id, mergeId: id, vendorId: id }),
  'organization.merged':       z.object({ organizationId: id, otherId: id, mergeId: id, vendorId: id }),
  'organization.unmerged':     z.object({ organizationId: id, otherId: id, mergeId: id, vendorId: id }),
  'duplicates.refused':        z.object({ recordId: id, otherId: id, recordKind: z.enum(['contact', 'organization']), vendorId: id }),
  'organization.placed':       z.object({ organizationId: id, parentId: id, vendorId: id }),
  'organization.released':     z.object({ organizationId: id, parentId: id, vendorId: id }),

  'field.defined':             z.object({ vendorId: id, fieldId: id }),
  'field.changed':             z.object({ vendorId: id, fieldId: id }),
  'field.retired':             z.object({ vendorId: id, fieldId: id }),
  'field.brought-back':        z.object({ vendorId: id, fieldId: id }),
  'field.found-wanting':       z.object({ vendorId: id, fieldId: id, reasonKind: z.enum(['unused', 'nonsense']) }),
  'term.defined':              z.object({ vendorId: id, definitionId: id }),
  'steward.named':             z.object({ vendorId: id, objectKind: z.string() }),
  'integration.kept':          z.object({ vendorId: id, integrationId: id }),
  'integration.worked':        z.object({ vendorId: id, integrationId: id }),
  'integration.ended':         z.object({ vendorId: id, integrationId: id }),
  'field.filled':              z.object({ vendorId: id, fieldId: id, accountId: id.optional(), relationshipId: id.optional() }),

  'import.begun':              z.object({ vendorId: id, importId: id }),
  'import.started':            z.object({ vendorId: id, importId: id }),
  'import.brought':            z.object({ vendorId: id, importId: id }),
  'import.undone':             z.object({ vendorId: id, importId: id }),
  'hand-off.ruled':            z.object({ vendorId: id, ruleId: id }),
  'hand-off.started':          z.object(handedOver),
  'hand-off.accepted':         z.object(handedOver),
  'hand-off.returned':         z.object(handedOver),
  'hand-off.withdrawn':        z.object(handedOver),
  'hand-off.warned':           z.object({ vendorId: id, handOffId: id }),
  'hand-off.missed':           z.object({ vendorId: id, handOffId: id }),

  'buying.switched':           z.object({ vendorId: id, turnKind: z.enum(['on', 'off']) }),
  'stage.defined':             z.object({ vendorId: id, stageId: id }),
  'stage.retired':             z.object({ vendorId: id, stageId: id }),
  'opportunity.opened':        z.object({ vendorId: id, opportunityId: id, accountId: id }),
  'opportunity.date-moved':    z.object({ vendorId: id, opportunityId: id }),
  'opportunity.ended':         z.object({ vendorId: id, opportunityId: id, endKind: z.enum(['won', 'lost', 'no-decision']), sideKind: z.enum(['ours', 'theirs']) }),
  'contract.signed':           z.object({ vendorId: id, accountId: id, contractId: id }),
  'contract.amended':          z.object({ vendorId: id, accountId: id, contractId: id }),
  'plan.step-added':           z.object({ vendorId: id, opportunityId: id, stepId: id }),
  'plan.invited':              z.object({ vendorId: id, opportunityId: id, handleId: id }),
  'plan.joined':               z.object({ vendorId: id, opportunityId: id, handleId: id }),
  'plan.left':                 z.object({ vendorId: id, opportunityId: id, handleId: id }),
  'plan.step-done':            z.object({ vendorId: id, opportunityId: id, stepId: id }),
  'stage.entered':             z.object({ vendorId: id, opportunityId: id, stepId: id, stageId: id }),
} as const

export type EventKind = keyof typeof events
export type Payload<K extends EventKind> = z.infer<(typeof events)[K]>
export type Happened<K extends EventKind = EventKind> = {
  id: string
  kind: K
  occurredAt: Date
  actorHandleId: string | null
  payload: Payload<K>
}

/** In whose name it happens. */
type Doer = Exclude<Viewer, PersonViewer> | Pick<PersonViewer, 'kind' | 'handleId'>

/**
 * Writes the event in the transaction of the act: if that rolls back, it never happened. Returns its id.
 * `occurredAt` is for histories that are brought in; everything else happens now.
 */
export async function record<K extends EventKind>(tx: Tx, viewer: Doer, kind: K, payload: Payload<K>, occurredAt = now()): Promise<string> {
  const [id] = await write(tx, viewer, kind, [payload], occurredAt)
  return id as string
}

/** The same of many things that happen in one act, in two statements for every thousand. */
export async function recordAll<K extends EventKind>(tx: Tx, viewer: Doer, kind: K, payloads: Payload<K>[]): Promise<void> {
  for (let from = 0; from < payloads.length; from += 1000) await write(tx, viewer, kind, payloads.slice(from, from + 1000), now())
}

async function write<K extends EventKind>(tx: Tx, viewer: Doer, kind: K, payloads: Payload<K>[], occurredAt: Date): Promise<string[]> {
  const rows = payloads.map((payload) => {
    const facts = events[kind].parse(payload) as Record<string, string | number | boolean | null | string[]>
    return {
      id: newId(),
      occurredAt,
      kind,
      actorKind: viewer.kind === 'system' ? ('system' as const) : ('person' as const),
      actorHandleId: viewer.kind === 'person' ? viewer.handleId : null,
      communityId: (facts.communityId as string | undefined) ?? null,
      vendorId: (facts.vendorId as string | undefined) ?? null,
      payload: facts,
    }
  })
  await Promise.all([
    tx.insert(interactions).values(rows),
    tx.insert(outbox).values(rows.map(({ id: interactionId }) => ({ interactionId, occurredAt, kind }))),
    tx.execute(sql`select pg_notify('parley_outbox', '')`),
  ])
  return rows.map(({ id }) => id)
}
