import { contentOf, knownFile } from '~/server/attachments'
import { NotFound } from '~/server/errors'
import { mustBeFound } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { foundPost } from './facts'

/** A file for whoever may read its post; until it is posted, for its uploader. For anybody else there is none. */
export async function fileOf(viewer: Viewer, fileId: string, size: string) {
  const file = await knownFile(viewer, fileId)
  const found = file.postId ? await foundPost(viewer, file.postId) : null
  const post = found && { ...found, hidden: found.hidden || found.parentHidden }
  if (post) mustBeFound(viewer, 'post.view', post)
  else mustBeFound(viewer, file.kind === 'evidence' ? 'evidence.view' : 'draft.view', file)
  const small = size === 'small'
  if (size !== '' && !(small && file.small)) throw new NotFound()
  return {
    ...{ fileId: file.id, name: file.name, picture: file.width !== null },
    tag: `"${file.id}${small ? '-small' : ''}"`,
    content: () => contentOf(file, small),
  }
}
