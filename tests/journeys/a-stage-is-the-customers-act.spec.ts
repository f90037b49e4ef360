import { expect, test } from '@playwright/test'
import { browserOf, expectAccessible } from '../support/browser'

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const SENTENCE = 'Their own people have moved a week of mail and kept it.'

test('a stage is the customer’s act', async ({ browser }) => {
  const [dara, amina] = await Promise.all([browserOf(browser, 'Dara'), browserOf(browser, 'Amina')])
  const name = `More mailboxes ${Date.now()}`

  await test.step('Dara opens an opportunity on an account, and asks Amina to speak for it', async () => {
    await dara.goto('/vendors/tern-works/accounts?q=lindenhof')
    await dara.getByRole('link', { name: 'Lindenhof Berlin' }).click()
    await dara.getByRole('link', { name: 'Open an opportunity' }).click()
    await dara.getByLabel('What they may buy').fill(name)
    await dara.getByLabel('Amount').fill('900')
    await dara.getByLabel('Expected by').fill(inDays(40))
    await dara.getByRole('button', { name: 'Open it' }).click()
    await expect(dara.getByRole('heading', { level: 1 })).toHaveText(name)
    await dara.getByText('Ask somebody to speak for them').click()
    await dara.getByLabel('Their handle').fill('amina')
    await dara.getByRole('button', { name: 'Ask them' }).click()
    await expect(dara.getByText('Asked, has not answered')).toBeVisible()
  })

  await test.step('she cannot tick what is the clinic’s to do, and reads the sentence that says so', async () => {
    await dara.getByRole('link', { name: `Why can’t I tick this? ${SENTENCE}` }).click()
    await expect(dara.getByText(`The stage is theirs: “${SENTENCE}”`)).toBeVisible()
    const refused = await dara.request.post(dara.url(), {
      form: { evidence: 'They told me so on the phone.', link: '' },
      headers: { origin: new URL(dara.url()).origin },
    })
    expect(refused.status()).toBe(403)
    expect(await refused.text()).toContain(SENTENCE)
  })

  await test.step('Amina says that she speaks for it, and shows what was done', async () => {
    await amina.goto('/me/plans')
    await amina.getByRole('link', { name }).click()
    await amina.getByRole('button', { name: 'I speak for Lindenhof Berlin' }).click()
    await amina.getByRole('link', { name: `Tick it: ${SENTENCE}` }).click()
    await amina.getByLabel('Link').fill('https://lindenhof.example/review')
    await amina.getByRole('button', { name: 'It is done' }).click()
    await expect(amina.getByText(/^Done by Amina/)).toBeVisible()
    await expectAccessible(amina)
  })

  await test.step('the stage is entered, and a day that moves says why and keeps the one before it', async () => {
    await dara.goto('/vendors/tern-works/opportunities')
    await dara.getByRole('link', { name }).click()
    await expect(dara.getByText('since today')).toBeVisible()
    await expect(dara.getByText(/^Done by Amina/)).toBeVisible()
    await dara.getByText('Move the day').first().click()
    await dara.getByLabel('New day').fill(inDays(50))
    await dara.getByLabel('Why it moves').fill('Their director is away until then.')
    await dara.getByRole('button', { name: 'Move the day' }).click()
    await expect(dara.getByText('Their director is away until then.')).toBeVisible()
  })
})
