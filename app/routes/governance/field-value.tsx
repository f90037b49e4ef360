import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { FieldValue, WhoSaid } from '~/app/components/governance'
import {
  ActionButton,
  Button,
  ButtonLink,
  ErrorSummary,
  PageHead,
  PostForm,
  Rows,
  Section,
  Select,
  TextInput,
  Wrap,
} from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { fillField, valuePage } from '~/server/governance'
import { ValueInput } from '~/server/governance/input'
import { say } from '~/words'

export const meta = ({ data }: { data: Page | undefined }) => [
  { title: say('ui.pageTitle', { title: data?.field.name ?? say('field.list') }) },
  { name: 'robots', content: 'noindex' },
]

const pageOf = (object: string, id: string) => (object === 'account' ? paths.accountPage(id) : paths.relationship(id))

export const loader = load(({ viewer, params }) => valuePage(personOf(viewer), params.id, params.kind, params.key))

export const action = act(ValueInput, async ({ viewer, params, input }) => {
  await fillField(personOf(viewer), params.id, params.kind, params.key, input)
  return redirect(pageOf(params.kind, params.key))
})

type Page = Awaited<ReturnType<typeof loader>>

export default function FieldValueScreen() {
  const { field, of, now, earlier } = useLoaderData<typeof loader>()
  const back = pageOf(of.object, of.id)
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: back, label: of.name ?? say('relationships.somebody') }]}
        title={<bdi className="wrap-anywhere">{field.name}</bdi>}
        lede={<bdi>{field.decision}</bdi>}
      >
        {field.meaning ? (
          <p className="meta mt-1">
            {say('glossary.means')} <bdi>{field.meaning}</bdi>
          </p>
        ) : null}
        <p className="meta mt-1">{say('field.ownedBy', { who: field.owner?.displayName ?? say('relationships.nobody') })}</p>
      </PageHead>
      <div className="grid max-w-[36rem] gap-9">
        {field.byHand ? (
          <ValueForm field={field} now={now?.value ?? ''} back={back} />
        ) : (
          <p className="soft">{say('error.field.notByHand')}</p>
        )}
        {now ? (
          <Section title={say('field.stands')} id="stands" className="[&_h2]:text-prose">
            <FieldValue kind={field.kind} value={now.value} />
            <WhoSaid value={now} />
            {now.restores ? <p className="meta">{say('field.restored')}</p> : null}
          </Section>
        ) : null}
        {earlier.length > 0 ? (
          <Section title={say('field.earlier')} id="earlier" className="[&_h2]:text-prose">
            <Rows>
              {earlier.map((value) => (
                <li key={value.nth} className="flex flex-wrap items-center justify-between gap-3 py-2.5">
                  <div className="min-w-0">
                    <FieldValue kind={field.kind} value={value.value} />
                    <WhoSaid value={value} />
                  </div>
                  {field.byHand && value.value !== now?.value ? (
                    <ActionButton
                      action={paths.earlierValue(field.id, of.object, of.id)}
                      fields={{ nth: value.nth }}
                      label={say('field.restore')}
                      spoken={say('field.restoreNamed', { value: value.value || say('field.empty') })}
                      size="sm"
                    />
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

function ValueForm({ field, now, back }: { field: Page['field']; now: string; back: string }) {
  const { errors, values } = useForm()
  const own = { name: 'value', label: field.name, error: errors.value, defaultValue: typed(values, 'value', now) }
  const choices = field.kind === 'yes-no' ? ['yes', 'no'] : field.choices
  const label = (value: string) => (field.kind === 'yes-no' ? say(value === 'yes' ? 'field.yes' : 'field.no') : value)
  // What was chosen once and is no choice any more stays until somebody chooses anew.
  const gone = now && !choices.includes(now) ? [{ value: now, label: now, disabled: true }] : []
  return (
    <PostForm className="grid gap-5">
      <ErrorSummary errors={errors} labels={{ value: field.name }} />
      {field.kind === 'choice' || field.kind === 'yes-no' ? (
        <Select
          {...own}
          optional
          options={[{ value: '', label: say('field.empty') }, ...gone, ...choices.map((value) => ({ value, label: label(value) }))]}
        />
      ) : (
        <TextInput
          {...own}
          optional
          type={field.kind === 'date' ? 'date' : 'text'}
          inputMode={field.kind === 'number' ? 'decimal' : undefined}
          maxLength={500}
        />
      )}
      <div className="btns">
        <Button variant="primary">{say('field.keepValue')}</Button>
        <ButtonLink variant="quiet" to={back}>
          {say('ui.keepIt')}
        </ButtonLink>
      </div>
    </PostForm>
  )
}
