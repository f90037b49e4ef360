import { useActionData, useLoaderData } from '@remix-run/react'
import { AskForm } from '~/app/components/search'
import { act, load } from '~/app/http.server'
import { filesFor } from '~/server/attachments'
import { draftFor } from '~/server/drafts'
import { similarQuestions } from '~/server/search'
import { CheckInput } from '~/server/search/input'
import { askPage } from '~/server/threads'
import { say } from '~/words'

/** Without JavaScript: what may already answer it, above a form that still holds everything typed. */
export const loader = load(async ({ viewer, params }) => {
  const page = await askPage(viewer, params.slug)
  const place = { kind: 'ask' as const, subjectId: page.communityId }
  const [draft, files] = await Promise.all([draftFor(viewer, place.kind, place.subjectId), filesFor(viewer, place)])
  return { ...page, draft, files }
})

export const action = act(
  CheckInput,
  async ({ viewer, params, input }) => {
    await askPage(viewer, params.slug)
    const { title, body = '', tags = '', product = '', draftId = '', draftVersion = 0, detailFor = [], detail = [] } = input
    const values = { title, body, tags, product, draftId, draftVersion: String(draftVersion), detailFor, detail }
    return { errors: {}, values, similar: await similarQuestions(viewer, params.slug, title), checked: true }
  },
  async ({ viewer, params }) => ({ kind: 'ask', subjectId: (await askPage(viewer, params.slug)).communityId }),
)

export const meta = () => [{ title: say('ui.pageTitle', { title: say('thread.ask.title') }) }]

export default function CheckFirstScreen() {
  const page = useLoaderData<typeof loader>()
  const found = useActionData<typeof action>()
  return <AskForm {...page} similar={found && 'similar' in found ? found.similar : []} />
}
