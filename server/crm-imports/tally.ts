import { idsIn, type KnownRows } from './known-rows'
import { squashed } from './likeness'
import type { Values } from './mapping'
import type { CrmCheck, Fate, ProductName, RowFate } from './types'
import { amount } from './values'

/** More different names than this are counted together. */
const MOST_NAMES = 200

/** What all rows come to. */
export class Tally {
  private readonly rows: RowFate[] = []
  private readonly fates: Record<Fate, number> = { made: 0, duplicate: 0, quarantined: 0, held: 0, refused: 0 }
  private readonly because: CrmCheck['because'] = {}
  private readonly stages = new Map<string, CrmCheck['stages'][number]>()
  private readonly productNames = new Map<string, ProductName>()
  private affiliations = 0

  constructor(private readonly known: KnownRows) {}

  add(fate: RowFate, values: Values) {
    this.rows.push(fate)
    this.fates[fate.fate] += 1
    for (const reason of fate.because) this.because[reason] = (this.because[reason] ?? 0) + 1
    if (fate.kind === 'person' && fate.fate !== 'refused' && fate.fate !== 'duplicate') this.countAffiliation(values)
    if (fate.kind !== 'opportunity' || fate.fate === 'refused') return
    const stage = named(this.stages, values.stage ?? '', (name) => ({ stage: name, rows: 0, amount: 0 }))
    stage.rows += 1
    stage.amount += values.amount ? (amount(values.amount) ?? 0) : 0
    if (fate.because.some((reason) => reason === 'productToConfirm' || reason === 'productUnknown')) this.countProduct(values.product!)
  }

  result(): Omit<CrmCheck, 'files'> {
    const { rows, fates, because, affiliations } = this
    return { rows, fates, because, affiliations, stages: [...this.stages.values()], productNames: [...this.productNames.values()] }
  }

  private countAffiliation({ organisation }: Values) {
    if (idsIn(organisation).some((id) => this.known.of('organisation', id))) this.affiliations += 1
  }

  private countProduct(product: string) {
    const proposed = this.known.proposedProduct(product, squashed(product)) ?? null
    named(this.productNames, product, (name) => ({ name, rows: 0, proposed })).rows += 1
  }
}

function named<Row>(rows: Map<string, Row>, name: string, empty: (name: string) => Row): Row {
  const key = rows.has(name) || rows.size < MOST_NAMES ? name : '…'
  const row = rows.get(key) ?? empty(key)
  rows.set(key, row)
  return row
}
