// A box of code gets a button that copies it. Without this script it is there to be selected.
export function offerCopying () {
  if (!navigator.clipboard) return
  for (const box of document.querySelectorAll('textarea[data-copy]')) {
    const row = document.createElement('p')
    const button = document.createElement('button')
    const told = document.createElement('span')
    row.className = 'row'
    button.type = 'button'
    button.className = 'govuk-button govuk-button--secondary m0'
    button.textContent = 'Copy the code'
    button.setAttribute('aria-describedby', box.id + '-label')
    told.setAttribute('role', 'status')
    row.append(button, told)
    box.after(row)
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(box.value)
        told.textContent = 'Copied'
      } catch {
        box.select()
        told.textContent = 'Selected. Copy it with your keyboard'
      }
    })
  }
}
