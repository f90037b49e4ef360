import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { Source } from '~/server/platform/archive'
import { now } from '~/server/platform/clock'
import { storage } from '~/server/platform/storage'
import { vaultFile } from '~/server/vault'
import type { PersonViewer } from '~/server/viewer'
import { grantsAsLinkedData } from './grants'
import { asCard, asCsv, asVcard } from './profile'
import { readme } from './readme'
import {
  accessLog,
  agreements,
  ballots,
  caseMessages,
  credits,
  drafts,
  filesOf,
  inPages,
  posts,
  receipts,
  recommendations,
  settings,
  votes,
} from './rows'

/** Everything that is somebody's own, part after part; nothing is held but the row that is being written. */
export async function* everythingOf(viewer: PersonViewer): AsyncGenerator<Source> {
  const vault = await vaultFile(viewer)
  const fields = vault.attributes.map(({ key, label, value, source, confirmedAt }) => ({
    key: key as string,
    label,
    value,
    source,
    confirmedAt,
  }))
  yield { name: 'README.html', content: Buffer.from(readme(viewer, now())) }
  yield { name: 'profile.jscontact.json', content: json(asCard(viewer, fields)) }
  yield { name: 'profile.vcf', content: Buffer.from(asVcard(viewer, fields)) }
  yield { name: 'attributes.csv', content: Buffer.from(asCsv(fields)) }
  yield { name: 'grants.jsonld', content: json(grantsAsLinkedData(vault.grants)) }
  for await (const { id, file } of inPages(viewer, agreements) as AsyncGenerator<{ id: string; file: string | null }>)
    if (file) yield { name: `agreements/${id}.jws`, content: Buffer.from(file) }
  for await (const { id, file } of inPages(viewer, receipts) as AsyncGenerator<{ id: string; file: string | null }>)
    if (file) yield { name: `receipts/${id}.jws`, content: Buffer.from(file) }
  yield { name: 'access-log.ndjson', content: lines(inPages(viewer, accessLog)) }
  yield { name: 'contributions.jsonld', content: graph(contributions(viewer)) }
  yield { name: 'credits.jsonld', content: graph(inPages(viewer, credits)) }
  yield { name: 'drafts.ndjson', content: lines(inPages(viewer, drafts)) }
  yield { name: 'private-cases.ndjson', content: lines(inPages(viewer, caseMessages)) }
  yield { name: 'notifications.json', content: json(await settings(viewer)) }
  for await (const { id, name, key } of inPages(viewer, filesOf) as AsyncGenerator<{ id: string; name: string; key: string }>) {
    const content = await storage().read(key)
    if (content) yield { name: `files/${id}/${plain(name)}`, content: Readable.fromWeb(content as ReadableStream), stored: true }
  }
}

async function* contributions(viewer: PersonViewer) {
  for (const part of [posts, recommendations, votes, ballots]) yield* inPages(viewer, part)
}

const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`)

function lines(rows: AsyncIterable<unknown>): Readable {
  return Readable.from(
    (async function* () {
      for await (const row of rows) yield Buffer.from(`${JSON.stringify(row)}\n`)
    })(),
    { objectMode: false },
  )
}

/** One document of linked data, written as its things come. */
function graph(things: AsyncIterable<unknown>): Readable {
  return Readable.from(
    (async function* () {
      yield Buffer.from('{"@context":"https://schema.org","@graph":[')
      let first = true
      for await (const thing of things) {
        yield Buffer.from(`${first ? '' : ','}\n${JSON.stringify(thing)}`)
        first = false
      }
      yield Buffer.from('\n]}\n')
    })(),
    { objectMode: false },
  )
}

/** A name that no file system takes for anything but a name. */
function plain(name: string): string {
  const safe = name.normalize('NFC').replaceAll(/[^\p{L}\p{N}._ -]/gu, '_').replace(/^[. ]+/, '').slice(0, 120) // prettier-ignore
  return safe.length > 0 ? safe : 'file'
}
