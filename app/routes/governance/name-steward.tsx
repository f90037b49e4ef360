import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, ErrorSummary, PageHead, PostForm, Select, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { nameSteward, registerPage } from '~/server/governance'
import { StewardInput } from '~/server/governance/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('steward.name') }) }]

export const loader = load(({ viewer, params }) => registerPage(personOf(viewer), params.slug))

export const action = act(StewardInput, async ({ viewer, params, input }) => {
  await nameSteward(personOf(viewer), params.slug, input)
  return redirect(paths.register(params.slug))
})

export default function NameStewardScreen() {
  const { vendor, stewards, colleagues, me } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const labels = { object: say('steward.object'), owner: say('steward.who') }
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.register(vendor.slug), label: say('register.link') }]}
        title={say('steward.name')}
        lede={say('steward.lede')}
      />
      <PostForm className="grid max-w-[28rem] gap-5">
        <ErrorSummary errors={errors} labels={labels} />
        <Select
          label={labels.object}
          name="object"
          error={errors.object}
          defaultValue={typed(values, 'object', 'accounts')}
          options={stewards.map(({ object }) => ({ value: object, label: say(`steward.of.${object}`) }))}
        />
        <Select
          label={labels.owner}
          name="owner"
          error={errors.owner}
          defaultValue={typed(values, 'owner', me)}
          options={colleagues.map((one) => ({ value: one.handle, label: one.displayName }))}
        />
        <div className="btns">
          <Button variant="primary">{say('steward.keep')}</Button>
          <ButtonLink variant="quiet" to={paths.register(vendor.slug)}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
      </PostForm>
    </Wrap>
  )
}
