import { Button, Checkbox, ErrorSummary, PostForm, RadioGroup, Select } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { CHAIN, isPortable, reachOf, type Preference } from '~/server/agreements/types'
import { say } from '~/words'

/** What somebody offers, and how far it may be negotiated: in sentences, on one screen. */
export function PreferenceForm({ preference, action }: { preference: Preference; action: string }) {
  const { errors, values } = useForm()
  const again = 'reach' in values
  const ticked = (name: string, byDefault: boolean) => (again ? typed(values, name) === 'on' : byDefault)
  const reaches = CHAIN.map((reach) => ({ value: reach, label: say(`agreement.reach.${reach}`), help: reach }))
  const labels = {
    reach: say('agreement.reach'),
    furthest: say('agreement.furthest'),
    agent: say('agreement.agent'),
    beyond: say('agreement.beyond'),
  }
  return (
    <PostForm className="grid max-w-[40rem] gap-6" action={action}>
      <ErrorSummary errors={errors} labels={labels} />
      <div className="grid gap-2">
        <RadioGroup
          label={labels.reach}
          name="reach"
          defaultValue={typed(values, 'reach', reachOf(preference.proffered) ?? CHAIN[0])}
          options={reaches}
          error={errors.reach}
        />
        <Checkbox label={say('agreement.portable')} name="portable" defaultChecked={ticked('portable', isPortable(preference.proffered))} />
      </div>
      <div className="grid gap-2">
        <Select
          label={labels.furthest}
          name="furthest"
          defaultValue={typed(values, 'furthest', reachOf(preference.furthest) ?? CHAIN[0])}
          options={reaches.map(({ value, label }) => ({ value, label }))}
          error={errors.furthest}
        />
        <Checkbox
          label={say('agreement.furthestPortable')}
          name="furthestPortable"
          defaultChecked={ticked('furthestPortable', isPortable(preference.furthest))}
        />
      </div>
      <RadioGroup
        label={labels.agent}
        name="agent"
        defaultValue={typed(values, 'agent', preference.agentAccepts ? 'accepts' : 'asks')}
        options={(['accepts', 'asks'] as const).map((value) => ({ value, label: say(`agreement.agent.${value}`) }))}
        error={errors.agent}
      />
      <RadioGroup
        label={labels.beyond}
        name="beyond"
        defaultValue={typed(values, 'beyond', preference.beyond)}
        options={(['ask', 'refuse'] as const).map((value) => ({ value, label: say(`agreement.beyond.${value}`) }))}
        error={errors.beyond}
      />
      <div className="btns items-center">
        <Button variant="primary">{say('agreement.save')}</Button>
        <span className="meta">{say('agreement.kept')}</span>
      </div>
    </PostForm>
  )
}
