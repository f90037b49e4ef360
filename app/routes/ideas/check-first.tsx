import { useActionData, useLoaderData } from '@remix-run/react'
import { ProposeForm } from '~/app/components/ideas'
import { act, load } from '~/app/http.server'
import { draftFor } from '~/server/drafts'
import { similarIdeas } from '~/server/search'
import { CheckInput } from '~/server/search/input'
import { askPage } from '~/server/threads'
import { say } from '~/words'

/** Without JavaScript: what was proposed before, above a form that still holds everything typed. */
export const loader = load(async ({ viewer, params }) => {
  const page = await askPage(viewer, params.slug, 'idea')
  return { ...page, draft: await draftFor(viewer, 'idea', page.communityId) }
})

export const action = act(CheckInput, async ({ viewer, params, input }) => {
  await askPage(viewer, params.slug, 'idea')
  const { title, body = '', tags = '', product = '', draftId = '', draftVersion = 0 } = input
  const values = { title, body, tags, product, draftId, draftVersion: String(draftVersion) }
  return { errors: {}, values, similar: await similarIdeas(viewer, params.slug, title), checked: true }
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('idea.form.title') }) }]

export default function CheckIdeaScreen() {
  const page = useLoaderData<typeof loader>()
  const found = useActionData<typeof action>()
  return <ProposeForm {...page} similar={found && 'similar' in found ? found.similar : []} />
}
