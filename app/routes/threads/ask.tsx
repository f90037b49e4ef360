import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Answered, AskForm } from '~/app/components/search'
import { draftDrawn } from '~/app/draft-places.server'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { filesFor } from '~/server/attachments'
import { draftFor } from '~/server/drafts'
import { answeredBy, similarQuestions } from '~/server/search'
import { askPage, askQuestion, threadIdOf } from '~/server/threads'
import { AskInput } from '~/server/threads/input'
import { say } from '~/words'

export const loader = load(async ({ viewer, params, url }) => {
  const page = await askPage(viewer, params.slug)
  const title = url.searchParams.get('title')?.slice(0, 150) ?? ''
  const answered = url.searchParams.get('answered')
  const [similar, draft, by, files] = await Promise.all([
    similarQuestions(viewer, params.slug, title),
    draftFor(viewer, 'ask', page.communityId),
    answered ? answeredBy(viewer, answered, threadIdOf) : null,
    filesFor(viewer, { kind: 'ask', subjectId: page.communityId }),
  ])
  return { ...page, title, similar, draft, files, drawn: await draftDrawn(viewer, draft, url), answeredBy: by }
})

export const action = act(
  AskInput,
  async ({ viewer, params, input }) => {
    const question = await askQuestion(viewer, params.slug, input)
    return redirect(paths.thread(question.slug, question.number, input.title))
  },
  async ({ viewer, params }) => ({ kind: 'ask', subjectId: (await askPage(viewer, params.slug)).communityId }),
)

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('thread.ask.title') }) }]

export default function AskScreen() {
  const { answeredBy, ...page } = useLoaderData<typeof loader>()
  return answeredBy ? <Answered slug={page.slug} name={page.name} by={answeredBy} /> : <AskForm {...page} />
}
