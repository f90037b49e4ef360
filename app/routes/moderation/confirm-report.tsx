import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Slip } from '~/app/components/accounts'
import { Button, ErrorSummary, PostForm } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { confirmReport, reportConfirmationPage } from '~/server/moderation'
import { ConfirmReportInput } from '~/server/moderation/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('report.confirm.title') }) }, { name: 'robots', content: 'noindex' }]

export const loader = load(async ({ params }) => {
  const { reason, note, receipt } = await reportConfirmationPage(params.token ?? '')
  return receipt ? redirect(paths.reportReceipt(receipt)) : { reason, note }
})

export const action = act(ConfirmReportInput, async ({ params }) => redirect(paths.reportReceipt(await confirmReport(params.token ?? ''))))

export default function ConfirmReportScreen() {
  const { reason, note } = useLoaderData<typeof loader>()
  const { errors } = useForm()
  return (
    <Slip title={say('report.confirm.title')} lede={say('report.confirm.lede')}>
      <ErrorSummary errors={errors} />
      <blockquote className="prose border-s border-edge ps-5" aria-label={say('report.confirm.yours')}>
        <p>
          <b className="strong">{say(`flag.reason.${reason}`)}</b>
        </p>
        <p className="whitespace-pre-line" dir="auto">
          {note}
        </p>
      </blockquote>
      <PostForm className="btns">
        <Button variant="primary">{say('report.confirm.submit')}</Button>
      </PostForm>
    </Slip>
  )
}
