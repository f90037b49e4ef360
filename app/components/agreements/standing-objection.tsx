import { Button, PostForm, Section } from '~/app/components/ui'
import { paths } from '~/app/paths'
import type { Objection } from '~/server/agreements'
import { say } from '~/words'
import { sayDate } from '~/words/dates'

type Shown = { objection: Objection | null; sent: boolean }

/** Whether the browser's wish, not to be sold or shared, stands for good; and what follows from it. */
export function StandingObjection({ objection, sent }: Shown) {
  return (
    <Section title={say('agreement.gpc')} id="gpc" className="mt-10">
      <p className="soft">{sent ? say('agreement.gpc.sent') : say('agreement.gpc.notSent')}</p>
      {objection ? (
        <p className="mt-2">
          {say(objection.objects ? 'agreement.gpc.stands' : 'agreement.gpc.not', { date: sayDate(new Date(objection.saidAt)) })}
        </p>
      ) : null}
      <p className="meta mt-2">{say('agreement.gpc.what')}</p>
      <div className="btns mt-4">
        {objection?.objects ? (
          <Say objects="no" label={say('agreement.gpc.end')} />
        ) : (
          <Say objects="yes" label={say('agreement.gpc.yes')} />
        )}
      </div>
    </Section>
  )
}

/** Asked once, of whoever sends the signal and has not answered. */
export function AskObjection({ objection, sent }: Shown) {
  if (!sent || objection) return null
  return (
    <section className="card mb-8 grid gap-3" aria-label={say('agreement.gpc')}>
      <p>{say('agreement.gpc.ask')}</p>
      <div className="btns">
        <Say objects="yes" label={say('agreement.gpc.yes')} variant="primary" />
        <Say objects="no" label={say('agreement.gpc.no')} />
      </div>
    </section>
  )
}

function Say({ objects, label, variant }: { objects: 'yes' | 'no'; label: string; variant?: 'primary' }) {
  return (
    <PostForm action={paths.objection()} fields={{ objects }}>
      <Button variant={variant}>{label}</Button>
    </PostForm>
  )
}
