import { useActionData, useLoaderData } from '@remix-run/react'
import { ProposeForm } from '~/app/components/ideas'
import { act, load } from '~/app/http.server'
import { CheckIdeaInput } from '~/server/ideas/input'
import { similarIdeas } from '~/server/search'
import { askPage } from '~/server/threads'
import { say } from '~/words'

/** Without JavaScript: what was proposed before, above a form that still holds everything typed. */
export const loader = load(({ viewer, params }) => askPage(viewer, params.slug, 'idea'))

export const action = act(CheckIdeaInput, async ({ viewer, params, input }) => {
  await askPage(viewer, params.slug, 'idea')
  const { title, body = '', tags = '', product = '' } = input
  return { errors: {}, values: { title, body, tags, product }, similar: await similarIdeas(viewer, params.slug, title), checked: true }
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('idea.form.title') }) }]

export default function CheckIdeaScreen() {
  const page = useLoaderData<typeof loader>()
  const found = useActionData<typeof action>()
  return <ProposeForm {...page} similar={found && 'similar' in found ? found.similar : []} />
}
