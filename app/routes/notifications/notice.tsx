import { redirect } from '@remix-run/node'
import { addressOf } from '~/app/components/notifications'
import { act, load, personOf } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { markRead, openNotice } from '~/server/notifications'
import { ReadInput } from '~/server/notifications/input'

/** Following a line of the inbox: read, and on to what it is about. */
export const loader = load(async ({ viewer, params }) => redirect(addressOf(await openNotice(personOf(viewer), params.id))))

export const action = act(ReadInput, async ({ viewer, params, input }) => {
  await markRead(personOf(viewer), params.id)
  return redirect(safeNext(input.next, paths.notifications()))
})

export default function NoticeButton() {
  return null
}
