import { say } from '~/words'
import { ButtonLink } from './button'
import { Icon } from './icon'
import { ArrowLeft, ArrowRight } from './icons'

/** Newer on the left, older on the right; nothing where there is nothing more. */
export function Pager({
  newer,
  older,
  newerLabel,
  olderLabel,
}: {
  newer?: string | null
  older?: string | null
  newerLabel?: string
  olderLabel?: string
}) {
  if (!newer && !older) return null
  return (
    <nav className="pager" aria-label={say('ui.pages')}>
      <span>
        {newer ? (
          <ButtonLink to={newer} rel="prev" size="sm">
            <Icon of={ArrowLeft} size="sm" />
            {newerLabel ?? say('ui.newer')}
          </ButtonLink>
        ) : null}
      </span>
      <span>
        {older ? (
          <ButtonLink to={older} rel="next" size="sm">
            {olderLabel ?? say('ui.older')}
            <Icon of={ArrowRight} size="sm" />
          </ButtonLink>
        ) : null}
      </span>
    </nav>
  )
}
