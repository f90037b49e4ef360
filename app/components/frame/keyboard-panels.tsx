import * as Dialog from '@radix-ui/react-dialog'
import { useFetcher, useNavigate } from '@remix-run/react'
import { useEffect, useState, type ReactNode } from 'react'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { buttonClass } from '../ui/button'
import { placesFor, queuesFor } from './places'
import { useFrame } from './root-data'

function Panel({
  title,
  titleHidden,
  onClose,
  children,
}: {
  title: string
  titleHidden?: boolean
  onClose: () => void
  children: ReactNode
}) {
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <div className="scrim" aria-hidden="true" />
        <div className="dialog-stage dialog-top">
          <Dialog.Content className="pop dialog" aria-describedby={undefined}>
            <Dialog.Title className={titleHidden ? 'hush' : undefined}>{title}</Dialog.Title>
            {children}
          </Dialog.Content>
        </div>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

const KEYS = [
  { keys: ['/'], words: 'ui.keys.search' },
  { keys: ['Ctrl', 'K'], words: 'ui.keys.palette' },
  { keys: ['j', 'k'], words: 'ui.keys.walk' },
  { keys: ['?'], words: 'ui.keys.list' },
  { keys: ['Esc'], words: 'ui.keys.close' },
] as const

export function Keys({ onClose }: { onClose: () => void }) {
  return (
    <Panel title={say('ui.keys.title')} onClose={onClose}>
      <dl className="rows">
        {KEYS.map(({ keys, words }) => (
          <div key={words} className="flex justify-between gap-4">
            <dt className="soft">{say(words)}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <div className="btns">
        <Dialog.Close type="button" className={buttonClass({ variant: 'default' })}>
          {say('ui.close')}
        </Dialog.Close>
      </div>
    </Panel>
  )
}

type Found = {
  names: { kind: 'person' | 'vendor' | 'room'; key: string; name: string; about: string }[]
  threads: { number: number; slug: string; title: string; communityName: string; solved: boolean }[]
}
type Offer = { to: string; label: string; about?: string }

const PLACES = { person: paths.person, vendor: paths.vendor, room: paths.community }
/** A pause in typing. */
const PAUSE_MILLISECONDS = 150

/** What is found for the words so far: people, vendors and rooms by name, then threads. */
function useFound(words: string): Offer[] {
  const { load, data } = useFetcher<Found>()
  useEffect(() => {
    if (words.length < 2) return
    const timer = setTimeout(() => load(paths.quickSearch(words)), PAUSE_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [words, load])
  if (words.length < 2 || !data) return []
  return [
    ...data.names.map(({ kind, key, name }) => ({ to: PLACES[kind](key), label: name, about: say(`search.named.${kind}`) })),
    ...data.threads.map((thread) => ({
      to: paths.thread(thread.slug, thread.number, thread.title),
      label: thread.title,
      about: thread.solved ? say('search.solvedIn', { room: thread.communityName }) : thread.communityName,
    })),
  ]
}

export function Palette({ onClose }: { onClose: () => void }) {
  const { viewer } = useFrame()
  const navigate = useNavigate()
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const asked = words.trim().toLocaleLowerCase('en')
  const found = useFound(words.trim())
  const places: Offer[] = [
    ...placesFor(viewer),
    { to: paths.askAnywhere(), label: say('ui.askQuestion') },
    { to: paths.moderationLog(), label: say('ui.publicLog') },
    ...(viewer
      ? [
          { to: paths.myRelationships(), label: say('ui.yourRelationships') },
          { to: paths.account(), label: say('ui.settings') },
          { to: paths.notifications(), label: say('ui.notifications') },
          ...queuesFor(viewer).map(({ to, label }) => ({ to, label: say('moderation.queue.of', { name: label }) })),
        ]
      : []),
  ].filter((place) => place.label.toLocaleLowerCase('en').includes(asked))
  const offers: Offer[] = asked
    ? [...places, ...found, { to: paths.search(words.trim()), label: say('ui.palette.search', { words: words.trim() }) }]
    : places
  const chosen = Math.min(at, offers.length - 1)

  function go(to: string | undefined) {
    if (!to) return
    onClose()
    navigate(to)
  }

  return (
    <Panel title={say('ui.palette.title')} titleHidden onClose={onClose}>
      <input
        className="input"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-offers"
        aria-activedescendant={offers[chosen] ? `palette-${chosen}` : undefined}
        aria-label={say('ui.palette.placeholder')}
        placeholder={say('ui.palette.placeholder')}
        value={words}
        onChange={(event) => {
          setWords(event.target.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt((chosen + 1) % offers.length)
          else if (event.key === 'ArrowUp') setAt((chosen + offers.length - 1) % offers.length)
          else if (event.key === 'Enter') go(offers[chosen]?.to)
          else return
          event.preventDefault()
        }}
      />
      <ul id="palette-offers" role="listbox" aria-label={say('ui.palette.title')} className="palette">
        {offers.map((offer, index) => (
          <li
            key={offer.to}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => go(offer.to)}
            onPointerMove={() => setAt(index)}
          >
            <span className="wrap-anywhere" dir="auto">
              {offer.label}
            </span>
            {offer.about ? <span className="meta ms-2">{offer.about}</span> : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
