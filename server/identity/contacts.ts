import { sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { contacts, identityKeys, type Source } from '~/db/schema'
import { Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now, today } from '~/server/platform/clock'
import { authorize, mustBeFound } from '~/server/policy'
import { refusedBy } from '~/server/refused-by'
import { servedBy } from '~/server/served-by'
import type { PersonViewer } from '~/server/viewer'
import { saidBy } from './accounts'
import { behind, vendorServed } from './facts'
import type { ContactInput, KeyInput } from './input'
import { keyFrom, type Key } from './keys'
import { personName } from './names'

const A_YEAR = 366 * 86_400_000

type NewContact = Omit<ContactInput, 'anyway' | 'email' | 'phone'> & { id: string; keys: Key[] }

/** Keeps many at once: two statements, however many they are. Who calls has looked up whose keys these are. */
export async function insertContacts(
  tx: Tx,
  vendorId: string,
  by: { personId: string; source: Source },
  rows: NewContact[],
): Promise<void> {
  const [said, at] = [(fields: Record<string, string>) => saidBy(by.source, fields), now()]
  await tx.insert(contacts).values(
    rows.map(({ id, name, familyName = '', city = '', country, cameFrom, cameFromWords = '', basis, askBy }) => ({
      ...{ id, vendorId, ...personName(name, familyName), city, country, cameFrom, cameFromWords, basis, askBy: askBy ?? null },
      ...{ provenance: said({ name, familyName, city, country }), lastAt: at, createdBy: by.personId },
    })),
  )
  const keys = rows.flatMap(({ id: contactId, keys: theirs }) =>
    theirs.map((key) => ({ id: newId(), vendorId, contactId, ...key, source: by.source })),
  )
  if (keys.length > 0) await tx.insert(identityKeys).values(keys)
}

/** Somebody whom the vendor knows from now on. Another of the name is kept only when that is said. */
export async function keepContact(viewer: PersonViewer, vendorSlug: string, input: ContactInput): Promise<string> {
  const { email, phone, anyway, ...facts } = input
  const vendor = await vendorServed(viewer, vendorSlug)
  await countAgainst('write-down', viewer.personId)
  mustBeAskedInTime(facts)
  const keys = [typedKey('email', email, facts.country), typedKey('phone', phone, facts.country)].filter((key) => key !== null)
  const { vendorId } = vendor
  return unlessTaken('email', () =>
    transaction(viewer, async (tx) => {
      authorize(viewer, 'contact.keep', vendor)
      if (!anyway && (await isKnown(tx, vendorId, personName(facts.name).nameNorm))) throw new Invalid({ name: 'contact.alike' })
      const id = newId()
      await insertContacts(tx, vendorId, { personId: viewer.personId, source: 'staff' }, [{ ...facts, id, keys }])
      await record(tx, viewer, 'contact.kept', { contactId: id, vendorId })
      return id
    }),
  )
}

/** Another address or number of theirs. */
export async function addKey(viewer: PersonViewer, vendorSlug: string, id: string, { kind, value }: KeyInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await unlessTaken('value', () =>
    transaction(viewer, async (tx) => {
      const it = await staffContact(tx, viewer, vendorSlug, id)
      authorize(viewer, 'contact.keep', it)
      const key = keyFrom(kind, value, it.country)
      if (!key) throw new Invalid({ value: `contact.not.${kind}` })
      const { contactId, vendorId } = it
      const [added] = await tx
        .insert(identityKeys)
        .values({ id: newId(), vendorId, contactId, ...key, source: 'staff' })
        .onConflictDoNothing({ target: [identityKeys.contactId, identityKeys.kind, identityKeys.valueNorm] })
        .returning({ id: identityKeys.id })
      if (added) await record(tx, viewer, 'contact.key-added', { contactId, vendorId })
    }),
  )
}

export async function removeKey(viewer: PersonViewer, vendorSlug: string, id: string, keyId: string): Promise<void> {
  if (!isId(keyId)) throw new NotFound()
  await transaction(viewer, async (tx) => {
    const { contactId, vendorId } = await staffContact(tx, viewer, vendorSlug, id)
    authorize(viewer, 'contact.keep', { vendorId })
    const gone = await tx.execute(
      sql`delete from identity_keys where id = ${keyId} and contact_id in ${behind('contacts', contactId)} returning id`,
    )
    if (gone.length > 0) await record(tx, viewer, 'contact.key-removed', { contactId, vendorId })
  })
}

/** Nothing of them is kept: neither they, nor what was merged into them, nor where they worked. */
export async function deleteContact(viewer: PersonViewer, vendorSlug: string, id: string): Promise<void> {
  await transaction(viewer, async (tx) => {
    const { contactId, vendorId } = await staffContact(tx, viewer, vendorSlug, id)
    authorize(viewer, 'contact.keep', { vendorId })
    await tx.execute(sql`delete from contacts where id in ${behind('contacts', contactId)}`)
    await record(tx, viewer, 'contact.deleted', { contactId, vendorId })
  })
}

export type ContactHead = { contactId: string; vendorId: string; vendorSlug: string; vendorName: string; country: string }

/** A contact as its vendor’s staff find it, where it was merged the one that stands; for anybody else it does not exist. */
export async function staffContact(tx: Tx, viewer: PersonViewer, vendorSlug: string, id: string): Promise<ContactHead> {
  if (!isId(id)) throw new NotFound()
  const [found] = await tx.execute<ContactHead>(sql`
    select c.id as "contactId", c.vendor_id as "vendorId", v.slug as "vendorSlug", v.name as "vendorName", c.country
    from contacts c join vendors v on v.id = c.vendor_id where c.id = standing_contact(${id}) and v.slug = ${vendorSlug} and ${servedBy(viewer, sql`c.vendor_id`)}`)
  if (!found) throw new NotFound()
  mustBeFound(viewer, 'contact.view', found)
  return found
}

function typedKey(kind: 'email' | 'phone', typed: string | undefined, country: string): Key | null {
  const key = typed ? keyFrom(kind, typed, country) : null
  if (typed && !key) throw new Invalid({ [kind]: `contact.not.${kind}` })
  return key
}

/** Whoever is kept without a contract is asked, or deleted, within a year. */
function mustBeAskedInTime({ basis, askBy }: Pick<ContactInput, 'basis' | 'askBy'>): void {
  if (!askBy) {
    if (basis !== 'contract') throw new Invalid({ askBy: 'contact.askBy' })
  } else if (askBy < today() || Date.parse(askBy) > now().getTime() + A_YEAR) throw new Invalid({ askBy: 'contact.askBySoon' })
}

async function isKnown(tx: Tx, vendorId: string, nameNorm: string): Promise<boolean> {
  const found = await tx.execute(
    sql`select 1 from contacts where vendor_id = ${vendorId} and name_norm = ${nameNorm} and merged_into is null limit 1`,
  )
  return found.length > 0
}

async function unlessTaken<T>(field: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (refusedBy(error) === 'identity_keys_one_record') throw new Invalid({ [field]: 'contact.taken' })
    throw error
  }
}
