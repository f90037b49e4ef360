import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { DefinitionForm } from '~/app/components/governance'
import { ButtonLink, Empty, PageHead, Section, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { defineTerm, glossaryPage } from '~/server/governance'
import { DefinitionInput } from '~/server/governance/input'
import { say } from '~/words'

export const meta = ({ data }: { data: Awaited<ReturnType<typeof loader>> | undefined }) => [
  { title: say('ui.pageTitle', { title: say('glossary.title', { vendor: data?.vendor.name ?? '' }) }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(({ viewer, params }) => glossaryPage(personOf(viewer), params.slug))

export const action = act(DefinitionInput, async ({ viewer, params, input }) => {
  await defineTerm(personOf(viewer), params.slug, input)
  return redirect(paths.glossary(params.slug))
})

export default function GlossaryScreen() {
  const { vendor, terms, may } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[
          { to: paths.vendor(vendor.slug), label: vendor.name },
          { to: paths.fields(vendor.slug), label: say('field.list') },
        ]}
        title={say('glossary.title', { vendor: vendor.name })}
        lede={say('glossary.lede')}
        end={
          <ButtonLink variant="quiet" to={paths.register(vendor.slug)}>
            {say('register.link')}
          </ButtonLink>
        }
      />
      <div className="grid max-w-[46rem] gap-9">
        {terms.length === 0 ? (
          <Empty title={say('glossary.none')}>{say('glossary.noneWhy')}</Empty>
        ) : (
          <dl className="rows">
            {terms.map((one) => (
              <div key={one.id} className="py-2.5">
                <dt>
                  <b>
                    <Link to={paths.term(vendor.slug, one.id)}>
                      <bdi className="wrap-anywhere">{one.term}</bdi>
                    </Link>
                  </b>
                </dt>
                <dd className="m-0 wrap-anywhere">
                  <bdi>{one.sentence}</bdi>
                </dd>
              </div>
            ))}
          </dl>
        )}
        {may.define ? (
          <Section title={say('glossary.add')} id="add" className="[&_h2]:text-prose">
            <DefinitionForm />
          </Section>
        ) : null}
      </div>
    </Wrap>
  )
}
