import { Link, useLocation } from '@remix-run/react'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { PostForm } from '../ui'
import { useFrame } from './root-data'

/** The genre, said aloud on every page; what anybody may check; and the colours. */
export function Footer() {
  const { demo } = useFrame()
  return (
    <footer className="foot">
      <div className="wrap foot-in">
        <div>
          <p>{say('ui.genre')}</p>
          {demo ? (
            <p className="mt-2">
              {say('ui.demo')}{' '}
              <Link className="underline" to={paths.devSignInAs()}>
                {say('ui.signInAs')}
              </Link>
              {' · '}
              <Link className="underline" to={paths.devWords()}>
                {say('dev.words.link')}
              </Link>
            </p>
          ) : null}
          <Themes />
        </div>
        <nav aria-label={say('ui.about')}>
          <Link to={paths.method()}>{say('ui.method')}</Link>
          <Link to={paths.moderationLog()}>{say('ui.publicLog')}</Link>
          <Link to={paths.transparency()}>{say('transparency.title')}</Link>
          <a href={paths.portalFeed()}>{say('publishing.feed.name')}</a>
        </nav>
      </div>
    </footer>
  )
}

const THEMES = [
  { value: '', words: 'ui.theme.device' },
  { value: 'light', words: 'ui.theme.light' },
  { value: 'dark', words: 'ui.theme.dark' },
] as const

function Themes() {
  const { theme } = useFrame()
  const here = useLocation()
  return (
    <PostForm action={paths.theme()} fields={{ next: here.pathname + here.search }} preventScrollReset>
      <fieldset className="themes">
        <legend className="hush">{say('ui.colours')}</legend>
        {THEMES.map(({ value, words }) => (
          <button key={value} type="submit" name="theme" value={value} aria-pressed={(theme ?? '') === value}>
            {say(words)}
          </button>
        ))}
      </fieldset>
    </PostForm>
  )
}
