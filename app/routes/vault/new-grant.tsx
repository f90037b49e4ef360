import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useState } from 'react'
import { ConsentSentence, fieldsInWords, nameOfField, purposeInWords } from '~/app/components/vault'
import {
  Button,
  ButtonLink,
  CheckboxGroup,
  Empty,
  ErrorSummary,
  PageHead,
  PostForm,
  RadioGroup,
  Select,
  TextInput,
  Wrap,
} from '~/app/components/ui'
import { typed, typedList, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { giveGrant, newGrantPage } from '~/server/vault'
import { GrantInput, type Purpose } from '~/server/vault/input'
import { say } from '~/words'

const PURPOSES: Purpose[] = ['answer', 'relationship', 'offer', 'research']

export const meta = () => [{ title: say('ui.pageTitle', { title: say('vault.new.title') }) }]

export const loader = load(async ({ viewer, url }) => ({
  ...(await newGrantPage(personOf(viewer))),
  vendor: url.searchParams.get('vendor') ?? '',
}))

export const action = act(GrantInput, async ({ viewer, input }) => {
  await giveGrant(personOf(viewer), input)
  return redirect(`${paths.vault()}#grants`)
})

export default function NewGrantScreen() {
  const { kept, vendors, usualDay, latestDay, vendor } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const start: Chosen = {
    vendor: typed(values, 'vendor', vendor),
    attributes: typedList(values, 'attributes').filter((key) => kept.some((row) => row.key === key)),
    purpose: PURPOSES.find((purpose) => purpose === typed(values, 'purpose')) ?? 'answer',
    until: typed(values, 'until', usualDay),
  }
  const [chosen, setChosen] = useState(start)
  const names = Object.fromEntries(kept.flatMap(({ key, label }) => (label ? [[key, label]] : [])))
  const name = vendors.find(({ slug }) => slug === chosen.vendor)?.name
  const labels = {
    vendor: say('vault.new.vendor'),
    attributes: say('vault.new.attributes'),
    purpose: say('vault.new.purpose'),
    until: say('vault.new.until'),
  }
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.vault(), label: say('vault.title') }]} title={say('vault.new.title')} lede={say('vault.new.lede')} />
      {kept.length === 0 ? (
        <Empty title={say('vault.new.nothingKept')} action={<ButtonLink to={paths.attribute('role')}>{say('vault.addField')}</ButtonLink>}>
          {say('vault.new.nothingKeptWhy')}
        </Empty>
      ) : (
        <PostForm className="grid max-w-[40rem] gap-7" onChange={(event) => setChosen(chosenIn(event.currentTarget))}>
          <ErrorSummary errors={errors} labels={labels} />
          <Select label={labels.vendor} name="vendor" error={errors.vendor} defaultValue={start.vendor}>
            <option value="">{say('vault.new.chooseVendor')}</option>
            {vendors.map(({ slug, name: called }) => (
              <option key={slug} value={slug}>
                {called}
              </option>
            ))}
          </Select>
          <CheckboxGroup
            label={labels.attributes}
            name="attributes"
            help={say('vault.new.attributesHelp')}
            error={errors.attributes}
            defaultValues={start.attributes}
            options={kept.map((row) => ({
              value: row.key,
              label: nameOfField(row.key, row.label),
              help: row.identifies ? say('vault.new.identifies', { value: row.value }) : row.value,
            }))}
          />
          <RadioGroup
            label={labels.purpose}
            name="purpose"
            error={errors.purpose}
            defaultValue={start.purpose}
            options={PURPOSES.map((purpose) => ({
              value: purpose,
              label: purposeInWords(purpose),
              help: say(`vault.purposeHelp.${purpose}`),
            }))}
          />
          <TextInput
            type="date"
            label={labels.until}
            name="until"
            help={say('vault.new.untilHelp')}
            error={errors.until}
            defaultValue={start.until}
            max={latestDay}
            className="max-w-[14rem]"
          />
          <div className="card" aria-live="polite">
            <p className="meta mb-1.5">{say('vault.new.sentence')}</p>
            {name && chosen.attributes.length > 0 && /^\d{4}-\d\d-\d\d$/.test(chosen.until) ? (
              <ConsentSentence
                kind="asked"
                who={name}
                what={fieldsInWords(chosen.attributes, names)}
                why={purposeInWords(chosen.purpose)}
                until={`${chosen.until}T12:00:00Z`}
              />
            ) : (
              <p className="consent faint">{say('vault.new.notYet')}</p>
            )}
            <div className="btns mt-4">
              <Button>{say('vault.new.give')}</Button>
              <ButtonLink to={paths.vault()}>{say('vault.new.not')}</ButtonLink>
            </div>
          </div>
        </PostForm>
      )}
    </Wrap>
  )
}

type Chosen = { vendor: string; attributes: string[]; purpose: Purpose; until: string }

function chosenIn(form: HTMLFormElement): Chosen {
  const fields = new FormData(form)
  const one = (name: string) => String(fields.get(name) ?? '')
  return {
    vendor: one('vendor'),
    attributes: fields.getAll('attributes').map(String),
    purpose: one('purpose') as Purpose,
    until: one('until'),
  }
}
