import { Checkbox, RadioGroup, Section, Segments, Select, TextArea, TextInput } from '~/app/components/ui'
import { typed } from '~/app/form'
import type { Refused } from '~/app/http.server'
import { CHOOSE_AGAIN, INDUSTRIES, ORGANISATION_SIZES, AUTHOR_ROLES, TIMES_USED } from '~/server/recommendations/types'
import { say, type WordKey } from '~/words'
import { DisclosureFields } from './disclosure-fields'

const FIVE = [1, 2, 3, 4, 5] as const
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
          options={TIMES_USED.map((value) => ({ value, label: say(`recommendation.time.${value}`) }))}
        />
        <RadioGroup
          label={recommendationLabels().chooseAgain}
          name="chooseAgain"
          defaultValue={now('chooseAgain') || undefined}
          error={errors.chooseAgain}
          options={CHOOSE_AGAIN.map((value) => ({ value, label: say(`recommendation.field.chooseAgain.${value}`) }))}
        />
      </div>
      <DisclosureFields now={now} errors={errors} why={say('recommendation.disclosure.why')} />
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
              ...ORGANISATION_SIZES.map((value) => ({ value, label: say(`recommendation.size.${value}`) })),
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
              ...AUTHOR_ROLES.map((value) => ({ value, label: say(`recommendation.role.${value}`) })),
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
