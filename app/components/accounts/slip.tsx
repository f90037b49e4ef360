import type { ReactNode } from 'react'
import { Section, Wrap } from '../ui'

/** A page with one short form and nothing else to look at. */
export function Slip({ title, lede, children, foot }: { title: ReactNode; lede?: ReactNode; children: ReactNode; foot?: ReactNode }) {
  return (
    <Wrap className="pt-10 md:pt-16">
      <div className="max-w-[30rem]">
        <Section>
          <h1 className="title">{title}</h1>
          {lede ? <p className="lede mt-1.5">{lede}</p> : null}
          <div className="mt-7 grid gap-6">{children}</div>
          {foot ? <div className="soft mt-9 grid gap-2 border-t border-hairline pt-4">{foot}</div> : null}
        </Section>
      </div>
    </Wrap>
  )
}
