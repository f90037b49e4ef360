import type { ReactNode } from 'react'
import { Section, Wrap } from '../ui'

type Parts = { title: ReactNode; lede?: ReactNode; children: ReactNode; foot?: ReactNode; beside?: ReactNode }

/** A page with one short form, and at most one thing worth knowing beside it. */
export function Slip({ title, lede, children, foot, beside }: Parts) {
  return (
    <Wrap className="pt-10 md:pt-16">
      <div className="grid items-start gap-x-24 gap-y-14 lg:grid-cols-[30rem_minmax(0,27rem)]">
        <Section>
          <h1 className="title">{title}</h1>
          {lede ? <p className="lede mt-1.5">{lede}</p> : null}
          <div className="mt-7 grid gap-6">{children}</div>
          {foot ? <div className="soft mt-9 grid gap-2 border-t border-hairline pt-4">{foot}</div> : null}
        </Section>
        {beside}
      </div>
    </Wrap>
  )
}
