import { paths } from '~/app/paths'
import type { FileShown } from '~/server/attachments/types'
import { say } from '~/words'
import { FileText, Icon } from '../ui'
import { saySize } from './size'

/** What belongs to a post and does not stand in its text: pictures to look at, files to save. */
export function PostFiles({ files }: { files: FileShown[] }) {
  if (files.length === 0) return null
  const pictures = files.filter(({ width }) => width !== null)
  return (
    <ul className="postfiles" aria-label={say('files.ofPost')}>
      {[...pictures, ...files.filter(({ width }) => width === null)].map((file) => (
        <li key={file.id}>
          {file.width && file.height ? (
            <a className="picture" href={paths.file(file.id)}>
              <img
                src={paths.file(file.id, file.small)}
                alt={file.description || say('files.picture', { name: file.name })}
                width={file.width}
                height={file.height}
                loading="lazy"
                decoding="async"
              />
            </a>
          ) : (
            <a className="file" href={paths.file(file.id)} download={file.name} aria-label={say('files.download', { name: file.name })}>
              <Icon of={FileText} />
              <span className="wrap-anywhere" dir="auto">
                {file.name}
              </span>
              <span className="meta num">{saySize(file.bytes)}</span>
            </a>
          )}
        </li>
      ))}
    </ul>
  )
}
