import { Link, useLoaderData } from '@remix-run/react'
import { DeletionTask } from '~/app/components/revocations'
import { ActionButton, ButtonLink, Empty, Hourglass, PageHead, Pager, Rows, Section, State, Wrap } from '~/app/components/ui'
import { CorrectionLine, nameOfField } from '~/app/components/vault'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { erasuresOwed } from '~/server/erasure'
import { answersOwed } from '~/server/relationships'
import { deletionsOwed } from '~/server/revocations'
import { correctionsOwed } from '~/server/vault'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('revocation.owed.title') }) }, { name: 'robots', content: 'noindex' }]

export const loader = load(async ({ viewer, params, url }) => {
  const after = url.searchParams.get('after')
  const me = personOf(viewer)
  const vendor = params.vendor ?? ''
  const [owed, corrections, erasures, answers] = await Promise.all([
    deletionsOwed(me, vendor, after),
    correctionsOwed(me, vendor),
    erasuresOwed(me, vendor),
    answersOwed(me, vendor),
  ])
  return { ...owed, corrections, erasures, answers, first: after === null }
})

export default function OwedScreen() {
  const { vendor, deletions, corrections, erasures, answers, later, first } = useLoaderData<typeof loader>()
  const here = paths.owed(vendor.slug)
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.relationships(vendor.slug), label: say('relationships.people') }]}
        title={say('revocation.owed.title')}
        lede={say('revocation.owed.lede')}
      />
      <Section title={say('revocation.owed.deletions')} id="deletions" side="vendor" className="max-w-[46rem]">
        {deletions.length === 0 ? <Empty title={say('revocation.owed.none')} level={3} /> : null}
        <Rows>
          {deletions.map((task) => (
            <li key={task.grantId} className="py-4">
              {task.relationshipId ? (
                <Link className="font-serif text-prose" to={paths.relationship(task.relationshipId)}>
                  <bdi>{task.member?.displayName}</bdi>
                </Link>
              ) : (
                <bdi>{task.member?.displayName}</bdi>
              )}
              <DeletionTask task={task} relationshipId={task.relationshipId} />
            </li>
          ))}
        </Rows>
        <Pager newer={first ? null : here} older={later ? `${here}?after=${encodeURIComponent(later)}` : null} />
      </Section>
      <Section title={say('vault.corrections')} id="corrections" side="vendor" className="mt-10 max-w-[46rem]">
        {corrections.length === 0 ? <p className="soft">{say('vault.corrections.none')}</p> : null}
        <Rows>
          {corrections.map((correction) => (
            <li key={correction.id} className="flex flex-wrap items-center justify-between gap-3 py-4">
              <div>
                {correction.relationshipId ? (
                  <Link className="font-serif text-prose" to={paths.relationship(correction.relationshipId)}>
                    <bdi>{correction.member?.displayName}</bdi>
                  </Link>
                ) : (
                  <bdi>{correction.member?.displayName}</bdi>
                )}
                <CorrectionLine correction={correction} />
              </div>
              <ActionButton action={paths.recordCorrected(correction.id)} label={say('vault.corrections.say')} size="sm" />
            </li>
          ))}
        </Rows>
      </Section>
      <Section title={say('erasure.owed')} id="erasures" side="vendor" className="mt-10 max-w-[46rem]">
        <p className="soft">{erasures.length === 0 ? say('erasure.owed.none') : say('erasure.owed.why')}</p>
        <Rows>
          {erasures.map((notice) => (
            <li key={notice.id} className="flex flex-wrap items-center justify-between gap-3 py-4">
              <div className="grid gap-0.5">
                {notice.relationshipId ? (
                  <Link className="break-all" to={paths.relationship(notice.relationshipId)}>
                    {say('erasure.owed.record', { number: notice.relationshipId })}
                  </Link>
                ) : (
                  <span>{say('erasure.owed.noRecord')}</span>
                )}
                <Due late={notice.late}>{say(notice.late ? 'erasure.owed.late' : 'erasure.owed.due', { date: sayDay(notice.dueAt) })}</Due>
              </div>
              <ActionButton action={paths.acknowledgeErasure(notice.id)} label={say('erasure.owed.say')} size="sm" />
            </li>
          ))}
        </Rows>
      </Section>
      <Section title={say('relationships.why.owed')} id="answers" side="vendor" className="mt-10 max-w-[46rem]">
        {answers.length === 0 ? <p className="soft">{say('relationships.why.owedNone')}</p> : null}
        <Rows>
          {answers.map((asked) => (
            <li key={asked.id} className="flex flex-wrap items-center justify-between gap-3 py-4">
              <div className="grid gap-0.5">
                <Link className="font-serif text-prose" to={paths.relationship(asked.relationshipId)}>
                  <bdi>{asked.member?.displayName}</bdi>
                </Link>
                <p className="wrap-anywhere">
                  <bdi>{asked.kind === 'why' ? say('relationships.why.asked', { field: nameOfField(asked.about) }) : asked.about}</bdi>
                </p>
                <Due late={asked.late}>
                  {say(asked.late ? 'relationships.why.late' : 'relationships.why.due', { date: sayDay(asked.dueAt) })}
                </Due>
              </div>
              <ButtonLink size="sm" to={paths.answerContest(asked.relationshipId, asked.id)}>
                {say('relationships.why.answer')}
              </ButtonLink>
            </li>
          ))}
        </Rows>
      </Section>
    </Wrap>
  )
}

function Due({ late, children }: { late: boolean; children: string }) {
  return (
    <span>
      <State kind={late ? 'bad' : 'wait'} icon={Hourglass}>
        {children}
      </State>
    </span>
  )
}
