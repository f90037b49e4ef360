import { redirect } from '@remix-run/node'
import { load } from '~/app/http.server'
import { publishedFile } from '~/app/published.server'
import { threadPicture } from '~/server/publishing'

/** What others show of a link to a thread; the portal's own sign where its title cannot be drawn. */
export const loader = load(async ({ request, params, from }) => {
  const picture = await threadPicture(params.number, from)
  return picture ? publishedFile(request, 'image/png', picture) : redirect('/icon-512.png')
})
