import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { PostFiles } from '~/app/components/attachments'
import { Button, ButtonLink, ErrorSummary, Field, PageHead, PostForm, RadioGroup, Rows, Section, TextArea, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { evidencePlace, showEvidence, showEvidencePage } from '~/server/moderation'
import { ShowEvidenceInput } from '~/server/moderation/input'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const meta: MetaFunction = () => [{ title: say('ui.pageTitle', { title: say('evidence.title') }) }]

export const loader = load(({ viewer, params }) => showEvidencePage(personOf(viewer), params.id))

export const action = act(
  ShowEvidenceInput,
  async ({ viewer, params, input }) => {
    await showEvidence(viewer, params.id, input)
    return redirect(paths.showEvidence(params.id))
  },
  ({ viewer, params }) => evidencePlace(viewer, params.id),
)

const LEVELS = ['document', 'screenshot'] as const

export default function ShowEvidenceScreen() {
  const { recommendation: it, waiting, decided, files, most, may } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const labels = { level: say('evidence.level'), attach: say('evidence.file'), words: say('evidence.words') }
  return (
    <Wrap>
      <PageHead
        title={say('evidence.title')}
        lede={say('evidence.lede', { vendor: it.vendor.name })}
        crumbs={[
          { to: paths.vendor(it.vendor.slug), label: it.vendor.name },
          { to: paths.recommendation(it.id), label: it.product.name },
        ]}
      />
      <div className="grid max-w-[46rem] gap-8">
        {files.length > 0 ? (
          <Section title={say('evidence.waits.files')} id="shown" side="member">
            {waiting ? <p className="meta mb-3">{say('evidence.waits', { day: sayDay(waiting.shownAt) })}</p> : null}
            <PostFiles files={files} />
          </Section>
        ) : null}
        {may.show ? (
          <>
            <ErrorSummary errors={errors} labels={labels} />
            <PostForm className="grid gap-6" encType="multipart/form-data">
              <RadioGroup
                label={labels.level}
                name="level"
                defaultValue={typed(values, 'level', waiting?.level ?? '') || undefined}
                error={errors.level}
                options={LEVELS.map((value) => ({ value, label: say(`evidence.level.${value}`) }))}
              />
              <Field label={labels.attach} name="attach" help={say('evidence.file.help', { n: most })} error={errors.attach}>
                {(wiring) => <input {...wiring} type="file" multiple accept="image/png,image/jpeg,image/webp,image/avif,.pdf" />}
              </Field>
              <TextArea
                label={labels.words}
                name="words"
                optional
                rows={3}
                maxLength={500}
                help={say('evidence.words.help')}
                defaultValue={typed(values, 'words', waiting?.words ?? '')}
                error={errors.words}
              />
              <div className="btns">
                <Button variant="primary">{say(waiting ? 'evidence.better' : 'evidence.send')}</Button>
                <ButtonLink variant="quiet" to={paths.recommendation(it.id)}>
                  {say('evidence.back')}
                </ButtonLink>
              </div>
            </PostForm>
          </>
        ) : waiting ? null : (
          <p className="soft">{say('evidence.nothing')}</p>
        )}
        {decided.length > 0 ? (
          <Section title={say('evidence.before')} id="decided" side="independent">
            <Rows>
              {decided.map((each) => (
                <li key={each.id} className="grid gap-1 py-3">
                  <b className="strong">
                    {say(`evidence.outcome.${each.outcome ?? 'expired'}`, { day: sayDay(each.endedAt ?? each.shownAt) })}
                  </b>
                  {each.rule ? <span>{say(`evidence.rule.${each.rule as 'shows-use'}`)}</span> : null}
                  {each.seen ? (
                    <span className="wrap-anywhere whitespace-pre-line" dir="auto">
                      {each.seen}
                    </span>
                  ) : null}
                </li>
              ))}
            </Rows>
          </Section>
        ) : null}
      </div>
    </Wrap>
  )
}
