import { TextArea, TextInput } from '~/app/components/ui'
import { typed } from '~/app/form'
import type { Refused } from '~/app/http.server'
import { say } from '~/words'

export const VENDOR_LABELS = {
  name: say('operate.field.name'),
  slug: say('operate.field.slug'),
  summary: say('operate.field.summary'),
  website: say('operate.field.website'),
}

type Held = { name?: string; summary?: string; website?: string | null }

/** A vendor as its operator writes it down. The address is asked once: `held` is a vendor that has one. */
export function VendorFields({ errors, values, held }: Refused & { held?: Held }) {
  return (
    <>
      <TextInput
        label={VENDOR_LABELS.name}
        name="name"
        required
        maxLength={80}
        defaultValue={typed(values, 'name', held?.name)}
        error={errors.name}
      />
      {held ? null : (
        <TextInput
          label={VENDOR_LABELS.slug}
          name="slug"
          required
          dir="ltr"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={60}
          defaultValue={typed(values, 'slug')}
          error={errors.slug}
          help={say('operate.field.slug.help')}
        />
      )}
      <TextArea
        label={VENDOR_LABELS.summary}
        name="summary"
        required
        rows={3}
        defaultValue={typed(values, 'summary', held?.summary)}
        error={errors.summary}
        help={say('operate.field.summary.vendor')}
      />
      <TextInput
        label={VENDOR_LABELS.website}
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
