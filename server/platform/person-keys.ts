import { eq, ne, notInArray, sql } from 'drizzle-orm'
import { randomBytes } from 'node:crypto'
import { transaction, type Tx } from '~/db/client'
import { personKeys } from '~/db/schema'
import { closed, opened } from './closed'
import { env } from './env'
import { log } from './log'
import { masterKey, masterKeyFile, masterKeys } from './master-keys'

const AT_A_TIME = 500

export type WrappedKey = { masterKeyId: string; wrapped: string }

/** What a person keeps is sealed under a key of their own, wrapped by the portal’s. Without the row nothing of theirs opens again; a backup from before still holds the row, wrapped, and is erased again where it is restored. */
export async function keyOf(tx: Tx, personId: string): Promise<Buffer> {
  const kept = await wrappedKeyOf(tx, personId)
  if (kept) return unwrapKey(personId, kept)
  await tx
    .insert(personKeys)
    .values({ personId, ...wrapKey(personId, randomBytes(32)) })
    .onConflictDoNothing()
  const made = await wrappedKeyOf(tx, personId)
  if (!made) throw new Error('The key of a person could not be made.')
  return unwrapKey(personId, made)
}

/** Erasure: from here on nothing that was sealed for them can be opened. */
export async function destroyKeyOf(tx: Tx, personId: string): Promise<void> {
  await tx.delete(personKeys).where(eq(personKeys.personId, personId))
}

export function unwrapKey(personId: string, { masterKeyId, wrapped }: WrappedKey): Buffer {
  return open(masterKey(masterKeyId).key, `person-key\0${personId}`, wrapped)
}

/** Who it belongs to and which field it is are part of the seal: nothing can be moved to another row. */
export function sealValue(key: Buffer, personId: string, field: string, value: string): string {
  return close(key, `${personId}\0${field}`, Buffer.from(value))
}

export function openValue(key: Buffer, personId: string, field: string, sealed: string): string {
  return open(key, `${personId}\0${field}`, sealed).toString()
}

/** For what belongs to nobody in particular: sealed under the master key in use, which is named in front. */
export function sealUnderMaster(bound: string, secret: string): string {
  const [current] = masterKeys()
  return `${underMaster(current.id)}${close(current.key, bound, Buffer.from(secret))}`
}

export function openUnderMaster(bound: string, sealed: string): string {
  const [, id = '', closed = ''] = sealed.split('.')
  return open(masterKey(id).key, bound, closed).toString()
}

/** How everything begins that is sealed under this master key. */
export const underMaster = (id: string) => `m.${id}.`

/**
 * Asked at start, before anything new is sealed: are all keys there under which people’s own are wrapped? With a database that outlives its
 * folder the file beside the data may be another one. Throws, in words for whoever runs the portal.
 */
export async function mustHoldMasterKeys(): Promise<void> {
  const held = masterKeys().map(({ id }) => id)
  const [lacking] = await transaction({ kind: 'system', job: 'look-at-keys' }, (tx) =>
    tx.select({ id: personKeys.masterKeyId }).from(personKeys).where(notInArray(personKeys.masterKeyId, held)).limit(1),
  )
  if (lacking)
    throw new Error(
      `Vaults in this database are sealed under the key “${lacking.id}”, which is not at hand. Give it as PARLEY_VAULT_KEY, or put back ${masterKeyFile()}.`,
    )
  if (env.DATABASE_URL && !env.PARLEY_VAULT_KEY)
    log.warn(
      `the key of the vaults is in ${masterKeyFile()}: keep a copy, and give it as PARLEY_VAULT_KEY before another machine serves this database`,
    )
}

/** Wraps every person’s key under the master key in use. What is sealed under them stays as it is. Returns how many were wrapped anew. */
export async function rewrapKeys(): Promise<number> {
  const [current] = masterKeys()
  for (let done = 0; ;) {
    const wrapped = await transaction({ kind: 'system', job: 'rewrap-keys' }, async (tx) => {
      const rows = await tx
        .select()
        .from(personKeys)
        .where(ne(personKeys.masterKeyId, current.id))
        .limit(AT_A_TIME)
        .for('update', { skipLocked: true })
      for (const row of rows)
        await tx
          .update(personKeys)
          .set({ ...wrapKey(row.personId, unwrapKey(row.personId, row)), wrappedAt: sql`now()` })
          .where(eq(personKeys.personId, row.personId))
      return rows.length
    })
    done += wrapped
    if (wrapped === 0) return done
  }
}

async function wrappedKeyOf(tx: Tx, personId: string): Promise<WrappedKey | undefined> {
  const [row] = await tx
    .select({ masterKeyId: personKeys.masterKeyId, wrapped: personKeys.wrapped })
    .from(personKeys)
    .where(eq(personKeys.personId, personId))
  return row
}

function wrapKey(personId: string, key: Buffer): WrappedKey {
  const [current] = masterKeys()
  return { masterKeyId: current.id, wrapped: close(current.key, `person-key\0${personId}`, key) }
}

const close = (key: Buffer, bound: string, secret: Buffer) => closed(key, bound, secret).toString('base64url')
const open = (key: Buffer, bound: string, sealed: string) => opened(key, bound, Buffer.from(sealed, 'base64url'))
