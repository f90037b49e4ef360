import { typed, useForm } from '~/app/form'
import type { DisputeRule } from '~/server/moderation/input'
import { say } from '~/words'
import { sayDay } from '~/words/dates'
import { Button, ErrorSummary, PostForm, RadioGroup, TextArea } from '../ui'

const labels = () => ({ rule: say('dispute.rule'), body: say('dispute.said') })

/** For the vendor's staff: which rule it breaks, and on what ground. */
export function DisputeForm({ rules, due, vendor }: { rules: DisputeRule[]; due: Date | string; vendor: string }) {
  const { errors, values } = useForm()
  return (
    <div className="sect sect-v mt-8 max-w-[46rem]">
      <ErrorSummary errors={errors} labels={labels()} />
      <PostForm className="grid gap-6">
        <RadioGroup
          label={labels().rule}
          name="rule"
          required
          defaultValue={typed(values, 'rule') || undefined}
          error={errors.rule}
          options={rules.map((rule) => ({ value: rule, label: say(`moderation.rule.${rule}`) }))}
        />
        <TextArea
          label={labels().body}
          name="body"
          rows={6}
          required
          maxLength={2000}
          help={say('dispute.said.help')}
          defaultValue={typed(values, 'body')}
          error={errors.body}
        />
        <p className="meta">{say('dispute.what', { vendor, day: sayDay(due) })}</p>
        <div className="btns">
          <Button variant="primary">{say('dispute.send')}</Button>
        </div>
      </PostForm>
    </div>
  )
}
