import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, ErrorSummary, PageHead, PostForm, TextArea, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { communityBySlug, communityHeader, joinCommunity } from '~/server/communities'
import { JoinInput } from '~/server/communities/input'
import { say } from '~/words'

export const loader = load(async ({ viewer, params }) => {
  personOf(viewer)
  return communityHeader(viewer, await communityBySlug(viewer, params.slug ?? ''))
})

export const action = act(JoinInput, async ({ viewer, params, input }) => {
  await joinCommunity(viewer, params.slug ?? '', input)
  return redirect(paths.community(params.slug ?? ''))
})

const titleOf = ({ access, name }: { access: string; name: string }) =>
  say(access === 'request' ? 'communities.joinAsk.title' : 'communities.join.title', { name })

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: say('ui.pageTitle', { title: data ? titleOf(data) : say('communities.title') }) },
]

export default function JoinScreen() {
  const community = useLoaderData<typeof loader>()
  const { slug, name, summary, access, rules, joinQuestion, membership } = community
  const { errors, values } = useForm()
  const asks = access === 'request'
  return (
    <Wrap>
      <PageHead title={titleOf(community)} lede={summary} crumbs={[{ to: paths.community(slug), label: name }]} />
      <div className="grid max-w-[46rem] gap-6">
        {membership ? (
          <div className="grid gap-4">
            <p>{say('communities.join.member')}</p>
            <div className="btns">
              <ButtonLink to={paths.community(slug)}>{say('communities.join.back')}</ButtonLink>
            </div>
          </div>
        ) : (
          <>
            {rules ? (
              <div>
                <h2 className="label mb-2">{say('communities.about.rules')}</h2>
                <p className="whitespace-pre-line text-ink-soft" dir="auto">
                  {rules}
                </p>
              </div>
            ) : null}
            <ErrorSummary errors={errors} labels={{ answer: joinQuestion || say('communities.answer') }} />
            <PostForm className="grid gap-6">
              {asks ? (
                <TextArea
                  label={joinQuestion || say('communities.answer.plain')}
                  name="answer"
                  rows={5}
                  optional={!joinQuestion}
                  defaultValue={typed(values, 'answer')}
                  error={errors.answer}
                  help={say('communities.answer.help')}
                />
              ) : null}
              <div className="btns">
                <Button variant="primary">{say(asks ? 'communities.ask.send' : 'communities.join')}</Button>
              </div>
              <p className="meta">{say(asks ? 'communities.ask.why' : 'communities.join.why')}</p>
            </PostForm>
          </>
        )}
      </div>
    </Wrap>
  )
}
