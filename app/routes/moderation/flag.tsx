import type { MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { OwnDiscount, TellingForm, Told } from '~/app/components/moderation'
import { act, load } from '~/app/http.server'
import { flag, flagPage, ownDiscount } from '~/server/moderation'
import { FlagInput } from '~/server/moderation/input'
import { say } from '~/words'

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('flag.title') }) }]

export const loader = load(async ({ viewer, params }) => {
  const [page, discount] = await Promise.all([flagPage(viewer, params.kind, params.id), ownDiscount(viewer)])
  return { ...page, discount }
})

export const action = act(FlagInput, async ({ viewer, params, input }) => {
  await flag(viewer, params.kind, params.id, input)
  return { thanked: true as const }
})

export default function FlagScreen() {
  const { words, back, discount } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  if (done && 'thanked' in done)
    return (
      <Told title={say('flag.thanks.title')} place={back}>
        {say('flag.thanks')}
      </Told>
    )
  return (
    <TellingForm
      title={say('flag.title')}
      lede={say('flag.lede')}
      words={words}
      what={say('flag.what')}
      place={back}
      note={{ label: say('flag.note'), help: say('flag.note.help') }}
      submit={say('flag.submit')}
      beside={<OwnDiscount discount={discount} />}
    />
  )
}
