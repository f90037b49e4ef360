import { TextInput } from '~/app/components/ui'
import { typed } from '~/app/form'
import type { Refused } from '~/app/http.server'
import { say } from '~/words'
import { NamingFields, namingLabels } from './naming-fields'

export const vendorLabels = () => ({
  ...namingLabels(),
  website: say('operate.field.website'),
})

type Held = { name?: string; summary?: string; website?: string | null }

/** A vendor as its operator writes it down. The address is asked once: `held` is a vendor that has one. */
export function VendorFields({ errors, values, held }: Refused & { held?: Held }) {
  return (
    <>
      <NamingFields
        errors={errors}
        values={values}
        held={held}
        most={{ name: 80, slug: 60, rows: 3 }}
        about={say('operate.field.summary.vendor')}
      />
      <TextInput
        label={vendorLabels().website}
        name="website"
        optional
        dir="ltr"
        inputMode="url"
        placeholder="https://"
        defaultValue={typed(values, 'website', held?.website ?? '')}
        error={errors.website}
      />
    </>
  )
}
