import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { sized } from '~/app/components/portability'
import { nameOfField } from '~/app/components/vault'
import { Banner, Button, ButtonLink, CheckboxGroup, Confirm, ErrorSummary, PageHead, PostForm, Section, Wrap } from '~/app/components/ui'
import { typedList, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { hearAsIn } from '~/app/told.server'
import { broughtPage, takeArchive } from '~/server/portability'
import { TakeInput } from '~/server/portability/input'
import { say, sayList } from '~/words'
import { sayDate, sayDay } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('portability.brought.title') }) }]

export const loader = load(({ viewer, params }) => broughtPage(personOf(viewer), params.id))

export const action = act(TakeInput, async ({ viewer, params, input }) => {
  const me = personOf(viewer)
  const told = await takeArchive(me, params.id, input)
  if (told) await hearAsIn(me, told)
  return redirect(paths.broughtAlong(params.id))
})

type Page = Awaited<ReturnType<typeof loader>>

export default function BroughtAlongScreen() {
  const { archive, fields, terms, settings } = useLoaderData<typeof loader>()
  const portal = archive.portal || say('portability.brought.nowhere')
  return (
    <Wrap>
      <PageHead
        crumbs={[
          { to: paths.vault(), label: say('vault.title') },
          { to: paths.bringAlong(), label: say('portability.bring.title') },
        ]}
        title={say('portability.brought.title')}
        lede={say('portability.brought.lede', { made: sayDate(archive.madeAt), portal, size: sized(archive.bytes) })}
      />
      <div className="grid max-w-[46rem] gap-9">
        {archive.takenAt ? (
          <Banner kind="success" role="status">
            <b>{say('portability.brought.done', { day: sayDay(archive.takenAt) })}</b>
            <p>{say('portability.brought.doneWhat')}</p>
          </Banner>
        ) : null}
        <WhatIsInIt archive={archive} />
        {archive.takenAt ? (
          <div>
            <Confirm
              label={say('portability.brought.undo')}
              title={say('portability.brought.undoQuestion')}
              action={paths.undoBrought(archive.id)}
              confirmLabel={say('portability.brought.undoNow')}
            >
              {say('portability.brought.undoWhat')}
            </Confirm>
          </div>
        ) : (
          <TakeForm fields={fields} terms={terms} settings={settings} />
        )}
      </div>
    </Wrap>
  )
}

function WhatIsInIt({ archive: { contents } }: Pick<Page, 'archive'>) {
  const { signed, holding } = contents
  const rows = [
    ['contributions', String(contents.contributions)],
    [
      'signed',
      holding === signed
        ? say('portability.brought.signedHold', { n: signed })
        : say('portability.brought.signedSome', { n: signed, holding }),
    ],
    ['readings', String(contents.readings)],
    ['files', String(contents.files)],
  ] as const
  return (
    <div className="grid gap-4">
      <dl className="facts facts-wide">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{say(`portability.brought.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="soft">{say('portability.brought.goesAlong')}</p>
      {holding === signed ? null : (
        <Banner kind="caution">
          <b>{say('portability.brought.broken')}</b>
          <p>{say('portability.brought.brokenWhy', { n: signed - holding })}</p>
        </Banner>
      )}
    </div>
  )
}

function TakeForm({ fields, terms, settings }: Pick<Page, 'fields' | 'terms' | 'settings'>) {
  const { errors, values } = useForm()
  const sent = Object.keys(values).length > 0
  const named = (fate: Page['fields'][number]['fate']) =>
    sayList(fields.filter((row) => row.fate === fate).map(({ field }) => nameOfField(field.key, field.label)))
  const choices = fields.filter(({ fate }) => fate === 'new' || fate === 'differs')
  const besides = [...(terms ? (['terms'] as const) : []), ...(settings ? (['settings'] as const) : [])]
  return (
    <PostForm className="grid gap-7">
      <ErrorSummary errors={errors} />
      <Section title={say('portability.brought.fields')} id="fields" side="member">
        {choices.length > 0 ? (
          <CheckboxGroup
            label={say('portability.brought.choose')}
            name="fields"
            error={errors.fields}
            defaultValues={sent ? typedList(values, 'fields') : choices.filter(({ fate }) => fate === 'new').map(({ field }) => field.key)}
            options={choices.map(({ field, mine }) => ({
              value: field.key,
              label: nameOfField(field.key, field.label),
              help: mine
                ? say('portability.brought.fieldDiffers', { mine: mine.value, value: field.value })
                : say('portability.brought.fieldNew', { value: field.value }),
            }))}
          />
        ) : (
          <p className="soft">{say('portability.brought.noFields')}</p>
        )}
        {named('same') ? <p className="meta mt-4">{say('portability.brought.same', { fields: named('same') })}</p> : null}
        {named('unfit') ? <p className="meta mt-2">{say('portability.brought.unfit', { fields: named('unfit') })}</p> : null}
      </Section>
      {besides.length > 0 ? (
        <CheckboxGroup
          label={say('portability.brought.also')}
          name="also"
          error={errors.also}
          defaultValues={sent ? typedList(values, 'also') : []}
          options={besides.map((value) => ({
            value,
            label: say(`portability.brought.also.${value}`),
            help: say(`portability.brought.also.${value}Help`),
          }))}
        />
      ) : null}
      <div className="btns">
        <Button variant="primary">{say('portability.brought.take')}</Button>
        <ButtonLink variant="quiet" to={paths.bringAlong()}>
          {say('portability.brought.leave')}
        </ButtonLink>
      </div>
    </PostForm>
  )
}
