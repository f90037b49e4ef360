import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { OwnAppeal, Statement } from '~/app/components/moderation'
import { Banner, ButtonLink, PageHead, Section, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { decisionPage } from '~/server/moderation'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('moderation.statement') }) }]

export const loader = load(({ viewer, params }) => decisionPage(viewer, params.id))

export default function DecisionScreen() {
  const it = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        title={say(`moderation.done.${it.act}`, { what: it.subjectKind })}
        crumbs={[{ to: paths.moderationLog(), label: say('moderation.log') }]}
      />
      <div className="grid max-w-[46rem] gap-8">
        {it.concerned ? (
          <Banner kind="independent">
            <p>{say('moderation.statement.yours')}</p>
          </Banner>
        ) : null}
        <Statement it={it} />
        {it.mend ? (
          <Section title={say('moderation.mend')} thin id="mend">
            <p>{say(it.detected === 'check' ? 'moderation.mend.held' : 'moderation.mend.how')}</p>
            <div className="btns mt-3">
              <ButtonLink to={paths.editPost(it.mend)}>{say('moderation.mend.do')}</ButtonLink>
            </div>
          </Section>
        ) : null}
        <Redress it={it} />
        {it.item ? (
          <div className="btns">
            <ButtonLink to={paths.decide(it.item.kind, it.item.id)}>{say('moderation.statement.item')}</ButtonLink>
          </div>
        ) : null}
      </div>
    </Wrap>
  )
}

/** What can be done about it, what the viewer did, and what came of it. */
function Redress({ it }: { it: Shown }) {
  if (it.appeal) return <OwnAppeal appeal={it.appeal} />
  return (
    <Section title={say('moderation.statement.redress')} thin id="appeal">
      {it.appealedAs ? <p>{say(`appeal.public.${it.appealedAs}`)}</p> : null}
      <p>
        {it.restricts || it.act === 'keep'
          ? say('moderation.statement.redress.how', {
              day: it.appealUntil ? sayDay(it.appealUntil) : '',
              who: it.restricts ? 'target' : 'reporter',
            })
          : say('moderation.statement.redress.none')}
      </p>
      {it.may.appeal ? (
        <p className="mt-4">
          <ButtonLink variant="primary" to={paths.appeal(it.id)}>
            {say('appeal.title')}
          </ButtonLink>
        </p>
      ) : null}
      {it.may.askForLink ? (
        <p className="mt-4">
          <Link to={paths.askForAppealLink(it.id)}>{say('appeal.byMail.do')}</Link>
        </p>
      ) : null}
    </Section>
  )
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>
