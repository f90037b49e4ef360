/** What the database refused, by the name of its constraint; for whoever says the same beside a field. */
export function refusedBy(error: unknown): string | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const name = (at as { constraint_name?: unknown }).constraint_name
    if (typeof name === 'string') return name
  }
  return null
}
