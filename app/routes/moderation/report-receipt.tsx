import { useLoaderData } from '@remix-run/react'
import { ButtonLink, PageHead, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { reportReceipt } from '~/server/moderation'
import { say } from '~/words'
import { sayMoment } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('report.title') }) }, { name: 'robots', content: 'noindex' }]

export const loader = load(({ params }) => reportReceipt(params.token ?? ''))

export default function ReportReceiptScreen() {
  const { number, reason, note, createdAt, state, decisionId, appeal } = useLoaderData<typeof loader>()
  const rows = [
    [say('report.receipt.receivedAt'), sayMoment(createdAt)],
    [say('report.receipt.reason'), say(`flag.reason.${reason}`)],
    [say('report.receipt.note'), note],
    [say('report.receipt.state'), say(`report.receipt.${state}`)],
  ]
  return (
    <Wrap>
      <PageHead title={say('report.receipt.title', { number })} lede={say('report.receipt.lede')} />
      <div className="grid max-w-[46rem] gap-6">
        <dl className="grid gap-4">
          {rows.map(([label, words]) => (
            <div key={label}>
              <dt className="label">{label}</dt>
              <dd className="whitespace-pre-line" dir="auto">
                {words}
              </dd>
            </div>
          ))}
        </dl>
        {decisionId ? (
          <div className="btns">
            {appeal ? (
              <ButtonLink variant="primary" to={paths.appealByLink(appeal)}>
                {say('report.receipt.appeal')}
              </ButtonLink>
            ) : null}
            <ButtonLink to={paths.decision(decisionId)}>{say('report.receipt.statement')}</ButtonLink>
          </div>
        ) : null}
      </div>
    </Wrap>
  )
}
