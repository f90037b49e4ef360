import { Byline } from '~/app/components/people'
import { Button, Confirm, ErrorSummary, PostForm, Rows, Section, TextInput } from '~/app/components/ui'
import { typed } from '~/app/form'
import type { Refused } from '~/app/http.server'
import { paths } from '~/app/paths'
import type { HandleInfo } from '~/server/viewer'
import { say } from '~/words'
import { sayDate } from '~/words/dates'

type Row = { who: HandleInfo; startedAt: Date | string }

/** Who moderates, since when, and the way to end it. */
export function ModeratorRows({ moderators, dismissal, label }: { moderators: Row[]; dismissal: string; label: string }) {
  return (
    <Rows label={label}>
      {moderators.map(({ who, startedAt }) => (
        <li key={who.handle} className="py-3">
          <Byline
            who={who}
            to={who.handle ? paths.person(who.handle) : undefined}
            end={
              <Confirm
                label={say('operate.moderator.dismiss')}
                size="sm"
                variant="quiet"
                title={say('operate.moderator.dismiss.title', { name: who.displayName })}
                action={dismissal}
                fields={{ handle: who.handle }}
                confirmLabel={say('operate.moderator.dismiss')}
                keepLabel={say('operate.keep')}
              >
                <p>{say('operate.moderator.dismiss.why')}</p>
              </Confirm>
            }
          >
            @{who.handle}, {say('operate.since', { day: sayDate(startedAt) })}
          </Byline>
        </li>
      ))}
    </Rows>
  )
}

type Offer = { who: HandleInfo; since: Date | string; asked: boolean }

/** Who would moderate, and who was asked and has not answered. Appointing whoever would takes one press. */
export function DutyOffers({ offers }: { offers: Offer[] }) {
  if (offers.length === 0) return null
  return (
    <Section title={say('duty.offers')} id="offers" side="independent">
      <Rows label={say('duty.offers')}>
        {offers.map(({ who, since, asked }) => (
          <li key={who.handle} className="py-3">
            <Byline
              who={who}
              to={who.handle ? paths.person(who.handle) : undefined}
              end={
                asked ? null : (
                  <PostForm fields={{ handle: who.handle ?? '' }}>
                    <Button size="sm" aria-label={say('duty.appoint.whom', { name: who.displayName })}>
                      {say('operate.moderator.do')}
                    </Button>
                  </PostForm>
                )
              }
            >
              {say(asked ? 'duty.asked' : 'duty.would', { day: sayDate(since) })}
            </Byline>
          </li>
        ))}
      </Rows>
    </Section>
  )
}

export function ModeratorForm({ errors, values }: Refused) {
  return (
    <PostForm className="grid gap-6">
      <ErrorSummary errors={errors} labels={{ handle: say('operate.field.handle') }} />
      <TextInput
        label={say('operate.field.handle')}
        name="handle"
        required
        dir="ltr"
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        defaultValue={typed(values, 'handle')}
        error={errors.handle}
        help={say('operate.field.handle.help')}
      />
      <div className="btns">
        <Button variant="primary">{say('operate.moderator.do')}</Button>
      </div>
    </PostForm>
  )
}
