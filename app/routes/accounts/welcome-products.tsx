import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { WelcomeSlip } from '~/app/components/accounts'
import { Button, ErrorSummary, PostForm, Rows } from '~/app/components/ui'
import { typedList, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { nextStep, passStep } from '~/server/accounts'
import { keepProductsInMind, productsToChoose } from '~/server/vendors'
import { ProductsInMindInput } from '~/server/vendors/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.welcome.products') }) }]

export const loader = load(async ({ viewer }) => ({ products: await productsToChoose(personOf(viewer)) }))

export const action = act(ProductsInMindInput, async ({ viewer, input }) => {
  await keepProductsInMind(personOf(viewer), input)
  return redirect(paths.welcomeStep(nextStep(await passStep(personOf(viewer), 'products'))))
})

const STANCES = ['using', 'considering'] as const

export default function WelcomeProductsScreen() {
  const { products } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const labels = { using: say('accounts.welcome.using'), considering: say('accounts.welcome.considering') }
  const picked = (stance: (typeof STANCES)[number]) =>
    typedList(
      values,
      stance,
      products.filter((product) => product.stance === stance).map((product) => product.productId),
    )
  return (
    <WelcomeSlip step="products">
      <ErrorSummary errors={errors} labels={labels} />
      <PostForm className="grid gap-6">
        {products.length === 0 ? <p className="soft">{say('accounts.welcome.products.none')}</p> : null}
        <Rows label={say('accounts.welcome.products')}>
          {products.map((product) => (
            <li key={product.productId} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
              <span>
                <bdi className="strong">{product.name}</bdi> <bdi className="meta">{product.vendor}</bdi>
              </span>
              <span className="flex flex-wrap gap-x-5">
                {STANCES.map((stance) => (
                  <label className="choice" key={stance}>
                    <input
                      type="checkbox"
                      name={stance}
                      value={product.productId}
                      defaultChecked={picked(stance).includes(product.productId)}
                      aria-label={say(`accounts.welcome.${stance}.what`, { product: product.name })}
                    />
                    <span aria-hidden="true">{labels[stance]}</span>
                  </label>
                ))}
              </span>
            </li>
          ))}
        </Rows>
        <div className="btns">
          <Button variant="primary">{say('accounts.welcome.keep')}</Button>
        </div>
      </PostForm>
    </WelcomeSlip>
  )
}
