import { and, asc, gte, inArray, lt, or, sql } from 'drizzle-orm'
import { createHash } from 'node:crypto'
import { transaction } from '~/db/client'
import { isId } from '~/db/ids'
import { accessChain, accessRoots } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { today } from '~/server/platform/clock'
import { signAlone } from '~/server/platform/signatures'
import { signerFor } from '~/server/platform/signing-keys'
import { authorize } from '~/server/policy'
import { systemViewer, type PersonViewer } from '~/server/viewer'

/** More than there are fields: one line of the page is one file. */
const MOST_ROWS = 40

type Step = { side: 'left' | 'right'; hash: string }

/** Leaves and nodes are hashed apart, as in RFC 6962, so that no node passes for a leaf. */
const leafOf = (hash: string) => sha256(Buffer.from([0]), Buffer.from(hash, 'hex'))
const nodeOf = (left: Buffer, right: Buffer) => sha256(Buffer.from([1]), left, right)
const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest()

/** The root over hashes, and the way from one of them to it. What has no partner moves up as it is. */
export function merkle(hashes: string[], place = 0): { root: string; path: Step[] } {
  const path: Step[] = []
  let level: Buffer[] = hashes.map(leafOf)
  let at = place
  while (level.length > 1) {
    const [beside, side] = at % 2 ? [level[at - 1], 'left' as const] : [level[at + 1], 'right' as const]
    if (beside) path.push({ side, hash: beside.toString('hex') })
    const next: Buffer[] = []
    for (let left = 0; left < level.length; left += 2) {
      const [one, other] = [level[left] as Buffer, level[left + 1]]
      next.push(other ? nodeOf(one, other) : one)
    }
    level = next
    at = Math.floor(at / 2)
  }
  return { root: (level[0] ?? Buffer.alloc(0)).toString('hex'), path }
}

/** Signs the root of each day that is over and has none. */
export async function rootAccess(): Promise<void> {
  await transaction(systemViewer('root-access'), async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('access_roots', 0))`)
    const days = await tx.execute<{ day: string }>(sql`
      select distinct (c.linked_at at time zone 'UTC')::date::text as day from access_chain c
      where c.linked_at < ${`${today()}T00:00:00Z`}::timestamptz
        and not exists (select 1 from access_roots r where r.day = (c.linked_at at time zone 'UTC')::date) order by 1 limit 400`)
    for (const { day } of days) {
      const links = await tx
        .select({ nth: accessChain.nth, hash: accessChain.hash })
        .from(accessChain)
        .where(onDay(day))
        .orderBy(asc(accessChain.nth))
      const { root } = merkle(links.map(({ hash }) => hash))
      const signed = await signAlone({ day, links: links.length, root }, await signerFor(tx, { kind: 'portal' }))
      await tx.insert(accessRoots).values({ day, firstNth: links[0]?.nth ?? 0, links: links.length, root, signed })
    }
  })
}

/** What anybody needs to check that rows stand in the log: what was sealed, the way to the root of its day, and the signed root. */
export async function accessProofs(viewer: PersonViewer, rowIds: string[]) {
  const ids = [...new Set(rowIds)]
  if (ids.length === 0 || ids.length > MOST_ROWS || !ids.every(isId)) throw new NotFound()
  authorize(viewer, 'vault.view', { personId: viewer.personId })
  const links = await transaction(viewer, (tx) =>
    tx
      .select()
      .from(accessChain)
      .where(
        and(
          inArray(accessChain.rowId, ids),
          // A vendor’s staff see the links of their readings, too; a proof is for whom was read.
          sql`(exists (select 1 from access_records r where r.id = ${accessChain.rowId} and r.person_id = ${viewer.personId}::uuid)
            or exists (select 1 from access_refusals r where r.id = ${accessChain.rowId} and r.person_id = ${viewer.personId}::uuid)
            or exists (select 1 from grant_endings e where e.id = ${accessChain.rowId} and e.person_id = ${viewer.personId}::uuid))`,
        ),
      )
      .orderBy(asc(accessChain.nth)),
  )
  if (links.length < ids.length) throw new NotFound()
  const days = [...new Set(links.map(({ linkedAt }) => dayOf(linkedAt)))]
  const { roots, all } = await transaction(systemViewer('root-access'), async (tx) => ({
    roots: await tx.select().from(accessRoots).where(inArray(accessRoots.day, days)),
    all: await tx
      .select({ nth: accessChain.nth, hash: accessChain.hash, linkedAt: accessChain.linkedAt })
      .from(accessChain)
      .where(or(...days.map(onDay)))
      .orderBy(asc(accessChain.nth)),
  }))
  return links.map(({ rowId, nth, content, previousHash, hash, linkedAt }) => {
    const day = dayOf(linkedAt)
    const root = roots.find((one) => one.day === day)
    const sealed = { row: rowId, nth, content, previousHash, hash, day }
    if (!root) return { ...sealed, path: null, root: null, signed: null }
    const beside = all.filter((one) => dayOf(one.linkedAt) === day)
    const { path } = merkle(
      beside.map((one) => one.hash),
      beside.findIndex((one) => one.nth === nth),
    )
    return { ...sealed, path, root: root.root, signed: root.signed }
  })
}

const dayOf = (moment: Date) => moment.toISOString().slice(0, 10)

function onDay(day: string) {
  const start = new Date(`${day}T00:00:00Z`)
  return and(gte(accessChain.linkedAt, start), lt(accessChain.linkedAt, new Date(start.getTime() + 86_400_000)))
}
