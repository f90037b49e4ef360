let stoppedAt: Date | null = null

/** The time, everywhere in the product. */
export function now() {
  return stoppedAt ? new Date(stoppedAt) : new Date()
}

/** Tests stop the clock at a moment; `null` lets it run again. */
export function setClock(moment: Date | null) {
  stoppedAt = moment
}
