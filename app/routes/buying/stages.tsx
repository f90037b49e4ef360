import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ActionButton, Button, Empty, ErrorSummary, PageHead, PostForm, Rows, Section, Select, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { defineStage, stagesPage } from '~/server/buying'
import { StageInput } from '~/server/buying/input'
import { MOTIONS } from '~/server/buying/types'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('stage.title') }) }, { name: 'robots', content: 'noindex' }]

export const loader = load(({ viewer, params }) => stagesPage(personOf(viewer), params.slug))

export const action = act(StageInput, async ({ viewer, params, input }) => {
  await defineStage(personOf(viewer), params.slug, input)
  return redirect(paths.stages(params.slug))
})

export default function StagesScreen() {
  const { vendor, stages, most, may } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[
          { to: paths.vendor(vendor.slug), label: vendor.name },
          { to: paths.opportunities(vendor.slug), label: say('buying.title') },
        ]}
        title={say('stage.title')}
        lede={say('stage.lede')}
      />
      <div className="grid max-w-[44rem] gap-9">
        {stages.length === 0 ? <Empty title={say('stage.none')}>{say('stage.noneWhy')}</Empty> : null}
        {MOTIONS.map((motion) => {
          const these = stages.filter((stage) => stage.motion === motion)
          return these.length > 0 ? (
            <Section key={motion} title={say('stage.of', { motion })} id={motion} className="[&_h2]:text-prose">
              <Rows ordered>
                {these.map((stage) => (
                  <li key={stage.id} className="flex flex-wrap items-center justify-between gap-3 py-2.5">
                    <span className="min-w-0 wrap-anywhere">
                      <span className="num">{stage.position}</span> <bdi>{stage.sentence}</bdi>
                    </span>
                    {may.define ? (
                      <ActionButton
                        action={paths.retireStage(vendor.slug, stage.id)}
                        label={say('stage.retire')}
                        spoken={say('stage.retireNamed', { sentence: stage.sentence })}
                        size="sm"
                        variant="quiet"
                      />
                    ) : null}
                  </li>
                ))}
              </Rows>
            </Section>
          ) : null
        })}
        {may.define ? (
          <Section title={say('stage.add')} id="add" className="[&_h2]:text-prose">
            <p className="soft mb-4">{say('stage.few', { most })}</p>
            <StageForm />
          </Section>
        ) : null}
      </div>
    </Wrap>
  )
}

function StageForm() {
  const { errors, values } = useForm()
  const labels = { motion: say('stage.motion'), sentence: say('stage.sentence') }
  return (
    <PostForm className="grid max-w-[36rem] gap-5">
      <ErrorSummary errors={errors} labels={labels} />
      <Select
        label={labels.motion}
        name="motion"
        error={errors.motion}
        defaultValue={typed(values, 'motion', 'new')}
        options={MOTIONS.map((value) => ({ value, label: say(`buying.motion.${value}`) }))}
      />
      <TextInput
        label={labels.sentence}
        name="sentence"
        help={say('stage.sentence.help')}
        error={errors.sentence}
        defaultValue={typed(values, 'sentence')}
        maxLength={160}
      />
      <div className="btns">
        <Button variant="primary">{say('stage.add')}</Button>
      </div>
    </PostForm>
  )
}
