import { z } from 'zod'
import { isPlainText, line, optionalLine, optionalText } from '~/server/platform/text'
import { PSEUDO } from '~/words/manner'

const ADDRESS = /^[^\s<>(),;:"[\]\\@]+@[^\s<>(),;:"[\]\\@.]+(\.[^\s<>(),;:"[\]\\@.]+)+$/u

export const Address = line({ max: 254 }).refine((value) => ADDRESS.test(value), 'notEmail')

const handleOf = (min: number) =>
  line({ max: 254 })
    .transform((value) => value.toLowerCase())
    .pipe(
      z
        .string()
        .regex(/^[a-z0-9_-]*$/, 'handle.letters')
        .min(min, `tooShort:${min}`)
        .max(20, 'tooLong:20'),
    )

/** What somebody may take for themselves. */
const Handle = handleOf(3)
/** What the command line and the demo world may give: there are people called Bo. */
export const GivenHandle = handleOf(2)

/** Exactly as typed: nothing is trimmed, folded or cut. */
export const NewPassword = z
  .string({ error: 'required' })
  .min(1, 'required')
  .refine(isPlainText, 'notText')
  .refine((value) => [...value].length >= 10, 'tooShort:10')
  .refine((value) => [...value].length <= 200, 'tooLong:200')

/** One that somebody claims is theirs already; bounded only so that nothing endless is hashed. */
const GivenPassword = z.string({ error: 'required' }).min(1, 'required').max(1000, 'tooLong:200')

const next = z.string().max(2000).optional().catch(undefined)

export const SignUpInput = z.object({ email: Address, handle: Handle, displayName: optionalLine({ max: 60 }), password: NewPassword, next })
export type SignUpInput = z.infer<typeof SignUpInput>

export const SignInInput = z.object({ email: line({ max: 254 }), password: GivenPassword, next })
export type SignInInput = z.infer<typeof SignInInput>

export const ProfileInput = z.object({ displayName: line({ max: 60 }), about: optionalText({ max: 2000 }) })
export type ProfileInput = z.infer<typeof ProfileInput>

export const ForgotPasswordInput = z.object({ email: Address })
export const ChangeEmailInput = z.object({ email: Address })
export const ResetPasswordInput = z.object({ password: NewPassword })
export const ChangePasswordInput = z.object({ currentPassword: GivenPassword, password: NewPassword })
const Code = line({ max: 40 })

/** What a browser hands over of a passkey, as the words of a form: bounded, and of the shape that the library reads. */
const signedBy = <S extends z.ZodType>(response: S) =>
  z
    .string({ error: 'passkey.none' })
    .min(1, 'passkey.none')
    .max(20_000, 'passkey.wrong')
    .transform((value, context) => {
      const said = z.object({ id: Base64, rawId: Base64, type: z.literal('public-key'), response }).safeParse(parsed(value))
      if (said.success) return { ...said.data, clientExtensionResults: {} }
      context.addIssue({ code: 'custom', message: 'passkey.wrong' })
      return z.NEVER
    })
const Base64 = z.string().max(16_000)
const Passkey = signedBy(z.object({ clientDataJSON: Base64, authenticatorData: Base64, signature: Base64, userHandle: Base64.optional() }))
const NewPasskey = signedBy(z.object({ clientDataJSON: Base64, attestationObject: Base64 }))

function parsed(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return null
  }
}

export const JoinInput = z.object({ email: Address, handle: Handle, displayName: optionalLine({ max: 60 }) })
export type JoinInput = z.infer<typeof JoinInput>

const Domain = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/
export const ProviderInput = z.object({
  name: line({ max: 60 }),
  issuer: line({ max: 400 }),
  clientId: line({ max: 400 }),
  clientSecret: z.string({ error: 'required' }).max(1000, 'tooLong:1000').refine(isPlainText, 'notText'),
  domains: optionalLine({ max: 1000 }).transform((value, context) => {
    const domains = (value ?? '')
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean)
    if (domains.every((domain) => Domain.test(domain))) return domains
    context.addIssue({ code: 'custom', message: 'provider.domains' })
    return z.NEVER
  }),
})
export type ProviderInput = z.infer<typeof ProviderInput>

const PasskeyName = line({ max: 60 })
export const NewPasskeyInput = z.object({ name: PasskeyName, credential: NewPasskey })
export type NewPasskeyInput = z.infer<typeof NewPasskeyInput>
export const PasskeyNameInput = z.object({ name: PasskeyName })
export const PasskeySignInInput = z.object({ credential: Passkey, next })
export const SecondStepInput = z.object({ code: Code, next })
export const SetUpAppInput = z.object({ code: Code })
export const ProofInput = z.object({
  password: z.string().max(1000, 'tooLong:200').optional(),
  code: optionalLine({ max: 40 }),
  credential: Passkey.or(z.literal('')).optional(),
  next,
})
export const ThemeInput = z.object({ theme: z.enum(['', 'light', 'dark']), next })
export const WordsInput = z.object({ words: z.enum(['', ...PSEUDO]), next })
export const ButtonInput = z.object({ next })
export const SignInAsInput = z.object({ handle: z.string().max(60), next })
