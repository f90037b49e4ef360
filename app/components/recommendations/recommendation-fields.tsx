import { Checkbox, RadioGroup, Section, Segments, Select, TextArea, TextInput } from '~/app/components/ui'
import { typed } from '~/app/form'
import type { Refused } from '~/app/http.server'
import { say, type WordKey } from '~/words'

const FIVE = [1, 2, 3, 4, 5] as const
const TIMES = ['under-3-months', '3-to-12-months', '1-to-3-years', 'over-3-years'] as const
const RELATIONS = ['customer', 'former-customer', 'trial', 'partner', 'other'] as const
const INCENTIVES = ['none', 'gift', 'discount', 'payment'] as const
const INVITED_BY = ['nobody', 'vendor', 'peer'] as const
export const SIZES = ['1-10', '11-50', '51-250', '251-1000', 'over-1000'] as const
export const INDUSTRIES = ['software', 'making', 'trade', 'health', 'education', 'public', 'finance', 'services', 'media', 'other'] as const
export const ROLES = ['uses', 'runs', 'leads', 'decides', 'advises'] as const
const DIMENSIONS = ['ease', 'support', 'value'] as const

export const recommendationLabels = () => ({
  product: say('recommendation.field.product'),
  headline: say('recommendation.field.headline'),
  useCase: say('recommendation.field.useCase'),
  whatIsGood: say('recommendation.field.whatIsGood'),
  whatIsNot: say('recommendation.field.whatIsNot'),
  forWhom: say('recommendation.field.forWhom'),
  verdict: say('recommendation.field.verdict'),
  timeUsed: say('recommendation.field.timeUsed'),
  chooseAgain: say('recommendation.field.chooseAgain'),
  relation: say('recommendation.field.relation'),
  incentive: say('recommendation.field.incentive'),
  invitedBy: say('recommendation.field.invitedBy'),
  organisation: say('recommendation.field.organisation'),
  organisationSize: say('recommendation.field.organisationSize'),
  industry: say('recommendation.field.industry'),
  authorRole: say('recommendation.field.role'),
  shownAs: say('recommendation.field.shownAs'),
})

type Held = Partial<Record<string, string>>

/** What writing and editing share: the words, the verdict and the disclosure. `held` is what stands there now. */
export function RecommendationFields({ errors, values, held = {} }: Refused & { held?: Held }) {
  const now = (name: string) => typed(values, name, held[name] ?? '')
  const words = (name: 'useCase' | 'whatIsGood' | 'whatIsNot' | 'forWhom', help?: WordKey) => (
    <TextArea
      label={recommendationLabels()[name]}
      name={name}
      optional={name === 'forWhom'}
      rows={4}
      defaultValue={now(name)}
      error={errors[name]}
      help={help ? say(help) : undefined}
    />
  )
  const choice = (name: 'relation' | 'incentive' | 'invitedBy', options: { value: string; label: string }[]) => (
    <RadioGroup
      label={recommendationLabels()[name]}
      name={name}
      defaultValue={now(name) || undefined}
      error={errors[name]}
      options={options}
    />
  )
  return (
    <>
      <TextInput
        label={recommendationLabels().headline}
        name="headline"
        maxLength={120}
        required
        defaultValue={now('headline')}
        error={errors.headline}
        help={say('recommendation.field.headline.help')}
      />
      {words('useCase', 'recommendation.field.useCase.help')}
      <div className="grid gap-6 md:grid-cols-2">
        {words('whatIsGood', 'recommendation.field.whatIsGood.help')}
        {words('whatIsNot', 'recommendation.field.whatIsNot.help')}
      </div>
      {words('forWhom', 'recommendation.field.forWhom.help')}
      <Segments
        label={recommendationLabels().verdict}
        name="verdict"
        required
        defaultValue={now('verdict') || undefined}
        options={FIVE.map((verdict) => ({ value: String(verdict), label: say(`ui.spread.${verdict}`) }))}
      />
      <fieldset>
        <legend>
          {say('recommendation.field.dimensions')} <span className="opt font-normal text-ink-faint">{say('ui.optional')}</span>
        </legend>
        <p className="help">{say('recommendation.field.dimensions.help')}</p>
        <div className="mt-2 grid gap-4 md:grid-cols-3">
          {DIMENSIONS.map((name) => (
            <Select
              key={name}
              label={say(`recommendation.dimension.${name}`)}
              name={name}
              defaultValue={now(name)}
              error={errors[name]}
              options={[
                { value: '', label: say('recommendation.field.noRating') },
                ...FIVE.map((n) => ({ value: String(n), label: String(n) })),
              ]}
            />
          ))}
        </div>
      </fieldset>
      <div className="grid items-start gap-6 md:grid-cols-2">
        <RadioGroup
          label={recommendationLabels().timeUsed}
          name="timeUsed"
          defaultValue={now('timeUsed') || undefined}
          error={errors.timeUsed}
          options={TIMES.map((value) => ({ value, label: say(`recommendation.time.${value}`) }))}
        />
        <RadioGroup
          label={recommendationLabels().chooseAgain}
          name="chooseAgain"
          defaultValue={now('chooseAgain') || undefined}
          error={errors.chooseAgain}
          options={(['yes', 'unsure', 'no'] as const).map((value) => ({ value, label: say(`recommendation.field.chooseAgain.${value}`) }))}
        />
      </div>
      <Section title={say('recommendation.disclosure')} id="disclosure">
        <p className="meta mb-4">{say('recommendation.disclosure.why')}</p>
        <div className="grid items-start gap-6 md:grid-cols-3">
          {choice(
            'relation',
            RELATIONS.map((value) => ({ value, label: say(`recommendation.relation.${value}`) })),
          )}
          {choice(
            'incentive',
            INCENTIVES.map((value) => ({ value, label: say(`recommendation.incentive.${value}`) })),
          )}
          {choice(
            'invitedBy',
            INVITED_BY.map((value) => ({ value, label: say(`recommendation.invitedBy.${value}`) })),
          )}
        </div>
      </Section>
      <Section title={say('recommendation.you')} id="you">
        <div className="grid items-start gap-6 md:grid-cols-2">
          <TextInput
            label={recommendationLabels().organisation}
            name="organisation"
            optional
            maxLength={120}
            autoComplete="organization"
            defaultValue={now('organisation')}
            error={errors.organisation}
            help={say('recommendation.field.organisation.help')}
          />
          <Select
            label={recommendationLabels().organisationSize}
            name="organisationSize"
            defaultValue={now('organisationSize')}
            error={errors.organisationSize}
            options={[
              { value: '', label: say('recommendation.size.unsaid') },
              ...SIZES.map((value) => ({ value, label: say(`recommendation.size.${value}`) })),
            ]}
          />
          <Select
            label={recommendationLabels().industry}
            name="industry"
            defaultValue={now('industry')}
            error={errors.industry}
            help={say('recommendation.field.context.help')}
            options={[
              { value: '', label: say('recommendation.size.unsaid') },
              ...INDUSTRIES.map((value) => ({ value, label: say(`recommendation.industry.${value}`) })),
            ]}
          />
          <Select
            label={recommendationLabels().authorRole}
            name="authorRole"
            defaultValue={now('authorRole')}
            error={errors.authorRole}
            options={[
              { value: '', label: say('recommendation.size.unsaid') },
              ...ROLES.map((value) => ({ value, label: say(`recommendation.role.${value}`) })),
            ]}
          />
        </div>
        <div className="mt-6">
          <Checkbox
            label={say('reference.willing.field')}
            name="reference"
            defaultChecked={(Object.keys(values).length > 0 ? typed(values, 'reference') : held.reference) === 'on'}
            error={errors.reference}
            help={say('reference.willing.help')}
          />
        </div>
        <div className="mt-6">
          <RadioGroup
            label={recommendationLabels().shownAs}
            name="shownAs"
            defaultValue={now('shownAs') || 'handle'}
            error={errors.shownAs}
            help={say('recommendation.field.shownAs.help')}
            options={(['handle', 'unnamed'] as const).map((value) => ({ value, label: say(`recommendation.shownAs.${value}`) }))}
          />
        </div>
      </Section>
    </>
  )
}
