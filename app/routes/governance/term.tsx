import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DefinitionForm } from '~/app/components/governance'
import { PageHead, Rows, Section, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { defineTerm, termPage } from '~/server/governance'
import { SentenceInput } from '~/server/governance/input'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const meta = ({ data }: { data: Page | undefined }) => [
  { title: say('ui.pageTitle', { title: data?.now.term ?? say('glossary.link') }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(({ viewer, params }) => termPage(personOf(viewer), params.slug, params.key))

export const action = act(SentenceInput, async ({ viewer, params, input }) => {
  const { now } = await termPage(personOf(viewer), params.slug, params.key)
  await defineTerm(personOf(viewer), params.slug, { term: now.term, sentence: input.sentence })
  return redirect(paths.term(params.slug, params.key))
})

type Page = Awaited<ReturnType<typeof loader>>

export default function TermScreen() {
  const { vendor, now, earlier, may } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.glossary(vendor.slug), label: say('glossary.link') }]}
        title={<bdi className="wrap-anywhere">{now.term}</bdi>}
        lede={<bdi>{now.sentence || say('glossary.takenOut')}</bdi>}
      >
        <Said version={now} />
      </PageHead>
      <div className="grid max-w-[36rem] gap-9">
        {may.define ? <DefinitionForm term={now.term} sentence={now.sentence} /> : null}
        {earlier.length > 0 ? (
          <Section title={say('glossary.earlier')} id="earlier" className="[&_h2]:text-prose">
            <Rows>
              {earlier.map((one) => (
                <li key={one.id} className="py-2.5 wrap-anywhere">
                  <bdi>{one.sentence || say('glossary.takenOut')}</bdi>
                  <Said version={one} />
                </li>
              ))}
            </Rows>
          </Section>
        ) : null}
      </div>
    </Wrap>
  )
}

function Said({ version }: { version: Page['now'] }) {
  return (
    <p className="meta mt-1">
      {say('glossary.said', {
        version: version.version,
        who: version.by?.displayName ?? say('relationships.somebody'),
        date: sayDay(version.saidAt),
      })}
    </p>
  )
}
