import { sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { endExpiredSessions, forgetChallenges, forgetHalfSignIns, forgetOldBrowsers, forgetUnconfirmed, forgetVisits } from './accounts'
import { expireOffers } from './agreements'
import { reconcileFiles, sweepFiles } from './attachments'
import { forgetWishes } from './delegates'
import { forgetDrafts } from './drafts'
import { eraseAgain, eraseDue } from './erasure'
import { openRenewals } from './buying'
import { forgetImports } from './crm-imports'
import { checkFields } from './governance'
import { checkHandOffs } from './hand-offs'
import { weighTrends } from './ideas'
import { countCommunities, reviewLevels, weighHealth } from './insight'
import { forgetOldLimits } from './limits'
import { sendDigests, tellWaiting } from './notifications'
import { checkClocks } from './operations'
import { endOldEvidence, forgetReports, showWhatIsMended } from './moderation'
import { forgetLiveEvents } from './platform/live-log'
import { forgetHeldForms } from './platform/held-forms'
import { expireReceipts } from './receipts'
import { endGrants } from './revocations'
import { forgetContacts } from './reaching'
import { forgetExports } from './portability'
import { askWhetherStillTrue, findConflicts, weighRecommendations } from './recommendations'
import { countAllWords } from './search'
import { findVotingSignals, recountReputation, weighEverybody } from './standing'
import { remindAskers } from './threads'
import { remindVaults, rootAccess, sealVaults } from './vault'
import { forgetClaims } from './vendors'

/** The log always has a partition for this month and the next. */
export async function makeInteractionMonths(): Promise<void> {
  await db.execute(sql`select make_interaction_month(now()), make_interaction_month(now() + interval '1 month')`)
}

/** TABLE 6. What happens by the clock (UTC): cron -> job. */
// prettier-ignore
export const schedule: { cron: string; name: string; job: () => Promise<void> }[] = [
  { cron: '5 0 * * *',  name: 'make-interaction-months', job: makeInteractionMonths },
  { cron: '15 * * * *', name: 'end-expired-sessions',    job: endExpiredSessions },
  { cron: '20 * * * *', name: 'forget-half-sign-ins',    job: forgetHalfSignIns },
  { cron: '22 * * * *', name: 'forget-challenges',       job: forgetChallenges },
  { cron: '23 * * * *', name: 'forget-visits',           job: forgetVisits },
  { cron: '25 * * * *', name: 'forget-held-forms',       job: forgetHeldForms },
  { cron: '57 3 * * *', name: 'forget-claims',           job: forgetClaims },
  { cron: '58 3 * * *', name: 'forget-wishes',           job: forgetWishes },
  { cron: '5 3 * * *',  name: 'erase-again',             job: async () => void (await eraseAgain()) },
  { cron: '*/10 * * * *', name: 'erase-due',            job: eraseDue },
  { cron: '27 * * * *', name: 'forget-exports',          job: forgetExports },
  { cron: '52 3 * * *', name: 'forget-imports',          job: forgetImports },
  { cron: '53 3 * * *', name: 'forget-contacts',         job: forgetContacts },
  { cron: '55 3 * * *', name: 'forget-drafts',           job: forgetDrafts },
  { cron: '*/5 * * * *', name: 'sweep-files',            job: sweepFiles },
  { cron: '20 4 * * *', name: 'reconcile-files',         job: reconcileFiles },
  { cron: '30 * * * *', name: 'forget-live-events',      job: forgetLiveEvents },
  { cron: '40 * * * *', name: 'remind-askers',           job: remindAskers },
  { cron: '30 3 * * *', name: 'forget-old-browsers',     job: forgetOldBrowsers },
  { cron: '35 3 * * *', name: 'forget-old-limits',       job: forgetOldLimits },
  { cron: '45 3 * * *', name: 'forget-unconfirmed',      job: forgetUnconfirmed },
  { cron: '*/10 * * * *', name: 'expire-receipts',       job: expireReceipts },
  { cron: '* * * * *',  name: 'end-grants',              job: endGrants },
  { cron: '*/10 * * * *', name: 'expire-offers',        job: expireOffers },
  { cron: '* * * * *',  name: 'check-clocks',            job: checkClocks },
  { cron: '* * * * *',  name: 'check-hand-offs',         job: checkHandOffs },
  { cron: '* * * * *',  name: 'tell-waiting',            job: tellWaiting },
  { cron: '* * * * *',  name: 'show-mended',             job: showWhatIsMended },
  { cron: '50 3 * * *', name: 'forget-reports',         job: forgetReports },
  { cron: '10 * * * *', name: 'send-digests',            job: sendDigests },
  { cron: '50 * * * *', name: 'weigh-trends',            job: weighTrends },
  { cron: '20 4 * * *', name: 'recount-reputation',      job: async () => void (await recountReputation()) },
  { cron: '30 4 * * *', name: 'weigh-trust',             job: weighEverybody },
  { cron: '40 4 * * *', name: 'find-voting-signals',     job: findVotingSignals },
  { cron: '10 0 * * *', name: 'root-access',             job: rootAccess },
  { cron: '35 9 * * *', name: 'remind-vaults',           job: remindVaults },
  { cron: '12 * * * *', name: 'seal-vaults',             job: async () => void (await sealVaults()) },
  { cron: '40 5 * * 1', name: 'check-fields',            job: checkFields },
  { cron: '45 5 * * *', name: 'open-renewals',           job: openRenewals },
  { cron: '25 5 * * *', name: 'review-levels',           job: reviewLevels },
  { cron: '35 4 * * *', name: 'count-communities',       job: countCommunities },
  { cron: '15 5 * * *', name: 'weigh-health',            job: weighHealth },
  { cron: '10 4 * * *', name: 'count-words',             job: countAllWords },
  { cron: '45 4 * * *', name: 'find-conflicts',          job: findConflicts },
  { cron: '25 9 * * *', name: 'ask-again',               job: askWhetherStillTrue },
  { cron: '55 4 * * *', name: 'end-evidence',            job: endOldEvidence },
  { cron: '50 4 * * *', name: 'weigh-recommendations',   job: weighRecommendations },
]
