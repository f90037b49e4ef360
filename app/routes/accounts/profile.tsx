import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Slip } from '~/app/components/accounts'
import { Button, ButtonLink, ErrorSummary, MarkdownField, PostForm, TextInput } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { changeProfile, profileForm } from '~/server/accounts'
import { ProfileInput } from '~/server/accounts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.profile.title') }) }]

export const loader = load(({ viewer }) => profileForm(personOf(viewer)))

export const action = act(ProfileInput, async ({ viewer, input }) => {
  const person = personOf(viewer)
  await changeProfile(person, input)
  return redirect(paths.person(person.handle))
})

const labels = () => ({ displayName: say('accounts.profile.name'), about: say('accounts.profile.about') })

export default function ProfileScreen() {
  const { handle, displayName, about } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  return (
    <Slip title={say('accounts.profile.title')} lede={say('accounts.profile.note')}>
      <ErrorSummary errors={errors} labels={labels()} />
      <PostForm className="grid gap-6">
        <TextInput
          label={labels().displayName}
          name="displayName"
          help={say('accounts.profile.name.help', { handle })}
          error={errors.displayName}
          defaultValue={typed(values, 'displayName', displayName)}
          maxLength={60}
          required
          autoComplete="nickname"
        />
        <MarkdownField
          label={labels().about}
          name="about"
          optional
          help={say('accounts.profile.about.help')}
          error={errors.about}
          defaultValue={typed(values, 'about', about)}
          maxLength={2000}
          rows={6}
        />
        <div className="btns">
          <Button variant="primary">{say('accounts.profile.keep')}</Button>
          <ButtonLink variant="quiet" to={paths.person(handle)}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
      </PostForm>
    </Slip>
  )
}
