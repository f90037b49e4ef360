import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Button, Confirm, ErrorSummary, PageHead, PostForm, Rows, Section, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { categoriesToKeep, keepCategory } from '~/server/vendors'
import { CategoryInput } from '~/server/vendors/input'
import { say } from '~/words'

export const loader = load(({ viewer }) => categoriesToKeep(viewer))

export const action = act(CategoryInput, async ({ viewer, input }) => {
  await keepCategory(viewer, input)
  return redirect(paths.operateCategories())
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('category.title') }) }]

export default function CategoriesScreen() {
  const { categories, most } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const labels = { categoryName: say('operate.field.name'), categorySlug: say('operate.field.slug') }
  return (
    <Wrap>
      <PageHead
        title={say('category.title')}
        lede={say('category.lede', { most })}
        crumbs={[{ to: paths.operate(), label: say('operate.title') }]}
      />
      <div className="grid max-w-[46rem] gap-10">
        <Section title={say('category.list')} id="categories">
          {categories.length === 0 ? <p className="meta">{say('category.none')}</p> : null}
          <Rows label={say('category.list')}>
            {categories.map(({ slug, name, vendorCount }) => (
              <li key={slug} className="flex items-center justify-between gap-x-6 py-3">
                <span className="min-w-0 wrap-anywhere">
                  <Link to={paths.vendors({ category: slug })}>
                    <bdi>{name}</bdi>
                  </Link>{' '}
                  <span className="meta num">
                    <bdi>{slug}</bdi>, {say('category.vendors', { count: vendorCount })}
                  </span>
                </span>
                <Confirm
                  label={say('category.remove')}
                  size="sm"
                  variant="quiet"
                  title={say('category.remove.title', { name })}
                  action={paths.removeCategory(slug)}
                  confirmLabel={say('category.remove')}
                  keepLabel={say('operate.keep')}
                >
                  <p>{say('category.remove.why')}</p>
                </Confirm>
              </li>
            ))}
          </Rows>
        </Section>
        <Section title={say('category.add')} id="add">
          <PostForm className="grid gap-6">
            <ErrorSummary errors={errors} labels={labels} />
            <TextInput
              label={labels.categoryName}
              name="categoryName"
              required
              maxLength={60}
              defaultValue={typed(values, 'categoryName')}
              error={errors.categoryName}
            />
            <TextInput
              label={labels.categorySlug}
              name="categorySlug"
              required
              dir="ltr"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={60}
              defaultValue={typed(values, 'categorySlug')}
              error={errors.categorySlug}
              help={say('category.slug.help')}
            />
            <div className="btns">
              <Button variant="primary">{say('operate.save')}</Button>
            </div>
          </PostForm>
        </Section>
      </div>
    </Wrap>
  )
}
