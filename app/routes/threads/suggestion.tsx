import { redirect, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Who } from '~/app/components/people'
import { ChangedLines } from '~/app/components/threads'
import { ActionButton, Banner, Button, Check, ErrorSummary, PageHead, PostForm, Section, TextArea, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { refuseSuggestion, suggestionPage } from '~/server/threads'
import { RefuseEditInput } from '~/server/threads/input'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const loader = load(({ viewer, params }) => suggestionPage(viewer, params.id))

export const action = act(RefuseEditInput, async ({ viewer, params, input }) => {
  const post = await refuseSuggestion(viewer, params.id, input.answer)
  return redirect(paths.post(post.slug, post.number, post.postId))
})

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('thread.suggestion.title') }) }]

export default function SuggestionScreen() {
  const suggestion = useLoaderData<typeof loader>()
  useLive([`thread:${suggestion.threadId}`])
  const { suggestionId, slug, number, postId, by, reason, state, decidedBy, decidedAt, answer, stale, lines, may } = suggestion
  const { errors, values } = useForm()
  const post = paths.post(slug, number, postId)
  return (
    <Wrap>
      <PageHead
        title={say('thread.suggestion.title')}
        lede={say('thread.suggestion.lede', { reason })}
        crumbs={[{ to: post, label: suggestion.threadTitle }]}
      >
        <p className="mt-3 flex flex-wrap items-center gap-x-3">
          <Who who={by} to={by.handle ? paths.person(by.handle) : undefined} />
          <span className="meta">{say('thread.suggestion.on', { day: sayDay(suggestion.createdAt) })}</span>
        </p>
      </PageHead>
      <div className="grid max-w-[52rem] gap-8">
        {state === 'waiting' ? null : (
          <Banner kind={state === 'accepted' ? 'success' : 'plain'} end={<Link to={post}>{say('thread.suggestion.back')}</Link>}>
            {say(`thread.suggestion.${state}`, { who: decidedBy?.displayName ?? '', day: decidedAt ? sayDay(decidedAt) : '' })}{' '}
            {answer ? <span className="wrap-anywhere">“{answer}”</span> : null}
          </Banner>
        )}
        {stale ? <Banner kind="caution">{say('thread.suggestion.stale')}</Banner> : null}
        <ChangedLines lines={lines} label={say('thread.suggestion.lines')} />
        {may.decide ? (
          <>
            {stale ? null : (
              <div className="btns">
                <ActionButton
                  action={paths.acceptSuggestion(suggestionId)}
                  label={say('thread.suggestion.accept')}
                  icon={Check}
                  variant="primary"
                  next={paths.suggestion(suggestionId)}
                />
                <span className="meta">{say('thread.suggestion.accept.help', { who: by.displayName })}</span>
              </div>
            )}
            <Section title={say('thread.suggestion.refuse')} id="refuse" thin>
              <PostForm className="grid gap-4" action={paths.suggestion(suggestionId)}>
                <ErrorSummary errors={errors} labels={{ answer: say('thread.suggestion.why') }} />
                <TextArea
                  label={say('thread.suggestion.why')}
                  name="answer"
                  help={say('thread.suggestion.why.help', { who: by.displayName })}
                  required
                  rows={3}
                  maxLength={500}
                  defaultValue={typed(values, 'answer')}
                  error={errors.answer}
                />
                <div className="btns">
                  <Button>{say('thread.suggestion.refuse.send')}</Button>
                </div>
              </PostForm>
            </Section>
          </>
        ) : may.withdraw ? (
          <div className="btns">
            <ActionButton action={paths.withdrawSuggestion(suggestionId)} label={say('thread.suggestion.withdraw')} />
            <Link className="btn-text" to={paths.suggestEdit(postId)}>
              {say('thread.suggestion.change')}
            </Link>
          </div>
        ) : null}
      </div>
    </Wrap>
  )
}
