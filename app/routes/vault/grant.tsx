import { useLoaderData } from '@remix-run/react'
import { termsInWords } from '~/app/components/agreements'
import { Ending } from '~/app/components/revocations'
import { GrantCard, ReadingsTable } from '~/app/components/vault'
import { ButtonLink, Circle, CircleCheck, Clock, PageHead, Section, State, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { receiptOf, type ReceiptShown } from '~/server/receipts'
import { endingOf } from '~/server/revocations'
import { grantPage, type GrantShown } from '~/server/vault'
import { say } from '~/words'

const SIGNS = {
  live: { kind: 'ok', icon: CircleCheck },
  later: { kind: 'wait', icon: Clock },
  ended: { kind: 'off', icon: Circle },
  revoked: { kind: 'off', icon: Circle },
} as const

export const meta = ({ data }: { data: { grant: { vendor: { name: string } } } | undefined }) => [
  { title: say('ui.pageTitle', { title: data ? say('vault.grant.title', { vendor: data.grant.vendor.name }) : say('vault.title') }) },
]

export const loader = load(async ({ viewer, params }) => {
  const me = personOf(viewer)
  const id = params.grantId ?? ''
  const [page, receipt, ending] = await Promise.all([grantPage(me, id), receiptOf(me, id), endingOf(me, id)])
  return { ...page, receipt, ending, personId: me.personId }
})

export default function GrantScreen() {
  const { grant, readings, receipt, ending, personId } = useLoaderData<typeof loader>()
  useLive([`person:${personId}`])
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.vault(), label: say('vault.title') }]} title={say('vault.grant.title', { vendor: grant.vendor.name })}>
        <p className="mt-2">
          <State {...SIGNS[grant.state]}>{say(`vault.grant.state.${grant.state}`)}</State>
        </p>
      </PageHead>
      <div className="max-w-[44rem]">
        <GrantCard grant={grant} headed={false} details={false} />
      </div>
      {ending ? <Ending grantId={grant.id} vendor={grant.vendor.name} ending={ending} /> : null}
      <Receipt grant={grant} receipt={receipt} />
      <Section title={say('vault.grant.readings')} id="readings" className="mt-10">
        {readings.length > 0 ? <ReadingsTable readings={readings} underGrant={false} /> : <p className="meta">{say('vault.noReads')}</p>}
      </Section>
    </Wrap>
  )
}

function Receipt({ grant, receipt }: { grant: Pick<GrantShown, 'id' | 'terms' | 'vendor'>; receipt: Pick<ReceiptShown, 'sha256'> | null }) {
  return (
    <Section title={say('receipt.title')} id="receipt" className="mt-10 max-w-[44rem]">
      <p>
        {grant.terms === 'BEFORE-TERMS'
          ? say('agreement.grantBefore')
          : say('agreement.grantUnder', { terms: grant.terms, what: termsInWords(grant.terms) })}
      </p>
      {receipt ? (
        <>
          <p className="soft mt-2">{say('receipt.why', { vendor: grant.vendor.name })}</p>
          <div className="btns mt-3 items-center">
            <ButtonLink size="sm" reloadDocument to={paths.receipt(grant.id)}>
              {say('receipt.download')}
            </ButtonLink>
            <ButtonLink size="sm" variant="quiet" reloadDocument to={paths.kantaraReceipt(grant.id)}>
              {say('receipt.kantara')}
            </ButtonLink>
            <ButtonLink size="sm" variant="quiet" to={paths.verify()}>
              {say('receipt.check')}
            </ButtonLink>
          </div>
          <code className="meta mt-2 block break-all">{receipt.sha256}</code>
        </>
      ) : (
        <p className="meta mt-2">{say('receipt.soon')}</p>
      )}
    </Section>
  )
}
