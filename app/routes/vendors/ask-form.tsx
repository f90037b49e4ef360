import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, Checkbox, ErrorSummary, PageHead, PostForm, Select, TextArea, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { askFormPage, defineAskForm } from '~/server/vendors'
import { AskFormInput } from '~/server/vendors/input'
import type { AskField } from '~/server/vendors/types'
import { say } from '~/words'

export const loader = load(({ viewer, params }) => askFormPage(viewer, params.slug, params.name))

export const action = act(AskFormInput, async ({ viewer, params, input }) => {
  const { vendorSlug } = await defineAskForm(viewer, params.slug, params.name, input)
  return redirect(paths.vendor(vendorSlug))
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: say('ui.pageTitle', { title: say('askForm.title', { product: data?.productName ?? '' }) }) },
]

const MOST = 6
/** Rows that wait to be filled, below those that are. */
const EMPTY_ROWS = 2
const PARTS = ['label', 'kind', 'help', 'choices', 'required'] as const

export default function AskFormScreen() {
  const { productName, productSlug, vendorName, vendorSlug, fields } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const typedRows = Array.from({ length: MOST }, (_, index) => index + 1).filter((n) => typed(values, `label${n}`)).length
  const shown = Math.min(MOST, Math.max(fields.length, typedRows) + EMPTY_ROWS)
  const rows = Array.from({ length: shown }, (_, index) => index + 1)
  return (
    <Wrap>
      <PageHead
        title={say('askForm.title', { product: productName })}
        lede={say('askForm.lede', { most: MOST })}
        crumbs={[
          { to: paths.vendors(), label: say('vendors.title') },
          { to: paths.vendor(vendorSlug), label: vendorName },
        ]}
      />
      <PostForm className="grid max-w-[46rem] gap-9" action={paths.askForm(vendorSlug, productSlug)}>
        <ErrorSummary errors={errors} labels={labelsOf(rows)} />
        {rows.map((n) => (
          <Row key={n} n={n} field={fields[n - 1]} values={values} errors={errors} />
        ))}
        <div className="btns">
          <Button variant="primary">{say('askForm.save')}</Button>
          <ButtonLink variant="quiet" to={paths.vendor(vendorSlug)}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
      </PostForm>
    </Wrap>
  )
}

const labelsOf = (rows: number[]) =>
  Object.fromEntries(rows.flatMap((n) => PARTS.map((part) => [`${part}${n}`, `${say('askForm.field', { n })}, ${say(`askForm.${part}`)}`])))

type RowProps = { n: number; field?: AskField } & ReturnType<typeof useForm>

function Row({ n, field, values, errors }: RowProps) {
  const value = (part: string, byDefault = '') => typed(values, `${part}${n}`, byDefault)
  const kinds = (['line', 'choice', 'text'] as const).map((kind) => ({ value: kind, label: say(`askForm.kind.${kind}`) }))
  const again = Object.keys(values).length > 0
  return (
    <fieldset className="grid gap-4">
      <legend className="label mb-3">{say('askForm.field', { n })}</legend>
      {field ? <input type="hidden" name={`field${n}`} value={field.fieldId} /> : null}
      <TextInput
        label={say('askForm.label')}
        name={`label${n}`}
        optional
        help={say('askForm.label.help')}
        maxLength={80}
        defaultValue={value('label', field?.label)}
        error={errors[`label${n}`]}
      />
      <Select
        label={say('askForm.kind')}
        name={`kind${n}`}
        defaultValue={value('kind', field?.kind ?? 'line')}
        error={errors[`kind${n}`]}
        options={kinds}
      />
      <TextArea
        label={say('askForm.choices')}
        name={`choices${n}`}
        optional
        rows={3}
        help={say('askForm.choices.help')}
        defaultValue={value('choices', field?.choices.join('\n'))}
        error={errors[`choices${n}`]}
      />
      <TextInput
        label={say('askForm.help')}
        name={`help${n}`}
        optional
        maxLength={160}
        defaultValue={value('help', field?.help)}
        error={errors[`help${n}`]}
      />
      <Checkbox
        label={say('askForm.required')}
        name={`required${n}`}
        defaultChecked={again ? value('required') === 'on' : field?.required}
        error={errors[`required${n}`]}
      />
    </fieldset>
  )
}
