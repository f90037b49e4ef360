import { Button, ButtonLink, ErrorSummary, PageHead, PostForm, TextArea, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { paths } from '~/app/paths'
import { say } from '~/words'

/** Whose votes for whom, and why: the same for taking them out and for counting them again. */
export function ArrangedForm({ what, given }: { what: 'void' | 'again'; given: { for: string; by: string } }) {
  const { errors, values } = useForm()
  const labels = { for: say('standing.void.for'), by: say('standing.void.by'), reason: say('standing.void.reason') }
  return (
    <Wrap>
      <PageHead
        title={say(`standing.${what}.title`)}
        lede={say(`standing.${what}.lede`)}
        crumbs={[{ to: paths.votingReport(), label: say('standing.report.title') }]}
      />
      <PostForm className="grid max-w-[46rem] gap-6">
        <ErrorSummary errors={errors} labels={labels} />
        <TextInput
          label={labels.for}
          name="for"
          help={say('standing.void.for.help')}
          required
          defaultValue={typed(values, 'for', given.for)}
          error={errors.for}
        />
        <TextInput
          label={labels.by}
          name="by"
          help={say('standing.void.by.help')}
          required
          defaultValue={typed(values, 'by', given.by)}
          error={errors.by}
        />
        <TextArea
          label={labels.reason}
          name="reason"
          help={say(`standing.${what}.reason.help`)}
          required
          rows={4}
          maxLength={1000}
          defaultValue={typed(values, 'reason')}
          error={errors.reason}
        />
        <div className="btns">
          <Button variant="primary">{say(`standing.${what}.send`)}</Button>
          <ButtonLink variant="quiet" to={paths.votingReport()}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
      </PostForm>
    </Wrap>
  )
}
