import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Banner, Button, ButtonLink, ErrorSummary, PageHead, PostForm, TextArea, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { completeStep, stepPage } from '~/server/buying'
import { EvidenceInput } from '~/server/buying/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('plan.doing') }) }, { name: 'robots', content: 'noindex' }]

const planOf = (opportunityId: string, serves: boolean) => (serves ? paths.opportunity(opportunityId) : paths.myPlan(opportunityId))

export const loader = load(({ viewer, params }) => stepPage(personOf(viewer), params.id))

export const action = act(EvidenceInput, async ({ viewer, params, input }) => {
  const { opportunityId, serves } = await completeStep(personOf(viewer), params.id, input)
  return redirect(planOf(opportunityId, serves))
})

export default function StepScreen() {
  const { step, serves, may } = useLoaderData<typeof loader>()
  const back = planOf(step.opportunityId, serves)
  const isCommitment = step.stageId !== null
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: back, label: say('plan.title') }]}
        title={say(may.complete || step.doneAt ? 'plan.doing' : 'plan.step.why')}
        lede={<bdi className="wrap-anywhere">{step.what}</bdi>}
      />
      <div className="max-w-[36rem]">
        {step.doneAt ? (
          <Banner>{say('error.plan.doneAlready')}</Banner>
        ) : may.complete ? (
          <StepDone isCommitment={isCommitment} company={step.company} back={back} />
        ) : (
          <Banner>
            {isCommitment
              ? say('error.plan.commitment', { customer: step.company, sentence: step.what })
              : say(step.side === 'theirs' ? 'error.plan.theirs' : 'error.plan.ours', { customer: step.company })}
          </Banner>
        )}
      </div>
    </Wrap>
  )
}

function StepDone({ isCommitment, company, back }: { isCommitment: boolean; company: string; back: string }) {
  const { errors, values } = useForm()
  const labels = { evidence: say('plan.evidence'), link: say('plan.link') }
  return (
    <PostForm className="grid gap-5">
      <ErrorSummary errors={errors} labels={labels} />
      <p className="soft">{isCommitment ? say('plan.doing.commitment', { company }) : say('plan.doing.other')}</p>
      <TextArea
        label={labels.evidence}
        name="evidence"
        optional
        rows={4}
        help={isCommitment ? say('plan.evidence.help') : undefined}
        error={errors.evidence}
        defaultValue={typed(values, 'evidence')}
        maxLength={1000}
      />
      <TextInput
        label={labels.link}
        name="link"
        optional
        help={say('plan.link.help')}
        error={errors.link}
        defaultValue={typed(values, 'link')}
        maxLength={500}
        inputMode="url"
        autoCapitalize="none"
      />
      <div className="btns">
        <Button variant="primary">{say('plan.finish')}</Button>
        <ButtonLink variant="quiet" to={back}>
          {say('ui.keepIt')}
        </ButtonLink>
      </div>
    </PostForm>
  )
}
