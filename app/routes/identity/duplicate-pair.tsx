import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, ErrorSummary, Facts, PageHead, PostForm, Section, Select, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { mergePair, pairPage } from '~/server/identity'
import { MergeInput } from '~/server/identity/input'
import { say } from '~/words'
import { sayCountry, sayPlace } from '~/words/countries'
import { sayChosenDay, sayDate } from '~/words/dates'

export const meta = ({ data }: { data: Page | undefined }) => [
  {
    title: say('ui.pageTitle', {
      title: data ? say('duplicates.pair', { one: data.a.name, other: data.b.name }) : say('duplicates.short'),
    }),
  },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(({ viewer, params }) => pairPage(personOf(viewer), params.slug, params.id))

export const action = act(MergeInput, async ({ viewer, params, input }) => {
  const { pair } = await pairPage(personOf(viewer), params.slug, params.id)
  const standing = await mergePair(personOf(viewer), params.slug, params.id, input)
  return redirect(pair.kind === 'contact' ? paths.contactPage(params.slug, standing) : paths.recordMerges(params.slug))
})

type Page = Awaited<ReturnType<typeof loader>>
const FIELDS = ['name', 'city', 'country'] as const
const shown = (side: Page['a'], field: (typeof FIELDS)[number]) =>
  field === 'country'
    ? side.country
      ? sayCountry(side.country)
      : ''
    : field === 'name'
      ? [side.name, side.suffix].filter(Boolean).join(' ')
      : side.city

export default function DuplicatePairScreen() {
  const page = useLoaderData<typeof loader>()
  const { a, b, pair, vendor, may } = page
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.recordDuplicates(vendor.slug), label: say('duplicates.short') }]}
        title={say('duplicates.pair', { one: a.name, other: b.name })}
        lede={say('duplicates.score', { percent: Math.round(pair.score * 100) })}
      />
      <p className="mb-6 soft">
        {Object.entries(pair.reasons)
          .map(([fact, agrees]) => sayReason(fact, agrees))
          .join(' · ')}
      </p>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-11 gap-y-8 md:grid-cols-2">
        <SideOf side={a} title={say('duplicates.one')} id="one" kind={pair.kind} />
        <SideOf side={b} title={say('duplicates.another')} id="another" kind={pair.kind} />
      </div>
      {may.merge ? (
        <MergeForm page={page} />
      ) : (
        <p className="mt-8 soft">{say(pair.state === 'merged' ? 'duplicates.isMerged' : 'duplicates.mayNot')}</p>
      )}
    </Wrap>
  )
}

const sayReason = (fact: string, agrees: number) =>
  say(agrees >= 1 ? `duplicates.alike.${fact as 'name'}` : agrees > 0 ? 'duplicates.near.name' : `duplicates.unlike.${fact as 'name'}`)

function SideOf({ side, title, id, kind }: { side: Page['a']; title: string; id: string; kind: Page['pair']['kind'] }) {
  return (
    <Section title={title} id={id} side="vendor" className="[&_h2]:text-prose">
      <Facts
        facts={[
          { label: say('contact.name'), value: shown(side, 'name') },
          { label: say('account.city'), value: sayPlace(side) },
          { label: say('account.since'), value: sayDate(side.since) },
        ]}
      >
        {side.keys.length > 0 ? (
          <div>
            <dt>{say('duplicates.keys')}</dt>
            <dd className="wrap-anywhere">
              {side.keys.map(({ kind: of, value }) => (
                <bdi key={`${of}${value}`} className="block">
                  {value}
                </bdi>
              ))}
            </dd>
          </div>
        ) : null}
        {side.work.length > 0 ? (
          <div>
            <dt>{say(kind === 'contact' ? 'contact.work' : 'account.people')}</dt>
            <dd className="wrap-anywhere">
              {side.work.map(({ name, title: called, until }, at) => (
                <span key={at} className="block">
                  <bdi>{[name, called].filter(Boolean).join(', ')}</bdi>{' '}
                  {until ? say('account.people.until', { date: sayChosenDay(until) }) : null}
                </span>
              ))}
            </dd>
          </div>
        ) : null}
      </Facts>
    </Section>
  )
}

/** What would stand, before it does. Where both hold a value, either is chosen. */
function MergeForm({ page: { a, b, pair, vendor, wins, stands } }: { page: Page }) {
  const { errors, values } = useForm()
  const labels = {
    stands: say('duplicates.stands'),
    name: say('contact.name'),
    city: say('account.city'),
    country: say('account.country'),
    why: say('duplicates.why'),
  }
  const differ = FIELDS.filter((field) => shown(a, field) && shown(b, field) && shown(a, field) !== shown(b, field))
  const since = (side: Page['a']) => say('duplicates.knownSince', { name: shown(side, 'name'), date: sayDate(side.since) })
  return (
    <Section title={say('duplicates.merge')} id="merge" className="mt-10 [&_h2]:text-prose">
      <p className="soft mb-5 max-w-[36rem]">{say('duplicates.merge.what')}</p>
      <PostForm action={paths.duplicatePair(vendor.slug, pair.id)} className="grid max-w-[36rem] gap-5">
        <ErrorSummary errors={errors} labels={labels} />
        <Select
          name="stands"
          label={labels.stands}
          error={errors.stands}
          defaultValue={typed(values, 'stands', stands)}
          options={[
            { value: 'a', label: since(a) },
            { value: 'b', label: since(b) },
          ]}
        />
        {differ.map((field) => (
          <Select
            key={field}
            name={field}
            label={labels[field]}
            error={errors[field]}
            defaultValue={typed(values, field, wins[field])}
            options={[
              { value: 'a', label: shown(a, field) },
              { value: 'b', label: shown(b, field) },
            ]}
          />
        ))}
        <TextInput name="why" label={labels.why} optional error={errors.why} defaultValue={typed(values, 'why')} maxLength={300} />
        <div className="btns">
          <Button variant="primary">{say('duplicates.merge.keep')}</Button>
          <ButtonLink variant="quiet" to={paths.refusePair(vendor.slug, pair.id)}>
            {say('duplicates.two')}
          </ButtonLink>
        </div>
      </PostForm>
    </Section>
  )
}
