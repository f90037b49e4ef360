import { TextArea, TextInput } from '~/app/components/ui'
import { typed } from '~/app/form'
import type { Refused } from '~/app/http.server'
import { say } from '~/words'

export const namingLabels = () => ({
  name: say('operate.field.name'),
  slug: say('operate.field.slug'),
  summary: say('operate.field.summary'),
})

type Bounds = { name: number; slug: number; rows: number }
type Held = { name?: string; summary?: string }

/** What everything that an operator writes down begins with. The address is asked once: what is `held` has one. */
export function NamingFields({ errors, values, held, most, about }: Refused & { held?: Held; most: Bounds; about: string }) {
  return (
    <>
      <TextInput
        label={namingLabels().name}
        name="name"
        required
        maxLength={most.name}
        defaultValue={typed(values, 'name', held?.name)}
        error={errors.name}
      />
      {held ? null : (
        <TextInput
          label={namingLabels().slug}
          name="slug"
          required
          dir="ltr"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={most.slug}
          defaultValue={typed(values, 'slug')}
          error={errors.slug}
          help={say('operate.field.slug.help')}
        />
      )}
      <TextArea
        label={namingLabels().summary}
        name="summary"
        required
        rows={most.rows}
        defaultValue={typed(values, 'summary', held?.summary)}
        error={errors.summary}
        help={about}
      />
    </>
  )
}
