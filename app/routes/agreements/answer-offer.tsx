import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { answerOffer } from '~/server/agreements'
import { OfferAnswerInput } from '~/server/agreements/input'

export const loader = load(({ params }) => redirect(paths.offersTo(params.vendor ?? '')))

export const action = act(OfferAnswerInput, async ({ viewer, params, input }) => {
  await answerOffer(personOf(viewer), params.vendor ?? '', params.id ?? '', input)
  return redirect(paths.offersTo(params.vendor ?? ''))
})

export default function AnswerOffer() {
  return null
}
