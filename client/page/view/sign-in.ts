import { byId } from './element.ts'

/** Asks for a token; it cannot be put off, since without one nothing works. */
export function askForToken(refusal: string | undefined): Promise<string> {
  const dialog = byId<HTMLDialogElement>('sign-in')
  const field = byId<HTMLInputElement>('token')
  const error = byId('sign-in-error')
  error.hidden = refusal === undefined
  error.textContent = refusal ?? ''
  field.value = ''
  dialog.showModal()
  return new Promise((resolve) => {
    const controller = new AbortController()
    const { signal } = controller
    dialog.addEventListener('cancel', (event) => event.preventDefault(), { signal })
    byId('sign-in-form').addEventListener(
      'submit',
      () => {
        controller.abort()
        resolve(field.value.trim())
      },
      { signal },
    )
  })
}
