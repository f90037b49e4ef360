import { transaction } from '~/db/client'
import { Forbidden, Invalid, Refusal } from '~/server/errors'
import { countAgainst } from '~/server/limits'
import { publicOrigins } from '~/server/platform/env'
import { searchPage } from '~/server/search'
import { ATTRIBUTE_KEYS, ownFields, ownGrants } from '~/server/vault'
import { whyWanted, type Scope, type Write } from './input'
import { used, type Delegate } from './knowing'
import { want } from './wishes'

type Tool = Parameters<typeof used>[2]['tool']

const at = (path: string) => `${publicOrigins()[0] ?? ''}${path}`

/** Counted, allowed by the scope, or refused and written down. */
async function may(delegate: Delegate, scope: Scope, tool: Tool): Promise<void> {
  await countAgainst('delegate-call', delegate.viewer.personId)
  if (delegate.scopes.includes(scope)) return
  await refused(delegate, tool)
  throw new Forbidden('delegates.noScope', { scope })
}

const refused = (delegate: Delegate, tool: Tool, fields: string[] = []) =>
  transaction(delegate.viewer, (tx) => used(tx, delegate, { tool, outcome: 'refused', fields }))

/** The fields that the person named for this delegate, and no others. Each reading is written down before it is answered. */
export async function readVault(delegate: Delegate, asked?: string[]) {
  await may(delegate, 'vault:read', 'read_vault')
  const wanted = asked && asked.length > 0 ? [...new Set(asked)] : delegate.fields
  const denied = wanted.filter((key) => !delegate.fields.includes(key))
  if (denied.length > 0) {
    // What is no field was typed by the agent, and is not repeated to the person.
    await refused(
      delegate,
      'read_vault',
      ATTRIBUTE_KEYS.filter((key) => denied.includes(key)),
    )
    throw new Forbidden('delegates.noField')
  }
  const fields = (await ownFields(delegate.viewer)).filter(({ key }) => wanted.includes(key))
  await transaction(delegate.viewer, (tx) =>
    used(tx, delegate, { tool: 'read_vault', outcome: 'done', fields: fields.map(({ key }) => key) }),
  )
  return {
    fields: fields.map(({ key, label, value, confirmedAt }) => ({
      field: key,
      ...(label ? { label } : {}),
      value,
      confirmed: confirmedAt.toISOString(),
    })),
  }
}

/** What vendors may read, for what and until when. */
export async function listGrants(delegate: Delegate) {
  await may(delegate, 'grants:read', 'list_grants')
  const live = await ownGrants(delegate.viewer)
  await transaction(delegate.viewer, (tx) => used(tx, delegate, { tool: 'list_grants', outcome: 'done' }))
  return {
    grants: live.map(({ id, vendor, keys, purpose, endsAt }) => ({
      vendor: vendor.slug,
      fields: keys,
      purpose,
      until: endsAt.toISOString(),
      page: at(`/me/grants/${id}`),
    })),
  }
}

/** What the communities that the person may read say already. */
export async function findAnswers(delegate: Delegate, text: string) {
  await may(delegate, 'questions:read', 'find_answers')
  const { results } = await searchPage(delegate.viewer, { q: text, kind: 'question' })
  await transaction(delegate.viewer, (tx) => used(tx, delegate, { tool: 'find_answers', outcome: 'done' }))
  return {
    questions: results.map(({ title, state, answerCount, slug, number, snippet }) => ({
      title,
      state,
      answers: answerCount,
      excerpt: snippet.map((piece) => piece.text).join(''),
      page: at(`/c/${slug}/${number}`),
    })),
  }
}

/** Drafts a grant or a question in the person's name. */
export async function wish(delegate: Delegate, scope: Write, wanted: unknown, why: string) {
  const tool = scope === 'grants:write' ? 'draft_grant' : 'ask_question'
  await may(delegate, scope, tool)
  const reason = whyWanted.safeParse(why)
  if (!reason.success) throw new Invalid({ why: reason.error.issues[0]?.message ?? 'invalid' })
  try {
    const { outcome, path } = await want(delegate, scope, wanted, reason.data)
    return { status: outcome === 'done' ? 'done' : 'waiting_for_confirmation', page: at(path) }
  } catch (error) {
    if (error instanceof Refusal) await refused(delegate, tool)
    throw error
  }
}
