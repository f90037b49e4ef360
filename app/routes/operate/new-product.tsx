import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ErrorSummary, PageHead, PostForm, TextArea, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { authorize } from '~/server/policy'
import { createProduct, vendorBySlug } from '~/server/vendors'
import { ProductInput } from '~/server/vendors/input'
import { say } from '~/words'

export const loader = load(({ viewer, params }) => {
  authorize(viewer, 'product.create', null)
  return vendorBySlug(viewer, params.slug ?? '')
})

export const action = act(ProductInput, async ({ viewer, params, input }) => {
  await createProduct(viewer, params.slug ?? '', input)
  return redirect(paths.operateVendor(params.slug ?? ''))
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('operate.product.add') }) }]

const labels = () => ({
  productName: say('operate.field.name'),
  productSlug: say('operate.field.slug'),
  productSummary: say('operate.field.summary'),
})

export default function NewProductScreen() {
  const { slug, name } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  return (
    <Wrap>
      <PageHead
        title={say('operate.product.add.to', { vendor: name })}
        crumbs={[
          { to: paths.operate(), label: say('operate.title') },
          { to: paths.operateVendor(slug), label: name },
        ]}
      />
      <PostForm className="grid max-w-[46rem] gap-6">
        <ErrorSummary errors={errors} labels={labels()} />
        <TextInput
          label={labels().productName}
          name="productName"
          required
          maxLength={80}
          defaultValue={typed(values, 'productName')}
          error={errors.productName}
        />
        <TextInput
          label={labels().productSlug}
          name="productSlug"
          required
          dir="ltr"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={60}
          defaultValue={typed(values, 'productSlug')}
          error={errors.productSlug}
          help={say('operate.field.slug.help')}
        />
        <TextArea
          label={labels().productSummary}
          name="productSummary"
          required
          rows={2}
          defaultValue={typed(values, 'productSummary')}
          error={errors.productSummary}
        />
        <div className="btns">
          <Button variant="primary">{say('operate.product.add')}</Button>
        </div>
      </PostForm>
    </Wrap>
  )
}
