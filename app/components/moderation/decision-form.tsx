import { Button, ErrorSummary, PostForm, RadioGroup, Segments, Select, TextArea, TextInput } from '~/app/components/ui'
import { typed } from '~/app/form'
import type { Refused } from '~/app/http.server'
import { paths } from '~/app/paths'
import { RULES } from '~/server/moderation/types'
import { say } from '~/words'
import { CannedReasons, useCanned } from './canned-reasons'
import type { ItemShown } from './item'

export const decisionLabels = () => ({
  act: say('moderation.form.act'),
  rule: say('moderation.form.rule'),
  clause: say('moderation.form.clause'),
  facts: say('moderation.form.facts'),
  why: say('moderation.form.why'),
  detected: say('moderation.form.detected'),
  days: say('moderation.suspend.days'),
})

/** Ground, facts, why the one goes against the other, and what a check had to do with it: the reasons of every decision. */
export function ReasonFields({ errors, values, children }: Refused & { children?: React.ReactNode }) {
  const canned = useCanned()
  return (
    <>
      <div className="g3">
        <Select
          key={canned?.name}
          label={decisionLabels().rule}
          name="rule"
          required
          defaultValue={typed(values, 'rule', canned?.rule)}
          error={errors.rule}
          options={[
            { value: '', label: say('moderation.form.rule.pick') },
            ...RULES.map((rule) => ({ value: rule, label: say(`moderation.rule.${rule}`) })),
          ]}
        />
        <TextInput
          label={decisionLabels().clause}
          name="clause"
          optional
          maxLength={300}
          defaultValue={typed(values, 'clause')}
          error={errors.clause}
          help={say('moderation.form.clause.help')}
          className={children ? undefined : 'col-span-2'}
        />
        {children}
      </div>
      <TextArea
        label={decisionLabels().facts}
        name="facts"
        required
        rows={4}
        defaultValue={typed(values, 'facts')}
        error={errors.facts}
        help={say('moderation.form.facts.help')}
      />
      <TextArea
        key={canned?.name}
        label={decisionLabels().why}
        name="why"
        rows={3}
        defaultValue={typed(values, 'why', canned ? say(`moderation.canned.${canned.name}.why`) : '')}
        error={errors.why}
        help={say('moderation.form.why.help')}
      />
      <RadioGroup
        label={decisionLabels().detected}
        name="detected"
        defaultValue={typed(values, 'detected', 'people')}
        error={errors.detected}
        options={[
          { value: 'people', label: say('moderation.form.detected.people') },
          { value: 'check', label: say('moderation.form.detected.check') },
        ]}
      />
    </>
  )
}

/** Posts to the item's own screen, where errors come back beside what was typed. */
export function DecisionForm({ item, errors, values }: Refused & { item: ItemShown }) {
  const name = item.by.displayName
  return (
    <section className="reasons sect sect-i" aria-labelledby="reasons-heading">
      <h2 id="reasons-heading">{say('moderation.form')}</h2>
      {item.by.placeholder ? null : <p className="meta">{say('moderation.form.read', { name })}</p>}
      <CannedReasons />
      <PostForm
        action={paths.decide(item.kind, item.id)}
        fields={{ seen: item.seen, version: item.version }}
        // On a phone the button stays at the bottom of the screen; what has the focus is not under it.
        className="[&_:is(input,select,textarea)]:scroll-mb-24"
      >
        <ErrorSummary errors={errors} labels={decisionLabels()} />
        <Segments
          label={decisionLabels().act}
          name="act"
          required
          defaultValue={typed(values, 'act') || undefined}
          options={item.acts.map((act) => ({
            value: act,
            label: item.held && (act === 'restore' || act === 'hide') ? say(`moderation.act.held.${act}`) : say(`moderation.act.${act}`),
          }))}
        />
        <ReasonFields errors={errors} values={values} />
        <div className="end">
          <span />
          <Button variant="primary">
            {item.by.placeholder ? say('moderation.form.submitAlone') : say('moderation.form.submit', { name })}
          </Button>
        </div>
      </PostForm>
    </section>
  )
}
