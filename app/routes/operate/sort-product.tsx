import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Button, ErrorSummary, PageHead, PostForm, Select, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { sortingPage, sortProduct } from '~/server/vendors'
import { ProductCategoriesInput } from '~/server/vendors/input'
import { say } from '~/words'

export const loader = load(({ viewer, params }) => sortingPage(viewer, params.slug, params.name))

export const action = act(ProductCategoriesInput, async ({ viewer, params, input }) => {
  await sortProduct(viewer, params.slug, params.name, input)
  return redirect(paths.operateVendor(params.slug))
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('category.sort') }) }]

const PLACES = ['first', 'second', 'third'] as const
const labels = () => Object.fromEntries(PLACES.map((place) => [place, say(`category.${place}`)]))

export default function SortProductScreen() {
  const { name, vendorName, vendorSlug, stands, categories } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  return (
    <Wrap>
      <PageHead
        title={say('category.sort.of', { product: name })}
        crumbs={[
          { to: paths.operate(), label: say('operate.title') },
          { to: paths.operateVendor(vendorSlug), label: vendorName },
        ]}
      />
      <PostForm className="grid max-w-[46rem] gap-6">
        <ErrorSummary errors={errors} labels={labels()} />
        {PLACES.map((place, at) => (
          <Select
            key={place}
            label={say(`category.${place}`)}
            name={place}
            defaultValue={typed(values, place, stands[at] ?? '')}
            error={errors[place]}
            options={[
              { value: '', label: say('category.no') },
              ...categories.map((category) => ({ value: category.slug, label: category.name })),
            ]}
          />
        ))}
        <div className="btns">
          <Button variant="primary">{say('operate.save')}</Button>
        </div>
        <p className="meta">
          <Link to={paths.operateCategories()}>{say('category.title')}</Link>
        </p>
      </PostForm>
    </Wrap>
  )
}
