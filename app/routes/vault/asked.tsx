import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { fieldInWords, fieldsInWords, nameOfField, purposeInWords } from '~/app/components/vault'
import { Button, ErrorSummary, PageHead, PostForm, Select, Wrap } from '~/app/components/ui'
import { typedList, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { answerAsk, askPage } from '~/server/vault'
import { AnswerAskInput } from '~/server/vault/input'
import { say } from '~/words'

const DAYS = [7, 30, 90, 365]
const USUAL = 30

export const meta = () => [{ title: say('ui.pageTitle', { title: say('vault.asked.title') }) }]

export const loader = load(({ viewer, params }) => askPage(personOf(viewer), params.id ?? ''))

export const action = act(AnswerAskInput, async ({ viewer, params, input }) => {
  await answerAsk(personOf(viewer), params.id ?? '', input)
  return redirect(`${paths.vault()}#grants`)
})

export default function AskedScreen() {
  const { id, vendor, asker, why, purpose, fields, state } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const before = typedList(values, 'fields')
  const waiting = state === 'asked' || state === 'deferred'
  const kept = fields.filter((field) => field.kept)
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.vault(), label: say('vault.title') }]}
        title={say('vault.asked.who', { vendor: vendor.name })}
        lede={say('vault.asked.sentence', {
          who: asker?.displayName ?? vendor.name,
          what: fieldsInWords(fields.map(({ key }) => key)),
          purpose: purposeInWords(purpose),
        })}
      />
      <div className="grid max-w-[36rem] gap-6">
        <blockquote className="card wrap-anywhere">
          <bdi>{why}</bdi>
        </blockquote>
        {waiting ? (
          <PostForm action={paths.askedOfMe(id)} className="grid gap-5">
            <ErrorSummary errors={errors} labels={{ fields: say('vault.asked.fields') }} />
            {fields.map(({ key, kept: has }) => (
              <Select
                key={key}
                id={`for-${key}`}
                label={nameOfField(key)}
                name="fields"
                help={has ? undefined : say('vault.asked.notKept')}
                defaultValue={before.find((one) => one.startsWith(`${key}:`)) ?? `${key}:${has ? USUAL : 'no'}`}
              >
                {has
                  ? DAYS.map((days) => (
                      <option key={days} value={`${key}:${days}`}>
                        {say('vault.asked.days', { days })}
                      </option>
                    ))
                  : null}
                <option value={`${key}:no`}>{say('vault.asked.no')}</option>
                <option value={`${key}:never`}>{say('vault.asked.never', { vendor: vendor.name })}</option>
              </Select>
            ))}
            {kept.length < fields.length ? (
              <p className="meta">
                {fields
                  .filter((field) => !field.kept)
                  .map(({ key }) => (
                    <Link key={key} className="me-3" to={paths.attribute(key)}>
                      {say('vault.field.add', { field: fieldInWords(key) })}
                    </Link>
                  ))}
              </p>
            ) : null}
            <div className="btns">
              <Button variant="primary" name="answer" value="give">
                {say('vault.asked.give')}
              </Button>
              <Button name="answer" value="later">
                {say('vault.asked.later')}
              </Button>
              <Button name="answer" value="refuse">
                {say('vault.asked.refuse')}
              </Button>
            </div>
            <p className="meta">{say('vault.asked.what')}</p>
          </PostForm>
        ) : (
          <p>{say(`vault.asked.state.${state}`)}</p>
        )}
      </div>
    </Wrap>
  )
}
