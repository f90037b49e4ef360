import { useLoaderData } from '@remix-run/react'
import { Who } from '~/app/components/people'
import { ActionButton, Empty, PageHead, Rows, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { blockedPage } from '~/server/accounts'
import { say } from '~/words'
import { sayDate } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.blocked') }) }]

export const loader = load(({ viewer }) => blockedPage(personOf(viewer)))

export default function BlockedScreen() {
  const { blocked } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        title={say('accounts.blocked')}
        lede={say('accounts.blocked.lede')}
        crumbs={[{ to: paths.account(), label: say('accounts.account.title') }]}
      />
      <div className="max-w-[46rem]">
        {blocked.length === 0 ? (
          <Empty title={say('accounts.blocked.none')}>{say('accounts.blocked.none.how')}</Empty>
        ) : (
          <Rows label={say('accounts.blocked')}>
            {blocked.map(({ who, since }) => (
              <li key={who.handle} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
                <Who who={who} to={paths.person(who.handle ?? '')} />
                <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
                  <span className="meta">{say('accounts.blocked.since', { day: sayDate(since) })}</span>
                  <ActionButton
                    action={paths.unblock(who.handle ?? '')}
                    label={say('accounts.unblock')}
                    spoken={say('accounts.unblock.whom', { who: who.displayName })}
                    size="sm"
                  />
                </span>
              </li>
            ))}
          </Rows>
        )}
      </div>
    </Wrap>
  )
}
