import { redirect } from '@remix-run/node'
import { act, load } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { ThemeInput } from '~/server/accounts/input'

const YEAR_SECONDS = 365 * 86_400

export const loader = load(() => redirect(paths.home()))

/** The colours belong to the browser, not to the account: a cookie, so that the first byte has them. */
export const action = act(ThemeInput, async ({ input }) => {
  const kept = input.theme ? `parley_theme=${input.theme}; Max-Age=${YEAR_SECONDS}` : 'parley_theme=; Max-Age=0'
  return redirect(safeNext(input.next), { headers: { 'Set-Cookie': `${kept}; Path=/; HttpOnly; SameSite=Lax` } })
})

export default function Theme() {
  return null
}
