import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { delegates } from '~/db/schema'
import { Conflict, Invalid } from '~/server/errors'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { line } from '~/server/platform/text'
import { DELEGATE_SCOPES, type Scope } from './input'
import { hashOf, LONGEST_CHAIN, newToken, used, type Delegate } from './knowing'

/** What is handed on ends soon: whoever has the first token can ask again. */
const LONGEST_SECONDS = 3600

/**
 * A delegate lets another act for it (RFC 8693), never with more than it has itself and for an hour at most. What writes waits for the
 * person, whatever they approved beforehand for the first one: they did not choose this one.
 */
export async function handOn(
  delegate: Delegate,
  wanted: { name: string; scope?: string },
): Promise<{ token: string; scopes: Scope[]; seconds: number }> {
  await countAgainst('delegate-call', delegate.viewer.personId)
  const name = line({ max: 80 }).safeParse(wanted.name)
  if (!name.success) throw new Invalid({ client_id: name.error.issues[0]?.message ?? 'invalid' })
  const asked = wanted.scope?.split(' ').filter(Boolean) ?? delegate.scopes
  const scopes = DELEGATE_SCOPES.filter((scope) => asked.includes(scope))
  if (scopes.length === 0 || scopes.length < new Set(asked).size || !scopes.every((scope) => delegate.scopes.includes(scope)))
    throw new Invalid({ scope: 'delegates.notYours' })
  if (delegate.actors.length >= LONGEST_CHAIN) throw new Conflict('delegates.longestChain')
  const at = now()
  const expiresAt = new Date(Math.min(delegate.expiresAt.getTime(), at.getTime() + LONGEST_SECONDS * 1000))
  const token = newToken()
  await transaction(delegate.viewer, async (tx) => {
    await tx.insert(delegates).values({
      id: newId(),
      personId: delegate.viewer.personId,
      parentId: delegate.id,
      name: name.data,
      scopes,
      fields: scopes.includes('vault:read') ? delegate.fields : [],
      preapproved: [],
      tokenHash: hashOf(token),
      createdAt: at,
      expiresAt,
    })
    await used(tx, delegate, { tool: 'hand_on', outcome: 'done' })
  })
  return { token, scopes, seconds: Math.floor((expiresAt.getTime() - at.getTime()) / 1000) }
}
