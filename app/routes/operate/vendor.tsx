import { redirect, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { vendorLabels, VendorFields } from '~/app/components/operate'
import { Byline } from '~/app/components/people'
import { rolesOf } from '~/app/components/vendors'
import {
  ActionButton,
  Button,
  ButtonLink,
  Confirm,
  ErrorSummary,
  Label,
  PageHead,
  PostForm,
  Rows,
  Section,
  Wrap,
} from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { changeVendor, vendorToManage } from '~/server/vendors'
import { EditVendorInput } from '~/server/vendors/input'
import { say } from '~/words'
import { sayDate } from '~/words/dates'

export const loader = load(({ viewer, params }) => vendorToManage(viewer, params.slug ?? ''))

export const action = act(EditVendorInput, async ({ viewer, params, input }) => {
  await changeVendor(viewer, params.slug ?? '', input)
  return redirect(paths.operateVendor(params.slug ?? ''))
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: say('ui.pageTitle', { title: data?.name ?? say('operate.title') }) },
]

export default function OperateVendorScreen() {
  const vendor = useLoaderData<typeof loader>()
  const { slug, name, products } = vendor
  const { errors, values } = useForm()
  return (
    <Wrap>
      <PageHead
        title={name}
        crumbs={[{ to: paths.operate(), label: say('operate.title') }]}
        end={<ButtonLink to={paths.vendor(slug)}>{say('operate.vendor.public')}</ButtonLink>}
      />
      <div className="grid max-w-[46rem] gap-10">
        <Section
          title={say('vendors.products')}
          id="products"
          side="vendor"
          end={
            <ButtonLink size="sm" to={paths.newProduct(slug)}>
              {say('operate.product.add')}
            </ButtonLink>
          }
        >
          {products.length === 0 ? <p className="text-ink-soft">{say('operate.product.none')}</p> : null}
          <Rows>
            {products.map((product) => (
              <li key={product.productId} className="grid gap-0.5 py-3">
                <Label>{product.name}</Label>
                <p className="text-ink-soft" dir="auto">
                  {product.summary}
                </p>
                <p className="meta">
                  {product.categories.map(({ name }) => name).join(', ')}{' '}
                  <Link to={paths.sortProduct(slug, product.slug)} aria-label={say('category.sort.spoken', { product: product.name })}>
                    {say('category.sort')}
                  </Link>
                </p>
              </li>
            ))}
          </Rows>
        </Section>
        <Staff />
        <Section title={say('operate.vendor.details')} id="details">
          <PostForm className="grid gap-6">
            <ErrorSummary errors={errors} labels={vendorLabels()} />
            <VendorFields errors={errors} values={values} held={vendor} />
            <div className="btns">
              <Button variant="primary">{say('operate.save')}</Button>
            </div>
          </PostForm>
        </Section>
      </div>
    </Wrap>
  )
}

function Staff() {
  const { slug, name, staff } = useLoaderData<typeof loader>()
  return (
    <Section
      title={say('operate.staff')}
      id="staff"
      side="vendor"
      end={
        <ButtonLink size="sm" to={paths.appointStaff(slug)}>
          {say('operate.staff.appoint')}
        </ButtonLink>
      }
    >
      {staff.length === 0 ? <p className="text-ink-soft">{say('operate.staff.none')}</p> : null}
      <Rows>
        {staff.map(({ who, roles, askAbout, since, isDefaultOwner }) => (
          <li key={who.handle} className="grid gap-2 py-4">
            <Byline who={who} to={who.handle ? paths.person(who.handle) : undefined} short>
              {rolesOf(roles)}, {say('operate.since', { day: sayDate(since) })}
              {isDefaultOwner ? `. ${say('operate.staff.owner')}` : null}
            </Byline>
            {askAbout ? (
              <p className="text-ink-soft" dir="auto">
                {askAbout}
              </p>
            ) : null}
            <div className="btns">
              {isDefaultOwner ? null : (
                <ActionButton
                  action={paths.defaultOwner(slug)}
                  fields={{ handle: who.handle }}
                  label={say('operate.staff.makeOwner')}
                  spoken={say('operate.staff.makeOwner.spoken', { name: who.displayName })}
                  size="sm"
                />
              )}
              <Confirm
                label={say('operate.staff.dismiss')}
                size="sm"
                variant="quiet"
                title={say('operate.staff.dismiss.title', { name: who.displayName })}
                action={paths.dismissStaff(slug)}
                fields={{ handle: who.handle }}
                confirmLabel={say('operate.staff.dismiss')}
                keepLabel={say('operate.keep')}
              >
                <p>{say('operate.staff.dismiss.why', { vendor: name })}</p>
              </Confirm>
            </div>
          </li>
        ))}
      </Rows>
    </Section>
  )
}
