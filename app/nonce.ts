import { createContext, useContext } from 'react'

/** The one-time word that lets this response's own scripts run. Empty in the browser, which hides it. */
export const NonceContext = createContext<string | undefined>(undefined)

export function useNonce() {
  return useContext(NonceContext)
}
