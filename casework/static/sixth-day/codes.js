// Shows a code's wording beside the field as it is typed; the server does so too on the next page.

export function startCodes (root) {
  for (const part of root.querySelectorAll('[data-code]')) {
    const field = part.querySelector('input')
    const words = part.querySelector('output')
    const codes = new Map([...part.querySelectorAll('option')].map((option) => [option.value, option.textContent]))
    field.addEventListener('input', () => {
      words.textContent = codes.get(field.value.trim().toUpperCase()) || ''
    })
  }
}
