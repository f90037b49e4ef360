import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { nameOfField } from '~/app/components/vault'
import { Button, CheckboxGroup, ErrorSummary, PageHead, PostForm, RadioGroup, TextInput, Wrap } from '~/app/components/ui'
import { typed, typedList, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { askOnRecord, askOnRecordPage } from '~/server/relationships'
import { threadAddress } from '~/server/threads'
import { AskInput, type Purpose } from '~/server/vault/input'
import { say } from '~/words'

const PURPOSES: Purpose[] = ['answer', 'relationship', 'offer', 'research']

export const meta = () => [{ title: say('ui.pageTitle', { title: say('vault.asking.title') }) }]

export const loader = load(({ viewer, params }) => askOnRecordPage(personOf(viewer), params.id ?? ''))

export const action = act(AskInput, async ({ viewer, params, url, input }) => {
  await askOnRecord(personOf(viewer), params.id ?? '', input)
  const asked = url.searchParams.get('thread')
  const thread = asked ? await threadAddress(viewer, asked).catch(() => null) : null
  return redirect(thread ? paths.thread(thread.slug, thread.number) : `${paths.relationship(params.id ?? '')}#theirs`)
})

export default function AskForFieldsScreen() {
  const page = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const labels = { fields: say('vault.asking.fields'), purpose: say('vault.new.purpose'), why: say('vault.asking.why') }
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.relationship(page.id), label: page.member?.displayName ?? '' }]}
        title={say('vault.asking.title')}
        lede={say('vault.asking.lede')}
      />
      <PostForm className="grid max-w-[36rem] gap-7">
        <ErrorSummary errors={errors} labels={labels} />
        <CheckboxGroup
          label={labels.fields}
          name="fields"
          help={say('vault.asking.fieldsHelp')}
          error={errors.fields}
          defaultValues={typedList(values, 'fields')}
          options={page.fields.map((key) => ({ value: key, label: nameOfField(key) }))}
        />
        <RadioGroup
          label={labels.purpose}
          name="purpose"
          error={errors.purpose}
          defaultValue={typed(values, 'purpose', 'answer')}
          options={PURPOSES.map((purpose) => ({ value: purpose, label: say(`relationships.purpose.${purpose}`) }))}
        />
        <TextInput
          label={labels.why}
          name="why"
          help={say('vault.asking.whyHelp')}
          error={errors.why}
          maxLength={200}
          defaultValue={typed(values, 'why')}
        />
        <div className="btns">
          <Button variant="primary">{say('vault.asking.send')}</Button>
        </div>
      </PostForm>
    </Wrap>
  )
}
