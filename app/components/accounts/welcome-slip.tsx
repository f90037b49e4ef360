import type { ReactNode } from 'react'
import { paths } from '~/app/paths'
import type { WelcomeStep } from '~/server/accounts'
import { say } from '~/words'
import { ActionButton } from '../ui'
import { Slip } from './slip'

const ORDER: WelcomeStep[] = ['products', 'mail', 'vendors']

/** One of the three steps of the welcome: its form, and the way past it. */
export function WelcomeSlip({ step, children }: { step: WelcomeStep; children: ReactNode }) {
  return (
    <Slip
      title={
        <>
          <span className="meta num block font-sans">{say('accounts.welcome.step', { n: ORDER.indexOf(step) + 1 })}</span>
          {say(`accounts.welcome.${step}`)}
        </>
      }
      lede={say(`accounts.welcome.${step}.lede`)}
      foot={
        <div className="btns">
          <ActionButton action={paths.skipWelcomeStep(step)} label={say('accounts.welcome.skip')} variant="text" />
        </div>
      }
    >
      {children}
    </Slip>
  )
}
