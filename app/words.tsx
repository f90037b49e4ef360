import { Children, Fragment, createElement, type ReactNode } from 'react'
import { formatOf, spoken, type WordKey } from '~/words'

type Drawn = ReactNode | Date | ((chunks: ReactNode) => ReactNode)

/** Words with parts of them drawn: `sayRich('consent', { who: (chunks) => <b>{chunks}</b>, date })`. */
export function sayRich(key: WordKey, values: Record<string, Drawn>): ReactNode {
  const prepared = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'function' ? (chunks: ReactNode[]) => value(Children.toArray(chunks)) : value,
    ]),
  )
  const said = spoken(key, () => formatOf(key, false).format<ReactNode>(prepared as never), prepared)
  return createElement(Fragment, null, ...(Array.isArray(said) ? said : [said]))
}
