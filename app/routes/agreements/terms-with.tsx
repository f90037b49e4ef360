import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { NegotiationState, PreferenceForm, signOf, StandingLine } from '~/app/components/agreements'
import { Folded } from '~/app/components/vault'
import { Button, ButtonLink, Confirm, PageHead, PostForm, Rows, Section, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { preferTerms, termsWith } from '~/server/agreements'
import { PreferenceInput } from '~/server/agreements/input'
import { say } from '~/words'
import { sayDate } from '~/words/dates'

export const meta = ({ data }: { data: { vendor: { name: string } } | undefined }) => [
  { title: say('ui.pageTitle', { title: data ? say('agreement.with', { vendor: data.vendor.name }) : say('agreement.title') }) },
]

export const loader = load(async ({ viewer, params }) => {
  const me = personOf(viewer)
  return { ...(await termsWith(me, params.vendor ?? '')), personId: me.personId }
})

export const action = act(PreferenceInput, async ({ viewer, params, input }) => {
  await preferTerms(personOf(viewer), input, params.vendor ?? '')
  return redirect(paths.termsWith(params.vendor ?? ''))
})

export default function TermsWithScreen() {
  const { vendor, preference, standing, records, personId } = useLoaderData<typeof loader>()
  useLive([`person:${personId}`])
  const sign = standing ? signOf(standing.status) : null
  const offers = sign === null || ['refused', 'expired', 'ended'].includes(sign) || standing?.outdated
  return (
    <Wrap>
      <PageHead
        crumbs={[
          { to: paths.vault(), label: say('vault.title') },
          { to: paths.terms(), label: say('agreement.title') },
        ]}
        title={say('agreement.with', { vendor: vendor.name })}
        end={<ButtonLink to={paths.vendorTerms(vendor.slug)}>{say('agreement.itsTerms', { vendor: vendor.name })}</ButtonLink>}
      >
        {standing ? (
          <p className="mt-2">
            <NegotiationState status={standing.status} />
          </p>
        ) : null}
      </PageHead>
      <div className="grid max-w-[44rem] gap-9">
        <div className="card">
          {standing ? (
            <StandingLine standing={standing} />
          ) : (
            <p className="consent">{say('agreement.standing.never', { vendor: vendor.name })}</p>
          )}
          <div className="btns mt-3">
            {offers ? (
              <PostForm action={paths.offerTerms(vendor.slug)}>
                <Button variant="primary">{say(standing ? 'agreement.offerAgain' : 'agreement.offer')}</Button>
              </PostForm>
            ) : null}
            {sign === 'accepted' ? (
              <Confirm
                label={say('agreement.end')}
                size="sm"
                title={say('agreement.end.title', { vendor: vendor.name })}
                action={paths.endAgreement(vendor.slug)}
                confirmLabel={say('agreement.end.now')}
              >
                {say('agreement.end.why', { vendor: vendor.name })}
              </Confirm>
            ) : null}
          </div>
        </div>
        <Section side="member" title={say('agreement.apart')} id="apart">
          <p className="soft mb-4">{say('agreement.apart.why', { vendor: vendor.name })}</p>
          <Folded label={say('agreement.apart.choose')}>
            <PreferenceForm preference={preference} action={paths.termsWith(vendor.slug)} />
          </Folded>
          {preference.own ? (
            <PostForm action={paths.termsAsElsewhere(vendor.slug)} className="mt-4">
              <Button size="sm">{say('agreement.apart.undo')}</Button>
            </PostForm>
          ) : null}
        </Section>
        <Section title={say('agreement.records')} id="records">
          <p className="soft">
            {records.length > 0 ? say('agreement.records.why', { vendor: vendor.name }) : say('agreement.records.none')}
          </p>
          <Rows label={say('agreement.records')}>
            {records.map((it) => (
              <li key={`${it.negotiationId}-${it.version}`} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 py-3">
                <span>{say('agreement.record', { date: sayDate(it.at), status: say(`agreement.state.${signOf(it.status)}`) })}</span>
                <ButtonLink
                  size="sm"
                  reloadDocument
                  to={paths.agreementFile(it.negotiationId)}
                  aria-label={say('agreement.download.spoken', { date: sayDate(it.at) })}
                >
                  {say('agreement.download')}
                </ButtonLink>
                <code className="meta w-full break-all">{it.sha256}</code>
              </li>
            ))}
          </Rows>
        </Section>
      </div>
    </Wrap>
  )
}
