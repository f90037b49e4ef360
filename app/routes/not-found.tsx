import { load } from '~/app/http.server'
import { NotFound } from '~/server/errors'

/** Whatever has no address: refused inside the frame, which then still knows who is looking. */
export const loader = load((): null => {
  throw new NotFound()
})

export default function NoScreen() {
  return null
}
