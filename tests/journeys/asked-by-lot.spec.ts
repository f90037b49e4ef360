import { expect, test, type Browser, type Page } from '@playwright/test'
import { axeOn, browserOf } from '../support/browser'

/** Ravi does not choose who speaks of Ledgerly: the portal draws, and tells him nobody's name. */
test('Asked by lot: customers are drawn by the portal, one of them answers, and the answer says how it came about', async ({
  browser,
  page,
}) => {
  const ravi = await browserOf(browser, 'Ravi')
  const headline = 'The reminders go out by themselves'

  await test.step('Ravi has a random sample of the customers asked, and reads how many, not who', async () => {
    await ravi.goto('/vendors/ledgerly')
    await ravi.getByRole('link', { name: 'Customers asked by the portal' }).click()
    await ravi.getByRole('radio', { name: 'A random sample' }).check()
    await ravi.getByLabel('Size of the sample').fill('5')
    await ravi.getByRole('button', { name: 'Draw them' }).click()
    await expect(ravi.getByText('5 of 6 customers who could be asked, drawn at random')).toBeVisible()
    await expect(ravi.getByText('Answered: fewer than five.')).toBeVisible()
    for (const name of ['Sigrid', 'Paolo', 'Wanda', 'Ferit', 'Otto', 'Maud'])
      await expect(ravi.getByRole('main').getByText(name)).toHaveCount(0)
    expect((await axeOn(ravi).analyze()).violations).toEqual([])
  })

  await test.step('twice is once in 90 days, in words', async () => {
    await ravi.getByRole('button', { name: 'Draw them' }).click()
    await expect(ravi.getByText(/90 days/).first()).toBeVisible()
  })

  // One of the six was not drawn, so it is Wanda or else Maud.
  const drawn = await oneWhoWasDrawn(browser, ['Wanda', 'Maud'])
  await test.step('whoever was drawn, without JavaScript, reads what is asked and that nobody need answer', async () => {
    await expect(drawn.getByText('You were drawn at random from all who are known here as customers.')).toBeVisible()
    await expect(drawn.getByText(/You need not answer/)).toBeVisible()
    await drawn.getByRole('link', { name: 'Recommend or warn' }).click()
  })

  await test.step('what is written says what is good and what is not', async () => {
    const choose = (question: RegExp, answer: string) =>
      drawn.getByRole('group', { name: question }).getByRole('radio', { name: answer, exact: true }).check()
    await drawn.getByLabel('In one sentence').fill(headline)
    await drawn.getByLabel('What you use it for').fill('The books of a club with ninety members.')
    await drawn.getByLabel('What is good').fill('Nobody has to remember who has not paid.')
    await drawn.getByLabel('What is not').fill('Exporting a year takes an afternoon.')
    await drawn.getByLabel('For whom it is').fill('Clubs that are paid once a year.')
    await choose(/Would you recommend it/, 'Would')
    await choose(/How long/, 'One to three years')
    await choose(/choose it again/, 'Yes')
    await choose(/to the vendor/, 'A customer')
    await choose(/get anything/, 'Nothing received for it')
    await choose(/asked you to write/, 'Nobody')
    await drawn.getByRole('button', { name: 'Publish it' }).click()
    await expect(drawn.getByText(headline).first()).toBeVisible()
  })

  await test.step('anybody reads that she was drawn by the portal; Ravi still reads no name', async () => {
    await page.goto('/vendors/ledgerly')
    await page
      .getByRole('link', { name: new RegExp(headline) })
      .first()
      .click()
    await page.waitForURL(({ pathname }) => pathname.startsWith('/recommendations/'))
    await expect(page.getByText('Drawn at random by the portal').first()).toBeVisible()
    await page.goto('/vendors/ledgerly/asked')
    await expect(page.getByText('5 of 6 customers who could be asked, drawn at random')).toBeVisible()
  })
})

async function oneWhoWasDrawn(browser: Browser, names: string[]): Promise<Page> {
  for (const name of names) {
    const page = await browserOf(browser, name, { javaScriptEnabled: false })
    await page.goto('/me/invitations')
    if (await page.getByText('Ledgerly, by Ledgerly').isVisible()) return page
  }
  throw new Error('Nobody of them was drawn')
}
