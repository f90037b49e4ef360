import type { MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { TellingForm, Told } from '~/app/components/moderation'
import { act, load } from '~/app/http.server'
import { flag, flagPage } from '~/server/moderation'
import { FlagInput } from '~/server/moderation/input'
import { say } from '~/words'

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('flag.title') }) }]

export const loader = load(({ viewer, params }) => flagPage(viewer, params.kind, params.id))

export const action = act(FlagInput, async ({ viewer, params, input }) => {
  await flag(viewer, params.kind, params.id, input)
  return { thanked: true as const }
})

export default function FlagScreen() {
  const { words, back } = useLoaderData<typeof loader>()
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
    />
  )
}
