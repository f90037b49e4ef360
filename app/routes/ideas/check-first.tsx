import { useActionData, useLoaderData } from '@remix-run/react'
import { ProposeForm } from '~/app/components/ideas'
import { act, load } from '~/app/http.server'
import { filesFor } from '~/server/attachments'
import { draftFor } from '~/server/drafts'
import { similarIdeas } from '~/server/search'
import { CheckInput } from '~/server/search/input'
import { askPage } from '~/server/threads'
import { say } from '~/words'

/** Without JavaScript: what was proposed before, above a form that still holds everything typed. */
export const loader = load(async ({ viewer, params }) => {
  const page = await askPage(viewer, params.slug, 'idea')
  const place = { kind: 'idea' as const, subjectId: page.communityId }
  const [draft, files] = await Promise.all([draftFor(viewer, place.kind, place.subjectId), filesFor(viewer, place)])
  return { ...page, draft, files }
})

export const action = act(
  CheckInput,
  async ({ viewer, params, input }) => {
    await askPage(viewer, params.slug, 'idea')
    const { title, body = '', tags = '', product = '', draftId = '', draftVersion = 0 } = input
    const values = { title, body, tags, product, draftId, draftVersion: String(draftVersion) }
    return { errors: {}, values, similar: await similarIdeas(viewer, params.slug, title), checked: true }
  },
  async ({ viewer, params }) => ({ kind: 'idea', subjectId: (await askPage(viewer, params.slug, 'idea')).communityId }),
)

export const meta = () => [{ title: say('ui.pageTitle', { title: say('idea.form.title') }) }]

export default function CheckIdeaScreen() {
  const page = useLoaderData<typeof loader>()
  const found = useActionData<typeof action>()
  return <ProposeForm {...page} similar={found && 'similar' in found ? found.similar : []} />
}
