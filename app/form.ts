import { useActionData, useRouteLoaderData } from '@remix-run/react'
import type { Refused } from './http.server'

/**
 * What a form shows again: errors beside its fields and what was typed, after a refusal or after signing in.
 * `errors` hold catalogue keys; Field says them. A form that continues a draft begins with its text.
 */
export function useForm(draft?: { newest: { fields: Record<string, string> } | null } | null): Refused {
  const refused = useActionData<Refused>()
  const root = useRouteLoaderData<{ held: Refused['values'] | null }>('root')
  if (refused && typeof refused === 'object' && 'errors' in refused) return refused
  return { errors: {}, values: root?.held ?? draft?.newest?.fields ?? {} }
}

/** The one value of a field that was typed before, or what it holds by default. */
export function typed(values: Refused['values'], name: string, byDefault = ''): string {
  const value = values[name]
  return typeof value === 'string' ? value : byDefault
}

export function typedList(values: Refused['values'], name: string, byDefault: string[] = []): string[] {
  const value = values[name]
  return value === undefined ? byDefault : typeof value === 'string' ? [value] : value
}
