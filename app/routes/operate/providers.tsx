import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, Confirm, Empty, ErrorSummary, PageHead, PostForm, Rows, Section, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { keepProvider, providersPage } from '~/server/accounts'
import { ProviderInput } from '~/server/accounts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('operate.providers') }) }]

export const loader = load(({ viewer }) => providersPage(viewer))

export const action = act(ProviderInput, async ({ viewer, input }) => {
  await keepProvider(viewer, input)
  return redirect(paths.operateProviders())
})

const FIELDS = ['name', 'issuer', 'clientId', 'clientSecret', 'domains'] as const

export default function ProvidersScreen() {
  const { providers, returnTo } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const labels = Object.fromEntries(FIELDS.map((name) => [name, say(`operate.providers.${name}`)]))
  const field = (name: (typeof FIELDS)[number], maxLength: number) => ({
    label: labels[name],
    name,
    maxLength,
    autoComplete: 'off',
    spellCheck: false,
    error: errors[name],
  })
  return (
    <Wrap>
      <PageHead
        title={say('operate.providers')}
        lede={say('operate.providers.lede')}
        crumbs={[{ to: paths.operate(), label: say('operate.title') }]}
      />
      <div className="grid max-w-[46rem] gap-10">
        {providers.length === 0 ? (
          <Empty title={say('operate.providers.none')} />
        ) : (
          <Rows label={say('operate.providers')}>
            {providers.map(({ id, name, issuer, clientId, domains }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
                <div className="min-w-0">
                  <p className="text-body wrap-anywhere">
                    <bdi>{name}</bdi>
                  </p>
                  <p className="meta wrap-anywhere" dir="ltr">
                    {issuer} · {clientId}
                    {domains.length > 0 ? ` · ${domains.join(', ')}` : null}
                  </p>
                </div>
                <Confirm
                  label={say('operate.providers.end')}
                  size="sm"
                  title={say('operate.providers.end.title', { name })}
                  action={paths.endProvider(id)}
                  confirmLabel={say('operate.providers.end')}
                >
                  {say('operate.providers.end.what')}
                </Confirm>
              </li>
            ))}
          </Rows>
        )}
        <Section title={say('operate.providers.new')} id="new">
          <ErrorSummary errors={errors} labels={labels} />
          <PostForm className="grid max-w-[30rem] gap-6">
            <TextInput {...field('name', 60)} required defaultValue={typed(values, 'name')} />
            <TextInput
              {...field('issuer', 400)}
              dir="ltr"
              inputMode="url"
              required
              defaultValue={typed(values, 'issuer')}
              help={say('operate.providers.issuer.help')}
            />
            <TextInput {...field('clientId', 400)} dir="ltr" required defaultValue={typed(values, 'clientId')} />
            <TextInput
              {...field('clientSecret', 1000)}
              type="password"
              dir="ltr"
              autoComplete="new-password"
              help={say('operate.providers.clientSecret.help')}
            />
            <TextInput
              {...field('domains', 1000)}
              dir="ltr"
              optional
              defaultValue={typed(values, 'domains')}
              help={say('operate.providers.domains.help')}
            />
            <div>
              <p className="soft">{say('operate.providers.returnTo')}</p>
              {returnTo.map((address) => (
                <p key={address}>
                  <code className="font-mono wrap-anywhere" dir="ltr">
                    {address}
                  </code>
                </p>
              ))}
            </div>
            <div className="btns">
              <Button variant="primary">{say('operate.providers.keep')}</Button>
            </div>
          </PostForm>
        </Section>
      </div>
    </Wrap>
  )
}
