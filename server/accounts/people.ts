import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { accountEmails, handles, passwords, people } from '~/db/schema'
import { Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { systemViewer, type Viewer } from '~/server/viewer'
import { sameAddress } from './addresses'
import { Address, GivenHandle } from './input'
import { hashPassword } from './password-hashing'
import { isReserved, weakness } from './rules'

type NewPerson = {
  email: string
  handle: string
  displayName?: string
  password?: string
  /** In place of a password, where it was hashed before the transaction. */
  passwordHash?: string
  confirmed?: boolean
  operator?: boolean
}

/** A person with their first handle. Whoever confirms nothing only claims the address. */
export async function createPerson(tx: Tx, given: NewPerson, viewer: Viewer = systemViewer('accounts')) {
  const address = Address.safeParse(given.email)
  if (!address.success) throw new Invalid({ email: 'notEmail' })
  const handle = await freeHandle(given.handle, tx)
  const addressNorm = sameAddress(address.data)
  const weak = given.password && weakness(given.password, { handle, address: addressNorm })
  if (weak) throw new Invalid({ password: weak })
  if (given.confirmed && (await ownerOf(addressNorm, tx))) throw new Invalid({ email: 'taken' })

  const personId = newId()
  const handleId = newId()
  const createdAt = now()
  await tx.insert(people).values({ id: personId, isOperator: given.operator ?? false, createdAt })
  const made = await tx
    .insert(handles)
    .values({ id: handleId, kind: 'member', personId, handle, displayName: given.displayName?.trim() || given.handle.trim(), createdAt })
    .onConflictDoNothing()
    .returning({ id: handles.id })
  if (made.length === 0) throw new Invalid({ handle: 'taken' })
  await tx
    .insert(accountEmails)
    .values({ id: newId(), personId, address: address.data, addressNorm, confirmedAt: given.confirmed ? createdAt : null, createdAt })
  const hash = given.passwordHash ?? (given.password ? await hashPassword(given.password) : null)
  if (hash) await tx.insert(passwords).values({ personId, hash, changedAt: createdAt })

  await record(tx, viewer, 'person.signed-up', { personId })
  if (given.confirmed) await record(tx, viewer, 'email.confirmed', { personId })
  if (given.operator) await record(tx, viewer, 'operator.appointed', { personId })
  return { personId, handleId, handle, address: address.data }
}

/** The handle as it is kept, when nobody has it and nothing forbids it. */
export async function freeHandle(wanted: string, tx: Pick<Tx, 'select'> = db): Promise<string> {
  const handle = GivenHandle.safeParse(wanted)
  if (!handle.success) throw new Invalid({ handle: handle.error.issues[0]?.message ?? 'invalid' })
  if (isReserved(handle.data)) throw new Invalid({ handle: 'handle.reserved' })
  const [taken] = await tx
    .select({ id: handles.id })
    .from(handles)
    .where(eq(sql`lower(${handles.handle})`, handle.data))
    .limit(1)
  if (taken) throw new Invalid({ handle: 'taken' })
  return handle.data
}

/** Where to write to somebody, as whom they know themselves, and by their clock. */
const toWrite = {
  personId: accountEmails.personId,
  address: accountEmails.address,
  handle: sql<string>`${handles.handle}`,
  timeZone: people.timeZone,
}

/** Who has confirmed an address, if anybody. */
export async function ownerOf(addressNorm: string, tx: Pick<Tx, 'select'> = db) {
  const [owner] = await tx
    .select(toWrite)
    .from(accountEmails)
    .innerJoin(people, eq(people.id, accountEmails.personId))
    .innerJoin(handles, eq(handles.personId, accountEmails.personId))
    .where(and(eq(accountEmails.addressNorm, addressNorm), isNotNull(accountEmails.confirmedAt)))
    .limit(1)
  return owner ?? null
}

/** A member by handle, however it is capitalised. Imported authors have no handle. */
export async function personByHandle(handle: string, tx: Pick<Tx, 'select'> = db) {
  if (!/^[\w-]{1,60}$/.test(handle)) return null
  const [found] = await tx
    .select({
      personId: people.id,
      handleId: handles.id,
      handle: sql<string>`${handles.handle}`,
      displayName: handles.displayName,
      about: handles.aboutHtml,
      since: people.createdAt,
    })
    .from(handles)
    .innerJoin(people, eq(people.id, handles.personId))
    .where(and(eq(sql`lower(${handles.handle})`, handle.toLowerCase()), eq(handles.kind, 'member'), eq(people.status, 'member')))
    .limit(1)
  return found ?? null
}

/** Where to write to somebody about their account. */
export async function mailTo(personId: string, tx: Pick<Tx, 'select'> = db) {
  const [to] = await tx
    .select(toWrite)
    .from(accountEmails)
    .innerJoin(people, eq(people.id, accountEmails.personId))
    .innerJoin(handles, eq(handles.personId, accountEmails.personId))
    .where(eq(accountEmails.personId, personId))
    .limit(1)
  return to ?? null
}
