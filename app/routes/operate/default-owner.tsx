import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { nameDefaultOwner } from '~/server/vendors'
import { StaffHandleInput } from '~/server/vendors/input'

export const loader = load(({ params }) => redirect(paths.operateVendor(params.slug ?? '')))

export const action = act(StaffHandleInput, async ({ viewer, params, input }) => {
  await nameDefaultOwner(viewer, params.slug ?? '', input)
  return redirect(paths.operateVendor(params.slug ?? ''))
})

export default RefusedButton
