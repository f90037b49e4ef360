import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { callBackErasure } from '~/server/erasure'
import { NothingInput } from '~/server/erasure/input'

export const loader = load(() => redirect(paths.erasure()))

export const action = act(NothingInput, async ({ viewer }) => {
  await callBackErasure(personOf(viewer))
  return redirect(paths.erasure())
})

export default function CallBackErasure() {
  return null
}
