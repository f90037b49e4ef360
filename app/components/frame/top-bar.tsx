import { Form, Link, useLocation, useSearchParams } from '@remix-run/react'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { Portrait, Seat, sideOf } from '../people'
import {
  Bookmark,
  ButtonLink,
  FileText,
  Handshake,
  Icon,
  KeyRound,
  Lock,
  Mail,
  LogOut,
  MenuIcon,
  Pencil,
  Plus,
  PostForm,
  Scale,
  Search,
  Settings,
  UserRound,
} from '../ui'
import { Disclosure } from '../ui/disclosure'
import { Bell } from './bell'
import { Brand } from './brand'
import { placesFor, queuesFor, type Place } from './places'
import { useFrame, type Seated } from './root-data'

/** Where one can go, and on which side of the table one sits. */
export function TopBar() {
  const { viewer } = useFrame()
  const places = placesFor(viewer)
  return (
    <header className="top">
      <div className="wrap top-in">
        <Brand />
        <nav className="nav" aria-label={say('ui.nav')}>
          <PlaceLinks places={places} />
        </nav>
        <div className="top-end">
          <SearchForm />
          <ButtonLink variant="quiet" icon className="narrow-search" to={paths.search()} aria-label={say('ui.search')}>
            <Icon of={Search} />
          </ButtonLink>
          <ButtonLink variant="quiet" className="top-ask" to={paths.askAnywhere()} aria-label={say('ui.askQuestion')}>
            <Icon of={Plus} />
            <span>{say('ui.ask')}</span>
          </ButtonLink>
          {viewer ? <Bell viewer={viewer} /> : null}
          {viewer ? <OwnMenu viewer={viewer} places={places} /> : <Doors places={places} />}
        </div>
      </div>
    </header>
  )
}

function PlaceLinks({ places, className }: { places: Place[]; className?: string }) {
  const { pathname } = useLocation()
  return (
    <>
      {places.map((place) => (
        <Link
          key={place.to}
          to={place.to}
          className={className}
          prefetch="intent"
          aria-current={place.within.test(pathname) ? 'page' : undefined}
        >
          {place.label}
        </Link>
      ))}
    </>
  )
}

function SearchForm() {
  const { pathname } = useLocation()
  const [params] = useSearchParams()
  const asked = pathname === paths.search() ? (params.get('q') ?? '') : ''
  return (
    <Form className="search" role="search" action={paths.search()}>
      <Icon of={Search} />
      <input
        type="search"
        name="q"
        key={asked}
        defaultValue={asked}
        aria-label={say('ui.search')}
        placeholder={say('ui.search')}
        maxLength={200}
      />
      <kbd aria-hidden="true">/</kbd>
    </Form>
  )
}

function Doors({ places }: { places: Place[] }) {
  const { pathname, search } = useLocation()
  const here = /^\/(sign-in|sign-up|forgot-password|reset-password)/.test(pathname) ? undefined : pathname + search
  return (
    <>
      <ButtonLink variant="quiet" className="wide-only" to={paths.signIn(here)}>
        {say('ui.signIn')}
      </ButtonLink>
      <ButtonLink to={paths.signUp(here)} className="wide-only">
        {say('ui.join')}
      </ButtonLink>
      <Disclosure className="menu-narrow" label={say('ui.menu')} summaryClass="btn btn-quiet btn-icon" summary={<Icon of={MenuIcon} />}>
        <nav className="pop pop-menu menu-pop" aria-label={say('ui.nav')}>
          <PlaceLinks places={places} />
          <hr />
          <Link to={paths.signIn(here)}>{say('ui.signIn')}</Link>
          <Link to={paths.signUp(here)}>{say('ui.join')}</Link>
        </nav>
      </Disclosure>
    </>
  )
}

function OwnMenu({ viewer, places }: { viewer: Seated; places: Place[] }) {
  return (
    <Disclosure
      label={say('ui.you', { name: viewer.displayName })}
      summary={
        <span className="seatline">
          <Seat seat={viewer.seat} />
          <Portrait name={viewer.displayName} side={sideOf(viewer.seat)} />
        </span>
      }
    >
      <nav className="pop pop-menu menu-pop" aria-label={say('ui.youAndSite')}>
        <PlaceLinks places={places} className="in-narrow" />
        <hr className="in-narrow" />
        <QueueLinks viewer={viewer} />
        <Link to={paths.person(viewer.handle)}>
          <Icon of={UserRound} />
          {say('ui.yourProfile')}
        </Link>
        <Link to={paths.following()}>
          <Icon of={Bookmark} />
          {say('ui.yourFollowing')}
        </Link>
        <Link to={paths.myCases()}>
          <Icon of={Lock} />
          {say('ui.yourCases')}
        </Link>
        <Link to={paths.references()}>
          <Icon of={Handshake} />
          {say('reference.list.title')}
        </Link>
        <Link to={paths.myInvitations()}>
          <Icon of={Mail} />
          {say('draw.mine.title')}
        </Link>
        <Link to={paths.drafts()}>
          <Icon of={Pencil} />
          {say('ui.yourDrafts')}
        </Link>
        <Link to={paths.vault()}>
          <Icon of={KeyRound} />
          {say('ui.yourVault')}
        </Link>
        <Link to={paths.myRelationships()}>
          <Icon of={FileText} />
          {say('ui.yourRelationships')}
        </Link>
        <Link to={paths.account()}>
          <Icon of={Settings} />
          {say('ui.settings')}
        </Link>
        <hr />
        <PostForm action={paths.signOut()}>
          <button type="submit">
            <Icon of={LogOut} />
            {say('ui.signOut')}
          </button>
        </PostForm>
      </nav>
    </Disclosure>
  )
}

/** Whoever keeps several queues finds each of them by name. */
function QueueLinks({ viewer }: { viewer: Seated }) {
  const queues = queuesFor(viewer)
  if (queues.length < 2) return null
  return (
    <>
      <p className="menu-heading">{say('ui.yourQueues')}</p>
      {queues.map((queue) => (
        <Link key={queue.to} to={queue.to}>
          <Icon of={Scale} />
          {queue.label}
        </Link>
      ))}
      <hr />
    </>
  )
}
