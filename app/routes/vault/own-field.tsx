import { redirect } from '@remix-run/node'
import { Button, ButtonLink, ErrorSummary, PageHead, PostForm, RadioGroup, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { addOwnField } from '~/server/vault'
import { OwnFieldInput, type OwnKind } from '~/server/vault/input'
import { say } from '~/words'

const KINDS: OwnKind[] = ['text', 'number', 'date', 'url']

export const meta = () => [{ title: say('ui.pageTitle', { title: say('vault.own.title') }) }]

export const loader = load(({ viewer }) => {
  personOf(viewer)
  return null
})

export const action = act(OwnFieldInput, async ({ viewer, input }) => {
  await addOwnField(personOf(viewer), input)
  return redirect(paths.vault())
})

export default function OwnFieldScreen() {
  const { errors, values } = useForm()
  const labels = {
    label: say('vault.own.label'),
    kind: say('vault.own.kind'),
    value: say('vault.own.value'),
    sensitive: say('vault.own.sensitive'),
  }
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.vault(), label: say('vault.title') }]} title={say('vault.own.title')} lede={say('vault.own.lede')} />
      <PostForm className="grid max-w-[36rem] gap-6">
        <ErrorSummary errors={errors} labels={labels} />
        <TextInput
          label={labels.label}
          name="label"
          help={say('vault.own.labelHelp')}
          error={errors.label}
          defaultValue={typed(values, 'label')}
          maxLength={60}
        />
        <RadioGroup
          label={labels.kind}
          name="kind"
          error={errors.kind}
          defaultValue={typed(values, 'kind', 'text')}
          options={KINDS.map((kind) => ({ value: kind, label: say(`vault.own.kind.${kind}`) }))}
        />
        <TextInput
          label={labels.value}
          name="value"
          help={say('vault.own.valueHelp')}
          error={errors.value}
          defaultValue={typed(values, 'value')}
        />
        <RadioGroup
          label={labels.sensitive}
          name="sensitive"
          error={errors.sensitive}
          defaultValue={typed(values, 'sensitive')}
          options={(['yes', 'no'] as const).map((answer) => ({
            value: answer,
            label: say(`vault.own.sensitive.${answer}`),
            help: say(`vault.own.sensitive.${answer}Help`),
          }))}
        />
        <div className="btns">
          <Button variant="primary">{say('vault.field.save')}</Button>
          <ButtonLink to={paths.vault()} variant="quiet">
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
        <p className="meta">{say('vault.field.sealed')}</p>
      </PostForm>
    </Wrap>
  )
}
