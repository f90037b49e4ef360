import { useLoaderData } from '@remix-run/react'
import { ActionButton, ButtonLink, Empty, Icon, PageHead, Pager, Plus, Rows, Section, Wrap } from '~/app/components/ui'
import { Uses } from '~/app/components/delegates'
import { ConsentSentence, fieldsInWords, purposeInWords } from '~/app/components/vault'
import { load, personOf } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { delegatesPage, type WishShown } from '~/server/delegates'
import { ownNames, type OwnNames } from '~/server/vault'
import { say } from '~/words'
import { sayDate } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('delegates.title') }) }]

export const loader = load(async ({ viewer, url }) => {
  const me = personOf(viewer)
  const after = url.searchParams.get('after')
  const [page, names] = await Promise.all([delegatesPage(me, after), ownNames(me)])
  return { ...page, names, first: after === null, personId: me.personId }
})

export default function DelegatesScreen() {
  const { names, live, uses, wishes, next, first, personId } = useLoaderData<typeof loader>()
  useLive(first ? [`person:${personId}`] : [])
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.vault(), label: say('vault.title') }]}
        title={say('delegates.title')}
        lede={say('delegates.lede')}
        end={
          <ButtonLink to={paths.newDelegate()}>
            <Icon of={Plus} />
            {say('delegates.new')}
          </ButtonLink>
        }
      />
      {first && wishes.length > 0 ? (
        <Section title={say('delegates.waiting')} id="waiting">
          <div className="grid max-w-[46rem] gap-5">
            {wishes.map((wish) => (
              <Wish names={names} key={wish.id} {...wish} />
            ))}
          </div>
        </Section>
      ) : null}
      {first ? (
        <Section title={say('delegates.live')} id="live" className={wishes.length > 0 ? 'mt-10' : undefined}>
          {live.length === 0 ? (
            <Empty title={say('delegates.none')} level={3}>
              {say('delegates.none.why')}
            </Empty>
          ) : (
            <div className="max-w-[46rem]">
              <Rows label={say('delegates.live')}>
                {live.map((it) => (
                  <li key={it.id} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-4">
                    <div className="min-w-0 flex-1 basis-80">
                      <p>
                        <b>{it.name}</b>{' '}
                        <span className="meta">
                          {say('delegates.until', { day: sayDate(it.expiresAt) })},{' '}
                          {it.lastUsedAt ? say('delegates.lastUsed', { day: sayDate(it.lastUsedAt) }) : say('delegates.neverUsed')}
                        </span>
                      </p>
                      <p className="soft">{it.scopes.map((scope) => say(`delegates.scope.${scope}`)).join(' · ')}</p>
                      {it.fields.length > 0 ? (
                        <p className="meta">{say('delegates.reads', { fields: fieldsInWords(it.fields, names) })}</p>
                      ) : null}
                    </div>
                    <ActionButton
                      action={paths.endDelegate(it.id)}
                      label={say('delegates.end')}
                      spoken={say('delegates.end.spoken', { name: it.name })}
                      variant="danger"
                      size="sm"
                    />
                  </li>
                ))}
              </Rows>
            </div>
          )}
        </Section>
      ) : null}
      <Section title={say('delegates.uses')} id="uses" className="mt-10">
        {uses.length === 0 ? <p className="meta">{say('delegates.uses.none')}</p> : <Uses names={names} uses={uses} />}
        <Pager newer={first ? null : paths.delegates()} older={next ? paths.delegates(next) : null} />
      </Section>
    </Wrap>
  )
}

type WishProps = { names: OwnNames; id: string; from: string | null; why: string; wanted: WishShown; expiresAt: Date }

function Wish({ names, id, from, why, wanted, expiresAt }: WishProps) {
  const name = from ?? say('delegates.title')
  return (
    <article id={`wish-${id}`} className="card">
      <p className="meta">{from ? say('delegates.waiting.from', { name: from }) : say('delegates.waiting.fromEnded')}</p>
      <p className="mt-1 whitespace-pre-line">{why}</p>
      <div className="mt-4 border-s-2 border-hairline ps-4">
        {'grant' in wanted ? (
          <ConsentSentence
            kind="asked"
            who={wanted.grant.vendor}
            what={fieldsInWords(wanted.grant.attributes, names)}
            why={purposeInWords(wanted.grant.purpose)}
            until={`${wanted.grant.until}T12:00:00Z`}
          />
        ) : (
          <>
            <p className="meta">{say('delegates.waiting.question', { community: wanted.question.community })}</p>
            <h3 className="mt-1 break-words">{wanted.question.title}</h3>
            <p className="mt-2 break-words whitespace-pre-line">{wanted.question.body}</p>
            {wanted.question.tags ? <p className="meta mt-2 break-words">{wanted.question.tags}</p> : null}
          </>
        )}
      </div>
      <div className="btns mt-4">
        <ActionButton
          action={paths.confirmWish(id)}
          label={say('delegates.confirm')}
          spoken={say('delegates.confirm.spoken', { name })}
          variant="primary"
        />
        <ActionButton action={paths.declineWish(id)} label={say('delegates.decline')} spoken={say('delegates.decline.spoken', { name })} />
      </div>
      <p className="meta mt-3">{say('delegates.waiting.until', { day: sayDate(expiresAt) })}</p>
    </article>
  )
}
