import { expect, test } from 'vitest'
import { changeProfile, personPage, profileForm } from '~/server/accounts'
import { ProfileInput } from '~/server/accounts/input'
import { Forbidden } from '~/server/errors'
import { visitor } from '~/server/viewer'
import { aMember, refreshed } from '../support/cast'
import { eventsOf } from './support'

test('somebody changes the name and the words that everybody sees of them', async () => {
  const amina = await aMember('Amina')
  await changeProfile(amina, ProfileInput.parse({ displayName: ' Amina  S. ', about: 'Runs a *clinic*. <script>x</script>' }))

  const page = await personPage(visitor, amina.handle)
  expect(page.who.displayName).toBe('Amina S.')
  expect(page.about).toContain('<em>clinic</em>')
  expect(page.about).not.toContain('<script>')
  expect(await profileForm(await refreshed(amina))).toMatchObject({ displayName: 'Amina S.', about: 'Runs a *clinic*. <script>x</script>' })
  expect(await eventsOf(amina.personId)).toContain('profile.changed')

  await changeProfile(amina, ProfileInput.parse({ displayName: 'Amina', about: '' }))
  expect((await personPage(visitor, amina.handle)).about).toBe('')
})

test('whoever has not confirmed their address, or is suspended, changes nothing that is public', async () => {
  const claimed = await aMember('Jun', { confirmed: false })
  await expect(changeProfile(claimed, { displayName: 'The portal', about: '' })).rejects.toThrow(Forbidden)
  await expect(changeProfile({ ...(await aMember()), suspended: true }, { displayName: 'X', about: '' })).rejects.toThrow(Forbidden)
})
