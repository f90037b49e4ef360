import { RadioGroup, Select, TextArea, TextInput } from '~/app/components/ui'
import { typed } from '~/app/form'
import type { Refused } from '~/app/http.server'
import { say } from '~/words'
import { NamingFields, namingLabels } from './naming-fields'

export const communityLabels = () => ({
  ...namingLabels(),
  access: say('operate.field.access'),
  joinQuestion: say('operate.field.joinQuestion'),
  rules: say('operate.field.rules'),
  hostVendorId: say('operate.field.host'),
  productId: say('operate.field.product'),
  responseTargetHours: say('operate.field.responseTarget'),
})

type Held = {
  name: string
  summary: string
  rules: string
  access: string
  joinQuestion: string
  hostVendorId: string | null
  productId: string | null
  responseTargetHours: number | null
}
type Vendor = { vendorId: string; name: string; products: { productId: string; name: string }[] }

/** A community as its operator writes it down. The address is asked once: `held` is a community that has one. */
export function CommunityFields({ errors, values, held, vendors }: Refused & { held?: Held; vendors: Vendor[] }) {
  return (
    <>
      <NamingFields
        errors={errors}
        values={values}
        held={held}
        most={{ name: 60, slug: 40, rows: 2 }}
        about={say('operate.field.summary.community')}
      />
      <RadioGroup
        label={communityLabels().access}
        name="access"
        required
        defaultValue={typed(values, 'access', held?.access ?? 'open')}
        error={errors.access}
        options={(['open', 'request', 'invitation'] as const).map((value) => ({
          value,
          label: say(`communities.access.${value}`),
          help: say(`communities.access.${value}.why`),
        }))}
      />
      <TextInput
        label={communityLabels().joinQuestion}
        name="joinQuestion"
        optional
        maxLength={300}
        defaultValue={typed(values, 'joinQuestion', held?.joinQuestion)}
        error={errors.joinQuestion}
        help={say('operate.field.joinQuestion.help')}
      />
      <TextArea
        label={communityLabels().rules}
        name="rules"
        optional
        rows={4}
        defaultValue={typed(values, 'rules', held?.rules)}
        error={errors.rules}
        help={say('operate.field.rules.help')}
      />
      <Select
        label={communityLabels().hostVendorId}
        name="hostVendorId"
        defaultValue={typed(values, 'hostVendorId', held?.hostVendorId ?? '')}
        error={errors.hostVendorId}
        options={[
          { value: '', label: say('operate.field.host.none') },
          ...vendors.map(({ vendorId, name }) => ({ value: vendorId, label: name })),
        ]}
      />
      <Select
        label={communityLabels().productId}
        name="productId"
        defaultValue={typed(values, 'productId', held?.productId ?? '')}
        error={errors.productId}
        options={[
          { value: '', label: say('operate.field.product.none') },
          ...vendors.flatMap((vendor) =>
            vendor.products.map((product) => ({
              value: product.productId,
              label: say('operate.field.product.option', { vendor: vendor.name, product: product.name }),
            })),
          ),
        ]}
      />
      <TextInput
        label={communityLabels().responseTargetHours}
        name="responseTargetHours"
        optional
        inputMode="numeric"
        maxLength={3}
        defaultValue={typed(values, 'responseTargetHours', held?.responseTargetHours?.toString())}
        error={errors.responseTargetHours}
        help={say('operate.field.responseTarget.help')}
      />
    </>
  )
}
