import { useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'

/** Browsers count no further than this in one go. */
const LONGEST_MS = 2_000_000_000

/** Reads the page’s data again at the moment when what it shows stops holding, whether or not anybody says so. */
export function useUntil(moments: (Date | string)[]) {
  const { revalidate } = useRevalidator()
  const next = Math.min(...moments.map((moment) => new Date(moment).getTime()).filter((moment) => moment > Date.now()))
  useEffect(() => {
    const wait = next - Date.now()
    if (!Number.isFinite(wait) || wait > LONGEST_MS) return
    const timer = setTimeout(() => revalidate(), Math.max(0, wait) + 50)
    return () => clearTimeout(timer)
  }, [next, revalidate])
}
