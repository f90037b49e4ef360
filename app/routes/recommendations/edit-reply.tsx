import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { RecommendationCard } from '~/app/components/recommendations'
import { Button, ErrorSummary, MarkdownField, PageHead, PostForm } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { editReply, editReplyPage } from '~/server/recommendations'
import { ReplyInput } from '~/server/recommendations/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('recommendation.reply.edit.title') }) }]

export const loader = load(({ viewer, params }) => editReplyPage(viewer, params.id))

export const action = act(ReplyInput, async ({ viewer, params, input }) => {
  await editReply(viewer, params.id, input)
  return redirect(paths.recommendation(params.id))
})

export default function EditReplyScreen() {
  const it = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  return (
    <div className="page-vendor">
      <div className="wrap">
        <PageHead
          title={say('recommendation.reply.edit.title')}
          lede={say('recommendation.reply.lede', { vendor: it.vendor.name })}
          crumbs={[
            { to: paths.vendor(it.vendor.slug), label: it.vendor.name },
            { to: paths.recommendation(it.id), label: it.product.name },
          ]}
        />
        <RecommendationCard recommendation={{ ...it, may: { ...it.may, editReply: false } }} level={2} />
        <div className="sect sect-v max-w-[46rem]">
          <ErrorSummary errors={errors} labels={{ body: say('recommendation.reply.body') }} />
          <PostForm className="grid gap-4">
            <MarkdownField
              label={say('recommendation.reply.body')}
              name="body"
              defaultValue={typed(values, 'body', it.markdown)}
              error={errors.body}
            />
            <div className="btns">
              <Button variant="primary">{say('recommendation.reply.edit.submit')}</Button>
            </div>
          </PostForm>
        </div>
      </div>
    </div>
  )
}
