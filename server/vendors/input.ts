import { z } from 'zod'
import { line, optionalLine, optionalText } from '~/server/platform/text'

export const STAFF_ROLES = ['advisor', 'support', 'success', 'moderator', 'analyst', 'admin'] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/
const LONGEST_SLUG = 60
const Slug = line({ max: LONGEST_SLUG })
  .transform((value) => value.toLowerCase())
  .pipe(z.string().regex(SLUG, 'slug'))
export const isSlug = (value: string) => value.length <= LONGEST_SLUG && SLUG.test(value)

const Website = optionalLine({ max: 200 }).refine(
  (value) => value === undefined || (/^https?:\/\//i.test(value) && URL.canParse(value)),
  'notUrl',
)

export const VendorInput = z.object({ name: line({ max: 80 }), slug: Slug, summary: line({ max: 400 }), website: Website })
export type VendorInput = z.infer<typeof VendorInput>

export const EditVendorInput = VendorInput.omit({ slug: true })
export type EditVendorInput = z.infer<typeof EditVendorInput>

export const ProductInput = z.object({ productName: line({ max: 80 }), productSlug: Slug, productSummary: line({ max: 240 }) })
export type ProductInput = z.infer<typeof ProductInput>

export const StaffInput = z.object({ handle: line({ max: 60 }), role: z.enum(STAFF_ROLES), askAbout: optionalLine({ max: 160 }) })
type Appointed = z.infer<typeof StaffInput>
export type StaffInput = Pick<Appointed, 'handle' | 'role'> & Partial<Appointed>

export const StaffHandleInput = z.object({ handle: line({ max: 60 }) })
export type StaffHandleInput = z.infer<typeof StaffHandleInput>

export const CategoryInput = z.object({ categoryName: line({ min: 2, max: 60 }), categorySlug: Slug })
export type CategoryInput = z.infer<typeof CategoryInput>

export const RemoveCategoryInput = z.object({ next: z.string().max(2000).optional() })

const category = optionalLine({ max: LONGEST_SLUG }).transform((slug) => slug ?? '')
/** By their addresses, the one that says most of it first. */
export const ProductCategoriesInput = z.object({ first: category, second: category, third: category })
export type ProductCategoriesInput = z.infer<typeof ProductCategoriesInput>

export const ClaimInput = z.object({ way: z.enum(['record', 'postmaster', 'own'], 'notChoice') })
export type ClaimInput = z.infer<typeof ClaimInput>

export const ClaimProofInput = z.object({ code: optionalLine({ max: 80 }) })
export type ClaimProofInput = { code?: string | undefined }

const productIds = z.array(z.uuid('notChoice')).max(200, 'tooMany:200').default([])
export const ProductsInMindInput = z.object({ using: productIds, considering: productIds })
export type ProductsInMindInput = z.infer<typeof ProductsInMindInput>

/** Short enough to be filled in. */
export const MOST_ASK_FIELDS = 6

const rows = Array.from({ length: MOST_ASK_FIELDS }, (_, index) => index + 1)
const each = <K extends string, T extends z.ZodType>(name: K, type: () => T) =>
  Object.fromEntries(rows.map((n) => [`${name}${n}`, type()])) as Record<`${K}${1 | 2 | 3 | 4 | 5 | 6}`, T>

/** Six rows; one without a label is no field. */
export const AskFormInput = z.object({
  ...each('field', () => z.string().max(60).optional()),
  ...each('label', () => optionalLine({ max: 80 })),
  ...each('kind', () => z.enum(['line', 'choice', 'text'], 'notChoice').default('line')),
  ...each('help', () => optionalLine({ max: 160 })),
  ...each('choices', () => optionalText({ max: 2000 })),
  ...each('required', () =>
    z
      .literal('on', 'notChoice')
      .optional()
      .transform((value) => value === 'on'),
  ),
})
export type AskFormInput = z.infer<typeof AskFormInput>
