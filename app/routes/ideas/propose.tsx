import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ProposeForm } from '~/app/components/ideas'
import { draftDrawn } from '~/app/draft-places.server'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { filesFor } from '~/server/attachments'
import { draftFor } from '~/server/drafts'
import { proposeIdea } from '~/server/ideas'
import { similarIdeas } from '~/server/search'
import { askPage } from '~/server/threads'
import { AskInput } from '~/server/threads/input'
import { say } from '~/words'

export const loader = load(async ({ viewer, params, url }) => {
  const page = await askPage(viewer, params.slug, 'idea')
  const title = url.searchParams.get('title')?.slice(0, 150) ?? ''
  const place = { kind: 'idea' as const, subjectId: page.communityId }
  const [similar, draft, files] = await Promise.all([
    similarIdeas(viewer, params.slug, title),
    draftFor(viewer, place.kind, place.subjectId),
    filesFor(viewer, place),
  ])
  return { ...page, title, similar, draft, files, drawn: await draftDrawn(viewer, draft, url) }
})

export const action = act(
  AskInput,
  async ({ viewer, params, input }) => {
    const idea = await proposeIdea(viewer, params.slug, input)
    return redirect(paths.thread(idea.slug, idea.number, input.title))
  },
  async ({ viewer, params }) => ({ kind: 'idea', subjectId: (await askPage(viewer, params.slug, 'idea')).communityId }),
)

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('idea.form.title') }) }]

export default function ProposeScreen() {
  return <ProposeForm {...useLoaderData<typeof loader>()} />
}
