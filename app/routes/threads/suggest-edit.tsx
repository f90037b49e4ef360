import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, ErrorSummary, MarkdownField, PageHead, PostForm, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { suggestEdit, suggestEditPage } from '~/server/threads'
import { SuggestEditInput } from '~/server/threads/input'
import { say } from '~/words'

export const loader = load(({ viewer, params }) => suggestEditPage(viewer, params.postId))

export const action = act(SuggestEditInput, async ({ viewer, params, input }) => {
  const { suggestionId } = await suggestEdit(viewer, params.postId, input)
  return redirect(paths.suggestion(suggestionId))
})

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('thread.suggest.title') }) }]

export default function SuggestEditScreen() {
  const post = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  return (
    <Wrap>
      <PageHead
        title={say('thread.suggest.title')}
        lede={say('thread.suggest.lede')}
        crumbs={[{ to: paths.post(post.slug, post.number, post.postId), label: post.threadTitle }]}
      />
      <PostForm className="grid max-w-[720px] gap-6" action={paths.suggestEdit(post.postId)} fields={{ version: post.version }}>
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
      </PostForm>
    </Wrap>
  )
}
