import { createHash, randomBytes } from 'node:crypto'
import { and, asc, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { accountEmails, handles, vendorClaims, vendors, vendorStaff } from '~/db/schema'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { publicOrigins } from '~/server/platform/env'
import { queueMail } from '~/server/platform/mail'
import { plainly } from '~/server/platform/manner'
import { textRecords } from '~/server/platform/names'
import { authorize } from '~/server/policy'
import { systemViewer, type PersonViewer, type Viewer } from '~/server/viewer'
import { say } from '~/words'
import { lockedVendor } from './facts'
import type { ClaimInput, ClaimProofInput } from './input'

const CODE_BYTES = 20
const CODE_DAYS = 7
const MOST_NAMED = 8

/** Where the record stands, and what it says. */
export const claimRecord = (domain: string) => `_parley.${domain}`
export const claimWords = (code: string) => `parley-claim=${code}`

type Claimable = { vendorId: string; slug: string; name: string; domain: string | null; staffed: boolean }

/** What can be done about a vendor that nobody looks after; of one that has staff, whom to write to. */
export async function claimPage(viewer: Viewer, slug: string) {
  return transaction(viewer, async (tx) => {
    const vendor = await claimable(tx, slug)
    authorize(viewer, 'vendor.claim', vendor, refusalFor(viewer, vendor))
    const person = claimant(viewer)
    const [staff, address, [begun]] = await Promise.all([
      vendor.staffed ? listedStaff(tx, vendor.vendorId) : [],
      ownAddressAt(tx, person, vendor.domain),
      tx
        .select({ way: vendorClaims.way, expiresAt: vendorClaims.expiresAt })
        .from(vendorClaims)
        .where(and(...liveClaim(person, vendor.vendorId))),
    ])
    const { domain } = vendor
    return { ...vendor, staff, ownAddress: address, begun: begun ?? null, recordName: domain ? claimRecord(domain) : null }
  })
}

/** A code for a TXT record, which is told this once, or for a mailbox of the domain, to which it is mailed. It ends after a week; the one before works no more. */
export async function beginClaim(
  viewer: Viewer,
  slug: string,
  { way }: ClaimInput,
): Promise<{ code: string | null; mailedTo: string | null }> {
  await transaction(viewer, async (tx) => open(viewer, await claimable(tx, slug)))
  const person = claimant(viewer)
  await countAgainst('claim-vendor', person.personId)
  return transaction(viewer, async (tx) => {
    const { vendorId } = await lockedVendor(tx, slug)
    const vendor = await claimable(tx, slug)
    const domain = open(viewer, vendor)
    const code = randomBytes(CODE_BYTES).toString('hex')
    const kept = {
      domain,
      way: way === 'record' ? ('record' as const) : ('mail' as const),
      codeHash: hashOf(vendorId, person, code),
      expiresAt: new Date(now().getTime() + CODE_DAYS * 86_400_000),
      provedAt: null,
      createdAt: now(),
    }
    await tx
      .insert(vendorClaims)
      .values({ vendorId, personId: person.personId, ...kept })
      .onConflictDoUpdate({ target: [vendorClaims.vendorId, vendorClaims.personId], set: kept })
    if (way === 'record') return { code, mailedTo: null }
    const to = way === 'postmaster' ? `postmaster@${domain}` : await ownAddressAt(tx, person, domain)
    if (!to) throw new Invalid({ way: 'claim.noAddress' })
    await countAgainst('mail-to', to.toLowerCase())
    await mailCode(tx, person, { to, code, vendor })
    return { code: null, mailedTo: to }
  })
}

/** Whoever proves it is the vendor's first staff. Of two at once, one is. */
export async function proveClaim(viewer: Viewer, slug: string, { code }: ClaimProofInput): Promise<void> {
  const before = await transaction(viewer, async (tx) => {
    const vendor = await claimable(tx, slug)
    const domain = open(viewer, vendor)
    return { ...(await liveClaimOf(tx, claimant(viewer), vendor.vendorId, domain)), domain }
  })
  const person = claimant(viewer)
  await countAgainst('prove-claim', person.personId)
  // Asked for outside the transaction: it may take seconds.
  const given =
    before.way === 'record' ? codesIn(await textRecords(claimRecord(before.domain))) : [(code ?? '').replace(/\s/g, '').toLowerCase()]
  if (before.way === 'mail' && !code) throw new Invalid({ code: 'required' })
  return transaction(viewer, async (tx) => {
    const { vendorId } = await lockedVendor(tx, slug)
    const vendor = await claimable(tx, slug)
    const claim = await liveClaimOf(tx, person, vendorId, open(viewer, vendor))
    if (!given.some((one) => hashOf(vendorId, person, one) === claim.codeHash))
      throw new Invalid(before.way === 'record' ? { form: 'claim.noRecord' } : { code: 'claim.wrongCode' })
    await tx
      .update(vendorClaims)
      .set({ provedAt: now() })
      .where(and(...liveClaim(person, vendorId)))
    await tx.insert(vendorStaff).values({ id: newId(), vendorId, personId: person.personId, role: 'admin', startedAt: now() })
    await tx.update(vendors).set({ defaultOwnerId: person.personId }).where(eq(vendors.id, vendorId))
    await record(tx, viewer, 'vendor.claimed', { vendorId, personId: person.personId, wayKind: claim.way })
    await record(tx, viewer, 'staff.appointed', { vendorId, personId: person.personId })
  })
}

/** By night: what came to nothing. */
export async function forgetClaims(): Promise<void> {
  await transaction(systemViewer('forget-claims'), (tx) =>
    tx.delete(vendorClaims).where(and(isNull(vendorClaims.provedAt), lt(vendorClaims.expiresAt, now()))),
  )
}

async function claimable(tx: Tx, slug: string): Promise<Claimable> {
  const [found] = await tx
    .select({
      vendorId: vendors.id,
      slug: vendors.slug,
      name: vendors.name,
      domain: sql<string | null>`domain_to_prove(${vendors.website})`,
      staffed: sql<boolean>`exists (select 1 from vendor_staff s where s.vendor_id = ${vendors}.id and s.ended_at is null)`,
    })
    .from(vendors)
    .where(eq(vendors.slug, slug))
  if (!found) throw new NotFound()
  return found
}

/** The domain to prove, of a vendor that the viewer may claim now. */
function open(viewer: Viewer, vendor: Claimable): string {
  authorize(viewer, 'vendor.claim', vendor, refusalFor(viewer, vendor))
  if (vendor.staffed) throw new Conflict('claim.staffed')
  if (!vendor.domain) throw new Conflict('claim.noDomain')
  return vendor.domain
}

function refusalFor(viewer: Viewer, { vendorId }: Claimable): string | undefined {
  if (viewer.kind !== 'person') return undefined
  if (viewer.isPortalModerator || viewer.isOperator) return 'claim.moderator'
  return viewer.everStaffOf.includes(vendorId) ? 'claim.served' : undefined
}

function claimant(viewer: Viewer): PersonViewer {
  if (viewer.kind !== 'person') throw new Forbidden('signInFirst')
  return viewer
}

const liveClaim = ({ personId }: PersonViewer, vendorId: string) => [
  eq(vendorClaims.vendorId, vendorId),
  eq(vendorClaims.personId, personId),
  isNull(vendorClaims.provedAt),
  gt(vendorClaims.expiresAt, now()),
]

async function liveClaimOf(tx: Tx, person: PersonViewer, vendorId: string, domain: string) {
  const [claim] = await tx
    .select({ way: vendorClaims.way, codeHash: vendorClaims.codeHash })
    .from(vendorClaims)
    .where(and(...liveClaim(person, vendorId), eq(vendorClaims.domain, domain)))
  if (!claim) throw new Conflict('claim.notBegun')
  return claim
}

const hashOf = (vendorId: string, { personId }: PersonViewer, code: string) =>
  createHash('sha256').update(`${vendorId} ${personId} ${code}`).digest('hex')

const codesIn = (records: string[]) =>
  records.flatMap((words) => /^\s*"?parley-claim=([0-9a-f]{40})"?\s*$/i.exec(words)?.[1]?.toLowerCase() ?? [])

/** The address that the viewer signs in with, where it is of that very domain. */
async function ownAddressAt(tx: Tx, { personId }: PersonViewer, domain: string | null): Promise<string | null> {
  const [own] = await tx
    .select({ address: accountEmails.address })
    .from(accountEmails)
    .where(
      and(
        eq(accountEmails.personId, personId),
        sql`${accountEmails.confirmedAt} is not null`,
        sql`split_part(${accountEmails.addressNorm}, '@', 2) = ${domain ?? ''}`,
      ),
    )
  return own?.address ?? null
}

function listedStaff(tx: Tx, vendorId: string) {
  return tx
    .selectDistinct({ handle: handles.handle, name: handles.displayName })
    .from(vendorStaff)
    .innerJoin(handles, eq(handles.personId, vendorStaff.personId))
    .where(and(eq(vendorStaff.vendorId, vendorId), isNull(vendorStaff.endedAt), vendorStaff.listed))
    .orderBy(asc(handles.displayName), asc(handles.handle))
    .limit(MOST_NAMED)
}

function mailCode(tx: Tx, person: PersonViewer, { to, code, vendor }: { to: string; code: string; vendor: Claimable }) {
  const { subject, text } = plainly(() => ({
    subject: say('claim.mail.subject', { vendor: vendor.name }),
    text: say('claim.mail.text', {
      ...{ vendor: vendor.name, handle: person.handle, days: CODE_DAYS, code },
      link: `${publicOrigins()[0] ?? ''}/vendors/${vendor.slug}/claim`,
    }),
  }))
  return queueMail(tx, { to, subject, text })
}
