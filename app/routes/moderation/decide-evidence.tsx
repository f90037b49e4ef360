import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { PostFiles } from '~/app/components/attachments'
import { RecommendationCard, withoutActs } from '~/app/components/recommendations'
import { Button, ErrorSummary, PageHead, PostForm, RadioGroup, Section, TextArea } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { decideEvidence, evidenceItemPage } from '~/server/moderation'
import { DecideEvidenceInput } from '~/server/moderation/input'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const meta: MetaFunction = () => [{ title: say('ui.pageTitle', { title: say('evidence.item.title') }) }]

export const loader = load(({ viewer, params }) => evidenceItemPage(personOf(viewer), params.id))

export const action = act(DecideEvidenceInput, async ({ viewer, params, input }) => {
  await decideEvidence(viewer, params.id, input)
  return redirect(paths.recommendationQueue())
})

const RULES = ['shows-use', 'unreadable', 'other-product', 'not-theirs', 'altered', 'shows-nothing'] as const

export default function DecideEvidenceScreen() {
  const { recommendation: it, level, words, shownAt, files, stamp, deletedOn } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const labels = { rule: say('evidence.rule'), seen: say('evidence.seen') }
  return (
    <div className="page-vendor">
      <div className="wrap">
        <PageHead
          title={say('evidence.item.title')}
          lede={say('evidence.item.lede', { headline: it.headline, product: it.product.name, vendor: it.vendor.name })}
          crumbs={[{ to: paths.recommendationQueue(), label: say('moderation.queue') }]}
        />
        <div className="grid max-w-[46rem] gap-8">
          <Section title={say(`evidence.level.${level}`)} id="shown" side="member">
            <p className="meta mb-3">
              {sayDay(shownAt)}. {say('evidence.item.deleted', { day: sayDay(deletedOn) })}
            </p>
            <PostFiles files={files} />
            {words ? (
              <>
                <h3 className="label mt-4">{say('evidence.item.said')}</h3>
                <p className="wrap-anywhere whitespace-pre-line" dir="auto">
                  {words}
                </p>
              </>
            ) : null}
          </Section>
          <div>
            <ErrorSummary errors={errors} labels={labels} />
            <PostForm className="grid gap-6" fields={{ stamp }}>
              <RadioGroup
                label={labels.rule}
                name="rule"
                defaultValue={typed(values, 'rule') || undefined}
                error={errors.rule}
                options={RULES.map((value) => ({ value, label: say(`evidence.rule.${value}`) }))}
              />
              <TextArea
                label={labels.seen}
                name="seen"
                required
                rows={3}
                maxLength={500}
                help={say('evidence.seen.help')}
                defaultValue={typed(values, 'seen')}
                error={errors.seen}
              />
              <div className="btns">
                <Button variant="primary">{say('evidence.decide')}</Button>
              </div>
            </PostForm>
          </div>
        </div>
        <div className="mt-8">
          <RecommendationCard recommendation={withoutActs(it)} level={2} />
        </div>
      </div>
    </div>
  )
}
