import { Button, ErrorSummary, PostForm, Segments, Select, TextArea, TextInput } from '~/app/components/ui'
import { typed } from '~/app/form'
import type { Refused } from '~/app/http.server'
import { paths } from '~/app/paths'
import { RULES } from '~/server/moderation/types'
import { say } from '~/words'
import { decisionLabels } from './decision-form'

/** Upheld or overturned, with the reasons. To take down what was left as it is, the form asks for a whole statement. */
export function AppealForm({ id, act, name, errors, values }: Refused & { id: string; act: string; name: string }) {
  const { rule, clause, why } = decisionLabels()
  const labels = { outcome: say('appeal.form.outcome'), facts: say('appeal.form.reasons'), rule, clause, why }
  return (
    <section className="reasons sect sect-i" aria-labelledby="reasons-heading">
      <h2 id="reasons-heading">{say('appeal.form')}</h2>
      <p className="meta">{say('appeal.form.read', { name })}</p>
      <PostForm action={paths.appealItem(id)}>
        <ErrorSummary errors={errors} labels={labels} />
        <Segments
          label={labels.outcome}
          name="outcome"
          required
          defaultValue={typed(values, 'outcome') || undefined}
          options={(['upheld', 'overturned'] as const).map((outcome) => ({
            value: outcome,
            label: say(`appeal.form.${outcome}`, { act }),
          }))}
        />
        <TextArea
          label={labels.facts}
          name="facts"
          required
          rows={5}
          defaultValue={typed(values, 'facts')}
          error={errors.facts}
          help={say('appeal.form.reasons.help')}
        />
        {act === 'keep' ? (
          <>
            <p className="meta">{say('appeal.form.takeDown')}</p>
            <Select
              label={rule}
              name="rule"
              optional
              defaultValue={typed(values, 'rule', 'none')}
              error={errors.rule}
              options={RULES.map((each) => ({ value: each, label: say(`moderation.rule.${each}`) }))}
            />
            <TextInput label={clause} name="clause" optional maxLength={300} defaultValue={typed(values, 'clause')} error={errors.clause} />
            <TextArea label={why} name="why" optional rows={3} defaultValue={typed(values, 'why')} error={errors.why} />
          </>
        ) : null}
        <div className="end">
          <span />
          <Button variant="primary">{say('appeal.form.submit', { name })}</Button>
        </div>
      </PostForm>
    </section>
  )
}
