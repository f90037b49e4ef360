import { redirect, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { DraftKeeper, DraftNote, formOf } from '~/app/components/drafts'
import { Silenced } from '~/app/components/frame'
import { Comments, PostBody } from '~/app/components/threads'
import { Byline } from '~/app/components/people'
import { Button, ButtonLink, Crumbs, ErrorSummary, MarkdownField, PostForm, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { draftDrawn } from '~/app/draft-places.server'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { draftFor } from '~/server/drafts'
import { commentOn, commentsPage } from '~/server/threads'
import { CommentInput } from '~/server/threads/input'
import { say } from '~/words'
import { sayDay, sayTime } from '~/words/dates'

export const loader = load(async ({ viewer, params, url }) => {
  const page = await commentsPage(viewer, params.postId)
  const draft = page.post.may.comment ? await draftFor(viewer, 'comment', page.post.postId) : null
  return { ...page, draft, drawn: await draftDrawn(viewer, draft, url), signedIn: viewer.kind === 'person' }
})

export const action = act(CommentInput, async ({ viewer, params, input }) => {
  const comment = await commentOn(viewer, params.postId ?? '', input)
  return redirect(paths.post(comment.slug, comment.number, comment.postId))
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: say('ui.pageTitle', { title: `${say('thread.comment.title')}, ${data?.title ?? ''}` }) },
]

export default function CommentsScreen() {
  const { slug, number, title, communityId, communityName, locked, post, opening, draft, drawn, signedIn } = useLoaderData<typeof loader>()
  const { errors, values } = useForm(draft)
  const back = paths.post(slug, number, post.postId)
  return (
    <Wrap>
      <Crumbs
        items={[
          { to: paths.community(slug), label: communityName },
          { to: paths.thread(slug, number, title), label: title },
        ]}
      />
      <h1 className="title pt-3 pb-7">{say('thread.comment.title')}</h1>
      <div className="max-w-[46rem]">
        {post.by && post.html !== null ? (
          <>
            <Byline who={post.by}>
              {say(opening ? 'thread.askedOn' : 'thread.answeredOn', { day: sayDay(post.createdAt), time: sayTime(post.createdAt) })}
            </Byline>
            <div className="mt-3">
              <PostBody html={post.html} />
            </div>
          </>
        ) : (
          <p className="soft">{say('thread.gap')}</p>
        )}
        {post.comments.length > 0 ? (
          <Comments comments={post.comments} label={say('thread.comment.title')} />
        ) : (
          <p className="meta mt-6">{say('thread.comment.none')}</p>
        )}
        {post.may.comment || (!signedIn && !locked) ? (
          <div className="mt-8">
            <DraftNote draft={draft} />
            <PostForm className="grid gap-4" action={paths.commentOn(post.postId)} key={formOf(draft)}>
              <ErrorSummary errors={errors} labels={{ body: say('thread.comment.yours') }} />
              <MarkdownField
                label={say('thread.comment.yours')}
                name="body"
                place={{ kind: 'comment', subjectId: post.postId }}
                rows={4}
                required
                maxLength={3000}
                help={say('thread.comment.help')}
                defaultValue={typed(values, 'body')}
                error={errors.body}
              />
              <Silenced communityId={communityId} />
              <div className="btns">
                <Button variant="primary">{say('thread.comment.send')}</Button>
                <ButtonLink variant="quiet" to={back}>
                  {say('thread.comment.back')}
                </ButtonLink>
              </div>
              <DraftKeeper draft={draft} values={values} drawn={drawn} preview />
            </PostForm>
          </div>
        ) : (
          <p className="mt-8">
            <Link className="underline" to={back}>
              {say('thread.comment.back')}
            </Link>
          </p>
        )}
      </div>
    </Wrap>
  )
}
