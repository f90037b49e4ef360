import { z } from 'zod'
import { BroughtTerms } from '~/server/agreements/input'
import { BroughtField } from '~/server/vault/input'

export const FORMAT = 'parley-export'
export const FORMAT_VERSION = 2

/** The last part of the file: what it is, from where and when, and each other part with its length and hash. */
export const Manifest = z.object({
  format: z.literal(FORMAT),
  formatVersion: z.literal(FORMAT_VERSION),
  createdAt: z.iso.datetime(),
  portal: z.string().max(200),
  files: z.array(z.object({ name: z.string().max(400), bytes: z.number().int().nonnegative(), sha256: z.string().length(64) })).max(50_000),
})

/** `vault.json`: the fields exactly, to be taken over by another portal. */
export const VaultFile = z.object({ fields: z.array(BroughtField).max(100) })
export type VaultFile = z.infer<typeof VaultFile>

/** `terms.json`. What was offered to single vendors goes along as it is, for a vendor elsewhere is another one. */
export const TermsFile = BroughtTerms.extend({ vendors: z.array(z.record(z.string().max(40), z.unknown())).max(1000) })

/** `notifications.json`, as far as it is taken over: what it says of topics is looked at where it is kept. */
export const SettingsFile = z.object({
  settings: z.unknown(),
  choices: z.unknown(),
  alerts: z
    .object({
      first: z.boolean(),
      sensitive: z.boolean(),
      refused: z.boolean(),
      most_a_day: z.number().int().min(1).max(1000).nullable(),
    })
    .nullable(),
})
export type SettingsFile = z.infer<typeof SettingsFile>

/** `keys.jwks.json`: the public keys under which what lies in the file was signed, so that it can be checked where nobody is asked. */
export const KeysFile = z.object({
  keys: z
    .array(
      z.object({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        x: z.string().max(60),
        kid: z.string().max(100),
        alg: z.literal('EdDSA'),
        use: z.literal('sig'),
      }),
    ) // prettier-ignore
    .max(5000),
})

/** Parts of records, one a line, which go along in every later file. */
export const RECORDS = [
  'earlier-values.ndjson',
  'grants.jsonld',
  'access-log.ndjson',
  'contributions.jsonld',
  'credits.jsonld',
  'drafts.ndjson',
  'private-cases.ndjson',
] as const

/** Names of parts of which there are many. */
export const SIGNED = /^(agreements|receipts)\/[0-9a-f-]{36}\.jws$/
export const ATTACHED = /^files\/[0-9a-f-]{36}\/[^/\\]{1,200}$/
