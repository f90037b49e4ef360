import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DraftKeeper, DraftNote, formOf } from '~/app/components/drafts'
import { Button, ButtonLink, ErrorSummary, MarkdownField, PageHead, PostForm, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { draftDrawn } from '~/app/draft-places.server'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { draftFor } from '~/server/drafts'
import { suggestEdit, suggestEditPage } from '~/server/threads'
import { SuggestEditInput } from '~/server/threads/input'
import { say } from '~/words'

export const loader = load(async ({ viewer, params, url }) => {
  const post = await suggestEditPage(viewer, params.postId)
  const draft = await draftFor(viewer, 'suggestion', post.postId)
  return { ...post, draft, drawn: await draftDrawn(viewer, draft, url) }
})

export const action = act(SuggestEditInput, async ({ viewer, params, input }) => {
  const { suggestionId } = await suggestEdit(viewer, params.postId, input)
  return redirect(paths.suggestion(suggestionId))
})

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('thread.suggest.title') }) }]

export default function SuggestEditScreen() {
  const post = useLoaderData<typeof loader>()
  const { draft } = post
  const { errors, values } = useForm(draft)
  // A draft goes on from the version it began with; after a refusal one has seen how it stands now.
  const version = Object.keys(errors).length > 0 ? post.version : Number(typed(values, 'version', String(post.version)))
  return (
    <Wrap>
      <PageHead
        title={say('thread.suggest.title')}
        lede={say('thread.suggest.lede')}
        crumbs={[{ to: paths.post(post.slug, post.number, post.postId), label: post.threadTitle }]}
      />
      <DraftNote draft={draft} />
      <PostForm className="grid max-w-[720px] gap-6" action={paths.suggestEdit(post.postId)} fields={{ version }} key={formOf(draft)}>
        <ErrorSummary
          errors={errors}
          labels={{ title: say('thread.edit.heading'), body: say('thread.edit.body'), reason: say('thread.suggest.reason') }}
        />
        {post.kind === 'opening' ? (
          <TextInput
            label={say('thread.edit.heading')}
            name="title"
            required
            maxLength={150}
            defaultValue={typed(values, 'title', post.title)}
            error={errors.title}
          />
        ) : null}
        <MarkdownField
          label={say('thread.edit.body')}
          name="body"
          place={{ kind: 'suggestion', subjectId: post.postId }}
          rows={12}
          required
          maxLength={post.kind === 'comment' ? 3000 : 30_000}
          defaultValue={typed(values, 'body', post.markdown)}
          error={errors.body}
        />
        <TextInput
          label={say('thread.suggest.reason')}
          name="reason"
          required
          maxLength={200}
          help={say('thread.suggest.reason.help')}
          defaultValue={typed(values, 'reason', post.reason)}
          error={errors.reason}
        />
        <div className="btns">
          <Button variant="primary">{say('thread.suggest.send')}</Button>
          <ButtonLink variant="quiet" to={paths.post(post.slug, post.number, post.postId)}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
        <DraftKeeper draft={draft} values={values} drawn={post.drawn} preview />
      </PostForm>
    </Wrap>
  )
}
