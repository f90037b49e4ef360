import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load, personOf } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { chooseCredit } from '~/server/ideas'
import { CreditInput } from '~/server/ideas/input'

export const loader = load(({ viewer }) => redirect(paths.person(personOf(viewer).handle)))

export const action = act(CreditInput, async ({ viewer, input }) => {
  await chooseCredit(viewer, input.named === 'yes')
  return redirect(safeNext(input.next, paths.communities()))
})

export default RefusedButton
