import { Link, useLoaderData } from '@remix-run/react'
import { OwnDiscount } from '~/app/components/moderation'
import { ActionButton, Check, Empty, Hourglass, Label, PageHead, Pager, Rows, Section, State, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { ownDiscount } from '~/server/moderation'
import { ownStanding } from '~/server/standing'
import { say } from '~/words'
import { sayChosenDay } from '~/words/dates'

export const loader = load(async ({ viewer, url }) => {
  const before = url.searchParams.get('before')
  const [standing, discount] = await Promise.all([ownStanding(personOf(viewer), before), ownDiscount(viewer)])
  return { ...standing, before, discount }
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('standing.title') }) }]

export default function StandingScreen() {
  const page = useLoaderData<typeof loader>()
  const { points, rooms, rows, older, before, ranked, discount } = page
  return (
    <Wrap>
      <PageHead title={say('standing.title')} lede={say('standing.lede')} />
      <div className="grid max-w-[46rem] gap-10">
        {before ? null : (
          <>
            <Trust />
            {discount ? (
              <Section id="reports" title={say('reporter.yours')}>
                <OwnDiscount discount={discount} />
              </Section>
            ) : null}
            <WhatYouMay />
            <Section id="reputation" title={say('standing.points', { points })}>
              {rooms.length > 0 ? (
                <ul className="grid gap-1" aria-label={say('standing.rooms')}>
                  {rooms.map((room) => (
                    <li key={room.slug}>
                      <Link className="num underline" to={paths.leaders(room.slug)}>
                        {say('standing.room', { points: room.points, room: room.name })}
                      </Link>
                    </li>
                  ))}
                </ul>
              ) : null}
              <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
                <p className="meta">{say(ranked ? 'standing.ranked' : 'standing.unranked')}</p>
                <ActionButton
                  action={paths.ranking()}
                  fields={{ ranked: ranked ? 'no' : 'yes', next: paths.standing() }}
                  label={say(ranked ? 'standing.unrank' : 'standing.rank')}
                  size="sm"
                />
              </div>
            </Section>
          </>
        )}
        <Section id="ledger" title={say('standing.ledger')}>
          {rows.length === 0 ? (
            <Empty level={3} title={say('standing.ledger.empty')}>
              {say('standing.ledger.empty.body')}
            </Empty>
          ) : (
            <Rows>
              {rows.map((row) => (
                <LedgerLine key={row.id} row={row} />
              ))}
            </Rows>
          )}
          <Pager
            newer={before ? paths.standing() : null}
            newerLabel={say('standing.ledger.newest')}
            older={older ? `${paths.standing()}?before=${encodeURIComponent(older)}` : null}
          />
        </Section>
      </div>
    </Wrap>
  )
}

/** The level in plain words, and what the next one needs. */
function Trust() {
  const { level, since, shortSince, needs, reaches } = useLoaderData<typeof loader>()
  return (
    <Section id="trust" title={say('standing.level')}>
      <p className="strong">{say(`standing.level.${level}`)}</p>
      {since && level > 0 ? <p className="meta">{say('standing.level.since', { day: sayChosenDay(since) })}</p> : null}
      {shortSince ? <p className="mt-2">{say('standing.level.short', { day: sayChosenDay(shortSince) })}</p> : null}
      {needs.length === 0 ? (
        <p className="mt-2">{say('standing.level.top')}</p>
      ) : (
        <>
          <div className="mt-5">
            <Label>{say('standing.level.next', { level: level + 1 })}</Label>
          </div>
          <ul className="grid gap-1.5">
            {needs.map((need) => (
              <li key={need.fact} className="flex items-start justify-between gap-x-4">
                <span className="num">{say(`standing.need.${need.fact}`, need)}</span>
                <State kind={need.met ? 'ok' : 'wait'} icon={need.met ? Check : Hourglass}>
                  {say(need.met ? 'standing.need.met' : 'standing.need.notYet')}
                </State>
              </li>
            ))}
          </ul>
          {reaches > level ? <p className="mt-2">{say('standing.level.soon')}</p> : null}
        </>
      )}
      <p className="meta mt-4">{say('standing.level.how')}</p>
    </Section>
  )
}

/** From the same table that posting asks. */
function WhatYouMay() {
  const { level, rights } = useLoaderData<typeof loader>()
  const { known, now, next } = rights
  const later = new Map(next.map(({ right, most }) => [right, most]))
  return (
    <Section id="rights" title={say('standing.rights')}>
      {known ? <p className="mb-3">{say('standing.rights.known')}</p> : null}
      <table className="tbl tbl-tight num w-full">
        <thead>
          <tr>
            <th scope="col">{say('standing.rights.what')}</th>
            <th scope="col" className="r">
              {say('standing.rights.now')}
            </th>
            {next.length > 0 ? (
              <th scope="col" className="r">
                {say('standing.rights.next', { level: level + 1 })}
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {now.map(({ right, most }) => (
            <tr key={right}>
              <th scope="row">{say(`standing.right.${right}`)}</th>
              <td className="r">{most ?? say('standing.rights.none')}</td>
              {next.length > 0 ? (
                <td className="r">{(later.has(right) ? later.get(right) : most) ?? say('standing.rights.none')}</td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="meta mt-2">{say('standing.rights.links')}</p>
    </Section>
  )
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

function LedgerLine({ row }: { row: Row }) {
  const { cause, points, counted, earnedOn, takenBackOn, whyTaken, reason, found, thread, by } = row
  const who = by?.displayName ?? say('standing.ledger.somebody')
  return (
    <li className="flex gap-4 py-3">
      <span className={`num w-12 shrink-0 text-end ${takenBackOn ? 'soft line-through' : 'strong'}`}>
        {points > 0 ? `+${points}` : `−${-points}`}
      </span>
      <div className="grid min-w-0 gap-0.5">
        <span>{say(`standing.cause.${cause}`, { who })}</span>
        {thread ? (
          <Link className="min-w-0 wrap-anywhere" to={paths.thread(thread.slug, thread.number, thread.title)} dir="auto">
            {thread.title}
          </Link>
        ) : (
          <span className="soft">{say('standing.ledger.unreadable')}</span>
        )}
        <span className="meta">{sayChosenDay(earnedOn)}</span>
        {takenBackOn && whyTaken ? (
          <span className="meta wrap-anywhere">
            {found
              ? say('standing.taken.staged', { day: sayChosenDay(takenBackOn), ...found })
              : say(`standing.taken.${whyTaken}`, { day: sayChosenDay(takenBackOn), reason: reason ?? '' })}
          </span>
        ) : counted < points ? (
          <span className="meta">{say('standing.capped', { counted })}</span>
        ) : null}
      </div>
    </li>
  )
}
