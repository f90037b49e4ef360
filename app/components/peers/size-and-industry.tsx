import { typed } from '~/app/form'
import { AUTHOR_ROLES, INDUSTRIES, ORGANISATION_SIZES } from '~/server/recommendations/types'
import { say } from '~/words'
import { Select } from '../ui'

/** Of what size and industry an organisation is: said of oneself, or looked for. */
export function SizeAndIndustry({
  errors = {},
  values = {},
  help,
  searching = false,
  role = false,
}: {
  errors?: Record<string, string>
  values?: Record<string, string | string[]>
  help?: string
  searching?: boolean
  /** And what one does there. */
  role?: boolean
}) {
  const none = { value: '', label: say(searching ? 'cut.any' : 'recommendation.size.unsaid') }
  return (
    <div className="grid items-start gap-4 md:grid-cols-2">
      <Select
        label={say('cut.size')}
        name={searching ? 'size' : 'organisationSize'}
        defaultValue={typed(values, 'organisationSize')}
        error={errors.organisationSize}
        help={help}
        options={[none, ...ORGANISATION_SIZES.map((value) => ({ value, label: say(`recommendation.size.${value}`) }))]}
      />
      <Select
        label={say('cut.industry')}
        name="industry"
        defaultValue={typed(values, 'industry')}
        error={errors.industry}
        options={[none, ...INDUSTRIES.map((value) => ({ value, label: say(`recommendation.industry.${value}`) }))]}
      />
      {role ? (
        <Select
          label={say('cut.role')}
          name="authorRole"
          defaultValue={typed(values, 'authorRole')}
          error={errors.authorRole}
          options={[none, ...AUTHOR_ROLES.map((value) => ({ value, label: say(`recommendation.role.${value}`) }))]}
        />
      ) : null}
    </div>
  )
}
