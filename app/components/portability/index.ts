/** The size of a file in words: “12 kB”. */
export function sized(bytes: number): string {
  const [value, unit] =
    bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1000)), 'kilobyte'] : [Math.round(bytes / 1_000_000), 'megabyte']
  return new Intl.NumberFormat('en', { style: 'unit', unit }).format(value as number)
}
