import { typed, useForm } from '~/app/form'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { Button, ErrorSummary, MarkdownField, PageHead, PostForm } from '../ui'
import { RecommendationCard, type CardRecommendation } from './recommendation-card'

type Props = {
  recommendation: CardRecommendation
  title: string
  submit: string
  /** What was answered before. */
  markdown?: string
}

/** The vendor's one answer below what it answers: written, or put otherwise. */
export function ReplyForm({ recommendation: it, title, submit, markdown = '' }: Props) {
  const { errors, values } = useForm()
  return (
    <div className="page-vendor">
      <div className="wrap">
        <PageHead
          title={title}
          lede={say('recommendation.reply.lede', { vendor: it.vendor.name })}
          crumbs={[
            { to: paths.vendor(it.vendor.slug), label: it.vendor.name },
            { to: paths.recommendation(it.id), label: it.product.name },
          ]}
        />
        <RecommendationCard recommendation={{ ...it, may: { ...it.may, reply: false, editReply: false } }} level={2} />
        <div className="sect sect-v max-w-[46rem]">
          <ErrorSummary errors={errors} labels={{ body: say('recommendation.reply.body') }} />
          <PostForm className="grid gap-4">
            <MarkdownField
              label={say('recommendation.reply.body')}
              name="body"
              defaultValue={typed(values, 'body', markdown)}
              error={errors.body}
            />
            <div className="btns">
              <Button variant="primary">{submit}</Button>
            </div>
          </PostForm>
        </div>
      </div>
    </div>
  )
}
