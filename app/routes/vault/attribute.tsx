import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { fieldInWords, Folded, nameOfField, typeOf } from '~/app/components/vault'
import { Button, ButtonLink, Confirm, ErrorSummary, PageHead, PostForm, Select, TextArea, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { attributePage, keepAttribute } from '~/server/vault'
import { AttributeInput } from '~/server/vault/input'
import { say } from '~/words'
import { sayDate } from '~/words/dates'

export const meta = ({ data }: { data: { key: string; kept: { label: string | null } | null } | undefined }) => [
  { title: say('ui.pageTitle', { title: data ? nameOfField(data.key, data.kept?.label) : say('vault.title') }) },
]

export const loader = load(({ viewer, params }) => attributePage(personOf(viewer), params.key ?? ''))

export const action = act(AttributeInput, async ({ viewer, params, input }) => {
  await keepAttribute(personOf(viewer), params.key ?? '', input)
  return redirect(paths.vault())
})

export default function AttributeScreen() {
  const { key, listed, kept, earlier, sensitive, autocomplete, choices } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const field = {
    label: nameOfField(key, kept?.label),
    name: 'value',
    error: errors.value,
    help: listed ? `${say(`vault.example.${listed}`)} ${say(`vault.asks.${listed}`)}` : say(`vault.own.help.${kept?.kind ?? 'text'}`),
    defaultValue: typed(values, 'value', kept?.value),
    autoComplete: autocomplete,
  }
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.vault(), label: say('vault.title') }]}
        title={kept ? nameOfField(key, kept?.label) : say('vault.field.add', { field: fieldInWords(key) })}
        lede={say('vault.field.lede')}
      />
      <div className="grid max-w-[36rem] gap-8">
        <PostForm className="grid gap-5">
          <ErrorSummary errors={errors} labels={{ value: nameOfField(key, kept?.label) }} />
          {choices ? (
            <Select {...field}>
              <option value="">{say('vault.field.choose')}</option>
              {choices.map((choice) => (
                <option key={choice}>{choice}</option>
              ))}
            </Select>
          ) : key === 'products-in-use' ? (
            <TextArea {...field} rows={3} />
          ) : (
            <TextInput {...field} {...typeOf(kept?.kind ?? null)} inputMode={key === 'team-size' ? 'numeric' : undefined} />
          )}
          {kept ? <p className="meta">{say('vault.field.confirmed', { date: sayDate(kept.confirmedAt) })}</p> : null}
          <div className="btns">
            <Button variant="primary">{say('vault.field.save')}</Button>
            <ButtonLink to={paths.vault()} variant="quiet">
              {say('ui.keepIt')}
            </ButtonLink>
          </div>
        </PostForm>
        <p className="meta">{say(sensitive ? 'vault.field.sensitive' : 'vault.field.sealed')}</p>
        {earlier.length > 0 ? (
          <Folded label={say('vault.field.earlier')} count={earlier.length}>
            <dl className="facts facts-wide">
              {earlier.map((one) => (
                <div key={one.id}>
                  <dt>{say('vault.field.earlierUntil', { date: sayDate(one.replacedAt) })}</dt>
                  <dd className="wrap-anywhere">
                    <bdi>{one.value}</bdi>
                  </dd>
                </div>
              ))}
            </dl>
            <PostForm action={paths.forgetEarlier(key)} className="mt-3">
              <Button size="sm">{say('vault.field.forgetEarlier')}</Button>
            </PostForm>
          </Folded>
        ) : null}
        {kept ? (
          <div className="border-t border-hairline pt-5">
            <Confirm
              label={say('vault.field.remove')}
              size="sm"
              title={say('vault.field.removeQuestion', { field: fieldInWords(key, kept?.label) })}
              action={paths.removeAttribute(key)}
              confirmLabel={say('vault.field.removeNow')}
            >
              {say('vault.field.removeWhat')}
            </Confirm>
          </div>
        ) : null}
      </div>
    </Wrap>
  )
}
