import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { NegotiationState, termsOfVendorInWords } from '~/app/components/agreements'
import { Button, Empty, PageHead, PostForm, Rows, Select, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { offersTo } from '~/server/agreements'
import { SERVICE_TERMS, type OfferShown } from '~/server/agreements/types'
import { say } from '~/words'
import { sayDate } from '~/words/dates'

export const loader = load(({ viewer, params }) => offersTo(personOf(viewer), params.vendor ?? ''))

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: say('ui.pageTitle', { title: say('agreement.offers.title', { vendor: data?.vendor.name ?? '' }) }) },
]

export default function OffersScreen() {
  const { vendor, offers, may } = useLoaderData<typeof loader>()
  return (
    <Wrap className="page-vendor">
      <PageHead
        title={say('agreement.offers.title', { vendor: vendor.name })}
        lede={say('agreement.offers.lede')}
        crumbs={[
          { to: paths.vendor(vendor.slug), label: vendor.name },
          { to: paths.vendorTerms(vendor.slug), label: say('agreement.vendor.link') },
        ]}
      />
      {offers.length === 0 ? <Empty title={say('agreement.offers.none')} /> : null}
      <Rows label={say('agreement.offers.title', { vendor: vendor.name })} className="max-w-[46rem]">
        {offers.map((offer) => (
          <li key={offer.id} className="grid gap-2 py-4">
            <div className="flex flex-wrap items-baseline justify-between gap-3">
              <p>
                {say('agreement.offers.offered', {
                  who: offer.who?.displayName ?? '',
                  what: termsOfVendorInWords(offer.agreed ?? offer.countered ?? offer.proffered),
                })}
              </p>
              <NegotiationState status={offer.status} />
            </div>
            <p className="meta">
              {sayDate(offer.settledAt ?? offer.createdAt)}
              {offer.status === 'AgreementNegotiationPendingResponse'
                ? ` · ${say('agreement.offers.until', { date: sayDate(offer.expiresAt) })}`
                : null}
              {offer.settledAt ? (
                <>
                  {' · '}
                  <a className="underline" href={paths.agreementFile(offer.id)}>
                    {say('agreement.file')}
                  </a>
                </>
              ) : null}
            </p>
            {may.answer && offer.status === 'AgreementNegotiationPendingResponse' ? (
              <Answers offer={offer} vendorSlug={vendor.slug} />
            ) : null}
          </li>
        ))}
      </Rows>
    </Wrap>
  )
}

function Answers({ offer, vendorSlug }: { offer: Pick<OfferShown, 'id' | 'proffered'>; vendorSlug: string }) {
  const action = paths.answerOffer(vendorSlug, offer.id)
  return (
    <div className="flex flex-wrap items-end gap-3">
      <PostForm action={action} fields={{ answer: 'accept' }}>
        <Button>{say('agreement.offers.yes')}</Button>
      </PostForm>
      <PostForm action={action} fields={{ answer: 'refuse' }}>
        <Button>{say('agreement.offers.no')}</Button>
      </PostForm>
      <PostForm action={action} fields={{ answer: 'counter' }} className="flex flex-wrap items-end gap-3">
        <Select
          id={`counter-${offer.id}`}
          label={say('agreement.offers.counter')}
          name="counter"
          options={SERVICE_TERMS.filter((terms) => terms !== offer.proffered).map((terms) => ({
            value: terms,
            label: `${termsOfVendorInWords(terms)} (${terms})`,
          }))}
        />
        <Button>{say('agreement.offers.propose')}</Button>
      </PostForm>
    </div>
  )
}
