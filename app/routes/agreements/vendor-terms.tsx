import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { termsOfVendorInWords } from '~/app/components/agreements'
import { ButtonLink, PageHead, Rows, Section, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { vendorTerms } from '~/server/agreements'
import { say } from '~/words'
import { sayDate } from '~/words/dates'

export const loader = load(({ viewer, params }) => vendorTerms(viewer, params.slug ?? ''))

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: say('ui.pageTitle', { title: say('agreement.vendor.title', { vendor: data?.vendor.name ?? '' }) }) },
]

const COUNTS = ['accepted', 'countered', 'refused', 'ended'] as const

export default function VendorTermsScreen() {
  const { vendor, policy, answered, may } = useLoaderData<typeof loader>()
  const otherwise = policy.counter
    ? say('agreement.vendor.otherwise.counter', { what: termsOfVendorInWords(policy.counter) })
    : say(`agreement.vendor.otherwise.${policy.staffAnswer ? 'staff' : 'refuse'}`)
  return (
    <Wrap className="page-vendor">
      <PageHead
        title={say('agreement.vendor.title', { vendor: vendor.name })}
        lede={say('agreement.vendor.lede', { vendor: vendor.name, site: say('ui.brand') })}
        crumbs={[
          { to: paths.vendors(), label: say('vendors.title') },
          { to: paths.vendor(vendor.slug), label: vendor.name },
        ]}
        end={
          <>
            {may.seeOffers ? <ButtonLink to={paths.offersTo(vendor.slug)}>{say('agreement.vendor.offers')}</ButtonLink> : null}
            {may.publish ? <ButtonLink to={paths.publishTerms(vendor.slug)}>{say('agreement.vendor.edit')}</ButtonLink> : null}
          </>
        }
      />
      <div className="grid max-w-[46rem] gap-10">
        <Section side="vendor" title={say('agreement.vendor.accepts')} id="accepts">
          <Rows label={say('agreement.vendor.accepts')}>
            {policy.accepts.map((terms) => (
              <li key={terms} className="flex flex-wrap items-baseline justify-between gap-x-4 py-2.5">
                <span className="inline-block first-letter:uppercase">{termsOfVendorInWords(terms)}</span>
                <code className="meta">{terms}</code>
              </li>
            ))}
          </Rows>
          <p className="mt-4">
            {say('agreement.vendor.otherwise')} {otherwise}
          </p>
          <p className="meta mt-2">
            {policy.publishedAt
              ? say('agreement.vendor.since', { date: sayDate(policy.publishedAt), version: policy.version })
              : say('agreement.vendor.usual', { vendor: vendor.name })}{' '}
            <a className="underline" href={paths.vendorTermsFile(vendor.slug)}>
              {say('agreement.vendor.file')}
            </a>
          </p>
        </Section>
        <Section side="independent" title={say('agreement.vendor.honours')} id="honours">
          <dl className="rows">
            {COUNTS.map((count) => (
              <div key={count} className="flex justify-between gap-4 py-2.5">
                <dt>{say(`agreement.vendor.${count}`)}</dt>
                <dd>{answered[count]}</dd>
              </div>
            ))}
          </dl>
        </Section>
      </div>
    </Wrap>
  )
}
