import { Link, useLoaderData } from '@remix-run/react'
import { ActionButton, Empty, PageHead, Rows, Section, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { myDuties } from '~/server/communities'
import { say } from '~/words'
import { sayDate } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('duty.title') }) }]

export const loader = load(async ({ viewer }) => {
  const me = personOf(viewer)
  return { ...(await myDuties(me)), personId: me.personId }
})

const ROW = 'flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3'

export default function MyDutiesScreen() {
  const { offers, portal, moderates, rooms, personId } = useLoaderData<typeof loader>()
  useLive([`person:${personId}`])
  return (
    <Wrap>
      <PageHead
        title={say('duty.title')}
        lede={say('duty.lede')}
        crumbs={[{ to: paths.account(), label: say('accounts.account.title') }]}
      />
      <div className="grid max-w-[46rem] gap-10">
        {offers.length > 0 ? (
          <Section title={say('duty.asked.you')} id="asked" side="independent">
            <ul className="grid gap-5">
              {offers.map(({ id, name, createdAt }) => (
                <li key={id} className="card">
                  <p>{name ? say('duty.asked.room', { name }) : say('duty.asked.portal')}</p>
                  <p className="meta mt-1">{say('duty.asked.day', { day: sayDate(createdAt) })}</p>
                  <div className="btns mt-4">
                    <ActionButton
                      action={paths.answerDuty(id)}
                      fields={{ answer: 'accept' }}
                      label={say('duty.accept')}
                      variant="primary"
                    />
                    <ActionButton action={paths.answerDuty(id)} fields={{ answer: 'decline' }} label={say('duty.decline')} />
                  </div>
                </li>
              ))}
            </ul>
          </Section>
        ) : null}
        <Section title={say('duty.now')} id="now">
          {moderates.length === 0 && !portal ? (
            <Empty title={say('duty.none')} level={3}>
              {say('duty.none.why')}
            </Empty>
          ) : (
            <Rows label={say('duty.now')}>
              {portal ? (
                <li className={ROW}>
                  {say('duty.portal')}
                  <ActionButton
                    action={paths.stepDownPortal()}
                    label={say('duty.end')}
                    spoken={say('duty.end.what', { name: say('duty.portal') })}
                    size="sm"
                  />
                </li>
              ) : null}
              {moderates.map(({ slug, name }) => (
                <li key={slug} className={ROW}>
                  <Link to={paths.community(slug)}>{name}</Link>
                  <ActionButton action={paths.stepDown(slug)} label={say('duty.end')} spoken={say('duty.end.what', { name })} size="sm" />
                </li>
              ))}
            </Rows>
          )}
        </Section>
        {rooms.length > 0 ? (
          <Section title={say('duty.help')} id="help">
            <p className="soft">{say('duty.help.lede')}</p>
            <Rows label={say('duty.help')}>
              {rooms.map(({ slug, name, would }) => (
                <li key={slug} className={ROW}>
                  <span>
                    <Link to={paths.community(slug)}>{name}</Link>
                    {would ? <span className="meta">, {say('duty.would.said')}</span> : null}
                  </span>
                  <ActionButton
                    action={paths.offerHelp(slug)}
                    fields={{ would: would ? 'no' : 'yes' }}
                    label={say(would ? 'duty.would.not' : 'duty.would.say')}
                    spoken={say(would ? 'duty.would.not.where' : 'duty.would.say.where', { name })}
                    size="sm"
                    variant="quiet"
                  />
                </li>
              ))}
            </Rows>
          </Section>
        ) : null}
      </div>
    </Wrap>
  )
}
