import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { paths } from '~/app/paths'
import { ButtonLink } from '../ui'
import { Marked } from './marked'

export type SimilarThread = { number: number; slug: string; title: string; titlePieces: { text: string; found: boolean }[] }

type Props<T extends SimilarThread> = {
  similar: T[]
  title: string
  count: string
  read: string
  facts: (one: T) => ReactNode
  excerpt?: (one: T) => ReactNode
  act: (one: T) => ReactNode
}

/** What is there already and like what is being typed: each with where it stands and what can be done instead of writing on. */
export function SimilarList<T extends SimilarThread>({ similar, title, count, read, facts, excerpt, act }: Props<T>) {
  return (
    <section className="similar sect" aria-labelledby="similar-heading">
      <div className="sect-head">
        <h2 id="similar-heading">{title}</h2>
        <span className="meta" role="status">
          {count}
        </span>
      </div>
      {similar.map((one) => (
        <article className="sim" key={one.number}>
          <h3 className="wrap-anywhere" dir="auto">
            <Link to={paths.thread(one.slug, one.number, one.title)}>
              <Marked pieces={one.titlePieces} />
            </Link>
          </h3>
          <p className="facts meta">{facts(one)}</p>
          {excerpt?.(one)}
          <div className="btns">
            {act(one)}
            <ButtonLink size="sm" variant="quiet" to={paths.thread(one.slug, one.number, one.title)}>
              {read}
            </ButtonLink>
          </div>
        </article>
      ))}
    </section>
  )
}
