import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Banner, Button, ErrorSummary, PageHead, PostForm, Rows, Section, State, TextInput, Wrap, Check, Circle } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { switchBuying, switchPage } from '~/server/buying'
import { SwitchInput } from '~/server/buying/input'
import { say } from '~/words'
import { sayDate } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('buying.switch') }) }, { name: 'robots', content: 'noindex' }]

export const loader = load(({ viewer, params }) => switchPage(personOf(viewer), params.slug))

export const action = act(SwitchInput, async ({ viewer, params, input }) => {
  await switchBuying(personOf(viewer), params.slug, input)
  return redirect(paths.buying(params.slug))
})

export default function SwitchScreen() {
  const { vendor, isOn, turns, may } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[
          { to: paths.vendor(vendor.slug), label: vendor.name },
          { to: paths.accounts(vendor.slug), label: say('account.title') },
        ]}
        title={say('buying.switch.title', { vendor: vendor.name })}
        lede={say('buying.switch.lede')}
      />
      <div className="grid max-w-[40rem] gap-8">
        <Banner>{isOn ? say('buying.isOn') : say('buying.isOff')}</Banner>
        {may.turn ? <SwitchForm isOn={isOn} /> : <p className="soft">{say('buying.mayNot')}</p>}
        {turns.length > 0 ? (
          <Section title={say('buying.turns')} id="turns" className="[&_h2]:text-prose">
            <Rows>
              {turns.map((turn) => (
                <li key={String(turn.at)} className="py-2.5">
                  <State kind={turn.turned === 'on' ? 'ok' : 'off'} icon={turn.turned === 'on' ? Check : Circle}>
                    {say(`buying.turned.${turn.turned}`)}
                  </State>
                  <p className="m-0 wrap-anywhere">
                    <bdi>{turn.reason}</bdi>
                  </p>
                  <p className="meta">{say('buying.turnedBy', { who: turn.who ?? say('relationships.nobody'), date: sayDate(turn.at) })}</p>
                </li>
              ))}
            </Rows>
          </Section>
        ) : null}
      </div>
    </Wrap>
  )
}

function SwitchForm({ isOn }: { isOn: boolean }) {
  const { errors, values } = useForm()
  return (
    <PostForm className="grid gap-5" fields={{ turn: isOn ? 'off' : 'on' }}>
      <ErrorSummary errors={errors} labels={{ reason: say('buying.reason') }} />
      <TextInput
        label={say('buying.reason')}
        name="reason"
        help={say('buying.reason.help')}
        error={errors.reason}
        defaultValue={typed(values, 'reason')}
        maxLength={300}
      />
      <div className="btns">
        <Button variant="primary">{isOn ? say('buying.turnOff') : say('buying.turnOn')}</Button>
      </div>
    </PostForm>
  )
}
