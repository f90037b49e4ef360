import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { FilesField } from '~/app/components/attachments'
import { DraftKeeper, DraftNote, formOf } from '~/app/components/drafts'
import { DetailFields, fieldsAgain } from '~/app/components/search'
import { Button, ButtonLink, ErrorSummary, MarkdownField, PageHead, PostForm, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { draftDrawn } from '~/app/draft-places.server'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { draftFor } from '~/server/drafts'
import { editPage, editPost } from '~/server/threads'
import { EditInput } from '~/server/threads/input'
import { say } from '~/words'

export const loader = load(async ({ viewer, params, url }) => {
  const post = await editPage(viewer, params.postId)
  const draft = await draftFor(viewer, 'edit', post.postId)
  return { ...post, draft, drawn: await draftDrawn(viewer, draft, url) }
})

export const action = act(
  EditInput,
  async ({ viewer, params, input }) => {
    const post = await editPost(viewer, params.postId ?? '', input)
    return redirect(paths.post(post.slug, post.number, post.postId))
  },
  ({ params }) => ({ kind: 'edit', subjectId: params.postId }),
)

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('thread.edit.title') }) }]

export default function EditPostScreen() {
  const post = useLoaderData<typeof loader>()
  const { draft } = post
  const { errors, values } = useForm(draft)
  // A draft goes on from the version it began with; after a refusal one has seen how it stands now.
  const version = Object.keys(errors).length > 0 ? post.version : Number(typed(values, 'version', String(post.version)))
  const opening = post.kind === 'opening'
  return (
    <Wrap>
      <PageHead
        title={say('thread.edit.title')}
        lede={say('thread.edit.lede')}
        crumbs={[{ to: paths.thread(post.slug, post.number, post.title), label: post.title }]}
      />
      <DraftNote draft={draft} />
      <PostForm
        className="grid max-w-[720px] gap-6"
        encType="multipart/form-data"
        action={paths.editPost(post.postId)}
        fields={{ version }}
        key={formOf(draft)}
      >
        <ErrorSummary
          errors={errors}
          labels={{
            title: say('thread.edit.heading'),
            body: say('thread.edit.body'),
            attach: say('files.label'),
            tags: say('thread.ask.tags'),
            reason: say('thread.edit.reason'),
          }}
        />
        {opening ? (
          <TextInput
            label={say('thread.edit.heading')}
            name="title"
            required
            maxLength={150}
            defaultValue={typed(values, 'title', post.title)}
            error={errors.title}
          />
        ) : null}
        <DetailFields
          fields={fieldsAgain(post.details, post.fields)}
          before={Object.fromEntries(post.details.map(({ fieldId, value }) => [fieldId, value]))}
          values={values}
          errors={errors}
        />
        <MarkdownField
          label={say('thread.edit.body')}
          name="body"
          place={{ kind: 'edit', subjectId: post.postId }}
          rows={12}
          required
          maxLength={post.kind === 'comment' ? 3000 : 30_000}
          defaultValue={typed(values, 'body', post.markdown)}
          error={errors.body}
        />
        {post.kind === 'comment' ? null : (
          <FilesField place={{ kind: 'edit', subjectId: post.postId }} files={post.files} values={values} errors={errors} />
        )}
        {opening ? (
          <TextInput
            label={say('thread.ask.tags')}
            name="tags"
            optional
            help={say('thread.ask.tags.help')}
            defaultValue={typed(values, 'tags', post.tags.join(' '))}
            error={errors.tags}
          />
        ) : null}
        <TextInput
          label={say('thread.edit.reason')}
          name="reason"
          optional
          maxLength={200}
          help={say('thread.edit.reason.help')}
          defaultValue={typed(values, 'reason')}
          error={errors.reason}
        />
        <div className="btns">
          <Button variant="primary">{say('thread.edit.save')}</Button>
          <ButtonLink variant="quiet" to={paths.post(post.slug, post.number, post.postId)}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
        <DraftKeeper draft={draft} values={values} drawn={post.drawn} preview />
      </PostForm>
    </Wrap>
  )
}
