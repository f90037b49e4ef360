import { useEffect, useRef, useState } from 'react'
import { typed, typedList } from '~/app/form'
import type { Refused } from '~/app/http.server'
import { paths } from '~/app/paths'
import type { FilePlace, FileShown } from '~/server/attachments/types'
import { say, sayError } from '~/words'
import { Button, Field, FileText, Icon, TextInput } from '../ui'
import { putInText, takeFromText, useUploads } from './use-uploads'
import { saySize } from './size'

const ACCEPT =
  'image/png,image/jpeg,image/webp,image/gif,image/avif,.pdf,.zip,.gz,.txt,.log,.csv,.tsv,.md,.json,.yaml,.yml,.ini,.conf,.diff,.patch,.eml'

type Props = { place: FilePlace; files: FileShown[]; values: Refused['values']; errors: Refused['errors'] }

/** Below a long text: its pictures and files. Without JavaScript they are sent with the form; with it, as soon as they are chosen, pasted or dropped. */
export function FilesField({ place, files, values, errors }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const [live, setLive] = useState(false)
  useEffect(() => setLive(true), [])
  const { added, removed, sending, said, refused, take, remove } = useUploads(place, input)
  const known = new Set(files.map(({ id }) => id))
  const all = [...files, ...added.filter(({ id }) => !known.has(id))]
  const shownBefore = typedList(values, 'shown')
  const ticked = new Set(typedList(values, 'files', []))
  const wanted = (id: string) => !shownBefore.includes(id) || ticked.has(id)
  const error = refused ?? errors.attach ?? (typed(values, 'filesLost') ? 'files.chooseAgain' : undefined)
  const text = () => input.current?.form?.elements.namedItem('body') as HTMLTextAreaElement | null
  return (
    <div className="files">
      <Field
        label={say('files.label')}
        name="attach"
        optional
        help={`${say('files.help')} ${live ? say('files.help.live') : ''}`}
        error={error}
      >
        {(wiring) => (
          <input
            {...wiring}
            ref={input}
            type="file"
            multiple
            accept={ACCEPT}
            onChange={(event) => {
              const chosen = [...(event.target.files ?? [])]
              event.target.value = ''
              void take(chosen)
            }}
          />
        )}
      </Field>
      <TextInput
        label={say('files.alt')}
        name="attachAlt"
        optional
        maxLength={300}
        defaultValue={typed(values, 'filesLost') || errors.attachAlt ? typed(values, 'attachAlt') : undefined}
        error={errors.attachAlt}
        help={say('files.alt.help')}
      />
      <p className="hush" role="status">
        {refused ? sayError(refused) : said}
      </p>
      {all.map(({ id }) => (
        <input key={id} type="hidden" name="shown" value={id} />
      ))}
      {all.length + sending.length > 0 ? (
        <ul className="filelist" aria-label={say('files.here')}>
          {all
            .filter(({ id }) => !removed.includes(id))
            .map((file) => (
              <li key={file.id}>
                {file.width ? (
                  <img src={paths.file(file.id, file.small)} alt="" width={48} height={48} />
                ) : (
                  <span className="fileicon">
                    <Icon of={FileText} />
                  </span>
                )}
                {live ? <input type="hidden" name="files" value={file.id} /> : null}
                <label className={live ? undefined : 'choice'}>
                  {live ? null : <input type="checkbox" name="files" value={file.id} defaultChecked={wanted(file.id)} />}
                  <span className="wrap-anywhere" dir="auto">
                    {file.name}
                  </span>{' '}
                  <span className="meta num">{saySize(file.bytes)}</span>
                </label>
                {live ? (
                  <span className="btns">
                    {file.width ? (
                      <Button
                        type="button"
                        variant="quiet"
                        size="sm"
                        aria-label={say('files.insert.spoken', { name: file.name })}
                        onClick={() => putInText(text(), file)}
                      >
                        {say('files.insert')}
                      </Button>
                    ) : null}
                    <Button
                      type="button"
                      variant="quiet"
                      size="sm"
                      aria-label={say('files.remove.spoken', { name: file.name })}
                      onClick={() => {
                        takeFromText(text(), file.id)
                        void remove(file)
                      }}
                    >
                      {say('files.remove')}
                    </Button>
                  </span>
                ) : null}
              </li>
            ))}
          {sending.map(({ key, name, part }) => (
            <li key={key}>
              <span className="fileicon">
                <Icon of={FileText} />
              </span>
              <span className="wrap-anywhere" dir="auto">
                {name}
              </span>
              <progress max={1} value={part} aria-label={say('files.uploading', { name })} />
            </li>
          ))}
        </ul>
      ) : null}
      {live || all.length === 0 ? null : <p className="help">{say('files.untick')}</p>}
    </div>
  )
}
