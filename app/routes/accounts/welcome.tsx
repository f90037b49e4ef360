import { Link, useLoaderData } from '@remix-run/react'
import { Slip } from '~/app/components/accounts'
import { ButtonLink, Check, Rows, State } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { welcomePage } from '~/server/accounts'
import { roomsInMind } from '~/server/vendors'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.welcome') }) }]

export const loader = load(async ({ viewer }) => {
  const person = personOf(viewer)
  const [page, rooms] = await Promise.all([welcomePage(person), roomsInMind(person)])
  return { ...page, rooms }
})

export default function WelcomeScreen() {
  const { steps, next, rooms } = useLoaderData<typeof loader>()
  return (
    <Slip title={say(next ? 'accounts.welcome' : 'accounts.welcome.done')} lede={say('accounts.welcome.lede')}>
      <Rows ordered label={say('accounts.welcome')}>
        {steps.map(({ step, passed }) => (
          <li key={step} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
            <Link className="font-serif text-prose" to={paths.welcomeStep(step)}>
              {say(`accounts.welcome.${step}`)}
            </Link>
            {passed ? (
              <State kind="ok" icon={Check}>
                {say('accounts.welcome.passed')}
              </State>
            ) : null}
          </li>
        ))}
      </Rows>
      {rooms.length > 0 ? (
        <div>
          <h2 className="text-prose mb-1.5">{say('accounts.welcome.rooms')}</h2>
          <Rows label={say('accounts.welcome.rooms')}>
            {rooms.map((room) => (
              <li key={room.slug}>
                <Link className="font-serif text-prose" to={paths.community(room.slug)}>
                  <bdi>{room.name}</bdi>
                </Link>
                <p className="meta">{room.summary}</p>
              </li>
            ))}
          </Rows>
        </div>
      ) : null}
      <div className="btns">
        {next ? (
          <ButtonLink variant="primary" to={paths.welcomeStep(next)}>
            {say(steps.some(({ passed }) => passed) ? 'accounts.welcome.goOn' : 'accounts.welcome.begin')}
          </ButtonLink>
        ) : (
          <ButtonLink variant="primary" to={paths.communities()}>
            {say('accounts.welcome.rooms.all')}
          </ButtonLink>
        )}
        <ButtonLink variant="quiet" to={paths.home()}>
          {say('accounts.confirm.toStart')}
        </ButtonLink>
      </div>
    </Slip>
  )
}
