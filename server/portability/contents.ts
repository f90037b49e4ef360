import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { publishedKeys, termsFile } from '~/server/agreements'
import type { Archive, Source } from '~/server/platform/archive'
import { now } from '~/server/platform/clock'
import { publicOrigins } from '~/server/platform/env'
import { storage } from '~/server/platform/storage'
import { earlierValues, vaultFile } from '~/server/vault'
import type { PersonViewer } from '~/server/viewer'
import { knownPart, withBrought } from './brought'
import { ATTACHED, KeysFile, SIGNED, TermsFile, type VaultFile } from './format'
import { grantContext, grantsAsLinkedData } from './grants'
import { eachOnce, recordsIn } from './lines'
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
  type Part,
} from './rows'

/** Everything that is somebody's own, part after part, with what they brought along from elsewhere; nothing is held but the row that is being written. */
export async function everythingOf(viewer: PersonViewer): Promise<AsyncGenerator<Source>> {
  return withBrought(viewer, (brought) => partsOf(viewer, brought))
}

async function* partsOf(viewer: PersonViewer, brought: Archive[]): AsyncGenerator<Source> {
  const vault = await vaultFile(viewer)
  const fields = vault.attributes.map(({ key, label, value, source, confirmedAt }) => ({
    key: key as string,
    label,
    value,
    source,
    confirmedAt,
  }))
  yield { name: 'README.html', content: Buffer.from(readme(viewer, now())) }
  yield { name: 'vault.json', content: json(exactly(vault.attributes)) }
  yield { name: 'profile.jscontact.json', content: json(asCard(viewer, fields)) }
  yield { name: 'profile.vcf', content: Buffer.from(asVcard(viewer, fields)) }
  yield { name: 'attributes.csv', content: Buffer.from(asCsv(fields)) }
  const alsoBrought = (name: string) => brought.map((archive) => recordsIn(archive, name))
  const earlier = written(await earlierValues(viewer))
  yield { name: 'earlier-values.ndjson', content: lines(eachOnce(earlier, ...alsoBrought('earlier-values.ndjson'))) }
  yield {
    name: 'grants.jsonld',
    content: graph(grantContext, eachOnce(written(grantsAsLinkedData(vault.grants)), ...alsoBrought('grants.jsonld'))),
  }
  yield { name: 'terms.json', content: json(await terms(viewer, brought)) }
  yield* signed(viewer, brought)
  const rows = (...parts: Part[]) => written(inTurn(viewer, parts))
  const ndjson = (name: string, part: Part) => ({ name, content: lines(eachOnce(rows(part), ...alsoBrought(name))) })
  const linked = (name: string, ...parts: Part[]) => ({ name, content: graph(SCHEMA_ORG, eachOnce(rows(...parts), ...alsoBrought(name))) })
  yield ndjson('access-log.ndjson', accessLog)
  yield linked('contributions.jsonld', posts, recommendations, votes, ballots)
  yield linked('credits.jsonld', credits)
  yield ndjson('drafts.ndjson', drafts)
  yield ndjson('private-cases.ndjson', caseMessages)
  yield { name: 'notifications.json', content: json(await settings(viewer)) }
  yield* attached(viewer, brought)
}

const SCHEMA_ORG = 'https://schema.org'

function exactly(attributes: Awaited<ReturnType<typeof vaultFile>>['attributes']): VaultFile {
  return {
    fields: attributes.map(({ key, label, kind, sensitive, value, source, confirmedAt }) => ({
      key,
      label,
      kind,
      sensitive,
      value,
      source,
      confirmedAt: confirmedAt.toISOString(),
    })),
  }
}

/** What is offered to single vendors is said with the portal that they are known in. */
async function terms(viewer: PersonViewer, brought: Archive[]) {
  const { vendors, ...own } = await termsFile(viewer)
  const portal = publicOrigins()[0] ?? ''
  const elsewhere = await Promise.all(brought.map(async (archive) => (await knownPart(archive, 'terms.json', TermsFile))?.vendors ?? []))
  const all = [...vendors.map((row) => ({ portal, ...(row as object) })), ...elsewhere.flat()]
  return { ...own, vendors: [...new Map(all.map((row) => [JSON.stringify(row), row])).values()] }
}

/** Terms and receipts as they were signed, and then the keys under which they were. */
async function* signed(viewer: PersonViewer, brought: Archive[]): AsyncGenerator<Source> {
  const [kids, names] = [new Set<string>(), new Set<string>()]
  for (const [folder, part] of [
    ['agreements', agreements],
    ['receipts', receipts],
  ] as const)
    // prettier-ignore
    for await (const { id, file } of inPages(viewer, part) as AsyncGenerator<{ id: string; file: string | null }>)
      if (file) {
        const name = `${folder}/${id}.jws`
        names.add(name)
        for (const kid of kidsIn(file)) kids.add(kid)
        yield { name, content: Buffer.from(file) }
      }
  for (const archive of brought)
    for (const name of archive.parts.keys())
      if (SIGNED.test(name) && !names.has(name)) {
        names.add(name)
        yield { name, content: await archive.bytes(name, 1_000_000) }
      }
  const keys = new Map<string, unknown>()
  for (const some of inTens([...kids])) for (const key of (await publishedKeys(some)).keys) keys.set(key.kid, key)
  for (const archive of brought)
    for (const key of (await knownPart(archive, 'keys.jwks.json', KeysFile))?.keys ?? []) if (!keys.has(key.kid)) keys.set(key.kid, key)
  yield { name: 'keys.jwks.json', content: json({ keys: [...keys.values()] }) }
}

async function* attached(viewer: PersonViewer, brought: Archive[]): AsyncGenerator<Source> {
  const names = new Set<string>()
  for await (const { id, name, key } of inPages(viewer, filesOf) as AsyncGenerator<{ id: string; name: string; key: string }>) {
    const content = await storage().read(key)
    if (!content) continue
    names.add(`files/${id}/${plain(name)}`)
    yield { name: `files/${id}/${plain(name)}`, content: Readable.fromWeb(content as ReadableStream), stored: true }
  }
  for (const archive of brought)
    for (const name of archive.parts.keys())
      if (ATTACHED.test(name) && !names.has(name)) {
        names.add(name)
        yield { name, content: await archive.read(name), stored: true }
      }
}

function kidsIn(file: string): string[] {
  const headers = file.startsWith('{')
    ? (JSON.parse(file) as { signatures: { protected: string }[] }).signatures.map((one) => one.protected)
    : [file.split('.')[0] ?? '']
  return headers.map((header) => (JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid?: string }).kid ?? '')
}

function* inTens<T>(all: T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += 10) yield all.slice(at, at + 10)
}

async function* inTurn(viewer: PersonViewer, parts: Part[]) {
  for (const part of parts) yield* inPages(viewer, part)
}

async function* written(things: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<string> {
  for await (const thing of things) yield JSON.stringify(thing)
}

const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`)

function lines(records: AsyncIterable<string>): Readable {
  return Readable.from(
    (async function* () {
      for await (const record of records) yield Buffer.from(`${record}\n`)
    })(),
    { objectMode: false },
  )
}

/** One document of linked data, written as its things come, one a line. */
function graph(context: unknown, records: AsyncIterable<string>): Readable {
  return Readable.from(
    (async function* () {
      yield Buffer.from(`{"@context":${JSON.stringify(context)},"@graph":[`)
      let first = true
      for await (const record of records) {
        yield Buffer.from(`${first ? '' : ','}\n${record}`)
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
