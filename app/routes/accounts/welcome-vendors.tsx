import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { WelcomeSlip } from '~/app/components/accounts'
import { Button, ButtonLink, PostForm, Rows } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { nextStep, passStep } from '~/server/accounts'
import { ButtonInput } from '~/server/accounts/input'
import { fieldsGranted } from '~/server/vault'
import { vendorsInMind } from '~/server/vendors'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.welcome.vendors') }) }]

/** The vendors of what they named, and those that read something already. */
export const loader = load(async ({ viewer }) => {
  const person = personOf(viewer)
  const [named, granted] = await Promise.all([vendorsInMind(person), fieldsGranted(person)])
  const fields = new Map(granted.map((vendor) => [vendor.slug, vendor.fields]))
  const others = granted.filter((vendor) => !named.some(({ slug }) => slug === vendor.slug))
  return { vendors: [...named, ...others].map(({ slug, name }) => ({ slug, name, fields: fields.get(slug) ?? 0 })) }
})

export const action = act(ButtonInput, async ({ viewer }) =>
  redirect(paths.welcomeStep(nextStep(await passStep(personOf(viewer), 'vendors')))),
)

export default function WelcomeVendorsScreen() {
  const { vendors } = useLoaderData<typeof loader>()
  return (
    <WelcomeSlip step="vendors">
      {vendors.length === 0 ? <p className="soft">{say('accounts.welcome.vendors.none')}</p> : null}
      <Rows label={say('accounts.welcome.vendors')}>
        {vendors.map(({ slug, name, fields }) => (
          <li key={slug} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
            <span>
              <bdi className="strong">{name}</bdi>{' '}
              <span className="soft">
                {fields > 0 ? say('accounts.welcome.vendors.more', { count: fields }) : say('accounts.welcome.vendors.handle')}
              </span>
            </span>
            <span className="btns">
              {fields > 0 ? (
                <ButtonLink size="sm" to={paths.seenBy(slug)}>
                  {say('accounts.welcome.vendors.look')}
                </ButtonLink>
              ) : null}
              <ButtonLink size="sm" variant="quiet" to={paths.newGrant(slug)}>
                {say('accounts.welcome.vendors.grant')}
              </ButtonLink>
            </span>
          </li>
        ))}
      </Rows>
      <PostForm className="btns">
        <Button variant="primary">{say('accounts.welcome.vendors.done')}</Button>
      </PostForm>
    </WelcomeSlip>
  )
}
