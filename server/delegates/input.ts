import { z } from 'zod'
import { DELEGATE_SCOPES, DELEGATE_WRITES } from '~/db/kinds'
import { line, text } from '~/server/platform/text'

export { DELEGATE_SCOPES, DELEGATE_WRITES }
export type Scope = (typeof DELEGATE_SCOPES)[number]
export type Write = (typeof DELEGATE_WRITES)[number]

/** For how many days a person lets a delegate act. None acts for ever. */
export const DELEGATE_DAYS = ['1', '7', '30', '90'] as const

export const DelegateInput = z.object({
  name: line({ max: 80 }),
  scopes: z.array(z.enum(DELEGATE_SCOPES, 'notChoice')).min(1, 'delegates.chooseScopes').max(DELEGATE_SCOPES.length),
  /** Fields of the vault that it may read. */
  fields: z.array(z.string().max(60)).max(60).default([]),
  preapproved: z.array(z.enum(DELEGATE_WRITES, 'notChoice')).max(DELEGATE_WRITES.length).default([]),
  days: z.enum(DELEGATE_DAYS, 'notChoice'),
})
export type DelegateInput = z.infer<typeof DelegateInput>

/** A button, and where it sends people back to. */
export const DelegateButtonInput = z.object({ next: z.string().max(2000).optional() })

/** Why a delegate wants something, in its own words: the person reads them before they agree. */
export const whyWanted = text({ min: 3, max: 500 })
