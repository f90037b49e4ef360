import { useLoaderData } from '@remix-run/react'
import { AskForm } from '~/app/components/search'
import { act, load } from '~/app/http.server'
import { filesFor } from '~/server/attachments'
import { draftFor } from '~/server/drafts'
import { askPage } from '~/server/threads'
import { ChooseProductInput } from '~/server/threads/input'
import { say } from '~/words'

/** Without JavaScript: the form again, with what its product asks to be filled in. */
export const loader = load(async ({ viewer, params }) => {
  const page = await askPage(viewer, params.slug)
  const place = { kind: 'ask' as const, subjectId: page.communityId }
  const [draft, files] = await Promise.all([draftFor(viewer, place.kind, place.subjectId), filesFor(viewer, place)])
  return { ...page, draft, files }
})

export const action = act(
  ChooseProductInput,
  async ({ viewer, params, input }) => {
    await askPage(viewer, params.slug)
    const { title = '', body = '', tags = '', product = '', draftId = '', draftVersion = 0, detailFor = [], detail = [] } = input
    return { errors: {}, values: { title, body, tags, product, draftId, draftVersion: String(draftVersion), detailFor, detail } }
  },
  async ({ viewer, params }) => ({ kind: 'ask', subjectId: (await askPage(viewer, params.slug)).communityId }),
)

export const meta = () => [{ title: say('ui.pageTitle', { title: say('thread.ask.title') }) }]

export default function ChooseProductScreen() {
  return <AskForm {...useLoaderData<typeof loader>()} />
}
