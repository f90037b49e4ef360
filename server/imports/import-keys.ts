import { and, eq, inArray } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { importKeys } from '~/db/schema'

/** Where an import goes and where it comes from: with kind and number, the key of a row. */
export interface Place {
  communityId: string
  source: string
}

export type KeyKind = 'author' | 'thread' | 'opening' | 'answer' | 'comment' | 'acceptance'

/** More parameters than this are not sent at once. */
const AT_ONCE = 5_000

export class ImportKeys {
  private readonly known = new Map<string, string>()
  private fresh: (typeof importKeys.$inferInsert)[] = []

  constructor(private readonly place: Place) {}

  /** Learns which of these rows are here already. */
  async look(tx: Tx, kind: KeyKind, sourceIds: Iterable<string>) {
    for (const some of inBatches([...sourceIds], AT_ONCE)) {
      const rows = await tx
        .select({ sourceId: importKeys.sourceId, rowId: importKeys.rowId })
        .from(importKeys)
        .where(
          and(
            eq(importKeys.communityId, this.place.communityId),
            eq(importKeys.source, this.place.source),
            eq(importKeys.kind, kind),
            inArray(importKeys.sourceId, some),
          ),
        )
      for (const { sourceId, rowId } of rows) this.known.set(`${kind} ${sourceId}`, rowId)
    }
  }

  rowOf(kind: KeyKind, sourceId: string): string | undefined {
    return this.known.get(`${kind} ${sourceId}`)
  }

  remember(kind: KeyKind, sourceId: string, rowId: string) {
    this.known.set(`${kind} ${sourceId}`, rowId)
    this.fresh.push({ ...this.place, kind, sourceId, rowId })
  }

  async write(tx: Tx) {
    for (const some of inBatches(this.fresh, AT_ONCE)) await tx.insert(importKeys).values(some)
    this.fresh = []
  }
}

export function inBatches<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size))
}
