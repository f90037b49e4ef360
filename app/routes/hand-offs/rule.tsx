import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { RuleForm } from '~/app/components/hand-offs'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { rulePage, setRule } from '~/server/hand-offs'
import { RuleInput } from '~/server/hand-offs/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('handOff.rules') }) }]

export const loader = load(({ viewer, params }) => rulePage(personOf(viewer), params.slug, params.trigger))

export const action = act(RuleInput, async ({ viewer, params, input }) => {
  await setRule(personOf(viewer), params.slug, params.trigger, input)
  return redirect(paths.handOffs(params.slug))
})

export default function HandOffRuleScreen() {
  const { vendor, trigger, ...stands } = useLoaderData<typeof loader>()
  const back = paths.handOffs(vendor.slug)
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: back, label: say('handOff.title') }]}
        title={say(`handOff.trigger.${trigger}`)}
        lede={say('handOff.rules.help')}
      />
      <RuleForm stands={stands} back={back} />
    </Wrap>
  )
}
