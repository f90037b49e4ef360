import { say } from '~/words'

/** What was restricted in the open rooms of a vendor within a year, and how appeals ended. */
export function Moderated({ decided, upheld, overturned }: { decided: number; upheld: number; overturned: number }) {
  return (
    <>
      <p>{say('compare.moderated.counts', { decided, appealed: upheld + overturned })}</p>
      {upheld + overturned > 0 ? <p className="meta">{say('compare.moderated.upheld', { upheld, overturned })}</p> : null}
    </>
  )
}
