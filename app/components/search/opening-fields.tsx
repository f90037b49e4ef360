import { useState } from 'react'
import { typed } from '~/app/form'
import type { Refused } from '~/app/http.server'
import type { AskField } from '~/server/vendors/types'
import { say } from '~/words'
import { Button, Field, Select, TextInput } from '../ui'
import { DetailFields } from './detail-fields'

type Title = {
  label: string
  help: string
  error?: string | string[]
  value?: string
  typing: (title: string) => void
  /** Where a browser without JavaScript asks for what is there already; not offered once the page is live. */
  check: { action: string; label: string } | null
}

/** The title of a thread that is being opened: what is like it is looked for while it is typed. */
export function OpeningTitle({ label, help, error, value, typing, check }: Title) {
  return (
    <>
      <Field label={label} name="title" help={help} error={error}>
        {(wiring) => (
          <input
            {...wiring}
            type="text"
            dir="auto"
            className="input input-title"
            maxLength={150}
            required
            defaultValue={value}
            onChange={(event) => typing(event.target.value)}
          />
        )}
      </Field>
      {check ? (
        <div className="btns">
          <Button formAction={check.action} formNoValidate>
            {check.label}
          </Button>
        </div>
      ) : null}
    </>
  )
}

/** What a thread that is being opened concerns, and what the maker of that product asks to know. */
export function ProductAndTags({
  products,
  tagsHelp,
  errors,
  values,
  choose = null,
}: Refused & {
  products: { id: string; name: string; fields?: AskField[] }[]
  tagsHelp: string
  /** Where a browser without JavaScript asks for the fields of a product. */
  choose?: string | null
}) {
  const [chosen, setChosen] = useState(typed(values, 'product'))
  const fields = products.find(({ id }) => id === chosen)?.fields ?? []
  const asks = products.some((product) => product.fields?.length)
  return (
    <>
      {products.length > 0 ? (
        <Select
          label={say('thread.ask.product')}
          name="product"
          optional
          error={errors.product}
          defaultValue={typed(values, 'product')}
          onChange={(event) => setChosen(event.target.value)}
          options={[
            { value: '', label: say('thread.ask.product.none') },
            ...products.map((product) => ({ value: product.id, label: product.name })),
          ]}
        />
      ) : null}
      {choose && asks ? (
        <div className="btns">
          <Button formAction={choose} formNoValidate size="sm">
            {say('askForm.show')}
          </Button>
        </div>
      ) : null}
      <DetailFields key={chosen} fields={fields} errors={errors} values={values} />
      <TextInput
        label={say('thread.ask.tags')}
        name="tags"
        optional
        help={tagsHelp}
        error={errors.tags}
        defaultValue={typed(values, 'tags')}
        autoCapitalize="none"
      />
    </>
  )
}
