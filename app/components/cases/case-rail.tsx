import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { sayChosenDay, sayDay } from '~/words/dates'
import type { DraftShown } from '~/server/drafts/types'
import type { ClockShown } from '~/server/operations'
import type { GrantedValue, LiveGrant } from '~/server/vault'
import type { HandleInfo } from '../people/seat'
import { ActionButton, Label } from '../ui'
import { Unfold } from '../relationships'
import { IdeaState } from '../ideas'
import { nameOfField } from '../vault'
import { NoteForm } from './note-form'
import { Promised } from './promised'

type Shown<T> = { [K in keyof T]: T[K] extends Date ? Date | string : T[K] }
type Case = {
  caseId: string
  state: 'waiting-vendor' | 'waiting-asker' | 'closed'
  mine: boolean
  asker: HandleInfo | null
  vendor: { slug: string; name: string }
  assigned: { by: HandleInfo | null; mine: boolean } | null
  notes: { id: string; body: string; by: HandleInfo | null; at: Date | string }[]
  noteCount: number
  noteDraft: DraftShown | null
  theirs: { values: Shown<GrantedValue>[]; grants: Shown<LiveGrant>[] } | null
  theirElsewhere: boolean
  recordId: string | null
  idea: { number: number; slug: string; title: string; status: Parameters<typeof IdeaState>[0]['status'] } | null
  clocks: ClockShown[]
  may: { write: boolean; close: boolean; serve: boolean }
}

/** Beside a case: for the asker who reads it; for staff what the asker shares, who has it, and what to do with it. */
export function CaseRail({ it }: { it: Case }) {
  return (
    <aside className="rail grid content-start gap-8" aria-label={say('case.one')}>
      <Promised {...it} asker={it.asker?.displayName ?? ''} />
      {it.mine ? <Readers it={it} /> : <Theirs it={it} />}
      {it.may.serve ? <Taken it={it} /> : null}
      {it.may.serve && it.may.write ? <AnswerBack it={it} /> : null}
      <Idea it={it} />
      {it.may.serve ? <Notes it={it} /> : null}
      {(it.state === 'closed' ? it.may.write : it.may.close) ? (
        <Part>
          <ActionButton
            action={it.state === 'closed' ? paths.reopenCase(it.caseId) : paths.closeCase(it.caseId)}
            label={say(it.state === 'closed' ? 'case.act.reopen' : 'case.act.close')}
            size="sm"
          />
          {it.state === 'closed' ? null : <p className="meta mt-2">{say('case.close.help')}</p>}
        </Part>
      ) : null}
    </aside>
  )
}

function Part({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section>
      {title ? <Label level={2}>{title}</Label> : null}
      {children}
    </section>
  )
}

function Readers({ it: { vendor, noteCount, recordId } }: { it: Case }) {
  return (
    <Part title={say('case.who')}>
      <p className="soft">{say('case.who.asker', { vendor: vendor.name })}</p>
      <p className="meta mt-2">{say('case.who.notes', { count: noteCount })}</p>
      <ul className="meta mt-2 grid gap-1">
        <li>
          <Link className="underline" to={paths.seenBy(vendor.slug)}>
            {say('case.who.shares', { vendor: vendor.name })}
          </Link>
        </li>
        {recordId ? (
          <li>
            <Link className="underline" to={paths.myRelationship(vendor.slug)}>
              {say('case.who.record', { vendor: vendor.name })}
            </Link>
          </li>
        ) : null}
      </ul>
    </Part>
  )
}

function Theirs({ it: { theirs, theirElsewhere, asker, recordId } }: { it: Case }) {
  const name = asker?.displayName ?? ''
  const values = theirs?.values ?? []
  const grants = theirs?.grants ?? []
  const last = grants.filter((grant, at) => grants.findIndex((other) => other.purpose === grant.purpose) === at)
  return (
    <Part title={say('case.theirs', { name })}>
      <p className="meta">@{asker?.handle}</p>
      {values.length === 0 ? <p className="meta mt-1">{say(theirElsewhere ? 'case.theirs.noneToAnswer' : 'case.theirs.none')}</p> : null}
      {values.length > 0
        ? last.map((grant) => (
            <p key={grant.id} className="meta mt-1">
              {say('case.theirs.with', { purpose: say(`relationships.purpose.${grant.purpose}`), date: sayChosenDay(grant.endsAt) })}
            </p>
          ))
        : null}
      {values.length > 0 ? (
        <>
          <dl className="facts mt-2.5">
            {values.map(({ key, label, value }) => (
              <div key={key}>
                <dt>{nameOfField(key, label)}</dt>
                <dd className="wrap-anywhere whitespace-pre-line">
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ))}
          </dl>
          <p className="meta mt-2">{say('case.theirs.recorded', { name })}</p>
        </>
      ) : null}
      {theirElsewhere ? <p className="meta mt-2">{say('case.theirs.elsewhere', { name })}</p> : null}
      {recordId ? (
        <p className="meta mt-2">
          <Link className="underline" to={paths.relationship(recordId)}>
            {say('case.theirs.record', { name })}
          </Link>
        </p>
      ) : null}
    </Part>
  )
}

function Taken({ it: { caseId, assigned } }: { it: Case }) {
  const fields = assigned && !assigned.mine ? { seen: assigned.by?.handle ?? '' } : undefined
  return (
    <Part title={say('case.taken')}>
      <p className="soft mb-2">
        {assigned
          ? assigned.mine
            ? say('case.taken.mine')
            : say('case.taken.by', { who: assigned.by?.displayName ?? '' })
          : say('case.taken.nobody')}
      </p>
      <ActionButton
        action={assigned?.mine ? paths.letGoOfCase(caseId) : paths.takeCase(caseId)}
        fields={fields}
        label={say(assigned ? (assigned.mine ? 'case.act.letGo' : 'case.act.takeOver') : 'case.act.take')}
        size="sm"
      />
    </Part>
  )
}

function AnswerBack({ it: { caseId, asker } }: { it: Case }) {
  return (
    <Part title={say('case.back')}>
      <p className="soft">{say('case.back.help', { name: asker?.displayName ?? '' })}</p>
      <p className="meta mt-2">
        <Link className="underline" to={paths.answerBack(caseId)}>
          {say('case.back.act')}
        </Link>
      </p>
    </Part>
  )
}

function Idea({ it: { caseId, idea, asker, may } }: { it: Case }) {
  if (!idea && !may.serve) return null
  return (
    <Part title={say('case.idea')}>
      {idea ? (
        <p className="wrap-anywhere">
          <Link to={paths.thread(idea.slug, idea.number, idea.title)}>
            <bdi>{idea.title}</bdi>
          </Link>{' '}
          <IdeaState status={idea.status} />
        </p>
      ) : (
        <p className="soft">{say('case.idea.help', { name: asker?.displayName ?? '' })}</p>
      )}
      {may.serve ? (
        <p className="meta mt-2">
          <Link className="underline" to={paths.linkCase(caseId)}>
            {say(idea ? 'case.idea.other' : 'case.idea.act')}
          </Link>
        </p>
      ) : null}
    </Part>
  )
}

function Notes({ it: { caseId, notes, noteCount, noteDraft, asker } }: { it: Case }) {
  return (
    <Part title={say('case.notes')}>
      <p className="meta">{say('case.notes.help', { name: asker?.displayName ?? '' })}</p>
      {notes.map(({ id, body, by, at }) => (
        <div key={id} className="border-t border-hairline py-2 first-of-type:border-0">
          <p className="wrap-anywhere whitespace-pre-line">
            <bdi>{body}</bdi>
          </p>
          <p className="meta">{say('case.notes.by', { who: by?.displayName ?? '', day: sayDay(at) })}</p>
        </div>
      ))}
      {noteCount > notes.length ? <p className="meta">{say('case.notes.latest', { shown: notes.length, count: noteCount })}</p> : null}
      <Unfold label={say('case.notes.add')} begun={Boolean(noteDraft?.newest)}>
        <NoteForm caseId={caseId} draft={noteDraft} />
      </Unfold>
    </Part>
  )
}
