import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { caseAddress, publishAnswer } from '~/server/cases'
import { DecideAnswerInput } from '~/server/cases/input'

export const loader = load(async ({ viewer, params }) => redirect(paths.caseOf(await caseAddress(personOf(viewer), params.id))))

export const action = act(DecideAnswerInput, async ({ viewer, params, input }) => {
  const { slug, number, postId } = await publishAnswer(personOf(viewer), params.id, input.answer)
  return redirect(paths.post(slug, number, postId))
})

export default RefusedButton
