import type { ReactNode } from 'react'
import { Button, ButtonLink, ErrorSummary, PostForm, Section, Select, TextArea } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { OUTCOMES } from '~/server/buying/types'
import { say } from '~/words'
import { sayDate } from '~/words/dates'

export type EndShown = { side: 'ours' | 'theirs'; outcome: (typeof OUTCOMES)[number]; reason: string; at: Date | string; by: string | null }
type Props = { ends: EndShown[]; company: string; vendor: string; children?: ReactNode }

/** How it ended: what the customer says, and what the vendor was told, each marked as what it is. */
export function Ends({ ends, company, vendor, children }: Props) {
  return (
    <Section title={say('outcome.title')} id="outcome" className="mt-8 [&_h2]:text-prose">
      {ends.length === 0 ? <p className="soft">{say('outcome.none')}</p> : null}
      <ul className="mb-3">
        {ends.map(({ side, outcome, reason, at, by }) => (
          <li key={side} className="border-t border-hairline py-3 first:border-0">
            <b>{say(`outcome.${outcome}.long`, { company })}</b>
            <p className="m-0 wrap-anywhere whitespace-pre-line">
              <bdi>{reason}</bdi>
            </p>
            <p className="meta m-0">
              {say(side === 'theirs' ? 'outcome.said' : 'outcome.told', {
                ...{ who: by ?? say('relationships.somebody'), company, vendor },
                date: sayDate(at),
              })}
            </p>
          </li>
        ))}
      </ul>
      {children}
    </Section>
  )
}

export function OutcomeForm({ company, reason, back }: { company: string; reason: string; back: string }) {
  const { errors, values } = useForm()
  const labels = { outcome: say('outcome.how'), reason }
  return (
    <PostForm className="grid max-w-[36rem] gap-5">
      <ErrorSummary errors={errors} labels={labels} />
      <Select
        label={labels.outcome}
        name="outcome"
        error={errors.outcome}
        defaultValue={typed(values, 'outcome', '')}
        options={[
          { value: '', label: say('outcome.choose') },
          ...OUTCOMES.map((value) => ({ value, label: say(`outcome.${value}.long`, { company }) })),
        ]}
      />
      <TextArea
        label={labels.reason}
        name="reason"
        rows={4}
        help={say('outcome.reason.help')}
        error={errors.reason}
        defaultValue={typed(values, 'reason')}
        maxLength={1000}
      />
      <div className="btns">
        <Button variant="primary">{say('outcome.keep')}</Button>
        <ButtonLink variant="quiet" to={back}>
          {say('ui.keepIt')}
        </ButtonLink>
      </div>
    </PostForm>
  )
}
