import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { RequestRows, SizeAndIndustry } from '~/app/components/peers'
import { Button, Empty, PageHead, Pager, Section, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { toBeFound } from '~/app/meta'
import { paths } from '~/app/paths'
import { peerRooms, requestList, soughtFrom } from '~/server/peers'
import { say } from '~/words'

export const loader = load(async ({ viewer, url }) => {
  const sought = soughtFrom(url.searchParams)
  const after = url.searchParams.get('after')
  const [list, rooms] = await Promise.all([requestList(viewer, { ...sought, after }), peerRooms(viewer)])
  return { ...list, rooms, sought, first: after === null }
})

export const meta: MetaFunction = ({ matches }) => toBeFound({ matches, title: say('request.list.title'), path: paths.asked() })

export default function AskedScreen() {
  const { requests, next, rooms, sought, first } = useLoaderData<typeof loader>()
  const filtered = Object.keys(sought).length > 0
  return (
    <Wrap>
      <PageHead
        title={say('request.list.title')}
        lede={say('request.list.lede')}
        crumbs={[{ to: paths.vendors(), label: say('vendors.title') }]}
      />
      <div className="cols cols-rail">
        <div className="min-w-0">
          <Form method="get" action={paths.asked()} className="mb-6 grid max-w-[46rem] gap-4" key={JSON.stringify(sought)}>
            <SizeAndIndustry values={{ organisationSize: sought.size ?? '', industry: sought.industry ?? '' }} searching />
            <div className="btns">
              <Button>{say('cut.show')}</Button>
              {filtered ? <Link to={paths.asked()}>{say('cut.all')}</Link> : null}
            </div>
          </Form>
          {requests.length === 0 ? (
            <Empty title={say(filtered ? 'request.list.none.like' : 'request.list.none')}>{say('request.list.none.why')}</Empty>
          ) : (
            <RequestRows requests={requests} />
          )}
          <Pager
            newer={first ? null : paths.asked(sought)}
            newerLabel={say('vendors.first')}
            older={next ? paths.asked({ ...sought, after: next }) : null}
            olderLabel={say('vendors.further')}
          />
        </div>
        <aside className="rail" aria-label={say('request.where')}>
          <Section title={say('request.where')} id="where" side="member">
            {rooms.length === 0 ? (
              <p className="meta">{say('request.where.none')}</p>
            ) : (
              <ul className="grid gap-2">
                {rooms.map((room) => (
                  <li key={room.slug}>
                    <Link to={paths.askPeers(room.slug)}>{say('request.where.in', { room: room.name })}</Link>
                  </li>
                ))}
              </ul>
            )}
          </Section>
        </aside>
      </div>
    </Wrap>
  )
}
