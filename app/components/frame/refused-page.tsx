import { isRouteErrorResponse, useLocation } from '@remix-run/react'
import { paths } from '~/app/paths'
import { hasWords, say, sayError, type WordKey, type WordValues } from '~/words'
import { sayMoment } from '~/words/dates'
import { ButtonLink } from '../ui'

const SAID = [403, 404, 409, 422, 429, 500, 503] as const
type Said = (typeof SAID)[number]

/** What happened, what was kept, what to do. */
export function RefusedPage({ error }: { error: unknown }) {
  const here = useLocation()
  const status = statusOf(error)
  const own = ownWords(error)
  const words = (part: 'title' | 'happened' | 'kept' | 'do') =>
    say(`ui.refused.${status}.${part}` satisfies WordKey, { time: sayMoment(Date.now()) })
  return (
    <div className="wrap pt-16">
      <div className="sect max-w-[44rem]">
        <p className="meta num">{status}</p>
        <h1 className="title mt-1">{words('title')}</h1>
        <div className="prose mt-4">
          <p>{own ?? words('happened')}</p>
          <p className="soft" suppressHydrationWarning>
            {words('kept')} {words('do')}
          </p>
        </div>
        <div className="btns mt-7">
          {status === 404 || status === 403 ? (
            <ButtonLink to={paths.search()}>{say('ui.refused.search')}</ButtonLink>
          ) : (
            <ButtonLink to={here.pathname + here.search} reloadDocument>
              {say('ui.refused.again')}
            </ButtonLink>
          )}
          <ButtonLink variant="quiet" to={paths.home()}>
            {say('ui.refused.home')}
          </ButtonLink>
        </div>
      </div>
    </div>
  )
}

export function refusedTitle(error: unknown) {
  return say(`ui.refused.${statusOf(error)}.title`)
}

function statusOf(error: unknown): Said {
  if (!isRouteErrorResponse(error)) return 500
  return SAID.find((said) => said === error.status) ?? (error.status < 500 ? 404 : 500)
}

/** A refusal that says exactly why is better than one that says how. */
function ownWords(error: unknown): string | null {
  if (!isRouteErrorResponse(error)) return null
  const { key, values } = (typeof error.data === 'object' && error.data !== null ? error.data : {}) as { key?: string; values?: WordValues }
  const general = key === undefined || ['notFound', 'forbidden', 'invalid', 'conflict'].includes(key)
  return general || !hasWords(`error.${key.split(':')[0]}`) ? null : sayError(key, values)
}
