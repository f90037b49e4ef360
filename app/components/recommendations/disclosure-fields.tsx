import { RadioGroup, Section } from '~/app/components/ui'
import type { Refused } from '~/app/http.server'
import { INCENTIVES, INVITED_BY, NAMING_RELATIONS, RELATIONS } from '~/server/recommendations/types'
import { say } from '~/words'

type Props = { now: (name: string) => string; errors: Refused['errors']; why: string; naming?: boolean }

/** What somebody is to a vendor of which they speak, what they got, and who asked them. `naming` it, whoever is tied to it may speak too. */
export function DisclosureFields({ now, errors, why, naming = false }: Props) {
  const choice = (name: 'relation' | 'incentive' | 'invitedBy', options: { value: string; label: string }[]) => (
    <RadioGroup
      label={say(`recommendation.field.${name}`)}
      name={name}
      defaultValue={now(name) || undefined}
      error={errors[name]}
      options={options}
    />
  )
  return (
    <Section title={say('recommendation.disclosure')} id="disclosure">
      <p className="meta mb-4">{why}</p>
      <div className="grid items-start gap-6 md:grid-cols-3">
        {choice(
          'relation',
          (naming ? NAMING_RELATIONS : RELATIONS).map((value) => ({ value, label: say(`recommendation.relation.${value}`) })),
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
  )
}
