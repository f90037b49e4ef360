import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load, personOf } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { chooseRanking } from '~/server/standing'
import { RankingInput } from '~/server/standing/input'

export const loader = load(({ viewer }) => {
  personOf(viewer)
  return redirect(paths.standing())
})

export const action = act(RankingInput, async ({ viewer, input }) => {
  await chooseRanking(viewer, input.ranked === 'yes')
  return redirect(safeNext(input.next, paths.standing()))
})

export default RefusedButton
