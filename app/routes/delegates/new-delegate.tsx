import { data } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Slip } from '~/app/components/accounts'
import {
  Button,
  ButtonLink,
  CheckboxGroup,
  CopyButton,
  ErrorSummary,
  PageHead,
  PostForm,
  RadioGroup,
  TextInput,
  Wrap,
} from '~/app/components/ui'
import { nameOfField } from '~/app/components/vault'
import { typed, typedList, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { appointDelegate, newDelegatePage } from '~/server/delegates'
import { DELEGATE_DAYS, DELEGATE_SCOPES, DELEGATE_WRITES, DelegateInput } from '~/server/delegates/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('delegates.new') }) }]

export const loader = load(async ({ viewer, url }) => ({
  ...(await newDelegatePage(personOf(viewer))),
  address: `${url.origin}/mcp`,
  scopes: DELEGATE_SCOPES,
  writes: DELEGATE_WRITES,
  days: DELEGATE_DAYS,
}))

/** The key stands in the answer to the form alone: no address leads to it again. */
export const action = act(DelegateInput, async ({ viewer, input }) =>
  data({ token: (await appointDelegate(personOf(viewer), input)).token }),
)

export default function NewDelegateScreen() {
  const { kept, address, scopes, writes, days } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const token = useActionData<{ token?: string }>()?.token
  if (token) return <Made token={token} address={address} />
  const labels = {
    name: say('delegates.name'),
    scopes: say('delegates.scopes'),
    fields: say('delegates.fields'),
    preapproved: say('delegates.preapproved'),
    days: say('delegates.days'),
  }
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.delegates(), label: say('delegates.title') }]} title={say('delegates.new')} />
      <PostForm className="grid max-w-[40rem] gap-7">
        <ErrorSummary errors={errors} labels={labels} />
        <TextInput
          label={labels.name}
          name="name"
          help={say('delegates.name.help')}
          error={errors.name}
          defaultValue={typed(values, 'name')}
          maxLength={80}
          autoComplete="off"
        />
        <CheckboxGroup
          label={labels.scopes}
          name="scopes"
          error={errors.scopes}
          defaultValues={typedList(values, 'scopes')}
          options={scopes.map((scope) => ({
            value: scope,
            label: say(`delegates.scope.${scope}`),
            help: say(`delegates.scope.${scope}.help`),
          }))}
        />
        {kept.length > 0 ? (
          <CheckboxGroup
            label={labels.fields}
            name="fields"
            error={errors.fields}
            defaultValues={typedList(values, 'fields')}
            options={kept.map(({ key, label, value }) => ({ value: key, label: nameOfField(key, label), help: value }))}
          />
        ) : (
          <p className="meta">{say('delegates.fields.none')}</p>
        )}
        <CheckboxGroup
          label={labels.preapproved}
          name="preapproved"
          help={say('delegates.preapproved.help')}
          error={errors.preapproved}
          defaultValues={typedList(values, 'preapproved')}
          options={writes.map((scope) => ({ value: scope, label: say(`delegates.scope.${scope}`) }))}
        />
        <RadioGroup
          label={labels.days}
          name="days"
          error={errors.days}
          defaultValue={typed(values, 'days', '30')}
          options={days.map((many) => ({ value: many, label: say(`delegates.days.${many}`) }))}
        />
        <div className="btns">
          <Button variant="primary">{say('delegates.appoint')}</Button>
          <ButtonLink to={paths.delegates()}>{say('ui.keepIt')}</ButtonLink>
        </div>
      </PostForm>
    </Wrap>
  )
}

function Made({ token, address }: { token: string; address: string }) {
  return (
    <Slip title={say('delegates.made')} lede={say('delegates.made.lede')}>
      <dl className="grid gap-4">
        {(
          [
            ['delegates.made.address', address],
            ['delegates.made.key', token],
          ] as const
        ).map(([key, text]) => (
          <div key={key}>
            <dt className="meta">{say(key)}</dt>
            <dd className="mt-1 flex flex-wrap items-center gap-3">
              <code dir="ltr" className="font-mono break-all">
                {text}
              </code>
              <CopyButton text={text} />
            </dd>
          </div>
        ))}
      </dl>
      <div className="btns">
        <ButtonLink variant="primary" to={paths.delegates()}>
          {say('delegates.made.done')}
        </ButtonLink>
      </div>
    </Slip>
  )
}
